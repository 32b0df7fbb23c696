"""Leaving: with status 0 within a second, also after the program was stopped and continued from outside."""

from __future__ import annotations

import signal
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.goal import Effort, Result
from bench.start_up import HOME_TEXT
from bench.terminal import Terminal, TerminalError
from bench.world import APP, home

TIMES = 10
LIMIT_S = 1.0
PATIENCE_S = 5.0


def quit_once(env: Mapping[str, str], *, stopped: bool) -> float:
    """Seconds from the key to the end; PATIENCE_S where it did not end, or not with status 0."""
    with Terminal(APP, env=env) as terminal:
        terminal.wait_for(HOME_TEXT)
        terminal.settle(0.5)
        if stopped:
            terminal.signal(signal.SIGSTOP)
            terminal.rest(0.5)
            terminal.signal(signal.SIGCONT)
            terminal.rest(0.7)
        pressed = terminal.key("q")
        try:
            status = terminal.wait_exit(PATIENCE_S)
        except TerminalError:
            return PATIENCE_S
        return PATIENCE_S if status else time.monotonic() - pressed


def measure(effort: Effort) -> Iterator[Result]:  # noqa: ARG001 - ten times, whatever the effort
    with tempfile.TemporaryDirectory() as folder:
        env = home(Path(folder))
        for stopped in (False, True):
            times = [quit_once(env, stopped=stopped) for _ in range(TIMES)]
            late = sum(seconds > LIMIT_S for seconds in times)
            how = " after STOP and CONT" if stopped else ""
            yield Result(
                f"not left within 1 s of {TIMES}{how}", late, 0, "times", f"longest {max(times):.2f} s"
            )
