"""How cost grows: with sessions in the history, steps in a routine, cells on the screen. Told, not judged."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.commands import timed
from bench.goal import Effort, Result, Sample, middle, take_turns
from bench.living import SET_1, live
from bench.rules import compile_ms, live_through, long_routine
from bench.start_up import HOME_TEXT, paint
from bench.world import APP, catalogue, home
from runnersknee_tui.core.timeline import compile_routine

SESSIONS = (30, 1_000, 10_000, 100_000)
EXERCISES = (1, 3, 30, 120)
"""Of ten sets with their rests, halves and repetitions: from some dozens of steps to thousands."""
CELLS = ((40, 12), (80, 24), (120, 40), (200, 60), (300, 100))


def by_sessions(effort: Effort) -> Iterator[Result]:
    for count in SESSIONS:
        with tempfile.TemporaryDirectory() as folder:
            env = home(Path(folder), count)
            runs = {
                "Home painted": (partial(paint, APP, HOME_TEXT, env), "ms"),
                "history --plain --limit 30": (
                    partial(timed, (*APP, "history", "--plain", "--limit", "30"), env),
                    "ms",
                ),
            }
            samples = take_turns({name: run for name, (run, _) in runs.items()}, max(effort.rounds // 2, 1))
            for name, (_, figure) in runs.items():
                yield _told(f"{count:,} sessions: {name}", middle(samples[name], figure), "ms")


def by_steps(effort: Effort) -> Iterator[Result]:
    for exercises in EXERCISES:
        routine = long_routine(exercises)
        steps = len(compile_routine(routine, catalogue()).steps)
        yield _told(f"{steps:,} steps: compiled", compile_ms(routine, effort.rounds), "ms")
        began = time.perf_counter()
        turns = live_through(routine)
        yield _told(f"{steps:,} steps: one step lived", 1e6 * (time.perf_counter() - began) / turns, "µs")


def by_cells(effort: Effort) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        env = home(Path(folder))
        for size in CELLS:
            name = f"{size[0]}x{size[1]}"
            started: Sample = paint((*APP, "start", "moving", "--no-check-in"), SET_1, env, size=size)
            yield _told(f"{name}: a session's first screen", started["ms"], "ms")
            cost = live("moving", size, env, effort.seconds)
            yield _told(f"{name}: a moving figure", cost["cpu"], "% of a core")
            yield _told(f"{name}: a moving figure writes", cost["bytes_s"], "B/s")


def _told(what: str, value: float, unit: str) -> Result:
    return Result(what, value, value, unit, judged=False)


def measure(effort: Effort) -> Iterator[Result]:
    yield from by_steps(effort)
    yield from by_sessions(effort)
    yield from by_cells(effort)
