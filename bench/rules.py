"""The pure side: compiling the largest routine, and a year of sessions lived step by step."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from msgspec.structs import replace

from bench.goal import Effort, Result
from bench.world import catalogue
from runnersknee_tui.core.model import Routine, RoutineItem
from runnersknee_tui.core.session import Session, State
from runnersknee_tui.core.timeline import compile_routine

DAYS = 365
FRAME_S = 0.1
SIZES = (1, 10, 100, 500)
"""Exercises in a routine, each with ten sets on both sides: up to 500 is what a file may hold."""


def largest() -> Routine:
    """The routine of the catalogue with the longest timeline."""
    routines = catalogue().routines.values()
    return max(routines, key=lambda routine: len(compile_routine(routine, catalogue()).steps))


def compile_ms(routine: Routine, rounds: int) -> float:
    times = []
    for _ in range(max(rounds, 3)):
        began = time.perf_counter()
        compile_routine(routine, catalogue())
        times.append(1000 * (time.perf_counter() - began))
    return median(times)


def live_through(routine: Routine, frame_s: float | None = None) -> int:
    """Live a session to its end, from change to change or frame by frame; returns how often it was advanced."""
    plan = compile_routine(routine, catalogue(), questions=False)
    session = Session(plan, 0.0)
    now, turns = 0.0, 0
    while session.state is not State.DONE:
        left = session.lead_in_left if session.state is State.LEAD_IN else _left(session)
        now += left if frame_s is None else min(frame_s, left)
        session.advance(now)
        turns += 1
    return turns


def _left(session: Session) -> float:
    seconds = session.seconds
    return 1.0 if seconds is None else max(seconds - session.position, 0.0) + 1e-6


def year_s() -> float:
    """Seconds for a session on every day of a year, each routine in its turn, step by step."""
    routines = list(catalogue().routines.values())
    began = time.perf_counter()
    for day in range(DAYS):
        live_through(routines[day % len(routines)])
    return time.perf_counter() - began


def long_routine(exercises: int) -> Routine:
    """A routine of so many exercises, ten sets each."""
    items = tuple(RoutineItem(exercise="step-up", dose="rehab", sets=10, reps=10) for _ in range(exercises))
    return replace(largest(), id="long", title="Long", items=items)


def measure(effort: Effort) -> Iterator[Result]:
    routine = largest()
    steps = len(compile_routine(routine, catalogue()).steps)
    yield Result(
        "compiling the largest routine", compile_ms(routine, effort.rounds * 3), 5, "ms", f"{steps} steps"
    )
    yield Result("365 sessions step by step", year_s(), 10, "s")
