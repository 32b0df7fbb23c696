"""What a year of records must have kept: adaptation.md, 2, 3, 4, 6 and 7, read off the records alone.

Nothing here asks the code under test what it thinks; the zones, the counts and the steps are worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from runnersknee_tui.core.ladder import reach
from runnersknee_tui.core.model import Dose, Exercise
from runnersknee_tui.core.programme import PREHAB, Key
from runnersknee_tui.core.record import ExerciseRecord, SessionRecord
from tests.core.catalogue_for_tests import CATALOGUE
from tests.core.simulated_year import Runner, is_loaded, is_loaded_knee

A_WEEK = 7
OPENERS = ("straight-leg-raise", "short-arc-quad", "step-up")


class Done(Struct, frozen=True):
    """One exercise of one session."""

    record: SessionRecord
    entry: ExerciseRecord

    @property
    def day(self) -> date:
        return self.record.local_date

    @property
    def key(self) -> Key:
        return Key(self.entry.id, self.entry.dose)

    @property
    def exercise(self) -> Exercise:
        return CATALOGUE.exercises[self.entry.id]

    @property
    def dose(self) -> Dose:
        return self.exercise.dose(self.entry.dose)

    @property
    def rung(self) -> int:
        return self.exercise.rung(self.entry.ladder_step or self.dose.step)

    @property
    def weighted(self) -> bool:
        return self.exercise.ladder[self.rung].adds_weight

    @property
    def target(self) -> int:
        asked = self.entry.target.hold_s if self.dose.holds_only else self.entry.target.reps
        assert isinstance(asked, int | float)
        return int(asked)

    @property
    def range(self) -> tuple[int, int]:
        return reach(self.dose, self.exercise.ladder[self.rung])

    @property
    def pain(self) -> int | None:
        return self.entry.during.worse

    @property
    def complete(self) -> bool:
        return all(row.outcome == "done" for row in self.entry.sets)

    @property
    def skipped(self) -> bool:
        return all(row.outcome == "skipped" for row in self.entry.sets)

    def unspoilt(self) -> bool:
        """All of it, in good form, and the morning after known and no higher."""
        before, after = self.record.check_in.before.worse, self.record.check_in.next_day.worse
        settled = before is not None and after is not None and after <= before
        return settled and self.complete and self.entry.form == "good" and self.record.confirmed

    def clean(self, green: int) -> bool:
        before = self.record.check_in.before.worse
        calm = before is not None and before <= green and self.pain is not None and self.pain <= green
        return calm and self.unspoilt()

    def pain_stop(self, red: int) -> bool:
        return (self.pain is not None and self.pain >= red) or bool(self.entry.sharp)


def everything(runner: Runner) -> Iterator[Done]:
    for record in runner.records:
        for entry in record.exercises:
            yield Done(record, entry)


def by_key(runner: Runner) -> dict[Key, list[Done]]:
    """What was done of each dose, in its order; what a pain stop made her skip is not."""
    found: dict[Key, list[Done]] = {}
    for done in everything(runner):
        if not done.skipped:
            found.setdefault(done.key, []).append(done)
    return found


def check_the_year(runner: Runner) -> None:
    for record in runner.records:
        check_a_session(runner, record)
    for sessions in by_key(runner).values():
        check_frequency(sessions)
        check_growth(runner, sessions)
        check_gaps(runner, sessions)
        check_after_a_stop(runner, sessions)
    check_one_step_up_a_day(runner)
    check_weight(runner)
    check_pauses(runner)
    check_locks(runner)
    check_reasons(runner)


# --- a session -----------------------------------------------------------------------------------------------


def check_a_session(runner: Runner, record: SessionRecord) -> None:
    """One form of an exercise, two loaded knee items, the sore knee's order, the gate, the minutes."""
    ids = [entry.id for entry in record.exercises]
    assert len(ids) == len(set(ids)), record.local_date
    assert sum(map(is_loaded_knee, record.exercises)) <= 2, record.local_date
    before = record.check_in.before.worse
    assert before is not None
    assert before < 6, record.local_date
    if before >= 3 and not runner.takes_bonus:
        weights = [is_loaded(entry) for entry in record.exercises]
        assert weights == sorted(weights), record.local_date
    shown = next(day for day in runner.days if day.day == record.local_date)
    too_long = shown.seconds > runner.profile.minutes * 60
    assert too_long == any("The shortest session takes" in words for words in shown.notices)
    assert runner.profile.trains_on(record.local_date) or runner.takes_bonus


def check_frequency(sessions: Sequence[Done]) -> None:
    """No seven days hold more than the plan's most; a free day is free. Half a plan and more is a day."""
    dose = sessions[0].dose
    days = [done.day for done in sessions if counts_as_a_day(done)]
    for day in days:
        assert sum(0 <= (day - other).days < A_WEEK for other in days) <= dose.per_week.hi, sessions[0].key
    if dose.free_day:
        assert all((later - day).days >= 2 for day, later in pairwise(days)), sessions[0].key
    weighted = [done.day for done in sessions if done.weighted]
    for day in weighted:
        assert sum(0 <= (day - other).days < A_WEEK for other in weighted) <= 3, sessions[0].key
    assert all((later - day).days >= 2 for day, later in pairwise(weighted)), sessions[0].key


def counts_as_a_day(done: Done) -> bool:
    rows = done.entry.sets
    planned = done.target
    got = [(row.held_s if done.dose.holds_only else row.reps) or 0 for row in rows]
    return sum(min(value / planned, 1) for value in got) >= 0.5 * len(rows)


# --- from one session to the next ----------------------------------------------------------------------------


def light_days(sessions: Sequence[Done], red: int) -> set[str]:
    """Ids of sessions without the weight that the one before and the rules allowed: they move nothing."""
    found: set[str] = set()
    weighted: Done | None = None
    for done in sessions:
        if done.weighted:
            weighted = done
        elif weighted is not None:
            plain = max(
                at for at, rung in enumerate(done.exercise.ladder[: weighted.rung]) if not rung.adds_weight
            )
            soon = (done.day - weighted.day).days <= A_WEEK and not weighted.pain_stop(red)
            if soon and done.rung == plain and done.target == done.range[1]:
                found.add(done.record.id)
            else:
                weighted = None
    return found


def check_growth(runner: Runner, sessions: Sequence[Done]) -> None:
    """A dose grows by one notch, only after what rules 9, 16 and 21 ask for."""
    line = runner.profile.line
    light = light_days(sessions, line.red)
    moving = [done for done in sessions if done.record.id not in light]
    for at in range(1, len(moving)):
        old, new = moving[at - 1], moving[at]
        where = (new.day, new.key, old.target, new.target)
        if new.rung > old.rung:
            before = moving[at - 2] if at > 1 else None
            assert before is not None, where
            assert before.rung == old.rung, where
            assert all(one.clean(line.green) and one.target >= one.range[1] for one in (old, before)), where
            assert new.target == new.range[0], where
        elif new.rung == old.rung and new.target > old.target:
            assert new.target - old.target <= (5 if new.dose.holds_only else 1), where
            before = moving[at - 2] if at > 1 else None
            mild_twice = (
                line.green + 1 == 3
                and before is not None
                and all(
                    one.pain == 3 and (one.record.check_in.before.worse or 0) <= 3 and one.unspoilt()
                    for one in (old, before)
                )
            )
            assert old.clean(line.green) or mild_twice, where


def check_one_step_up_a_day(runner: Runner) -> None:
    """Rule 20: of the sessions of one day only one leads to a next step."""
    days: list[date] = []
    for sessions in by_key(runner).values():
        light = light_days(sessions, runner.profile.line.red)
        moving = [done for done in sessions if done.record.id not in light]
        days += [old.day for old, new in pairwise(moving) if new.rung > old.rung]
    assert len(days) == len(set(days)), sorted(days)


def check_gaps(runner: Runner, sessions: Sequence[Done]) -> None:
    """Rules 3 to 5 of the gate: the lowest step, one step easier, the lowest of the range."""
    light = light_days(sessions, runner.profile.line.red)
    stood = sessions[0]  # the last one that was no day between weighted ones
    for old, new in pairwise(sessions):
        stood = stood if old.record.id in light else old
        gap, where = (new.day - old.day).days, (new.day, new.key)
        if gap >= 28:
            assert new.rung == 0 or new.exercise.ladder[0].form.equipment, where
        if gap >= 14:
            assert new.rung < stood.rung or (new.rung == stood.rung == 0), where
            assert new.rung or new.target <= new.range[0], where
        elif gap >= 8:
            assert new.rung <= stood.rung, where
            assert new.target <= new.range[0], where


def check_after_a_stop(runner: Runner, sessions: Sequence[Done]) -> None:
    """Rest the next day, and come back one step easier, or with less at the bottom."""
    for old, new in pairwise(sessions):
        if old.pain_stop(runner.profile.line.red):
            assert (new.day - old.day).days >= 2, (new.day, new.key)
            least = 10 if new.dose.holds_only else 5
            easier = new.rung < old.rung or new.target < old.target or old.target <= least
            assert easier, (new.day, new.key)


# --- weight, pauses, locks -----------------------------------------------------------------------------------


def check_weight(runner: Runner) -> None:
    """Before weight is added: seven whole days without pain in this exercise, done three times meanwhile.

    Weight is added where a session carries more than the one before it, or carries any after sessions that were
    not mere days between. Looked for in everything that was ever done of the exercise, in any dose.
    """
    all_of: dict[str, list[Done]] = {}
    for done in everything(runner):
        if not done.skipped:
            all_of.setdefault(done.entry.id, []).append(done)
    for sessions in by_key(runner).values():
        light = light_days(sessions, runner.profile.line.red)
        moving = [done for done in sessions if done.record.id not in light]
        for at, new in enumerate(moving):
            if not new.weighted or (at and moving[at - 1].rung >= new.rung):
                continue
            earlier = [done for done in all_of[new.entry.id] if done.day < new.day]
            hurt = [done.day for done in earlier if done.pain]
            since = hurt[-1] if hurt else earlier[0].day
            times = sum(done.pain == 0 and (done.day > since or not hurt) for done in earlier)
            assert (new.day - since).days >= A_WEEK, (new.day, new.key, since)
            assert times >= 3, (new.day, new.key, times)


def check_pauses(runner: Runner) -> None:
    """Two pain stops within 14 days, or a ticked warning sign: nothing until a clinician has cleared it."""
    stops: dict[str, list[date]] = {}
    for done in everything(runner):
        own = stops.setdefault(done.entry.id, [])
        if not done.skipped:
            assert not paused(own, done.day, runner), (done.day, done.key)
        if done.pain_stop(runner.profile.line.red):
            own.append(done.day)
    if runner.sign_on is not None:
        cleared = min((day for day in runner.cleared if day > runner.sign_on), default=date.max)
        assert not any(runner.sign_on <= record.local_date < cleared for record in runner.records)


def paused(stops: Sequence[date], day: date, runner: Runner) -> bool:
    cleared = max((one for one in runner.cleared if one <= day), default=date.min)
    open_stops = [stop for stop in stops if stop > cleared]
    return any((later - stop).days <= 14 for stop, later in pairwise(open_stops))


def check_locks(runner: Runner) -> None:
    """In rehab no single-leg squat and no step-down before two clean sessions at the top of an opener."""
    if runner.profile.programme == PREHAB:
        return
    tops = dict.fromkeys(OPENERS, 0)
    for done in everything(runner):
        if done.entry.id in ("single-leg-squat", "step-down"):
            assert max(tops.values()) >= 2, (done.day, done.key)
        own_form = done.exercise.rung(done.dose.step)
        if done.entry.id in OPENERS and done.rung >= own_form and done.target >= done.range[1]:
            tops[done.entry.id] += done.clean(runner.profile.line.green)


def check_reasons(runner: Runner) -> None:
    """One sentence under 140 characters, on every day for every exercise."""
    for shown in runner.days:
        for words in {sentence for item in shown.items for sentence in (item.reason, item.why)}:
            assert len(words) < 140, words
            assert words.endswith("."), words
            assert ". " not in words, words
