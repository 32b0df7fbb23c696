"""Plain cells: what every picture ends in. A frame is rows of runs; only tui/ turns runs into Textual strips.

A colour is an int 0xRRGGBB, or None for the terminal's own. Frames are frozen and cheap to compare, so a
screen repaints the cells that changed and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

Colour = int
"""A packed 0xRRGGBB."""

Run = tuple[str, Colour | None, Colour | None]
"""Text of one or more cells, foreground, background. Every character is one cell wide."""

Row = tuple[Run, ...]

Cell = tuple[str, Colour | None, Colour | None]
"""One cell in its canonical form: see `canonical`."""

INVERSE = dict(zip("▀▌▘▝▖▗▚ ▄▐▟▙▜▛▞█", "▄▐▟▙▜▛▞█▀▌▘▝▖▗▚ ", strict=True))
"""Block glyphs and their complements: swapping glyph and colours together looks the same."""

_CANONICAL = frozenset("▀▌▘▝▖▗▚")


class Span(Struct, frozen=True):
    """Cells `x` to `x + width - 1` of row `y`."""

    y: int
    x: int
    width: int


class Frame(Struct, frozen=True):
    """A finished picture: `width` cells by `len(rows)` rows."""

    width: int
    rows: tuple[Row, ...]

    @property
    def height(self) -> int:
        return len(self.rows)

    def text(self) -> str:
        """The characters alone, one line a row: for tests and for looking."""
        return "\n".join("".join(run[0] for run in row) for row in self.rows)

    def cells(self, y: int) -> list[Cell]:
        """Row `y` cell by cell, in canonical form."""
        return expand(self.rows[y])

    def changes(self, before: Frame | None, gap: int = 2) -> tuple[Span, ...]:
        """The spans whose cells look different from `before`; all of them where the sizes differ.

        Two changed cells at most `gap` unchanged cells apart share a span: a jump of the cursor costs about
        as many bytes as that.
        """
        if before is None or before.width != self.width or before.height != self.height:
            return tuple(Span(y, 0, self.width) for y in range(self.height))
        spans: list[Span] = []
        for y, (new, old) in enumerate(zip(self.rows, before.rows, strict=True)):
            if new is not old and new != old:
                start, part, other = _between(new, old)
                spans.extend(Span(y, start + x, width) for x, width in _changed(part, other, gap))
        return tuple(spans)


def canonical(char: str, fg: Colour | None, bg: Colour | None) -> Cell:
    """The one form of all cells that look like this one: a blank has no foreground, a full block is a blank.

    Without colours (both None) glyphs stand for themselves.
    """
    if char == " ":
        return (" ", None, bg)
    if fg is None or char not in INVERSE:
        return (char, fg, bg)
    if char == "█" or fg == bg:
        return (" ", None, fg)
    return (char, fg, bg) if char in _CANONICAL else (INVERSE[char], bg, fg)


def expand(row: Row) -> list[Cell]:
    """A row cell by cell, in canonical form."""
    return [canonical(char, fg, bg) for text, fg, bg in row for char in text]


def _between(new: Row, old: Row) -> tuple[int, Row, Row]:
    """What is left of both rows without the runs that they begin and end with alike; and the cell it begins at."""
    short = min(len(new), len(old))
    head = start = 0
    while head < short and new[head] == old[head]:
        start += len(new[head][0])
        head += 1
    tail = 0
    while tail < short - head and new[-1 - tail] == old[-1 - tail]:
        tail += 1
    return start, new[head : len(new) - tail], old[head : len(old) - tail]


@lru_cache(maxsize=2048)
def _changed(new: Row, old: Row, gap: int) -> tuple[tuple[int, int], ...]:
    """Where two rows differ, as (x, width); remembered, for a movement goes through the same rows each time."""
    spans: list[tuple[int, int]] = []
    first = last = -1
    for x, (a, b) in enumerate(zip(expand(new), expand(old), strict=True)):
        if a == b:
            continue
        if first >= 0 and x - last > gap + 1:
            spans.append((first, last - first + 1))
            first = x
        elif first < 0:
            first = x
        last = x
    if first >= 0:
        spans.append((first, last - first + 1))
    return tuple(spans)


def cut(row: Row, start: int, end: int) -> Row:
    """The cells from `start` up to but without `end`."""
    if start >= end:
        return ()
    runs: list[Run] = []
    x = 0
    for run in row:
        if x >= end:
            break
        left, x = x, x + len(run[0])
        if x > start:
            whole = left >= start and x <= end
            runs.append(run if whole else (run[0][max(start - left, 0) : end - left], run[1], run[2]))
    return tuple(runs)


def merge(cells: Iterable[Cell]) -> Row:
    """The fewest runs that show these cells, joined greedily from the left.

    A blank in a run's foreground colour becomes a full block, and a glyph with the run's colours swapped
    becomes its complement: every run costs about forty bytes on the wire, a character three.
    """
    runs: list[Run] = []
    text = ""
    run_fg: Colour | None = None
    run_bg: Colour | None = None
    for char, fg, bg in cells:
        if text:
            if char == " ":
                if bg == run_bg:
                    text += " "
                    continue
                if bg is not None and run_bg is not None:
                    if run_fg is None:
                        run_fg = bg
                    if bg == run_fg:
                        text += "█"
                        continue
            elif fg == run_fg and bg == run_bg:
                text += char
                continue
            elif char in INVERSE and fg is not None and bg is not None:
                if fg == run_bg and (bg == run_fg or run_fg is None):
                    run_fg = bg
                    text += INVERSE[char]
                    continue
                if run_fg is None and bg == run_bg:
                    run_fg = fg
                    text += char
                    continue
            runs.append(_known(text, run_fg, run_bg))
        text, run_fg, run_bg = char, None if char == " " else fg, bg
    if text:
        runs.append(_known(text, run_fg, run_bg))
    return tuple(runs)


def _known(text: str, fg: Colour | None, bg: Colour | None) -> Run:
    """A run of which there is one: edges look alike everywhere, and the rows that are kept are many."""
    run = (text, fg, bg)
    known = _runs.get(run)
    if known is None:
        if len(_runs) > _MOST_RUNS:
            _runs.clear()
        known = _runs[run] = run
    return known


_runs: dict[Run, Run] = {}
_MOST_RUNS = 20_000


def blank(width: int, height: int, colour: Colour | None) -> Frame:
    """An empty frame in one colour."""
    row: Row = ((" " * width, None, colour),) if width else ()
    return Frame(width, (row,) * height)


def beside(*frames: Frame) -> Frame:
    """Frames of one height, left to right."""
    rows = zip(*(frame.rows for frame in frames), strict=True)
    return Frame(sum(frame.width for frame in frames), tuple(_join(parts) for parts in rows))


def above(*frames: Frame) -> Frame:
    """Frames of one width, top to bottom."""
    if len({frame.width for frame in frames}) > 1:
        raise ValueError("frames above each other must have one width")
    return Frame(frames[0].width, tuple(row for frame in frames for row in frame.rows))


def _join(parts: Sequence[Row]) -> Row:
    runs: list[Run] = []
    for part in parts:
        for run in part:
            if runs and runs[-1][1:] == run[1:]:
                runs[-1] = (runs[-1][0] + run[0], run[1], run[2])
            else:
                runs.append(run)
    return tuple(runs)
