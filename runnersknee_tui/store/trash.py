"""What was deleted: files that can be brought back for 30 days. The time of deletion stands in their names."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from runnersknee_tui.store.durable import move_file
from runnersknee_tui.store.filesystem import FileSystem
from runnersknee_tui.store.session_files import id_in, stamp

KEPT_DAYS = 30

_STAMPED = re.compile(r"(\d{8}T\d{6}Z)_(.+)", re.DOTALL)
_SESSION = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{16}.*\.json", re.DOTALL)


class Trashed(Struct, frozen=True):
    """One file in the trash; `name` is what it was called in the history."""

    id: str
    name: str
    deleted_at: datetime
    stored_as: str


class Trash:
    """The trash of one history. The caller holds the lock of the history while it moves files."""

    def __init__(self, directory: Path, history: Path, fs: FileSystem) -> None:
        self._directory = directory
        self._history = history
        self._fs = fs

    def put(self, names: list[str], now: datetime) -> None:
        """Moves a session's files here. Raises SaveError.

        Its own file, which has the shortest name, goes last: until then the session can be deleted again.
        """
        for name in sorted(names, key=len, reverse=True):
            move_file(self._fs, self._history / name, self._directory / f"{stamp(now)}_{name}")

    def take_back(self, record_id: str) -> None:
        """Moves back what the last deletion of a session put here. Raises KeyError, SaveError."""
        entries = [entry for entry in self.entries() if entry.id == record_id]
        if not entries:
            raise KeyError(record_id)
        last = [entry for entry in entries if entry.deleted_at == entries[0].deleted_at]
        for entry in sorted(last, key=lambda entry: len(entry.name)):
            move_file(self._fs, self._directory / entry.stored_as, self._history / entry.name)

    def entries(self) -> tuple[Trashed, ...]:
        """The sessions here, the latest deletion first. A trash that is missing or cannot be read is empty."""
        return tuple(
            Trashed(id_in(original), original, when, stored)
            for when, original, stored in self._stamped()
            if _SESSION.fullmatch(original)
        )

    def purge(self, now: datetime) -> int:
        """Removes for good what was put here over 30 days before `now` (aware); returns how many files.

        The person's own exercises and routines lie here too. What cannot be removed stays for a later day. Raises
        nothing.
        """
        purged = 0
        for deleted_at, _, stored in self._stamped():
            if now - deleted_at > timedelta(days=KEPT_DAYS):
                try:
                    self._fs.unlink(self._directory / stored)
                except OSError:
                    continue
                purged += 1
        return purged

    def _stamped(self) -> list[tuple[datetime, str, str]]:
        """When each file was put here, what it was called, and its name here; the latest first."""
        try:
            names = sorted(self._fs.names(self._directory), reverse=True)
        except OSError:
            return []
        found = []
        for name in names:
            if match := _STAMPED.fullmatch(name):
                with suppress(ValueError):  # the 31st of February: no deletion of ours
                    when = datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
                    found.append((when, match[2], name))
        return found
