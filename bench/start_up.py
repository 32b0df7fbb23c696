"""From the command to the first screen, at rest there, and the memory it takes: ratios to the minimal app."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.goal import Effort, Result, Sample, compared, middle, take_turns
from bench.terminal import Terminal
from bench.world import APP, MINIMAL, home

MINIMAL_TEXT = "The minimal app"
HOME_TEXT = "runnersknee"
COUNTDOWN = r"(?s)min left.*[▀▄█▐▌▛▜▙▟]{3}"
"""The status line, and something large below it."""


def paint(
    command: Sequence[str], text: str, env: Mapping[str, str], size: tuple[int, int] = (100, 30)
) -> Sample:
    """One start: milliseconds and processor time to the text, bytes and paints until all is quiet, peak memory."""
    with Terminal(command, env=env, size=size) as terminal:
        at = terminal.wait_for(text)
        cpu_s = terminal.cpu_s()
        terminal.settle()
        return {
            "ms": 1000 * (at - terminal.started),
            "cpu_ms": 1000 * cpu_s,
            "bytes": terminal.bytes,
            "paints": terminal.paints,
            "mb": terminal.peak_rss() / 1e6,
        }


def at_rest(command: Sequence[str], text: str, env: Mapping[str, str], seconds: float) -> Sample:
    """A screen that nobody touches: percent of a core, and bytes a second."""
    with Terminal(command, env=env) as terminal:
        terminal.wait_for(text)
        terminal.settle(1.0)
        return window(terminal, seconds)


def window(terminal: Terminal, seconds: float) -> Sample:
    """What a program costs for so long."""
    cpu_s, written, paints = terminal.cpu_s(), terminal.bytes, terminal.paints
    terminal.rest(seconds)
    return {
        "cpu": 100 * (terminal.cpu_s() - cpu_s) / seconds,
        "bytes_s": (terminal.bytes - written) / seconds,
        "paints_s": (terminal.paints - paints) / seconds,
        "mb": terminal.peak_rss() / 1e6,
    }


def measure(effort: Effort) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        env = home(Path(folder))
        samples = take_turns(
            {
                "minimal": lambda: paint(MINIMAL, MINIMAL_TEXT, env),
                "home": lambda: paint(APP, HOME_TEXT, env),
                "prerun": lambda: paint((*APP, "prerun"), COUNTDOWN, env),
            },
            effort.rounds,
        )
        yield compared("first paint of Home", samples, ("home", "minimal"), ("ms", "ms"), 1.25)
        yield compared(
            "the same, processor time", samples, ("home", "minimal"), ("cpu_ms", "ms"), 1.25, judged=False
        )
        yield compared("prerun to its first countdown", samples, ("prerun", "minimal"), ("ms", "ms"), 1.3)
        yield compared(
            "the same, processor time", samples, ("prerun", "minimal"), ("cpu_ms", "ms"), 1.3, judged=False
        )
        yield compared("peak memory at Home", samples, ("home", "minimal"), ("mb", "MB"), 1.25)
        rest = take_turns(
            {
                "minimal": lambda: at_rest(MINIMAL, MINIMAL_TEXT, env, effort.seconds),
                "home": lambda: at_rest(APP, HOME_TEXT, env, effort.seconds),
            },
            max(effort.rounds // 2, 1),
            warm_up=0,
        )
        yield Result("bytes written at rest", middle(rest["home"], "bytes_s"), 0, "B/s")
        yield compared("processor at rest", rest, ("home", "minimal"), ("cpu", "%"), 3)
