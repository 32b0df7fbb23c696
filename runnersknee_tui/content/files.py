"""Reading the files of a folder without trusting them: their kind, their size and their names."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from runnersknee_tui.core.toml_text import LIMIT, too_large
from runnersknee_tui.core.words import clean

ID_RULE = 'a-z, 0-9 and "-"'

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")  # names of devices on Windows
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_FLAGS = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY", "O_CLOEXEC"):  # not every system has each of them
    _FLAGS |= getattr(os, _name, 0)


def is_id(text: str) -> bool:
    """Whether `text` may be an id, and so the name of a file on every system; at most 60 characters."""
    return len(text) <= 60 and bool(_ID.fullmatch(text)) and not _RESERVED.fullmatch(text)


def as_id(text: str) -> str | None:
    """An id made of `text`, to propose: "Wall Sit" gives "wall-sit". None where nothing is left of it."""
    made = re.sub(r"[^a-z0-9]+", "-", text[:60].lower()).strip("-")
    return made if is_id(made) else None


def id_of(path: Path) -> str:
    """The id that a file's name stands for. A byte of the name that is not UTF-8 counts as "xff"."""
    return "".join(
        f"x{ord(char) - 0xDC00:02x}" if 0xDC80 <= ord(char) <= 0xDCFF else char for char in path.stem
    )


def read(path: Path) -> bytes | str:
    """The bytes of a regular file of at most 1 MiB, or why there are none. Never waits, not even for a pipe."""
    try:
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError:
        return "a link to a file that is not there; skipped" if path.is_symlink() else "no such file"
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        return _unreadable(error)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            kind = _KINDS.get(stat.S_IFMT(status.st_mode), "something else")
            return f"not a regular file ({kind}); skipped"
        if status.st_size > LIMIT:
            return too_large("", status.st_size).message
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return stream.read(LIMIT + 1)
    except OSError as error:
        return _unreadable(error)
    finally:
        os.close(descriptor)


def toml_files(folder: Path) -> tuple[list[Path], tuple[str, ...]]:
    """The *.toml files in `folder`, those whose names are ids first, and what is wrong with the folder itself.

    A missing folder has no files. Hidden files are left alone: they belong to editors and file managers.
    """
    try:
        names = [name for name in os.listdir(folder) if not name.startswith(".")]  # noqa: PTH208 no Path is needed
    except FileNotFoundError:
        return [], ()
    except NotADirectoryError:
        return [], ("expected a folder, found a file",)
    except OSError as error:
        return [], (_unreadable(error),)
    paths = [folder / name for name in names if name.lower().endswith(".toml")]
    return sorted(paths, key=lambda path: (not is_id(path.stem), path.suffix != ".toml", path.name)), ()


def _unreadable(error: Exception) -> str:
    reason = getattr(error, "strerror", None) or str(error)
    return f"cannot be read: {clean(reason)}; skipped"
