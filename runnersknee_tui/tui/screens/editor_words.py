"""What the routine editor shows: the draft's lines, the numbers of one of them, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from textual.content import Content
from textual.widgets.option_list import Option

from runnersknee_tui.core.model import Catalogue, Dose, Exercise, Sides
from runnersknee_tui.core.problem import Problem
from runnersknee_tui.core.routine_text import item_words
from runnersknee_tui.core.timeline import Plan
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.drafting import (
    Quantity,
    Row,
    effective,
    item_seconds,
    problem_lines,
    problems_at,
    quantities,
    text_of,
)
from runnersknee_tui.tui.widgets.fields import Field
from runnersknee_tui.tui.widgets.rows import Row as Line
from runnersknee_tui.tui.widgets.rows import heading
from runnersknee_tui.tui.words import MUTED, joined, plain

HEAD, ADD = "head", "add"
"""Ids of the lines before and after the exercises, whose ids are their places."""
WORDS = {"title": "Title", "purpose": "Purpose"}
_CROSS = "\N{MULTIPLICATION SIGN}"


class Sheet(Struct, frozen=True):
    """A routine's table with everything that is known about it. `plan` is None while something is wrong."""

    table: Row
    problems: tuple[Problem, ...]
    catalogue: Catalogue
    plan: Plan | None

    @property
    def rows(self) -> list[Row]:
        """The lines of the routine; what cannot be one is left out of sight, and said as a problem."""
        rows = self.table.get("exercises")
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def exercise(self, row: Row) -> Exercise | None:
        id_ = row.get("id")
        return self.catalogue.exercises.get(id_) if isinstance(id_, str) else None

    def dose(self, row: Row) -> Dose | None:
        exercise = self.exercise(row)
        if exercise is None:
            return None
        wanted = row.get("dose", exercise.doses[0].id)
        return next((dose for dose in exercise.doses if dose.id == wanted), None)

    def quantities(self, row: Row) -> tuple[Quantity, ...]:
        """The numbers that a line may say; none where its exercise or dose is unknown."""
        exercise, dose = self.exercise(row), self.dose(row)
        if exercise is None or dose is None:
            return ()
        return tuple(quantities(exercise.step(dose.step).form, dose))

    def wrong_with(self, index: int | None, key: str = "") -> tuple[Problem, ...]:
        """What is wrong with a line or one of its keys; with None, with the routine itself."""
        if index is not None:
            return problems_at(self.problems, ".".join(filter(None, (f"exercises[{index + 1}]", key))))
        if key:
            return problems_at(self.problems, key)
        return tuple(one for one in self.problems if not one.key.startswith("exercises["))

    # --- the list ----------------------------------------------------------------------------------------------

    def lines(self) -> Iterator[Option]:
        """One for the routine itself, one for each exercise, and one to add another."""
        wrong = any(self.wrong_with(None, key) for key in WORDS)
        yield Option(Line(plain("Title and purpose", "$text-error" if wrong else "")), id=HEAD)
        yield heading("")
        seconds = item_seconds(self.plan) if self.plan is not None else {}
        for index, row in enumerate(self.rows):
            exercise = self.exercise(row)
            style = "$text-error" if self.wrong_with(index) else ""
            name = exercise.name if exercise is not None else text_of(row.get("id"))
            left = joined((f"{index + 1} ", MUTED), (name, style))
            yield Option(Line(left, self._right(index, seconds)), id=str(index))
        yield Option(Line(plain("+ add an exercise", "$primary")), id=ADD)

    def _right(self, index: int, seconds: dict[int, float]) -> Content:
        """Sets and repetitions in short, and how long they take."""
        if self.plan is None:
            return plain(_CROSS if self.wrong_with(index) else "", "$text-error")
        numbers = item_words(self.plan.items[index])
        short = numbers.partition(",")[0].partition(":")[0].removesuffix(" each side")
        return joined((short, MUTED), f"  {phrases.clock(seconds.get(index, 0.0))}")

    # --- the numbers of the marked line ------------------------------------------------------------------------

    def head_fields(self) -> Iterator[Field]:
        for key, name in WORDS.items():
            words = text_of(self.table.get(key, ""))
            style = "$text-error" if self.wrong_with(None, key) else "" if words else MUTED
            yield Field(key, name, plain(words or "not said", style), steps=False)

    def item_fields(self, index: int) -> Iterator[Field]:
        row = self.rows[index]
        exercise, dose = self.exercise(row), self.dose(row)
        name = exercise.name if exercise is not None else text_of(row.get("id"))
        yield Field("id", "Exercise", plain(name, self._style(index, "id")), steps=False)
        if exercise is None:
            return
        words = dose.id if dose is not None else text_of(row.get("dose"))
        yield self._field(index, "dose", "Dose", words, steps=len(exercise.doses) > 1)
        if dose is None:
            return
        values = effective(row, self.catalogue)
        for quantity in self.quantities(row):
            value = values[quantity.key]
            yield self._field(
                index, quantity.key, quantity.name, "none" if value is None else quantity.words(value)
            )
        if exercise.step(dose.step).form.sides is Sides.EACH:
            yield self._field(index, "sides", "Sides", text_of(row.get("sides", "both")))

    def _field(self, index: int, key: str, name: str, words: str, *, steps: bool = True) -> Field:
        if self.wrong_with(index, key):
            note = plain(f"{_CROSS} see below", "$text-error")
        else:
            origin = "yours" if key in self.rows[index] else "default" if key in ("dose", "sides") else "dose"
            note = plain(origin, MUTED)
        return Field(key, name, plain(words, self._style(index, key)), note, steps)

    def _style(self, index: int, key: str) -> str:
        if self.wrong_with(index, key):
            return "bold $text-error"
        return "bold $primary" if key != "id" and key in self.rows[index] else ""

    # --- below them --------------------------------------------------------------------------------------------

    def about(self, mark: str | None, file: str) -> Content:
        """What is wrong with the marked line; else a word about it. `file` is where the routine is kept."""
        index = int(mark) if mark is not None and mark.isdigit() else None
        problems = self.wrong_with(index) if index is not None or mark == HEAD else ()
        if problems:
            return plain(problem_lines(problems), "$text-error")
        if mark == HEAD:
            purpose = self.table.get("purpose")
            words = f"{purpose}\n\n" if isinstance(purpose, str) else ""
            return joined(words, (f"Kept in {file}.", MUTED))
        if index is None:
            return plain("Enter lists the exercises to choose from.", MUTED)
        return plain("d brings a number back to the one of its dose.", MUTED)
