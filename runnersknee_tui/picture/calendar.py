"""The calendar of half a year as plain cells: minutes of a day, planned and missed, rest, breaks, today.

The same facts as rows of text are in `core.statistics_tables`: a picture is never the only place of a fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from runnersknee_tui.core.plan_days import Mark
from runnersknee_tui.core.statistics import CalendarDay
from runnersknee_tui.picture.cells import Colour, Frame, Row, beside
from runnersknee_tui.picture.chart_ink import GUTTER, MONTHS, Canvas
from runnersknee_tui.picture.encode import Blocks, encoding
from runnersknee_tui.picture.painter import finish
from runnersknee_tui.picture.raster import Raster

TALL = 15
"""Rows from which on a day is a square."""
_DAY_CELLS = 4  # from one week to the next
_WEEKDAYS = ("Mo", "", "We", "", "Fr", "", "Su")
_LETTERS = {
    Mark.KEPT: "1",
    Mark.EXTRA: "1",
    Mark.MISSED: "o",
    Mark.REST: "·",
    Mark.BREAK: "~",
    Mark.OPEN: " ",
    Mark.BEFORE: " ",
}

_FLAT = {Mark.MISSED: "▌ ▐", Mark.REST: "·", Mark.BREAK: "───"}


def weeks_in(cols: int) -> int:
    """How many weeks a calendar of this width shows."""
    return max(1, (cols - GUTTER + 1) // _DAY_CELLS)


def level(minutes: float, full: float, steps: int) -> int:
    """The step of the ramp for a day, the last one for a day's plan done; more than that is not brighter."""
    if full <= 0 or minutes >= 0.95 * full:
        return steps - 1
    return min(steps - 2, int(minutes / full * (steps - 1)))


def calendar_chart(
    squares: Sequence[CalendarDay], today: date, full: float, cols: int, rows: int, canvas: Canvas
) -> Frame:
    """The last weeks that fit, Monday at the top: 3 by 1.5 cells a day, or three quarters of a row below 15 rows.

    `full` is how many minutes a day's plan takes. The months stand above, the legend below where a row is left.
    """
    weeks = min(weeks_in(cols), len(squares) // 7)
    shown = squares[len(squares) - weeks * 7 :]
    high = 2 if rows >= TALL else 1
    parts: list[Row] = [_months_row(shown, cols, canvas)]
    if canvas.coloured and high == 2:
        parts += _heat(shown, today, full, cols, canvas).rows
    elif canvas.coloured:
        parts += _flat(shown, today, full, cols, canvas)
    else:
        parts += _letters(shown, today, full, cols, high, canvas)
    if len(parts) < rows:
        parts.append(_calendar_legend(cols, canvas, flat=high == 1))
    parts = parts[:rows]
    parts += [canvas.row(cols)] * (rows - len(parts))
    return Frame(cols, tuple(parts))


def _heat(shown: Sequence[CalendarDay], today: date, full: float, cols: int, canvas: Canvas) -> Frame:
    raster = canvas.raster(cols - GUTTER, 14)
    for at, square in enumerate(shown):
        x, y = at // 7 * _DAY_CELLS * 2, at % 7 * 8
        _square(raster, square, full, x, y, canvas)
        if square.day == today:
            raster.rect(x, y + 6, x + 6, y + 8, canvas.ink.today)
    labels = {at * 2: name for at, name in enumerate(_WEEKDAYS) if name}
    picture = finish(encoding(raster, canvas.blocks, canvas.depth))
    return beside(canvas.column(GUTTER, 14, labels), picture)


def _square(raster: Raster, square: CalendarDay, full: float, x: int, y: int, canvas: Canvas) -> None:
    """Three cells wide, one and a half high."""
    ink = canvas.ink
    colour = _done(square, full, canvas)
    if colour is not None:
        raster.rect(x, y, x + 6, y + 6, colour)
    elif square.mark is Mark.MISSED:
        raster.rect(x, y, x + 6, y + 6, ink.missed)
        raster.rect(x + 1, y + 2, x + 5, y + 4, ink.ground)
    elif square.mark is Mark.REST:
        raster.rect(x + 2, y + 2, x + 4, y + 4, ink.rest)
    elif square.mark is Mark.BREAK:
        raster.rect(x, y + 2, x + 6, y + 4, ink.rest)


def _done(square: CalendarDay, full: float, canvas: Canvas) -> Colour | None:
    """The colour of a day on which something was done."""
    ramp = canvas.ink.ramp
    if square.minutes > 0:
        return ramp[level(square.minutes, full, len(ramp))]
    return ramp[0] if square.mark in (Mark.KEPT, Mark.EXTRA) else None  # nobody measured how long


def _flat(shown: Sequence[CalendarDay], today: date, full: float, cols: int, canvas: Canvas) -> list[Row]:
    """A row a day: characters that leave air above themselves, so that no two days run into one."""
    ink = canvas.ink
    full_day, now = ("▆▆▆", "▁▁▁") if canvas.blocks is Blocks.QUADRANT else ("▄▄▄", "▄▄▄")
    faint = {Mark.MISSED: ink.missed, Mark.REST: ink.muted, Mark.BREAK: ink.missed}
    found = []
    for weekday in range(7):
        parts: list[tuple[int, str, Colour]] = [(1, _WEEKDAYS[weekday], ink.muted)]
        for week in range(len(shown) // 7):
            square, x = shown[week * 7 + weekday], GUTTER + week * _DAY_CELLS
            colour = _done(square, full, canvas)
            if colour is not None:
                parts.append((x, full_day, colour))
            elif square.mark in faint:
                parts.append((x, f"{_FLAT[square.mark]:^3}", faint[square.mark]))
            if square.day == today:
                parts.append((x, now, ink.today) if colour is None else (x + 3, "▌", ink.today))
        found.append(canvas.row(cols, *parts))
    return found


def _letters(
    shown: Sequence[CalendarDay], today: date, full: float, cols: int, high: int, canvas: Canvas
) -> list[Row]:
    """Without colours: 1 to 5 for what was done, a letter for what was not, brackets round today."""
    found = []
    for weekday in range(7):
        parts = [(1, _WEEKDAYS[weekday], canvas.ink.muted)]
        for week in range(len(shown) // 7):
            square = shown[week * 7 + weekday]
            text = _LETTERS.get(square.mark, " ")
            if square.minutes > 0:
                text = str(level(square.minutes, full, 5) + 1)
            text = text.replace("·", canvas.dot)
            x = GUTTER + week * _DAY_CELLS
            parts.append((x, f"[{text}]" if square.day == today else f" {text}", canvas.ink.text))
        found.append(canvas.row(cols, *parts))
        found += [canvas.row(cols)] * (high - 1)
    return found


def _months_row(shown: Sequence[CalendarDay], cols: int, canvas: Canvas) -> Row:
    """A month stands over the first week in which it begins."""
    parts: list[tuple[int, str, Colour]] = []
    for week in range(len(shown) // 7):
        days = [square.day for square in shown[week * 7 : week * 7 + 7]]
        first = next((day for day in days if day.day == 1), None)
        if first is not None or (week == 0 and days[0].day <= 15):
            named = first or days[0]
            parts.append((GUTTER + week * _DAY_CELLS, MONTHS[named.month - 1], canvas.ink.muted))
    return canvas.row(cols, *parts)


def _calendar_legend(cols: int, canvas: Canvas, *, flat: bool) -> Row:
    ink = canvas.ink
    if not canvas.coloured:
        words = f"1-5 to a full day   o missed   {canvas.dot} rest   ~ break   [ ] today"
        return canvas.row(cols, (GUTTER, words, ink.muted))
    short = cols < GUTTER + 44
    less, more = ("", "full") if short else ("less", "a full day")
    x = GUTTER + len(less) + bool(less)
    parts: list[tuple[int, str, Colour]] = [(GUTTER, less, ink.muted)]
    for colour in ink.ramp:
        parts.append((x, "██", colour))
        x += 2 if short else 3
    parts.append((x + short, more, ink.muted))
    x += short + len(more) + (2 if short else 3)
    squares = (("▛▜", ink.missed), ("▄", ink.rest), ("▄▄▄", ink.rest))
    signs = (_FLAT[Mark.MISSED], ink.missed), (_FLAT[Mark.REST], ink.muted), (_FLAT[Mark.BREAK], ink.missed)
    for (sign, colour), words in zip(signs if flat else squares, ("missed", "rest", "break"), strict=True):
        if x + len(sign) + 1 + len(words) > cols:
            break
        parts += [(x, sign, colour), (x + len(sign) + 1, words, ink.muted)]
        x += len(sign) + len(words) + (2 if short else 4)
    return canvas.row(cols, *parts)
