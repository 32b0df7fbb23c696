"""Figures from the heads of sessions: minutes, pain, the plan kept. Pure, and honest before anything else.

An open answer is None and never 0, what was skipped was not done, rehearsals never count, a day is the civil
date at a session's start, and what is dated after today is ignored.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import Struct

from runnersknee_tui.core.assessment import PainLine
from runnersknee_tui.core.heads import Head, worse
from runnersknee_tui.core.plan_days import (
    Adherence,
    DayFacts,
    Diary,
    Facts,
    Mark,
    Plan,
    adherence,
    monday,
    streak,
)
from runnersknee_tui.core.points import counts

MEAN_DAYS = 7
TREND_DAYS = 28
FEWEST_ANSWERS = 3
"""Days with an answer that each half of a trend must have, or nothing is said."""
NOISE = 1.16
"""Points on 0-10 that matter in this pain (Piva 2009); a smaller difference of two means is "about the same"."""


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean; at least one value. The standard library's own module brings in randomness."""
    return sum(values) / len(values)


def by_day(heads: Iterable[Head], today: date, own_routines: frozenset[str] = frozenset()) -> Facts:
    """What each day held, up to today. Pre-runs and own routines count as minutes, not as plan days."""
    found: dict[date, DayFacts] = {}
    belongs: dict[tuple[str, bool], bool] = {}
    for _, day, active_s, share, about, before, during, _ in heads:
        if about.rehearsal or day > today:
            continue
        key = about.routine, False
        if key not in belongs:
            belongs[key] = counts(about.routine, rehearsal=False, own_routines=own_routines)
        facts = DayFacts(
            active_s,
            share if belongs[key] else 0.0,
            worse(before.left, during.left),
            worse(before.right, during.right),
            about.end_reason == "check-in",
            about.signs,
        )
        other = found.get(day)
        found[day] = facts if other is None else _together(facts, other)
    return found


def _together(one: DayFacts, other: DayFacts) -> DayFacts:
    return DayFacts(
        one.active_s + other.active_s,
        one.share + other.share,
        worse(one.left, other.left),
        worse(one.right, other.right),
        one.resting or other.resting,
        one.signs or other.signs,
    )


# --- calendar ------------------------------------------------------------------------------------------------


class CalendarDay(NamedTuple):
    """One square. `minutes` is 0 where nothing was done; `pain` is the worse knee's, None where open."""

    day: date
    mark: Mark
    minutes: float
    pain: int | None


def calendar(diary: Diary, weeks: int) -> tuple[CalendarDay, ...]:
    """So many whole weeks, Monday to Sunday, of which the last holds today."""
    start = monday(diary.today) - timedelta(weeks=weeks - 1)
    squares = []
    for at in range(weeks * 7):
        day = start + timedelta(days=at)
        facts = diary.facts.get(day)
        minutes = facts.active_s / 60 if facts else 0.0
        squares.append(
            CalendarDay(day, diary.mark(day), minutes, worse(facts.left, facts.right) if facts else None)
        )
    return tuple(squares)


class WeekMinutes(NamedTuple):
    """A week's minutes against what its plan asked for; `planned` is lower where a break fell into it."""

    start: date
    minutes: float
    planned: float


def weekly_minutes(diary: Diary, weeks: int) -> tuple[WeekMinutes, ...]:
    """The last so many weeks, oldest first; the last one is still going on."""
    first = monday(diary.today) - timedelta(weeks=weeks - 1)
    found = []
    for at in range(weeks):
        start = first + timedelta(weeks=at)
        days = [diary.facts.get(start + timedelta(days=day)) for day in range(7)]
        minutes = sum(facts.active_s for facts in days if facts is not None) / 60
        found.append(WeekMinutes(start, minutes, diary.planned_days(start) * diary.plan.day_s / 60))
    return tuple(found)


# --- pain ----------------------------------------------------------------------------------------------------


class PainDay(NamedTuple):
    """The worst answer of a day, and the mean of the days with an answer among the last seven; None: none."""

    day: date
    pain: int | None
    mean: float | None


def pain_series(facts: Facts, start: date, today: date, knee: str = "worse") -> tuple[PainDay, ...]:
    """Every day from `start` to today, for the "left", "right" or "worse" knee.

    A day without an answer is a gap, and a mean of no answers is one, too.
    """
    window: deque[int | None] = deque(maxlen=MEAN_DAYS)
    found = []
    day = start - timedelta(days=MEAN_DAYS - 1)
    while day <= today:
        pain = _pain_of(facts.get(day), knee)
        window.append(pain)
        if day >= start:
            known = [answer for answer in window if answer is not None]
            found.append(PainDay(day, pain, mean(known) if known else None))
        day += timedelta(days=1)
    return tuple(found)


def _pain_of(facts: DayFacts | None, knee: str) -> int | None:
    if facts is None:
        return None
    return worse(facts.left, facts.right) if knee == "worse" else getattr(facts, knee)


class Trend(Struct, frozen=True):
    """Means of the last four weeks and of the four before; None where too few days were answered."""

    now: float | None
    before: float | None
    over_line: int  # days of the last four weeks on which the stop line was reached
    answered: int  # days of the last four weeks with an answer

    @property
    def change(self) -> float | None:
        return None if self.now is None or self.before is None else self.now - self.before


def trend(facts: Facts, today: date, line: PainLine, knee: str = "worse") -> Trend:
    """How pain moves; from daily worst answers."""
    days = [today - timedelta(days=back) for back in range(2 * TREND_DAYS)]
    pains = [_pain_of(facts.get(day), knee) for day in days]
    recent = [pain for pain in pains[:TREND_DAYS] if pain is not None]
    earlier = [pain for pain in pains[TREND_DAYS:] if pain is not None]
    return Trend(
        now=mean(recent) if len(recent) >= FEWEST_ANSWERS else None,
        before=mean(earlier) if len(earlier) >= FEWEST_ANSWERS else None,
        over_line=sum(pain >= line.red for pain in recent),
        answered=len(recent),
    )


def trend_words(found: Trend) -> str:
    """One short sentence, without praise or promise."""
    if found.now is None:
        return "Too few answers in four weeks to say how pain moves"
    if found.change is None:
        return f"Pain {found.now:.1f} on average over four weeks"
    if abs(found.change) < NOISE:
        return "Pain about the same as in the four weeks before"
    how = "lower" if found.change < 0 else "higher"
    return f"Pain {abs(found.change):.1f} {how} than in the four weeks before"


def short_line_words(found: Trend, line: PainLine) -> str:
    """The same where there are some thirty columns."""
    if not found.answered:
        return f"Your stop line is {line.red} of 10"
    if not found.over_line:
        return f"Below your stop line {line.red}, 4 weeks"
    return f"At your stop line {line.red}: {found.over_line} of 28 days"


def line_words(found: Trend, line: PainLine) -> str:
    """What is known about the stop line."""
    if not found.answered:
        return f"Your stop line is {line.red} of 10"
    if not found.over_line:
        return f"Below your stop line of {line.red} on every answered day of four weeks"
    days = "1 day" if found.over_line == 1 else f"{found.over_line} days"
    return f"At or over your stop line of {line.red} on {days} of four weeks"


# --- all of it -----------------------------------------------------------------------------------------------


class Summary(Struct, frozen=True):
    """The figures of the history screen, all as of `today`."""

    today: date
    knee: str  # "left", "right" or "worse"
    line: PainLine
    squares: tuple[CalendarDay, ...]
    weeks: tuple[WeekMinutes, ...]
    pain: tuple[PainDay, ...]
    kept: Adherence
    streak: int | None  # None: longer than the given heads reach back
    trend: Trend
    sessions: int  # that count, among the given heads
    days_since: int | None  # since the last day with a session; None: none of them is given

    @property
    def headline(self) -> tuple[str, ...]:
        """The stop line, the trend, and what the plan says: in the order of what matters to a knee."""
        words = [line_words(self.trend, self.line), trend_words(self.trend)]
        if self.days_since is not None and self.days_since > MEAN_DAYS:
            words.append(f"{self.days_since} days since the last session")
        elif self.streak is not None and self.streak > 1:
            words.append(f"{self.streak} planned days kept in a row")
        return tuple(words)


def looks_back_to(today: date, weeks: int = 26) -> date:
    """The first day whose sessions the figures of so many weeks need, but for a streak that is longer."""
    start = monday(today) - timedelta(weeks=weeks - 1)
    return min(start, today - timedelta(days=2 * TREND_DAYS)) - timedelta(days=MEAN_DAYS)


def summarise(
    heads: Sequence[Head],
    plan: Plan,
    line: PainLine,
    today: date,
    *,
    weeks: int = 26,
    knee: str = "worse",
    own_routines: frozenset[str] = frozenset(),
    first: date | None = None,
) -> Summary:
    """Everything for so many weeks, from all heads; or from those since `looks_back_to`.

    `first` is then the day of the first session ever, and a streak that goes on before them stays unknown.
    """
    start = monday(today) - timedelta(weeks=weeks - 1)
    since = looks_back_to(today, weeks)
    counted = [head for head in heads if not head.about.rehearsal and head.day <= today]
    days = [head.day for head in counted]
    facts = by_day([head for head in counted if head.day >= since], today, own_routines)
    if first is None or first > today:
        first = min(days, default=None)
    diary = Diary(facts, plan, today, first=first)
    kept_in_a_row = streak(diary, since)
    if kept_in_a_row is None and first == min(days, default=None):  # only now is the whole past worth a look
        kept_in_a_row = streak(Diary(by_day(counted, today, own_routines), plan, today))
    return Summary(
        today=today,
        knee=knee,
        line=line,
        squares=calendar(diary, weeks),
        weeks=weekly_minutes(diary, weeks),
        pain=pain_series(facts, start, today, knee),
        kept=adherence(diary),
        streak=kept_in_a_row,
        trend=trend(facts, today, line, knee),
        sessions=len(counted),
        days_since=(today - max(days)).days if days else None,
    )
