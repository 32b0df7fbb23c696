"""A believable runner's workspace in a temporary folder: half a year of sessions up to a fixed morning."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from demo_life import ZONE, Life

from runnersknee_tui.core.recording import Start, checkpoint
from runnersknee_tui.core.session import Session
from runnersknee_tui.store.checkpoint import Checkpoints
from runnersknee_tui.store.clock import Clock
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.settings import save_settings
from runnersknee_tui.workspace import Workspace

NOW = datetime(2026, 6, 18, 7, 12, tzinfo=ZONE)
WEEKS = 26

LUNCH = """\
title = "Lunch break"
purpose = "Ten quiet minutes beside the desk."

[[exercises]]
id = "glute-bridge"
sets = 2

[[exercises]]
id = "dead-bug"
sets = 1
"""

MISTAKEN = """\
title = "Evenings"

[[exercises]]
id = "glute-brige"
sets = 3
reps = "ten"
"""


class Hands:
    """The hands of a clock that moves only when told to."""

    def __init__(self) -> None:
        self.monotonic = 1000.0

    def turn(self, seconds: float) -> None:
        self.monotonic += seconds

    @property
    def wall(self) -> datetime:
        return NOW + timedelta(seconds=self.monotonic - 1000.0)


def workspace(
    root: Path, hands: Hands, *, weeks: int = WEEKS, mistakes: bool = False, broken_off: bool = False
) -> Workspace:
    """A workspace under `root`; with `mistakes`, some files in it cannot be used; with `broken_off`, a session
    was left unfinished the evening before.
    """
    paths = Paths.under(root)
    paths.routines.mkdir(parents=True)
    (paths.routines / "lunch.toml").write_text(LUNCH, encoding="utf-8")
    clock = Clock(monotonic=lambda: hands.monotonic, wall=lambda: hands.wall, boottime=None)
    made = Workspace(paths, clock=clock)
    if weeks:
        life = lived(weeks)
        for record in life.records:
            made.history.save(record)
        save_settings(paths, life.settings, NOW)
    if mistakes:
        (paths.routines / "evenings.toml").write_text(MISTAKEN, encoding="utf-8")
        (paths.history / "20260610T053000Z-00000000000000ff.json").write_text("{", encoding="utf-8")
    if broken_off:
        _break_off(made)
    return Workspace(paths, clock=clock)  # afresh: what it read so far was the folder without these files


@cache
def lived(weeks: int) -> Life:
    """So many weeks up to yesterday evening, lived once for all screens of a run."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths.under(Path(folder))
        paths.routines.mkdir(parents=True)
        (paths.routines / "lunch.toml").write_text(LUNCH, encoding="utf-8")
        return Life(Workspace(paths), NOW.date(), weeks).live()


def _break_off(made: Workspace) -> None:
    """What a crash leaves after a third of a session."""
    began = NOW - timedelta(hours=11, minutes=30)
    start = Start(id="00000000000000aa", app="0.1.0", started_at=began, tz=ZONE.key, local_date=began.date())
    plan = made.prepare(made.catalogue.routines["starter"]).plan
    session = Session(plan, 0.0)
    session.advance(plan.seconds / 2.5)
    crashed = began + timedelta(seconds=session.active_s)
    then = Clock(monotonic=lambda: 0.0, wall=lambda: crashed, boottime=None)
    active = Checkpoints(made.paths, made.fs, then).begin(start.id)
    active.save(checkpoint(session, start))
    active.abandon()
