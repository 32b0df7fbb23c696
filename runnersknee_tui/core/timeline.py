"""Compile prescriptions into a flat tuple of steps, as the contract has it under `plan --json`.

A repetition is its phases in the exercise's own order, a rest is a step, a question is a step with no length.
Nothing here knows where a session stands; `core.session` walks what this module lays out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from runnersknee_tui.core.model import (
    Catalogue,
    Dose,
    Exercise,
    Form,
    Phase,
    PhaseKind,
    Posture,
    Prescription,
    Routine,
    RoutineItem,
    Side,
    SideOrder,
    Sides,
    Span,
)
from runnersknee_tui.core.words import whole


class StepKind(StrEnum):
    """What a step asks of the body. The three tempo kinds carry the field's own terms."""

    GET_READY = "get-ready"
    CONCENTRIC = "concentric"
    ISOMETRIC = "isometric"
    ECCENTRIC = "eccentric"
    REST = "rest"
    SWITCH = "switch"
    ASK = "ask"

    @property
    def works(self) -> bool:
        return self in (StepKind.CONCENTRIC, StepKind.ISOMETRIC, StepKind.ECCENTRIC)


class Timing(Struct, frozen=True):
    """Seconds between the work. The defaults are the project's own, as the contract marks them."""

    first_get_ready_s: float = 15.0  # time to get down to the floor
    get_ready_s: float = 5.0
    switch_s: float = 5.0
    turn_over_s: float = 15.0  # the switch of side-lying work
    between_exercises_s: float = 20.0  # at least, between two exercises
    rest_scale: float = 1.0
    self_paced: bool = False  # a repetition ends when a key is pressed


class Half(Struct, frozen=True):
    """One set of one side: what stands between two countdowns, and what a record keeps one row of.

    Alternating work (dead bug) is one half with both sides in it; `reps` counts each side.
    """

    index: int
    item: int  # index into Plan.items
    set: int  # 1-based
    sets: int
    side: Side | None
    reps: int | None
    hold_s: float | None
    rows: tuple[Side | None, ...]  # the sides that get a row in the record
    first: int = 0  # index of its first working step
    end: int = 0  # index after its last working step

    @property
    def last_set(self) -> bool:
        return self.set == self.sets


class Step(Struct, frozen=True):
    """One step of the timeline. `seconds` None is open ended: a question, or a self-paced repetition.

    `half` is the half being worked, or the one to come for get-ready, rest and switch; None for a question.
    """

    kind: StepKind
    label: str
    seconds: float | None
    half: int | None
    rep: int | None = None  # 1-based
    side: Side | None = None
    next: str = ""


class Item(Struct, frozen=True):
    """One exercise of a plan, with everything its steps were made from."""

    exercise: Exercise
    dose: Dose
    form: Form
    prescription: Prescription

    @property
    def name(self) -> str:
        """The exercise's name, or the rung's where it is not the dose's own."""
        step = self.prescription.ladder_step
        return self.exercise.name if step is None else self.exercise.step(step).name


class Plan(Struct, frozen=True):
    """A compiled session."""

    routine: str
    title: str
    items: tuple[Item, ...]
    halves: tuple[Half, ...]
    steps: tuple[Step, ...]
    first_side: Side
    timing: Timing

    @property
    def seconds(self) -> float:
        """The sum of the timed steps."""
        return sum(step.seconds for step in self.steps if step.seconds is not None)


# --- prescriptions -------------------------------------------------------------------------------------------


def lowest(span: Span | None) -> float | None:
    """Where a range begins; ranges compile at their lowest value."""
    return None if span is None else span.lo


def prescribe(item: RoutineItem, catalogue: Catalogue) -> Prescription:
    """A routine's line as plain numbers: ranges at their lowest value, the line's own numbers before them.

    Raises KeyError for an unknown exercise or dose; the loader has refused those.
    """
    exercise = catalogue.exercises[item.exercise]
    dose = exercise.dose(item.dose) if item.dose else exercise.doses[0]
    rung = exercise.step(dose.step)
    hold_s = rung.hold_s if rung.hold_s is not None else lowest(dose.hold_s)
    prescribed = Prescription(
        exercise=exercise.id,
        dose=dose.id,
        ladder_step=None,
        sets=int(dose.sets.lo),
        reps=None if dose.reps is None else int(dose.reps.lo),
        hold_s=hold_s,
        concentric_s=dose.concentric_s,
        eccentric_s=lowest(dose.eccentric_s),
        rest_s=dose.rest_s,
    )
    changes: dict[str, Any] = {
        key: value
        for key in ("sets", "reps", "hold_s", "concentric_s", "eccentric_s", "rest_s")
        if (value := getattr(item, key)) is not None
    }
    if item.sides in (Side.LEFT, Side.RIGHT):
        changes["sides"] = Side(item.sides)
    return replace(prescribed, **changes)


def routine_prescriptions(routine: Routine, catalogue: Catalogue) -> tuple[Prescription, ...]:
    """What a routine asks for at its own doses, history ignored."""
    return tuple(prescribe(item, catalogue) for item in routine.items)


def item_for(prescription: Prescription, catalogue: Catalogue) -> Item:
    """A prescription with its exercise, dose and form. Raises KeyError for names the catalogue lacks."""
    exercise = catalogue.exercises[prescription.exercise]
    dose = exercise.dose(prescription.dose)
    return Item(exercise, dose, exercise.step(prescription.ladder_step or dose.step).form, prescription)


# --- compiling -----------------------------------------------------------------------------------------------


def compile_routine(
    routine: Routine,
    catalogue: Catalogue,
    *,
    first_side: Side = Side.LEFT,
    timing: Timing | None = None,
    questions: bool = True,
) -> Plan:
    """The timeline of a routine at its own doses, with the questions at its ends."""
    items = [item_for(asked, catalogue) for asked in routine_prescriptions(routine, catalogue)]
    return compile_plan(
        routine.id, routine.title, items, first_side=first_side, timing=timing, questions=questions
    )


def compile_plan(
    routine: str,
    title: str,
    items: Sequence[Item],
    *,
    first_side: Side = Side.LEFT,
    timing: Timing | None = None,
    questions: bool = False,
) -> Plan:
    """Lay out the steps of a session. `first_side` is the affected side, else left (contract, `plan --json`)."""
    timing = timing or Timing()
    halves = list(_halves(items, first_side))
    steps: list[Step] = []
    if questions:
        steps.append(Step(StepKind.ASK, "How is the knee?", None, None, next="Get ready"))
    pairs = zip([None, *halves], halves, strict=False)
    gaps = [tuple(_before(half, before, items, timing)) for before, half in pairs]
    for index, half in enumerate(halves):
        last = index + 1 == len(halves)
        behind = _end_words(questions) if last else _behind(gaps[index + 1], halves[index + 1], items)
        steps.extend(gaps[index])
        first = len(steps)
        steps.extend(_work(half, items[half.item], timing, behind))
        halves[index] = replace(half, first=first, end=len(steps))
    if questions:
        steps.append(Step(StepKind.ASK, "How did it go?", None, None, next=""))
    return Plan(routine, title, tuple(items), tuple(halves), tuple(steps), first_side, timing)


def plan_seconds(
    items: Sequence[Item], *, first_side: Side = Side.LEFT, timing: Timing | None = None
) -> float:
    """How long the plan of these would take, without its steps: many are weighed for one that is lived."""
    timing = timing or Timing()
    halves = list(_halves(items, first_side))
    gaps = (
        step.seconds or 0.0
        for before, half in zip([None, *halves], halves, strict=False)
        for step in _before(half, before, items, timing)
    )
    return sum(gaps) + sum(_work_seconds(half, items[half.item], timing) for half in halves)


def _work_seconds(half: Half, item: Item, timing: Timing) -> float:
    """What the steps of `_work` come to."""
    if half.reps is None:
        return half.hold_s or 0.0
    rep_s = sum(seconds or 0.0 for _, seconds in rep_phases(item, timing))
    return half.reps * rep_s * (len(half.rows) if item.form.sides is Sides.ALTERNATE else 1)


def _halves(items: Sequence[Item], first_side: Side) -> Iterator[Half]:
    index = 0
    for number, item in enumerate(items):
        asked = item.prescription
        for set_number, side in _order(item, first_side):
            rows = (first_side, first_side.other) if item.form.sides is Sides.ALTERNATE else (side,)
            yield Half(index, number, set_number, asked.sets, side, asked.reps, asked.hold_s, rows)
            index += 1


def _order(item: Item, first_side: Side) -> Iterator[tuple[int, Side | None]]:
    """Sets and sides in the order they are worked."""
    sets = range(1, item.prescription.sets + 1)
    if item.form.sides is not Sides.EACH:
        yield from ((number, None) for number in sets)
        return
    only = item.prescription.sides
    sides = (only,) if only else (first_side, first_side.other)
    if item.form.side_order is SideOrder.EXERCISE:
        yield from ((number, side) for side in sides for number in sets)
    else:
        yield from ((number, side) for number in sets for side in sides)


def _before(half: Half, before: Half | None, items: Sequence[Item], timing: Timing) -> Iterator[Step]:
    """The countdown, or the switch, or the rest and its countdown, that lead to a half."""

    def step(kind: StepKind, label: str, seconds: float) -> Step:
        return Step(kind, label, seconds, half.index, side=half.side, next=coming)

    coming = half_title(half, items[half.item])
    if before is None:
        yield step(StepKind.GET_READY, "Get ready", timing.first_get_ready_s)
        return
    if before.item == half.item and before.side is not half.side and _switches(before, half, items):
        lying = items[half.item].form.posture is Posture.SIDE_LYING
        yield step(StepKind.SWITCH, "Switch sides", timing.turn_over_s if lying else timing.switch_s)
        return
    gap = items[before.item].prescription.rest_s * timing.rest_scale
    if before.item != half.item:
        gap = max(gap, timing.between_exercises_s)
    ready = min(gap, timing.get_ready_s)
    if gap > ready:
        yield step(StepKind.REST, "Rest", gap - ready)
    if ready > 0:
        yield step(StepKind.GET_READY, "Get ready", ready)


def _switches(before: Half, half: Half, items: Sequence[Item]) -> bool:
    """From the first side to the second: inside a set, or once an exercise. Back to the first is a rest."""
    by_exercise = items[half.item].form.side_order is SideOrder.EXERCISE
    return by_exercise or before.set == half.set


def _work(half: Half, item: Item, timing: Timing, behind: str) -> Iterator[Step]:
    """The working steps of a half; `behind` is what they announce as next."""
    if half.reps is None:
        label = next((p.label for p in item.form.phases if p.kind is PhaseKind.ISOMETRIC), "Hold")
        yield Step(StepKind.ISOMETRIC, label, half.hold_s, half.index, side=half.side, next=behind)
        return
    phases = [(StepKind(phase.kind), phase.label, seconds) for phase, seconds in rep_phases(item, timing)]
    sides = half.rows if item.form.sides is Sides.ALTERNATE else (half.side,)
    for rep in range(1, half.reps + 1):
        for side in sides:
            for kind, label, seconds in phases:
                yield Step(kind, label, seconds, half.index, rep, side, behind)


def rep_phases(item: Item, timing: Timing) -> list[tuple[Phase, float | None]]:
    """The phases of one repetition with their seconds; one open phase where the runner sets the pace.

    An isometric phase without seconds (a light tap, a dose without a hold) takes no step.
    """
    if timing.self_paced:
        return [(Phase(item.form.phases[0].kind, "Your pace"), None)]
    asked = item.prescription
    seconds = {
        PhaseKind.CONCENTRIC: asked.concentric_s,
        PhaseKind.ISOMETRIC: asked.hold_s,
        PhaseKind.ECCENTRIC: asked.eccentric_s,
    }
    return [(phase, length) for phase in item.form.phases if (length := seconds[phase.kind])]


# --- what comes next, in words -------------------------------------------------------------------------------


def half_title(half: Half, item: Item) -> str:
    """ "Clamshell, left, set 2 of 3"."""
    side = f", {half.side}" if half.side else ""
    return f"{item.name}{side}, set {half.set} of {half.sets}"


def _behind(gap: Sequence[Step], coming: Half, items: Sequence[Item]) -> str:
    """What a half announces as next: the rest or the switch in the gap behind it, and the half to come."""
    title = half_title(coming, items[coming.item])
    kinds = [step.kind for step in gap]
    if StepKind.REST in kinds:
        title = f"rest {sum(step.seconds or 0 for step in gap):g} s, then {title}"
    elif StepKind.SWITCH in kinds:
        title = f"switch sides, then {title}"
    return title[0].upper() + title[1:]


def _end_words(questions: bool) -> str:
    return "How did it go?" if questions else "Done"


# --- JSON ----------------------------------------------------------------------------------------------------


def plan_json(plan: Plan) -> dict[str, Any]:
    """`plan --json`."""
    return {
        "routine": plan.routine,
        "title": plan.title,
        "seconds": whole(plan.seconds),
        "steps": [_step_json(step, plan) for step in plan.steps],
    }


def _step_json(step: Step, plan: Plan) -> Mapping[str, Any]:
    half = None if step.half is None else plan.halves[step.half]
    return {
        "kind": step.kind.value,
        "label": step.label,
        "seconds": whole(step.seconds),
        "exercise": half and plan.items[half.item].exercise.id,
        "set": half and half.set,
        "sets": half and half.sets,
        "rep": step.rep,
        "reps": half.reps if half and step.rep is not None else None,
        "side": step.side and step.side.value,
        "next": step.next,
    }
