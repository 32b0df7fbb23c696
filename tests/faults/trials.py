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

A try that fails is a complaint and the others are made all the same, so that the table says how many failed.
"""

from __future__ import annotations

import random
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from msgspec import Struct, field

from tests.faults.scenarios import Losses
from tests.faults.table import PROPERTY


class Trial(Struct):
    """One try. `case` is the one of the fault's cases whose turn it is."""

    number: int
    armed: bool
    folder: Path  # its own, empty
    random: random.Random
    case: Any = None
    full: bool = False
    """Whether this is the long run, in which times are judged, too."""
    landed: int = 0
    lost: int = 0
    unreadable: int = 0
    measured: dict[str, list[float]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    broken: bool = False

    def judge(self, found: Losses) -> None:
        """Count what is lost and what cannot be read."""
        self.lost += len(found.lost)
        self.unreadable += len(found.unreadable)
        self.complaints += [*found.lost, *found.unreadable]

    def measure(self, what: str, value: float, *, most: float | None = None) -> None:
        """A number worth a place in the table; the least and the greatest of all trials stand there.

        In the long run it may be `most` at most: a short run shares its machine with other tests.
        """
        self.measured.setdefault(what, []).append(value)
        if self.full and most is not None and value > most:
            self.complaints.append(f"{what}: {value:g}, and {most:g} is the most")


Body = Callable[[Trial], None]
ENOUGH = 10
"""So many tries that ended in an exception say enough."""


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
        def test(
            tries: int,
            tmp_path: Path,
            request: pytest.FixtureRequest,
            record_property: Callable[[str, Any], None],
        ) -> None:
            full = request.node.get_closest_marker("full") is not None
            trials: list[Trial] = []
            done = partial(_try, body, tmp_path, code, cases, full)
            without = done(0)
            broken = 0
            while len(trials) < tries and broken < ENOUGH:
                trials.append(done(len(trials) + 1))
                broken += trials[-1].broken
            record_property(PROPERTY, row(f"{code} {words}", trials))
            complaints = [f"{trial.number}: {words}" for trial in trials for words in trial.complaints]
            assert complaints == [], "\n".join(complaints)
            assert (without.landed, without.complaints) == (0, []), "a fault was seen where none was injected"
            assert (without.lost, without.unreadable) == (0, 0), "lost without a fault"
            landed = sum(trial.landed > 0 for trial in trials)
            assert landed >= share * tries, f"only {landed} of {tries} faults landed"
            bad = [trial.number for trial in trials if trial.lost or trial.unreadable]
            assert bad == [], f"lost or unreadable in {bad}"

        test.__name__ = body.__name__
        test.__doc__ = body.__doc__
        test.__module__ = body.__module__
        return cast(Callable[..., None], test)

    return wrap


def _try(body: Body, folder: Path, code: str, cases: Sequence[Any], full: bool, number: int) -> Trial:
    """Number 0 is the try without the fault."""
    place = folder / str(number)
    place.mkdir()
    case = cases[max(number - 1, 0) % len(cases)]
    trial = Trial(number, number > 0, place, random.Random(f"{code} {number}"), case, full)
    try:
        body(trial)
    except (Exception, pytest.fail.Exception):  # noqa: BLE001 - whatever it was, it stands in the report
        trial.broken = True
        trial.complaints.append(traceback.format_exc()[-4000:])
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
