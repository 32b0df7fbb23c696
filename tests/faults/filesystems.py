"""Filesystems for tests: one that writes down every call, and one that makes chosen calls fail.

Both wrap any `FileSystem`, so the same scenario runs on the real disk and on the model of `powerloss`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from runnersknee_tui.store.filesystem import FileSystem, RealFileSystem

CHANGING = (
    "open_new",
    "open_lock",
    "write",
    "fsync",
    "close",
    "replace",
    "unlink",
    "mkdir",
    "open_directory",
)
"""The calls of the ways that save, edit, finish and delete take; a fault at any of them must be survived."""


class Call(Struct, frozen=True):
    """One call: its name and the path it was about; for calls on a descriptor, the path it was opened with."""

    name: str
    path: Path
    target: Path | None = None
    fd: int | None = None


class KilledError(BaseException):
    """The process is gone: nothing it still tries reaches the disk."""


class Fault(Struct):
    """The `at`-th call (from 1) named `call` fails with `errno`; `landed` tells whether it did."""

    call: str
    at: int
    errno: int
    landed: bool = False


class WatchedFileSystem:
    """Records every call in `calls`; makes the calls fail that `faults` names; writes at most `most` at once.

    With `killed_at`, the process dies before its call of that number (from 1): that call and all later ones
    raise KilledError.
    """

    def __init__(
        self,
        inner: FileSystem | None = None,
        *faults: Fault,
        most: int | None = None,
        killed_at: int | None = None,
    ) -> None:
        self.inner: FileSystem = inner or RealFileSystem()
        self.faults = list(faults)
        self.most = most
        self.killed_at = killed_at
        self.calls: list[Call] = []
        self._open: dict[int, Path] = {}
        self._seen: dict[str, int] = {}

    def names_of(self, *wanted: str) -> list[str]:
        return [call.name for call in self.calls if call.name in wanted]

    @property
    def open_descriptors(self) -> dict[int, Path]:
        return dict(self._open)

    def bury(self) -> None:
        """What the system does for a process that is gone: its descriptors are closed, and their locks go."""
        for fd in list(self._open):
            del self._open[fd]
            self.inner.close(fd)

    def _enter(self, name: str, path: Path, target: Path | None = None, fd: int | None = None) -> None:
        self.calls.append(Call(name, path, target, fd))
        if self.killed_at is not None and len(self.calls) >= self.killed_at:
            raise KilledError
        self._seen[name] = self._seen.get(name, 0) + 1
        for fault in self.faults:
            if fault.call == name and fault.at == self._seen[name]:
                fault.landed = True
                raise OSError(fault.errno, os.strerror(fault.errno), str(path))

    def _opened(self, name: str, path: Path, call: Callable[[Path], int]) -> int:
        self._enter(name, path)
        fd = call(path)
        self._open[fd] = path
        return fd

    def resolve(self, path: Path) -> Path:
        return self.inner.resolve(path)

    def open_new(self, path: Path) -> int:
        return self._opened("open_new", path, self.inner.open_new)

    def open_read(self, path: Path) -> int:
        return self._opened("open_read", path, self.inner.open_read)

    def open_lock(self, path: Path) -> int:
        return self._opened("open_lock", path, self.inner.open_lock)

    def open_directory(self, path: Path) -> int:
        return self._opened("open_directory", path, self.inner.open_directory)

    def read(self, fd: int, size: int) -> bytes:
        self._enter("read", self._open[fd], fd=fd)
        return self.inner.read(fd, size)

    def write(self, fd: int, data: memoryview) -> int:
        self._enter("write", self._open[fd], fd=fd)
        return self.inner.write(fd, data[: self.most])

    def fsync(self, fd: int) -> None:
        self._enter("fsync", self._open[fd], fd=fd)
        self.inner.fsync(fd)

    def close(self, fd: int) -> None:
        # As on Linux, the descriptor is gone even where close reports an error.
        path = self._open.pop(fd)
        self.inner.close(fd)
        self._enter("close", path, fd=fd)

    def replace(self, source: Path, target: Path) -> None:
        self._enter("replace", source, target)
        self.inner.replace(source, target)

    def unlink(self, path: Path) -> None:
        self._enter("unlink", path)
        self.inner.unlink(path)

    def mkdir(self, path: Path) -> None:
        self._enter("mkdir", path)
        self.inner.mkdir(path)

    def rmdir(self, path: Path) -> None:
        self._enter("rmdir", path)
        self.inner.rmdir(path)

    def names(self, path: Path) -> list[str]:
        self._enter("names", path)
        return self.inner.names(path)

    def listing(self, path: Path) -> list[tuple[str, int, int]]:
        return self.inner.listing(path)

    def stat(self, path: Path) -> os.stat_result:
        return self.inner.stat(path)

    def fstat(self, fd: int) -> os.stat_result:
        return self.inner.fstat(fd)

    def lock(self, fd: int) -> bool:
        self._enter("lock", self._open[fd], fd=fd)
        return self.inner.lock(fd)


def every_fault(
    calls: list[Call], codes: tuple[int, ...], kinds: tuple[str, ...] = CHANGING
) -> Iterator[Fault]:
    """One fault for each changing call of a recorded good run, with each error code."""
    for name in kinds:
        for at in range(1, sum(call.name == name for call in calls) + 1):
            for code in codes:
                yield Fault(name, at, code)


@contextmanager
def descriptors_given_back(fs: WatchedFileSystem) -> Iterator[None]:
    """Fails where the block leaves a descriptor open, and where it syncs a descriptor twice."""
    before = fs.open_descriptors
    start = len(fs.calls)
    yield
    assert fs.open_descriptors == before
    assert second_syncs(fs.calls[start:]) == []


def second_syncs(calls: list[Call]) -> list[str]:
    """The paths of descriptors that were synced again: after a failed sync that may succeed without the bytes."""
    again: list[str] = []
    synced: set[int | None] = set()
    for call in calls:
        if call.name == "fsync":
            again += [str(call.path)] if call.fd in synced else []
            synced.add(call.fd)
        elif call.name == "close":
            synced.discard(call.fd)
    return again
