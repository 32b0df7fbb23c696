"""How a routine compiles: the contract's rules under `plan --json`, one by one."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runnersknee_tui.core.model import (
    Catalogue,
    PhaseKind,
    Posture,
    Routine,
    RoutineItem,
    Side,
    SideOrder,
    Sides,
)
from runnersknee_tui.core.timeline import Plan, StepKind, Timing, compile_routine, plan_json, plan_seconds

ROUTINES = ("full", "daily", "starter", "early", "late", "core", "prehab", "prerun", "flare")


def plan_of(
    catalogue: Catalogue, *items: RoutineItem, side: Side = Side.LEFT, timing: Timing | None = None
) -> Plan:
    return compile_routine(
        Routine("mine", "Mine", "", "own", items), catalogue, first_side=side, timing=timing, questions=False
    )


@pytest.mark.parametrize("routine", ROUTINES)
def test_every_set_has_its_countdown_and_every_rep_its_phases(catalogue: Catalogue, routine: str) -> None:
    plan = compile_routine(catalogue.routines[routine], catalogue)
    assert plan.steps[0].kind is plan.steps[-1].kind is StepKind.ASK
    assert not any(step.kind is StepKind.ASK for step in plan.steps[1:-1])
    assert plan.steps[1].kind is StepKind.GET_READY
    assert plan.steps[1].seconds == 15
    for half in plan.halves:
        before = plan.steps[half.first - 1]
        assert before.kind in (StepKind.GET_READY, StepKind.SWITCH)
        item = plan.items[half.item]
        work = plan.steps[half.first : half.end]
        assert all(step.half == half.index and step.kind.works for step in work)
        if half.reps is None:
            assert [step.kind for step in work] == [StepKind.ISOMETRIC]
            assert work[0].seconds == half.hold_s
            assert work[0].rep is None
        else:
            phases = [
                p.kind for p in item.form.phases if not (p.kind is PhaseKind.ISOMETRIC and not half.hold_s)
            ]
            for rep in range(1, half.reps + 1):
                for side in half.rows:
                    kinds = [step.kind.value for step in work if (step.rep, step.side) == (rep, side)]
                    assert kinds == [kind.value for kind in phases]


@pytest.mark.parametrize("routine", ROUTINES)
def test_no_rest_at_the_ends_and_the_last_seconds_of_a_rest_are_the_countdown(
    catalogue: Catalogue, routine: str
) -> None:
    plan = compile_routine(catalogue.routines[routine], catalogue, questions=False)
    assert plan.steps[-1].kind.works
    for one, other in pairwise(plan.steps):
        if one.kind is StepKind.REST:
            assert other.kind is StepKind.GET_READY
            assert other.seconds == 5
            done = plan.halves[(one.half or 0) - 1]
            asked = plan.items[done.item].prescription.rest_s
            coming = plan.halves[one.half or 0]
            gap = asked if coming.item == done.item else max(asked, 20)
            assert (one.seconds or 0) + 5 == gap


def test_sides_in_a_set(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, RoutineItem("single-leg-squat", "prehab", sets=2, reps=1), side=Side.RIGHT)
    assert [(half.set, half.side) for half in plan.halves] == [
        (1, "right"), (1, "left"), (2, "right"), (2, "left"),
    ]  # fmt: skip
    kinds = [step.kind for step in plan.steps if not step.kind.works]
    assert kinds == ["get-ready", "switch", "rest", "get-ready", "switch"]
    assert [step.seconds for step in plan.steps if step.kind is StepKind.SWITCH] == [5, 5]


def test_all_sets_of_one_side_first_where_one_turns_over(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, RoutineItem("clamshell", "rehab", sets=2, reps=1))
    assert [(half.set, half.side) for half in plan.halves] == [
        (1, "left"),
        (2, "left"),
        (1, "right"),
        (2, "right"),
    ]
    assert [step.seconds for step in plan.steps if step.kind is StepKind.SWITCH] == [15]
    assert plan.items[0].form.posture is Posture.SIDE_LYING
    assert plan.items[0].form.side_order is SideOrder.EXERCISE


def test_one_side_only(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, RoutineItem("clamshell", "rehab", sets=2, reps=3, sides="right"))
    assert {half.side for half in plan.halves} == {Side.RIGHT}
    assert not any(step.kind is StepKind.SWITCH for step in plan.steps)


def test_dead_bug_alternates_and_counts_each_side(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, RoutineItem("dead-bug", "rehab", sets=1, reps=2), side=Side.RIGHT)
    assert plan.items[0].form.sides is Sides.ALTERNATE
    work = [(step.rep, step.side) for step in plan.steps if step.kind is StepKind.ECCENTRIC]
    assert work == [(1, "right"), (1, "left"), (2, "right"), (2, "left")]


@pytest.mark.parametrize("exercise", ["single-leg-squat", "step-down", "dead-bug"])
def test_lowering_first_where_the_exercise_begins_high(catalogue: Catalogue, exercise: str) -> None:
    plan = plan_of(catalogue, RoutineItem(exercise, sets=1, reps=1))
    assert next(step.kind for step in plan.steps if step.kind.works) is StepKind.ECCENTRIC


def test_the_users_numbers_win(catalogue: Catalogue) -> None:
    lunch = RoutineItem(
        "glute-bridge", "rehab", sets=1, reps=3, hold_s=1, concentric_s=1, eccentric_s=1, rest_s=2
    )
    plan = plan_of(catalogue, lunch)
    assert plan.seconds == 15 + 3 * 3


def test_a_rest_shorter_than_its_countdown_is_a_countdown(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, RoutineItem("plank", sets=2, hold_s=10, rest_s=2))
    assert [(step.kind, step.seconds) for step in plan.steps] == [
        ("get-ready", 15), ("isometric", 10), ("get-ready", 2), ("isometric", 10),
    ]  # fmt: skip


def test_self_paced_reps_are_open_ended(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, RoutineItem("glute-bridge", sets=1, reps=4), timing=Timing(self_paced=True))
    work = [step for step in plan.steps if step.kind.works]
    assert len(work) == 4
    assert all(step.seconds is None for step in work)


@pytest.mark.parametrize("routine", ROUTINES)
def test_json_counts_what_the_dose_asks(catalogue: Catalogue, routine: str) -> None:
    plan = compile_routine(catalogue.routines[routine], catalogue)
    plain = plan_json(plan)
    assert plain["seconds"] == sum(step["seconds"] or 0 for step in plain["steps"])
    reps = Counter(
        step["exercise"] for step in plain["steps"] if step["kind"] == "concentric"
    )  # every exercise with repetitions has one concentric phase in each
    for item in plan.items:
        asked = item.prescription
        if asked.reps is not None:
            sides = 1 if item.form.sides is Sides.BOTH else 2
            same = [i for i in plan.items if i.exercise.id == item.exercise.id]
            assert reps[item.exercise.id] == sum(
                (i.prescription.reps or 0) * i.prescription.sets * sides for i in same
            )
    assert all(step["next"] for step in plain["steps"][:-1])


def test_what_comes_next_is_said(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, RoutineItem("plank", sets=1), RoutineItem("clamshell", "rehab", sets=1, reps=1))
    assert plan.steps[0].next == "Forearm plank, set 1 of 1"
    assert plan.steps[1].next == "Rest 30 s, then Clamshell, left, set 1 of 1"
    assert plan.steps[-1].next == "Done"


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_seconds_of_a_plan_are_known_without_its_steps(catalogue: Catalogue, data: st.DataObject) -> None:
    doses = sorted(
        (exercise.id, dose.id) for exercise in catalogue.exercises.values() for dose in exercise.doses
    )
    items = tuple(
        RoutineItem(
            exercise,
            dose,
            sets=data.draw(st.integers(1, 4)),
            rest_s=data.draw(st.sampled_from([0, 2, 10, 30, 61.5])),
            sides=data.draw(st.sampled_from([None, "left"])),
        )
        for exercise, dose in data.draw(st.lists(st.sampled_from(doses), max_size=5))
    )
    timing = data.draw(
        st.builds(Timing, rest_scale=st.sampled_from([0.5, 1.0, 1.3]), self_paced=st.booleans())
    )
    side = data.draw(st.sampled_from([Side.LEFT, Side.RIGHT]))
    plan = plan_of(catalogue, *items, side=side, timing=timing)
    assert plan_seconds(plan.items, first_side=side, timing=timing) == pytest.approx(plan.seconds)
