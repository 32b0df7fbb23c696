"""Corrections of a saved session, one answer or one set at a time. Each leaves the rest as it is.

What a spot held before is what takes a correction back, so a set is given back whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec.structs import replace

from runnersknee_tui.core.correcting import replace_set
from runnersknee_tui.core.record import FORMS, RAN, ExerciseRecord, Knees, SessionRecord, SetRecord

BEFORE, NEXT_DAY, RAN_BEFORE, NOTE = "before", "next_day", "ran", "note"
SET, DURING, FORM, STOPPED, SHARP = "set", "during", "form", "stopped", "sharp"
LONGEST_NOTE = 2000
"""Characters of a note."""
_SESSION = (BEFORE, NEXT_DAY, RAN_BEFORE, NOTE)
_CHOICES: dict[str, tuple[Any, ...]] = {
    RAN_BEFORE: (None, *RAN),
    FORM: (None, *FORMS),
    STOPPED: (False, True),
    SHARP: (None, False, True),
}


class Spot(NamedTuple):
    """One thing in a record that can be corrected: which field, of which exercise, set and knee."""

    field: str
    exercise: int = 0
    row: int = 0
    side: str = ""

    @property
    def id(self) -> str:
        """ "set.0.3", "during.1.0.left"."""
        return ".".join(map(str, self)).removesuffix(".")

    @property
    def is_pain(self) -> bool:
        return self.field in (BEFORE, NEXT_DAY, DURING)


def session_spots(knees: tuple[str, ...]) -> Iterator[Spot]:
    """What belongs to the session as a whole."""
    for field in (BEFORE, NEXT_DAY):
        for side in knees:
            yield Spot(field, side=side)
    yield Spot(RAN_BEFORE)
    yield Spot(NOTE)


def exercise_spots(entry: ExerciseRecord, number: int, knees: tuple[str, ...]) -> Iterator[Spot]:
    """What belongs to one exercise. Whether it was ended for pain stands there only where that was said."""
    for row in range(len(entry.sets)):
        yield Spot(SET, number, row)
    for side in knees:
        yield Spot(DURING, number, side=side)
    yield Spot(FORM, number)
    if entry.stopped or entry.sharp is not None:
        yield Spot(STOPPED, number)
        yield Spot(SHARP, number)


def choices(spot: Spot) -> tuple[Any, ...]:
    """The values of a spot that are few; empty for sets and notes."""
    return (None, *range(11)) if spot.is_pain else _CHOICES.get(spot.field, ())


def value_at(record: SessionRecord, spot: Spot) -> Any:
    """What stands there: a number or None, a word, a text, or a whole SetRecord. Raises LookupError."""
    check_in = record.check_in
    match spot.field:
        case "before":
            return _knee(check_in.before, spot.side)
        case "next_day":
            return _knee(check_in.next_day, spot.side)
        case "ran":
            return check_in.ran
        case "note":
            return record.note
    entry = record.exercises[spot.exercise]
    match spot.field:
        case "set":
            return entry.sets[spot.row]
        case "during":
            return _knee(entry.during, spot.side)
        case "form" | "stopped" | "sharp":
            return getattr(entry, spot.field)
    raise LookupError(spot.field)


def put(record: SessionRecord, spot: Spot, value: Any) -> SessionRecord:
    """The record with another value there; the store that writes it raises `rev`.

    A set takes a number, repetitions or seconds up to what was asked, or a whole SetRecord. Raises LookupError
    where the record has no such spot, ValueError for a value that cannot stand there.
    """
    allowed = choices(spot)
    if allowed and (value not in allowed or (isinstance(value, bool) and spot.is_pain)):
        raise ValueError(f"{spot.field}: {value!r} is no answer")
    check_in = record.check_in
    match spot.field:
        case "before":
            return replace(record, check_in=replace(check_in, before=_with(check_in.before, spot, value)))
        case "next_day":
            return replace(record, check_in=replace(check_in, next_day=_with(check_in.next_day, spot, value)))
        case "ran":
            return replace(record, check_in=replace(check_in, ran=value))
        case "note":
            if not isinstance(value, str) or len(value) > LONGEST_NOTE:
                raise ValueError(f"a note is a text of up to {LONGEST_NOTE} characters")
            return replace(record, note=value)
    entry = _put(record.exercises[spot.exercise], spot, value)
    entries = (*record.exercises[: spot.exercise], entry, *record.exercises[spot.exercise + 1 :])
    return replace(record, exercises=entries)


def _put(entry: ExerciseRecord, spot: Spot, value: Any) -> ExerciseRecord:
    match spot.field:
        case "set" if isinstance(value, SetRecord):
            rows = list(entry.sets)
            rows[spot.row] = value
            return replace(entry, sets=tuple(rows))
        case "set":
            return replace_set(entry, spot.row, value)
        case "during":
            return replace(entry, during=_with(entry.during, spot, value))
        case "form":
            return replace(entry, form=value)
        case "stopped":
            return replace(entry, stopped=value)
        case "sharp":
            return replace(entry, sharp=value)
    raise LookupError(spot.field)


def _knee(knees: Knees, side: str) -> int | None:
    if side not in ("left", "right"):
        raise LookupError(side)
    return knees.left if side == "left" else knees.right


def _with(knees: Knees, spot: Spot, pain: int | None) -> Knees:
    if spot.side not in ("left", "right"):
        raise LookupError(spot.side)
    return Knees(pain, knees.right) if spot.side == "left" else Knees(knees.left, pain)
