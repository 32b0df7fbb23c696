"""Charts of the sheet as inline SVG: no script, no font of their own, readable in black and white."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from runnersknee_tui.core.plan_days import Mark
from runnersknee_tui.core.statistics import CalendarDay, PainDay, WeekMinutes

WIDTH = 700
LEFT, RIGHT = "#1d5f9c", "#b4570e"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RAMP = ("#d3ebe4", "#a2d5c6", "#5fb3a1", "#26838a", "#14506b")
_BANDS = ("#e3f3ea", "#fbf3d9", "#f9e2d8")
_INK, _MUTED, _GRID = "#1c2733", "#5b6875", "#d9dfe5"
_GUTTER = 34


def pain_svg(pain: Mapping[str, Sequence[PainDay]], green: int, red: int, height: int = 176) -> str:
    """Dots for answers, a line for the 7-day mean with its gaps, on the zones; right knees are dashed."""
    top, floor = 8, height - 22
    days = next(iter(pain.values()), ())

    def x(at: int) -> float:
        return _GUTTER + 6 + (WIDTH - _GUTTER - 12) * at / max(1, len(days) - 1)

    def y(value: float) -> float:
        return floor - (floor - top) * value / 10

    parts = []
    for (low, high), colour in zip(
        ((0, green + 0.5), (green + 0.5, red - 0.5), (red - 0.5, 10)), _BANDS, strict=True
    ):
        parts.append(_rect(_GUTTER, y(high), WIDTH - _GUTTER, y(low) - y(high), colour))
    parts += [_text(_GUTTER - 6, y(value) + 3.5, f"{value}", "end") for value in (0, green, red, 10)]
    parts.append(_line(_GUTTER, y(red - 0.5), WIDTH, y(red - 0.5), "#b3401a", 1.2))
    parts.append(_text(WIDTH - 4, y(red - 0.5) - 4, f"stop line {red}", "end", "#b3401a"))
    parts += _month_marks([day.day for day in days], x, top, floor)
    for knee, series in pain.items():
        colour, dash = (LEFT, "") if knee == "left" else (RIGHT, ' stroke-dasharray="6 3"')
        for at, day in enumerate(series):
            if day.pain is not None:
                parts.append(
                    f'<circle cx="{x(at):.1f}" cy="{y(day.pain):.1f}" r="1.9" fill="{colour}" opacity="0.45"/>'
                )
        for piece in _pieces(series):
            points = " ".join(f"{x(at):.1f},{y(mean):.1f}" for at, mean in piece)
            parts.append(
                f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.4" stroke-linejoin="round"{dash}/>'
            )
    return _svg(height, "Pain, worst answer of each day, and its 7-day mean", parts)


def calendar_svg(squares: Sequence[CalendarDay], full: float) -> str:
    """A column a week, Monday at the top: darker is more of a day's plan, hollow is missed, a dot is rest."""
    weeks = len(squares) // 7
    pitch = min(25.0, (WIDTH - _GUTTER) / max(1, weeks))
    side, rise = pitch * 0.8, 15.0
    parts = [
        _text(_GUTTER - 8, 16 + at * rise + 10, name, "end")
        for at, name in enumerate(("Mo", "", "We", "", "Fr", "", "Su"))
        if name
    ]
    for at, square in enumerate(squares):
        left, top = _GUTTER + at // 7 * pitch, 16 + at % 7 * rise
        if square.day.day == 1:
            parts.append(_text(left, 10, _MONTHS[square.day.month - 1]))
        parts.append(_square(square, full, left, top, side))
    return _svg(16 + 7 * rise + 2, "Minutes of each day", [part for part in parts if part])


def _square(square: CalendarDay, full: float, left: float, top: float, side: float) -> str:
    tall = 12.0
    if square.minutes > 0:
        at = (
            len(_RAMP) - 1
            if full <= 0 or square.minutes >= 0.95 * full
            else int(square.minutes / full * (len(_RAMP) - 1))
        )
        return _rect(left, top, side, tall, _RAMP[at], 2)
    if square.mark is Mark.MISSED:
        return (
            f'<rect x="{left + 0.6:.1f}" y="{top + 0.6:.1f}" width="{side - 1.2:.1f}" height="{tall - 1.2:.1f}" rx="2" '
            f'fill="none" stroke="#93a0ac" stroke-width="1.2"/>'
        )
    if square.mark is Mark.REST:
        return f'<circle cx="{left + side / 2:.1f}" cy="{top + tall / 2:.1f}" r="1.5" fill="#b3bdc7"/>'
    if square.mark is Mark.BREAK:
        return _line(left + 3, top + tall / 2, left + side - 3, top + tall / 2, "#b3bdc7", 1.6)
    return ""


def weeks_svg(weeks: Sequence[WeekMinutes], height: int = 116) -> str:
    """A bar a week and the plan of each week as a line."""
    top, floor = 8, height - 20
    most = max([1.0, *(max(week.minutes, week.planned) for week in weeks)])
    pitch = (WIDTH - _GUTTER) / max(1, len(weeks))
    wide = min(40.0, pitch * 0.66)
    parts = [_line(_GUTTER, floor, WIDTH, floor, _GRID, 1), _text(_GUTTER - 6, floor + 3, "0", "end")]
    parts.append(_text(_GUTTER - 6, top + 8, f"{most:.0f}", "end"))
    for at, week in enumerate(weeks):
        left = _GUTTER + at * pitch + (pitch - wide) / 2
        tall = (floor - top) * week.minutes / most
        last = at == len(weeks) - 1
        parts.append(_rect(left, floor - tall, wide, tall, "#9db7cd" if last else "#4d7fa8", 1.5))
        if week.planned > 0:
            y = floor - (floor - top) * week.planned / most
            parts.append(_line(left - 3, y, left + wide + 3, y, "#8a6a00", 2))
        if week.start.day <= 7:
            parts.append(_text(left, height - 6, _MONTHS[week.start.month - 1]))
    return _svg(height, "Minutes a week against the plan", parts)


def side_svg(left: float, right: float) -> str:
    """Two bars from one middle, for a cell of a table."""
    most = max(left, right) or 1.0
    one, other = 56 * left / most, 56 * right / most
    return (
        '<svg class="side" viewBox="0 0 120 10" role="img" aria-label="left against right">'
        f"{_rect(58 - one, 1, one, 8, LEFT, 1)}{_rect(62, 1, other, 8, RIGHT, 1)}</svg>"
    )


def _pieces(series: Sequence[PainDay]) -> list[list[tuple[int, float]]]:
    pieces: list[list[tuple[int, float]]] = [[]]
    for at, day in enumerate(series):
        if day.mean is not None:
            pieces[-1].append((at, day.mean))
        elif pieces[-1]:
            pieces.append([])
    return [piece for piece in pieces if piece]


def _month_marks(days: Sequence[date], x: Callable[[int], float], top: float, floor: float) -> list[str]:
    parts = []
    for at, day in enumerate(days):
        if day.day == 1 and at > 0:
            parts.append(_line(x(at), top, x(at), floor, "#ffffff", 1))
            if x(at) < WIDTH - 24:
                parts.append(_text(x(at) + 2, floor + 14, _MONTHS[day.month - 1]))
    return parts


def _svg(height: float, label: str, parts: Sequence[str]) -> str:
    body = "\n".join(parts)
    return f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{label}">\n{body}\n</svg>'


def _rect(x: float, y: float, wide: float, high: float, colour: str, round_: float = 0) -> str:
    corner = f' rx="{round_}"' if round_ else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"{corner} fill="{colour}"/>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, thick: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{thick}"/>'


def _text(x: float, y: float, words: str, anchor: str = "start", colour: str = _MUTED) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{words}</text>'
