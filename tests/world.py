"""A small world for tests: a workspace in a folder of its own and a clock that moves only when told to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from runnersknee_tui.store.clock import Clock
from runnersknee_tui.store.filesystem import FileSystem
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.workspace import Workspace

MORNING = datetime(2026, 6, 4, 7, 0, tzinfo=ZoneInfo("Europe/Berlin"))


class Hands:
    """The hands of the clock. `sleep` lets time pass that only the boot clock sees."""

    def __init__(self, morning: datetime = MORNING) -> None:
        self.morning = morning
        self.monotonic = 1000.0
        self.slept = 0.0

    def turn(self, seconds: float) -> None:
        self.monotonic += seconds

    def sleep(self, seconds: float) -> None:
        self.slept += seconds

    @property
    def clock(self) -> Clock:
        return Clock(
            monotonic=lambda: self.monotonic,
            wall=lambda: self.morning + timedelta(seconds=self.monotonic - 1000.0 + self.slept),
            boottime=lambda: self.monotonic + self.slept,
        )


def world(root: Path, hands: Hands | None = None, *, fs: FileSystem | None = None, **flags: Any) -> Workspace:
    """A workspace under `root`, silent, with these settings as flags."""
    silent = {"sound": "off", "keep_awake": False, "first_run_done": True}
    return Workspace(
        Paths.under(root),
        clock=(hands or Hands()).clock,
        fs=fs,
        env={"TZ": "Europe/Berlin"},
        flags=silent | flags,
    )


def routine_file(made: Workspace, name: str, text: str) -> None:
    """A routine that the user wrote."""
    made.paths.routines.mkdir(parents=True, exist_ok=True)
    (made.paths.routines / f"{name}.toml").write_text(text, encoding="utf-8")


SHORT = """\
title = "Short"

[[exercises]]
id = "glute-bridge"
dose = "rehab"
sets = 2
reps = 2
hold_s = 1
concentric_s = 1
eccentric_s = 1
rest_s = 20

[[exercises]]
id = "plank"
sets = 1
hold_s = 30
"""
"""A routine of some ninety seconds: 15, 6, 15, 5, 6, 15, 5, 30."""


def until(condition: Callable[[], bool], step: Callable[[], None], tries: int = 2000) -> None:
    """Take steps until a condition holds; the test fails where it never does."""
    for _ in range(tries):
        if condition():
            return
        step()
    raise AssertionError("it never came to that")
