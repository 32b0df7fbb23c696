"""One exercise over time: what was asked and what was done of it, as plain cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from runnersknee_tui.picture.cells import Colour, Frame, Row, above, beside
from runnersknee_tui.picture.chart_ink import GUTTER, MONTHS, Canvas
from runnersknee_tui.picture.encode import CRISP, encoding
from runnersknee_tui.picture.painter import finish
from runnersknee_tui.picture.palette import mix

_PER_CELL = 2  # units of a raster


class Amount(Struct, frozen=True):
    """One session: repetitions or seconds of one set, asked and done. None: nothing asked, or skipped."""

    day: date
    asked: float | None
    done: float | None
    step: str | None = None  # of the ladder


class _Column(Struct, frozen=True):
    """The sessions that share one column: the mean of what was done, and the last that was asked."""

    x: int
    asked: float | None
    done: float | None
    step: str | None


def amounts_chart(
    amounts: Sequence[Amount], start: date, today: date, cols: int, rows: int, canvas: Canvas
) -> Frame:
    """What was asked as a line, what was done as bars up to it, from `start` to today.

    Earlier steps of the ladder are dimmer than the one now. The legend stands above, the months below.
    """
    ink, high = canvas.ink, rows - 2
    raster = canvas.raster(cols - GUTTER, high)
    top = _top(amounts)
    shown = [one for one in amounts if start <= one.day <= today]
    columns = list(_columns(shown, start, today, cols - GUTTER))

    def height(amount: float) -> int:
        return 2 * round((raster.height - 4) * amount / top / 2)

    for at, column in enumerate(columns):
        x, now = column.x * _PER_CELL, column.step == columns[-1].step
        if column.done:
            colour = ink.bar if now or not canvas.coloured else mix(ink.ground, ink.bar, 0.5)
            raster.rect(x, raster.height - max(2, height(column.done)), x + _PER_CELL, raster.height, colour)
        if column.asked is not None:
            end = columns[at + 1].x if at + 1 < len(columns) else column.x + 1
            # In whole cells, so that no cell holds bar, line and ground at once.
            y = (raster.height - height(column.asked)) // 4 * 4
            raster.rect(x, y, end * _PER_CELL, y + 2, ink.plan)
            if not canvas.coloured:  # air between the line and the bar below it
                raster.rect(x, y + 2, end * _PER_CELL, y + 4, ink.ground)
    labels = {0: f"{top:g}", high // 2: f"{top / 2:g}", high - 1: "0"}
    picture = finish(encoding(raster, canvas.blocks, canvas.depth, CRISP))
    body = beside(canvas.column(GUTTER, high, labels), picture)
    steps = len({column.step for column in columns}) > 1
    months = _months(start, today, cols, canvas)
    return above(Frame(cols, (_legend(cols, canvas, steps),)), body, Frame(cols, (months,)))


def _place(start: date, today: date, cols: int) -> Callable[[date], int]:
    """The column of a day."""
    days = max(1, (today - start).days)
    return lambda day: round((cols - 1) * (day - start).days / days)


def _columns(shown: Sequence[Amount], start: date, today: date, cols: int) -> Iterator[_Column]:
    place = _place(start, today, cols)
    for x, group in groupby(shown, key=lambda one: place(one.day)):
        sessions = list(group)
        done = [one.done for one in sessions if one.done is not None]
        last = sessions[-1]
        yield _Column(x, last.asked, sum(done) / len(done) if done else None, last.step)


def _top(amounts: Sequence[Amount]) -> float:
    """The top of the scale: an even number a little above the most there is."""
    most = max((value for one in amounts for value in (one.asked, one.done) if value is not None), default=0)
    for step in (1, 2, 5, 10, 20, 30, 60, 120):
        if most <= step * 8:
            return max(2.0 * step, 2.0 * step * -(-most // (2 * step)))
    return most


def _legend(cols: int, canvas: Canvas, steps: bool) -> Row:
    ink = canvas.ink
    mark = "#" if canvas.rule == "-" else "█"
    parts: list[tuple[int, str, Colour]] = [
        (GUTTER, mark, ink.bar), (GUTTER + 2, "done", ink.muted),
        (GUTTER + 8, canvas.rule, ink.plan), (GUTTER + 10, "asked", ink.muted),
    ]  # fmt: skip
    if steps and canvas.coloured and cols >= GUTTER + 31:
        dim = mix(ink.ground, ink.bar, 0.5)
        parts += [(GUTTER + 17, mark, dim), (GUTTER + 19, "earlier step", ink.muted)]
    return canvas.row(cols, *parts)


def _months(start: date, today: date, cols: int, canvas: Canvas) -> Row:
    place = _place(start, today, cols - GUTTER)
    parts: list[tuple[int, str, Colour]] = []
    last = -9
    day = start.replace(day=1)
    while day <= today:
        if day >= start:
            x = GUTTER + place(day)
            if x - last >= 4 and x + 3 <= cols:
                parts.append((x, MONTHS[day.month - 1], canvas.ink.muted))
                last = x
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return canvas.row(cols, *parts)
