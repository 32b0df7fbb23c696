"""The history: one JSON file for each session, named by its start, so that the newest are found by name alone.

A file that cannot be read is named in `unreadable` and left exactly as it is. Copies that a sync service made
of one session are told apart by their `rev`. Deleting moves a file to the trash; 30 days later it is gone.
"""

from __future__ import annotations

import errno
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice

from msgspec.structs import replace

from runnersknee_tui.core.record import RecordError, SessionRecord
from runnersknee_tui.store.disk import SameDisk
from runnersknee_tui.store.durable import SaveError, sweep_temporaries, write_file
from runnersknee_tui.store.filesystem import FileSystem, RealFileSystem
from runnersknee_tui.store.lock import exclusive
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.session_files import SessionFiles, Unreadable, key_of, rank, revision, utc_day
from runnersknee_tui.store.session_json import Json, encode
from runnersknee_tui.store.trash import Trash, Trashed

_ID = re.compile(r"[0-9a-f]{16}")


class History:
    """The sessions of one person on disk. Listing goes by the names alone; every method is safe in threads."""

    def __init__(self, paths: Paths, fs: FileSystem | None = None) -> None:
        self._paths = paths
        self._fs = fs or RealFileSystem()
        self._files = SessionFiles(paths.history, self._fs)
        self._disk = SameDisk(self._fs, paths.history)
        self._trash = Trash(paths.trash, paths.history, self._fs)

    # --- reading -------------------------------------------------------------------------------------------

    @property
    def unreadable(self) -> tuple[Unreadable, ...]:
        """The files that reading has met so far and could not use, by name."""
        return tuple(sorted(self._files.unreadable.copy().values(), key=lambda one: one.name))

    @property
    def warnings(self) -> tuple[tuple[str, str], ...]:
        """Names of files that were read although something is odd about them, and what that is."""
        return tuple(sorted(self._files.warnings.copy().items()))

    def newest(
        self, limit: int | None = None, before: SessionRecord | None = None
    ) -> tuple[SessionRecord, ...]:
        """The newest sessions, newest first; with `before`, only those older than that one: the next page.

        Opens no more files than it returns, and the unreadable ones between them.
        """
        end = None if before is None else key_of(before)
        bests = map(self._files.best, self._files.sessions(newest_first=True, before=end))
        return tuple(islice((best[1] for best in bests if best is not None), limit))

    def all(self) -> Iterator[SessionRecord]:
        """Every readable session, oldest first."""
        for names in self._files.sessions():
            if (best := self._files.best(names)) is not None:
                yield best[1]

    def iter_json(self, names: Iterable[str] | None = None) -> Iterator[tuple[str, Json]]:
        """Every session's file name and parsed JSON, oldest first; with `names`, only from those files.

        For statistics: beyond schema and id, neither shape nor checksum is looked at. Copies of one session
        count once, so `names` has all of them or none.
        """
        for copies in self._files.sessions() if names is None else self._files.by_session(sorted(names)):
            read = [(name, plain) for name in copies if (plain := self._files.plain(name)) is not None]
            if read:
                yield max(read, key=lambda one: rank(*one))

    def since(self, day: date) -> tuple[date | None, Iterator[Json]]:
        """The UTC day of the oldest session, and the parsed JSON of those begun on a UTC day or later, oldest first.

        The names tell both; opened is only what is asked for. The JSON is as `iter_json` reads it.
        """
        names = self._files.names()
        newest = names[bisect_left(names, f"{day:%Y%m%d}".rjust(8, "0")) :]
        oldest = utc_day(names[0]) if names else None
        return oldest, (plain for _, plain in self.iter_json(newest))

    def files(self) -> list[tuple[str, int, int]]:
        """Name, size in bytes and time of change in ns of every session's file, by name: what an index checks."""
        known = set(self._files.names())
        try:
            return [mark for mark in self._fs.listing(self._paths.history) if mark[0] in known]
        except OSError:
            return []

    def copies(self) -> tuple[tuple[str, ...], ...]:
        """File names of sessions that are there more than once, as sync services leave them."""
        return tuple(tuple(names) for names in self._files.sessions() if len(names) > 1)

    def has(self, record_id: str) -> bool:
        """Whether a readable session has this id."""
        return self._find(record_id) is not None

    def load(self, record_id: str) -> SessionRecord:
        """One session. Raises KeyError where none has this id, or none that can be read."""
        if (found := self._find(record_id)) is None:
            raise KeyError(record_id)
        return found[1]

    # --- writing -------------------------------------------------------------------------------------------

    def save(self, record: SessionRecord) -> None:
        """Saves a finished session; saving the same one again is harmless.

        Raises RecordError, before anything is written, for what JSON cannot hold; SaveError where the disk
        refuses, or where a later edit of this session or one by a newer version is already there.
        """
        if not _ID.fullmatch(record.id):
            raise RecordError(f"id: expected 16 hex digits, found {record.id!r:.60}")
        path = self._paths.history / f"{key_of(record)}.json"
        data = encode(record)
        there = self._files.plain(path.name)
        if there is not None and revision(there) > record.rev:
            raise SaveError(path, "it was edited since; the edited session stays", errno.EEXIST)
        refused = self._files.unreadable.get(path.name)
        if refused is not None and refused.newer:
            raise SaveError(path, "a newer version wrote this session; it stays", errno.EEXIST)
        self._disk.check()
        write_file(self._fs, path, data)
        self._files.unreadable.pop(path.name, None)

    def replace(self, record_id: str, edit: Callable[[SessionRecord], SessionRecord]) -> SessionRecord:
        """Rewrites a session as `edit` makes it from what is on disk now, with `rev` one higher.

        Runs under the lock, so that the edits of two instances both count; keys that this version does not
        know are kept. Returns the new record. Raises KeyError where there is no such session, RecordError as
        `save` does, ValueError where `edit` changes the id or the start, SaveError, also for a session that
        cannot be read: what is unknown is never written over.
        """
        with exclusive(self._fs, self._paths.lock):
            name, old = self._to_edit(record_id)
            new = replace(edit(old), rev=old.rev + 1)
            if (new.id, new.started_at) != (old.id, old.started_at):
                raise ValueError("a session keeps its id and its start")
            data = encode(new, self._files.plain(name))
            write_file(self._fs, self._paths.history / name, data)
        return new

    def delete(self, record_id: str, now: datetime) -> None:
        """Moves a session, with its copies, to the trash. `now` is aware. Raises KeyError, SaveError."""
        with exclusive(self._fs, self._paths.lock):
            names = self._files.names_of(record_id)
            if not names:
                raise KeyError(record_id)
            self._trash.put(names, now)

    def undelete(self, record_id: str) -> SessionRecord:
        """Brings a session back as it was when last deleted. Raises KeyError, SaveError."""
        with exclusive(self._fs, self._paths.lock):
            self._trash.take_back(record_id)
        return self.load(record_id)

    def trashed(self) -> tuple[Trashed, ...]:
        """What can be brought back, the latest deletion first."""
        return self._trash.entries()

    def purge(self, now: datetime) -> int:
        """Removes for good what was deleted over 30 days before `now` (aware); returns how many files."""
        return self._trash.purge(now)

    def tidy(self, now: datetime) -> None:
        """For some moment after the start: empties what is old in the trash, and sweeps up unfinished writes.

        Raises nothing.
        """
        self.purge(now)
        paths = self._paths
        for folder in (paths.data, paths.history, paths.active, paths.trash, paths.quarantine, paths.backups):
            sweep_temporaries(self._fs, folder, now.timestamp())

    def _find(self, record_id: str) -> tuple[str, SessionRecord] | None:
        names = self._files.names_of(record_id)
        return self._files.best(names) if names else None

    def _to_edit(self, record_id: str) -> tuple[str, SessionRecord]:
        names = self._files.names_of(record_id)
        if not names:
            raise KeyError(record_id)
        if (best := self._files.best(names)) is not None:
            return best
        bad = self._files.unreadable.get(names[0])
        raise SaveError(self._paths.history / names[0], bad.reason if bad else "it is gone", errno.EIO)
