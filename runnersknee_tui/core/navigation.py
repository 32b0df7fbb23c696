"""Where moves land in a plan: pure functions from halves and indexes to indexes."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from runnersknee_tui.core.model import Prescription, SideOrder, Sides
from runnersknee_tui.core.timeline import Half, Item, Plan, StepKind, compile_plan

COUNTDOWNS = (StepKind.GET_READY, StepKind.SWITCH)


def countdown_of(plan: Plan, half: Half) -> int:
    """Index of the get-ready or switch before a half; of its first working step where there is none."""
    before = half.first - 1
    return before if before >= 0 and plan.steps[before].kind in COUNTDOWNS else half.first


def approach_of(plan: Plan, half: Half) -> int:
    """Index of the rest before a half, else of its countdown."""
    countdown = countdown_of(plan, half)
    rests = countdown > 0 and plan.steps[countdown - 1].kind is StepKind.REST
    return countdown - 1 if rests else countdown


def first_half_of_set(plan: Plan, half: Half) -> Half:
    """The half that begins this half's set: the other side's, where a set is both sides in turn."""
    form = plan.items[half.item].form
    if form.sides is Sides.EACH and form.side_order is SideOrder.SET and half.index:
        before = plan.halves[half.index - 1]
        if (before.item, before.set) == (half.item, half.set):
            return before
    return half


def first_step_of_rep(plan: Plan, index: int) -> int:
    """Index of the step that begins the repetition a working step belongs to."""
    step = plan.steps[index]
    while index and _same_rep(plan, index - 1, index):
        index -= 1
    assert plan.steps[index].half == step.half
    return index


def _same_rep(plan: Plan, one: int, other: int) -> bool:
    a, b = plan.steps[one], plan.steps[other]
    return a.kind.works and (a.half, a.rep, a.side) == (b.half, b.rep, b.side)


def half_behind(plan: Plan, half: Half, excluded: Collection[int]) -> Half | None:
    """The first half of the next exercise that is not excluded; None at the end of the session."""
    return next(
        (later for later in plan.halves if later.item > half.item and later.item not in excluded), None
    )


def allowed(plan: Plan, index: int, excluded: Collection[int]) -> int:
    """`index`, or where the session goes on when the step there belongs to an excluded exercise."""
    if index >= len(plan.steps):
        return index
    step = plan.steps[index]
    if step.half is None or plan.halves[step.half].item not in excluded:
        return index
    later = half_behind(plan, plan.halves[step.half], excluded)
    return plan.halves[-1].end if later is None else approach_of(plan, later)


def insert_item(plan: Plan, at: int, item: Item) -> Plan:
    """The plan with one more exercise at index `at`; everything before it keeps its indexes."""
    return compile_plan(
        plan.routine,
        plan.title,
        (*plan.items[:at], item, *plan.items[at:]),
        first_side=plan.first_side,
        timing=plan.timing,
        questions=plan.steps[0].kind is StepKind.ASK,
    )


def sets_left(plan: Plan, worked: Half, easier: Prescription) -> Prescription:
    """An easier prescription for the sets that `worked` and the halves behind it still asked for."""
    by_exercise = plan.items[worked.item].form.side_order is SideOrder.EXERCISE
    on_second_side = worked.side is not None and worked.side is not plan.first_side
    sides = worked.side if by_exercise and on_second_side else easier.sides
    return replace(easier, sets=worked.sets - worked.set + 1, sides=sides)
