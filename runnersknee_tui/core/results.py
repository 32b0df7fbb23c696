"""The table after a session: what was done, the worst pain and the form of each exercise. Nothing is required.

Pure: keys come in with their instant, the entries of the record come out.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from runnersknee_tui.core.answering import SCALE, Answer, Choice, Question, Sheet
from runnersknee_tui.core.correcting import amount, correct, counts_seconds
from runnersknee_tui.core.record import ExerciseRecord, Knees

DONE, FORM = "done", "form"
FORM_CHOICES = (Choice("g", "good", "good"), Choice("s", "shaky", "shaky"), Choice("l", "lost", "lost"))


class Results:
    """Rows are exercises; columns are what was done, the pain of each asked knee, and the form."""

    def __init__(self, entries: Sequence[ExerciseRecord], knees: Sequence[str]) -> None:
        """`knees` are "left" and "right", those that are asked about."""
        self.entries = list(entries)
        self.knees = tuple(knees)
        self.columns = (DONE, *self.knees, FORM)
        self.row = 0
        self.column = 1  # pain is what matters most
        self._sheet: Sheet | None = None

    @property
    def entry(self) -> ExerciseRecord:
        return self.entries[self.row]

    @property
    def question(self) -> Question | None:
        """What the current cell asks; None for the cell of what was done."""
        column = self.columns[self.column]
        if column == DONE:
            return None
        if column == FORM:
            return Question(FORM, f"How was your form, {self.entry.name}?", FORM_CHOICES)
        knee = f" in the {column} knee" if len(self.knees) > 1 else ""
        return Question(column, f"Worst pain{knee}, {self.entry.name}?")

    def value(self, row: int, column: str) -> Answer | None:
        """The answer in a cell of pain or form; None while it is open."""
        entry = self.entries[row]
        if column == FORM:
            return entry.form
        return entry.during.left if column == "left" else entry.during.right

    def done_words(self, row: int) -> str:
        """ "29 of 30" or "84 of 90 s"."""
        entry = self.entries[row]
        done, asked = amount(entry)
        return f"{done:g} of {asked:g}{' s' if counts_seconds(entry) else ''}"

    # --- moving ----------------------------------------------------------------------------------------------

    def go(self, row: int, column: int) -> None:
        """Make a cell the current one."""
        self._sheet = None
        self.row = min(max(row, 0), len(self.entries) - 1)
        self.column = min(max(column, 0), len(self.columns) - 1)

    def move(self, rows: int, columns: int) -> None:
        self.go(self.row + rows, self.column + columns)

    # --- answering -------------------------------------------------------------------------------------------

    def press(self, key: str, now: float) -> bool:
        """A digit, a letter of the form, + or -. Returns whether it meant anything in this cell."""
        question = self.question
        if question is None:
            if key not in ("+", "=", "-"):
                return False
            self.change(-1 if key == "-" else 1)
            return True
        if self._sheet is None:
            self._sheet = Sheet((question,))
        known = self._sheet.press(key, now)
        self._take()
        return known

    def change(self, by: int) -> None:
        """One repetition or second more or fewer in the current exercise."""
        self.entries[self.row] = correct(self.entry, by)

    def settle(self, now: float) -> None:
        """Time has passed: a lone 1 counts as one."""
        if self._sheet is not None:
            self._sheet.settle(now)
            self._take()

    @property
    def waits_for_zero(self) -> bool:
        return self._sheet is not None and self._sheet.waits_for_zero

    def _take(self) -> None:
        """An answer is complete: keep it and go one row down in the same column."""
        if self._sheet is None or not self._sheet.over:
            return
        answer = self._sheet.answer(self.columns[self.column])
        self._sheet = None
        self.give(answer)
        if self.row + 1 < len(self.entries):
            self.row += 1

    def give(self, answer: Answer | None) -> None:
        """Put an answer into the current cell; None opens it again. Raises ValueError for a wrong one."""
        self._sheet = None
        column = self.columns[self.column]
        if column == FORM:
            if answer is not None and answer not in {choice.value for choice in FORM_CHOICES}:
                raise ValueError(f"{answer!r} is no form")
            self.entries[self.row] = replace(self.entry, form=None if answer is None else str(answer))
        elif column != DONE:
            if answer is not None and answer not in SCALE:
                raise ValueError(f"{answer!r} is not on the scale")
            pain = None if answer is None else int(answer)
            during = self.entry.during
            changed = Knees(pain, during.right) if column == "left" else Knees(during.left, pain)
            self.entries[self.row] = replace(self.entry, during=changed)
