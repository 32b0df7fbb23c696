"""What the program does to its files, scene by scene, and what a person would call a loss afterwards.

Each scene tells what it was told is safe ("saved 1"); `losses` holds the files to every such word. The same
scenes run in the test's own process on an injected filesystem, and in a process of their own under a tracer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.store.checkpoint import Checkpoints
from runnersknee_tui.store.clock import Clock
from runnersknee_tui.store.durable import TEMPORARY
from runnersknee_tui.store.filesystem import FileSystem, RealFileSystem
from runnersknee_tui.store.history import History
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.settings import load_settings, save_settings
from tests.store.sessions import session

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
CLOCK = Clock(lambda: 0.0, lambda: NOW, None)
RUNNING = session(7)
"""The session of the scenes with a checkpoint."""

Tell = Callable[[str], None]
Act = Callable[[Paths, FileSystem, Tell], None]


@dataclass(frozen=True)
class Scene:
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


SCENES: dict[str, Scene] = {
    "save": Scene(_save(2), _save(1)),
    "edit": Scene(_edit, _save(1)),
    "delete": Scene(_delete, _save(1)),
    "undelete": Scene(_undelete, _both(_save(1), _delete)),
    "checkpoint": Scene(_checkpoint),
    "finish": Scene(_finish, _save(1)),
    "settings": Scene(_settings),
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


@dataclass(frozen=True)
class Losses:
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
    bad = [f"{one.name}: {one.reason}" for one in (*history.unreadable, *checkpoints.unreadable)]
    return Losses(tuple(lost), (*bad, *map(str, settings.problems)))


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
