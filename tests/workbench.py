"""A workspace in a folder of its own, with a clock that moves only when told and keys typed at set times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from runnersknee_tui.store.clock import Clock
from runnersknee_tui.store.filesystem import FileSystem
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.workspace import Workspace

MORNING = datetime(2026, 3, 2, 7, 30, tzinfo=timezone(timedelta(hours=1)))


class FakeClock:
    """Seconds that pass only in `pass_time`."""

    def __init__(self) -> None:
        self.passed = 0.0

    def pass_time(self, seconds: float) -> None:
        self.passed += seconds

    @property
    def clock(self) -> Clock:
        return Clock(
            monotonic=lambda: self.passed,
            wall=lambda: MORNING + timedelta(seconds=self.passed),
            boottime=None,
        )


class ScriptedInbox:
    """Messages at set seconds of the clock; waiting moves the clock."""

    def __init__(
        self,
        clock: FakeClock,
        script: Iterable[tuple[float, str | int]] = (),
        *,
        is_terminal: bool = False,
        ends: bool = True,
    ) -> None:
        """`ends`: the input is at its end behind the last message; else it stays open and silent."""
        self._clock = clock
        self._script = list(script)
        self._ends = ends
        self.is_terminal = is_terminal
        self.waits: list[float] = []

    def wait(self, seconds: float) -> str | int | None:
        self.waits.append(seconds)
        if self._script and self._script[0][0] <= self._clock.passed + seconds:
            at, message = self._script.pop(0)
            self._clock.pass_time(max(at - self._clock.passed, 0.0))
            return message
        self._clock.pass_time(seconds)
        return None

    @property
    def ended(self) -> bool:
        return self._ends and not self._script

    def signals(self) -> AbstractContextManager[None]:
        return nullcontext()


def workspace(
    folder: Path,
    clock: FakeClock | None = None,
    *,
    fs: FileSystem | None = None,
    env: Mapping[str, str] | None = None,
    flags: Mapping[str, Any] | None = None,
) -> Workspace:
    """One person's workspace under `folder`."""
    clock = clock or FakeClock()
    return Workspace(Paths.under(folder), clock=clock.clock, fs=fs, env=env or {}, flags=flags or {})
