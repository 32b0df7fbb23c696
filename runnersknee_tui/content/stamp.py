"""Whether anything has changed since the content was last read: names, sizes and times, no file is opened."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from runnersknee_tui import __version__

_PACKAGE = Path(__file__).parent.parent

Stamp = tuple[object, ...]
"""Equal stamps mean equal content, read by equal code."""


def stamp(assets: Path, user: Path) -> Stamp:
    """Everything that the catalogue is made from: the app's own files, the person's, and the code that reads them."""
    folders = [base / kind for base in (assets, user) for kind in ("exercises", "routines")]
    folders += [_PACKAGE / "content", _PACKAGE / "core"]
    figures = tuple(name for name, *_ in _folder(assets / "figures"))
    return (__version__, sys.version_info[:2], str(assets), figures, *map(_folder, folders))


def newest(value: object) -> int:
    """The latest time in a stamp, in ns since 1970; 0 where there is none.

    A file changed at the very time it is read may change again without another time: such a stamp is no proof.
    """
    if isinstance(value, tuple):
        return max(map(newest, value), default=0)
    return value if isinstance(value, int) else 0


def _folder(path: Path) -> tuple[tuple[object, ...], ...]:
    try:
        with os.scandir(path) as entries:
            return tuple(sorted(_file(entry) for entry in entries if not entry.name.startswith((".", "_"))))
    except OSError as error:
        return ((type(error).__name__,),)


def _file(entry: os.DirEntry[str]) -> tuple[object, ...]:
    try:
        status = entry.stat()
    except OSError:
        return (entry.name,)
    return (entry.name, status.st_mtime_ns, status.st_ctime_ns, status.st_size)
