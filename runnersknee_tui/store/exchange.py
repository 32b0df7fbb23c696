"""Data out and in: JSON that loses nothing, CSV for spreadsheets, TOML for reading; and JSON back in.

An export is read back and compared before it counts. TOML has no null, so open answers are left out there.
"""

from __future__ import annotations

import csv
import errno
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from runnersknee_tui.core.history_text import CSV_HEAD, csv_rows
from runnersknee_tui.core.record import RecordError
from runnersknee_tui.core.record_json import checksum, from_json
from runnersknee_tui.store.backup import BackupError, read_backup_bytes
from runnersknee_tui.store.belongings import read_belongings
from runnersknee_tui.store.durable import SaveError, reason, write_file
from runnersknee_tui.store.filesystem import FileSystem, RealFileSystem, read_file
from runnersknee_tui.store.history import History
from runnersknee_tui.store.merge import Incoming, Note
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.session_json import Json

FORMAT = 1
"""Of the JSON document; a higher number is refused in words."""
LIMIT = 1 << 30
"""Bytes that a file to import may have."""
KINDS = (".json", ".csv", ".toml")

_TOML_HEAD = """\
# Sessions of runnersknee, newest last. TOML has no null: a question that was left open has no key here.
# `runnersknee export file.json` keeps everything and can be imported again.
"""


class ExchangeError(Exception):
    """A file that cannot be written or taken in. The message says why, in words for people."""


class Exported(Struct, frozen=True):
    """What an export holds, and what it had to leave out."""

    path: Path
    sessions: int
    left_out: tuple[Note, ...]


def export(
    path: Path,
    paths: Paths,
    history: History,
    now: datetime,
    *,
    app: str,
    force: bool = False,
    fs: FileSystem | None = None,
) -> Exported:
    """Writes all data to `path`, in the format of its suffix, and reads it back; `now` is aware.

    Raises ExchangeError where the suffix is none of KINDS, the folder is not there, or there is such a file and
    `force` is not given; SaveError where the disk refuses.
    """
    fs = fs or RealFileSystem()
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise ExchangeError(f"{path.name}: the name must end in {', '.join(KINDS[:-1])} or {KINDS[-1]}")
    _may_write(path, fs, force=force)
    data, sessions, left_out = _WRITERS[kind](paths, history, now, app, fs)
    bad = tuple(Note(one.name, one.reason) for one in history.unreadable)
    write_file(fs, path, data)
    try:
        if read_file(fs, path, LIMIT) != data:
            raise ExchangeError(f"{path}: what was written is not what is there")
    except OSError as error:
        raise SaveError(path, reason(error), error.errno or 0) from error
    return Exported(path, sessions, (*left_out, *bad))


def read_export(path: Path, fs: FileSystem | None = None) -> Incoming:
    """What a JSON export, the output of `history --json` or a backup holds, for `merge.preview`.

    Raises ExchangeError for anything else; nothing of it is written.
    """
    try:
        data = read_file(fs or RealFileSystem(), path, LIMIT)
    except OSError as error:
        raise ExchangeError(f"{path}: {reason(error)}") from error
    try:
        return read_backup_bytes(data) if data.startswith(b"PK") else read_json(data)
    except (BackupError, ValueError, RecursionError) as error:
        raise ExchangeError(f"{path}: {_words(error, path)}") from error


def read_json(data: bytes) -> Incoming:
    """Raises ValueError where this is no JSON document of sessions."""
    plain = json.loads(data.decode("utf-8-sig"))
    if isinstance(plain, list):
        return Incoming(_numbered(plain))
    if not isinstance(plain, dict) or "sessions" not in plain:
        raise ValueError("no sessions in it")
    if type(plain.get("format")) is not int or plain["format"] > FORMAT:
        raise ValueError("written by a newer version of runnersknee")
    sessions, files = plain["sessions"], plain.get("files", {})
    if not isinstance(sessions, list) or not isinstance(files, dict):
        raise ValueError("not an export of runnersknee")
    texts = {name: text.encode() for name, text in files.items() if isinstance(text, str)}
    odd = tuple(Note(f"{name:.60}", "not a text") for name in files.keys() - texts.keys())
    return Incoming(_numbered(sessions), texts, odd)


def _numbered(sessions: list[object]) -> tuple[tuple[str, object], ...]:
    return tuple((f"session {number}", plain) for number, plain in enumerate(sessions, 1))


def _words(error: Exception, path: Path) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8 text"
    if isinstance(error, json.JSONDecodeError):
        if path.suffix.lower() in (".csv", ".toml"):
            return f"{path.suffix[1:].upper()} cannot be imported; a JSON export can"
        return f"not complete JSON (line {error.lineno}: {error.msg})"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _may_write(path: Path, fs: FileSystem, *, force: bool) -> None:
    try:
        fs.stat(path.parent)
    except OSError as error:
        raise ExchangeError(f"{path.parent}: {reason(error)}") from error
    try:
        fs.stat(path)
    except FileNotFoundError:
        return
    except OSError as error:
        raise ExchangeError(f"{path}: {reason(error)}") from error
    if not force:
        raise ExchangeError(f"{path}: there is such a file already; --force replaces it")


Written = tuple[bytes, int, tuple[Note, ...]]


def _json(paths: Paths, history: History, now: datetime, app: str, fs: FileSystem) -> Written:
    sessions = [plain for _, plain in history.iter_json()]
    texts, left_out = read_belongings(paths, fs)
    files = {}
    for name, data in texts.items():
        try:
            files[name] = data.decode()
        except UnicodeDecodeError:
            left_out += (Note(name, "not UTF-8 text"),)
    head = {"format": FORMAT, "app": app, "exported_at": now.isoformat(timespec="seconds"), "files": files}
    # One line a session: a person can look at it, and a tool can compare two.
    rows = ",\n".join(json.dumps(plain, ensure_ascii=False, allow_nan=False) for plain in sessions)
    text = f'{json.dumps(head, ensure_ascii=False)[:-1]}, "sessions": [\n{rows}\n]}}\n'
    data = text.encode()
    back = read_json(data)
    if [checksum(plain) for _, plain in back.sessions if isinstance(plain, dict)] != list(
        map(checksum, sessions)
    ):
        raise ExchangeError("the export would not be read back as it is")
    return data, len(sessions), left_out


def _csv(_paths: Paths, history: History, _now: datetime, _app: str, _fs: FileSystem) -> Written:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_HEAD)
    count, odd = 0, []
    for name, plain in history.iter_json():
        try:
            writer.writerows(csv_rows([from_json(plain)]))
            count += 1
        except (RecordError, OverflowError, RecursionError) as error:
            odd.append(Note(name, str(error)))
    return out.getvalue().encode(), count, tuple(odd)


def _toml(paths: Paths, history: History, _now: datetime, _app: str, fs: FileSystem) -> Written:
    import tomllib

    import tomli_w

    sessions: list[Json] = [_without_null(plain) for _, plain in history.iter_json()]
    table: dict[str, Any] = {"session": sessions} if sessions else {}
    settings, left_out = read_belongings(paths, fs)
    if "settings.toml" in settings:
        try:
            table = {"settings": tomllib.loads(settings["settings.toml"].decode()), **table}
        except ValueError as error:
            left_out += (Note("settings.toml", str(error)),)
    text = _TOML_HEAD + tomli_w.dumps(table)
    if tomllib.loads(text) != table:
        raise SaveError(paths.history, "the sessions do not fit into TOML", errno.EINVAL)
    return text.encode(), len(sessions), left_out


def _without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_null(part) for key, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_without_null(part) for part in value if part is not None]
    return value


_WRITERS = {".json": _json, ".csv": _csv, ".toml": _toml}
