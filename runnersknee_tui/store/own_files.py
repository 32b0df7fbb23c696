"""The exercises and routines that a person makes in the app: TOML files in their own folders.

Those folders belong to their owner, who may write there by hand as well. What the app wrote it can write again;
anything else is replaced only when asked, and then kept in the trash.
"""

from __future__ import annotations

import errno
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from runnersknee_tui.core.toml_text import LIMIT
from runnersknee_tui.store.durable import SaveError, move_file, remove_file, write_file
from runnersknee_tui.store.filesystem import FileSystem, RealFileSystem, read_file
from runnersknee_tui.store.lock import exclusive
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.session_files import stamp

MARK = "# Made in the app, which keeps the values when it writes this file again, but no comments.\n"
"""The first line of every file that the app writes for a person."""


_BLOCKS = ("exercises", "doses", "phases", "ladder")
"""Lists that are written as [[blocks]]."""


class InTheWayError(Exception):
    """There is a file that would be lost. The message says what is special about it."""


class Thrown(Struct, frozen=True):
    """A file in the trash, and where it was."""

    stored: Path
    original: Path


def render(table: Mapping[str, Any]) -> bytes:
    """The bytes of a file that holds `table`, with a [[block]] for each of its rows as people write them."""
    import tomli_w

    blocks = {key: rows for key, rows in table.items() if key in _BLOCKS and _are_plain_rows(rows)}
    parts = [MARK, tomli_w.dumps({key: value for key, value in table.items() if key not in blocks})]
    parts += [f"[[{key}]]\n{tomli_w.dumps(row)}" for key, rows in blocks.items() for row in rows]
    return "\n".join(parts).encode()


def _are_plain_rows(value: object) -> bool:
    """A list of tables that hold no table themselves; what is in those needs no heading of its own."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(
            isinstance(row, dict) and not any(_holds_table(inner) for inner in row.values()) for row in value
        )
    )


def _holds_table(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(map(_holds_table, value)))


def is_ours(data: bytes) -> bool:
    """Whether a file is as the app writes it, to the last character: nothing in it would be lost."""
    if not data.startswith(MARK.encode()):
        return False
    try:
        return render(tomllib.loads(data.decode("utf-8"))) == data
    except ValueError:
        return False


def own_path(paths: Paths, kind: str, id_: str) -> Path:
    """Where the file with this id is; `kind` is "exercises" or "routines"."""
    return paths.config / kind / f"{id_}.toml"


def read_own(paths: Paths, kind: str, id_: str, fs: FileSystem | None = None) -> bytes | None:
    """The bytes of a person's own file; None where there is none. Raises OSError where it cannot be read."""
    try:
        return read_file(fs or RealFileSystem(), own_path(paths, kind, id_), LIMIT)
    except FileNotFoundError:
        return None


def save_own(
    paths: Paths,
    kind: str,
    id_: str,
    table: Mapping[str, Any],
    now: datetime,
    fs: FileSystem | None = None,
    *,
    known: bytes | None = None,
    over_others: bool = False,
) -> bytes:
    """Writes `table` and returns the bytes of the file.

    `known` is what the file held when the editing began, None for a new one. Raises InTheWayError where it was
    written by hand, or is not what it was; with `over_others` the present file goes to the trash instead, its
    name stamped with `now` (aware). Raises OSError where the present file cannot be read, SaveError.
    """
    fs = fs or RealFileSystem()
    data = render(table)
    path = own_path(paths, kind, id_)
    with exclusive(fs, paths.lock):
        present = read_own(paths, kind, id_, fs)
        why = _in_the_way(present, known)
        if why and not over_others:
            raise InTheWayError(why)
        if why and present is not None:
            write_file(fs, _in_trash(paths, kind, id_, now), present)
        write_file(fs, path, data, verify=lambda data: _verify(data, table))
    return data


def remove_own(paths: Paths, kind: str, id_: str, now: datetime, fs: FileSystem | None = None) -> Thrown:
    """Puts a person's own file into the trash. Raises OSError where it cannot be read, SaveError."""
    fs = fs or RealFileSystem()
    original, stored = own_path(paths, kind, id_), _in_trash(paths, kind, id_, now)
    with exclusive(fs, paths.lock):
        # Config and data may lie on two disks: a copy that is safe first, then the removal.
        write_file(fs, stored, read_file(fs, original, LIMIT))
        remove_file(fs, original)
    return Thrown(stored, original)


def take_back(paths: Paths, thrown: Thrown, fs: FileSystem | None = None) -> None:
    """Brings a file back from the trash. Raises OSError, SaveError with EEXIST where its name is taken."""
    fs = fs or RealFileSystem()
    with exclusive(fs, paths.lock):
        try:
            move_file(fs, thrown.stored, thrown.original)
        except SaveError as error:
            if error.errno != errno.EXDEV:
                raise
            write_file(fs, thrown.original, read_file(fs, thrown.stored, LIMIT))
            remove_file(fs, thrown.stored)


def _in_the_way(present: bytes | None, known: bytes | None) -> str:
    if present is None:
        return ""
    if known is None:
        return "there is a file with this name already"
    if present != known:
        return "it was changed meanwhile"
    return "" if is_ours(present) else "it was written by hand, and comments in it would be lost"


def _in_trash(paths: Paths, kind: str, id_: str, now: datetime) -> Path:
    return paths.trash / f"{stamp(now)}_{kind}-{id_}.toml"


def _verify(data: bytes, table: Mapping[str, Any]) -> None:
    if tomllib.loads(data.decode()) != table:
        raise ValueError("this would not be read back as it is")
