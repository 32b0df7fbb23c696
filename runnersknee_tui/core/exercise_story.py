"""One exercise over time: what was asked and done, pain, and every change of its dose with the reason.

Left against right, too. From efforts (`core.heads`) and from the judgements of `core.adaptation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import Struct

from runnersknee_tui.core.adaptation import standings
from runnersknee_tui.core.fold_back import Parsed, fold
from runnersknee_tui.core.heads import Effort
from runnersknee_tui.core.model import Catalogue, Exercise
from runnersknee_tui.core.programme import Key, Profile
from runnersknee_tui.core.progress import Verdict
from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.core.statistics import mean

BALANCE_DAYS = 28
_CHUNK = timedelta(days=28)
_CONTEXT = timedelta(days=60)
CHANGES_LOOK_BACK = _CHUNK + _CONTEXT
"""Records that began so long before a day may matter to the changes since that day, and no older ones."""


# --- left against right --------------------------------------------------------------------------------------


class SideRow(NamedTuple):
    """One exercise, the mean of a session on each side; `unit` is "reps" or "s" of holding. None: no answer."""

    exercise: str
    unit: str
    left: float
    right: float
    sessions: int
    pain_left: float | None
    pain_right: float | None

    @property
    def difference(self) -> float:
        """By what part of the stronger side the weaker one did less, 0-1; negative where the right did less."""
        most = max(self.left, self.right)
        return (self.right - self.left) / most if most else 0.0


def balance(efforts: Iterable[Effort], today: date, days: int = BALANCE_DAYS) -> tuple[SideRow, ...]:
    """Sessions of the last weeks in which both sides worked, by exercise; a side left out is no weakness."""
    found: dict[tuple[str, str], list[tuple[float, float, Effort]]] = {}
    for effort in efforts:
        if not today - timedelta(days=days) < effort.day <= today:
            continue
        unit = "s" if effort.target_reps is None else "reps"
        left, right = (
            (effort.held_left, effort.held_right) if unit == "s" else (effort.reps_left, effort.reps_right)
        )
        if left is not None and right is not None:
            found.setdefault((effort.exercise, unit), []).append((left, right, effort))
    return tuple(
        SideRow(
            exercise,
            unit,
            mean([left for left, _, _ in rows]),
            mean([right for _, right, _ in rows]),
            len(rows),
            _mean(effort.pain_left for _, _, effort in rows),
            _mean(effort.pain_right for _, _, effort in rows),
        )
        for (exercise, unit), rows in sorted(found.items())
    )


def _mean(values: Iterable[int | None]) -> float | None:
    known = [value for value in values if value is not None]
    return mean(known) if known else None


# --- one exercise --------------------------------------------------------------------------------------------


class Change(Struct, frozen=True):
    """A session after which the dose changed, or stopped, and why. Targets are repetitions or seconds."""

    day: date
    key: Key
    decision: str  # "progress", "regress", "stop", "keep"
    step_from: str
    step_to: str
    target_from: int
    target_to: int
    reason: str


def changes(
    records: Sequence[Parsed],
    catalogue: Catalogue,
    profile: Profile,
    today: date,
    *,
    since: date,
    own_routines: frozenset[str] = frozenset(),
) -> tuple[Change, ...]:
    """Every change of a dose since a day, oldest first, judged as the rules judge.

    The rules look back a window; so each stretch of four weeks is judged with what came before it.
    """
    dated = [(_day(record), record) for record in records]
    found: dict[tuple[Key, date], Verdict] = {}
    end = today
    while end >= since:
        near = [record for day, record in dated if end - _CHUNK - _CONTEXT < day <= end]
        state = fold(near, catalogue, own_routines=own_routines, until=end)
        for key, progress in standings(state, catalogue, profile).progress.items():
            for verdict in progress.verdicts:
                if end - _CHUNK < verdict.day <= end and verdict.day >= since:
                    found[key, verdict.day] = verdict
        end -= _CHUNK
    told = [_change(key, verdict) for (key, _), verdict in found.items() if _moves(verdict)]
    return tuple(sorted(told, key=lambda one: (one.day, one.key)))


def _day(record: Parsed) -> date:
    if isinstance(record, SessionRecord):
        return record.local_date
    return date.fromisoformat(record["local_date"])


def _moves(verdict: Verdict) -> bool:
    return verdict.after != verdict.at or verdict.judgement.decision in ("stop", "regress")


def _change(key: Key, verdict: Verdict) -> Change:
    at, after = verdict.at, verdict.after
    return Change(
        verdict.day,
        key,
        verdict.judgement.decision.value,
        at.step,
        after.step,
        at.target,
        after.target,
        verdict.judgement.reason,
    )


def step_name(exercise: Exercise | None, step: str | None) -> str:
    """The name of a rung; its id where the catalogue no longer has it, the usual form where there is none."""
    if step is None:
        return "the usual form"
    for rung in exercise.ladder if exercise is not None else ():
        if rung.id == step:
            return rung.name
    return step


def names_of(catalogue: Catalogue) -> Mapping[str, str]:
    """Exercise names by id, for tables and charts."""
    return {known.id: known.name for known in catalogue.exercises.values()}
