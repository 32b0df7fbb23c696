"""Three weeks ahead on paper: how often each exercise will come, so that what does not fit is said beforehand.

The forecast assumes that every offered session is done. It answers two questions: when is something due again,
and which exercise will stay below its plan, and why (adaptation.md, section 6).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from runnersknee_tui.core.due import Due, due
from runnersknee_tui.core.model import Dose, Prescription
from runnersknee_tui.core.programme import PREHAB, Key, Profile, feasible_days
from runnersknee_tui.core.selection import Candidate, SecondsOf, choose, drop, in_order
from runnersknee_tui.core.settings import DAYS

DAYS_AHEAD = 21
NO_LIMIT = float("inf")


def preferred_days(profile: Profile, dose: Dose) -> tuple[str, ...]:
    """The weekdays on which sessions come. Prehab keeps to the easy days where they are enough for its plan."""
    if profile.programme != PREHAB or not profile.easy_days:
        return profile.training_days
    easy = tuple(
        name for name in profile.easy_days if not profile.training_days or name in profile.training_days
    )
    enough = easy and feasible_days(easy, free_day=dose.free_day) >= dose.per_week.lo
    return easy if enough else profile.training_days


def comes_on(day: date, profile: Profile, dose: Dose) -> bool:
    """Whether a session of this dose is offered on this day."""
    return day.weekday() in _weekdays(profile, dose) and profile.break_on(day) is None


def _weekdays(profile: Profile, dose: Dose) -> frozenset[int]:
    names = preferred_days(profile, dose)
    return frozenset(DAYS.index(name) for name in names) if names else frozenset(range(7))


def added_up(seconds_of: SecondsOf) -> SecondsOf:
    """The same seconds from few compiled plans: each exercise alone, and the rest that follows it.

    What stands between two exercises depends on the first of them only (contract, `plan`); so a forecast of many
    days compiles each exercise once and not each day.
    """
    alone = lru_cache(maxsize=None)(lambda asked: seconds_of((asked,)))
    between: dict[Prescription, float] = {}

    def seconds(asked: tuple[Prescription, ...]) -> float:
        for one, following in pairwise(asked):
            if one not in between:
                between[one] = seconds_of((one, following)) - alone(one) - alone(following)
        return sum(alone(one) for one in asked) + sum(between[one] for one in asked[:-1])

    return seconds


class Forecast(Struct, frozen=True):
    """Days on which each exercise comes, and the longest day's seconds with all sets."""

    days: Mapping[Key, tuple[date, ...]]
    longest_s: float

    def least_in_a_week(self, key: Key, first: date) -> int:
        """The smallest count of any seven days."""
        days = self.days[key]
        starts = (first + timedelta(days=n) for n in range(DAYS_AHEAD - 6))
        return min(sum(0 <= (day - start).days <= 6 for day in days) for start in starts)


def forecast(
    candidates: Sequence[Candidate],
    first: date,
    profile: Profile,
    seconds_of: SecondsOf,
    *,
    rest_until: Mapping[Key, date] | None = None,
    minutes: float | None = None,
) -> Forecast:
    """Play `DAYS_AHEAD` days from `first` on, every session done; breaks are left out of account."""
    limit = (profile.minutes if minutes is None else minutes) * 60
    calendar = _Calendar(candidates, profile, rest_until or {}, breaks=False)
    longest = 0.0
    for ahead in range(DAYS_AHEAD):
        day = first + timedelta(days=ahead)
        chosen = calendar.due_on(day)
        if limit != NO_LIMIT and chosen:
            longest = max(longest, seconds_of(tuple(one.prescription for one in chosen)))
            chosen, _ = drop(chosen, day, limit, seconds_of)
        calendar.do(chosen, day)
    days = {one.key: tuple(day for day in one.days if day >= first) for one in calendar.candidates}
    return Forecast(days, longest)


class _Calendar:
    """The coming days of some exercises; what is done on one is remembered on the next."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        profile: Profile,
        rest_until: Mapping[Key, date],
        *,
        breaks: bool,
    ) -> None:
        self.candidates = [replace(one, days=one.days[-14:]) for one in candidates]
        self.weekdays = {one.key: _weekdays(profile, one.dose) for one in candidates}
        self.rest_until = rest_until
        self.break_on = profile.break_on if breaks else lambda _: None

    def due_on(self, day: date) -> list[Candidate]:
        if self.break_on(day) is not None:
            return []
        waiting = [one for one in self.candidates if self._is_due(one, day)]
        chosen, _ = choose(waiting, day, done=[one for one in self.candidates if day in one.days])
        return in_order(chosen, day, None)

    def _is_due(self, one: Candidate, day: date) -> bool:
        if day.weekday() not in self.weekdays[one.key] or day < self.rest_until.get(one.key, day):
            return False
        return due(day, one.days, one.dose.per_week, free_day=one.dose.free_day)[0] is Due.DUE

    def do(self, chosen: Sequence[Candidate], day: date) -> None:
        keys = {one.key for one in chosen}
        self.candidates = [
            replace(one, days=(*one.days, day)) if one.key in keys else one for one in self.candidates
        ]


def next_due(
    candidates: Sequence[Candidate], after: date, profile: Profile, rest_until: Mapping[Key, date]
) -> date | None:
    """The next day with something due, if nothing is done before it; None within the next 60 days."""
    calendar = _Calendar(candidates, profile, rest_until, breaks=True)
    coming = (after + timedelta(days=ahead) for ahead in range(1, 61))
    return next((day for day in coming if calendar.due_on(day)), None)


def shortfalls(
    candidates: Sequence[Candidate],
    first: date,
    profile: Profile,
    seconds_of: SecondsOf,
    rest_until: Mapping[Key, date],
) -> tuple[str, ...]:
    """One sentence for each reason for which an exercise will come less often than its plan says."""
    seconds_of = added_up(seconds_of)
    seen = forecast(candidates, first, profile, seconds_of, rest_until=rest_until)
    short = {
        one: times
        for one in candidates
        if (times := seen.least_in_a_week(one.key, first)) < one.dose.per_week.lo
    }
    if not short:
        return ()
    free = forecast(candidates, first, profile, seconds_of, rest_until=rest_until, minutes=NO_LIMIT)
    by_reason: dict[str, list[str]] = {}
    for one, times in short.items():
        reason = _reason(one, free.least_in_a_week(one.key, first), candidates, seen, profile)
        by_reason.setdefault(reason, []).append(f"{lower(one.name)} comes {times_words(times)}")
    return tuple(f"{reason}: {', '.join(words)} a week." for reason, words in by_reason.items())


def _reason(
    one: Candidate, unhurried: int, candidates: Collection[Candidate], seen: Forecast, profile: Profile
) -> str:
    lo = one.dose.per_week.lo
    if unhurried >= lo:
        needed = -(-int(seen.longest_s) // 60)
        return f"Your plan needs {needed} min a day, you gave {profile.minutes}"
    days = preferred_days(profile, one.dose)
    if feasible_days(days, free_day=one.dose.free_day) < lo:
        return f"You train on {len(set(days)) or 7} days a week"
    if any(other.key.exercise == one.key.exercise and other.key != one.key for other in candidates):
        return "Never two forms of one exercise in a day"
    return "At most two loaded knee exercises a day"


def times_words(times: int) -> str:
    return {0: "0 times", 1: "once", 2: "twice"}.get(times, f"{times} times")


def lower(name: str) -> str:
    """A name inside a sentence: "90/90 stretch", "step-up"."""
    return name[:1].lower() + name[1:]
