"""The state machine: what each command does, and what no sequence of commands and gaps may break."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from runnersknee_tui.core.credit import exercise_records
from runnersknee_tui.core.cue import Cue, CueKind
from runnersknee_tui.core.model import Catalogue, Routine, RoutineItem, Side
from runnersknee_tui.core.record import Knees
from runnersknee_tui.core.session import Session, State, WaitForMe
from runnersknee_tui.core.timeline import Item, Plan, StepKind, Timing, compile_routine
from runnersknee_tui.core.view import view_of
from tests.shipped import shipped

SMALL = (
    RoutineItem("glute-bridge", "rehab", sets=2, reps=3),
    RoutineItem("single-leg-squat", "prehab", sets=2, reps=2),
    RoutineItem("clamshell", "rehab", sets=2, reps=2),
    RoutineItem("plank", sets=2, hold_s=30),
    RoutineItem("dead-bug", sets=1, reps=2),
)


def plan_of(catalogue: Catalogue, *items: RoutineItem, timing: Timing | None = None) -> Plan:
    return compile_routine(
        Routine("mine", "Mine", "", "own", items or SMALL), catalogue, timing=timing, questions=False
    )


@pytest.fixture
def plan(catalogue: Catalogue) -> Plan:
    return plan_of(catalogue)


def state(session: Session) -> State:
    return session.state


def kind(session: Session) -> StepKind:
    return session.step.kind


def outcomes(session: Session) -> list[list[tuple[str | None, int | None, float, str]]]:
    return [
        [(row.side, row.reps, row.held_s, row.outcome) for row in entry.sets]
        for entry in exercise_records(session.plan, session.credit)
    ]


def run_to(session: Session, now: float, stop: Callable[[Session], bool], step: float = 0.5) -> float:
    while not stop(session):
        assert session.state is not State.DONE
        now += step
        session.advance(now)
    return now


def at(
    kind: StepKind, item: int = 0, set_number: int = 1, rep: int | None = None
) -> Callable[[Session], bool]:
    def there(session: Session) -> bool:
        half = session.half
        return (
            half is not None
            and (session.step.kind, half.item, half.set) == (kind, item, set_number)
            and rep in (None, session.step.rep)
        )

    return there


# --- led to the end ------------------------------------------------------------------------------------------


def test_nothing_to_press(plan: Plan) -> None:
    session = Session(plan, 100.0)
    cues = session.advance(100.0 + plan.seconds)
    assert state(session) is State.DONE
    assert session.end_reason == "finished"
    assert session.active_s == pytest.approx(plan.seconds)
    assert session.paused_s == 0
    assert cues[-1].kind is CueKind.SESSION_DONE
    assert cues[-1].due == pytest.approx(100.0 + plan.seconds)
    for entry in exercise_records(session.plan, session.credit):
        assert {row.outcome for row in entry.sets} == {"done"}
        for row in entry.sets:
            assert row.reps == entry.target.reps
    assert outcomes(session)[3] == [(None, None, 30.0, "done")] * 2
    assert [row[0] for row in outcomes(session)[4]] == ["left", "right"]


def test_cues_of_a_first_set(catalogue: Catalogue) -> None:
    plan = plan_of(
        catalogue, RoutineItem("glute-bridge", sets=1, reps=2, hold_s=2, concentric_s=2, eccentric_s=2)
    )
    session = Session(plan, 0.0)
    sounds = [(cue.kind, cue.due) for cue in session.advance(plan.seconds) if cue.kind is not CueKind.TICK]
    assert sounds == [
        (CueKind.REST, 0.5),
        (CueKind.COUNTDOWN, 12), (CueKind.COUNTDOWN, 13), (CueKind.COUNTDOWN, 14), (CueKind.GO, 15),
        (CueKind.HOLD_START, 17), (CueKind.HOLD_END, 19), (CueKind.REP, 21),
        (CueKind.HOLD_START, 23), (CueKind.HOLD_END, 25), (CueKind.SESSION_DONE, 27),
    ]  # fmt: skip


def test_a_rest_warns_ten_seconds_before_work(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, RoutineItem("plank", sets=2, hold_s=30, rest_s=30))
    session = Session(plan, 0.0)
    cues = session.advance(plan.seconds)
    go = [cue.due for cue in cues if cue.kind is CueKind.GO]
    assert [cue.due for cue in cues if cue.kind is CueKind.TEN_SECONDS] == [go[1] - 10]
    assert [cue.due for cue in cues if cue.kind is CueKind.HALFWAY] == [at + 15 for at in go]
    assert [cue.due for cue in cues if cue.kind is CueKind.SET_DONE] == [go[0] + 30]


# --- commands ------------------------------------------------------------------------------------------------


def test_pause_stands_still_and_a_rep_begins_again(plan: Plan) -> None:
    session = Session(plan, 0.0)
    now = run_to(session, 0.0, at(StepKind.ISOMETRIC, rep=2))
    session.pause(now)
    session.advance(now + 500)
    assert kind(session) is StepKind.ISOMETRIC
    cues = session.resume(now + 500)
    assert state(session) is State.LEAD_IN
    assert (kind(session), session.step.rep) == (StepKind.CONCENTRIC, 2)
    cues += session.advance(now + 503.5)
    assert state(session) is State.RUNNING
    assert session.position == pytest.approx(0.5)
    assert [cue.kind for cue in cues[:3]] == [CueKind.COUNTDOWN] * 3
    assert session.paused_s == pytest.approx(500)


def test_a_plank_goes_on_where_it_was(plan: Plan) -> None:
    session = Session(plan, 0.0)
    now = run_to(session, 0.0, at(StepKind.ISOMETRIC, item=3))
    now += 12
    session.pause(now)
    session.resume(now + 60)
    session.advance(now + 60 + 3 + 1)
    assert session.position == pytest.approx(13, abs=0.6)


def test_next_ends_the_half_and_counts_whole_reps(plan: Plan) -> None:
    session = Session(plan, 0.0)
    now = run_to(session, 0.0, at(StepKind.ISOMETRIC, rep=3))
    session.next(now)
    assert kind(session) is StepKind.REST
    assert outcomes(session)[0][0][1:2] == (2,)
    assert outcomes(session)[0][0][3] == "partial"
    session.next(now)
    assert kind(session) is StepKind.GET_READY
    session.next(now)
    assert kind(session).works
    assert session.half is not None
    assert session.half.set == 2


def test_next_ends_a_self_paced_rep(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, RoutineItem("glute-bridge", sets=1, reps=2), timing=Timing(self_paced=True))
    session = Session(plan, 0.0)
    session.advance(15)
    session.next(20)
    assert session.step.rep == 2
    assert session.active_s == pytest.approx(20)
    session.next(24)
    assert session.end_reason == "finished"
    assert outcomes(session) == [[(None, 2, 0.0, "done")]]


def test_back_restarts_the_half_and_never_credits_twice(plan: Plan) -> None:
    session = Session(plan, 0.0)
    now = run_to(session, 0.0, at(StepKind.ECCENTRIC, rep=3))
    session.back(now)
    assert kind(session) is StepKind.GET_READY
    assert session.index == 0
    now = run_to(session, now, at(StepKind.ISOMETRIC, rep=2))
    session.next(now)
    assert outcomes(session)[0][0][1] == 2  # the better attempt, not the sum
    session.back(now)
    assert session.half is not None
    assert session.half.index == 0


def test_back_at_the_start_of_a_half_goes_to_the_one_before(plan: Plan) -> None:
    session = Session(plan, 0.0)
    now = run_to(session, 0.0, at(StepKind.GET_READY, set_number=2))
    session.back(now)
    assert session.half is not None
    assert session.half.index == 0


def test_redo_a_set_starts_with_its_first_side(plan: Plan) -> None:
    session = Session(plan, 0.0)
    now = run_to(
        session, 0.0, lambda s: s.half is not None and s.half.item == 1 and s.half.side is Side.RIGHT
    )
    session.redo_set(now)
    assert session.half is not None
    assert (session.half.item, session.half.set, session.half.side) == (1, 1, Side.LEFT)
    now = run_to(session, now, at(StepKind.REST, item=1, set_number=2))
    session.redo_set(now)
    assert session.half is not None
    assert (session.half.set, session.half.side) == (1, Side.RIGHT) or session.half.side is Side.LEFT


def test_skip_is_skipped(plan: Plan) -> None:
    session = Session(plan, 0.0)
    now = run_to(session, 0.0, at(StepKind.GET_READY))
    session.skip_exercise(now)
    assert session.half is not None
    assert session.half.item == 1
    assert outcomes(session)[0] == [(None, 0, 0.0, "skipped")] * 2
    for _ in range(4):
        session.skip_exercise(now)
    assert session.end_reason == "finished"
    assert {row[3] for entry in outcomes(session) for row in entry} == {"skipped"}


def test_skip_out_of_work_rests_first(plan: Plan) -> None:
    session = Session(plan, 0.0)
    now = run_to(session, 0.0, at(StepKind.CONCENTRIC))
    session.skip_exercise(now)
    assert kind(session) is StepKind.REST


def test_ten_seconds_more_and_less(plan: Plan) -> None:
    session = Session(plan, 0.0)
    now = run_to(session, 0.0, at(StepKind.CONCENTRIC))
    assert not session.can_adjust
    session.adjust(now, 10)
    assert session.seconds == session.step.seconds
    now = run_to(session, now, at(StepKind.REST, set_number=2))
    session.adjust(now, 10)
    assert session.seconds == (session.step.seconds or 0) + 10
    for _ in range(9):
        session.adjust(now, -10)
    assert kind(session).works
    now = run_to(session, now, at(StepKind.ISOMETRIC, item=3))
    session.adjust(now, -10)
    assert session.seconds == 20
    session.advance(now + 21)
    assert outcomes(session)[3][0] == (None, None, 20.0, "partial")


def test_correct_the_last_set_in_a_rest(plan: Plan) -> None:
    session = Session(plan, 0.0)
    now = run_to(session, 0.0, at(StepKind.REST, set_number=2))
    session.correct_last_set(now, -1)
    assert outcomes(session)[0][0][1] == 2
    assert view_of(session).last_half == "Glute bridge: 2 of 3"
    session.correct_last_set(now, +5)
    assert outcomes(session)[0][0][1] == 3
    now = run_to(session, now, at(StepKind.CONCENTRIC, set_number=2))
    session.correct_last_set(now, -1)
    assert outcomes(session)[0][0][1] == 3


def test_finish_early_keeps_what_was_done(plan: Plan) -> None:
    session = Session(plan, 0.0)
    now = run_to(session, 0.0, at(StepKind.ISOMETRIC, item=3)) + 8
    session.finish(now, "quit")
    assert session.end_reason == "quit"
    held = outcomes(session)[3][0][2]
    assert 7.4 <= held <= 8.5
    assert outcomes(session)[4] == [("left", 0, 0.0, "skipped"), ("right", 0, 0.0, "skipped")]
    before = session.snapshot()
    session.advance(now + 100)
    assert session.snapshot() == before


def test_wait_for_me_waits_for_a_key(plan: Plan) -> None:
    session = Session(plan, 0.0, wait_for_me=WaitForMe.AFTER_REST)
    now = run_to(session, 0.0, lambda s: s.state is State.WAITING)
    assert kind(session) is StepKind.GET_READY
    session.advance(now + 3600)
    assert state(session) is State.WAITING
    session.resume(now + 3600)
    assert state(session) is State.RUNNING
    assert Session(plan, 0.0, wait_for_me=WaitForMe.EVERY_SET).state is State.WAITING


# --- it hurts ------------------------------------------------------------------------------------------------


def test_it_hurts_stops_the_clock_and_marks_the_exercise(plan: Plan) -> None:
    session = Session(plan, 0.0)
    now = run_to(session, 0.0, at(StepKind.CONCENTRIC, item=1))
    session.hurts(now)
    assert state(session) is State.PAUSED
    assert session.hurting == 1
    session.credit.answer_hurt(1, sharp=False, during=Knees(4, None))
    session.leave_hurting(now + 30)
    assert session.half is not None
    assert session.half.item == 2
    entry = exercise_records(session.plan, session.credit)[1]
    assert (entry.stopped, entry.sharp, entry.during) == (True, False, Knees(4, None))


def test_going_on_takes_the_mark_back(plan: Plan) -> None:
    session = Session(plan, 0.0)
    now = run_to(session, 0.0, at(StepKind.CONCENTRIC, item=1))
    session.hurts(now)
    session.go_on(now)
    assert state(session) is State.LEAD_IN
    assert not exercise_records(session.plan, session.credit)[1].stopped


def test_pain_noticed_in_the_rest_belongs_to_what_was_just_done(plan: Plan) -> None:
    session = Session(plan, 0.0)
    now = run_to(session, 0.0, at(StepKind.REST, item=1))
    session.hurts(now)
    assert session.hurting == 0
    session.leave_hurting(now)
    assert session.half is not None
    assert session.half.item == 1  # the next exercise is not skipped


def test_one_step_easier_is_a_second_entry(plan: Plan, catalogue: Catalogue) -> None:
    session = Session(plan, 0.0)
    now = run_to(session, 0.0, at(StepKind.CONCENTRIC, item=0, rep=2))
    session.hurts(now)
    session.ease(now, easier(plan.items[0]))
    entries = exercise_records(session.plan, session.credit)
    assert [entry.id for entry in entries[:2]] == ["glute-bridge"] * 2
    assert entries[1].ladder_step == catalogue.exercises["glute-bridge"].ladder[0].id
    assert entries[1].target.sets == 2
    assert session.half is not None
    assert session.half.item == 1
    session.advance(now + session.remaining_s + 1)
    entries = exercise_records(session.plan, session.credit)
    assert [row.outcome for row in entries[0].sets] == ["partial", "skipped"]
    assert {row.outcome for entry in entries[1:] for row in entry.sets} == {"done"}


def test_excluded_exercises_are_left_out(plan: Plan) -> None:
    session = Session(plan, 0.0)
    before = session.remaining_s
    session.exclude([1, 3])
    assert session.remaining_s < before
    session.advance(plan.seconds)
    assert session.end_reason == "finished"
    kinds = [{row[3] for row in entry} for entry in outcomes(session)]
    assert kinds == [{"done"}, {"skipped"}, {"done"}, {"skipped"}, {"done"}]


def easier(item: Item) -> Item:
    rung = item.exercise.ladder[0]
    return replace(item, form=rung.form, prescription=replace(item.prescription, ladder_step=rung.id))


# --- whatever is pressed -------------------------------------------------------------------------------------

COMMANDS = (
    "advance", "pause", "resume", "next", "back", "redo_set", "skip_exercise", "longer", "shorter",
    "more", "fewer", "hurts", "go_on", "ease", "leave_hurting", "exclude",
)  # fmt: skip

moves = st.lists(
    st.tuples(st.sampled_from(COMMANDS), st.floats(0, 90, allow_nan=False).map(lambda s: round(s, 3))),
    max_size=40,
)


def command(session: Session, name: str, now: float) -> tuple[Cue, ...]:
    match name:
        case "longer":
            return session.adjust(now, 10)
        case "shorter":
            return session.adjust(now, -10)
        case "more":
            return session.correct_last_set(now, 1)
        case "fewer":
            return session.correct_last_set(now, -1)
        case "exclude":
            cues = session.advance(now)
            session.exclude([len(session.plan.items) - 2])
            return cues
        case "ease":
            cues = session.advance(now)
            if len(session.plan.items) > 8 or session.item is None:
                return cues
            return cues + session.ease(now, easier(session.item))
    done: tuple[Cue, ...] = getattr(session, name)(now)
    return done


@settings(max_examples=150, deadline=None)
@given(pressed=moves)
def test_invariants_hold_whatever_is_pressed(pressed: list[tuple[str, float]]) -> None:
    session = Session(plan_of(shipped()), 0.0)
    now, last_due = 0.0, -1.0
    for name, gap in pressed:
        done = session.state is State.DONE
        now += gap
        cues = command(session, name, now)
        for cue in cues:
            assert last_due <= cue.due <= now + 1e-6
            last_due = cue.due
        if not done and session.state is not State.DONE:
            assert session.active_s + session.paused_s == pytest.approx(now, abs=1e-6)
        assert session.active_s + session.paused_s <= now + 1e-6
        for entry in exercise_records(session.plan, session.credit):
            for row in entry.sets:
                assert row.reps is None or 0 <= row.reps <= (entry.target.reps_for(row.side) or 0)
                assert row.held_s >= 0
                assert (row.outcome == "skipped") == (not row.reps and row.held_s == 0)
        if session.state is not State.DONE:
            view = view_of(session)
            assert view.minutes_left >= 0
            assert view.seconds_left is None or view.seconds_left >= 0


@settings(max_examples=60, deadline=None)
@given(pressed=moves, cuts=st.lists(st.floats(0.001, 1), max_size=6))
def test_one_big_advance_and_many_small_ones_agree(
    pressed: list[tuple[str, float]], cuts: list[float]
) -> None:
    plan = plan_of(shipped())
    big, small = Session(plan, 0.0), Session(plan, 0.0)
    now = 0.0
    for name, gap in pressed:
        one: tuple[Cue, ...] = command(big, name, now + gap)
        many: tuple[Cue, ...] = ()
        for cut in sorted(cuts):
            many += small.advance(now + gap * cut)
        now += gap
        many += command(small, name, now)
        assert one == many  # no cue is lost or doubled
        assert big.state is small.state
        assert big.index == small.index
        assert big.active_s == pytest.approx(small.active_s)
        assert outcomes(big) == outcomes(small)


@settings(max_examples=60, deadline=None)
@given(pressed=moves, finish_first=st.booleans())
def test_a_snapshot_brings_back_what_was_done(pressed: list[tuple[str, float]], finish_first: bool) -> None:
    session = Session(plan_of(shipped()), 0.0)
    now = 0.0
    for name, gap in pressed:
        now += gap
        command(session, name, now)
    if session.state is State.DONE:
        return
    plain = json.loads(json.dumps(session.snapshot()))
    again = Session.restore(session.plan, plain, 7.0)
    assert again.state is State.PAUSED
    assert outcomes(again) == outcomes(session)
    assert again.active_s == session.active_s
    left = session.remaining_s + 2 * 3
    if finish_first:
        again.finish(9.0, "recovered")
        session.finish(now, "quit")
    else:
        again.resume(9.0)
        again.advance(9.0 + left)
        session.pause(now)
        session.resume(now)
        session.advance(now + left)
    assert outcomes(again) == outcomes(session)


def test_looking_ahead_changes_nothing(plan: Plan) -> None:
    session = Session(plan, 0.0)
    session.advance(11)
    before = session.snapshot()
    ahead = session.upcoming(10)
    assert session.snapshot() == before
    assert ahead == session.advance(21)
