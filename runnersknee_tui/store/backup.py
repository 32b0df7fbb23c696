"""A zip of everything each day on which something changed; older ones are thinned to 7 daily, 4 weekly, 12 monthly.

A backup counts only when it has been read back: every member's checksum, and every session parsed. Before that
no older one is removed.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from runnersknee_tui.store.belongings import read_belongings
from runnersknee_tui.store.durable import reason, remove_file, write_file
from runnersknee_tui.store.filesystem import FileSystem, RealFileSystem, read_file
from runnersknee_tui.store.history import History
from runnersknee_tui.store.lock import exclusive
from runnersknee_tui.store.merge import Incoming, Note
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.session_files import LIMIT as SESSION_LIMIT
from runnersknee_tui.store.session_json import decode

DAILY, WEEKLY, MONTHLY = 7, 4, 12
LIMIT = 1 << 30
"""Bytes that a backup may have."""

_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    OverflowError,
)
"""What `zipfile` raises for a file whose bytes were flipped here and there."""

_NAME = re.compile(r"history-(\d{8})\.zip")
_STAMP = (1980, 1, 1, 0, 0, 0)  # members carry no times: the sessions do, and equal content is equal bytes
_HISTORY = "history/"


class BackupError(Exception):
    """A backup that cannot be used. The message says why."""


class Backup(Struct, frozen=True):
    """One zip in the folder of backups."""

    day: date
    path: Path


def backups(paths: Paths, fs: FileSystem | None = None) -> tuple[Backup, ...]:
    """What is there, the newest first. Other files in the folder are nobody's business."""
    try:
        names = (fs or RealFileSystem()).names(paths.backups)
    except OSError:
        return ()
    found = []
    for name in names:
        match = _NAME.fullmatch(name)
        if match is not None:
            try:
                day = datetime.strptime(match[1], "%Y%m%d").date()  # noqa: DTZ007 - a civil date
            except ValueError:
                continue
            found.append(Backup(day, paths.backups / name))
    return tuple(sorted(found, key=lambda one: one.day, reverse=True))


def back_up(paths: Paths, history: History, today: date, fs: FileSystem | None = None) -> Backup | None:
    """Makes the backup of this day; None where there is one already, or nothing changed since the last.

    For a thread, some time after the start. Raises SaveError, and BackupError where what was written cannot be
    read back: then the file is removed and no older one is touched.
    """
    fs = fs or RealFileSystem()
    there = backups(paths, fs)
    if any(one.day == today for one in there):
        return None
    with exclusive(fs, paths.lock):
        state = _state(paths, history, fs)
        if not state or (there and _state_of(there[0], fs) == state):
            return None
        made = Backup(today, paths.backups / f"history-{today:%Y%m%d}.zip")
        data = _packed(paths, history, fs, state)
        write_file(fs, made.path, data)
        try:
            if read_file(fs, made.path, LIMIT) != data:
                raise BackupError("what was written is not what is there")
            read_backup_bytes(data)
        except (OSError, BackupError) as error:
            remove_file(fs, made.path)
            raise BackupError(f"the backup could not be read back: {error}") from error
        for old in surplus(backups(paths, fs)):
            remove_file(fs, old.path)
    return made


def surplus(there: Iterable[Backup]) -> tuple[Backup, ...]:
    """The backups that nobody needs any more: of each week and month the newest one is kept."""
    newest_first = sorted(there, key=lambda one: one.day, reverse=True)
    kept = set(newest_first[:DAILY])
    weeks = {one.day.isocalendar()[:2]: one for one in reversed(newest_first)}
    months = {(one.day.year, one.day.month): one for one in reversed(newest_first)}
    for newest_of, count in ((weeks, WEEKLY), (months, MONTHLY)):
        kept |= {newest_of[key] for key in sorted(newest_of, reverse=True)[:count]}
    return tuple(one for one in newest_first if one not in kept)


def read_backup(path: Path, fs: FileSystem | None = None) -> Incoming:
    """What a backup holds, for `merge.preview`. Raises BackupError."""
    try:
        return read_backup_bytes(read_file(fs or RealFileSystem(), path, LIMIT))
    except OSError as error:
        raise BackupError(reason(error)) from error


def read_backup_bytes(data: bytes) -> Incoming:
    """Reads and checks every member. Raises BackupError."""
    sessions: list[tuple[str, object]] = []
    files: dict[str, bytes] = {}
    refused: list[Note] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if member.file_size > max(SESSION_LIMIT, 1 << 20):
                    raise BackupError(f"{member.filename:.60} is larger than any file of this app")
                content = archive.read(member)  # checks the member's checksum
                name = member.filename
                if not name.startswith(_HISTORY):
                    files[name] = content
                    continue
                try:
                    sessions.append((name.removeprefix(_HISTORY), decode(content)))
                except ValueError as error:
                    refused.append(Note(name.removeprefix(_HISTORY), str(error)))
    except _DAMAGED as error:
        raise BackupError(f"not a whole zip file: {error}") from error
    return Incoming(tuple(sessions), files, tuple(refused))


def _packed(paths: Paths, history: History, fs: FileSystem, state: bytes) -> bytes:
    """Everything as it is on disk, also sessions that this version cannot read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, *_ in history.files():
            try:
                data = read_file(fs, paths.history / name, SESSION_LIMIT)
            except OSError:
                continue  # named to the user where the history is read
            archive.writestr(_member(f"{_HISTORY}{name}"), data)
        for name, data in read_belongings(paths, fs)[0].items():
            archive.writestr(_member(name), data)
        archive.comment = state
    return out.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _state(paths: Paths, history: History, fs: FileSystem) -> bytes:
    """Tells one state of the data from another without reading the sessions; empty where there is no data."""
    files = history.files()
    texts = read_belongings(paths, fs)[0]
    if not files and not texts:
        return b""
    return b"%08x" % zlib.crc32(repr((files, sorted(texts.items()))).encode())


def _state_of(backup: Backup, fs: FileSystem) -> bytes | None:
    try:
        with zipfile.ZipFile(io.BytesIO(read_file(fs, backup.path, LIMIT))) as archive:
            return archive.comment
    except _DAMAGED:
        return None
