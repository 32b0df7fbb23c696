"""A picture's row as Textual wants it: a strip that weighs as much as its row, and sends no colour twice.

A strip of Textual's brings seven memories of its own and resets both colours after each run. A moving figure goes
through thousands of rows: there that would be megabytes kept, and kilobytes sent each second, for nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from runnersknee_tui.picture.cells import INVERSE, Colour, Row, Run, cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

Shown = tuple[Colour | None, Colour | None]
"""The colours in which a terminal writes: of the characters, and of what is behind them."""

DEFAULT: Shown = (None, None)
FEW = 6
"""As full blocks so many blanks are shorter than a change of colour: a block is three bytes."""
RESET = "\x1b[0m"


class RowStrip(Strip):
    """A row of runs. What only ordinary strips can do it becomes able to when it is first asked for."""

    __slots__ = ("_row",)

    def __init__(self, row: Row, width: int) -> None:
        self._row = row
        self._cell_length = width

    def __getattr__(self, name: str) -> Any:
        """Textual asks for something that rows do without."""
        if name not in Strip.__slots__:
            raise AttributeError(name)
        super().__init__([Segment(text, _style(fg, bg)) for text, fg, bg in self._row], self._cell_length)
        return getattr(self, name)

    @property
    def cell_length(self) -> int:
        """Cells."""
        return self._cell_length or 0

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """Itself, where nothing lies beside it."""
        cuts = list(cuts)
        return [self] if cuts == [self._cell_length] else super().divide(cuts)

    def crop(self, start: int, end: int | None = None) -> Strip:
        """The cells from `start` up to but without `end`."""
        start, end = max(start, 0), min(self.cell_length if end is None else end, self.cell_length)
        if (start, end) == (0, self._cell_length):
            return self
        return RowStrip(cut(self._row, start, end), max(end - start, 0))

    def render(self, console: Console) -> str:
        """The terminal's sequences for all cells."""
        text, shown = self.render_part(0, self.cell_length, console, DEFAULT)
        return text if shown == DEFAULT else text + RESET

    def render_part(self, start: int, end: int, console: Console, shown: Shown) -> tuple[str, Shown]:
        """The same for the cells from `start` up to but without `end`, on a terminal that writes in the colours
        `shown`; and those that it writes in after that.
        """
        return sequences(cut(self._row, start, end), console._color_system, shown)  # noqa: SLF001 - as strips do


@lru_cache(maxsize=2048)
def sequences(row: Row, system: ColorSystem | None, shown: Shown) -> tuple[str, Shown]:
    """What writes these cells, each colour where it begins and only there, and the colours of the last cell."""
    parts: list[str] = []
    for run in row:
        text, fg, bg = _turned(run, shown)
        codes = [
            _code(colour, foreground, system)
            for colour, before, foreground in ((fg, shown[0], True), (bg, shown[1], False))
            if colour != before
        ]
        if codes:
            parts.append(f"\x1b[{';'.join(codes)}m")
        parts.append(text)
        shown = (fg, bg)
    return "".join(parts), shown


def _turned(run: Run, shown: Shown) -> Run:
    """The run, or the same cells with ink and ground changed about where the terminal has them that way."""
    text, fg, bg = run
    ink, ground = shown
    if fg is None and not text.strip(" "):
        if bg is not None and bg == ink and bg != ground and len(text) <= FEW:
            return ("█" * len(text), ink, ground)
        return (text, ink, bg)  # a blank has no ink: the last one may stay
    as_it_is, turned = (fg == ink) + (bg == ground), (fg == ground) + (bg == ink)
    if turned > as_it_is and fg is not None and bg is not None and INVERSE.keys() >= set(text):
        return ("".join(INVERSE[char] for char in text), bg, fg)
    return run


@lru_cache(maxsize=1024)
def _code(packed: Colour | None, foreground: bool, system: ColorSystem | None) -> str:
    if packed is None:
        return "39" if foreground else "49"
    return ";".join(_colour(packed).downgrade(system or ColorSystem.TRUECOLOR).get_ansi_codes(foreground))


def _colour(packed: Colour) -> Color:
    return Color.from_rgb(packed >> 16 & 255, packed >> 8 & 255, packed & 255)


@lru_cache(maxsize=256)
def _style(fg: Colour | None, bg: Colour | None) -> Style:
    return Style(
        color=None if fg is None else _colour(fg),
        bgcolor=None if bg is None else _colour(bg),
    )
