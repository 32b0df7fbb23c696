"""Is one exercise due today? adaptation.md, section 6: any seven days, a free day between, first match wins."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from runnersknee_tui.core.model import Span

_DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Due(StrEnum):
    """Where an exercise stands against its frequency."""

    DUE = "due"
    OPTIONAL = "optional"
    REST = "rest"
    FULL = "full"
    DONE = "done"


def day_words(day: date) -> str:
    """ "Wed 04 Jun", whatever the locale."""
    return f"{_DAY_NAMES[day.weekday()]} {day.day:02} {_MONTH_NAMES[day.month - 1]}"


def resting_words(until: date, why: str) -> str:
    """ "Resting until Wed 04 Jun after a pain stop." """
    return f"Resting until {day_words(until)} {why}."


def count_in_week(day: date, days: Sequence[date]) -> int:
    """On how many of the seven days that end with this one it was done; `days` in their order."""
    return bisect_right(days, day) - bisect_left(days, day - timedelta(days=6))


def span_words(span: Span) -> str:
    """ "7" or "3-4"."""
    return f"{span.lo:g}" if span.fixed else f"{span.lo:g}-{span.hi:g}"


def due(
    day: date, days: Sequence[date], per_week: Span, *, free_day: bool, resting: str | None = None
) -> tuple[Due, str]:
    """The state and its reason. `days` are the days on which half of the plan or more was done, in their order.

    `resting` is the reason where the exercise rests, is paused or locked.
    """
    if resting is not None:
        return Due.REST, resting
    if day in days:
        return Due.DONE, "Done today."
    if free_day and day - timedelta(days=1) in days:
        return Due.REST, "Done yesterday; this one needs a free day between."
    count, plan = count_in_week(day, days), span_words(per_week)
    if count >= per_week.hi:
        return Due.FULL, f"{count} done in the last 7 days and the plan is {plan}; that is enough."
    if count >= per_week.lo:
        return Due.OPTIONAL, f"{count} of {plan} done in the last 7 days; a bonus if you feel good."
    return Due.DUE, f"{count} of {plan} done in the last 7 days."
