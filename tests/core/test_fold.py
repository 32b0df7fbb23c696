"""The state behind the programme: the same from any order, any cache and any kind of parsed record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from runnersknee_tui.core.fold import ALARMS_KEPT, WINDOW_DAYS, State, advance_fold
from runnersknee_tui.core.fold_back import fold
from runnersknee_tui.core.fold_json import state_from_json, state_to_json
from runnersknee_tui.core.points import share_done
from runnersknee_tui.core.programme import Key
from runnersknee_tui.core.record import ExerciseRecord, RecordError, SessionRecord, SetRecord, Target
from runnersknee_tui.core.record_json import to_json
from tests.core.catalogue_for_tests import CATALOGUE
from tests.core.records_for_tests import MONDAY, asked, entry_of, histories, session

RAISE = Key("straight-leg-raise", "rehab")


def one_by_one(records: Sequence[SessionRecord]) -> State:
    state = State()
    for record in records:
        state = advance_fold(state, record, CATALOGUE)
    return state


@settings(max_examples=150, deadline=None)
@given(records=histories(), data=st.data())
def test_any_order_and_any_cached_part_give_the_same_state(
    records: Sequence[SessionRecord], data: st.DataObject
) -> None:
    whole = fold(records, CATALOGUE)
    shuffled = data.draw(st.permutations(records))
    assert one_by_one(shuffled) == whole
    assert fold(shuffled, CATALOGUE) == whole
    cut = data.draw(st.integers(0, len(records)))
    state = state_from_json(json.loads(json.dumps(state_to_json(fold(shuffled[:cut], CATALOGUE)))))
    for record in shuffled[cut:]:
        state = advance_fold(state, record, CATALOGUE)
    assert state == whole


@settings(max_examples=60, deadline=None)
@given(records=histories())
def test_parsed_json_and_records_fold_alike(records: Sequence[SessionRecord]) -> None:
    assert fold([to_json(record) for record in records], CATALOGUE) == fold(records, CATALOGUE)


@settings(max_examples=60, deadline=None)
@given(records=histories(most=6), repeats=st.integers(2, 40))
def test_long_histories_of_trouble_fold_alike(records: Sequence[SessionRecord], repeats: int) -> None:
    """More alarms than are kept, in whatever mixture, forwards and backwards."""
    many = [
        replace(record, id=f"{turn:03}{record.id}", local_date=record.local_date + timedelta(days=turn))
        for turn in range(repeats)
        for record in records
    ]
    assert fold(many, CATALOGUE) == one_by_one(many)


def test_an_old_session_leaves_the_window_and_the_pain_stop_of_a_pre_run_does_not() -> None:
    hurt = session(MONDAY, entry_of(asked("glute-bridge"), during=7), routine_id="prerun")
    later = [
        session(
            MONDAY + timedelta(days=n), entry_of(asked("plank")), entry_of(asked("glute-bridge", "prehab"))
        )
        for n in range(61, 200, 2)
    ]
    state = fold([hurt, *later], CATALOGUE)
    points = state.points[Key("glute-bridge", "prehab")]
    assert points[0].day >= later[-1].local_date - timedelta(days=WINDOW_DAYS)
    assert [alarm.day for alarm in state.alarms["glute-bridge"]] == [MONDAY]


def test_a_pain_stop_is_kept_until_its_dose_was_done_a_whole_window_later() -> None:
    hurt = session(MONDAY, entry_of(asked("glute-bridge"), during=8))
    others = [
        session(
            MONDAY + timedelta(days=n), entry_of(asked("glute-bridge", "prehab")), entry_of(asked("plank"))
        )
        for n in range(1, 200, 3)
    ]
    assert [alarm.day for alarm in fold([hurt, *others], CATALOGUE).alarms["glute-bridge"]] == [MONDAY]
    within = session(MONDAY + timedelta(days=WINDOW_DAYS), entry_of(asked("glute-bridge")))
    assert "glute-bridge" in fold([hurt, *others, within], CATALOGUE).alarms
    after = session(MONDAY + timedelta(days=WINDOW_DAYS + 1), entry_of(asked("glute-bridge")))
    assert "glute-bridge" not in fold([hurt, *others, after], CATALOGUE).alarms


def test_alarms_are_bounded_and_mild_ones_do_not_push_out_stops() -> None:
    records = [session(MONDAY, entry_of(asked("glute-bridge"), during=8), routine_id="prerun")]
    records += [
        session(MONDAY + timedelta(days=n), entry_of(asked("glute-bridge"), during=4), routine_id="lunch")
        for n in range(1, 100)
    ]
    alarms = fold(records, CATALOGUE).alarms["glute-bridge"]
    assert [alarm.day for alarm in alarms if alarm.hard] == [MONDAY]
    assert len(alarms) == 1 + ALARMS_KEPT


@pytest.mark.parametrize("spoilt", ["check_in", "exercises", "local_date", "routine"])
def test_what_is_no_record_is_refused(spoilt: str) -> None:
    plain = to_json(session(MONDAY, entry_of(asked("plank"))))
    with pytest.raises(RecordError, match="folded"):
        fold([{**plain, spoilt: None}], CATALOGUE)
    with pytest.raises(RecordError, match="folded"):
        fold([{key: value for key, value in plain.items() if key != spoilt}], CATALOGUE)


def test_only_pain_stops_of_other_sessions_count() -> None:
    hurt = entry_of(asked("straight-leg-raise"), during=7)
    for more in ({"routine_id": "prerun"}, {"routine_id": "lunch"}, {"rehearsal": True}):
        state = fold([session(MONDAY, hurt, entry_of(asked("plank")), **more)], CATALOGUE)
        assert state.points == {}
        assert [alarm.counted for alarm in state.alarms["straight-leg-raise"]] == [False]
    own = fold([session(MONDAY, hurt, routine_id="daily")], CATALOGUE, own_routines=frozenset({"daily"}))
    assert own.points == {}


def test_the_future_is_ignored_and_remembered_as_such() -> None:
    later = session(MONDAY + timedelta(days=3), entry_of(asked("plank")))
    state = fold([later], CATALOGUE, until=MONDAY)
    assert state == advance_fold(State(), later, CATALOGUE, until=MONDAY)
    assert state == State(ignored_from=later.local_date)
    assert Key("plank", "rehab") in fold([later], CATALOGUE, until=later.local_date).points


def test_two_clean_sessions_at_the_top_open_the_lock() -> None:
    def at_top(day: int, **more: int) -> SessionRecord:
        return session(
            MONDAY + timedelta(days=day),
            entry_of(asked("straight-leg-raise", target=20)),
            **more,  # type: ignore[arg-type]
        )

    assert fold([at_top(0), at_top(9)], CATALOGUE).tops == {"straight-leg-raise": (2, 2)}
    assert fold([at_top(0, before=1, after=1), at_top(9)], CATALOGUE).tops == {"straight-leg-raise": (2, 1)}
    assert fold([at_top(0, after=1), at_top(9)], CATALOGUE).tops == {"straight-leg-raise": (1, 1)}
    low = session(MONDAY, entry_of(asked("straight-leg-raise", target=20, step="quad-set")))
    assert fold([low], CATALOGUE).tops == {}


def test_signs_and_bad_mornings_are_remembered() -> None:
    state = fold(
        [
            session(MONDAY, warning_signs=("locked",)),
            session(MONDAY + timedelta(days=1), warning_signs=(), before=7, end_reason="check-in"),
            session(MONDAY + timedelta(days=2)),
        ],
        CATALOGUE,
    )
    assert (state.signs_on, state.signs) == (MONDAY, ("locked",))
    assert state.asked_on == state.strained_on == MONDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("sets", "planned", "stopped_here", "share"),
    [
        ([("left", 10), ("right", 10)], 1, False, 1.0),
        ([("left", 10), ("right", 5)], 1, False, 0.75),
        ([("left", 10), ("left", 10)], 2, False, 1.0),  # one side was all that was asked
        ([("left", 10)], 1, True, 0.5),  # the other side was not reached
        ([(None, 10)], 3, True, 1 / 3),
        ([(None, 14), (None, 6)], 2, False, 0.8),  # more in one set does not make up for another
        ([], 3, True, 0.0),
    ],
)
def test_the_share_done(
    sets: list[tuple[str | None, int]], planned: int, stopped_here: bool, share: float
) -> None:
    rows = tuple(SetRecord(side, reps, 0.0, "done") for side, reps in sets)
    entry = ExerciseRecord("plank", "Plank", "rehab", None, None, Target(planned, 10, 2), rows)
    plain = to_json(session(MONDAY, entry))["exercises"][0]
    assert share_done(plain, stopped_here=stopped_here) == pytest.approx(share)


def test_a_state_of_another_version_is_refused() -> None:
    plain = state_to_json(State())
    with pytest.raises(ValueError, match="version"):
        state_from_json({**plain, "version": 99})
