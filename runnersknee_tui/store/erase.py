"""Erasing everything that the app keeps. Nothing is moved; what people wrote in the config folder is theirs."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from runnersknee_tui.store.durable import SaveError, reason, remove_file
from runnersknee_tui.store.filesystem import FileSystem, RealFileSystem
from runnersknee_tui.store.lock import LockedError, exclusive, try_lock
from runnersknee_tui.store.merge import Note
from runnersknee_tui.store.paths import Paths


class Erased(Struct, frozen=True):
    """How many files are gone, and which would not go."""

    files: int
    left: tuple[Note, ...]


class SessionRunningError(Exception):
    """A session is running here or in another window; nothing was erased."""


def erase(paths: Paths, fs: FileSystem | None = None) -> Erased:
    """Removes sessions, checkpoints, trash, quarantine, backups, settings, cache and log for good.

    The caller has offered an export and asked. Raises SessionRunningError, and SaveError where another instance
    keeps writing.
    """
    fs = fs or RealFileSystem()
    _refuse_while_running(paths, fs)
    gone, left = 0, []
    with exclusive(fs, paths.lock):
        for path in [*_files(paths, fs), paths.settings, paths.log]:
            try:
                fs.stat(path)
                remove_file(fs, path)
                gone += 1
            except FileNotFoundError:
                continue
            except SaveError as error:
                left.append(Note(path.name, error.reason))
            except OSError as error:
                left.append(Note(path.name, reason(error)))
        for folder in _folders(paths):
            with suppress(OSError):
                fs.rmdir(folder)
        with suppress(SaveError):
            remove_file(fs, paths.lock)
    return Erased(gone, tuple(left))


def _folders(paths: Paths) -> tuple[Path, ...]:
    data = (paths.history, paths.active, paths.trash, paths.quarantine, paths.backups)
    return (*data, paths.index, paths.cache)


def _files(paths: Paths, fs: FileSystem) -> list[Path]:
    found = []
    for folder in _folders(paths):
        with suppress(OSError):
            found += [folder / name for name in fs.names(folder) if folder / name not in _folders(paths)]
    return found


def _refuse_while_running(paths: Paths, fs: FileSystem) -> None:
    try:
        names = [name for name in fs.names(paths.active) if name.endswith(".lock")]
    except OSError:
        return
    for name in names:
        try:
            fd, _ = try_lock(fs, paths.active / name)
        except LockedError:
            raise SessionRunningError("a session is running; end it first") from None
        except OSError:
            continue
        fs.close(fd)
