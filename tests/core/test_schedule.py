"""Today: the session that follows from the records, what is said about the rest, and its JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from runnersknee_tui.core.agenda import Today, today_json
from runnersknee_tui.core.assessment import Decision
from runnersknee_tui.core.due import Due
from runnersknee_tui.core.fold_back import fold
from runnersknee_tui.core.growth import ADD, INSTEAD
from runnersknee_tui.core.model import KIT, Region
from runnersknee_tui.core.programme import GROWTH, PREHAB, Key, Profile, Weekly
from runnersknee_tui.core.record import Knees, SessionRecord
from runnersknee_tui.core.schedule import LOCKED_REASON, PAUSED_REASON, today
from tests.core.catalogue_for_tests import CATALOGUE
from tests.core.records_for_tests import MONDAY, asked, entry_of, histories, left, session
from tests.core.simulated_year import item_of, seconds_of

RAISE, BRIDGE = Key("straight-leg-raise", "rehab"), Key("glute-bridge", "rehab")
CLAMSHELL, ROTATION = Key("clamshell", "rehab"), Key("clamshell", "rotation")
SQUAT, STEP_UP = Key("single-leg-squat", "rehab"), Key("step-up", "rehab")


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def look(
    offset: int,
    records: Sequence[SessionRecord] = (),
    profile: Profile | None = None,
    before: int | None = None,
) -> Today:
    return today(
        day(offset),
        fold(records, CATALOGUE, until=day(offset)),
        CATALOGUE,
        profile or Profile(minutes=120),
        before=left(before),
        seconds_of=seconds_of,
    )


def raises(*offsets: int, **more: Any) -> list[SessionRecord]:
    return [session(day(offset), entry_of(asked("straight-leg-raise"), **more)) for offset in offsets]


def session_of(shown: Today) -> list[str]:
    return [f"{one.exercise}/{one.dose}" for one in shown.session]


def test_the_first_day_is_the_starter_at_its_lowest() -> None:
    shown = look(0)
    assert session_of(shown) == ["straight-leg-raise/rehab", "clamshell/rehab", "glute-bridge/rehab"]
    raise_ = item_of(shown, RAISE)
    assert (raise_.state, raise_.decision, raise_.prescription.reps) == (Due.DUE, None, 15)
    assert raise_.why == "Nothing speaks against the plan; do it as written."
    assert raise_.prescription.ladder_step is None
    assert (raise_.prescription.sets, raise_.prescription.hold_s) == (3, 2)
    assert item_of(shown, SQUAT).reason == LOCKED_REASON
    assert not item_of(shown, STEP_UP).active
    assert item_of(shown, STEP_UP).state is Due.OPTIONAL


def test_the_json_is_the_contract_s() -> None:
    document = today_json(look(1, raises(0)))
    assert list(document) == ["date", "programme", "exercises", "session", "seconds", "nudges"]
    assert document["date"] == "2026-06-02"
    assert document["programme"] == "rehab"
    assert len(document["exercises"]) == 11
    first = document["exercises"][0]
    assert first == {
        "id": "straight-leg-raise", "dose": "rehab", "active": True, "state": "due",
        "reason": "1 of 7 done in the last 7 days.",
        "prescription": {"ladder_step": None, "sets": 3, "reps": 16, "hold_s": 2},
        "decision": "progress",
        "why": "All sets clean at 15 and the knee stayed calm; 16 reps next time.",
    }  # fmt: skip
    assert document["session"] == session_of(look(1, raises(0)))
    assert document["seconds"] == seconds_of(look(1, raises(0)).session)


def test_prehab_starts_with_all_four_and_nothing_locked() -> None:
    profile = Profile(programme=PREHAB, minutes=120)
    shown = look(0, profile=profile)
    assert {item.key.dose for item in shown.items} == {"prehab"}
    assert len(shown.session) == 4
    assert all(item.active and not item.locked for item in shown.items)
    squat = item_of(shown, Key("single-leg-squat", "prehab"))
    assert squat.prescription.ladder_step is None  # sit-and-stand is the dose's own form


def test_prehab_keeps_to_easy_days_where_they_are_enough() -> None:
    profile = Profile(programme=PREHAB, minutes=120, easy_days=("tue", "fri"))
    monday = look(0, profile=profile)
    assert (monday.session, monday.next_due) == ((), day(1))
    assert "Today is not an easy day for prehab; the next is Tue 02 Jun." in monday.notices
    assert look(1, profile=profile).session
    assert look(0, profile=replace(profile, easy_days=("tue",))).session  # one day is not enough for 2-3


def test_a_day_off_has_no_session_and_says_when_the_next_is() -> None:
    shown = look(0, profile=Profile(minutes=120, training_days=("wed", "sat")))
    assert (shown.session, shown.seconds, shown.next_due) == ((), 0.0, day(2))
    assert "Today is not one of your training days; the next is Wed 03 Jun." in shown.notices
    assert item_of(shown, RAISE).state is Due.DUE
    short = next(words for words in shown.notices if words.startswith("You train on 2 days a week: "))
    assert "straight leg raise comes twice" in short


def test_a_break_rests_everything_and_counts_as_a_gap() -> None:
    profile = Profile(minutes=120, breaks=((day(1), day(15)),))
    shown = look(3, raises(0), profile)
    assert item_of(shown, RAISE).reason == "You are on a break until Tue 16 Jun."
    assert (shown.session, shown.next_due) == ((), day(16))
    back = item_of(look(16, raises(0), profile), RAISE)
    assert back.decision is Decision.REGRESS
    assert back.why == "It has been 16 days, so you restart one step easier and build back."
    assert back.prescription.ladder_step == "straight-leg-raise-low"


@pytest.mark.parametrize(
    ("gap", "step", "reps", "decision"),
    [
        (7, None, 19, Decision.PROGRESS),
        (8, None, 15, Decision.KEEP),
        (13, None, 15, Decision.KEEP),
        (14, "straight-leg-raise-low", 15, Decision.REGRESS),
        (28, "quad-set", 15, Decision.REGRESS),
    ],
)
def test_gaps(gap: int, step: str | None, reps: int, decision: Decision) -> None:
    records = [session(day(0), entry_of(asked("straight-leg-raise", target=18)))]
    item = item_of(look(gap, records), RAISE)
    assert (item.prescription.ladder_step, item.prescription.reps) == (step, reps)
    assert item.decision is decision


def test_a_pain_stop_rests_the_next_day_and_comes_back_easier() -> None:
    records = raises(0, during=7, done=0.5)
    tomorrow = item_of(look(1, records), RAISE)
    assert (tomorrow.state, tomorrow.reason) == (Due.REST, "Resting until Wed 03 Jun after a pain stop.")
    assert tomorrow.decision is Decision.STOP
    after = item_of(look(2, records), RAISE)
    assert (after.state, after.prescription.ladder_step) == (Due.DUE, "straight-leg-raise-low")


def test_a_stop_in_a_pre_run_rests_the_exercise_and_moves_it_easier() -> None:
    hurt = session(
        day(1), entry_of(asked("glute-bridge"), during=3, sharp=True), routine_id="prerun", name="p"
    )
    records = [session(day(0), entry_of(asked("glute-bridge", target=18))), hurt]
    tomorrow = item_of(look(2, records), BRIDGE)
    assert tomorrow.state is Due.REST
    assert tomorrow.why.startswith("Sharp or rising pain means stop")
    assert item_of(look(3, records), BRIDGE).prescription.ladder_step == "bridge-low"
    calm = replace(hurt, exercises=(entry_of(asked("glute-bridge"), during=3),))
    assert item_of(look(3, [records[0], calm]), BRIDGE).prescription.reps == 19


def test_a_second_stop_in_14_days_pauses_until_a_clinician_has_cleared() -> None:
    records = raises(0, during=7) + raises(9, during=6)
    shown = look(30, records)
    assert item_of(shown, RAISE).reason == PAUSED_REASON
    assert item_of(shown, RAISE).choices == {}
    cleared = look(30, records, Profile(minutes=120, cleared_on=day(29)))
    assert item_of(cleared, RAISE).state is Due.DUE
    apart = look(30, raises(0, during=7) + raises(15, during=6))
    assert item_of(apart, RAISE).state is Due.DUE
    assert look(10, records).nudges == (
        "Two pain stops within 14 days: show your log to a physiotherapist or doctor.",
    )


def test_a_warning_sign_stops_everything_until_cleared() -> None:
    records = [session(day(0), warning_signs=("locked",), end_reason="check-in")]
    shown = look(3, records)
    assert shown.stop is not None
    assert shown.stop.rule == 1
    assert not shown.session
    assert {item.state for item in shown.items} == {Due.REST}
    assert {item.decision for item in shown.items} == {Decision.STOP}
    assert shown.offers == ()
    assert look(3, records, Profile(cleared_on=day(2))).session
    ticked = Profile(signs_ticked=("swelling",), signs_asked_on=day(2))
    assert look(3, profile=ticked).stop is not None
    assert look(3, profile=replace(ticked, cleared_on=day(2))).stop is None


def test_six_before_the_session_makes_a_rest_day() -> None:
    shown = look(0, before=6)
    assert shown.stop is not None
    assert shown.session == ()
    assert shown.next_due == day(1)
    told = look(0, [session(day(0), before=8, end_reason="check-in")])
    assert told.stop is not None
    assert told.stop.reason.startswith("Your knee is at 8/10")
    assert look(1, [session(day(0), before=8, end_reason="check-in")]).session


def test_a_sore_knee_does_what_bears_no_weight_first() -> None:
    profile = Profile(minutes=120, active=("step-up", "straight-leg-raise", "glute-bridge"))
    records = [session(day(0), entry_of(asked("straight-leg-raise")), entry_of(asked("glute-bridge")))]
    assert session_of(look(1, records, profile))[0] == "step-up/rehab"
    assert session_of(look(1, records, profile, before=3))[-1] == "step-up/rehab"


def test_never_both_clamshells_in_a_day() -> None:
    profile = Profile(
        minutes=120, active=("straight-leg-raise", "glute-bridge", "clamshell/rehab", "clamshell/rotation")
    )
    shown = look(0, profile=profile)
    assert "clamshell/rehab" in session_of(shown)
    assert "clamshell/rotation" not in session_of(shown)
    rotation = item_of(shown, ROTATION)
    assert rotation.name == "Clamshell rotation"
    assert rotation.state is Due.REST
    assert rotation.reason == "Never two forms of one exercise in a day; this one waits."
    assert (
        "Never two forms of one exercise in a day: clamshell rotation comes 4 times a week." in shown.notices
    )
    after = look(1, [session(day(0), entry_of(asked("clamshell")))], profile)
    assert "clamshell/rotation" in session_of(after)


def test_at_most_two_loaded_knee_exercises_a_day() -> None:
    profile = Profile(
        minutes=120,
        active=("step-up", "single-leg-squat", "step-down/prehab", "clamshell", "straight-leg-raise"),
        unlocked=frozenset({"single-leg-squat", "step-down"}),
    )
    shown = look(0, profile=profile)
    loaded = [one for one in shown.session if one.exercise in ("step-up", "single-leg-squat", "step-down")]
    assert len(loaded) == 2
    waits = [item for item in shown.items if item.reason.startswith("Two loaded knee exercises")]
    assert [item.state for item in waits] == [Due.REST]


def test_little_time_takes_sets_first_and_then_exercises_and_says_so() -> None:
    active = ("straight-leg-raise", "glute-bridge", "clamshell", "short-arc-quad", "step-up", "plank")
    short = look(0, profile=Profile(minutes=15, active=active))
    assert short.seconds <= 15 * 60
    assert short.session
    regions = {CATALOGUE.exercises[one.exercise].region for one in short.session}
    assert {Region.HIP, Region.KNEE} <= regions
    assert "Fewer sets today, to fit 15 min." in short.notices
    assert any(words.startswith("Your plan needs ") and " you gave 15: " in words for words in short.notices)
    tiny = look(0, profile=Profile(minutes=5, active=active))
    assert {one.sets for one in tiny.session} == {1}
    assert len(tiny.session) == 2
    assert any(words.startswith("The shortest session takes ") for words in tiny.notices)


def test_the_minutes_are_the_day_s() -> None:
    """What had no time in the session of the day does not come again the same day; half a session goes on."""
    profile = Profile(minutes=6, active=("straight-leg-raise", "glute-bridge", "plank", "dead-bug"))
    first = look(0, profile=profile)
    assert 0 < len(first.session) < 4
    done = look(0, [session(day(0), *map(entry_of, first.session))], profile)
    assert (done.session, done.seconds, done.next_due) == ((), 0, day(1))
    assert any(words.startswith("No time today for") for words in done.notices)
    ended_early = look(0, [session(day(0), entry_of(first.session[0]))], replace(profile, minutes=60))
    assert len(ended_early.session) == 3
    assert ended_early.seconds <= 60 * 60


def test_missing_kit_means_the_form_without_it_or_another_exercise() -> None:
    profile = Profile(minutes=120, kit=frozenset(), active=("step-up", "lateral-band-walk", "glute-bridge"))
    shown = look(0, profile=profile)
    step_up = item_of(shown, STEP_UP)
    assert step_up.prescription.ladder_step == "quad-set"
    assert step_up.why == "It needs a step, so you do its form without: quad set."
    walk = item_of(shown, Key("lateral-band-walk", "rehab"))
    assert walk.state is Due.REST
    assert walk.reason == "It needs a loop band, which you do not have; short arc quad can take its place."
    assert [offer.kind for offer in shown.offers] == [INSTEAD]


def test_the_next_exercise_is_offered_after_six_steady_days_one_at_a_time() -> None:
    starter = ("straight-leg-raise", "glute-bridge", "clamshell")

    def trained(*offsets: int, form: str = "good") -> list[SessionRecord]:
        return [session(day(n), *(entry_of(asked(name), form=form) for name in starter)) for n in offsets]

    assert look(5, trained(0, 1, 2, 3, 4)).offers == ()
    (offer,) = look(6, trained(0, 1, 2, 3, 4, 5)).offers
    assert (offer.kind, offer.key) == (ADD, GROWTH[0])
    assert offer.reason == "6 training days without a step back; short arc quad is next."
    setback = trained(0, 1, 2) + trained(3, form="lost") + trained(4, 5, 6)
    assert look(7, setback).offers == ()
    taken = Profile(minutes=120, active=(*starter, "short-arc-quad"))
    assert look(6, trained(0, 1, 2, 3, 4, 5), taken).offers == ()
    no_roll = Profile(minutes=120, kit=frozenset(KIT) - {"band", "roll"}, active=(*starter, "short-arc-quad"))
    later = trained(*range(12)) + [
        session(day(n), entry_of(asked("short-arc-quad", step="quad-set")), name=f"s{n}")
        for n in range(6, 12)
    ]
    (offer,) = look(12, later, no_roll).offers
    assert offer.key == STEP_UP
    assert offer.reason == "6 steady training days; lateral band walk needs a loop band, so step up is next."


def test_locks_open_by_clean_tops_or_by_hand() -> None:
    at_top = [session(day(n), entry_of(asked("straight-leg-raise", target=20))) for n in (0, 1)]
    assert not item_of(look(2, at_top), SQUAT).locked
    assert item_of(look(2, at_top[:1]), SQUAT).locked
    assert not item_of(look(0, profile=Profile(unlocked=frozenset({"single-leg-squat"}))), SQUAT).locked


def test_weight_comes_three_times_a_week_with_light_days_between() -> None:
    weighted = asked("straight-leg-raise", target=15, step="raise-1-lb")
    records = [session(day(0), entry_of(weighted))]
    light = item_of(look(1, records), RAISE)
    assert (light.prescription.ladder_step, light.prescription.reps) == (None, 20)
    assert light.why == "Added weight comes at most 3 times a week; today the same without it."
    assert set(light.choices) <= {"easier"}
    for n in range(1, 14):
        item = item_of(look(n, records), RAISE)
        records.append(session(day(n), entry_of(item.prescription)))
    heavy = [n for n, record in enumerate(records) if record.exercises[0].ladder_step == "raise-1-lb"]
    assert all(later - earlier >= 2 for earlier, later in pairwise(heavy))
    assert all(sum(0 <= other - n <= 6 for other in heavy) <= 3 for n in heavy)
    targets = [records[n].exercises[0].target.reps for n in heavy]
    assert targets == [15, 16, 17, 18, 19, 20]


def test_one_step_up_a_day() -> None:
    """Two exercises clean at the top twice: the first of the catalogue takes its step, the other waits."""
    both = [
        session(
            day(n),
            entry_of(asked("glute-bridge", target=20)),
            entry_of(asked("plank", target=60)),
        )
        for n in (0, 2)
    ]
    shown = look(3, both)
    assert item_of(shown, BRIDGE).prescription.ladder_step == "single-leg-bridge"
    plank = item_of(shown, Key("plank", "rehab"))
    assert (plank.prescription.ladder_step, plank.decision) == (None, Decision.KEEP)
    assert plank.why.startswith("Another exercise moved up today")


def test_two_sessions_of_a_day_the_worse_is_judged() -> None:
    good = session(day(0), entry_of(asked("glute-bridge")), name="a")
    bad = session(day(0), entry_of(asked("glute-bridge"), form="lost"), name="b")
    assert item_of(look(1, [good, bad]), BRIDGE).prescription.ladder_step == "bridge-low"
    assert look(1, [good, bad]) == look(1, [bad, good])


def test_each_knee_is_judged_where_both_hurt_and_the_worse_decides() -> None:
    def told(before: Knees, during: Knees, after: Knees) -> SessionRecord:
        record = session(day(0), entry_of(asked("straight-leg-raise"), knees=during))
        return replace(record, check_in=replace(record.check_in, before=before, next_day=after))

    both = Profile(minutes=120, knee="both")
    rising_on_the_right = told(Knees(3, 0), Knees(0, 0), Knees(3, 2))
    assert item_of(look(1, [rising_on_the_right], both), RAISE).decision is Decision.KEEP
    assert "2/10 against 0/10" in item_of(look(1, [rising_on_the_right], both), RAISE).why
    one_open = told(Knees(0, 0), Knees(0, None), Knees(0, 0))
    assert item_of(look(1, [one_open], both), RAISE).why.startswith("A question was left open")
    assert item_of(look(1, [one_open], Profile(knee="left")), RAISE).decision is Decision.PROGRESS


def test_the_user_may_choose_otherwise() -> None:
    records = raises(0, during=4)
    item = item_of(look(1, records), RAISE)
    assert (item.choices["harder"].reps, item.choices["harder"].override) == (16, "harder")
    assert item.choices["easier"].ladder_step == "straight-leg-raise-low"
    stopped = item_of(look(2, raises(0, during=7)), RAISE)
    assert set(stopped.choices) == {"easier"}
    at_top = [session(day(n), entry_of(asked("straight-leg-raise", target=20))) for n in (0, 1)]
    assert "harder" not in item_of(look(2, at_top), RAISE).choices  # weight, after one pain-free day
    assert item_of(look(0), SQUAT).choices == {}


def test_raised_sets_are_kept_within_the_dose_s_range() -> None:
    profile = Profile(programme=PREHAB, minutes=120, sets={"glute-bridge/prehab": 3, "clamshell/prehab": 9})
    shown = look(0, profile=profile)
    assert item_of(shown, Key("glute-bridge", "prehab")).prescription.sets == 3
    assert item_of(shown, Key("clamshell", "prehab")).prescription.sets == 3


def test_nudges_after_three_and_six_weeks() -> None:
    weeks = [Weekly(day(7 * n), 4) for n in range(7)]
    assert look(14, profile=Profile(weekly=tuple(weeks[:3]))).nudges == ()
    assert look(21, profile=Profile(weekly=tuple(weeks[:4]))).nudges == (
        "Your worst pain is no lower than three weeks ago: consider a physiotherapist.",
    )
    assert look(42, profile=Profile(weekly=tuple(weeks))).nudges == (
        "Your worst pain is no lower than six weeks ago: please see a physiotherapist.",
    )
    better = (*weeks[:3], Weekly(day(21), 3))
    assert look(21, profile=Profile(weekly=better)).nudges == ()


@settings(max_examples=120, deadline=None)
@given(
    records=histories(),
    offset=st.integers(0, 200),
    minutes=st.integers(5, 60),
    knee=st.sampled_from([None, "left", "both", "none"]),
    kit=st.sets(st.sampled_from(sorted(KIT))).map(frozenset),
    programme=st.sampled_from(["rehab", "prehab"]),
    before=st.one_of(st.none(), st.integers(0, 10)),
)
def test_any_history_gives_a_day_that_keeps_the_rules(
    records: Sequence[SessionRecord],
    offset: int,
    minutes: int,
    knee: str | None,
    kit: frozenset[str],
    programme: str,
    before: int | None,
) -> None:
    profile = Profile(
        programme=programme, minutes=minutes, knee=knee, kit=kit,
        active=None if offset % 2 else tuple(key.text for key in GROWTH),
    )  # fmt: skip
    shown = look(offset, records, profile, before)
    assert shown == look(offset, list(reversed(records)), profile, before)
    in_session = {Key(one.exercise, one.dose) for one in shown.session}
    assert not {CLAMSHELL, ROTATION} <= in_session
    for item in shown.items:
        assert len(item.reason) < 140
        assert len(item.why) < 140
        assert item.prescription.sets >= 1
        if item.prescription.reps is not None:
            assert item.prescription.reps >= 5
        if item.key in in_session:
            assert item.active
            assert item.state is Due.DUE
            assert (item.locked, item.paused) == (False, False)
            step = CATALOGUE.exercises[item.key.exercise].step(
                item.prescription.ladder_step
                or CATALOGUE.exercises[item.key.exercise].dose(item.key.dose).step
            )
            assert set(step.form.equipment) <= kit
    if before is not None and before >= 6:
        assert shown.session == ()
    for words in (*shown.notices, *shown.nudges, *(offer.reason for offer in shown.offers)):
        assert words.endswith(".")
