"""The state behind the programme: what the records say about each exercise, as far back as a rule can look.

Each record carries the step and the target it was done at, so what comes next follows from the last sessions
of an exercise and from nothing older. The state is therefore a window, not a chain: for each dose the sessions
of `WINDOW_DAYS` before its newest one, and of older records only what must not be forgotten: pain stops that
may still pause an exercise, and clean sessions that open a lock. It does not depend on the order of the records
nor on any setting; what the rules make of it is `core.adaptation`. `advance_fold` adds one record to any state,
so that a cached state can go on from where it stood; an edited or removed record needs a new fold
(`core.fold_back`).
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct, field
from msgspec.structs import replace

from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.points import (
    HARD_PAIN,
    Alarm,
    Point,
    counts,
    knees_of,
    opens_lock,
    pain_of,
    read_alarm,
    read_point,
)
from runnersknee_tui.core.programme import CLEAN_TOPS_TO_UNLOCK, OPENERS, Key
from runnersknee_tui.core.record import Json, RecordError, SessionRecord
from runnersknee_tui.core.record_json import to_json

WINDOW_DAYS = 60
"""Three sessions in a row, each less than 28 days after the last (after 28 an exercise starts again), lie in it."""
ALARMS_KEPT = 12
"""Pain stops kept for each dose, and as many mild ones that only the pain-free line counts; and the same of
pre-runs and own routines. A paused dose is not offered, so a stop that lies more than a window before a counted
session of its dose has been cleared, and is forgotten; likewise a ticked sign that lies so far before any session.
"""


class State(Struct, frozen=True):
    """What the records say; rebuildable at any time. Mappings are never changed in place."""

    points: Mapping[Key, tuple[Point, ...]] = field(default_factory=dict)
    alarms: Mapping[str, tuple[Alarm, ...]] = field(default_factory=dict)
    tops: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Clean sessions at the top that open the lock, by exercise: by the evidence line, by the pain-free line."""
    last_on: date | None = None  # the newest day with an exercise; the next ones lie in a window before it
    signs_on: date | None = None  # the newest day on which a warning sign was ticked
    signs: tuple[str, ...] = ()
    asked_on: date | None = None  # the newest day on which the signs were asked
    strained_on: date | None = None  # the newest day that began at 6 or more
    strain: int = 0  # how much it was that day
    ignored_from: date | None = None
    """The earliest day after `until` that a record carries: from then on a cached state must be made anew."""


# --- adding records ------------------------------------------------------------------------------------------


def _newest(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day is not None), default=None)


def _within(day: date | None, horizon: date) -> date | None:
    return day if day is not None and day >= horizon else None


def _earliest(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _order(entry: Point | Alarm) -> tuple[date, str, int]:
    return entry.day, entry.record, entry.index


class Builder:
    """A state in the making."""

    def __init__(self, state: State, catalogue: Catalogue, own_routines: frozenset[str]) -> None:
        self.catalogue = catalogue
        self.own_routines = own_routines
        self.points = {key: list(points) for key, points in state.points.items()}
        self.alarms = {name: list(alarms) for name, alarms in state.alarms.items()}
        self.tops = dict(state.tops)
        self.rest = state

    def state(self) -> State:
        return replace(
            self.rest,
            points={key: tuple(points) for key, points in sorted(self.points.items())},
            alarms={name: tuple(alarms) for name, alarms in sorted(self.alarms.items())},
            tops=dict(sorted(self.tops.items())),
        )

    def ignore(self, day: date) -> None:
        self.rest = replace(self.rest, ignored_from=_earliest(self.rest.ignored_from, day))

    def add(self, record: Json) -> None:
        """Take one record in. Raises RecordError where it is none."""
        try:
            self._add(record, date.fromisoformat(record["local_date"]))
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            raise RecordError(
                f"record {record.get('id')!r:.40}: cannot be folded ({problem!r:.80})"
            ) from problem

    def _add(self, record: Json, day: date) -> None:
        counted = counts(
            record["routine"]["id"], rehearsal=record["rehearsal"], own_routines=self.own_routines
        )
        self._note_check_in(record["check_in"], day, rehearsal=record["rehearsal"])
        self._forget(day if record["exercises"] and not record["rehearsal"] else None)
        for index, entry in enumerate(record["exercises"]):
            key = Key(entry["id"], entry["dose"])
            alarm = read_alarm(record, index, day, counted=counted)
            if alarm is not None:
                self.alarms.setdefault(entry["id"], []).append(alarm)
            newest = counted and self._add_point(key, read_point(record, index, day))
            if alarm is not None or (newest and entry["id"] in self.alarms):
                self._trim_alarms(entry["id"])

    def _note_check_in(self, check_in: Json, day: date, *, rehearsal: bool) -> None:
        signs, rest = check_in["warning_signs"], self.rest
        if signs is not None and not rehearsal:
            rest = replace(rest, asked_on=_newest(rest.asked_on, day))
        if signs and (rest.signs_on is None or day >= rest.signs_on):
            ticked = set(signs) | (set(rest.signs) if rest.signs_on == day else set())
            rest = replace(rest, signs_on=day, signs=tuple(sorted(ticked)))
        pain = pain_of(knees_of(check_in["before"]))
        if pain >= HARD_PAIN and not rehearsal and (rest.strained_on is None or day >= rest.strained_on):
            worst = max(pain, rest.strain) if rest.strained_on == day else pain
            rest = replace(rest, strained_on=day, strain=worst)
        self.rest = rest

    def _forget(self, day: date | None) -> None:
        """A session on `day` moves the window on which the answers of older ones are forgotten."""
        last_on = _newest(self.rest.last_on, day)
        if last_on is None:
            return
        horizon = last_on - timedelta(days=WINDOW_DAYS)
        signs_on = _within(self.rest.signs_on, horizon)
        strained_on = _within(self.rest.strained_on, horizon)
        self.rest = replace(
            self.rest,
            last_on=last_on,
            asked_on=_within(self.rest.asked_on, horizon),
            strained_on=strained_on,
            strain=self.rest.strain if strained_on is not None else 0,
            signs_on=signs_on,
            signs=self.rest.signs if signs_on is not None else (),
        )

    def _add_point(self, key: Key, point: Point) -> bool:
        """Whether it is now the newest of its dose."""
        if key in OPENERS:
            so_far, more = self.tops.get(key.exercise, (0, 0)), opens_lock(point, key, self.catalogue)
            if any(more):
                counted = [min(a + b, CLEAN_TOPS_TO_UNLOCK) for a, b in zip(so_far, more, strict=True)]
                self.tops[key.exercise] = (counted[0], counted[1])
        points = self.points.setdefault(key, [])
        insort(points, point, key=_order)
        horizon = points[-1].day - timedelta(days=WINDOW_DAYS)
        if points[0].day < horizon:
            self.points[key] = [kept for kept in points if kept.day >= horizon]
        return points[-1] is point

    def _trim_alarms(self, exercise: str) -> None:
        """Newest first, so many of each kind; what a later counted session has outlived goes."""
        kept: list[Alarm] = []
        numbers: dict[tuple[str, bool, bool], int] = {}
        for alarm in sorted(self.alarms[exercise], key=_order, reverse=True):
            points = self.points.get(Key(exercise, alarm.dose))
            if points and (points[-1].day - alarm.day).days > WINDOW_DAYS:
                continue
            kind = alarm.dose, alarm.counted, alarm.hard
            numbers[kind] = numbers.get(kind, 0) + 1
            if numbers[kind] <= ALARMS_KEPT:
                kept.append(alarm)
        self.alarms[exercise] = kept[::-1]
        if not kept:
            del self.alarms[exercise]


def advance_fold(
    state: State,
    record: SessionRecord,
    catalogue: Catalogue,
    *,
    own_routines: frozenset[str] = frozenset(),
    until: date | None = None,
) -> State:
    """The state with one more record, which must not be in it yet; any order gives the same state.

    A record dated after `until` (today) is ignored.
    """
    return advance_by(state, [to_json(record)], catalogue, own_routines=own_routines, until=until)


def advance_by(
    state: State,
    records: Iterable[Json],
    catalogue: Catalogue,
    *,
    own_routines: frozenset[str] = frozenset(),
    until: date | None = None,
) -> State:
    """The state with more records, as parsed JSON, none of which is in it yet. Raises RecordError where one is none."""
    builder = Builder(state, catalogue, own_routines)
    last = None if until is None else until.isoformat()
    for record in records:
        if last is not None and record["local_date"] > last:
            builder.ignore(date.fromisoformat(record["local_date"]))
        else:
            builder.add(record)
    return builder.state()
