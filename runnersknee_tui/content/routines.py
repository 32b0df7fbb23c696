"""A routine's file to a `Routine`, every line of it judged by the exercise it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from runnersknee_tui.content.doses import (
    LONGEST_S,
    MOST_REPS,
    MOST_SETS,
    SHORTEST_TEMPO_S,
    TIMED_PHASES,
    check_phases,
)
from runnersknee_tui.content.table import Table, hint
from runnersknee_tui.core.model import Dose, Exercise, Routine, RoutineItem, Side, Sides
from runnersknee_tui.core.words import nearest

ROUTINE_KEYS = ("order", "title", "purpose", "source", "exercises")
ITEM_KEYS = ("id", *(name for name in RoutineItem.__struct_fields__ if name != "exercise"))
MOST_ITEMS = 500
LONGEST_ROUTINE_S = 6 * 3600


def read_routine(
    id_: str,
    table: Table,
    exercises: Mapping[str, Exercise],
    routines: frozenset[str],
    where: Callable[[str], str],
) -> tuple[Routine, int | None]:
    """The routine and its `order`, worth something only where the notebook has no error.

    `routines` are the ids of all routines: naming one as an exercise gets its own answer.
    """
    table.check_keys("routine", ROUTINE_KEYS, ("title", "exercises"))
    rows = table.tables("exercises")
    if len(rows) > MOST_ITEMS:
        table.note("exercises", f"{len(rows)} exercises; the limit is {MOST_ITEMS}")
        rows = []
    items = tuple(_item(row, exercises, routines, where) for row in rows)
    if not table.notebook.failed:
        _check_total(table, items, exercises)
    routine = Routine(
        id=id_,
        title=table.line_text("title"),
        purpose=table.text("purpose"),
        source=table.line_text("source", "own"),
        items=items,
    )
    return routine, table.whole("order", -1_000_000, 1_000_000)


def _item(
    row: Table, exercises: Mapping[str, Exercise], routines: frozenset[str], where: Callable[[str], str]
) -> RoutineItem:
    row.check_keys("exercise", ITEM_KEYS, ("id",))
    item = RoutineItem(
        exercise=row.id("id"),
        dose=row.id("dose") if "dose" in row else None,
        sets=row.whole("sets", 1, MOST_SETS),
        reps=row.whole("reps", 1, MOST_REPS),
        hold_s=row.number("hold_s", 1, LONGEST_S),
        concentric_s=row.number("concentric_s", SHORTEST_TEMPO_S, LONGEST_S),
        eccentric_s=row.number("eccentric_s", SHORTEST_TEMPO_S, LONGEST_S),
        rest_s=row.number("rest_s", 0, LONGEST_S),
        sides=row.word("sides", ("left", "right", "both")),
    )
    exercise = exercises.get(item.exercise)
    if exercise is not None:
        _check_item(row, item, exercise)
    elif item.exercise in routines:
        row.note(
            "id", f"{item.exercise} is a routine; a routine holds exercises only. Write out what it holds"
        )
    elif item.exercise:
        closest = nearest(item.exercise, exercises)
        nearby = f" Closest: {closest} ({where(closest)})" if closest else ""
        row.note("id", f'no exercise "{item.exercise}".{nearby}')
    return item


def _check_item(row: Table, item: RoutineItem, exercise: Exercise) -> None:
    doses = {dose.id: dose for dose in exercise.doses}
    dose = doses.get(item.dose) if item.dose else exercise.doses[0]
    if dose is None:
        row.note("dose", f'{exercise.id} has no dose "{item.dose}".{hint(item.dose or "", list(doses))}')
        return
    form = exercise.step(dose.step).form
    if dose.holds_only:
        _check_hold(row, exercise)
    else:
        check_phases(row, {phase.kind for phase in form.phases}, exercise.id, tuple(TIMED_PHASES))
    if item.sides in ("left", "right") and form.sides is not Sides.EACH:
        how = "both sides at once" if form.sides is Sides.BOTH else "the sides in turn"
        row.note("sides", f"{exercise.id} works {how}; leave sides out")


def _check_hold(row: Table, exercise: Exercise) -> None:
    """A set that is one hold has neither repetitions nor tempo."""
    if "reps" in row and "hold_s" in row:
        lines = sorted(row.notebook.line((*row.path, key)) or 0 for key in ("hold_s", "reps"))
        row.note(
            "reps",
            f"give hold_s or reps, not both (lines {lines[0]}, {lines[1]}): a set of {exercise.id} is one hold",
        )
    elif "reps" in row:
        row.note("reps", f"a set of {exercise.id} is one hold: give hold_s, not reps")
    for key in ("concentric_s", "eccentric_s"):
        if key in row:
            row.note(key, f"a set of {exercise.id} is one hold and has no tempo; leave it out")


def _check_total(table: Table, items: tuple[RoutineItem, ...], exercises: Mapping[str, Exercise]) -> None:
    total = sum(_seconds(item, exercises[item.exercise]) for item in items)
    if total > LONGEST_ROUTINE_S:
        hours, minutes = divmod(round(total / 60), 60)
        limit = LONGEST_ROUTINE_S // 3600
        table.note(
            "exercises", f"total {hours} h {minutes} min; the limit is {limit} h. Is a rest_s in minutes?"
        )


def _seconds(item: RoutineItem, exercise: Exercise) -> float:
    """Seconds of work and rest at the lowest values: near enough to tell hours from minutes."""
    dose = exercise.dose(item.dose) if item.dose else exercise.doses[0]
    sides = exercise.step(dose.step).form.sides
    halves = 1 if sides is Sides.BOTH or item.sides in (Side.LEFT, Side.RIGHT) else 2
    sets = item.sets or dose.sets.lo
    rest_s = dose.rest_s if item.rest_s is None else item.rest_s
    return float(sets * (halves * _set_seconds(item, dose) + rest_s))


def _set_seconds(item: RoutineItem, dose: Dose) -> float:
    hold_s = item.hold_s or (dose.hold_s.lo if dose.hold_s else 0)
    if dose.reps is None:
        return hold_s
    concentric_s = item.concentric_s or dose.concentric_s or 0
    eccentric_s = item.eccentric_s or (dose.eccentric_s.lo if dose.eccentric_s else 0)
    return (item.reps or dose.reps.lo) * (concentric_s + hold_s + eccentric_s)
