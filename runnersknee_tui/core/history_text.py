"""Sessions as rows: for a spreadsheet one row a set, for a reader one line a session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from runnersknee_tui.core.fit import minutes_words
from runnersknee_tui.core.record import ExerciseRecord, Knees, SessionRecord, SetRecord
from runnersknee_tui.core.words import clean, cut

CSV_HEAD = (
    "session", "date", "started_at", "ended_at", "routine", "title", "status", "end_reason", "source",
    "rehearsal", "active_s", "paused_s", "before_left", "before_right", "next_day_left", "next_day_right",
    "exercise", "name", "dose", "ladder_step", "row", "side", "reps", "held_s", "outcome", "target_reps",
    "target_hold_s", "during_left", "during_right", "sharp", "stopped", "form", "note",
)  # fmt: skip
"""Columns of the CSV. An open answer is an empty cell, never a zero."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> object:
    """A value as a spreadsheet may have it: a text that it would take for a formula is shown by an apostrophe.

    Controls become visible signs; line ends stay.
    """
    if isinstance(value, str):
        text = f"'{value}" if value.startswith(_FORMULA) else value
        return clean(text, lines=True)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def csv_rows(records: Iterable[SessionRecord]) -> Iterator[tuple[object, ...]]:
    """One row for each set of each side; a session without exercises has one row all the same."""
    for record in records:
        before, after = record.check_in.before, record.check_in.next_day
        session = (
            record.id, record.local_date.isoformat(), record.started_at.isoformat(), record.ended_at.isoformat(),
            record.routine_id, record.routine_title, record.status, record.end_reason, record.source,
            record.rehearsal, record.active_s, record.paused_s,
            before.left, before.right, after.left, after.right,
        )  # fmt: skip
        rows = [
            _set_cells(entry, number, done)
            for entry in record.exercises
            for number, done in enumerate(entry.sets, 1)
        ]
        for cells in rows or [_NO_SET]:
            yield tuple(cell(value) for value in (*session, *cells, record.note))


def _set_cells(entry: ExerciseRecord, number: int, done: SetRecord) -> tuple[object, ...]:
    return (
        entry.id, entry.name, entry.dose, entry.ladder_step, number,
        done.side, done.reps, done.held_s, done.outcome,
        entry.target.reps_for(done.side), entry.target.hold_for(done.side),
        entry.during.left, entry.during.right, entry.sharp, entry.stopped, entry.form,
    )  # fmt: skip


_NO_SET = (None,) * (CSV_HEAD.index("note") - CSV_HEAD.index("exercise"))


# --- for a reader --------------------------------------------------------------------------------------------


def session_line(record: SessionRecord) -> str:
    """One session on one line: date, time, routine, minutes, how it ended, sets done and pain."""
    parts = [
        f"{record.started_at:%Y-%m-%d %H:%M}",
        cut(record.routine_title, 24).ljust(24),
        length_words(record.active_s).rjust(7),
        ending_words(record),
        sets_words(record),
        pain_words(record),
    ]
    return "  ".join(part for part in parts if part.strip() or part == parts[2]).rstrip()


def length_words(seconds: float) -> str:
    """ "18½ min", "45 s" below a minute, and nothing where nobody measured."""
    if seconds < 60:
        return f"{seconds:.0f} s" if seconds else ""
    return minutes_words(seconds)


def ending_words(record: SessionRecord) -> str:
    """ "completed", "ended early", "ended for pain"; a rehearsal says so."""
    words = {
        "finished": "completed",
        "quit": "ended early",
        "pain": "ended for pain",
        "recovered": "cut short",
        "check-in": "not begun",
    }[record.end_reason]
    if record.source == "log":
        words = "logged"
    return f"{words} (rehearsal)" if record.rehearsal else words


def sets_words(record: SessionRecord) -> str:
    """ "14 of 16 sets"; empty where the record has none."""
    outcomes = [done.outcome for entry in record.exercises for done in entry.sets]
    return f"{outcomes.count('done')} of {len(outcomes)} sets" if outcomes else ""


def pain_words(record: SessionRecord) -> str:
    """ "pain 2" for the worst of the answers of the session; empty where nothing was answered."""
    knees: list[Knees] = [record.check_in.before, *(entry.during for entry in record.exercises)]
    answers = [knee.worse for knee in knees if knee.worse is not None]
    return f"pain {max(answers)}" if answers else ""


def summary_lines(record: SessionRecord) -> list[str]:
    """What was done, one line an exercise."""
    return [f"{clean(entry.name)}: {exercise_words(entry)}" for entry in record.exercises]


def exercise_words(entry: ExerciseRecord) -> str:
    """ "40 of 40 repetitions", "85 of 90 s held" or "skipped"."""
    if all(done.outcome == "skipped" for done in entry.sets):
        return "skipped"
    if entry.target.reps is None:
        planned = sum(entry.target.hold_for(done.side) or 0.0 for done in entry.sets)
        return f"{sum(done.held_s for done in entry.sets):.0f} of {planned:.0f} s held"
    asked = sum(entry.target.reps_for(done.side) or 0 for done in entry.sets)
    return f"{sum(done.reps or 0 for done in entry.sets)} of {asked} repetitions"
