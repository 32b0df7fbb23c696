"""Mistakes of the program itself, a slow disk, a log that cannot be written, a home that is none (T11, T23, T48, T53)."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from textual.css.query import NoMatches
from textual.widgets import Input

from runnersknee_tui.store.filesystem import RealFileSystem
from runnersknee_tui.store.history import History
from runnersknee_tui.tui.screens.confirm import ConfirmScreen
from runnersknee_tui.tui.screens.session import SessionScreen
from runnersknee_tui.tui.steady_palette import SteadyPalette
from tests.faults.hostile_world import SCREENS
from tests.faults.places import home_paths, unsaved
from tests.faults.processes import LIVENESS_S, environment
from tests.faults.raising import WAYS, WORDS
from tests.faults.trials import Trial, fault
from tests.store.sessions import session
from tests.tui.visit import visit
from tests.world import Hands, world

if sys.platform == "win32":
    pytest.skip("needs a pseudo terminal", allow_module_level=True)

from tests.faults.pty import HOME_SHOWN, SESSION, SESSION_SHOWN, Terminal

RAISING = (sys.executable, "-m", "tests.faults.raising")
MISTAKES = ("mount", "timer", "key", "render", "worker", "compose")


@fault("T48", "exception in mount, timer, key, drawing, worker, compose", cases=MISTAKES)
def test_exceptions(trial: Trial) -> None:
    """The terminal is given back, the status is 1, a running session is kept, three lines say it all."""
    where = trial.case if trial.armed else "nowhere"
    words = {"worker": (), "compose": ("history",)}.get(trial.case, SESSION)
    with Terminal((where, *words), trial.folder, program=RAISING) as window:
        if not trial.armed:
            window.wait_for(SESSION_SHOWN)
            window.send("n")
            window.linger(0.3)
            window.send("\x11")
            assert window.wait() == 0
            return
        if where == "key":
            window.wait_for(SESSION_SHOWN)
            window.send("n")
        assert window.wait() == 1
        assert window.unrestored() == []
        last = window.output[window.output.rfind(b"\x1b[?1049l") :].decode(errors="replace")
    assert "Traceback" not in last
    assert "SECRET" not in last
    assert last.count("\n") <= 4
    trial.landed += "a mistake of its own" in last and WORDS in last
    log = home_paths(trial.folder).log
    assert str(log)[:40] in last
    report = log.read_text()
    assert "ZeroDivisionError" in report
    assert "SECRET" not in report
    trial.lost += len(unsaved(trial.folder)) if where != "mount" else 0


OPENED = tuple(name for name in SCREENS if name not in ("home", "not saved"))  # the last is no screen
EVERYWHERE = tuple(f"{WAYS[(at + turn) % len(WAYS)]}:{name}" for turn in range(len(WAYS)) for at, name in enumerate(OPENED))  # fmt: skip


@fault("T48", "exception in each screen: compose, timer, worker, thread", short=3, full=len(EVERYWHERE), cases=EVERYWHERE)  # fmt: skip
def test_exceptions_on_every_screen(trial: Trial) -> None:
    """As above, wherever the app happens to be."""
    with Terminal((trial.case if trial.armed else "nowhere",), trial.folder, program=RAISING) as window:
        if not trial.armed:
            window.wait_for(HOME_SHOWN)
            window.send("\x11")
            assert window.wait() == 0
            return
        assert window.wait() == 1, trial.case
        assert window.unrestored() == []
        last = window.output[window.output.rfind(b"\x1b[?1049l") :].decode(errors="replace")
    trial.landed += "a mistake of its own" in last and WORDS in last
    assert trial.landed, f"{trial.case}: {last}"
    assert "Traceback" not in last
    assert last.count("\n") <= 4
    assert "SECRET" not in home_paths(trial.folder).log.read_text()
    if trial.case.endswith(":session"):
        trial.lost += len(unsaved(trial.folder))


@fault("T48", "exception in the thread that saves")
def test_exception_while_saving(trial: Trial) -> None:
    """The app says that it is not saved, and lives on."""
    with Terminal(("save" if trial.armed else "nowhere", *SESSION), trial.folder, program=RAISING) as window:
        window.wait_for(SESSION_SHOWN)
        window.send("n")
        window.linger(0.3)
        window.send("q")
        window.wait_for("End here")
        window.send("y")
        paths = home_paths(trial.folder)
        if trial.armed:
            window.wait_for("(?i)not saved")
            trial.landed += 1
            window.send("\x11")
            window.wait()
            assert window.unrestored() == []
            trial.lost += not list(paths.active.glob("*.json"))
        else:
            window.wait_for(lambda: any(paths.history.glob("*.json")))
            window.send("\x11")
            assert window.wait() == 0


@fault("T53", "the log cannot be written", cases=("folder is a file", "log is a folder", "no room"))
def test_no_log(trial: Trial) -> None:
    """A second mishap is not made of the first."""
    log = home_paths(trial.folder).log
    if trial.armed and trial.case == "folder is a file":
        log.parent.parent.mkdir(parents=True)
        log.parent.write_text("a file")
    elif trial.armed:
        log.mkdir(parents=True)
    full = ("sh", "-c", 'ulimit -f 0; exec "$@"', "sh") if trial.armed and trial.case == "no room" else ()
    with Terminal(("mount", *SESSION), trial.folder, program=(*full, *RAISING)) as window:
        assert window.wait() == 1
        assert window.unrestored() == []
        last = window.output[window.output.rfind(b"\x1b[?1049l") :].decode(errors="replace")
    assert "a mistake of its own" in last
    trial.landed += "The details are in" not in last
    assert "Traceback" not in last


# --- a slow disk ---------------------------------------------------------------------------------------------


class SlowDisk(RealFileSystem):
    """Every sync waits until it is let through."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.waiting = threading.Event()

    def fsync(self, fd: int) -> None:
        self.waiting.set()
        assert self.gate.wait(LIVENESS_S)
        super().fsync(fd)


@fault("T11", "the disk takes its time", short=1, full=20)
def test_slow_disk(trial: Trial) -> None:
    """While a save hangs, the session goes on and keys are answered."""

    async def live() -> None:
        hands, fs = Hands(), SlowDisk()
        fs.gate.set()
        made = world(trial.folder, hands, fs=fs, signs_asked_on=hands.morning.date())
        prepared = made.prepare(made.catalogue.routines["prehab"])
        made.paths.active.mkdir(parents=True)  # only the very first session makes it
        if trial.armed:
            fs.gate.clear()
        async with visit(made, lambda app: app.start_session(prepared)) as shown:
            await shown.until(lambda: shown.app.live is not None)
            running = shown.app.live
            assert running is not None
            if trial.armed:
                await shown.until(fs.waiting.is_set)
            for _ in range(5):
                before = running.session.state, running.session.index
                asked = time.perf_counter()
                pressed = asyncio.create_task(shown.press("space"))  # comes back when all is drawn, too
                while (running.session.state, running.session.index) == before and not pressed.done():
                    await asyncio.sleep(0)
                trial.measure("s to answer a key", round(time.perf_counter() - asked, 3), most=0.2)
                await pressed
                assert (running.session.state, running.session.index) != before
                hands.turn(1)
            saved = running.checkpoint()
            trial.landed += not saved.done() and not fs.gate.is_set()
            fs.gate.set()
            assert made.flush(LIVENESS_S)
        trial.lost += len(made.checkpoints.orphans()) != 1

    gc.collect()  # what the apps of the tries before have left would be swept while a key waits
    asyncio.run(live())


# --- homes ---------------------------------------------------------------------------------------------------

HOMES: tuple[dict[str, str], ...] = (
    {"HOME": ""},
    {"HOME": "relative/home"},
    {"XDG_DATA_HOME": "relative"},
    {"XDG_CONFIG_HOME": ""},
    {},
)


@fault("T23", "HOME or XDG unset, empty, relative", cases=HOMES)
def test_homes(trial: Trial) -> None:
    """A place that is usable, or one line; nothing is written into the working folder."""
    History(home_paths(trial.folder)).save(session(1))
    env = environment(HOME=str(trial.folder))
    if trial.armed:
        env |= trial.case
        if not trial.case:
            env.pop("HOME")
    place = trial.folder / "working"
    place.mkdir()
    done = subprocess.run(
        (sys.executable, "-m", "runnersknee_tui", "doctor"), env=env, cwd=place, capture_output=True, text=True,
        timeout=LIVENESS_S, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    trial.landed += trial.armed
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1)
    assert list(place.iterdir()) == []


async def test_a_session_screen_that_is_taken_down_draws_no_more(tmp_path: Path) -> None:
    """Its widgets go before it does, and what it had put off may come in between."""
    made = world(tmp_path, Hands(), signs_asked_on=Hands().morning.date())
    prepared = made.prepare(made.catalogue.routines["prehab"])
    async with visit(made, lambda app: app.start_session(prepared)) as shown:
        await shown.until(lambda: shown.is_on("SessionScreen"))
        await shown.pilot.pause()
        screen = shown.app.screen
        assert isinstance(screen, SessionScreen)
        await screen.remove_children()
        screen._pruning = True
        screen._shown = None
        screen._draw()
        screen._pruning = False
        with pytest.raises(NoMatches):
            screen._draw()
        screen._pruning = True


async def test_the_palette_closes_once(tmp_path: Path) -> None:
    """Whatever still comes in for it runs nothing and takes no other screen away."""
    made = world(tmp_path, Hands(), signs_asked_on=Hands().morning.date())
    async with visit(made) as shown:
        shown.app.action_command_palette()
        await shown.until(lambda: shown.is_on("SteadyPalette"))
        palette = shown.app.screen
        assert isinstance(palette, SteadyPalette)
        await shown.pilot.pause()
        field = palette.query_one(Input)
        palette._action_escape()
        palette._action_escape()
        field.post_message(Input.Submitted(field, ""))
        await palette._on_message(Input.Submitted(field, ""))
        await shown.until(lambda: shown.is_on("HomeScreen"))
        assert len(shown.app.screen_stack) == 1


async def test_a_screen_that_is_gone_takes_no_other_with_it(tmp_path: Path) -> None:
    made = world(tmp_path, Hands(), signs_asked_on=Hands().morning.date())
    async with visit(made) as shown:
        shown.app.confirm("Really", "", yes="Yes", no="No", then=lambda _: None)
        await shown.until(lambda: shown.is_on("ConfirmScreen"))
        dialog = shown.app.screen
        assert isinstance(dialog, ConfirmScreen)

        def answer() -> None:
            dialog.dismiss(True)

        for _ in range(2):
            dialog.call_later(answer)
        await shown.until(lambda: shown.is_on("HomeScreen"))
        await shown.pilot.pause()
        assert len(shown.app.screen_stack) == 1
