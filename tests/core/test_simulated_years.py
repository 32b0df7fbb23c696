"""Whole years, day by day: the rules hold on every one of them, and nothing is starved without a word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from runnersknee_tui.core.adaptation import locked, standings
from runnersknee_tui.core.agenda import Today
from runnersknee_tui.core.assessment import EVIDENCE, PAIN_FREE, Decision
from runnersknee_tui.core.due import Due, count_in_week
from runnersknee_tui.core.fold_back import fold
from runnersknee_tui.core.forecast import lower
from runnersknee_tui.core.ladder import reach
from runnersknee_tui.core.model import Region
from runnersknee_tui.core.programme import PREHAB, Key, Profile, active_keys
from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.core.schedule import today
from tests.core.catalogue_for_tests import CATALOGUE
from tests.core.records_for_tests import MONDAY, left
from tests.core.simulated_year import Runner, calm, flaring, item_of, seconds_of

YEAR = 365


def done_days(runner: Runner) -> dict[Key, list[date]]:
    days: dict[Key, list[date]] = {}
    for record in runner.records:
        for entry in record.exercises:
            days.setdefault(Key(entry.id, entry.dose), []).append(record.local_date)
    return days


def check_the_year(runner: Runner) -> None:
    """adaptation.md, 6 and 7, over everything that was done."""
    for key, days in done_days(runner).items():
        dose = CATALOGUE.exercises[key.exercise].dose(key.dose)
        for day in days:
            assert count_in_week(day, days) <= dose.per_week.hi, key
        if dose.free_day:
            assert all((later - day).days >= 2 for day, later in pairwise(days)), key
    for record in runner.records:
        check_a_session(record)
    check_progress(runner)


def check_a_session(record: SessionRecord) -> None:
    ids = [entry.id for entry in record.exercises]
    assert len(ids) == len(set(ids))
    loaded = 0
    for entry in record.exercises:
        exercise = CATALOGUE.exercises[entry.id]
        step = exercise.step(entry.ladder_step or exercise.dose(entry.dose).step)
        loaded += exercise.region is Region.KNEE and (step.form.loaded or step.adds_weight)
    assert loaded <= 2


def check_progress(runner: Runner) -> None:
    """No dose grows by more than one notch, never after pain, and weight only after a week without any."""
    last: dict[Key, tuple[SessionRecord, int]] = {}
    for record in runner.records:
        stepped_up = 0
        for index, entry in enumerate(record.exercises):
            key = Key(entry.id, entry.dose)
            exercise = CATALOGUE.exercises[entry.id]
            dose = exercise.dose(entry.dose)
            target = entry.target.hold_s if dose.holds_only else entry.target.reps
            before = last.get(key)
            last[key] = record, index
            if before is None:
                continue
            old = before[0].exercises[before[1]]
            rung = exercise.rung(entry.ladder_step or dose.step)
            old_rung = exercise.rung(old.ladder_step or dose.step)
            old_target = old.target.hold_s if dose.holds_only else old.target.reps
            assert isinstance(target, int | float)
            assert isinstance(old_target, int | float)
            hurt = old.during.worse or 0
            if rung > old_rung:
                stepped_up += not exercise.ladder[rung].adds_weight
                assert hurt <= runner.profile.line.green, (record.local_date, key)
                assert old_target >= reach(dose, exercise.ladder[old_rung])[1]
            elif rung == old_rung:
                assert target - old_target <= (5 if dose.holds_only else 1)
                assert not (target > old_target and hurt > 3)
            if exercise.ladder[rung].adds_weight:
                check_a_week_without_pain(runner, key, record.local_date)


def check_a_week_without_pain(runner: Runner, key: Key, day: date) -> None:
    """Before weight is added, that is before a weighted day with no other in the fortnight before it."""
    before = [
        ((day - record.local_date).days, entry)
        for record in runner.records
        for entry in record.exercises
        if 0 < (day - record.local_date).days < 14 and (entry.id, entry.dose) == key
    ]
    steps = CATALOGUE.exercises[key.exercise]
    weighted = any(entry.ladder_step and steps.step(entry.ladder_step).adds_weight for _, entry in before)
    assert weighted or not any(entry.during.worse for ago, entry in before if ago < 7), (key, day)


def check_nothing_starves(runner: Runner) -> None:
    """In any seven days since it was taken up an exercise reaches its plan, or the app has named it."""
    days = done_days(runner)
    for key in active_keys(runner.profile, CATALOGUE):
        dose = CATALOGUE.exercises[key.exercise].dose(key.dose)
        name = lower(item_of(runner.days[-1], key).name)
        first = runner.since[key]
        for shown in runner.days:
            if (shown.day - first).days < 7 or count_in_week(
                shown.day, days.get(key, [])
            ) >= dose.per_week.lo:
                continue
            week = [one for one in runner.days if 0 <= (shown.day - one.day).days <= 7]
            resting = any(
                item.state is Due.REST and "free day" not in item.reason
                for item in (item_of(one, key) for one in week)
            )
            assert resting or said(week, name), (shown.day, key)


def said(days: list[Today], words: str) -> bool:
    return any(words.lower() in sentence.lower() for day in days for sentence in day.notices)


def weekends_off(day: date) -> bool:
    return day.weekday() >= 5


def now_and_then(day: date) -> bool:
    return (
        day.toordinal() * 7919 % 11 < 3 or 100 < (day - MONDAY).days < 117 or 200 < (day - MONDAY).days < 235
    )


RUNNERS: dict[str, Callable[[], Runner]] = {
    "calm, plenty of time": lambda: Runner(Profile(minutes=120)),
    "twenty minutes": lambda: Runner(Profile()),
    "ten minutes": lambda: Runner(Profile(minutes=10)),
    "no kit": lambda: Runner(Profile(minutes=45, kit=frozenset())),
    "three days a week": lambda: Runner(Profile(minutes=60, training_days=("mon", "wed", "sat"))),
    "flares": lambda: Runner(Profile(minutes=45), knee=flaring, clears=True),
    "flares, pain-free line": lambda: Runner(Profile(minutes=45, line=PAIN_FREE), knee=flaring, clears=True),
    "misses days and weeks": lambda: Runner(Profile(minutes=45), misses=now_and_then),
    "flares and misses, bonus taken": lambda: Runner(
        Profile(minutes=30), knee=flaring, misses=now_and_then, takes_bonus=True, clears=True
    ),
    "breaks": lambda: Runner(
        Profile(
            minutes=45,
            breaks=(
                (MONDAY + timedelta(days=50), MONDAY + timedelta(days=60)),
                (MONDAY + timedelta(days=150), MONDAY + timedelta(days=185)),
            ),
        )
    ),
    "prehab on easy days": lambda: Runner(
        Profile(programme=PREHAB, minutes=40, easy_days=("tue", "thu", "sun")), misses=weekends_off
    ),
    "prehab, little time": lambda: Runner(Profile(programme=PREHAB, minutes=12)),
}
STEADY = (
    "calm, plenty of time",
    "twenty minutes",
    "ten minutes",
    "no kit",
    "three days a week",
    "prehab, little time",
)


@pytest.mark.parametrize("name", RUNNERS)
def test_a_year_keeps_the_rules(name: str) -> None:
    runner = RUNNERS[name]().live(YEAR)
    assert len(runner.records) > 50
    check_the_year(runner)
    if name in STEADY:
        check_nothing_starves(runner)


def test_a_calm_year_with_time_grows_into_the_whole_programme() -> None:
    runner = Runner(Profile(minutes=120)).live(200)
    assert len(active_keys(runner.profile, CATALOGUE)) == 11
    state = fold(runner.records, CATALOGUE)
    assert not locked("single-leg-squat", state, runner.profile)
    steps = {
        key: one.position.step for key, one in standings(state, CATALOGUE, runner.profile).progress.items()
    }
    assert steps[Key("straight-leg-raise", "rehab")] == "raise-3-lb"
    assert steps[Key("plank", "rehab")] == "side-plank"


def test_a_flare_is_answered_and_forgotten() -> None:
    runner = Runner(Profile(minutes=60), knee=flaring, clears=True).live(150)
    decisions = {item.decision for shown in runner.days[40:70] for item in shown.items}
    assert {Decision.STOP, Decision.REGRESS} <= decisions
    assert any(shown.stop is not None for shown in runner.days[62:66])
    assert any(item.decision is Decision.PROGRESS for item in runner.days[-1].items if item.active)


def test_the_same_records_give_the_same_day_and_an_edit_changes_what_follows() -> None:
    runner = Runner(Profile(minutes=60)).live(30)
    day = MONDAY + timedelta(days=30)

    def shown(records: list[SessionRecord]) -> Today:
        state = fold(records, CATALOGUE, until=day)
        return today(day, state, CATALOGUE, runner.profile, before=left(0), seconds_of=seconds_of)

    assert shown(runner.records) == shown(list(reversed(runner.records)))
    edited = list(runner.records)
    hurt = replace(edited[-1].exercises[0], during=left(8))
    edited[-1] = replace(edited[-1], exercises=(hurt, *edited[-1].exercises[1:]))
    assert shown(edited) != shown(runner.records)
    future = replace(runner.records[0], id="later", local_date=day + timedelta(days=2))
    assert shown([*runner.records, future]) == shown(runner.records)


def test_the_line_changes_what_the_same_year_means() -> None:
    records = Runner(Profile(minutes=60), knee=lambda day: 1 if day.day % 2 else 0).live(40).records[:-1]
    mild = standings(fold(records, CATALOGUE), CATALOGUE, Profile(line=EVIDENCE))
    strict = standings(fold(records, CATALOGUE), CATALOGUE, Profile(line=PAIN_FREE))
    key = Key("glute-bridge", "rehab")
    assert mild.progress[key].judgement != strict.progress[key].judgement


def test_a_missed_knee_answer_is_never_calm() -> None:
    runner = Runner(Profile(minutes=60), knee=calm).live(10)
    silent = [replace(record, confirmed=False) for record in runner.records]
    state = fold(silent, CATALOGUE)
    for one in standings(state, CATALOGUE, runner.profile).progress.values():
        assert one.judgement is None or one.judgement.decision is not Decision.PROGRESS
