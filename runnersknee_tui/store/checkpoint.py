"""Checkpoints of running sessions: what a crash, a closed window or an empty battery leaves to go on from.

The instance that runs a session holds a lock for as long as it lives. A checkpoint whose lock is free belongs
to nobody any more and is offered at the next start.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from runnersknee_tui.store.clock import Clock
from runnersknee_tui.store.disk import SameDisk
from runnersknee_tui.store.durable import (
    SaveError,
    make_directory,
    reason,
    remove_file,
    write_file,
)
from runnersknee_tui.store.filesystem import FileSystem, RealFileSystem, read_file
from runnersknee_tui.store.history import History
from runnersknee_tui.store.lock import LockedError, try_lock, wait_for_lock
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.quarantine import put_away
from runnersknee_tui.store.session_files import Unreadable
from runnersknee_tui.store.session_json import Json, decode

SCHEMA = 1
"""The checkpoint format written here. One with a higher number is left for the version that wrote it."""

LIMIT = 1 << 20
"""Bytes that a checkpoint may have."""

HEARTBEAT_S = 10.0
"""A running session saves at least this often."""

_WAIT_S = 0.2  # another instance that only looks holds a lock for far less
_NAME = re.compile(r"([0-9a-f]{16})\.json")
_LOCK_NAME = re.compile(r"([0-9a-f]{16})\.lock")


class Orphan(Struct, frozen=True):
    """A session that ended without its end. `session` is what `ActiveSession.save` was given last."""

    id: str
    saved_at: datetime
    session: Json


class ActiveSession:
    """The checkpoint of a session that this instance runs. Its methods are called one at a time."""

    def __init__(self, paths: Paths, fs: FileSystem, clock: Clock, session_id: str, lock: int) -> None:
        self.id = session_id
        self._path = paths.active / f"{session_id}.json"
        self._lock_path = _lock_path(paths, session_id)
        self._fs = fs
        self._clock = clock
        self._lock: int | None = lock
        self._disk = SameDisk(fs, paths.active)

    @property
    def is_running(self) -> bool:
        """Whether this instance still holds the session."""
        return self._lock is not None

    def save(self, session: Json) -> None:
        """Replaces the checkpoint. `session` is plain JSON values, of no meaning here.

        Raises ValueError or TypeError, before anything is written, for what JSON cannot hold; SaveError, and
        the checkpoint before this one stays. Once finished, nothing is written any more.
        """
        if self._lock is None:
            return
        envelope = {
            "schema": SCHEMA,
            "id": self.id,
            "saved_at": self._clock.wall().isoformat(),
            "session": session,
        }
        text = json.dumps(envelope, ensure_ascii=False, allow_nan=False)
        data = f"{text}\n".encode()
        self._disk.check()
        write_file(self._fs, self._path, data)

    def finish(self) -> None:
        """Removes the checkpoint: the session is in the history, or is not wanted. Harmless when repeated.

        Raises SaveError, and the session stays active. Left behind, it is dropped at the next start, because
        the history has its id.
        """
        if self._lock is None:
            return
        remove_file(self._fs, self._path)
        self._release(remove=True)

    def abandon(self) -> None:
        """Gives the lock back and leaves the checkpoint for the next start to offer."""
        self._release(remove=False)

    def _release(self, *, remove: bool) -> None:
        if self._lock is None:
            return
        if remove:
            # While the lock is held: whoever waits for this file then sees that it is another one.
            with suppress(OSError):
                self._fs.unlink(self._lock_path)
        with suppress(OSError):
            self._fs.close(self._lock)
        self._lock = None


class Checkpoints:
    """The checkpoints of all instances of one person."""

    def __init__(self, paths: Paths, fs: FileSystem | None = None, clock: Clock | None = None) -> None:
        self._paths = paths
        self._fs = fs or RealFileSystem()
        self._clock = clock or Clock.system()
        self._begun: dict[str, ActiveSession] = {}
        self._unreadable: dict[str, Unreadable] = {}

    @property
    def unreadable(self) -> tuple[Unreadable, ...]:
        """Checkpoints that could not be used, by name, and where they are now where they were moved."""
        return tuple(self._unreadable[name] for name in sorted(self._unreadable))

    def begin(self, session_id: str) -> ActiveSession:
        """Takes the lock of a new session. Nothing is written until its first `save`.

        Raises ValueError for an id that is not 16 hex digits, SaveError where no lock file can be made or
        another instance runs this session.
        """
        if not _NAME.fullmatch(f"{session_id}.json"):
            raise ValueError(f"id: expected 16 hex digits, found {session_id!r:.60}")
        make_directory(self._fs, self._paths.active)
        lock = wait_for_lock(
            self._fs, _lock_path(self._paths, session_id), _WAIT_S, "it runs in another window"
        )
        active = ActiveSession(self._paths, self._fs, self._clock, session_id, lock)
        self._begun[session_id] = active
        return active

    def adopt(self, orphan: Orphan) -> ActiveSession | None:
        """Goes on with an orphan; None where another instance was quicker. Raises SaveError."""
        try:
            active = self.begin(orphan.id)
        except SaveError as error:
            if isinstance(error.__cause__, LockedError):
                return None
            raise
        try:
            self._fs.stat(self._paths.active / f"{orphan.id}.json")
        except OSError:
            active.finish()
            return None
        return active

    def discard(self, orphan: Orphan) -> None:
        """Removes an orphan that nobody wants; harmless where another instance took it. Raises SaveError."""
        active = self.adopt(orphan)
        if active is not None:
            active.finish()

    def orphans(self) -> tuple[Orphan, ...]:
        """Checkpoints whose instance is gone, the latest first.

        Those that the history has already are removed; those that cannot be read go to the quarantine. Raises
        nothing: what cannot be looked at is in `unreadable`.
        """
        found = []
        for name in self._names():
            if (match := _NAME.fullmatch(name)) and not self._is_running(match[1]):
                orphan = self._orphan(match[1], name)
                if orphan is not None:
                    found.append(orphan)
        self._sweep_locks()
        return tuple(sorted(found, key=lambda orphan: (orphan.saved_at, orphan.id), reverse=True))

    def running_elsewhere(self) -> bool:
        """Whether another instance runs a session now."""
        return any(
            match is not None and match[1] not in self._mine() and self._is_running(match[1])
            for match in map(_LOCK_NAME.fullmatch, self._names())
        )

    # --- inside --------------------------------------------------------------------------------------------

    def _mine(self) -> set[str]:
        return {session_id for session_id, active in self._begun.items() if active.is_running}

    def _names(self) -> list[str]:
        try:
            return sorted(self._fs.names(self._paths.active))
        except FileNotFoundError:
            return []
        except OSError as error:
            folder = self._paths.active.name
            self._unreadable[folder] = Unreadable(folder, reason(error))
            return []

    def _is_running(self, session_id: str) -> bool:
        """Whether somebody, here or elsewhere, holds the lock; by its age where the disk knows no locks."""
        if session_id in self._mine():
            return True
        try:
            fd, locked = try_lock(self._fs, _lock_path(self._paths, session_id))
        except LockedError:
            return True
        except OSError:
            locked = False
        else:
            self._fs.close(fd)
        return not locked and self._is_fresh(session_id)

    def _is_fresh(self, session_id: str) -> bool:
        try:
            saved = self._fs.stat(self._paths.active / f"{session_id}.json").st_mtime
        except OSError:
            return False
        age = self._clock.wall().astimezone(UTC) - datetime.fromtimestamp(saved, UTC)
        return timedelta(0) <= age < timedelta(seconds=2 * HEARTBEAT_S)

    def _orphan(self, session_id: str, name: str) -> Orphan | None:
        path = self._paths.active / name
        try:
            plain = decode(read_file(self._fs, path, LIMIT))
            if type(plain.get("schema")) is int and plain["schema"] > SCHEMA:
                self._unreadable[name] = Unreadable(name, "written by a newer version", newer=True)
                return None
            orphan = _from_envelope(plain, session_id)
        except FileNotFoundError:
            return None  # another instance was quicker
        except OSError as error:
            self._unreadable[name] = Unreadable(name, reason(error))
            return None
        except ValueError as error:
            self._put_away(path, str(error))
            return None
        if History(self._paths, self._fs).has(session_id):
            with suppress(SaveError):  # tried again at the next start
                self.discard(orphan)
            return None
        return orphan

    def _put_away(self, path: Path, why: str) -> None:
        """Into the quarantine, so that it is not met again."""
        try:
            put_away(self._paths, self._fs, path, why, self._clock.wall())
        except SaveError as error:
            why = f"{why}; {error}"
        self._unreadable[path.name] = Unreadable(path.name, why)

    def _sweep_locks(self) -> None:
        """Lock files without a checkpoint, of instances that are gone."""
        names = set(self._names())
        for name in names:
            match = _LOCK_NAME.fullmatch(name)
            if match is None or f"{match[1]}.json" in names or match[1] in self._mine():
                continue
            path = self._paths.active / name
            try:
                fd, locked = try_lock(self._fs, path)
            except (LockedError, OSError):
                continue
            with suppress(OSError):
                if locked:
                    self._fs.unlink(path)
                self._fs.close(fd)


def _from_envelope(plain: Json, session_id: str) -> Orphan:
    session = plain.get("session")
    if plain.get("schema") != SCHEMA or plain.get("id") != session_id or not isinstance(session, dict):
        raise ValueError("not a checkpoint of this session")
    saved_at = plain.get("saved_at")
    if not isinstance(saved_at, str):
        raise ValueError("saved_at: expected a date and time")
    when = datetime.fromisoformat(saved_at)
    if when.tzinfo is None:
        raise ValueError("saved_at: expected a time with its offset")
    return Orphan(session_id, when, session)


def _lock_path(paths: Paths, session_id: str) -> Path:
    return paths.active / f"{session_id}.lock"
