"""A session's record as JSON, in and out, as files and programs have it; every wrong value is named with its key."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from runnersknee_tui.core.record import (
    END_REASONS,
    FORMS,
    OUTCOMES,
    OVERRIDES,
    RAN,
    SCHEMA,
    SIDES,
    SOURCES,
    STATUSES,
    CheckIn,
    ExerciseRecord,
    Json,
    Knees,
    RecordError,
    SessionRecord,
    SetRecord,
    Target,
)

T = TypeVar("T")

# --- to JSON -------------------------------------------------------------------------------------------------


def _knees(knees: Knees) -> Json:
    return {"left": knees.left, "right": knees.right}


def _set(done: SetRecord) -> Json:
    return {
        **done.extra,
        "side": done.side,
        "reps": done.reps,
        "held_s": done.held_s,
        "outcome": done.outcome,
    }


def _exercise(entry: ExerciseRecord) -> Json:
    target = entry.target
    return {
        **entry.extra,
        "id": entry.id,
        "name": entry.name,
        "dose": entry.dose,
        "ladder_step": entry.ladder_step,
        "override": entry.override,
        "target": {
            "sets": target.sets,
            "reps": dict(target.reps) if isinstance(target.reps, Mapping) else target.reps,
            "hold_s": dict(target.hold_s) if isinstance(target.hold_s, Mapping) else target.hold_s,
        },
        "sets": [_set(done) for done in entry.sets],
        "during": _knees(entry.during),
        "sharp": entry.sharp,
        "stopped": entry.stopped,
        "form": entry.form,
    }


def to_json(record: SessionRecord) -> Json:
    """The record as plain JSON values, in the contract's order of keys, with its checksum last."""
    check_in = record.check_in
    signs = check_in.warning_signs
    plain: Json = {
        "schema": record.schema,
        "id": record.id,
        "rev": record.rev,
        "app": record.app,
        "rehearsal": record.rehearsal,
        "status": record.status,
        "end_reason": record.end_reason,
        "confirmed": record.confirmed,
        "source": record.source,
        "routine": {"id": record.routine_id, "title": record.routine_title},
        "started_at": record.started_at.isoformat(),
        "ended_at": record.ended_at.isoformat(),
        "tz": record.tz,
        "local_date": record.local_date.isoformat(),
        "active_s": record.active_s,
        "paused_s": record.paused_s,
        "clock_jump_s": record.clock_jump_s,
        "check_in": {
            **check_in.extra,
            "before": _knees(check_in.before),
            "next_day": _knees(check_in.next_day),
            "ran": check_in.ran,
            "warning_signs": None if signs is None else list(signs),
        },
        "exercises": [_exercise(entry) for entry in record.exercises],
        "note": record.note,
        **record.extra,
    }
    plain["crc32"] = checksum(plain)
    return plain


def checksum(plain: Mapping[str, Any]) -> str:
    """8 hex digits of CRC-32 over the record without `crc32`, as JSON with sorted keys and no spaces, UTF-8.

    Raises ValueError for text that is not Unicode or numbers that JSON does not have.
    """
    body = {key: value for key, value in plain.items() if key != "crc32"}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return f"{zlib.crc32(text.encode('utf-8')):08x}"


# --- from JSON -----------------------------------------------------------------------------------------------


def _fail(where: str, expected: str, found: object) -> RecordError:
    return RecordError(f"{where}: expected {expected}, found {found!r:.60}")


def _take(plain: Json, key: str, kind: type[T], where: str) -> T:
    if key not in plain:
        raise RecordError(f"{where}{key}: missing")
    value = plain[key]
    if kind is float and type(value) is int and abs(value) < 2**53:
        value = float(value)
    if type(value) is not kind or (isinstance(value, float) and not math.isfinite(value)):
        raise _fail(where + key, kind.__name__, value)
    return value


def _optional(plain: Json, key: str, kind: type[T], where: str) -> T | None:
    return None if plain.get(key) is None else _take(plain, key, kind, where)


def _word(plain: Json, key: str, words: tuple[str, ...], where: str) -> str:
    value = _take(plain, key, str, where)
    if value not in words:
        raise _fail(where + key, "one of " + ", ".join(words), value)
    return value


def _optional_word(plain: Json, key: str, words: tuple[str, ...], where: str) -> str | None:
    return None if plain.get(key) is None else _word(plain, key, words, where)


def _pain(plain: Json, key: str, where: str) -> Knees:
    both = _optional(plain, key, dict, where) or {}
    answers: list[int | None] = []
    for side in SIDES:
        value = _optional(both, side, int, f"{where}{key}.")
        if value is not None and not 0 <= value <= 10:
            raise _fail(f"{where}{key}.{side}", "0 to 10 or null", value)
        answers.append(value)
    return Knees(*answers)


def _count(plain: Json, key: str, where: str) -> int:
    value = _take(plain, key, int, where)
    if value < 0:
        raise _fail(where + key, "0 or more", value)
    return value


def _seconds(plain: Json, key: str, where: str) -> float:
    value = _take(plain, key, float, where)
    if value < 0:
        raise _fail(where + key, "0 or more seconds", value)
    return value


def _per_side(
    plain: Json, key: str, read: Callable[[Json, str, str], Any], where: str
) -> int | float | Mapping[str, Any] | None:
    value = plain.get(key)
    if value is None:
        return None
    if isinstance(value, dict):
        return {side: read(value, side, f"{where}{key}.") for side in value if side in SIDES}
    return read(plain, key, where)  # type: ignore[no-any-return]


def _instant(plain: Json, key: str) -> datetime:
    text = _take(plain, key, str, "")
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise _fail(key, "a date and time with offset", text) from None
    if instant.tzinfo is None:
        raise _fail(key, "a time with its offset", text)
    return instant


def _read_set(plain: Json, where: str) -> SetRecord:
    reps = None if plain.get("reps") is None else _count(plain, "reps", where)
    return SetRecord(
        side=_optional_word(plain, "side", SIDES, where),
        reps=reps,
        held_s=_seconds(plain, "held_s", where),
        outcome=_word(plain, "outcome", OUTCOMES, where),
        extra=_unknown(plain, _SET_KEYS),
    )


def _read_exercise(plain: Json, where: str) -> ExerciseRecord:
    target = _take(plain, "target", dict, where)
    sets = _take(plain, "sets", list, where)
    return ExerciseRecord(
        id=_take(plain, "id", str, where),
        name=_take(plain, "name", str, where),
        dose=_take(plain, "dose", str, where),
        ladder_step=_optional(plain, "ladder_step", str, where),
        override=_optional_word(plain, "override", OVERRIDES, where),
        target=Target(
            sets=_count(target, "sets", f"{where}target."),
            reps=_per_side(target, "reps", _count, f"{where}target."),  # type: ignore[arg-type]
            hold_s=_per_side(target, "hold_s", _seconds, f"{where}target."),
        ),
        sets=tuple(
            _read_set(_table(done, f"{where}sets[{n}]"), f"{where}sets[{n}].") for n, done in enumerate(sets)
        ),
        during=_pain(plain, "during", where),
        sharp=_optional(plain, "sharp", bool, where),
        stopped=_take(plain, "stopped", bool, where),
        form=_optional_word(plain, "form", FORMS, where),
        extra=_unknown(plain, _EXERCISE_KEYS),
    )


def _read_check_in(plain: Json) -> CheckIn:
    signs = _optional(plain, "warning_signs", list, "check_in.")
    if signs is not None and not all(isinstance(sign, str) for sign in signs):
        raise _fail("check_in.warning_signs", "a list of ids", signs)
    return CheckIn(
        before=_pain(plain, "before", "check_in."),
        next_day=_pain(plain, "next_day", "check_in."),
        ran=_optional_word(plain, "ran", RAN, "check_in."),
        warning_signs=None if signs is None else tuple(signs),
        extra=_unknown(plain, _CHECK_IN_KEYS),
    )


def _table(value: object, where: str) -> Json:
    if not isinstance(value, dict):
        raise _fail(where, "an object", value)
    return value


def _unknown(plain: Json, known: frozenset[str]) -> Json:
    return {key: value for key, value in plain.items() if key not in known} if plain.keys() - known else {}


_SET_KEYS = frozenset({"side", "reps", "held_s", "outcome"})
_EXERCISE_KEYS = frozenset(
    {"id", "name", "dose", "ladder_step", "override", "target", "sets", "during", "sharp", "stopped", "form"}
)
_CHECK_IN_KEYS = frozenset({"before", "next_day", "ran", "warning_signs"})
_SESSION_KEYS = frozenset(
    {
        "schema", "id", "rev", "app", "rehearsal", "status", "end_reason", "confirmed", "source", "routine",
        "started_at", "ended_at", "tz", "local_date", "active_s", "paused_s", "clock_jump_s", "check_in",
        "exercises", "note", "crc32",
    }
)  # fmt: skip


def from_json(value: object) -> SessionRecord:
    """A record from parsed JSON. Raises RecordError for a wrong shape, wrong type or newer schema."""
    plain = _table(value, "record")
    schema = _take(plain, "schema", int, "")
    if schema != SCHEMA:
        raise RecordError(f"schema: written by a newer version (schema {schema}, this one reads {SCHEMA})")
    routine = _table(plain.get("routine"), "routine")
    entries = _take(plain, "exercises", list, "")
    day = _take(plain, "local_date", str, "")
    try:
        local_date = date.fromisoformat(day)
    except ValueError:
        raise _fail("local_date", "a date such as 2026-03-29", day) from None
    return SessionRecord(
        schema=schema,
        id=_take(plain, "id", str, ""),
        rev=_count(plain, "rev", ""),
        app=_take(plain, "app", str, ""),
        rehearsal=_take(plain, "rehearsal", bool, ""),
        status=_word(plain, "status", STATUSES, ""),
        end_reason=_word(plain, "end_reason", END_REASONS, ""),
        confirmed=_take(plain, "confirmed", bool, ""),
        source=_word(plain, "source", SOURCES, ""),
        routine_id=_take(routine, "id", str, "routine."),
        routine_title=_take(routine, "title", str, "routine."),
        started_at=_instant(plain, "started_at"),
        ended_at=_instant(plain, "ended_at"),
        tz=_optional(plain, "tz", str, ""),
        local_date=local_date,
        active_s=_seconds(plain, "active_s", ""),
        paused_s=_seconds(plain, "paused_s", ""),
        clock_jump_s=_take(plain, "clock_jump_s", float, ""),
        check_in=_read_check_in(_table(plain.get("check_in"), "check_in")),
        exercises=tuple(
            _read_exercise(_table(entry, f"exercises[{n}]"), f"exercises[{n}].")
            for n, entry in enumerate(entries)
        ),
        note=_take(plain, "note", str, ""),
        extra=_unknown(plain, _SESSION_KEYS),
    )
