"""A believable runner's workspace in a temporary folder: some weeks of sessions up to a fixed morning."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from runnersknee_tui.core.record import CheckIn, ExerciseRecord, Knees, SessionRecord
from runnersknee_tui.core.recording import Start, build_record, checkpoint
from runnersknee_tui.core.session import Session
from runnersknee_tui.core.timeline import Plan
from runnersknee_tui.store.checkpoint import Checkpoints
from runnersknee_tui.store.clock import Clock
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.workspace import Workspace

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 6, 18, 7, 12, tzinfo=ZONE)
WEEKS = 7

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
    for record in records(made, weeks):
        made.history.save(record)
    if mistakes:
        (paths.routines / "evenings.toml").write_text(MISTAKEN, encoding="utf-8")
        (paths.history / "20260610T053000Z-00000000000000ff.json").write_text("{", encoding="utf-8")
    if broken_off:
        _break_off(made)
    return Workspace(paths, clock=clock)  # afresh: what it read so far was the folder without these files


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


def records(made: Workspace, weeks: int) -> list[SessionRecord]:
    """Five or six sessions a week of a knee that slowly calms down."""
    chance = random.Random(7)
    first = NOW.date() - timedelta(weeks=weeks)
    found = []
    for day in range(weeks * 7):
        on = first + timedelta(days=day)
        if on.weekday() in (2, 6) or chance.random() < 0.12:
            continue
        routine = chance.choice(["starter", "starter", "prehab", "early", "lunch"])
        if on.weekday() == 5:
            routine = "prerun"
        found.append(_lived(made, routine, on, len(found), 4.5 - 3.5 * day / (weeks * 7), chance))
    return found


def _lived(
    made: Workspace, routine: str, on: date, number: int, pain: float, chance: random.Random
) -> SessionRecord:
    plan = made.prepare(made.catalogue.routines[routine]).plan
    started = datetime(on.year, on.month, on.day, 7, 5 + number % 40, tzinfo=ZONE)
    stops = number % 9 == 4
    start = Start(
        id=f"{number:016x}",
        app="0.1.0",
        started_at=started,
        tz=ZONE.key,
        local_date=on,
        rehearsal=number == 2,
        check_in=CheckIn(before=Knees(left=round(pain)), ran=chance.choice(["no", "easy", None])),
    )
    record = build_record(_walked(plan, 0.55 if stops else 1.0), start, confirmed=number % 4 != 0)
    answered = [_answered(entry, pain, chance) for entry in record.exercises]
    note = "Left knee a little stiff on the stairs yesterday." if number % 6 == 1 else ""
    return replace(record, exercises=tuple(answered), note=note)


def _walked(plan: Plan, share: float) -> Session:
    """A session of which this share of the time was done."""
    session = Session(plan, 0.0)
    session.advance(plan.seconds * share + (60.0 if share == 1.0 else 0.0))
    if share < 1.0:
        session.finish(plan.seconds * share, "quit")
    return session


def _answered(entry: ExerciseRecord, pain: float, chance: random.Random) -> ExerciseRecord:
    worst = max(0, round(pain + chance.uniform(-1.5, 1.5)))
    return replace(
        entry,
        during=Knees(left=worst if chance.random() < 0.85 else None),
        form=chance.choice(["good", "good", "good", "shaky", None]),
    )
