"""Commands that need no screen, against an interpreter that only imports what any of them needs."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from bench.goal import Effort, Result, Sample, compared, take_turns
from bench.world import APP, home

YARDSTICK = (sys.executable, "-c", "import argparse, json, tomllib, platformdirs")
LINES = (
    "--version",
    "--help",
    "routines",
    "exercises",
    "exercises step-up",
    "plan starter",
    "today",
    "history --plain",
    "history --json",
    "report",
    "check",
    "doctor",
    "completion bash",
)
"""What is typed behind `runnersknee`."""
SESSIONS = 30


def timed(command: Sequence[str], env: Mapping[str, str]) -> Sample:
    """Milliseconds until a command has ended. Raises CalledProcessError where it fails."""
    began = time.monotonic()
    subprocess.run(command, env=dict(env), check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return {"ms": 1000 * (time.monotonic() - began)}


def measure(effort: Effort) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        env = home(Path(folder), SESSIONS)
        commands = {line: (*APP, *line.split()) for line in LINES}
        runs = {line: partial(timed, command, env) for line, command in commands.items()}
        runs["yardstick"] = partial(timed, YARDSTICK, env)
        samples = take_turns(runs, effort.rounds, warm_up=2)
        for line in LINES:
            yield compared(f"runnersknee {line}", samples, (line, "yardstick"), ("ms", "ms"), 2.5)
