"""The fold over many records: backwards, reading in full only those that can still matter.

A record that lies before the window of every dose in it can matter only as a clean session that opens a lock. So
ten thousand sessions cost little more than the last sixty days of them, and the state is the same as if each had
been added in turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from runnersknee_tui.core.assessment import EVIDENCE, PAIN_FREE
from runnersknee_tui.core.fold import ALARMS_KEPT, WINDOW_DAYS, Builder, State
from runnersknee_tui.core.ladder import reach
from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.points import HARD_PAIN, SOFT_PAIN
from runnersknee_tui.core.programme import CLEAN_TOPS_TO_UNLOCK, COUNTED_ROUTINES, OPENERS, dose_of
from runnersknee_tui.core.record import Json, RecordError, SessionRecord
from runnersknee_tui.core.record_json import to_json

Parsed = SessionRecord | Json
"""A record, or its parsed JSON as a store has read it."""

_HARD = frozenset(range(HARD_PAIN, 11))
_SOFT = frozenset(range(SOFT_PAIN, HARD_PAIN))
_NEVER = "9999-12-31"
_DOSE_OF = itemgetter("id", "dose")


def fold(
    records: Sequence[Parsed],
    catalogue: Catalogue,
    *,
    own_routines: frozenset[str] = frozenset(),
    until: date | None = None,
) -> State:
    """The state of many records, in any order, each one a record or its parsed JSON.

    Records dated after `until` (today) are ignored. Raises RecordError where parsed JSON that reaches a window
    is no record; a store hands over only what it could read.
    """
    builder = Builder(State(), catalogue, own_routines)
    try:
        for record in reaching_a_window(records, builder, until):
            builder.add(record)
    except (KeyError, TypeError, AttributeError) as problem:
        raise RecordError(f"a record cannot be folded: {problem!r:.80}") from problem
    return builder.state()


def reaching_a_window(records: Sequence[Parsed], builder: Builder, until: date | None) -> Iterator[Json]:
    """Newest first, the records that can change the state; the builder must take each before the next is asked.

    Errs on the side of yielding: the builder leaves out what does not belong.
    """
    plain = [to_json(record) if isinstance(record, SessionRecord) else record for record in records]
    days = [old["local_date"] for old in plain]
    last = _NEVER if until is None else until.isoformat()
    scan = _Scan(builder)
    for at in sorted(range(len(days)), key=days.__getitem__, reverse=True):
        day, old = days[at], plain[at]
        if day < scan.settled_from and scan.settled.issuperset(map(_DOSE_OF, old["exercises"])):
            continue  # the hot path: nearly every old record ends here, with one look at its doses that runs in C
        if day > last:
            builder.ignore(date.fromisoformat(day))
        elif scan.matters(day, old):
            yield old
            scan.seen(day, old)


class _Scan:
    """Whether a record can still matter, given that every later one has been seen."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.counted = COUNTED_ROUTINES - builder.own_routines
        self.horizon = ""  # the first day within a window of the newest record
        self.horizons: dict[tuple[str, str], str] = {}  # the first day of each dose's window
        self.settled: set[tuple[str, str]] = set()  # doses of which nothing before `settled_from` can matter
        self.settled_from = ""  # the last day that was looked at closely, once the newest window is behind
        self.dangers: dict[tuple[str, str], frozenset[int]] = {}  # pain that is still looked for
        self.tops = _tops(builder.catalogue)

    def matters(self, day: str, old: Json) -> bool:
        """Whether the builder must see it; all records of a day that mattered count, because they have no order."""
        if day >= self.horizon or day == self.settled_from:
            return True
        self._settle(day)
        return any(self._entry_matters(day, old, entry) for entry in old["exercises"])

    def _entry_matters(self, day: str, old: Json, entry: Json) -> bool:
        if day >= self.horizons.get(_DOSE_OF(entry), ""):
            return self._counted(old) or self._alarming(entry)
        return entry["id"] in self.tops and self._may_unlock(old, entry)

    def _settle(self, day: str) -> None:
        if day >= self.horizon:
            return
        self.settled_from = day
        self.settled = {
            dose for dose, first in self.horizons.items() if day < first and dose[0] not in self.tops
        }

    def seen(self, day: str, old: Json) -> None:
        """The builder has taken this record: narrow down what is still looked for."""
        first = (date.fromisoformat(day) - timedelta(days=WINDOW_DAYS)).isoformat()
        if old["exercises"] and not old["rehearsal"]:
            self.horizon = self.horizon or first
        counted = self._counted(old)
        for entry in old["exercises"]:
            name = entry["id"]
            if counted:
                self.horizons.setdefault((name, entry["dose"]), first)
            else:
                self._narrow_dangers(name, entry["dose"])
            if min(self.builder.tops.get(name, (0, 0))) >= CLEAN_TOPS_TO_UNLOCK:
                self.tops.pop(name, None)
        self._settle(day)

    def _narrow_dangers(self, name: str, dose: str) -> None:
        alarms = [
            alarm for alarm in self.builder.alarms.get(name, ()) if alarm.dose == dose and not alarm.counted
        ]
        hard = sum(alarm.hard for alarm in alarms)
        wanted = _HARD if hard < ALARMS_KEPT else frozenset[int]()
        self.dangers[name, dose] = wanted | _SOFT if len(alarms) - hard < ALARMS_KEPT else wanted

    def _alarming(self, entry: Json) -> bool:
        """May be a pain stop of a pre-run or an own routine that is among the newest of its kind."""
        during, danger = entry["during"], self.dangers.get((entry["id"], entry["dose"]), _HARD | _SOFT)
        if during["left"] in danger or during["right"] in danger:
            return True
        return bool(entry["stopped"] or entry["sharp"]) and HARD_PAIN in danger

    def _counted(self, old: Json) -> bool:
        return old["routine"]["id"] in self.counted and not old["rehearsal"]

    def _may_unlock(self, old: Json, entry: Json) -> bool:
        by_evidence, _ = self.builder.tops.get(entry["id"], (0, 0))
        limit = PAIN_FREE.green if by_evidence >= CLEAN_TOPS_TO_UNLOCK else EVIDENCE.green
        before = old["check_in"]["before"]
        if (before["left"] or 0) > limit or (before["right"] or 0) > limit or not self._counted(old):
            return False
        reps: Any = entry["target"]["reps"]
        if isinstance(reps, int) and reps < self.tops[entry["id"]]:
            return False
        during = entry["during"]
        return max(during["left"] or 0, during["right"] or 0) <= limit and bool(old["confirmed"])


def _tops(catalogue: Catalogue) -> dict[str, int]:
    """The highest target of the exercises that open a lock."""
    found = {}
    for key in OPENERS:
        known = dose_of(key, catalogue)
        if known is not None:
            exercise, dose = known
            found[key.exercise] = min(reach(dose, rung)[1] for rung in exercise.ladder)
    return found
