"""What the sheet says, before it has a form: pain, plan kept, ladder, sides, stops and notes since a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from runnersknee_tui.core.exercise_story import (
    Change,
    SideRow,
    balance,
    changes,
    names_of,
    step_name,
)
from runnersknee_tui.core.heads import Effort, read_efforts, read_head
from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.plan_days import Adherence, Diary, Facts, Plan, adherence
from runnersknee_tui.core.programme import Profile
from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.core.record_json import to_json
from runnersknee_tui.core.statistics import (
    CalendarDay,
    PainDay,
    Trend,
    WeekMinutes,
    by_day,
    calendar,
    mean,
    pain_series,
    trend,
    weekly_minutes,
)
from runnersknee_tui.core.statistics_tables import change_words, day_words
from runnersknee_tui.core.warning_signs import WARNING_SIGNS
from runnersknee_tui.core.words import clean, cut

CALENDAR_WEEKS = 26
NOTES, CHANGES, STOPS, SIDES = 6, 9, 6, 10
"""The newest so many of each: the sheet is two pages."""
NOTE_LENGTH = 110
FLARE = 2
"""Points above the start that make a worse morning after (adaptation.md, 3)."""


class ExerciseLine(Struct, frozen=True):
    """One exercise and dose: where it began, where it stands, how much of what was asked was done."""

    name: str
    sessions: int
    began: str
    stands: str
    share: float
    pain: float | None  # mean of the answers during
    last: date


class PainStop(Struct, frozen=True):
    """An exercise that was ended because it hurt, or during which pain reached the stop line."""

    day: date
    name: str
    pain: int | None
    side: str
    sharp: bool | None


class ChangeLine(Struct, frozen=True):
    """A change of the ladder or of a target, in words."""

    day: date
    name: str
    what: str
    reason: str


class Sheet(Struct, frozen=True):
    """All of it. Words from people are made safe for a terminal; the forms escape them for their own sake."""

    since: date
    today: date
    knee: str | None
    programme: str
    green: int
    red: int
    sessions: int
    days: int
    minutes: float
    kept: Adherence
    squares: tuple[CalendarDay, ...]
    full_minutes: float
    weeks: tuple[WeekMinutes, ...]
    pain: dict[str, tuple[PainDay, ...]]  # by knee, only those with an answer
    trends: dict[str, Trend]
    worst: int | None
    mornings: int  # morning-after answers
    flares: int  # of them so many at least two points above the start
    exercises: tuple[ExerciseLine, ...]
    changes: tuple[ChangeLine, ...]
    more_changes: int
    sides: tuple[SideRow, ...]
    names: dict[str, str]
    stops: tuple[PainStop, ...]  # the newest of them
    stopped: int  # how many there were
    signs: tuple[tuple[date, str], ...]
    notes: tuple[tuple[date, str], ...]


def build_sheet(
    records: Sequence[SessionRecord],
    catalogue: Catalogue,
    profile: Profile,
    today: date,
    since: date,
    *,
    own_routines: frozenset[str] = frozenset(),
) -> Sheet:
    """The sheet over `since` to `today`, both included. Earlier records give the rules their context."""
    known = sorted(
        (record for record in records if record.local_date <= today and not record.rehearsal),
        key=lambda record: record.started_at,
    )
    told = [record for record in known if record.local_date >= since]
    plain = [to_json(record) for record in told]
    efforts = [effort for one in plain for effort in read_efforts(one)]
    facts = by_day([read_head(one) for one in plain], today, own_routines)
    first = min((record.local_date for record in known), default=None)
    diary = Diary(facts, Plan.of(profile), today, None if first is None else max(first, since))
    weeks = min((today - since).days // 7 + 1, CALENDAR_WEEKS)
    found = changes(known, catalogue, profile, today, since=since, own_routines=own_routines)
    shown = [_change_line(change, catalogue) for change in _worth_telling(found)][-CHANGES:]
    rises = [rise for rise in map(_rise, told) if rise is not None]
    stops = _stops(told, profile.line.red)
    return Sheet(
        since=since,
        today=today,
        knee=profile.knee,
        programme=profile.programme,
        green=profile.line.green,
        red=profile.line.red,
        sessions=len(told),
        days=sum(one.active_s > 0 for one in facts.values()),
        minutes=sum(one.active_s for one in facts.values()) / 60,
        kept=adherence(diary, (today - since).days + 1),
        squares=calendar(diary, weeks),
        full_minutes=diary.plan.day_s / 60,
        weeks=weekly_minutes(diary, weeks),
        pain={knee: pain_series(facts, since, today, knee) for knee in _answered(facts)},
        trends={knee: trend(facts, today, profile.line, knee) for knee in _answered(facts)},
        worst=_worst(facts),
        mornings=len(rises),
        flares=sum(rise >= FLARE for rise in rises),
        exercises=_exercise_lines(efforts, catalogue),
        changes=tuple(shown),
        more_changes=len(found) - len(shown),
        sides=balance(efforts, today)[:SIDES],
        names={name: clean(words) for name, words in names_of(catalogue).items()},
        stops=tuple(stops[-STOPS:]),
        stopped=len(stops),
        signs=tuple(_signs(told)),
        notes=_notes(told),
    )


def _answered(facts: Facts) -> list[str]:
    """The knees about which something was said."""
    return [
        knee for knee in ("left", "right") if any(getattr(one, knee) is not None for one in facts.values())
    ]


def _worst(facts: Facts) -> int | None:
    answers = (pain for one in facts.values() for pain in (one.left, one.right))
    return max((pain for pain in answers if pain is not None), default=None)


def _notes(records: Sequence[SessionRecord]) -> tuple[tuple[date, str], ...]:
    """The newest of them, cut to a line."""
    noted = [record for record in records if record.note.strip()]
    return tuple((record.local_date, cut(record.note, NOTE_LENGTH)) for record in noted[-NOTES:])


def _worth_telling(found: Sequence[Change]) -> list[Change]:
    """Steps, setbacks and stops; one repetition more is no news."""
    return [
        change
        for change in found
        if change.step_from != change.step_to or change.decision in ("stop", "regress")
    ]


def _change_line(change: Change, catalogue: Catalogue) -> ChangeLine:
    exercise = catalogue.exercises.get(change.key.exercise)
    steps = {rung.id: rung.name for rung in exercise.ladder} if exercise else {}
    name = exercise.name if exercise else change.key.exercise
    return ChangeLine(change.day, clean(name), change_words(change, steps), clean(change.reason))


def _rise(record: SessionRecord) -> int | None:
    before, after = record.check_in.before.worse, record.check_in.next_day.worse
    return None if before is None or after is None else after - before


def _exercise_lines(efforts: Sequence[Effort], catalogue: Catalogue) -> tuple[ExerciseLine, ...]:
    by_key: dict[tuple[str, str], list[Effort]] = {}
    for effort in efforts:
        by_key.setdefault((effort.exercise, effort.dose), []).append(effort)
    order = {name: at for at, name in enumerate(catalogue.exercises)}
    lines = []
    for (name, dose), done in sorted(by_key.items(), key=lambda one: (order.get(one[0][0], 99), one[0])):
        exercise = catalogue.exercises.get(name)
        title = clean(exercise.name if exercise else name)
        twice = sum(other == name for other, _ in by_key) > 1
        pains = [effort.pain for effort in done if effort.pain is not None]
        lines.append(
            ExerciseLine(
                f"{title} ({clean(dose)})" if twice else title,
                len(done),
                _stand(done[0], catalogue),
                _stand(done[-1], catalogue),
                mean([effort.share for effort in done]),
                mean(pains) if pains else None,
                done[-1].day,
            )
        )
    return tuple(lines)


def _stand(effort: Effort, catalogue: Catalogue) -> str:
    """ "2 x 15" in the usual form, or "2 x 15, High step-up"."""
    amount = (
        f"{effort.target_reps}"
        if effort.target_reps is not None
        else "-"
        if effort.target_hold_s is None
        else f"{effort.target_hold_s:.0f} s"
    )
    step = f", {step_name(catalogue.exercises.get(effort.exercise), effort.step)}" if effort.step else ""
    return f"{effort.sets} x {amount}{clean(step)}"


def _stops(records: Sequence[SessionRecord], red: int) -> list[PainStop]:
    found = []
    for record in records:
        for entry in record.exercises:
            pain = entry.during.worse
            if entry.stopped or entry.sharp or (pain is not None and pain >= red):
                answers = (("left", entry.during.left), ("right", entry.during.right))
                side = " and ".join(name for name, said in answers if said is not None and said == pain)
                found.append(PainStop(record.local_date, clean(entry.name), pain, side, entry.sharp))
    return found


def _signs(records: Sequence[SessionRecord]) -> list[tuple[date, str]]:
    words = {sign.id: sign.words for sign in WARNING_SIGNS}
    return [
        (record.local_date, clean(words.get(sign, sign)))
        for record in records
        for sign in record.check_in.warning_signs or ()
    ]


def period_words(sheet: Sheet) -> str:
    """ "20 Mar 2026 to 18 Jun 2026"."""
    return f"{day_words(sheet.since)} to {day_words(sheet.today)}"


def default_since(today: date) -> date:
    """Twelve weeks, from a Monday on."""
    return today - timedelta(days=today.weekday(), weeks=11)
