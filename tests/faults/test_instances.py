"""Several instances of the program at once: nothing is lost, and nothing is edited over (T13)."""

from __future__ import annotations

import sys
from contextlib import ExitStack

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo terminal", allow_module_level=True)

from runnersknee_tui.store.history import History
from runnersknee_tui.store.paths import Paths
from tests.faults.places import home_paths
from tests.faults.processes import LIVENESS_S, go, is_ready, playing
from tests.faults.pty import SESSION, SESSION_SHOWN, Terminal
from tests.faults.scenarios import losses
from tests.faults.trials import Trial, fault
from tests.store.sessions import session

WRITERS = 4


@fault("T13", "four writers at once, 500 sessions each", short=1, full=21)
def test_four_writers(trial: Trial) -> None:
    """In a short run 50 each; without the fault, one writer alone."""
    each = 500 if trial.number > 1 else 50
    writers = WRITERS if trial.armed else 1
    paths = Paths.under(trial.folder / "person")
    words: list[str] = []
    (trial.folder / "person").mkdir()
    with ExitStack() as stack:
        running = []
        for writer in range(writers):
            place = trial.folder / f"writer-{writer}"
            place.mkdir()
            (place / "person").symlink_to(trial.folder / "person")
            running.append(stack.enter_context(playing("many", place, writer * 1000, each)))
        for process in running:
            is_ready(process)
        for process in running:
            go(process)
        for writer, process in enumerate(running):
            assert process.wait(LIVENESS_S * 2) == 0
            words += (trial.folder / f"writer-{writer}" / "told.log").read_text().splitlines()
    told = [word.strip('"') for word in words]
    trial.landed += writers > 1 and len(told) == writers * each
    trial.judge(losses(paths, told))
    kept = sum(1 for _ in History(paths).all())
    assert kept == writers * (each + 1)
    trial.measure("kept of those told", len(told))


@fault("T13", "two windows whose sessions end at once", short=1, full=20)
def test_two_windows_end_together(trial: Trial) -> None:
    """Both sessions are in the history, and nothing is offered again."""
    windows = 2 if trial.armed else 1
    with ExitStack() as stack:
        running = [stack.enter_context(Terminal(SESSION, trial.folder)) for _ in range(windows)]
        for window in running:
            window.wait_for(SESSION_SHOWN)
            window.send("q")
            window.wait_for("End here")
        for window in running:
            window.send("y")
        paths = home_paths(trial.folder)
        running[0].wait_for(lambda: len(list(paths.history.glob("*.json"))) == windows)
        for window in running:
            window.send("\x11")
        for window in running:
            assert window.wait() == 0
    history = History(paths)
    trial.landed += windows > 1
    trial.lost += windows - len({record.id for record in history.all()})
    trial.unreadable += len(history.unreadable)
    assert list(paths.active.iterdir()) == []


@fault("T13", "four editors of one session", short=1, full=5)
def test_four_editors(trial: Trial) -> None:
    """Every edit is made on the one before it: none is lost."""
    paths = Paths.under(trial.folder)
    History(paths).save(session(1))
    editors, each = (WRITERS if trial.armed else 1), (10 if trial.number <= 1 else 40)
    with ExitStack() as stack:
        running = [stack.enter_context(playing("edit_many", trial.folder, each)) for _ in range(editors)]
        for process in running:
            is_ready(process)
        for process in running:
            go(process)
        for process in running:
            assert process.wait(LIVENESS_S * 2) == 0
    record = History(paths).load(session(1).id)
    trial.landed += editors > 1
    trial.lost += editors * each - len(record.note)
    assert record.rev == 1 + editors * each
