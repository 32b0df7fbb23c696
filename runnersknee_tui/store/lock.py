"""Exclusive locks on small empty files. The system drops them when their process ends, however it ends."""

from __future__ import annotations

import errno
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from runnersknee_tui.store.durable import SaveError, make_directory, reason
from runnersknee_tui.store.filesystem import LOCKS_UNSUPPORTED, FileSystem

WAIT_S = 5.0
"""How long to wait for another instance that edits the history."""

_RETRY_S = 0.02
_MOVES = 20  # so often may the file be removed and made again before it counts as held


class LockedError(Exception):
    """Another process, or another part of this one, holds the lock."""


def try_lock(fs: FileSystem, path: Path) -> tuple[int, bool]:
    """The open descriptor of a lock file, and whether it is really locked.

    False means that the disk knows no locks: the caller carries on and judges by age. Closing the descriptor
    gives the lock back. Raises LockedError where somebody holds it, OSError where the file cannot be opened.
    """
    for _ in range(_MOVES):
        fd = fs.open_lock(path)
        try:
            if not fs.lock(fd):
                raise LockedError(str(path))
            if _same(fs, fd, path):
                return fd, True
        except OSError as error:
            if error.errno in LOCKS_UNSUPPORTED:
                return fd, False
            fs.close(fd)
            raise
        except BaseException:
            fs.close(fd)
            raise
        fs.close(fd)  # the last holder removed the file while we opened it: lock the new one
    raise LockedError(str(path))


@contextmanager
def exclusive(fs: FileSystem, path: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Holds the lock for the length of a `with` block.

    Raises SaveError where the lock file cannot be made or another instance keeps it for `wait_s` seconds.
    """
    make_directory(fs, path.parent)
    fd = wait_for_lock(fs, path, wait_s, "another runnersknee is writing here")
    try:
        yield
    finally:
        with suppress(OSError):  # the lock is given back all the same
            fs.close(fd)


def wait_for_lock(fs: FileSystem, path: Path, wait_s: float, held: str) -> int:
    """The open descriptor of a lock file, after waiting at most `wait_s` seconds.

    Raises SaveError: with `held` as its reason, caused by LockedError, where somebody keeps the lock.
    """
    deadline = time.monotonic() + wait_s
    while True:
        try:
            return try_lock(fs, path)[0]
        except LockedError as error:
            if time.monotonic() >= deadline:
                raise SaveError(path, held, errno.EBUSY) from error
        except OSError as error:
            raise SaveError(path, reason(error), error.errno or 0) from error
        time.sleep(_RETRY_S)


def _same(fs: FileSystem, fd: int, path: Path) -> bool:
    """Whether the descriptor is still the file of that name."""
    try:
        named = fs.stat(path)
    except FileNotFoundError:
        return False
    opened = fs.fstat(fd)
    return (named.st_dev, named.st_ino) == (opened.st_dev, opened.st_ino)
