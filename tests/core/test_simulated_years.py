"""Whole years, day by day: the rules hold on every one of them, and nothing is starved without a word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from runnersknee_tui.core.adaptation import locked, standings
from runnersknee_tui.core.agenda import Today
from runnersknee_tui.core.assessment import EVIDENCE, PAIN_FREE, Decision
from runnersknee_tui.core.fold_back import fold
from runnersknee_tui.core.programme import PREHAB, Key, Profile, active_keys
from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.core.schedule import today
from tests.core.catalogue_for_tests import CATALOGUE
from tests.core.records_for_tests import MONDAY, left
from tests.core.simulated_year import Runner, calm, flaring, seconds_of, worse_under_load
from tests.core.year_rules import check_the_year
from tests.core.year_starving import check_nothing_starves

YEAR = 365


def weekends_off(day: date) -> bool:
    return day.weekday() >= 5


def now_and_then(day: date) -> bool:
    return (
        day.toordinal() * 7919 % 11 < 3 or 100 < (day - MONDAY).days < 117 or 200 < (day - MONDAY).days < 235
    )


def every_ninth_day(day: date) -> bool:
    return day.toordinal() % 9 == 0


RUNNERS: dict[str, Callable[[], Runner]] = {
    "calm, plenty of time": lambda: Runner(Profile(minutes=120)),
    "twenty minutes": lambda: Runner(Profile()),
    "ten minutes": lambda: Runner(Profile(minutes=10)),
    "no kit": lambda: Runner(Profile(minutes=45, kit=frozenset())),
    "three days a week": lambda: Runner(Profile(minutes=60, training_days=("mon", "wed", "sat"))),
    "flares, sees nobody": lambda: Runner(Profile(minutes=45), knee=flaring, pain=worse_under_load),
    "flares, sees a clinician": lambda: Runner(
        Profile(minutes=45), knee=flaring, pain=worse_under_load, clears_after=7
    ),
    "flares, pain-free line": lambda: Runner(
        Profile(minutes=45, line=PAIN_FREE), knee=flaring, clears_after=21
    ),
    "a warning sign": lambda: Runner(
        Profile(minutes=45), sign_on=MONDAY + timedelta(days=90), clears_after=10
    ),
    "misses days and weeks": lambda: Runner(Profile(minutes=45), misses=now_and_then),
    "corrects her numbers": lambda: Runner(Profile(minutes=60), corrects=every_ninth_day),
    "flares and misses, bonus taken": lambda: Runner(
        Profile(minutes=30),
        knee=flaring,
        pain=worse_under_load,
        misses=now_and_then,
        takes_bonus=True,
        clears_after=5,
    ),
    "picks her own": lambda: Runner(
        Profile(
            minutes=60, active=("straight-leg-raise", "lateral-band-walk", "single-leg-squat", "step-down")
        )
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


@pytest.mark.parametrize("name", RUNNERS)
def test_a_year_keeps_the_rules(name: str) -> None:
    runner = RUNNERS[name]().live(YEAR)
    assert len(runner.records) > 50
    check_the_year(runner)
    check_nothing_starves(runner)
    end = MONDAY + timedelta(days=YEAR)
    assert runner.today(end) == runner.today(end, fold(runner.records[::-1], CATALOGUE))


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
    runner = Runner(Profile(minutes=60), knee=flaring, pain=worse_under_load, clears_after=7).live(150)
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
