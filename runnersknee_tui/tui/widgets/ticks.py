"""Lines to tick. A line without its tick has an empty box, also where there is no colour to tell the two apart."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import SelectionList


class Ticks(SelectionList[str]):
    """Textual writes its tick into every box and only paints it over; a copied or colourless line looked ticked.
    The mark is strong only where the keys go."""

    DEFAULT_CSS = """
    Ticks {
        &:focus {
            background-tint: $background 0%;
        }

        & > .selection-list--button, & > .selection-list--button-highlighted {
            background: $panel;
        }

        & > .selection-list--button-selected, & > .selection-list--button-selected-highlighted {
            color: $primary;
            background: $panel;
            text-style: bold;
        }

        & > .option-list--option-highlighted {
            background: $primary 0%;
            color: $foreground;
            text-style: none;
        }

        &:focus > .option-list--option-highlighted {
            background: $primary 24%;
            text-style: bold;
        }
    }
    """

    def render_line(self, y: int) -> Strip:
        line = super().render_line(y)
        index = self.scroll_offset.y + y
        if index >= self.option_count or self.get_option_at_index(index).value in self.selected:
            return line
        edge, tick, *rest = line
        return Strip([edge, Segment(" " * tick.cell_length, tick.style), *rest], line.cell_length)
