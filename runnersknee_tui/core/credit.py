"""What has been done of each half. Going back never credits twice: the better attempt counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from runnersknee_tui.core.model import Side
from runnersknee_tui.core.record import ExerciseRecord, Knees, SetRecord, Target
from runnersknee_tui.core.timeline import Half, Item, Plan

Row = tuple[int, Side | None]
"""Index of a half, and one of the sides it keeps a row of."""


class Attempt(Struct):
    """Whole repetitions and isometric seconds of one row."""

    reps: int = 0
    held_s: float = 0.0

    def better(self, other: Attempt) -> Attempt:
        return max(self, other, key=lambda attempt: (attempt.reps, attempt.held_s))


class Answers(Struct):
    """What was said of one exercise: None is an open answer."""

    during: Knees = field(default_factory=Knees)
    sharp: bool | None = None
    stopped: bool = False
    form: str | None = None


class Credit(Struct):
    """The rows of a running session."""

    best: dict[Row, Attempt] = field(default_factory=dict)
    now: dict[Row, Attempt] = field(default_factory=dict)
    answers: dict[int, Answers] = field(default_factory=dict)  # by index of the item

    def begin(self, half: Half) -> None:
        """A half starts, or starts again; what was done in it before stays as its best."""
        self.settle(half)

    def settle(self, half: Half) -> None:
        for side in half.rows:
            row = (half.index, side)
            if row in self.now:
                self.best[row] = self.done(row)
                del self.now[row]

    def settle_all(self) -> None:
        """Every attempt that is still open counts as it stands."""
        for row in list(self.now):
            self.best[row] = self.done(row)
        self.now.clear()

    def make_room(self, item: int, half: int, added: int) -> None:
        """An exercise was put in at index `item`, its halves from `half` on: move what stands behind it."""
        self.settle_all()
        self.best = {
            (index + added if index >= half else index, side): done
            for (index, side), done in self.best.items()
        }
        self.answers = {number + (number >= item): said for number, said in self.answers.items()}

    def answer_hurt(self, item: int, *, sharp: bool | None, during: Knees) -> None:
        """Keep the answers of "it hurts"; of two answers for one exercise the worse stays."""
        said = self.reply(item)
        if sharp is not None:
            said.sharp = said.sharp or sharp
        said.during = Knees(
            Knees(said.during.left, during.left).worse, Knees(said.during.right, during.right).worse
        )

    def rep(self, half: Half, side: Side | None) -> None:
        """A whole repetition was finished; never more than planned."""
        attempt = self._attempt((half.index, side if side in half.rows else half.side))
        attempt.reps = min(attempt.reps + 1, half.reps or 0)

    def hold(self, half: Half, side: Side | None, seconds: float) -> None:
        """Isometric seconds that were really held."""
        self._attempt((half.index, side if side in half.rows else half.side)).held_s += seconds

    def correct(self, half: Half, change: int) -> None:
        """One repetition more or fewer, or one second of a hold, by the runner's own word; within the plan."""
        for side in half.rows:
            row = (half.index, side)
            done = self.done(row)
            if half.reps is None:
                done.held_s = min(max(done.held_s + change, 0.0), half.hold_s or 0.0)
            else:
                done.reps = min(max(done.reps + change, 0), half.reps)
            self.best[row], self.now[row] = done, Attempt(done.reps, done.held_s)

    def done(self, row: Row) -> Attempt:
        """The better of the attempts at a row; zero where there was none."""
        best = self.best.get(row, Attempt()).better(self.now.get(row, Attempt()))
        return Attempt(best.reps, best.held_s)

    def reply(self, item: int) -> Answers:
        """The answers about an exercise, to read or to fill in."""
        return self.answers.setdefault(item, Answers())

    def _attempt(self, row: Row) -> Attempt:
        return self.now.setdefault(row, Attempt())


def set_record(half: Half, side: Side | None, credit: Credit) -> SetRecord:
    """One row as the record keeps it. Skipped is skipped: never done, never zero repetitions "done"."""
    done = credit.done((half.index, side))
    held_s = round(done.held_s, 1)
    if half.reps is None:
        share = held_s
        whole = done.held_s >= (half.hold_s or 0.0) - 1e-6
        reps = None
    else:
        share = done.reps + held_s
        whole = done.reps >= half.reps
        reps = done.reps
    outcome = "done" if whole else "partial" if share else "skipped"
    return SetRecord(None if side is None else side.value, reps, held_s, outcome)


def exercise_records(plan: Plan, credit: Credit) -> tuple[ExerciseRecord, ...]:
    """What was done of a plan, one entry an item, rows in the order they were worked."""
    return tuple(_exercise(number, item, plan.halves, credit) for number, item in enumerate(plan.items))


def _exercise(number: int, item: Item, halves: Sequence[Half], credit: Credit) -> ExerciseRecord:
    asked = item.prescription
    answers = credit.answers.get(number, Answers())
    return ExerciseRecord(
        id=item.exercise.id,
        name=item.name,
        dose=asked.dose,
        ladder_step=asked.ladder_step,
        override=asked.override,
        target=Target(asked.sets, asked.reps, asked.hold_s),
        sets=tuple(
            set_record(half, side, credit) for half in halves if half.item == number for side in half.rows
        ),
        during=answers.during,
        sharp=answers.sharp,
        stopped=answers.stopped,
        form=answers.form,
    )


# --- checkpoint ----------------------------------------------------------------------------------------------


def credit_json(credit: Credit) -> dict[str, Any]:
    """Plain JSON values of a credit. The attempt under way is kept apart: a session goes on with it."""
    return {
        "best": _rows_json(credit.best),
        "now": _rows_json(credit.now),
        "answers": [
            [item, said.during.left, said.during.right, said.sharp, said.stopped, said.form]
            for item, said in sorted(credit.answers.items())
        ],
    }


def _rows_json(rows: Mapping[Row, Attempt]) -> list[list[Any]]:
    return [
        [half, side and side.value, done.reps, done.held_s]
        for (half, side), done in sorted(rows.items(), key=lambda row: (row[0][0], row[0][1] or ""))
    ]


def credit_from_json(plain: Mapping[str, Any]) -> Credit:
    """Read `credit_json` back. Raises KeyError, TypeError or ValueError for another shape."""
    credit = Credit(best=_rows_from_json(plain["best"]), now=_rows_from_json(plain["now"]))
    for item, left, right, sharp, stopped, form in plain["answers"]:
        credit.answers[int(item)] = Answers(Knees(left, right), sharp, bool(stopped), form)
    return credit


def _rows_from_json(rows: Any) -> dict[Row, Attempt]:
    return {
        (int(half), Side(side) if side else None): Attempt(int(reps), float(held_s))
        for half, side, reps, held_s in rows
    }
