"""The catalogue as plain JSON values: `exercises --json` and `routines --json` of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from runnersknee_tui.core.model import Catalogue, Dose, Exercise, LadderStep, Routine, Span
from runnersknee_tui.core.units import localise
from runnersknee_tui.core.words import whole

if TYPE_CHECKING:
    from runnersknee_tui.core.timeline import Item, Plan

Json = dict[str, Any]


def exercises_json(catalogue: Catalogue, units: str) -> list[Json]:
    """Every exercise in catalogue order; lengths and weights in words are in the user's `units`."""
    return [exercise_json(exercise, units) for exercise in catalogue.exercises.values()]


def exercise_json(exercise: Exercise, units: str) -> Json:
    """One exercise. `given` names the fields that a source states; the others are the project's own."""
    form = exercise.form
    return {
        "id": exercise.id,
        "name": exercise.name,
        "targets": list(exercise.targets),
        "equipment": list(form.equipment),
        "sides": form.sides.value,
        "side_order": form.side_order.value,
        "start": localise(form.start, units),
        "steps": [localise(step, units) for step in form.steps],
        "insight": localise(exercise.insight, units),
        "safety": localise(exercise.safety, units),
        "why": localise(exercise.why, units),
        "ladder": [_rung(step, units) for step in exercise.ladder],
        "phases": [{"kind": phase.kind.value, "label": phase.label} for phase in form.phases],
        "doses": [_dose(dose) for dose in exercise.doses],
        "given": list(exercise.given),
    }


def _rung(step: LadderStep, units: str) -> Json:
    return {
        "id": step.id,
        "name": step.name,
        "adds_weight": step.adds_weight,
        "how": localise(step.how, units),
        "given": step.given,
    }


def _dose(dose: Dose) -> Json:
    return {
        "id": dose.id,
        "source": dose.source,
        "sets": _span(dose.sets),
        "reps": _span(dose.reps),
        "hold_s": _span(dose.hold_s),
        "concentric_s": whole(dose.concentric_s),
        "eccentric_s": _span(dose.eccentric_s),
        "rest_s": whole(dose.rest_s),
        "per_week": _span(dose.per_week),
        "free_day": dose.free_day,
        "complexity": dose.complexity,
        "outcome": dose.outcome,
        "outcome_weeks": _span(dose.outcome_weeks),
        "stars": dose.stars,
        "given": list(dose.given),
    }


def _span(span: Span | None) -> list[float | int | None] | None:
    return None if span is None else [whole(span.lo), whole(span.hi)]


def routine_json(routine: Routine, plan: Plan) -> Json:
    """One routine with the numbers that it compiles to."""
    return {
        "id": routine.id,
        "title": routine.title,
        "purpose": routine.purpose,
        "source": routine.source,
        "exercises": [_line(item) for item in plan.items],
        "seconds": whole(plan.seconds),
    }


def _line(item: Item) -> Json:
    asked = item.prescription
    return {
        "id": asked.exercise,
        "dose": asked.dose,
        "sets": asked.sets,
        "reps": asked.reps,
        "hold_s": whole(asked.hold_s),
        "rest_s": whole(asked.rest_s),
    }
