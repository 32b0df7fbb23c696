"""The plan as days: which were kept, which missed, which were rest. Pure; `today` is an argument.

A week keeps its plan by how many days were trained, not by which: a day moved is no day missed. What is
missing at the end of a week is marked on its last free training days, so that a calendar can show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from runnersknee_tui.core.programme import PREHAB, Profile, feasible_days
from runnersknee_tui.core.settings import DAYS

PREHAB_DAYS = 2
"""Days a week that source B asks for at least (2-3 times)."""
ADHERENCE_DAYS = 28
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


class Mark(StrEnum):
    """What a day was, measured by the plan."""

    KEPT = "kept"
    EXTRA = "extra"  # trained, although the week's plan was kept without it
    MISSED = "missed"
    REST = "rest"  # the plan asked for nothing; or the app itself said rest
    BREAK = "break"  # declared: counts neither for nor against
    OPEN = "open"  # today, or a day to come
    BEFORE = "before"  # before the first session ever


class DayFacts(NamedTuple):
    """One day's sessions together. Rehearsals are not in it."""

    active_s: float
    share: float  # how much of the plan was done, 0 and more; only sessions that belong to the plan
    left: int | None  # the worst answers of the day, at the start and during work
    right: int | None
    resting: bool  # the check-in said: rest today
    signs: bool  # a warning sign was ticked

    @property
    def trained(self) -> bool:
        """Half of what was planned, or more (adaptation.md, 6)."""
        return self.share >= 0.5


Facts = Mapping[date, DayFacts]


class Plan(Struct, frozen=True):
    """What a week asks for. The plan of today's settings is applied to the past: no other is recorded."""

    training_days: tuple[str, ...] = DAYS
    per_week: int = 7  # days
    day_s: float = 20 * 60  # seconds of one day's session
    breaks: tuple[tuple[date, date], ...] = ()  # first and last day
    cleared_on: date | None = None

    @classmethod
    def of(cls, profile: Profile, day_s: float | None = None) -> Plan:
        """The plan in the user's choices; `day_s` is the length of a day's session where it is known.

        Rehab holds daily items, so every training day counts; prehab asks for two days a week.
        """
        days = profile.training_days or DAYS
        per_week = len(set(days))
        if profile.programme == PREHAB:
            per_week = min(PREHAB_DAYS, feasible_days(days, free_day=True))
        return cls(
            tuple(days),
            per_week,
            profile.minutes * 60 if day_s is None else day_s,
            profile.breaks,
            profile.cleared_on,
        )

    def is_break(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.breaks)

    def is_training_day(self, day: date) -> bool:
        return DAYS[day.weekday()] in self.training_days


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


class Diary:
    """The days of one person against one plan, marked week by week and remembered."""

    def __init__(self, facts: Facts, plan: Plan, today: date, first: date | None = None) -> None:
        """`first` is the day of the first session ever, where `facts` do not reach back so far."""
        self.facts, self.plan, self.today = facts, plan, today
        self.first = first or min((day for day in facts if day <= today), default=None)
        self._weeks: dict[date, tuple[Mark, ...]] = {}
        self._paused = tuple(_paused_spans(facts, plan, today))

    def mark(self, day: date) -> Mark:
        """What this day was."""
        return self.week(monday(day))[day.weekday()]

    def week(self, start: date) -> tuple[Mark, ...]:
        """The marks of the week that begins on this Monday."""
        found = self._weeks.get(start)
        if found is None:
            found = self._weeks[start] = self._marked(start)
        return found

    def planned_days(self, start: date) -> int:
        """How many days the plan asks for in a week, less where a break or the first session falls into it."""
        days = [start + timedelta(days=at) for at in range(7)]
        return min(self.plan.per_week, sum(self._available(day) for day in days))

    def _available(self, day: date) -> bool:
        return (
            self.first is not None
            and day >= self.first
            and self.plan.is_training_day(day)
            and not self.plan.is_break(day)
            and not self._rests(day)
        )

    def _rests(self, day: date) -> bool:
        """Days on which the app itself said rest: after warning signs, or at the check-in."""
        if any(first <= day <= last for first, last in self._paused):
            return True
        facts = self.facts.get(day)
        return facts is not None and facts.resting and not facts.trained

    def _marked(self, start: date) -> tuple[Mark, ...]:
        days = [start + timedelta(days=at) for at in range(7)]
        marks = [self._mark_alone(day) for day in days]
        wanted = self.planned_days(start)
        trained = [at for at in range(7) if marks[at] is Mark.KEPT]
        # Of more days than planned, those outside the training days are the extra ones, then the latest.
        order = sorted(trained, key=lambda at: (not self.plan.is_training_day(days[at]), at))
        for at in order[wanted:]:
            marks[at] = Mark.EXTRA
        short = wanted - len(trained)
        still_open = sum(marks[at] is Mark.OPEN and self._available(days[at]) for at in range(7))
        missed = [at for at in range(7) if marks[at] is Mark.REST and self._available(days[at])]
        count = max(0, short - still_open)
        for at in missed[len(missed) - min(count, len(missed)) :]:
            marks[at] = Mark.MISSED
        return tuple(marks)

    def _mark_alone(self, day: date) -> Mark:
        facts = self.facts.get(day)
        if facts is not None and facts.trained and day <= self.today:
            return Mark.KEPT
        if self.first is None or day < self.first:
            return Mark.OPEN if day >= self.today else Mark.BEFORE
        if self.plan.is_break(day):
            return Mark.BREAK
        return Mark.OPEN if day >= self.today else Mark.REST


class Adherence(Struct, frozen=True):
    """Kept of planned days. Breaks and days on which the app said rest are not planned days."""

    kept: int
    planned: int

    @property
    def share(self) -> float | None:
        """0-1; None where nothing was planned."""
        return self.kept / self.planned if self.planned else None


def adherence(diary: Diary, days: int = ADHERENCE_DAYS) -> Adherence:
    """Over so many days up to today; a day that is still open counts neither way."""
    marks = [diary.mark(diary.today - timedelta(days=back)) for back in range(days)]
    kept = marks.count(Mark.KEPT)
    return Adherence(kept, kept + marks.count(Mark.MISSED))


def streak(diary: Diary, since: date | None = None) -> int | None:
    """Planned days kept since the last one missed. Rest days, breaks and extra days neither break nor add.

    With `since`, None where nothing was missed from that day on and the first session lies before it.
    """
    kept = 0
    start = monday(diary.today)
    while diary.first is not None and start + _WEEK > diary.first:
        if since is not None and start < since:
            return None
        for mark in reversed(diary.week(start)):
            if mark is Mark.MISSED:
                return kept
            kept += mark is Mark.KEPT
        start -= _WEEK
    return kept


def _paused_spans(facts: Facts, plan: Plan, today: date) -> Iterator[tuple[date, date]]:
    """From a ticked warning sign to the day before the next training, or to the day a clinician cleared it."""
    ticked = [day for day, one in facts.items() if one.signs and day <= today]
    if not ticked:
        return
    trained = sorted(day for day, one in facts.items() if one.trained)
    for day in ticked:
        ends = [later - _DAY for later in trained if later > day][:1]
        if plan.cleared_on is not None and plan.cleared_on >= day:
            ends.append(plan.cleared_on)
        yield day, min(ends, default=today)
