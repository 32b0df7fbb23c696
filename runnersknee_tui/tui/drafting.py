"""A routine or exercise while it is being edited: its file's table, and what may stand in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from runnersknee_tui.content.doses import LONGEST_S, MOST_REPS, MOST_SETS, SHORTEST_TEMPO_S, TIMED_PHASES
from runnersknee_tui.content.files import as_id
from runnersknee_tui.core.model import Catalogue, Dose, Form, Routine, RoutineItem
from runnersknee_tui.core.problem import Problem
from runnersknee_tui.core.timeline import Plan, prescribe
from runnersknee_tui.core.words import show

Row = dict[str, Any]


class Quantity(Struct, frozen=True):
    """A number of a routine's line or of an exercise: its key and name, how far one step goes, its bounds."""

    key: str
    name: str
    step: float
    lo: float
    hi: float
    whole: bool = False

    @property
    def unit(self) -> str:
        return "" if self.whole else "s"

    def words(self, value: object) -> str:
        """A value as the screen shows it; what is no number is shown for what it is."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return show(value)
        return f"{value:g} {self.unit}".rstrip()


SETS = Quantity("sets", "Sets", 1, 1, MOST_SETS, whole=True)
REPS = Quantity("reps", "Repetitions", 1, 1, MOST_REPS, whole=True)
REST = Quantity("rest_s", "Rest", 5, 0, LONGEST_S)


def text_of(value: object) -> str:
    """A text as it stands; what should be one and is not, for what it is."""
    return value if isinstance(value, str) else show(value)


def problem_lines(problems: Sequence[Problem]) -> str:
    """What is wrong, a line each, behind the last part of its key."""
    return "\n".join(
        ": ".join(part for part in (one.key.rpartition(".")[2], one.message) if part) for one in problems
    )


def hold(name: str, step: float) -> Quantity:
    return Quantity("hold_s", name, step, 1, LONGEST_S)


def tempo(key: str, name: str) -> Quantity:
    return Quantity(key, name, 0.5, SHORTEST_TEMPO_S, LONGEST_S)


def quantities(form: Form, dose: Dose) -> Iterator[Quantity]:
    """The numbers of a routine's line that this dose has, in the order of doing."""
    yield SETS
    if dose.reps is None:
        yield hold(next((phase.label for phase in form.phases), "Hold"), 5)
    else:
        yield REPS
        keys = {kind: key for key, kind in TIMED_PHASES.items()}
        for phase in form.phases:
            key = keys[phase.kind]
            yield hold(phase.label, 1) if key == "hold_s" else tempo(key, phase.label)
    yield REST


def routine_table(routine: Routine, title: str) -> Row:
    """A routine as the table of a file; whose it is and its place in the list are left out."""
    table: Row = {"title": title}
    if routine.purpose:
        table["purpose"] = routine.purpose
    table["exercises"] = [item_row(item) for item in routine.items]
    return table


def item_row(item: RoutineItem) -> Row:
    """One line of a routine, with only what it says itself."""
    row = {"id": item.exercise}
    names = [name for name in RoutineItem.__struct_fields__ if name != "exercise"]
    return row | {name: value for name in names if (value := getattr(item, name)) is not None}


def effective(row: Mapping[str, Any], catalogue: Catalogue) -> Mapping[str, Any]:
    """What a line asks for in the end, its dose's numbers filled in. Raises KeyError for unknown names."""
    item = RoutineItem(exercise=row["id"], dose=row.get("dose"))
    asked = prescribe(item, catalogue)
    found = {
        key: getattr(asked, key)
        for key in ("sets", "reps", "hold_s", "concentric_s", "eccentric_s", "rest_s")
    }
    return found | {key: value for key, value in row.items() if key in found}


def item_seconds(plan: Plan) -> dict[int, float]:
    """Seconds of each line of a compiled routine, with the countdowns and rests that lead to it."""
    seconds: dict[int, float] = {}
    for step in plan.steps:
        if step.half is not None and step.seconds is not None:
            item = plan.halves[step.half].item
            seconds[item] = seconds.get(item, 0.0) + step.seconds
    return seconds


def moved(rows: Sequence[Row], index: int, by: int) -> list[Row]:
    """The rows with one of them moved `by` places, no further than the ends."""
    rest = [row for place, row in enumerate(rows) if place != index]
    target = min(max(index + by, 0), len(rest))
    return [*rest[:target], rows[index], *rest[target:]]


def with_value(row: Mapping[str, Any], key: str, value: object) -> Row:
    """The row with one value more or another; None takes it out."""
    changed = {**row, key: value}
    return {name: inner for name, inner in changed.items() if inner is not None}


def problems_at(problems: Sequence[Problem], path: str) -> tuple[Problem, ...]:
    """What is wrong with the key at `path` and with all below it."""
    below = (f"{path}.", f"{path}[")
    return tuple(one for one in problems if one.key == path or one.key.startswith(below))


def new_id(title: str, taken: Collection[str], spare: str) -> str:
    """An id made of a title that nothing has yet; `spare` where no letter of the title can be in one."""
    base = as_id(title) or spare
    number = 2
    found = base
    while found in taken:
        found = f"{base[:56]}-{number}"
        number += 1
    return found


def read_number(text: str, quantity: Quantity) -> object:
    """What was typed as TOML would have it: a number where it is one, else the text itself."""
    for kind in (int,) if quantity.whole else (int, float):
        try:
            return kind(text.removesuffix("s").strip())
        except ValueError:
            continue
    return text
