"""The few calls to the operating system that keeping data needs, behind one seam so that faults can be injected.

Nothing else in `store` touches a file. Every method raises OSError as the call beneath it does.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Protocol

_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_DIRECTORY = getattr(os, "O_DIRECTORY", 0)
_BINARY = getattr(os, "O_BINARY", 0)

_CHUNK = 1 << 14

LOCKS_UNSUPPORTED = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL})
"""What `lock` raises on disks that know no locks (some network and FUSE mounts)."""


class FileSystem(Protocol):
    """File calls by descriptor and path. Files are made 0600 and directories 0700: this is health data."""

    def resolve(self, path: Path) -> Path:
        """The path with every symbolic link followed, so that replacing a linked file keeps the link."""

    def open_new(self, path: Path) -> int:
        """A new file for writing; FileExistsError where anything, even a link, has that name."""

    def open_read(self, path: Path) -> int:
        """A file for reading; does not wait at a named pipe."""

    def open_lock(self, path: Path) -> int:
        """A lock file, created where it is missing; links are refused."""

    def open_directory(self, path: Path) -> int:
        """A directory, to be synced."""

    def read(self, fd: int, size: int) -> bytes: ...

    def write(self, fd: int, data: memoryview) -> int:
        """Writes some of `data` and returns how many bytes that were."""

    def fsync(self, fd: int) -> None: ...

    def close(self, fd: int) -> None: ...

    def replace(self, source: Path, target: Path) -> None: ...

    def unlink(self, path: Path) -> None: ...

    def mkdir(self, path: Path) -> None: ...

    def rmdir(self, path: Path) -> None: ...

    def names(self, path: Path) -> list[str]:
        """The names in a directory, in no order."""

    def listing(self, path: Path) -> list[tuple[str, int, int]]:
        """Name, size in bytes and time of change in ns of everything in a directory, links followed; by name.

        What is gone before it was looked at is left out.
        """

    def stat(self, path: Path) -> os.stat_result: ...

    def fstat(self, fd: int) -> os.stat_result: ...

    def lock(self, fd: int) -> bool:
        """Takes an exclusive lock without waiting, held until `close`. False: somebody else has it."""


class RealFileSystem:
    """The operating system itself."""

    def resolve(self, path: Path) -> Path:
        return Path(os.path.realpath(path))

    def open_new(self, path: Path) -> int:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _CLOEXEC | _NOFOLLOW | _BINARY, 0o600)

    def open_read(self, path: Path) -> int:
        return os.open(path, os.O_RDONLY | _CLOEXEC | _NONBLOCK | _BINARY)

    def open_lock(self, path: Path) -> int:
        return os.open(path, os.O_RDWR | os.O_CREAT | _CLOEXEC | _NOFOLLOW | _NONBLOCK | _BINARY, 0o600)

    def open_directory(self, path: Path) -> int:
        if sys.platform == "win32":
            raise OSError(errno.ENOTSUP, "directories cannot be synced here", str(path))
        return os.open(path, os.O_RDONLY | _DIRECTORY | _CLOEXEC)

    def read(self, fd: int, size: int) -> bytes:
        return os.read(fd, size)

    def write(self, fd: int, data: memoryview) -> int:
        return os.write(fd, data)

    def fsync(self, fd: int) -> None:
        if sys.platform == "darwin":
            import fcntl

            # Plain fsync on macOS leaves the bytes in the drive's own cache.
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
        else:
            os.fsync(fd)

    def close(self, fd: int) -> None:
        os.close(fd)

    def replace(self, source: Path, target: Path) -> None:
        source.replace(target)

    def unlink(self, path: Path) -> None:
        path.unlink()

    def mkdir(self, path: Path) -> None:
        path.mkdir(0o700)

    def rmdir(self, path: Path) -> None:
        path.rmdir()

    def names(self, path: Path) -> list[str]:
        return os.listdir(path)  # noqa: PTH208 - ten thousand names must not become ten thousand objects

    def listing(self, path: Path) -> list[tuple[str, int, int]]:
        found = []
        with os.scandir(path) as entries:
            for entry in entries:
                try:
                    info = entry.stat()
                except OSError:
                    continue
                found.append((entry.name, info.st_size, info.st_mtime_ns))
        found.sort()
        return found

    def stat(self, path: Path) -> os.stat_result:
        return path.stat()

    def fstat(self, fd: int) -> os.stat_result:
        return os.fstat(fd)

    def lock(self, fd: int) -> bool:
        try:
            _lock(fd)
        except BlockingIOError:
            return False
        except PermissionError:
            return False  # how Windows says that a region is locked
        return True


if sys.platform == "win32":

    def _lock(fd: int) -> None:
        import msvcrt

        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

else:

    def _lock(fd: int) -> None:
        import fcntl

        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


class NotReadableError(OSError):
    """A file that is there and is not one to read: a pipe, a directory, too large."""


def read_file(fs: FileSystem, path: Path, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes.

    Raises NotReadableError for anything that is no regular file or is larger, OSError as opening and reading do.
    """
    fd = fs.open_read(path)
    try:
        info = fs.fstat(fd)
        if not stat.S_ISREG(info.st_mode):
            raise NotReadableError(errno.EINVAL, f"not a regular file ({_kind(info.st_mode)})", str(path))
        if info.st_size > limit:
            raise NotReadableError(
                errno.EFBIG, f"{_size(info.st_size)}; the limit is {_size(limit)}", str(path)
            )
        parts = []
        left = limit + 1
        wanted = (
            info.st_size + 1
        )  # more than there is at a time would cost a large buffer for each small file
        while left and (part := fs.read(fd, min(left, max(wanted, _CHUNK)))):
            parts.append(part)
            left -= len(part)
            wanted -= len(part)
            if wanted == 1:  # more was asked for than there was: no second look at the end of each small file
                break
    finally:
        with suppress(OSError):  # what was read is read
            fs.close(fd)
    if not left:
        raise NotReadableError(errno.EFBIG, f"it grew past the limit of {_size(limit)}", str(path))
    return b"".join(parts)


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.1f} kB"


def _kind(mode: int) -> str:
    kinds = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a named pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    return next((words for test, words in kinds if test(mode)), "unknown kind")
