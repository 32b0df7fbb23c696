"""What can be corrected of a session, as lines to go through: names, values, and what a step leads to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from textual.content import Content
from textual.widgets.option_list import Option

from runnersknee_tui.core.correcting import counts_seconds
from runnersknee_tui.core.editing import Spot, choices, exercise_spots, session_spots, value_at
from runnersknee_tui.core.record import ExerciseRecord, SessionRecord, SetRecord
from runnersknee_tui.tui.widgets.fields import Field
from runnersknee_tui.tui.widgets.record_words import OPEN
from runnersknee_tui.tui.widgets.rows import heading
from runnersknee_tui.tui.words import MUTED, plain

NAMES = {
    "before": "Knee before",
    "next_day": "Next morning",
    "ran": "Ran before that",
    "note": "Note",
    "during": "Pain",
    "form": "Form",
    "stopped": "Ended for pain",
    "sharp": "Sharp or rising",
}
HOLD_STEP_S = 5
"""Seconds that a step adds to a hold."""


def knees_of(record: SessionRecord, asked: tuple[str, ...]) -> tuple[str, ...]:
    """The knees to offer: those that are asked about, and any that has an answer in this record."""
    answers = [record.check_in.before, record.check_in.next_day, *(one.during for one in record.exercises)]
    return tuple(
        side
        for side in ("left", "right")
        if side in asked or any(getattr(knees, side) is not None for knees in answers)
    )


def lines(record: SessionRecord, knees: tuple[str, ...]) -> Iterator[Field | Option]:
    """Everything that can be corrected, exercise by exercise."""
    for spot in session_spots(knees):
        yield _line(record, spot, knees)
    for number, entry in enumerate(record.exercises):
        yield heading("")
        yield heading(entry.name)
        for spot in exercise_spots(entry, number, knees):
            yield _line(record, spot, knees)


def spot_named(record: SessionRecord, knees: tuple[str, ...], id_: str | None) -> Spot | None:
    """The spot of a line."""
    found = [*session_spots(knees)]
    for number, entry in enumerate(record.exercises):
        found += exercise_spots(entry, number, knees)
    return next((spot for spot in found if spot.id == id_), None)


def name_of(record: SessionRecord, spot: Spot, knees: tuple[str, ...]) -> str:
    """What the line is called: "set 2, left", "Next morning, left"."""
    if spot.field == "set":
        entry = record.exercises[spot.exercise]
        side = entry.sets[spot.row].side
        number = Counter(row.side for row in entry.sets[: spot.row + 1])[side]
        return f"Set {number}, {side}" if side else f"Set {number}"
    side = f", {spot.side}" if spot.side and (spot.field != "during" or len(knees) > 1) else ""
    return f"{NAMES[spot.field]}{side}"


def _line(record: SessionRecord, spot: Spot, knees: tuple[str, ...]) -> Field:
    value = value_at(record, spot)
    shown = words(value)
    if isinstance(value, SetRecord) and (asked := asked_for(record.exercises[spot.exercise], value)):
        shown = Content("").join((shown, plain(f" of {asked:g}", MUTED)))
    return Field(spot.id, name_of(record, spot, knees), shown, steps=spot.field != "note")


def words(value: Any) -> Content:
    """A value as it is told; an open answer is called open."""
    if isinstance(value, SetRecord):
        if value.outcome == "skipped":
            return plain("skipped", MUTED)
        return plain(f"{value.held_s:.0f} s" if value.reps is None else f"{value.reps}")
    if value is None:
        return plain(OPEN, MUTED)
    if isinstance(value, bool):
        return plain("yes" if value else "no")
    if value == "":
        return plain("none", MUTED)
    return plain(str(value).replace("\n", " "))


def asked_for(entry: ExerciseRecord, row: SetRecord) -> float:
    """Repetitions or seconds that a set asked for."""
    target = entry.target
    return (target.hold_for(row.side) if row.reps is None else target.reps_for(row.side)) or 0.0


def stepped(record: SessionRecord, spot: Spot, by: int) -> Any:
    """The value one step on; None as an answer is one of them."""
    value = value_at(record, spot)
    if isinstance(value, SetRecord):
        entry = record.exercises[spot.exercise]
        done = value.held_s if value.reps is None else value.reps
        step = HOLD_STEP_S if counts_seconds(entry) else 1
        return min(max(done + by * step, 0), asked_for(entry, value))
    few = choices(spot)
    return few[min(max(few.index(value) + by, 0), len(few) - 1)] if few else value
