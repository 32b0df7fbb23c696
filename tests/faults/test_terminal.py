"""Signals, windows that close, stops, sizes, keys of every kind: the terminal is given back (T14 to T16, T36 to T45)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo terminal", allow_module_level=True)

from runnersknee_tui.store.checkpoint import Checkpoints
from runnersknee_tui.store.history import History
from tests.faults.places import home_paths, unsaved
from tests.faults.processes import LIVENESS_S, environment, go, is_ready, playing
from tests.faults.pty import HOME_SHOWN, SESSION, SESSION_SHOWN, Terminal
from tests.faults.trials import Trial, fault
from tests.store.sessions import session

UNFINISHED = "left unfinished"
LEAVE_S = 2.0
"""The longest that leaving may take."""


def end_and_leave(window: Terminal) -> None:
    """End the session, wait until it is on the disk, and leave."""
    window.send("q")
    window.wait_for("End here")
    window.send("y")
    window.wait_for(lambda: any(home_paths(window.home).history.glob("*.json")))
    window.send("\x11")
    assert window.wait() == 0


# --- the end comes from outside ------------------------------------------------------------------------------

ENDS = {"SIGTERM": signal.SIGTERM, "SIGHUP": signal.SIGHUP, "window closed": None}


@fault("T36", "SIGTERM, SIGHUP, window closed", short=4, full=150, cases=tuple(ENDS))
def test_ended_from_outside(trial: Trial) -> None:
    """At any moment from the first byte of the first screen on."""
    ending = ENDS[trial.case]
    with Terminal(SESSION, trial.folder) as window:
        window.wait_for(lambda: window.taken)
        if trial.number % 2:
            window.wait_for(SESSION_SHOWN)
        window.linger(trial.random.uniform(0, 0.6))
        if not trial.armed:
            window.wait_for(SESSION_SHOWN)
            end_and_leave(window)
        else:
            asked = time.monotonic()
            if ending is None:
                window.close()
                status = window.wait()
                assert status == 128 + signal.SIGHUP
            else:
                window.signal(ending)
                status = window.wait()
                assert status == 128 + ending
                assert window.unrestored() == []
            trial.measure("s to leave", round(time.monotonic() - asked, 2), most=LEAVE_S)
            trial.landed += 1
        lost = unsaved(trial.folder)
        trial.lost += len(lost)
        trial.complaints += lost


@fault("T37", "window closed, SIGHUP ignored", short=1, full=50)
def test_window_gone_without_a_signal(trial: Trial) -> None:
    with Terminal(SESSION, trial.folder, deaf=True) as window:
        window.wait_for(SESSION_SHOWN)
        window.linger(trial.random.uniform(0, 0.4))
        if not trial.armed:
            window.signal(signal.SIGHUP)
            window.linger(0.2)
            assert window.process.poll() is None
            return
        asked = time.monotonic()
        window.close()
        assert window.wait() == 128 + signal.SIGHUP
        trial.measure("s to leave", round(time.monotonic() - asked, 2), most=LEAVE_S)
        trial.landed += 1
        lost = unsaved(trial.folder)
        trial.lost += len(lost)
        trial.complaints += lost


@fault("T38", "stopped, continued, ended", short=2, full=20, cases=("SIGSTOP", "ctrl+z"))
def test_stopped_and_continued(trial: Trial) -> None:
    """A stop of over two seconds pauses; the screen comes back, and leaving works."""
    with Terminal(SESSION, trial.folder) as window:
        window.wait_for(SESSION_SHOWN)
        if trial.case == "SIGSTOP" or not trial.armed:
            window.signal(signal.SIGSTOP if trial.armed else signal.SIGWINCH)
        else:
            window.send("\x1a")
        if trial.armed:
            stopped = Path(f"/proc/{window.process.pid}/stat")
            window.wait_for(lambda: stopped.read_text().rpartition(")")[2].split()[0] == "T")
            window.linger(2.3)
        window.output, window._fed = b"", 0
        window._shown.reset()
        window.signal(signal.SIGCONT)
        if trial.armed:
            window.wait_for("space goes on")
            trial.landed += 1
        else:
            window.wait_for(SESSION_SHOWN)
        end_and_leave(window)
        assert window.unrestored() == []
        trial.lost += len(list(History(home_paths(trial.folder)).all())) != 1


# --- crashes during a session --------------------------------------------------------------------------------


@fault("T16", "kill -9 during a session, and a new start", short=2, full=30)
def test_killed_during_a_session(trial: Trial) -> None:
    """In a real terminal: the next start offers it, and goes on with it."""
    with Terminal(SESSION, trial.folder) as window:
        window.wait_for(SESSION_SHOWN)
        window.send("n")  # past the first countdown
        window.linger(trial.random.uniform(0.2, 1.0))
        if trial.armed:
            window.process.kill()
            trial.landed += window.wait() == -signal.SIGKILL
        else:
            end_and_leave(window)
    with Terminal((), trial.folder) as window:
        window.wait_for(HOME_SHOWN)
        if not trial.armed:
            window.linger(0.3)
            assert UNFINISHED not in window.screen
            return
        window.wait_for(UNFINISHED)
        window.send("r")
        window.wait_for("Done until then")
        window.send("g")
        window.wait_for("space goes on")
        end_and_leave(window)
    trial.lost += len(list(History(home_paths(trial.folder)).all())) != 1


@fault("T14", "a second window while a session runs")
def test_second_window(trial: Trial) -> None:
    with Terminal(SESSION, trial.folder) as first:
        first.wait_for(SESSION_SHOWN)
        if not trial.armed:
            first.signal(signal.SIGTERM)
            first.wait()
        with Terminal((), trial.folder) as second:
            second.wait_for(HOME_SHOWN)
            if trial.armed:
                second.wait_for("running in another terminal")
                trial.landed += 1
                assert UNFINISHED not in second.screen
            else:
                second.wait_for(UNFINISHED)
                assert "running in another terminal" not in second.screen
            second.send("\x11")
            assert second.wait() == 0


@fault("T15", "killed while a child of it lives", short=2, full=20)
def test_killed_with_a_living_child(trial: Trial) -> None:
    """The lock goes with its holder, not with the children it had."""
    with playing("holder", trial.folder) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        try:
            is_ready(process)
            checkpoints = Checkpoints(home_paths(trial.folder))
            assert checkpoints.orphans() == ()
            if trial.armed:
                process.kill()
            else:
                go(process)
            trial.landed += process.wait(LIVENESS_S) == -signal.SIGKILL and Path(f"/proc/{child}").exists()
            trial.lost += len(checkpoints.orphans()) != (1 if trial.armed else 0)
        finally:
            os.kill(child, signal.SIGKILL)


# --- sizes, keys, noise --------------------------------------------------------------------------------------

SIZES = ((1, 1), (2, 2), (20, 5), (40, 10), (0, 0), (300, 100), (1000, 200))


@fault("T41", "odd sizes, at the start and on the way", short=4, full=14, cases=SIZES)
def test_odd_sizes(trial: Trial) -> None:
    columns, rows = trial.case if trial.armed else (80, 24)
    with Terminal(SESSION, trial.folder, columns=columns, rows=rows) as window:
        window.wait_for(lambda: window.taken and list(home_paths(trial.folder).active.glob("*.lock")) != [])
        if (columns, rows) == (20, 5):
            window.wait_for(r"(?s)\d.*goes on")
        window.linger(0.3)
        trial.landed += window.process.poll() is None and (columns, rows) != (80, 24)
        window.resize(80, 24)
        window.wait_for(SESSION_SHOWN)
        window.resize(columns, rows)
        window.linger(0.2)
        window.signal(signal.SIGTERM)
        assert window.wait() == 143
        assert window.unrestored() == []
    trial.lost += len(unsaved(trial.folder))


KEYS = bytes(byte for byte in range(1, 0x7F) if byte not in b"\x11\x1aqQ")
FRAGMENTS = (
    b"\x1b[",
    b"\x1b[<0;3;",
    b"\x1bO",
    b"\x1b[200~",
    b"\x1b[201~",
    b"\x1b]",
    b"\x1b[1;5",
    b"\x1b[A",
    b"\x1b[6~",
)


IDLE = 5.0
"""Per cent of a processor that an app in which nothing moves may use."""
CATCH_UP_S = 30.0


def idle_share(window: Terminal) -> float:
    """The processor time of two seconds, in per cent; 0 where the program has ended."""
    if window.process.poll() is not None:
        return 0.0
    before = window.cpu_seconds()
    window.linger(2.0)
    if window.process.poll() is not None:
        return 0.0
    return round(50 * (window.cpu_seconds() - before), 1)


@fault("T42", "resize storm and key mash", short=2, full=20)
def test_storm(trial: Trial) -> None:
    """Alive after it, nothing of the history gone, and idle again.

    The palette can be asked to quit, and a storm may chance upon that: then the program has to leave in order, and
    the storm goes on at Home. It may also ask to delete a session and say yes: then the session is in the trash.
    """
    paths = home_paths(trial.folder)
    for number in range(5):
        History(paths).save(session(number))
    keys, resizes = (20_000, 500) if trial.number > 2 else (2_000, 50)
    words = SESSION if trial.number % 2 else ()
    sent = left = 0
    while True:
        with Terminal(() if left else words, trial.folder) as window:
            window.wait_for(SESSION_SHOWN if words and not left else HOME_SHOWN)
            while trial.armed and sent < keys and window.process.poll() is None:
                part = bytes(trial.random.choices(KEYS, k=keys // resizes)) + trial.random.choice(FRAGMENTS)
                window.send(part)
                window.resize(trial.random.randint(1, 200), trial.random.randint(1, 70))
                sent += len(part)
            window.resize(80, 24)
            window.linger(0.5)
            status = calm_down(trial, window, timed=not words and keys == 20_000)
            assert status in (0, 143), window.output[-2000:].decode(errors="replace")
            assert window.unrestored() == []
        if status == 143:
            break
        left += 1
    trial.landed += sent >= keys
    trial.measure("left by the palette", left)
    kept = {record.id for record in History(paths).all()}
    thrown = {path.stem.rpartition("-")[2] for path in paths.trash.glob("*.json")}
    trial.measure("deleted, asked and confirmed", len(thrown))
    trial.lost += sum(session(number).id not in kept | thrown for number in range(5))
    trial.lost += len(unsaved(trial.folder))


def calm_down(trial: Trial, window: Terminal, *, timed: bool) -> int:
    """Idle again once what came in is worked off, and led out by a signal: 143. 0 where a key had led it out."""
    if timed:
        begin, idle = time.monotonic(), idle_share(window)
        while idle > IDLE and time.monotonic() - begin < CATCH_UP_S:
            idle = idle_share(window)
        if window.process.poll() is None:
            trial.measure("s to be idle again", round(time.monotonic() - begin))
            trial.measure("idle CPU, %", idle, most=IDLE)
    if window.process.poll() is None:
        window.signal(signal.SIGTERM)
    return window.wait()


NO_KEYS = (b"\x1b[M \xff\x82", b"\x1b[:u", b"\x1b[99999999999;1u")


@fault("T43", "bytes that are no UTF-8, and keys that are none", short=3, full=21, cases=NO_KEYS)
def test_bytes_that_are_no_text(trial: Trial) -> None:
    """Such as the mouse reports of old terminals. Textual ends here; the session can be resumed."""
    with Terminal(SESSION, trial.folder) as window:
        window.wait_for(SESSION_SHOWN)
        window.send(trial.case if trial.armed else b"\x1b[M !!")
        window.linger(0.2)
        if trial.armed:
            trial.landed += 1
            if window.process.poll() is None:
                window.wait_for(SESSION_SHOWN)
                window.signal(signal.SIGTERM)
            assert window.wait() != 0
        else:
            window.signal(signal.SIGTERM)
            assert window.wait() == 143
        assert window.unrestored() == []
        assert len(window.output) < 400_000
    trial.lost += len(unsaved(trial.folder)) or not list(home_paths(trial.folder).active.glob("*.json"))


CLOSED = ("<&-", ">&-", "2>&-", "<&- >&- 2>&-", "</dev/null", "| cat")


@fault("T44", "streams closed or no terminal", cases=CLOSED)
def test_no_terminal(trial: Trial) -> None:
    line = f'"{sys.executable}" -m runnersknee_tui'
    line += f" start prehab {trial.case}" if trial.armed else " routines"
    done = subprocess.run(
        ("setsid", "sh", "-c", line), env=environment(HOME=str(trial.folder)), capture_output=True,
        timeout=LIVENESS_S, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    said = done.stdout + done.stderr
    trial.landed += done.returncode == 2 or (trial.case == "| cat" and b"terminal" in done.stderr)
    assert b"\x1b" not in said
    assert b"Traceback" not in said
    assert said.count(b"\n") <= 1 or not trial.armed


ENVIRONMENTS = (
    {"TERM": ""}, {"TERM": "nonsense-9"}, {"NO_COLOR": "1"}, {"LANG": "C", "LC_ALL": "C"}, {"TERM": "vt100"},
)  # fmt: skip
IMPOSSIBLE = ({"TERM": "dumb"}, {"PYTHONIOENCODING": "ascii"})


@fault("T45", "strange terminals", cases=(*ENVIRONMENTS, *IMPOSSIBLE))
def test_strange_terminals(trial: Trial) -> None:
    """The session says the same, whatever the colours are; what cannot draw is told so in one line."""
    env = trial.case if trial.armed else {}
    with Terminal(SESSION, trial.folder, **env) as window:
        if env in IMPOSSIBLE:
            assert window.wait() == 2
            assert b"\x1b" not in window.output
            assert window.output.count(b"\n") == 1
            trial.landed += 1
            return
        window.wait_for(SESSION_SHOWN)
        trial.landed += bool(env)
        window.wait_for("set 1 of")
        window.send(" ")
        window.wait_for("space goes on")
        window.signal(signal.SIGTERM)
        assert window.wait() == 143
    trial.lost += len(unsaved(trial.folder))
