"""How every fault is tried: once without it, when none may be seen, and then so many times with it.

A fault test is a function that does something to the program and judges what is left:

    @fault("T12", "short writes", short=20, full=500)
    def test_short_writes(trial: Trial) -> None:
        fs = WatchedFileSystem(most=1 if trial.armed else None)
        ...
        trial.landed += fs.short_writes > 0
        trial.lost += ...

The first trial is not `armed`: the function leaves the fault out, and what it counts as landed must be nothing.
What landed is read off what happened (an exit status, an error that was met), never off `armed`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from tests.faults.scenarios import Losses
from tests.faults.table import PROPERTY


@dataclass
class Trial:
    """One try. `case` is the one of the fault's cases whose turn it is."""

    number: int
    armed: bool
    folder: Path  # its own, empty
    random: random.Random
    case: Any = None
    landed: int = 0
    lost: int = 0
    unreadable: int = 0
    measured: dict[str, list[float]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def judge(self, found: Losses) -> None:
        """Count what is lost and what cannot be read."""
        self.lost += len(found.lost)
        self.unreadable += len(found.unreadable)
        self.complaints += [*found.lost, *found.unreadable]

    def measure(self, what: str, value: float) -> None:
        """A number worth a place in the table; the least and the greatest of all trials stand there."""
        self.measured.setdefault(what, []).append(value)


Body = Callable[[Trial], None]


def fault(
    code: str,
    words: str,
    *,
    short: int | None = None,
    full: int | None = None,
    cases: Sequence[Any] = (None,),
    share: float = 1.0,
) -> Callable[[Body], Callable[..., None]]:
    """Makes a test of `short` tries, and one of `full` tries that only `-m full` runs. Cases take turns; without
    `short`, each comes once, and without `full` as many as in the short run.

    At least `share` of the tries must have landed (of a kill at random, some come too late).
    """
    fewest = short or len(cases)
    sizes = [
        pytest.param(fewest, id="short"),
        pytest.param(max(full or fewest, len(cases)), id="full", marks=pytest.mark.full),
    ]

    def wrap(body: Body) -> Callable[..., None]:
        @pytest.mark.parametrize("tries", sizes)
        def test(tries: int, tmp_path: Path, record_property: Callable[[str, Any], None]) -> None:
            done = [_try(body, number, tmp_path, code, cases) for number in range(tries + 1)]
            without, trials = done[0], done[1:]
            record_property(PROPERTY, row(f"{code} {words}", trials))
            assert without.landed == 0, "a fault was seen where none was injected"
            assert not without.complaints, without.complaints
            landed = sum(trial.landed > 0 for trial in trials)
            assert landed >= share * tries, f"only {landed} of {tries} faults landed"
            complaints = [f"{trial.number}: {words}" for trial in trials for words in trial.complaints]
            assert complaints == [], "\n".join(complaints)
            assert sum(trial.lost + trial.unreadable for trial in trials) == 0

        test.__name__ = body.__name__
        test.__doc__ = body.__doc__
        test.__module__ = body.__module__
        return cast(Callable[..., None], test)

    return wrap


def _try(body: Body, number: int, folder: Path, code: str, cases: Sequence[Any]) -> Trial:
    """Number 0 is the try without the fault."""
    place = folder / str(number)
    place.mkdir()
    case = cases[max(number - 1, 0) % len(cases)]
    trial = Trial(number, number > 0, place, random.Random(f"{code} {number}"), case)
    body(trial)
    return trial


def row(name: str, trials: Sequence[Trial]) -> dict[str, Any]:
    """The line of the table."""
    measured: dict[str, list[float]] = {}
    for trial in trials:
        for what, values in trial.measured.items():
            measured.setdefault(what, []).extend(values)
    return {
        "fault": name,
        "tries": len(trials),
        "landed": sum(trial.landed for trial in trials),
        "lost": sum(trial.lost for trial in trials),
        "unreadable": sum(trial.unreadable for trial in trials),
        "measured": "; ".join(f"{what} {_span(values)}" for what, values in measured.items()),
    }


def _span(values: Sequence[float]) -> str:
    least, most = min(values) + 0.0, max(values) + 0.0  # no minus before a zero
    return f"{least:g}" if least == most else f"{least:g} to {most:g}"
