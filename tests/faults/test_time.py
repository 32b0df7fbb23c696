"""Time that jumps, sleeps, changes its zone or is cut off: what is credited was lived (T16, T39, T40, T54)."""

from __future__ import annotations

import gc
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psutil
import pytest

from runnersknee_tui.core.recording import from_checkpoint
from runnersknee_tui.core.session import Session, State
from runnersknee_tui.core.timeline import Plan
from runnersknee_tui.live import GAP_S, LiveSession
from runnersknee_tui.store.clock import Clock, zone_name
from runnersknee_tui.store.history import History
from runnersknee_tui.workspace import Workspace
from tests.faults.processes import LIVENESS_S, go, is_ready, playing
from tests.faults.table import PROPERTY
from tests.faults.trials import Trial, fault
from tests.world import Hands, world

# --- cut off -------------------------------------------------------------------------------------------------


@fault("T16", "kill -9 during a session, by its own clock", short=6, full=200)
def test_credited_time_after_a_kill(trial: Trial) -> None:
    """The session is offered; what it credits is at most ten seconds below the truth, and never above.

    The program's clock runs fast and is written down before each tick, so the truth is known at the kill.
    """
    mark = trial.folder / "clock"
    mark.write_bytes(b"\0" * 8)
    with playing("live", trial.folder, mark, trial.number, 0 if trial.armed else 40) as process:
        is_ready(process)
        go(process)
        if trial.armed:
            time.sleep(trial.random.uniform(0.02, 0.25))  # the moment of the fault, not a wait for anything
            process.kill()
        status = process.wait(LIVENESS_S)
    if not trial.armed:
        assert status == 0
        assert list((trial.folder / "person" / "data" / "active").glob("*.json")) == []
        return
    trial.landed += status == -signal.SIGKILL
    lived = int.from_bytes(mark.read_bytes(), "little") / 1000
    made = world(trial.folder / "person", Hands())
    orphans = made.checkpoints.orphans()
    trial.lost += len(orphans) != 1
    trial.unreadable += len(made.checkpoints.unreadable) + len(made.history.unreadable)
    if not orphans:
        return
    truth = Session(made.prepare(made.catalogue.routines["prehab"]).plan, 0.0)
    truth.advance(lived)
    restored, _ = from_checkpoint(orphans[0].session, made.catalogue, 0.0)
    off = round(restored.active_s - truth.active_s, 3)
    trial.measure("credited minus lived, s", off)
    trial.measure("lived, s", lived)
    assert -10 <= off <= 0
    assert made.unfinished(orphans[0]).active_s == pytest.approx(restored.active_s, abs=0.051)  # in tenths


# --- suspend and gaps ----------------------------------------------------------------------------------------


def begun(made: Workspace) -> LiveSession:
    return made.begin(made.prepare(made.catalogue.routines["prehab"]).plan)


@fault("T39", "sleep and gaps: monotonic stands still or goes on", short=60, full=1000)
def test_suspend(trial: Trial) -> None:
    """A gap of over two seconds pauses where the session was last seen, and no second of it is credited."""
    hands = Hands()
    made = world(trial.folder, hands)
    live = begun(made)
    credit = 0.0
    asleep = trial.number % 2 == 0
    for _ in range(trial.random.randint(3, 40)):
        step = trial.random.uniform(0.05, GAP_S - 0.01)
        hands.turn(step)
        live.tick()
        credit += step
    before = live.session.active_s
    assert before == pytest.approx(credit)
    gap = trial.random.uniform(GAP_S + 0.01, 100_000) if trial.armed else 1.0
    hands.sleep(gap) if asleep else hands.turn(gap)
    live.tick()
    if live.session.state is State.PAUSED:
        trial.landed += 1
        trial.lost += live.session.active_s != pytest.approx(before)
        live.do(live.session.resume)
        hands.turn(1)
        live.tick()
        assert live.session.active_s - before <= 1 + 3.01  # the lead-in may come first
    else:
        assert not trial.armed
    assert made.flush(LIVENESS_S)


# --- clocks and zones ----------------------------------------------------------------------------------------

ZONES = ("Europe/Berlin", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Sao_Paulo", "Asia/Tehran", "Pacific/Apia")  # fmt: skip


def transitions() -> tuple[tuple[str, datetime], ...]:
    """The instants at which these zones change their offset, 2024 to 2030."""
    found = []
    for name in ZONES:
        zone = ZoneInfo(name)
        at = datetime(2024, 1, 1, tzinfo=UTC)
        while at.year < 2031:
            later = at + timedelta(hours=1)
            offset = at.astimezone(zone).utcoffset()
            if later.astimezone(zone).utcoffset() != offset:
                minutes = (at + timedelta(minutes=one) for one in range(61))
                found.append(
                    (name, next(one for one in minutes if one.astimezone(zone).utcoffset() != offset))
                )
            at = later
    return tuple(found)


TRANSITIONS = transitions()


class WallHands(Hands):
    """A wall clock in a zone, which may also be set by hand."""

    def __init__(self, start: datetime, zone: str) -> None:
        super().__init__(start)
        self.zone = ZoneInfo(zone)
        self.set_by = timedelta()

    @property
    def clock(self) -> Clock:
        def wall() -> datetime:
            passed = timedelta(seconds=self.monotonic - 1000.0)
            now = (self.morning.astimezone(UTC) + passed + self.set_by).astimezone(self.zone)
            return now.astimezone(timezone(now.utcoffset() or timedelta()))  # as the system's clock does

        return Clock(monotonic=lambda: self.monotonic, wall=wall, boottime=None)


@fault("T40", "summer time begins or ends in a session", short=20, full=len(TRANSITIONS), cases=TRANSITIONS)
def test_zone_transitions(trial: Trial) -> None:
    """Durations are exact, the civil date is that of the start, and the order of sessions stays."""
    zone, change = trial.case
    start = change - timedelta(minutes=2) if trial.armed else change - timedelta(days=20)
    hands = WallHands(start, zone)
    made = world(trial.folder, hands)
    live = begun(made)
    offset = made.clock.wall().utcoffset()
    total = 0.0
    while total < 300:
        hands.turn(1.0)
        live.tick()
        total += 1
    trial.landed += made.clock.wall().utcoffset() != offset
    live.do(lambda now: live.session.finish(now, "quit"))
    assert live.saved is not None
    record = live.saved.result(LIVENESS_S)
    assert record.active_s + record.paused_s == 300
    assert (record.ended_at - record.started_at).total_seconds() == 300
    assert record.clock_jump_s == 0
    trial.lost += made.history.load(record.id) != record
    assert record.local_date == start.astimezone(ZoneInfo(zone)).date()


JUMPS = (-3600.0, 3600.0, 86_400.0 * 3652, -86_400.0 * 400, 2.5, -30.0)


@fault("T40", "the clock is set during a session", cases=JUMPS)
def test_clock_is_set(trial: Trial) -> None:
    """Nothing but `clock_jump_s` knows of it."""
    hands = WallHands(datetime(2026, 6, 1, 6, tzinfo=UTC), "Europe/Berlin")
    made = world(trial.folder, hands)
    live = begun(made)
    for second in range(120):
        hands.turn(1.0)
        if second == 60 and trial.armed:
            hands.set_by = timedelta(seconds=trial.case)
        live.tick()
    live.do(lambda now: live.session.finish(now, "quit"))
    assert live.saved is not None
    record = live.saved.result(LIVENESS_S)
    trial.landed += record.clock_jump_s == trial.case
    trial.lost += record.active_s != 120 or (record.ended_at - record.started_at).total_seconds() != 120
    assert record.local_date.isoformat() == "2026-06-01"


JOURNEY = datetime(2026, 6, 1, 23, 59, tzinfo=UTC)
JOURNEYS = tuple(
    (here, there)
    for here in ZONES
    for there in ZONES
    if JOURNEY.astimezone(ZoneInfo(here)).utcoffset() != JOURNEY.astimezone(ZoneInfo(there)).utcoffset()
)


@fault("T40", "another zone during a session, and after it", short=8, full=len(JOURNEYS), cases=JOURNEYS)
def test_journeys(trial: Trial) -> None:
    """Durations are exact; a session stays on the day of its start, at home and abroad, and keeps its place."""
    here, there = trial.case
    hands = WallHands(JOURNEY.replace(tzinfo=ZoneInfo(here)), here)
    made = world(trial.folder, hands)
    before = hands.clock.wall().utcoffset()
    days = []
    for _ in range(2):  # the second session is lived abroad
        live = begun(made)
        days.append(made.clock.wall().date())
        for second in range(120):
            hands.turn(1.0)
            if second == 60 and trial.armed:
                hands.zone = ZoneInfo(there)
            live.tick()
        live.do(lambda now, live=live: live.session.finish(now, "quit"))  # type: ignore[misc]
        assert live.saved is not None
        record = live.saved.result(LIVENESS_S)
        assert record.active_s + record.paused_s == 120
        assert (record.ended_at - record.started_at).total_seconds() == 120
        assert record.clock_jump_s == 0
    trial.landed += made.clock.wall().utcoffset() != before
    found = list(History(made.paths).all())
    trial.lost += 2 - len(found)
    assert [record.local_date for record in sorted(found, key=lambda one: one.started_at)] == days


@pytest.mark.parametrize(
    "value", ["Nowhere/Atall", "", "CET-1CEST", "../etc/passwd", "Europe", "x" * 5000, "\x1b[31m"]
)
def test_a_zone_that_is_none(value: str) -> None:
    """T40: no name is made up, and nothing fails."""
    assert zone_name({"TZ": value}) is None


def test_no_zone_data_at_all(tmp_path: Path) -> None:
    """T40: without a zone database the app starts and lists."""
    from tests.faults.places import home_paths
    from tests.faults.processes import CHECKOUT, environment
    from tests.store.sessions import session

    History(home_paths(tmp_path)).save(session(1))
    command = (sys.executable, "-m", "runnersknee_tui", "history", "--json")
    env = environment(HOME=str(tmp_path), PYTHONTZPATH="", TZ="Europe/Berlin")
    done = subprocess.run(
        command, env=env, cwd=CHECKOUT, capture_output=True, timeout=LIVENESS_S, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)) == 1


# --- eight hours ---------------------------------------------------------------------------------------------


def long_plan(made: Workspace, hours: float) -> Plan:
    """Exercises enough for so long."""
    from runnersknee_tui.core.timeline import routine_prescriptions

    asked = routine_prescriptions(made.catalogue.routines["full"], made.catalogue)
    once = made.prepare_items("long", "Long", asked).plan.seconds
    return made.prepare_items("long", "Long", asked * (int(hours * 3600 / once) + 1)).plan


@pytest.mark.parametrize("hours", [0.7, pytest.param(8.0, marks=pytest.mark.full)])
def test_a_long_session(hours: float, tmp_path: Path, record_property: Callable[[str, Any], None]) -> None:
    """T54: in ticks like those of the screen, a hundred times as fast: no drift, no growth, no descriptor left."""
    hands = Hands()
    made = world(tmp_path, hands)
    live = made.begin(long_plan(made, hours))
    plan_s = live.session.plan.seconds
    chance = random.Random(54)
    process = psutil.Process()
    passed = 0.0
    start: tuple[int, int] | None = None
    grown = 0
    while live.record is None:
        step = chance.uniform(0.05, 1.0)
        hands.turn(step)
        passed += step
        live.tick()
        live.upcoming()
        if start is None and passed > plan_s / 10:
            gc.collect()
            made.flush(LIVENESS_S)
            start = (process.memory_info().rss, process.num_fds())
        if passed > plan_s + 60:
            break
    assert live.record is not None
    assert live.saved is not None
    record = live.saved.result(LIVENESS_S)
    gc.collect()
    assert start is not None
    made.flush(LIVENESS_S)
    grown = process.memory_info().rss - start[0]
    drift = abs(record.active_s - plan_s)
    measured = f"hours {plan_s / 3600:.1f}; drift s {drift:g}; growth MB {grown / 1e6:.1f}; descriptors {process.num_fds() - start[1]:+d}"
    tell(record_property, "T54 a session of hours", measured)
    assert drift <= 0.1  # what rounding to a tenth leaves
    assert grown < 10e6
    assert process.num_fds() - start[1] <= 0


def tell(record_property: Callable[[str, Any], None], fault: str, measured: str) -> None:
    """A row of the table for a session that is tried once."""
    record_property(
        PROPERTY,
        {"fault": fault, "tries": 1, "landed": 1, "lost": 0, "unreadable": 0, "measured": measured},
    )


@pytest.mark.full
def test_a_long_session_on_the_screen(tmp_path: Path, record_property: Callable[[str, Any], None]) -> None:
    """T54: eight hours in a real terminal, drawn, a hundred times as fast."""
    from tests.faults.places import home_paths
    from tests.faults.pty import Terminal

    paths = home_paths(tmp_path)
    paths.routines.mkdir(parents=True)
    item = '[[exercises]]\nid = "plank"\nsets = 1\nhold_s = 600\nrest_s = 0\n\n'
    (paths.routines / "long.toml").write_text('title = "Long"\n\n' + item * 48)
    begin = None
    # A file may hold six hours at most; this process takes a longer one.
    longer = (
        "from runnersknee_tui.content import routines; routines.LONGEST_ROUTINE_S = 9 * 3600\n"
        "import sys; from runnersknee_tui.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    words = ("start", "long", "--mute", "--no-check-in", "--speed", "100")
    with Terminal(words, tmp_path, program=(sys.executable, "-c", longer)) as window:
        window.wait_for("x it hurts")
        process = psutil.Process(window.process.pid)
        asked = time.monotonic()
        while not list(paths.history.glob("*.json")) and time.monotonic() - asked < 600:
            window.linger(0.5)
            window.output, window._fed = b"", 0
            if begin is None and time.monotonic() - asked > 20:
                begin = (process.memory_info().rss, process.num_fds())
        assert begin is not None
        window.linger(1.0)
        grown, descriptors = process.memory_info().rss - begin[0], process.num_fds() - begin[1]
        window.send("\x11")
        window.wait()
    (record,) = History(paths).all()
    measured = (
        f"hours {record.active_s / 3600:.1f}; growth MB {grown / 1e6:.1f}; descriptors {descriptors:+d}"
    )
    tell(record_property, "T54 hours on the screen at 100 times", measured)
    assert record.active_s >= 8 * 3600
    assert grown < 10e6
    assert descriptors <= 0
