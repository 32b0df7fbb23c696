"""The one door to the disk: what is acknowledged here survives a crash and a power cut.

A file is written beside its place under another name, synced, renamed over it, and the directory synced. Each
function returns only when all of that has happened; only then may anybody be told "Saved".
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from runnersknee_tui.store.filesystem import FileSystem, NotReadableError

TEMPORARY = ".tmp-"
"""Names that begin so are unfinished writes and never data."""

STALE_S = 3600.0
"""An unfinished write older than this belongs to nobody any more."""

_UNSUPPORTED = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
_NO_ENTRY = (errno.ENOENT, errno.ENOTDIR)

_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "access is not allowed",
    errno.EPERM: "access is not allowed",
    errno.EIO: "the disk reported an error",
    errno.ENOENT: "the file or its folder is not there",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.EISDIR: "a folder has that name",
    errno.EEXIST: "something else has that name",
    errno.EFBIG: "the file would be larger than allowed",
    errno.ELOOP: "its links lead in a circle",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
    errno.ESTALE: "the disk it was on is gone",
    errno.ENOTCONN: "the disk it was on is gone",
    errno.EBUSY: "another program holds it",
    errno.EXDEV: "it lies on another disk",
}


def reason(error: OSError) -> str:
    """Why a call failed, in words for people; the system's own where there are no better ones."""
    if isinstance(error, NotReadableError):
        return str(error.strerror)
    return _WORDS.get(error.errno or 0) or (error.strerror or str(error) or type(error).__name__)


class SaveError(OSError):
    """Something could not be saved. `path` says what, `reason` why, in words for people.

    `written_but_unconfirmed`: the new content is in its place, but the disk did not confirm that it would
    survive a power cut. Saving again is harmless, and always writes a new temporary file.
    """

    def __init__(self, path: Path, reason: str, code: int, *, written_but_unconfirmed: bool = False) -> None:
        super().__init__(code, reason, str(path))
        self.path = path
        self.reason = reason
        self.written_but_unconfirmed = written_but_unconfirmed

    def __str__(self) -> str:
        verb = "saved, but not confirmed, at" if self.written_but_unconfirmed else "cannot save to"
        return f"{verb} {self.path}: {self.reason}"


def write_file(
    fs: FileSystem,
    path: Path,
    data: bytes,
    *,
    verify: Callable[[bytes], None] | None = None,
    rebuildable: bool = False,
) -> None:
    """Makes `data` the whole content of `path`; folders are created where they are missing.

    `verify` is called with the bytes before the disk is touched; what it raises is passed on. Raises SaveError;
    `path` then holds what it held before, or the new content where the error says so. What is `rebuildable`
    and carries its own checksum is not synced: a power cut may cost it, and nothing but time is lost.
    """
    if verify is not None:
        verify(data)
    make_directory(fs, path.parent)
    try:
        target = fs.resolve(path)
        temporary = target.parent / f"{TEMPORARY}{os.getpid()}-{os.urandom(8).hex()}"
        _write_temporary(fs, temporary, data, sync=not rebuildable)
        try:
            fs.replace(temporary, target)
        except BaseException:
            _forget(fs, temporary)
            raise
    except OSError as error:
        raise _failed(path, error) from error
    if not rebuildable:
        _confirm(fs, path, target.parent)


def remove_file(fs: FileSystem, path: Path) -> None:
    """Removes a file; one that is not there is removed already. Raises SaveError."""
    try:
        fs.unlink(path)
    except OSError as error:
        if error.errno in _NO_ENTRY:
            return
        raise _failed(path, error) from error
    _confirm(fs, path, path.parent)


def move_file(fs: FileSystem, source: Path, target: Path) -> None:
    """Moves a file to a name that nothing has, in a folder that is created where it is missing.

    Raises SaveError, with EEXIST where the name is taken. Both folders must lie on one disk.
    """
    make_directory(fs, target.parent)
    if _mode(fs, target) is not None:
        raise SaveError(target, _WORDS[errno.EEXIST], errno.EEXIST)
    try:
        fs.replace(source, target)
    except OSError as error:
        raise _failed(target, error) from error
    _confirm(fs, target, target.parent)  # the new name first: it must never be the old one alone that is gone
    _confirm(fs, target, source.parent)


def make_directory(fs: FileSystem, path: Path) -> None:
    """Makes a folder, private to its owner, and those above it where they are missing. Raises SaveError."""
    missing: list[Path] = []
    at = path
    while (mode := _mode(fs, at)) is None and at != at.parent:
        missing.append(at)
        at = at.parent
    if mode is not None and not stat.S_ISDIR(mode):
        raise SaveError(path, _WORDS[errno.ENOTDIR], errno.ENOTDIR)
    for folder in reversed(missing):
        try:
            fs.mkdir(folder)
        except FileExistsError as error:
            # Another instance was quicker; or the name is a link that leads nowhere.
            if not stat.S_ISDIR(_mode(fs, folder) or 0):
                raise SaveError(path, f"{folder} leads nowhere", errno.ENOENT) from error
        except OSError as error:
            raise _failed(path, error) from error
        try:
            _confirm(fs, path, folder.parent)
        except SaveError as error:
            # Left behind, the folder would look durable to the next try.
            with suppress(OSError):
                fs.rmdir(folder)
            raise SaveError(path, error.reason, error.errno or 0) from error


def sweep_temporaries(fs: FileSystem, directory: Path, now: float) -> int:
    """Removes unfinished writes that are older than an hour and returns how many; `now` is in epoch seconds.

    What cannot be removed stays: it is never read as data. Raises nothing.
    """
    swept = 0
    try:
        names = fs.names(directory)
    except OSError:
        return 0
    for name in names:
        if not name.startswith(TEMPORARY):
            continue
        try:
            if now - fs.stat(directory / name).st_mtime > STALE_S:
                fs.unlink(directory / name)
                swept += 1
        except OSError:
            continue
    return swept


def _write_temporary(fs: FileSystem, temporary: Path, data: bytes, *, sync: bool) -> None:
    """A complete, synced file, or none. A failed sync is never tried again on the same descriptor: the kernel
    may have dropped the pages and would then report success."""
    fd = fs.open_new(temporary)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[fs.write(fd, rest) :]
            if sync:
                _sync(fs, fd, temporary.parent)
        finally:
            fs.close(fd)
    except BaseException:
        _forget(fs, temporary)
        raise


def _confirm(fs: FileSystem, path: Path, directory: Path) -> None:
    """Syncs the directory, so that the names in it survive a power cut."""
    try:
        try:
            fd = fs.open_directory(directory)
        except OSError as error:
            if error.errno in _UNSUPPORTED:
                return  # there is no such thing on Windows
            raise
        try:
            _sync(fs, fd, directory)
        finally:
            fs.close(fd)
    except OSError as error:
        raise SaveError(path, reason(error), error.errno or 0, written_but_unconfirmed=True) from error


def _sync(fs: FileSystem, fd: int, directory: Path) -> None:
    try:
        fs.fsync(fd)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
        _note_unsynced(str(directory))


@cache
def _note_unsynced(directory: str) -> None:
    """Says once for each folder that its disk knows no sync: some network and FUSE mounts do not."""
    import logging

    logging.getLogger(__name__).info("the disk of %s does not support sync; saving without", directory)


def _forget(fs: FileSystem, temporary: Path) -> None:
    with suppress(OSError):  # a leftover is swept at a later start
        fs.unlink(temporary)


def _failed(path: Path, error: OSError) -> SaveError:
    return SaveError(path, reason(error), error.errno or 0)


def _mode(fs: FileSystem, path: Path) -> int | None:
    """The kind of thing at a path, links followed; None where there is nothing to be found."""
    try:
        return fs.stat(path).st_mode
    except OSError as error:
        if error.errno in _NO_ENTRY:
            return None
        raise _failed(path, error) from error
