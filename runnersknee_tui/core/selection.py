"""Which of the due exercises make today's session, in which order, and how they fit the user's minutes.

adaptation.md, section 6: never two clamshells in a day, at most two loaded knee exercises, first fewer sets, then
fewer exercises, never the last hip or the last knee item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from runnersknee_tui.core.due import count_in_week
from runnersknee_tui.core.model import Dose, Prescription, Region
from runnersknee_tui.core.programme import Key

SecondsOf = Callable[[tuple[Prescription, ...]], float]
"""Honest seconds of prescriptions in this order: the sum of their compiled plan."""

MOST_LOADED_KNEE = 2
WORTH_BEGINNING_S = 5 * 60
"""After a session the day goes on only where so much of its minutes is left: our rule."""


class Candidate(Struct, frozen=True):
    """A due exercise with what it asks for today. `days` are the days on which it was done."""

    key: Key
    name: str
    region: Region
    loaded: bool
    dose: Dose
    prescription: Prescription
    days: tuple[date, ...]
    index: int  # in catalogue order

    def urgency(self, day: date) -> tuple[float, date, int]:
        """Sorts what is most behind its plan first, then what was done longest ago, then by the catalogue.

        Behind is a share of the plan, so that one of two a week does not wait for six of seven.
        """
        last = self.days[-1] if self.days else date.min
        return count_in_week(day, self.days) / max(self.dose.per_week.lo, 1), last, self.index

    @property
    def shortest(self) -> Prescription:
        """One set of it."""
        return _one_set(self.prescription)

    @property
    def loaded_knee(self) -> bool:
        return self.loaded and self.region is Region.KNEE


def choose(
    due: Iterable[Candidate], day: date, *, done: Sequence[Candidate] = ()
) -> tuple[list[Candidate], dict[Key, str]]:
    """The due exercises that may stand in one day, most urgent first, and why the others may not.

    `done` was already done today. Of two doses of one exercise the first of the catalogue wins: for the
    clamshell that is the strength dose.
    """
    waiting = sorted(due, key=lambda one: one.urgency(day))
    first_dose: dict[str, Candidate] = {}
    for one in [*done, *sorted(waiting, key=lambda one: one.index)]:
        first_dose.setdefault(one.key.exercise, one)
    chosen: list[Candidate] = []
    spared: dict[Key, str] = {}
    loaded = sum(one.loaded_knee for one in done)
    for one in waiting:
        if first_dose[one.key.exercise].key != one.key:
            spared[one.key] = "Never two forms of one exercise in a day; this one waits."
        elif one.loaded_knee and loaded >= MOST_LOADED_KNEE:
            spared[one.key] = "Two loaded knee exercises are enough for one day; this one waits."
        else:
            loaded += one.loaded_knee
            chosen.append(one)
    return chosen, spared


def in_order(chosen: Iterable[Candidate], day: date, before: int | None) -> list[Candidate]:
    """The order of the session. A knee that starts at 3-5 does what is not weight-bearing first."""
    sore = before is not None and 3 <= before <= 5
    return sorted(chosen, key=lambda one: (sore and one.loaded, *one.urgency(day)))


class Fitted(Struct, frozen=True):
    """What fits, in order, with the sets it fits with; what had to go; and its honest seconds."""

    kept: tuple[Candidate, ...]
    dropped: tuple[Candidate, ...]
    seconds: float
    full_seconds: float  # of everything with all its sets

    @property
    def prescriptions(self) -> tuple[Prescription, ...]:
        return tuple(one.prescription for one in self.kept)


def fit(
    ordered: Sequence[Candidate],
    day: date,
    minutes: float,
    seconds_of: SecondsOf,
    *,
    done: Sequence[Candidate] = (),
) -> Fitted:
    """One set fewer, from the longest exercise on, never below one; then without what is least behind.

    Where something has to go, the rest keeps as many sets as then fit. The minutes are the day's: what was `done`
    in it has taken its share, and of too short a rest nothing is made.
    """
    limit = minutes * 60
    if done:
        limit -= seconds_of(tuple(one.prescription for one in done))
        limit = limit if limit >= WORTH_BEGINNING_S else 0.0
    kept, dropped = drop(ordered, day, limit, seconds_of, done=done)
    fitted = list(kept)
    while fitted and seconds_of(tuple(one.prescription for one in fitted)) > limit:
        trimmable = [at for at, one in enumerate(fitted) if one.prescription.sets > 1]
        if not trimmable:
            break
        longest = max(trimmable, key=lambda at: (seconds_of((fitted[at].prescription,)), -at))
        fitted[longest] = with_sets(fitted[longest], fitted[longest].prescription.sets - 1)
    return Fitted(
        kept=tuple(fitted),
        dropped=tuple(dropped),
        seconds=seconds_of(tuple(one.prescription for one in fitted)) if fitted else 0.0,
        full_seconds=seconds_of(tuple(one.prescription for one in ordered)) if ordered else 0.0,
    )


def drop(
    ordered: Sequence[Candidate],
    day: date,
    limit: float,
    seconds_of: SecondsOf,
    *,
    done: Sequence[Candidate] = (),
) -> tuple[list[Candidate], list[Candidate]]:
    """What stays and what goes so that one set of each fits into `limit` seconds.

    Where nothing was `done` today the last one stays, and the last hip and the last knee item.
    """
    kept, dropped = list(ordered), []
    least = 0 if done else 1
    while len(kept) > least and seconds_of(tuple(one.shortest for one in kept)) > limit:
        spare = [one for one in kept if done or not _last_of_its_kind(one, kept)]
        if not spare:
            break
        least_behind = max(spare, key=lambda one: one.urgency(day))
        kept.remove(least_behind)
        dropped.append(least_behind)
    return kept, dropped


def _last_of_its_kind(one: Candidate, kept: Sequence[Candidate]) -> bool:
    """The last hip or the last knee item; a core item may always go."""
    return one.region is not Region.CORE and sum(other.region is one.region for other in kept) == 1


@lru_cache(maxsize=256)
def _one_set(asked: Prescription) -> Prescription:
    return replace(asked, sets=1)


def with_sets(one: Candidate, sets: int) -> Candidate:
    return replace(one, prescription=replace(one.prescription, sets=sets))
