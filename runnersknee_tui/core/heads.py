"""Light heads of sessions for statistics: what a calendar, a pain curve and a page about one exercise need.

A head is read from a record's parsed JSON in a fraction of the time that the whole record takes, because ten
thousand of them are read at once. None is "not answered" or "nothing of this was done", never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from runnersknee_tui.core.points import share_done
from runnersknee_tui.core.record import Json, Knees, RecordError


class About(NamedTuple):
    """What kind of session it was. Equal ones are shared by many heads."""

    routine: str
    end_reason: str
    source: str
    rehearsal: bool
    confirmed: bool
    signs: bool  # a warning sign was ticked
    stopped: bool  # an exercise was ended because it hurt


class Head(NamedTuple):
    """One session without its exercises. `during` is per knee the worst of its exercises."""

    id: str
    day: date  # the civil date at the start; never computed again in another zone
    active_s: float
    share: float  # how much of what was planned was done, 0-1, all exercises together
    about: About
    before: Knees
    during: Knees
    next_day: Knees


class Effort(NamedTuple):
    """One exercise of one session. Repetitions and held seconds are sums over the sets of a side.

    `both` is for work of both sides at once. A side without a set that was begun has None. `share` is the part
    of the plan that was done, 0-1, as the rules of progress count it. Rehearsals have no efforts.
    """

    session: str
    day: date
    routine: str
    exercise: str
    dose: str
    step: str | None
    sets: int
    target_reps: int | None  # the lower side's, where the sides differ
    target_hold_s: float | None
    reps_left: int | None
    reps_right: int | None
    reps_both: int | None
    held_left: float | None
    held_right: float | None
    held_both: float | None
    share: float
    pain_left: int | None
    pain_right: int | None
    form: str | None
    stopped: bool
    sharp: bool | None

    @property
    def amount(self) -> float | None:
        """Repetitions done, all sides together; for work that is only held, seconds."""
        parts = (
            (self.held_left, self.held_right, self.held_both)
            if self.target_reps is None
            else (self.reps_left, self.reps_right, self.reps_both)
        )
        known = [part for part in parts if part is not None]
        return sum(known) if known else None

    @property
    def pain(self) -> int | None:
        return worse(self.pain_left, self.pain_right)


_PAIN: Mapping[Any, int | None] = {None: None, **{pain: pain for pain in range(11)}}
KNEES: Mapping[tuple[int | None, int | None], Knees] = {
    (left, right): Knees(left, right) for left in _PAIN.values() for right in _PAIN.values()
}
"""Every possible pair of answers, to be shared."""


def worse(one: int | None, other: int | None) -> int | None:
    """The higher of two answers; None only where both are open."""
    if one is None or other is None:
        return one if other is None else other
    return max(one, other)


def read_head(plain: Json) -> Head:
    """The head of one record's parsed JSON, in which only what is used here is checked.

    Raises RecordError where that is not of the shape of a record.
    """
    try:
        return _head(plain)
    except _WRONG as error:
        raise _no_session(error) from error


def read_efforts(plain: Json) -> list[Effort]:
    """The efforts of one record's parsed JSON; none of a rehearsal. Raises RecordError as `read_head` does."""
    try:
        if plain["rehearsal"]:
            return []
        entries = plain["exercises"]
        known = plain["id"], date.fromisoformat(plain["local_date"]), plain["routine"]["id"]
        last = len(entries) - 1 if plain["status"] == "stopped" else -1
        return [Effort(*known, *_effort(entry, at == last)) for at, entry in enumerate(entries)]
    except _WRONG as error:
        raise _no_session(error) from error


_WRONG = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


def _no_session(error: Exception) -> RecordError:
    return RecordError(f"not the shape of a session ({type(error).__name__}: {error!s:.60})")


def _head(plain: Json) -> Head:
    entries = plain["exercises"]
    last = len(entries) - 1 if plain["status"] == "stopped" else -1
    left = right = None
    planned, done, stopped = 0, 0.0, False
    for at, entry in enumerate(entries):
        during = entry["during"]
        here_left, here_right = _PAIN[during["left"]], _PAIN[during["right"]]
        if here_left is not None and (left is None or here_left > left):
            left = here_left
        if here_right is not None and (right is None or here_right > right):
            right = here_right
        sets = entry["target"]["sets"] or 1
        planned += sets
        done += sets * share_done(entry, stopped_here=at == last)
        stopped = stopped or entry["stopped"] is True
    check_in = plain["check_in"]
    before, after = check_in["before"], check_in["next_day"]
    about = (
        plain["routine"]["id"], plain["end_reason"], plain["source"], plain["rehearsal"], plain["confirmed"],
        bool(check_in["warning_signs"]), stopped,
    )  # fmt: skip
    return Head(
        plain["id"],
        date.fromisoformat(plain["local_date"]),
        plain["active_s"] + 0.0,
        1.0 if done >= planned > 0 else round(done / planned, 4) if planned else 0.0,
        About._make(about),
        KNEES[before["left"], before["right"]],
        KNEES[left, right],
        KNEES[after["left"], after["right"]],
    )


def _effort(entry: Json, ended_here: bool) -> tuple[Any, ...]:
    """An effort without its first three fields."""
    target, during = entry["target"], entry["during"]
    reps: dict[str | None, int] = {}
    held: dict[str | None, float] = {}
    for row in entry["sets"]:
        if row["outcome"] != "skipped":
            side = row["side"]
            held[side] = held.get(side, 0.0) + row["held_s"]
            if row["reps"] is not None:
                reps[side] = reps.get(side, 0) + row["reps"]
    sides = ("left", "right", None)
    return (
        entry["id"], entry["dose"], entry["ladder_step"],
        target["sets"], _lower(target["reps"]), _lower(target["hold_s"]),
        *map(reps.get, sides), *map(held.get, sides),
        round(share_done(entry, stopped_here=ended_here), 4), _PAIN[during["left"]], _PAIN[during["right"]], entry["form"],
        entry["stopped"], entry["sharp"],
    )  # fmt: skip


def _lower(asked: Any) -> Any:
    """The lower side's target."""
    return min(asked.values(), default=None) if isinstance(asked, dict) else asked
