"""A disk in memory that can lose its power: after each operation, every state that POSIX lets it come back in.

The rules are pessimistic. The bytes of a file count only once the file was synced; until then they may be
absent, zero, half or whole. A name counts only once its directory was synced; until then every subset of the
pending changes of names may have reached the disk, in their order. A rename between two directories is one
change, certain once both were synced.

`ModelDisk` is a `FileSystem`, so the program's own code runs on it. `states` lists what the disk may hold after
each operation, each with what had been acknowledged by then; `ModelDisk.holding` makes a disk of such a state,
for the program's own code to read.
"""

from __future__ import annotations

import errno
import itertools
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

ROOT = Path("/disk")

Contents = Mapping[Path, bytes]


class _File(Struct):
    cached: bytes = b""
    possible: frozenset[bytes] = frozenset({b""})


class _Naming(Struct, frozen=True):
    """A change of names: each path to the number of what stands there from now on, None for nothing."""

    changes: tuple[tuple[Path, int | None], ...]
    unsynced: frozenset[Path]  # directories that have yet to be synced for this to be certain


class State(Struct, frozen=True):
    """What one power loss may leave: the files, the directories, and what had been acknowledged before it."""

    files: Contents
    directories: frozenset[Path]
    acknowledged: tuple[str, ...]
    after: str  # the operation that was the last one, for messages


class ModelDisk(Struct):
    """The disk. `sync` False makes every fsync do nothing, as a program would that forgets it."""

    sync: bool = True
    sync_directories: bool = True
    _names: dict[Path, int] = field(default_factory=dict)  # what the running program sees
    _certain: dict[Path, int] = field(default_factory=dict)  # what survives for sure
    _pending: list[_Naming] = field(default_factory=list)
    _files: dict[int, _File] = field(default_factory=dict)
    _folders: set[int] = field(default_factory=set)
    _open: dict[int, tuple[int, Path, int]] = field(default_factory=dict)  # fd: number, path, offset
    _locked: dict[int, int] = field(default_factory=dict)  # number of the file: fd that holds it
    _next: int = 3
    _acknowledged: list[str] = field(default_factory=list)
    _states: list[State] = field(default_factory=list)
    _recording: bool = True

    def __post_init__(self) -> None:
        number = self._number()
        self._folders.add(number)
        self._names[ROOT] = self._certain[ROOT] = number

    @classmethod
    def holding(cls, state: State) -> ModelDisk:
        """A disk that came up again with this state; it records nothing."""
        disk = cls(_recording=False)
        for folder in sorted(state.directories):
            if folder != ROOT:
                disk.mkdir(folder)
        for path, data in state.files.items():
            number = disk._number()
            disk._files[number] = _File(data)
            disk._names[path] = number
        return disk

    def acknowledge(self, token: str) -> None:
        """The program told somebody that this is saved; from now on it must never be gone."""
        self._acknowledged.append(token)
        self._note("acknowledged")

    def states(self) -> list[State]:
        """Every state that a power loss after any of the operations so far may leave, without repeats."""
        unique: dict[object, State] = {}
        for state in self._states:
            key = (frozenset(state.files.items()), state.directories, state.acknowledged)
            unique.setdefault(key, state)
        return list(unique.values())

    # --- what a power loss leaves ---------------------------------------------------------------------------

    def _note(self, after: str) -> None:
        if self._recording:
            self._states.extend(self._now(after))

    def _now(self, after: str) -> Iterator[State]:
        seen = set()
        for mask in itertools.product((False, True), repeat=len(self._pending)):
            names = dict(self._certain)
            for applied, naming in zip(mask, self._pending, strict=True):
                if applied:
                    _apply(names, naming)
            key = frozenset(names.items())
            if key in seen:
                continue
            seen.add(key)
            yield from self._contents(names, after)

    def _contents(self, names: Mapping[Path, int], after: str) -> Iterator[State]:
        folders = {path for path, number in names.items() if number in self._folders}

        def is_there(path: Path) -> bool:
            return folders.issuperset(path.parents[: len(path.parents) - 1])

        folders = {folder for folder in folders if is_there(folder)}
        reachable = {
            path: number for path, number in names.items() if number in self._files and is_there(path)
        }
        paths = list(reachable)
        choices = [sorted(self._files[reachable[path]].possible) for path in paths]
        for contents in itertools.product(*choices):
            yield State(
                dict(zip(paths, contents, strict=True)), frozenset(folders), tuple(self._acknowledged), after
            )

    # --- the calls of FileSystem ----------------------------------------------------------------------------

    def resolve(self, path: Path) -> Path:
        return path

    def open_new(self, path: Path) -> int:
        if path in self._names:
            raise _error(errno.EEXIST, path)
        return self._open_at(self._create(path), path)

    def open_read(self, path: Path) -> int:
        return self._open_at(self._number_of(path), path)

    def open_lock(self, path: Path) -> int:
        number = self._names[path] if path in self._names else self._create(path)
        return self._open_at(number, path)

    def open_directory(self, path: Path) -> int:
        number = self._number_of(path)
        if number not in self._folders:
            raise _error(errno.ENOTDIR, path)
        return self._open_at(number, path)

    def read(self, fd: int, size: int) -> bytes:
        number, path, offset = self._open[fd]
        part = self._files[number].cached[offset : offset + size]
        self._open[fd] = (number, path, offset + len(part))
        return part

    def write(self, fd: int, data: memoryview) -> int:
        number, path, _ = self._open[fd]
        file = self._files[number]
        added = bytes(data)
        before = file.cached
        file.cached = before + added
        torn = {before, before + added[: len(added) // 2], before + b"\0" * len(added), file.cached}
        file.possible |= torn
        self._note(f"write {path.name}")
        return len(added)

    def fsync(self, fd: int) -> None:
        number, path, _ = self._open[fd]
        if number in self._folders:
            if self.sync and self.sync_directories:
                self._settle(path)
        elif self.sync:
            file = self._files[number]
            file.possible = frozenset({file.cached})
        self._note(f"fsync {path.name}")

    def close(self, fd: int) -> None:
        number, _, _ = self._open.pop(fd)
        if self._locked.get(number) == fd:
            del self._locked[number]

    def replace(self, source: Path, target: Path) -> None:
        number = self._number_of(source)
        self._parent(target)
        self._rename(((target, number), (source, None)), f"replace {target.name}")

    def unlink(self, path: Path) -> None:
        self._number_of(path)
        self._rename(((path, None),), f"unlink {path.name}")

    def mkdir(self, path: Path) -> None:
        if path in self._names:
            raise _error(errno.EEXIST, path)
        self._parent(path)
        number = self._number()
        self._folders.add(number)
        self._rename(((path, number),), f"mkdir {path.name}")

    def rmdir(self, path: Path) -> None:
        self._number_of(path)
        self._rename(((path, None),), f"rmdir {path.name}")

    def names(self, path: Path) -> list[str]:
        self._number_of(path)
        return [entry.name for entry in self._names if entry.parent == path and entry != path]

    def listing(self, path: Path) -> list[tuple[str, int, int]]:
        infos = [(name, self.stat(path / name)) for name in sorted(self.names(path))]
        return [(name, info.st_size, info.st_mtime_ns) for name, info in infos]

    def stat(self, path: Path) -> os.stat_result:
        return self._info(self._number_of(path))

    def fstat(self, fd: int) -> os.stat_result:
        return self._info(self._open[fd][0])

    def lock(self, fd: int) -> bool:
        return self._locked.setdefault(self._open[fd][0], fd) == fd

    # --- inside ---------------------------------------------------------------------------------------------

    def _number(self) -> int:
        self._next += 1
        return self._next

    def _number_of(self, path: Path) -> int:
        if path not in self._names:
            raise _error(errno.ENOENT, path)
        return self._names[path]

    def _parent(self, path: Path) -> None:
        if self._names.get(path.parent) not in self._folders:
            raise _error(errno.ENOENT, path)

    def _create(self, path: Path) -> int:
        self._parent(path)
        number = self._number()
        self._files[number] = _File()
        self._rename(((path, number),), f"create {path.name}")
        return number

    def _open_at(self, number: int, path: Path) -> int:
        fd = self._number()
        self._open[fd] = (number, path, 0)
        return fd

    def _rename(self, changes: tuple[tuple[Path, int | None], ...], after: str) -> None:
        naming = _Naming(changes, frozenset(path.parent for path, _ in changes))
        _apply(self._names, naming)
        self._pending.append(naming)
        self._note(after)

    def _settle(self, directory: Path) -> None:
        """What was pending in a directory is certain now, unless another directory has yet to be synced."""
        waiting = []
        for naming in self._pending:
            rest = naming.unsynced - {directory}
            if rest:
                waiting.append(_Naming(naming.changes, rest))
            else:
                _apply(self._certain, naming)
        self._pending = waiting

    def _info(self, number: int) -> os.stat_result:
        folder = number in self._folders
        size = 0 if folder else len(self._files[number].cached)
        mode = stat.S_IFDIR | 0o700 if folder else stat.S_IFREG | 0o600
        return os.stat_result((mode, number, 1, 1, 0, 0, size, 0, 0, 0))


def _apply(names: dict[Path, int], naming: _Naming) -> None:
    for path, number in naming.changes:
        if number is None:
            names.pop(path, None)
        else:
            names[path] = number


def _error(code: int, path: Path) -> OSError:
    return OSError(code, os.strerror(code), str(path))
