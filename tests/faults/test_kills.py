"""Killed at any moment, by the clock or before each call to the system (T01, T02, T03, T17)."""

from __future__ import annotations

import re
import signal
import time
from pathlib import Path

from runnersknee_tui.store.paths import Paths
from tests.faults import scenarios
from tests.faults.filesystems import KilledError, WatchedFileSystem
from tests.faults.processes import go, is_ready, needs_strace, play_traced, playing, told
from tests.faults.scenarios import SCENES, losses
from tests.faults.trials import Trial, fault

MANY = 5000
FEW = 10


@fault("T01", "kill -9 while saving", short=12, full=1000)
def test_killed_while_saving(trial: Trial) -> None:
    with playing("many", trial.folder, 0, MANY if trial.armed else FEW) as process:
        is_ready(process)
        go(process)
        if trial.armed:
            time.sleep(trial.random.uniform(0.002, 0.06))  # the moment of the fault, not a wait for anything
            process.kill()
        status = process.wait(60)
    words = told(trial.folder)
    trial.judge(losses(Paths.under(trial.folder / "person"), words))
    trial.landed += status == -signal.SIGKILL
    trial.measure("saves before the kill", len(words))


@fault("T02", "killed before each call of the store", cases=tuple(SCENES))
def test_killed_before_each_call(trial: Trial) -> None:
    """In this process: after the kill, nothing of it reaches the disk any more."""
    number = 1
    while True:
        paths = Paths.under(trial.folder / str(number))
        words: list[str] = []
        fs = WatchedFileSystem(killed_at=number if trial.armed else None)
        try:
            scenarios.run(trial.case, paths, fs, words.append)
        except KilledError:
            trial.landed += 1
        else:
            break
        fs.bury()
        trial.judge(losses(paths, words))
        number += 1
    if trial.armed:
        assert trial.landed == len(fs.calls) > 5


CALLS = ("openat", "write", "fsync", "close", "rename", "unlink")
KILLS = tuple((scene, call) for scene in SCENES for call in CALLS)


@needs_strace
@fault("T02", "killed before each system call, traced", short=6, full=len(KILLS), cases=KILLS, share=0.7)
def test_killed_before_each_system_call(trial: Trial) -> None:
    """Each call of one kind in one scene in turn, until the scene ends by itself."""
    scene, call = trial.case
    number = 1
    while True:
        folder = trial.folder / str(number)
        folder.mkdir()
        rule = (f"{call}:signal=SIGKILL:when={number}",) if trial.armed else ()
        status, _ = play_traced(scene, folder, call, *rule)
        trial.judge(losses(Paths.under(folder / "person"), told(folder)))
        if status != -signal.SIGKILL:
            assert status == 0
            break
        trial.landed += 1
        number += 1


@fault("T17", "killed between the session and its checkpoint")
def test_killed_before_the_checkpoint_is_removed(trial: Trial) -> None:
    """One session, not two; and nothing is offered that is saved already."""
    paths = Paths.under(trial.folder)
    words: list[str] = []
    good = WatchedFileSystem()
    scenarios.run("finish", Paths.under(trial.folder / "good"), good, words.append)
    at = next(number for number, call in enumerate(good.calls, 1) if call.name == "unlink")
    words.clear()
    fs = WatchedFileSystem(killed_at=at if trial.armed else None)
    try:
        scenarios.run("finish", paths, fs, words.append)
    except KilledError:
        trial.landed += 1
        assert list(paths.active.glob("*.json"))
    fs.bury()
    trial.judge(losses(paths, words))
    assert not list(paths.active.glob("*.json"))


# --- the order of things -------------------------------------------------------------------------------------

_CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")


def promises(trace: list[str]) -> list[str]:
    """What is wrong with the order in which files are written, synced, renamed and told about, by a trace."""
    wrong: list[str] = []
    unsynced_files: set[str] = set()
    unsynced_folders: set[str] = set()
    for line in trace:
        match = _CALL.match(line)
        if match is None or match[3].startswith("-"):
            continue
        call, words = match[1], match[2]
        path = (re.search(r"<([^>]*)>", words) or ["", ""])[1]
        named = re.findall(r'"([^"]*)"', words)
        if call == "write" and path.endswith("told.log"):
            wrong += [f"told before {name} was synced" for name in unsynced_files | unsynced_folders]
        elif call == "write" and "/person/" in path:
            unsynced_files.add(path)
        elif call == "fsync":
            unsynced_files.discard(path)
            unsynced_folders.discard(path)
        elif call.startswith("rename") and named:
            if named[0] in unsynced_files:
                wrong.append(f"{named[0]} was renamed before it was synced")
            unsynced_folders.update(name.rpartition("/")[0] for name in named)
        elif call == "unlink" and named and not named[0].endswith(".lock"):
            unsynced_folders.add(named[0].rpartition("/")[0])
    return wrong


ORDERED = ("openat", "write", "fsync", "rename", "renameat", "renameat2", "unlink")


@needs_strace
@fault("T03", "order of the calls; the fault is a trace without its syncs", cases=tuple(SCENES))
def test_synced_in_order_before_anybody_is_told(trial: Trial) -> None:
    """Last write, sync of the same file, rename, sync of the folder, and only then a word."""
    status, trace = play_traced(trial.case, trial.folder, ",".join(ORDERED))
    assert status == 0
    assert sum("told.log" in line for line in trace) >= 1
    assert sum("fsync" in line for line in trace) >= 2
    trial.complaints += promises(trace)
    if trial.armed:
        trial.landed += bool(promises([line for line in trace if "fsync" not in line]))
        trial.judge(losses(Paths.under(trial.folder / "person"), told(trial.folder)))


def test_scenes_without_a_fault(tmp_path: Path) -> None:
    """What the judge calls a loss, it must be able to see."""
    for scene in SCENES:
        paths, words = Paths.under(tmp_path / scene), list[str]()
        fs = WatchedFileSystem()
        scenarios.run(scene, paths, fs, words.append)
        fs.bury()
        assert not losses(paths, words)
        for folder in (paths.history, paths.active, paths.trash, paths.backups, paths.quarantine):
            for path in folder.glob("*"):
                path.unlink()
        paths.settings.unlink(missing_ok=True)
        assert losses(paths, words) or words == ["saved 1", "deleted 1"]
