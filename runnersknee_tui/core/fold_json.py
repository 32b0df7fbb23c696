"""The fold's state as plain JSON values, for a cache that may be deleted at any time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec.structs import astuple

from runnersknee_tui.core.fold import State
from runnersknee_tui.core.points import Alarm, Point
from runnersknee_tui.core.programme import Key
from runnersknee_tui.core.record import Json, Knees

STATE_VERSION = 1
"""Raised whenever the shape or the meaning of the state changes; an older cache is then made anew."""

_DAYS = ("signs_on", "last_on", "asked_on", "strained_on", "ignored_from")


def state_to_json(state: State) -> Json:
    """The state as JSON values; `state_from_json` reads them back to an equal state."""
    return {
        "version": STATE_VERSION,
        "points": {key.text: [_row(point) for point in points] for key, points in state.points.items()},
        "alarms": {name: [_row(alarm) for alarm in alarms] for name, alarms in state.alarms.items()},
        "tops": {name: list(tops) for name, tops in state.tops.items()},
        "signs": list(state.signs),
        "strain": state.strain,
        **{name: _text(getattr(state, name)) for name in _DAYS},
    }


def state_from_json(plain: Mapping[str, Any]) -> State:
    """Read `state_to_json` back. Raises KeyError, TypeError or ValueError for another shape or version."""
    if plain["version"] != STATE_VERSION:
        raise ValueError(f"state of version {plain['version']!r:.20}")
    days = {name: None if plain[name] is None else date.fromisoformat(plain[name]) for name in _DAYS}
    return State(
        points={_key(text): tuple(map(_point, rows)) for text, rows in plain["points"].items()},
        alarms={
            name: tuple(Alarm(date.fromisoformat(row[0]), *row[1:]) for row in rows)
            for name, rows in plain["alarms"].items()
        },
        tops={name: (int(tops[0]), int(tops[1])) for name, tops in plain["tops"].items()},
        signs=tuple(plain["signs"]),
        strain=int(plain["strain"]),
        **days,
    )


def _row(entry: Point | Alarm) -> list[Any]:
    return [
        _text(value)
        if isinstance(value, date)
        else list(astuple(value))
        if isinstance(value, Knees)
        else value
        for value in astuple(entry)
    ]


def _point(row: list[Any]) -> Point:
    values: dict[str, Any] = dict(zip(Point.__struct_fields__, row, strict=True))
    values["day"] = date.fromisoformat(values["day"])
    for name in ("before", "during", "after"):
        values[name] = Knees(*values[name])
    return Point(**values)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _key(text: str) -> Key:
    exercise, _, dose = text.partition("/")
    return Key(exercise, dose)
