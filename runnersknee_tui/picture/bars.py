"""Weeks as bars against the plan, the plan kept as a ring, left against right: plain cells from figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from runnersknee_tui.core.exercise_story import SideRow
from runnersknee_tui.core.plan_days import Adherence
from runnersknee_tui.core.statistics import WeekMinutes
from runnersknee_tui.core.words import cut
from runnersknee_tui.picture.cells import Frame, Row, above, beside
from runnersknee_tui.picture.chart_ink import GUTTER, MONTHS, Canvas
from runnersknee_tui.picture.encode import CRISP, encoding
from runnersknee_tui.picture.lettering import fit, fit_pixels
from runnersknee_tui.picture.painter import finish

_WIDEST, _NARROWEST = 10, 6  # units from one bar to the next


def weeks_chart(weeks: Sequence[WeekMinutes], cols: int, rows: int, canvas: Canvas) -> Frame:
    """A bar a week, the newest that fit, and what the plan asked of each week as a line across it.

    The week that is not over is bright; without colours it is drawn hollow.
    """
    ink, high = canvas.ink, rows - 2
    raster = canvas.raster(cols - GUTTER, high)
    # Whole cells, so that no cell holds bar, plan and ground at once.
    pitch = min(_WIDEST, max(_NARROWEST, raster.width // max(1, len(weeks)) // 2 * 2))
    shown = weeks[-(raster.width // pitch) :]
    left = (raster.width - len(shown) * pitch + 2) // 2 * 2
    top = _round_up(max((max(week.minutes, week.planned) for week in shown), default=0))
    floor = raster.height

    def height(minutes: float) -> int:
        return 2 * round((floor - 4) * minutes / top / 2)

    for at, week in enumerate(shown):
        x, wide = left + at * pitch, pitch - 2
        now = at == len(shown) - 1
        if week.minutes > 0:
            up = max(2, height(week.minutes))
            raster.rect(x, floor - up, x + wide, floor, ink.now if now else ink.bar)
            if now and not canvas.coloured and up > 4:
                raster.rect(x + 1, floor - up + 2, x + wide - 1, floor, ink.ground)
        if week.planned > 0:
            y = (floor - height(week.planned)) // 4 * 4
            if canvas.coloured:
                raster.rect(x - 2 * (at > 0), y, x + wide, y + 2, ink.plan)
            else:  # light on dark and dark on light, with air between it and a bar that ends there
                over = week.minutes > 0 and height(week.minutes) > floor - y - 4
                raster.rect(x, y - 2 * over, x + wide, y + 2 + 2 * over, ink.ground)
                raster.rect(x + 1, y, x + wide - 1, y + 2, ink.plan)
    labels = {0: f"{top:.0f}", high - 1: "0", high // 2: f"{top / 2:.0f}"}
    picture = finish(encoding(raster, canvas.blocks, canvas.depth, CRISP))
    body = beside(canvas.column(GUTTER, high, labels), picture)
    legend = _weeks_legend(cols, canvas)
    return above(Frame(cols, (legend,)), body, Frame(cols, (_starts(shown, left, pitch, cols, canvas),)))


def _round_up(minutes: float) -> float:
    """The top of the scale: an even number of minutes that reads well."""
    for step in (10, 20, 40, 60, 100, 200, 400, 1000):
        if minutes <= step * 5:
            return max(step * 2.0, step * -(-minutes // step))
    return minutes


def _starts(shown: Sequence[WeekMinutes], left: int, pitch: int, cols: int, canvas: Canvas) -> Row:
    parts = []
    last = -9
    for at, week in enumerate(shown):
        x = GUTTER + (left + at * pitch) // 2
        if week.start.day <= 7 and x - last >= 4 and x + 3 <= cols:
            parts.append((x, MONTHS[week.start.month - 1], canvas.ink.muted))
            last = x
    return canvas.row(cols, *parts)


def _weeks_legend(cols: int, canvas: Canvas) -> Row:
    ink = canvas.ink
    sign = "#" if canvas.rule == "-" else "█"
    x = GUTTER if cols >= GUTTER + 26 else 0  # where there is little room, it begins at the very left
    parts = [(x, sign, ink.bar), (x + 2, "min", ink.muted), (x + 7, canvas.rule, ink.plan)]
    parts += [(x + 9, "plan", ink.muted), (x + 15, sign, ink.now), (x + 17, "this week", ink.muted)]
    return canvas.row(cols, *parts)


def ring_chart(kept: Adherence, cols: int, rows: int, canvas: Canvas) -> Frame:
    """How much of the plan was kept, in percent within a ring, and the days in words below.

    Where nothing was planned there is no number, not a zero.
    """
    ink = canvas.ink
    raster = canvas.raster(cols, rows - 1)
    share = kept.share
    x, y = raster.width / 2, raster.height / 2
    radius = min(x, y) - 2
    text = "-" if share is None else f"{100 * share:.0f}"
    if radius >= 14:
        thick = max(4.0, radius * 0.22)
        middle = radius - thick / 2
        if canvas.coloured:
            raster.arc(x, y, middle, thick, 0, 1, ink.track)
        raster.arc(x, y, middle, thick, 0, share or 0.0, ink.done)
        room = radius - thick
        setting = fit if radius >= 48 else fit_pixels
        setting(text, room * 1.4, room * 0.95).draw_centred(raster, x, y, ink.text)
    else:
        fit_pixels(text, raster.width * 0.8, raster.height).draw_centred(raster, x, y, ink.text)
    days = f"{kept.kept} of {kept.planned}"
    told = (f"{text} % · {days} planned days", f"{days} planned days", f"{days} days")
    words = next((words for words in told if len(words) <= cols), told[-1])
    if share is None:
        words = "nothing planned yet" if cols >= 19 else "no plan yet"
    words = words.replace("·", canvas.dot)
    caption = canvas.row(cols, ((cols - len(words)) // 2, words, ink.muted))
    return above(finish(encoding(raster, canvas.blocks, canvas.depth, CRISP)), Frame(cols, (caption,)))


def sides_chart(
    rows_of: Sequence[SideRow], names: Mapping[str, str], cols: int, rows: int, canvas: Canvas
) -> Frame:
    """Left grows to the left and right to the right from one middle; the numbers stand at the outer ends.

    Two rows an exercise and one of air; as many exercises as fit, and how many more there are.
    """
    ink, middle = canvas.ink, cols // 2
    found: list[Row] = [
        canvas.row(
            cols,
            (middle - 5, "left", ink.left),
            (middle + 2, "right", ink.right),
        )
    ]
    fits = max(0, (rows - 1) // 3)
    shown = rows_of[:fits] if len(rows_of) <= fits else rows_of[: max(0, (rows - 2) // 3)]
    numbers = max((len(words) for row in shown for words in _numbers(row)), default=0)
    for row in shown:
        name = cut(names.get(row.exercise, row.exercise), cols)
        found.append(canvas.row(cols, ((cols - len(name)) // 2, name, ink.text)))
        found.append(_pair(row, cols, numbers, canvas))
        found.append(canvas.row(cols))
    if not rows_of and rows > 2:
        words = "nothing to compare"
        found += [canvas.row(cols), canvas.row(cols, ((cols - len(words)) // 2, words, ink.muted))]
    if len(shown) < len(rows_of):
        words = f"and {len(rows_of) - len(shown)} more"
        found.append(canvas.row(cols, ((cols - len(words)) // 2, words, ink.muted)))
    found = found[:rows]
    return Frame(cols, (*found, *([canvas.row(cols)] * (rows - len(found)))))


def _numbers(row: SideRow) -> tuple[str, str]:
    unit = " s" if row.unit == "s" else ""
    return f"{row.left:.0f}{unit}", f"{row.right:.0f}{unit}"


def _pair(row: SideRow, cols: int, numbers: int, canvas: Canvas) -> Row:
    """Half cells, so that a difference of a few percent shows; `numbers` columns are kept for each number."""
    ink, middle = canvas.ink, cols // 2
    room = max(0, middle - numbers - 2)
    most = max(row.left, row.right) or 1.0
    full, half = ("#", "") if canvas.rule == "-" else ("█", "▐▌")
    left, right = (round(2 * room * value / most) for value in (row.left, row.right))
    parts = [
        (middle - 1 - left // 2, full * (left // 2), ink.left),
        (middle + 1, full * (right // 2), ink.right),
    ]
    if half:
        parts += [(middle - 2 - left // 2, half[0], ink.left)] if left % 2 else []
        parts += [(middle + 1 + right // 2, half[1], ink.right)] if right % 2 else []
    words = _numbers(row)
    parts += [(0, words[0].rjust(numbers), ink.muted), (middle + room + 2, words[1], ink.muted)]
    return canvas.row(cols, *parts)
