"""The curve of pain as plain cells, a function of size and figures.

The same facts as rows of text are in `core.statistics_tables`: a picture is never the only place of a fact.
"""

from __future__ import annotations

from collections.abc import Sequence

from runnersknee_tui.core.assessment import PainLine
from runnersknee_tui.core.statistics import PainDay
from runnersknee_tui.picture.cells import Frame, Row, above, beside
from runnersknee_tui.picture.chart_ink import GUTTER, MONTHS, Canvas
from runnersknee_tui.picture.encode import SMOOTH, encoding
from runnersknee_tui.picture.painter import finish
from runnersknee_tui.picture.raster import Raster


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
            parts.append((x, MONTHS[day.day.month - 1], canvas.ink.muted))
            last = x
    return canvas.row(cols, *parts)
