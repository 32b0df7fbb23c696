"""Days, lengths and counts as short words."""

from __future__ import annotations

import math
from datetime import date

DOT = " \N{MIDDLE DOT} "


def day(on: date, today: date) -> str:
    """ "today", "yesterday", "Monday" within a week, else "Tue 9 Jun", with the year where it is another."""
    ago = (today - on).days
    if ago in (0, 1):
        return ("today", "yesterday")[ago]
    if 1 < ago < 7:
        return f"{on:%A}"
    return short_day(on) if on.year == today.year else f"{short_day(on)} {on.year}"


def short_day(on: date) -> str:
    """ "Tue 9 Jun"."""
    return f"{on:%a} {on.day} {on:%b}"


def long_day(on: date) -> str:
    """ "Tuesday 9 June 2026"."""
    return f"{on:%A} {on.day} {on:%B} {on.year}"


def minutes(seconds: float) -> str:
    """Time that something will take, rounded up to whole minutes: "32 min"."""
    return f"{math.ceil(round(seconds / 60, 2))} min"


def length(seconds: float) -> str:
    """Time that was spent, in whole minutes: "24 min"; below one minute "40 s"."""
    return f"{round(seconds)} s" if seconds < 60 else f"{round(seconds / 60)} min"


def count(number: int, one: str, many: str = "") -> str:
    """ "1 exercise", "3 exercises"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def clock(seconds: float) -> str:
    """A length to the second: "2:05"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
