"""One line above the picture: where the session stands, how long is left, and its progress as a lighter ground."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widget import Widget

from runnersknee_tui.core.words import clean

Words = tuple[str, str]


class StatusLine(Widget):
    """`show` takes the words that fit: the long ones, or the short ones where the line is short."""

    DEFAULT_CSS = """
    StatusLine { height: 1; width: 1fr; background: $background; }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._known: tuple[Words, Words, float] = (("", ""), ("", ""), 0.0)

    def show(self, long: Words, short: Words, progress: float) -> None:
        """Each is what stands at the left and at the right; `progress` is 0 to 1 through the session."""
        known = (long, short, progress)
        if known != self._known:
            self._known = known
            self.refresh()

    def render(self) -> Content:
        long, short, progress = self._known
        width = self.size.width
        place, clock = long if cell_len(clean(long[0] + long[1])) + 3 <= width else short
        room = max(width - cell_len(clock) - 3, 0)
        text = f" {set_cell_size(clean(place), room)} {clock} "
        line = Content(set_cell_size(text, width))
        return line.stylize("on $primary 25%", 0, round(progress * width))
