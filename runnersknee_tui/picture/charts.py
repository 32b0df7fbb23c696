"""The calendar of half a year and the curve of pain, as plain cells. Each is a function of size and figures.

The same facts as rows of text are in `core.statistics_tables`: a picture is never the only place of a fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from runnersknee_tui.core.assessment import PainLine
from runnersknee_tui.core.plan_days import Mark
from runnersknee_tui.core.statistics import CalendarDay, PainDay
from runnersknee_tui.picture.cells import Colour, Frame, Row, above, beside
from runnersknee_tui.picture.chart_ink import Canvas
from runnersknee_tui.picture.encode import SMOOTH, encoding
from runnersknee_tui.picture.painter import finish
from runnersknee_tui.picture.raster import Raster

GUTTER = 4
"""Cells left of a picture for its labels."""
_DAY_CELLS = 4  # from one week to the next
_WEEKDAYS = ("Mo", "", "We", "", "Fr", "", "Su")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LETTERS = {
    Mark.KEPT: "1",
    Mark.EXTRA: "1",
    Mark.MISSED: "o",
    Mark.REST: "·",
    Mark.BREAK: "~",
    Mark.OPEN: " ",
    Mark.BEFORE: " ",
}


def weeks_in(cols: int) -> int:
    """How many weeks a calendar of this width shows."""
    return max(1, (cols - GUTTER + 1) // _DAY_CELLS)


def level(minutes: float, full: float, steps: int) -> int:
    """The step of the ramp for a day, the last one for a day's plan done; more than that is not brighter."""
    if full <= 0 or minutes >= 0.95 * full:
        return steps - 1
    return min(steps - 2, int(minutes / full * (steps - 1)))


# --- calendar ------------------------------------------------------------------------------------------------


def calendar_chart(
    squares: Sequence[CalendarDay], today: date, full: float, cols: int, rows: int, canvas: Canvas
) -> Frame:
    """The last weeks that fit, Monday at the top: 3 by 1.5 cells a day, or 3 by 1 below 16 rows.

    `full` is how many minutes a day's plan takes. The months stand above, the legend below where a row is left.
    """
    weeks = min(weeks_in(cols), len(squares) // 7)
    shown = squares[len(squares) - weeks * 7 :]
    high = 2 if rows >= 15 else 1
    parts: list[Row] = [_months_row(shown, cols, canvas)]
    if canvas.coloured:
        parts += _heat(shown, today, full, cols, high, canvas).rows
    else:
        parts += _letters(shown, today, full, cols, high, canvas)
    if len(parts) < rows:
        parts.append(_calendar_legend(cols, canvas))
    parts = parts[:rows]
    parts += [canvas.row(cols)] * (rows - len(parts))
    return Frame(cols, tuple(parts))


def _heat(
    shown: Sequence[CalendarDay], today: date, full: float, cols: int, high: int, canvas: Canvas
) -> Frame:
    raster = canvas.raster(cols - GUTTER, 7 * high)
    side = 6 if high == 2 else 4
    for at, square in enumerate(shown):
        _square(raster, square, full, at // 7 * _DAY_CELLS * 2, at % 7 * 4 * high, side, canvas)
        if square.day == today and high == 2:
            x, y = at // 7 * _DAY_CELLS * 2, at % 7 * 4 * high
            raster.rect(x, y + side, x + 6, y + side + 2, canvas.ink.today)
    labels = {at * high: name for at, name in enumerate(_WEEKDAYS) if name}
    picture = finish(encoding(raster, canvas.blocks, canvas.depth))
    return beside(canvas.column(GUTTER, 7 * high, labels), picture)


def _square(
    raster: Raster, square: CalendarDay, full: float, x: float, y: float, side: int, canvas: Canvas
) -> None:
    ink = canvas.ink
    middle = y + side / 2 - 1
    if square.minutes > 0:
        colour = ink.ramp[level(square.minutes, full, len(ink.ramp))]
        raster.rect(x, y, x + 6, y + side, colour)
    elif square.mark in (Mark.KEPT, Mark.EXTRA):  # done, but nobody measured how long
        raster.rect(x, y, x + 6, y + side, ink.ramp[0])
    elif square.mark is Mark.MISSED:
        raster.rect(x, y, x + 6, y + side, ink.missed)
        raster.rect(x + 1, y + (2 if side == 6 else 1), x + 5, y + side - (2 if side == 6 else 1), ink.ground)
    elif square.mark is Mark.REST:
        raster.rect(x + 2, middle, x + 4, middle + 2, ink.rest)
    elif square.mark is Mark.BREAK:
        raster.rect(x, middle, x + 6, middle + 2, ink.rest)


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
            parts.append((GUTTER + week * _DAY_CELLS, _MONTHS[named.month - 1], canvas.ink.muted))
    return canvas.row(cols, *parts)


def _calendar_legend(cols: int, canvas: Canvas) -> Row:
    ink = canvas.ink
    if not canvas.coloured:
        words = f"1-5 to a full day   o missed   {canvas.dot} rest   ~ break   [ ] today"
        return canvas.row(cols, (GUTTER, words, ink.muted))
    parts: list[tuple[int, str, Colour]] = [(GUTTER, "less", ink.muted)]
    x = GUTTER + 5
    for colour in ink.ramp:
        parts.append((x, "██", colour))
        x += 3
    parts.append((x, "a full day", ink.muted))
    x += 13
    for sign, colour, words in (
        ("▛▜", ink.missed, "missed"),
        ("▄", ink.rest, "rest"),
        ("▄▄▄", ink.rest, "break"),
    ):
        parts += [(x, sign, colour), (x + len(sign) + 1, words, ink.muted)]
        x += len(sign) + len(words) + 4
    return canvas.row(cols, *parts)


# --- pain ----------------------------------------------------------------------------------------------------


def pain_chart(days: Sequence[PainDay], line: PainLine, cols: int, rows: int, canvas: Canvas) -> Frame:
    """Dots for days, a thick line for the 7-day mean, on the zones of the user's line; gaps stay gaps.

    The legend stands above, the months below. Everything lies on the grid of quadrants: a cell has two colours,
    and a blended line over a dot on a zone would need three.
    """
    high = rows - 2
    raster = canvas.raster(cols - GUTTER, high)
    scale = _Scale(raster, len(days))
    if canvas.coloured:
        _bands(raster, scale, line, canvas)
    else:
        y = scale.snapped(line.red - 0.5)
        for x in range(0, raster.width, 8):
            raster.rect(x, y, x + 2, y + 2, canvas.ink.edge)
    for at, day in enumerate(days):
        if day.pain is not None:
            x, y = int(scale.x(at)), scale.snapped(day.pain)
            raster.rect(x, y, x + 1, y + 2, canvas.ink.day)
    for piece in _pieces(days, scale):
        _curve(raster, piece, canvas)
    labels = {scale.row(10): "10", scale.row(0): "0", scale.row(line.red - 0.5): str(line.red)}
    picture = finish(encoding(raster, canvas.blocks, canvas.depth, SMOOTH))
    body = beside(canvas.column(GUTTER, high, labels), picture)
    legend, months = _pain_legend(line, cols, canvas), _months_under(days, scale, cols, canvas)
    return above(Frame(cols, (legend,)), body, Frame(cols, (months,)))


def _curve(raster: Raster, piece: Sequence[tuple[float, float]], canvas: Canvas) -> None:
    """A line two quadrants thick, one column of quadrants after the other."""
    before: int | None = None
    at = 0
    for x in range(int(piece[0][0]), int(piece[-1][0]) + 1):
        while at + 1 < len(piece) - 1 and piece[at + 1][0] < x:
            at += 1
        (x1, y1), (x2, y2) = piece[at], piece[min(at + 1, len(piece) - 1)]
        share = min(1.0, max(0.0, (x - x1) / (x2 - x1))) if x2 > x1 else 0.0
        exact = y1 + (y2 - y1) * share - 2
        # A mean that wavers about the border of two quadrants must not flicker between them.
        y = before if before is not None and abs(exact - before) < 1.5 else 2 * round(exact / 2)
        top, bottom = (y, y) if before is None else (min(y, before + 2), max(y, before - 2))
        raster.rect(x, top, x + 1, bottom + (4 if canvas.coloured else 2), canvas.ink.mean)
        before = y


def _pain_legend(line: PainLine, cols: int, canvas: Canvas) -> Row:
    ink = canvas.ink
    rule = canvas.rule
    x = GUTTER if cols >= GUTTER + 37 else 0  # where there is little room, it begins at the very left
    return canvas.row(
        cols,
        (x, "━" if rule == "─" else "#", ink.mean), (x + 2, "7-day mean", ink.muted),
        (x + 15, "▘" if canvas.coloured else canvas.dot, ink.muted), (x + 17, "day", ink.muted),
        (x + 23, rule, ink.edge), (x + 25, f"stop line {line.red}", ink.muted),
    )  # fmt: skip


class _Scale:
    """From days and pain to units of a raster."""

    def __init__(self, raster: Raster, count: int) -> None:
        self.height, self.step = raster.height, (raster.width - 4) / max(1, count - 1)

    def x(self, at: int) -> float:
        return 1.5 + at * self.step

    def y(self, pain: float) -> float:
        """Half a cell of air above 10 and below 0."""
        return self.height - 3 - (self.height - 6) * pain / 10

    def snapped(self, pain: float) -> int:
        """On the grid of quadrants, where edges are sharp."""
        return 2 * round(self.y(pain) / 2 - 0.5)

    def row(self, pain: float) -> int:
        return min(self.height // 4 - 1, max(0, int(self.y(pain) // 4)))


def _bands(raster: Raster, scale: _Scale, line: PainLine, canvas: Canvas) -> None:
    green, amber, red = canvas.ink.bands
    low, high = scale.snapped(line.green + 0.5) + 1, scale.snapped(line.red - 0.5) + 1
    low, high = low + low % 2, high + high % 2
    raster.rect(0, 0, raster.width, high, red)
    raster.rect(0, high, raster.width, low, amber)
    raster.rect(0, low, raster.width, raster.height, green)
    raster.rect(0, high - 2, raster.width, high, canvas.ink.edge)


def _pieces(days: Sequence[PainDay], scale: _Scale) -> list[list[tuple[float, float]]]:
    """The mean as lines that end where it ends."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for at, day in enumerate(days):
        if day.mean is not None:
            pieces[-1].append((scale.x(at), scale.y(day.mean)))
        elif pieces[-1]:
            pieces.append([])
    return [piece for piece in pieces if piece]


def _months_under(days: Sequence[PainDay], scale: _Scale, cols: int, canvas: Canvas) -> Row:
    parts = []
    last = -9
    for at, day in enumerate(days):
        x = GUTTER + int(scale.x(at) / 2)
        if day.day.day == 1 and x - last >= 4 and x + 3 <= cols:
            parts.append((x, _MONTHS[day.day.month - 1], canvas.ink.muted))
            last = x
    return canvas.row(cols, *parts)
