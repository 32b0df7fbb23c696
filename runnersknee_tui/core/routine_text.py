"""Routines and their timelines for people, as lines of plain text, with honest minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from runnersknee_tui.core.exercise_text import columns, seconds_words, source_words
from runnersknee_tui.core.fit import minutes_words
from runnersknee_tui.core.model import Catalogue, Routine, Sides
from runnersknee_tui.core.timeline import Half, Item, Plan, StepKind


def routine_list(catalogue: Catalogue, plans: Mapping[str, Plan], width: int = 80) -> list[str]:
    """One paragraph a routine, with honest minutes."""
    lines = []
    for routine in catalogue.routines.values():
        plan = plans[routine.id]
        many = f"{len(plan.items)} exercise{'s' if len(plan.items) > 1 else ''}"
        lines += [f"{routine.id.ljust(10)}{routine.title}, {minutes_words(plan.seconds)}, {many}"]
        lines += wrap(routine.purpose, width, initial_indent=" " * 10, subsequent_indent=" " * 10)
        lines += [""]
    return [*lines, "runnersknee start ID begins one; runnersknee plan ID shows its timeline."]


def routine_page(routine: Routine, plan: Plan, width: int = 80) -> list[str]:
    """A routine with the numbers of each exercise."""
    title = f"{routine.title}, {minutes_words(plan.seconds)}"
    lines = [title, "=" * len(title), "", *wrap(routine.purpose, width), ""]
    rows = [(item.name, item_words(item), source_words(item.dose.source)) for item in plan.items]
    return [*lines, *columns(rows, width), "", f"runnersknee start {routine.id} begins it."]


def item_words(item: Item) -> str:
    """ "3 x 15 each side" or "3 x 30 s"."""
    asked = item.prescription
    side = {Sides.EACH: " each side", Sides.ALTERNATE: " each side", Sides.BOTH: ""}[item.form.sides]
    if asked.sides:
        side = f" {asked.sides} only"
    work = seconds_words(asked.hold_s or 0) if asked.reps is None else str(asked.reps)
    return f"{asked.sets} x {work}{side}"


def plan_page(plan: Plan, width: int = 80) -> list[str]:
    """The timeline: what begins when, one line for each countdown, half and rest."""
    title = f"{plan.title}, {minutes_words(plan.seconds)}"
    lines = [title, "=" * len(title), ""]
    rows = [
        (_clock(at), what, seconds_words(seconds) if seconds is not None else "your pace")
        for at, what, seconds in _moments(plan)
    ]
    return [*lines, *columns(rows, width), f"{_clock(plan.seconds)}  Done"]


def _moments(plan: Plan) -> Iterator[tuple[float, str, float | None]]:
    """When each countdown, half and rest begins, what it is and how long it takes."""
    at = 0.0
    for index, step in enumerate(plan.steps):
        if step.half is None:
            continue
        half = plan.halves[step.half]
        if not step.kind.works:
            yield at, _between_words(step.kind, step.label, plan, half), step.seconds
        elif index == half.first:
            lengths = [work.seconds for work in plan.steps[half.first : half.end]]
            yield at, _half_words(half, plan), _sum(lengths)
        at += step.seconds or 0.0


def _between_words(kind: StepKind, label: str, plan: Plan, half: Half) -> str:
    if kind is StepKind.SWITCH and half.side:
        return f"{label}, {half.side} next"
    return f"{label}: {plan.items[half.item].name}" if kind is StepKind.GET_READY else label


def _half_words(half: Half, plan: Plan) -> str:
    item = plan.items[half.item]
    side = f", {half.side}" if half.side else ""
    reps = f", {half.reps} reps" if half.reps is not None else ""
    if reps and item.form.sides is Sides.ALTERNATE:
        reps += " each side"
    return f"  {item.name}{side}, set {half.set} of {half.sets}{reps}"


def _sum(lengths: Iterable[float | None]) -> float | None:
    known = [length for length in lengths if length is not None]
    return sum(known) if known else None


def _clock(seconds: float) -> str:
    """ " 3:05" from the start of the session."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes:3d}:{rest:02d}"
