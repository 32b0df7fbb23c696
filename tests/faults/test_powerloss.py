"""Power lost after any operation: what was acknowledged is there, and what is there can be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from runnersknee_tui.store.backup import BackupError, back_up, backups, read_backup
from runnersknee_tui.store.checkpoint import Checkpoints
from runnersknee_tui.store.clock import Clock
from runnersknee_tui.store.durable import TEMPORARY
from runnersknee_tui.store.history import History
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.settings import load_settings, save_settings
from tests.faults.powerloss import ROOT, ModelDisk, State
from tests.faults.trials import Trial, fault
from tests.store.sessions import session

PATHS = Paths.under(ROOT)
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
OLD, NEW = session(1), session(2)
EDITED = replace(OLD, note="edited", rev=2)


def save_one(disk: ModelDisk) -> None:
    History(PATHS, disk).save(OLD)
    disk.acknowledge("old saved")


def save(disk: ModelDisk) -> None:
    save_one(disk)
    History(PATHS, disk).save(NEW)
    disk.acknowledge("new saved")


def edit(disk: ModelDisk) -> None:
    save(disk)
    History(PATHS, disk).replace(OLD.id, lambda old: replace(old, note="edited"))
    disk.acknowledge("edited")


def delete(disk: ModelDisk) -> None:
    save(disk)
    History(PATHS, disk).delete(OLD.id, NOW)
    disk.acknowledge("deleted")


def undelete(disk: ModelDisk) -> None:
    delete(disk)
    disk.acknowledge("asked for it back")
    History(PATHS, disk).undelete(OLD.id)
    disk.acknowledge("undeleted")


def faults_of(state: State) -> list[str]:
    """What a person would call a loss, after the app started on this state of the disk."""
    disk = ModelDisk.holding(state)
    history = History(PATHS, disk)
    found = {record.id: record for record in history.all()}
    wrong = [f"{bad.name}: {bad.reason}" for bad in history.unreadable]
    told = state.acknowledged
    if "new saved" in told and found.get(NEW.id) != NEW:
        wrong.append("the new session is gone")
    if "old saved" in told:
        last = told[-1]
        if last == "edited" and found.get(OLD.id) != EDITED:
            wrong.append("the edit is gone")
        if last == "deleted" and OLD.id in found:
            wrong.append("the deleted session is back")
        if last == "undeleted" and OLD.id not in found:
            wrong.append("the session brought back is gone")
        if OLD.id not in found and not [entry for entry in history.trashed() if entry.id == OLD.id]:
            wrong.append("the old session is gone")
    if found.get(OLD.id, OLD) not in (OLD, EDITED):
        wrong.append("the old session was changed")
    return wrong


# --- a running session ---------------------------------------------------------------------------------------

CLOCK = Clock(lambda: 0.0, lambda: NOW, None)


def live(disk: ModelDisk) -> None:
    """A session with two checkpoints, saved at its end as the app does it."""
    active = Checkpoints(PATHS, disk, CLOCK).begin(OLD.id)
    for step in (1, 2):
        active.save({"step": step})
        disk.acknowledge(f"checkpoint {step}")
    History(PATHS, disk).save(OLD)
    disk.acknowledge("saved")
    active.finish()
    disk.acknowledge("finished")


def faults_of_live(state: State) -> list[str]:
    """What is lost or doubled for the person who starts the app again."""
    disk = ModelDisk.holding(state)
    checkpoints = Checkpoints(PATHS, disk, CLOCK)
    orphans = checkpoints.orphans()
    history = History(PATHS, disk)
    stored = list(history.all())
    wrong = [f"{bad.name}: {bad.reason}" for bad in (*checkpoints.unreadable, *history.unreadable)]
    told = state.acknowledged
    if "saved" in told and stored != [OLD]:
        wrong.append("the saved session is gone")
    if stored and orphans:
        wrong.append("a saved session is offered again")
    if not stored and told:
        step = max(int(word.split()[1]) for word in told if word.startswith("checkpoint"))
        if not orphans or orphans[0].session["step"] < step:
            wrong.append(f"checkpoint {step} is gone")
    if PATHS.active in state.directories and not orphans:
        wrong.extend(name for name in disk.names(PATHS.active) if not name.startswith(TEMPORARY))
    return wrong


# --- settings ------------------------------------------------------------------------------------------------


def set_twice(disk: ModelDisk) -> None:
    for minutes in (30, 40):
        save_settings(PATHS, {"minutes": minutes}, NOW, disk)
        disk.acknowledge(str(minutes))


def faults_of_settings(state: State) -> list[str]:
    """The old ones or the new ones, and never older than was told."""
    settings = load_settings(PATHS, ModelDisk.holding(state))
    known = [20, *map(int, state.acknowledged)]
    right = settings.values.minutes in (known[-1], min(known[-1] + 10, 40))
    return [*map(str, settings.problems), *([] if right else [f"{settings.values.minutes} minutes"])]


# --- backups -------------------------------------------------------------------------------------------------


def back_up_once(disk: ModelDisk) -> None:
    save_one(disk)
    assert back_up(PATHS, History(PATHS, disk), NOW.date(), disk) is not None
    disk.acknowledge("backed up")


def faults_of_backup(state: State) -> list[str]:
    """What has the name of a backup is one; the sessions are there beside it."""
    disk = ModelDisk.holding(state)
    wrong = faults_of(replace(state, acknowledged=state.acknowledged[:1]))
    there = backups(PATHS, disk)
    for one in there:
        try:
            found = read_backup(one.path, disk)
        except BackupError as error:
            wrong.append(f"{one.path.name}: {error}")
        else:
            wrong += [note.reason for note in found.refused]
    if "backed up" in state.acknowledged and not there:
        wrong.append("the backup is gone")
    return wrong


# --- every state ---------------------------------------------------------------------------------------------

Act = Callable[[ModelDisk], None]
Judge = Callable[[State], list[str]]
SCENARIOS: dict[str, tuple[Act, Judge, int]] = {
    "save": (save, faults_of, 15),
    "edit": (edit, faults_of, 15),
    "delete": (delete, faults_of, 15),
    "undelete": (undelete, faults_of, 15),
    "checkpoints and finish": (live, faults_of_live, 26),
    "settings": (set_twice, faults_of_settings, 11),
    "backup": (back_up_once, faults_of_backup, 16),
}
"""What is done, who judges a state of the disk, and how many states there must be at least."""


@fault("T04", "power lost, in every state that POSIX allows", cases=tuple(SCENARIOS))
def test_power_lost(trial: Trial) -> None:
    """Without the fault, the disk as it was when the program ended; and without its syncs, the model finds fault."""
    act, judge, least = SCENARIOS[trial.case]
    disk = ModelDisk()
    act(disk)
    states = disk.states() if trial.armed else disk.states()[-1:]
    for state in states:
        wrong = judge(state)
        trial.lost += bool(wrong)
        trial.complaints += [f"after {state.after}: {words}" for words in wrong]
    if trial.armed:
        trial.landed += len(states)
        assert len(states) >= least
        unsynced = ModelDisk(sync=False)
        act(unsynced)
        flagged = sum(bool(judge(state)) for state in unsynced.states())
        trial.measure("flagged without sync", flagged)
        assert flagged


def test_what_the_acts_leave() -> None:
    for act, count in ((save, 2), (edit, 2), (delete, 1), (undelete, 2), (live, 1)):
        disk = ModelDisk()
        act(disk)
        assert len(list(History(PATHS, disk).all())) == count
        assert PATHS.active not in disk.states()[-1].directories or disk.names(PATHS.active) == []


# --- the model itself ----------------------------------------------------------------------------------------


def test_the_model_sees_a_running_session_lost_without_sync_of_folders() -> None:
    disk = ModelDisk(sync_directories=False)
    active = Checkpoints(PATHS, disk, CLOCK).begin(OLD.id)
    active.save({"step": 1})
    disk.acknowledge("checkpoint 1")
    assert any(faults_of_live(state) for state in disk.states())


@pytest.mark.parametrize(
    ("disk", "expected"),
    [
        (ModelDisk(sync=False), {"is gone", "empty", "zero bytes", "complete JSON"}),
        (ModelDisk(sync_directories=False), {"is gone"}),
        (ModelDisk(), set()),
    ],
    ids=["no sync", "no sync of directories", "the whole protocol"],
)
def test_the_model_sees_what_a_missing_sync_costs(disk: ModelDisk, expected: set[str]) -> None:
    save_one(disk)
    told = " ".join(fault for state in disk.states() for fault in faults_of(state))
    assert {word for word in ("is gone", "empty", "zero bytes", "complete JSON") if word in told} == expected


def test_the_model_lets_a_plain_rewrite_lose_everything() -> None:
    disk = ModelDisk()
    save_one(disk)
    path = PATHS.history / disk.names(PATHS.history)[0]
    data = disk.read(disk.open_read(path), 100_000)
    disk.unlink(path)
    fd = disk.open_new(path)
    disk.write(fd, memoryview(data))
    disk.close(fd)
    assert any(faults_of(state) for state in disk.states())
