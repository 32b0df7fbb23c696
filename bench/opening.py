"""The history on the screen: from the key on Home to the painted calendar, and on to the painted list of sessions.

What opens is the app itself in a terminal, a history of ten thousand sessions turn by turn with one of thirty, in
three states: the index as the visit before left it, a session that came since, and no index at all.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from bench.goal import Effort, Result, Sample, both, take_turns
from bench.start_up import HOME_TEXT, paint
from bench.terminal import Terminal
from bench.world import APP, home, paths_in
from runnersknee_tui.housekeeping import keep_house
from runnersknee_tui.workspace import Workspace

MANY, FEW = 10_000, 30
SIZE = (80, 24)
HOME_AT_REST = "Last session"
"""The line that Home shows once the day's plan is worked out, which reads sessions too."""
CALENDAR = r"a full day.*missed"
"""The legend, which stands only below a calendar that has its figures."""
SESSION = r"\d+ min [✓–]"
"""A row of the list."""

Prepare = Callable[[Path], object]


def opened(folder: Path, env: Mapping[str, str], prepare: Prepare) -> Sample:
    """Milliseconds and processor time from `h` to the calendar, and from `6` on to the first sessions."""
    prepare(folder)
    with Terminal(APP, env=env, size=SIZE) as terminal:
        terminal.wait_for(HOME_AT_REST)
        terminal.settle(1.0)
        before = terminal.cpu_s()
        pressed = terminal.key("h")
        calendar = terminal.wait_for(CALENDAR) - pressed
        between = terminal.cpu_s()
        pressed = terminal.key("6")
        listed = terminal.wait_for(SESSION) - pressed
        return {
            "calendar_ms": 1000 * calendar,
            "list_ms": 1000 * (calendar + listed),
            "calendar_cpu_ms": 1000 * (between - before),
            "list_cpu_ms": 1000 * (terminal.cpu_s() - before),
        }


def as_left(_folder: Path) -> None:
    """The index is what the visit before made."""


def came_since(folder: Path) -> None:
    """As after a session: the folder has changed, so the index cannot be trusted as it stands."""
    os.utime(paths_in(folder).history)


def no_index(folder: Path) -> None:
    """As after the cache was deleted."""
    shutil.rmtree(paths_in(folder).index, ignore_errors=True)


STATES: Mapping[str, Prepare] = {
    "the index as it was left": as_left,
    "a session since then": came_since,
    "no index": no_index,
}


def measure(effort: Effort) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as root:
        folders = {name: Path(root, name) for name in ("none", "few", "many")}
        for folder in folders.values():
            folder.mkdir()
        envs = {
            name: home(folders[name], count) for name, count in (("none", 0), ("few", FEW), ("many", MANY))
        }
        for folder in folders.values():  # the day's backup is made, as on all but the first start of a day
            keep_house(Workspace(paths_in(folder)))
        for state, prepare in STATES.items():
            runs = {name: partial(opened, folders[name], envs[name], prepare) for name in ("few", "many")}
            samples = take_turns(runs, effort.rounds)
            told = f"history of {MANY:,} on the screen, {state}"
            yield from both(told, samples, ("many", "few"), 1.25, figure="calendar")
            yield from both("the same, and the list", samples, ("many", "few"), 1.25, figure="list")
        starts = {name: partial(paint, APP, HOME_TEXT, envs[name]) for name in ("none", "many")}
        samples = take_turns(starts, 2 * effort.rounds)
        yield from both(f"start with {MANY:,} sessions", samples, ("many", "none"), 1.05)
