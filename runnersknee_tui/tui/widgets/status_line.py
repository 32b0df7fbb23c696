"""One line above the picture: where the session stands, how long is left, and its progress as a lighter ground."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widget import Widget

from runnersknee_tui.core.words import clean
from runnersknee_tui.tui.words import plain


class Words(NamedTuple):
    """What the line says: a name that may be cut, the place in it and, at the right, the time left."""

    name: str
    place: str
    clock: str


class StatusLine(Widget):
    """`show` takes the words that fit: the long ones, or the short ones where the line is short."""

    DEFAULT_CSS = """
    StatusLine { height: 1; width: 1fr; background: $background; }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._known = (Words("", "", ""), Words("", "", ""), 0.0)

    def show(self, long: Words, short: Words, progress: float) -> None:
        """`progress` is 0 to 1 through the session."""
        known = (long, short, progress)
        if known != self._known:
            self._known = known
            self.refresh()

    def render(self) -> Content:
        long, short, progress = self._known
        width = self.size.width
        words = long if cell_len(clean("".join(long))) + 3 <= width else short
        name, place, clock = map(clean, words)
        room = max(width - cell_len(place + clock) - 3, 0)
        left = name if cell_len(name) <= room else set_cell_size(name, max(room - 1, 0)).rstrip() + "…"
        line = plain(f" {set_cell_size(left + place, max(width - cell_len(clock) - 3, 0))} {clock} ")
        return line.stylize("on $primary 25%", 0, round(progress * width))
