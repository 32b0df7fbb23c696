"""One line of tabs: a number and a name each; where there is little room, names but the chosen one's give way."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from runnersknee_tui.tui.words import MUTED, joined

GAP = 2


class TabLine(Widget):
    """Shows tabs and says `Chosen` when one is clicked; which one is chosen is up to the screen."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "TabLine { height: 1; width: 1fr; }"

    tabs: reactive[Mapping[str, str]] = reactive(dict)
    """Names by id, in order."""
    chosen: reactive[str] = reactive("")

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def _labels(self) -> list[tuple[str, str]]:
        """Id and words of each."""
        full = [(tab, f"{number} {name}") for number, (tab, name) in enumerate(self.tabs.items(), 1)]
        if sum(cell_len(words) + GAP for _, words in full) - GAP <= self.size.width:
            return full
        return [(tab, words if tab == self.chosen else words.partition(" ")[0]) for tab, words in full]

    def render(self) -> Content:
        parts: list[Content] = []
        for tab, words in self._labels():
            number, _, name = words.partition(" ")
            if tab == self.chosen:
                parts.append(joined((f"{number} ", "bold $primary"), (name, "bold underline")))
            else:
                parts.append(joined((number, "$primary"), (f" {name}" if name else "", MUTED)))
        return Content(" " * GAP).join(parts)

    def on_click(self, event: events.Click) -> None:
        at = 0
        for tab, words in self._labels():
            if at <= event.x - self.gutter.left < at + cell_len(words) + 1:
                self.post_message(self.Chosen(tab))
            at += cell_len(words) + GAP
