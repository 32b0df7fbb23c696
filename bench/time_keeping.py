"""Time shown and time sounded, against the monotonic clock."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import cue_timing
from bench.goal import Effort, Result
from bench.terminal import Terminal
from bench.world import YARDSTICKS, home

BLOCKED = (sys.executable, str(YARDSTICKS / "blocked.py"))
LONG_S = 60.0
LATEST_MS = 350.0
"""One blocked moment and a frame: what a single second may be late. Accumulated, a minute would be 3,600 ms off."""

SECONDS = re.compile(r"HOLD (\d+) s")


def accumulated_ms(seconds: float = LONG_S) -> float:
    """By how much a countdown in a blocked loop differs from the monotonic clock after so long.

    The smallest terminal shows the seconds as text.
    """
    with tempfile.TemporaryDirectory() as folder:
        env = home(Path(folder))
        with Terminal(BLOCKED, size=(38, 9), env=env) as terminal:
            terminal.wait_for(SECONDS.pattern)
            terminal.rest(2)
            first, began = _next_second(terminal)
            terminal.rest(seconds)
            last, ended = _next_second(terminal)
    return abs(1000 * ((first - last) - (ended - began)))


def _next_second(terminal: Terminal) -> tuple[int, float]:
    """The next number that appears, and when."""
    before = SECONDS.findall(terminal.text)
    at = terminal.wait_until(
        lambda text: (found := SECONDS.findall(text)) and found != before, "another second"
    )
    return int(SECONDS.findall(terminal.text)[0]), at


def measure(effort: Effort) -> Iterator[Result]:
    off = accumulated_ms(LONG_S if effort.rounds > 1 else LONG_S / 4)
    yield Result("time shown after a minute, loop blocked 300 ms every 5 s", off, LATEST_MS, "ms off")
    report = cue_timing.run(cues=300)
    for name in cue_timing.GOALS_MS:
        one = report[name]
        told = f"p50 {one['p50_ms']} ms, worst {one['max_ms']} ms, until heard p99 {one['heard_p99_ms']} ms"
        yield Result(f"lateness of 300 cues, p99, {name}", one["p99_ms"], one["goal_ms"], "ms", told)
