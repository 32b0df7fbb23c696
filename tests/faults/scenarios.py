"""What the program does to its files, scene by scene, and what a person would call a loss afterwards.

Each scene tells what it was told is safe ("saved 1"); `losses` holds the files to every such word. The same
scenes run in the test's own process on an injected filesystem, and in a process of their own under a tracer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.store.backup import BackupError, back_up, backups, read_backup
from runnersknee_tui.store.checkpoint import Checkpoints
from runnersknee_tui.store.clock import Clock
from runnersknee_tui.store.durable import TEMPORARY
from runnersknee_tui.store.exchange import export, read_export
from runnersknee_tui.store.filesystem import FileSystem, RealFileSystem
from runnersknee_tui.store.history import History
from runnersknee_tui.store.merge import preview, take_in
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.quarantine import put_away
from runnersknee_tui.store.settings import load_settings, save_settings
from tests.store.sessions import session

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
CLOCK = Clock(lambda: 0.0, lambda: NOW, None)
RUNNING = session(7)
"""The session of the scenes with a checkpoint."""

Tell = Callable[[str], None]
Act = Callable[[Paths, FileSystem, Tell], None]


class Scene(Struct, frozen=True):
    """`before` makes what is there already; `act` is what a fault may hit."""

    act: Act
    before: Act | None = None


def _save(number: int) -> Act:
    def act(paths: Paths, fs: FileSystem, tell: Tell) -> None:
        History(paths, fs).save(session(number))
        tell(f"saved {number}")

    return act


def _edit(paths: Paths, fs: FileSystem, tell: Tell) -> None:
    History(paths, fs).replace(session(1).id, lambda old: replace(old, note="edited"))
    tell("edited 1")


def _delete(paths: Paths, fs: FileSystem, tell: Tell) -> None:
    History(paths, fs).delete(session(1).id, NOW)
    tell("deleted 1")


def _undelete(paths: Paths, fs: FileSystem, tell: Tell) -> None:
    tell("wanted 1")  # from here on it may be back
    History(paths, fs).undelete(session(1).id)
    tell("undeleted 1")


def _both(*acts: Act) -> Act:
    def act(paths: Paths, fs: FileSystem, tell: Tell) -> None:
        for one in acts:
            one(paths, fs, tell)

    return act


def _checkpoint(paths: Paths, fs: FileSystem, tell: Tell) -> None:
    active = Checkpoints(paths, fs, CLOCK).begin(RUNNING.id)
    for step in (1, 2):
        active.save({"step": step})
        tell(f"checkpoint {step}")


def _finish(paths: Paths, fs: FileSystem, tell: Tell) -> None:
    active = Checkpoints(paths, fs, CLOCK).begin(RUNNING.id)
    active.save({"step": 1})
    tell("checkpoint 1")
    History(paths, fs).save(RUNNING)
    tell("saved 7")
    active.finish()
    tell("finished")


def _settings(paths: Paths, fs: FileSystem, tell: Tell) -> None:
    for minutes in (30, 40):
        save_settings(paths, {"minutes": minutes}, NOW, fs)
        tell(f"minutes {minutes}")


def exported(paths: Paths) -> Path:
    """Where the scene of an export writes to."""
    return paths.data / "export.json"


def _export(paths: Paths, fs: FileSystem, tell: Tell) -> None:
    export(exported(paths), paths, History(paths, fs), NOW, app="0.1.0", force=True, fs=fs)
    tell("exported")


def _import(paths: Paths, fs: FileSystem, tell: Tell) -> None:
    history = History(paths, fs)
    take_in(preview(read_export(exported(paths)), paths, history, fs), paths, history, fs)
    for number in (1, 2):
        tell(f"saved {number}")


def _wipe(paths: Paths, fs: FileSystem, tell: Tell) -> None:  # noqa: ARG001
    """Two sessions that stand in an export alone."""
    source = Paths.under(paths.data.parent / "source")
    for number in (1, 2):
        History(source).save(session(number))
    paths.data.mkdir(parents=True)
    export(exported(paths), source, History(source), NOW, app="0.1.0")


def _back_up(paths: Paths, fs: FileSystem, tell: Tell) -> None:
    back_up(paths, History(paths, fs), NOW.date(), fs)
    tell("backed up")


BAD_NAME, BAD = "20200101T000000Z-00000000000000ff.json", b'{"schema": 1, "id": '


def _break(paths: Paths, fs: FileSystem, tell: Tell) -> None:  # noqa: ARG001
    (paths.history / BAD_NAME).write_bytes(BAD)


def _quarantine(paths: Paths, fs: FileSystem, tell: Tell) -> None:
    if BAD_NAME in fs.names(paths.history):  # else a try before this one moved it
        put_away(paths, fs, paths.history / BAD_NAME, "not complete", NOW)
        tell("put away")


SCENES: dict[str, Scene] = {
    "save": Scene(_save(2), _save(1)),
    "edit": Scene(_edit, _save(1)),
    "delete": Scene(_delete, _save(1)),
    "undelete": Scene(_undelete, _both(_save(1), _delete)),
    "checkpoint": Scene(_checkpoint),
    "finish": Scene(_finish, _save(1)),
    "settings": Scene(_settings),
    "export": Scene(_export, _both(_save(1), _save(2))),
    "import": Scene(_import, _wipe),
    "backup": Scene(_back_up, _both(_save(1), _save(2))),
    "quarantine": Scene(_quarantine, _both(_save(1), _break)),
}


def run(scene: str, paths: Paths, fs: FileSystem, tell: Tell) -> None:
    """What is there already, and then the scene, all told to one ear."""
    before(scene, paths, tell)
    SCENES[scene].act(paths, fs, tell)


def before(scene: str, paths: Paths, tell: Tell) -> None:
    """The state of things before a scene, made without any fault."""
    first = SCENES[scene].before
    if first is not None:
        first(paths, RealFileSystem(), tell)


class Losses(Struct, frozen=True):
    """What is gone although it was told to be safe, and the files that cannot be read."""

    lost: tuple[str, ...]
    unreadable: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.lost or self.unreadable)


def losses(paths: Paths, told: Iterable[str], fs: FileSystem | None = None) -> Losses:
    """The next start, on the files as they are now."""
    fs = fs or RealFileSystem()
    told = tuple(told)
    history, checkpoints = History(paths, fs), Checkpoints(paths, fs, CLOCK)
    orphans = checkpoints.orphans()
    found = {record.id: record for record in history.all()}
    trashed = {entry.id for entry in history.trashed()}
    lost = [word for word in told if _is_lost(word, told, found, trashed)]
    steps = [int(word.split()[1]) for word in told if word.startswith("checkpoint")]
    stored = RUNNING.id in found
    if steps and not stored and not (orphans and orphans[0].session["step"] >= steps[-1]):
        lost.append(f"checkpoint {steps[-1]}")
    if stored and orphans:
        lost.append("a saved session is offered again")
    minutes = [int(word.split()[1]) for word in told if word.startswith("minutes")]
    settings = load_settings(paths, fs)
    if minutes and settings.values.minutes < minutes[-1]:
        lost.append(f"minutes {minutes[-1]}")
    bad = [
        f"{one.name}: {one.reason}"
        for one in (*history.unreadable, *checkpoints.unreadable)
        if one.name != BAD_NAME  # put there by the scene
    ]
    beside, unread = _beside(paths, told)
    return Losses((*lost, *beside), (*bad, *map(str, settings.problems), *unread))


def _beside(paths: Paths, told: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The same for what stands beside the history: the backups, the export, what was put away."""
    lost, unreadable = [], []
    kept = 0
    for one in backups(paths):
        try:
            kept = max(kept, len(read_backup(one.path).sessions))
        except BackupError as error:
            unreadable.append(f"{one.path.name}: {error}")
    if "backed up" in told and kept < sum(word.startswith("saved") for word in told):
        lost.append(f"backed up: {kept} sessions")
    if "exported" in told and len(read_export(exported(paths)).sessions) != 2:
        lost.append("exported")
    places = [paths.history / BAD_NAME, *paths.quarantine.glob(f"*_{BAD_NAME}")]
    whole = [path for path in places if path.exists() and path.read_bytes() == BAD]
    if "put away" in told and whole != places[1:]:
        lost.append("put away")
    unexplained = (path for path in places[1:] if not path.with_name(f"{path.name}.reason.txt").exists())
    lost += [f"why {path.name} was put away" for path in unexplained]
    return lost, unreadable


def _is_lost(word: str, told: tuple[str, ...], found: dict[str, SessionRecord], trashed: set[str]) -> bool:
    kind, _, number = word.partition(" ")
    if kind not in ("saved", "edited", "deleted", "undeleted"):
        return False
    original = session(int(number))
    record = found.get(original.id)
    later = told[told.index(word) + 1 :]
    if kind == "deleted":
        return f"wanted {number}" not in later and record is not None and original.id not in trashed
    if record is None:
        return original.id not in trashed or kind == "undeleted"
    edited = replace(original, note="edited", rev=max(record.rev, 2))
    return record != edited and (kind == "edited" or record != original)


def leftovers(paths: Paths) -> list[str]:
    """Unfinished writes that were left lying about."""
    return [str(path) for path in paths.data.rglob(f"{TEMPORARY}*")]


def told_in(log: str) -> list[str]:
    """The words of a process that wrote them line by line; a torn last line was not told."""
    return [json.loads(line) for line in log.split("\n")[:-1] if line]
