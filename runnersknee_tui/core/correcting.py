"""Corrections of what a record says was done, by the runner's own word; the plan is the limit."""

from __future__ import annotations

from msgspec.structs import replace

from runnersknee_tui.core.record import ExerciseRecord, SetRecord


def outcome_of(done: float, asked: float) -> str:
    """The outcome of a set by what was done of what was asked."""
    if done <= 0:
        return "skipped"
    return "done" if done >= asked else "partial"


def amount(entry: ExerciseRecord) -> tuple[float, float]:
    """What was done of an exercise and what was asked: repetitions, or seconds for holds."""
    done = asked = 0.0
    for row in entry.sets:
        done += min(_done(row), _asked(entry, row))
        asked += _asked(entry, row)
    return done, asked


def counts_seconds(entry: ExerciseRecord) -> bool:
    """Whether the sets of this exercise are holds."""
    return entry.target.reps is None


def correct(entry: ExerciseRecord, change: int) -> ExerciseRecord:
    """One repetition or second more (`change` 1: the first set that lacks one) or fewer (-1: from the last set
    that has one). Nothing changes at the limits.
    """
    order = range(len(entry.sets)) if change > 0 else reversed(range(len(entry.sets)))
    for index in order:
        row = entry.sets[index]
        done, asked = _done(row), _asked(entry, row)
        wanted = min(max(done + change, 0), asked)
        if (wanted > done) if change > 0 else (wanted < done):
            return replace_set(entry, index, wanted)
    return entry


def correct_to(entry: ExerciseRecord, wanted: float) -> ExerciseRecord:
    """The entry with `wanted` repetitions or seconds in all, limited to the plan.

    What is more goes to the first sets that lack some, what is less comes off the last ones.
    """
    done, asked = amount(entry)
    change = min(max(wanted, 0), asked) - done
    rows = range(len(entry.sets))
    for index in rows if change > 0 else reversed(rows):
        row = entry.sets[index]
        had = min(_done(row), _asked(entry, row))
        has = min(max(had + change, 0), _asked(entry, row))
        if has != had:
            entry = replace_set(entry, index, has)
            change -= has - had
    return entry


def replace_set(entry: ExerciseRecord, index: int, done: float) -> ExerciseRecord:
    """The entry with set `index` at `done` repetitions or seconds, limited to what was asked."""
    row = entry.sets[index]
    asked = _asked(entry, row)
    done = min(max(done, 0), asked)
    outcome = outcome_of(done, asked)
    if row.reps is None:
        changed = replace(row, held_s=float(done), outcome=outcome)
    else:
        per_rep = entry.target.hold_for(row.side) or 0.0
        changed = replace(row, reps=int(done), held_s=min(row.held_s, done * per_rep), outcome=outcome)
        if done > row.reps:
            changed = replace(changed, held_s=row.held_s)  # nobody measured the hold of a rep added by hand
    return replace(entry, sets=(*entry.sets[:index], changed, *entry.sets[index + 1 :]))


def _done(row: SetRecord) -> float:
    return row.held_s if row.reps is None else row.reps


def _asked(entry: ExerciseRecord, row: SetRecord) -> float:
    asked = entry.target.hold_for(row.side) if row.reps is None else entry.target.reps_for(row.side)
    return asked or 0.0
