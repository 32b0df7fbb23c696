"""The directory of sessions as files: which there are, which can be read, and which copy of one counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec import Struct

from runnersknee_tui.core.record import SCHEMA, RecordError, SessionRecord
from runnersknee_tui.core.record_json import checksum, from_json
from runnersknee_tui.store.durable import reason
from runnersknee_tui.store.filesystem import FileSystem, read_file
from runnersknee_tui.store.session_json import Json, decode

AWAY = timedelta(days=1)
"""No civil date is further from the UTC date of the same instant."""
LIMIT = 256 * 1024
"""Bytes that one session's file may have; a real one has less than ten thousand."""

_KEY = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{16}")
_KEY_LENGTH = 33
_NAME_LENGTH = _KEY_LENGTH + len(".json")
_ID_START = 17
_FOREIGN = "not a name that this app gives a session"


class Unreadable(Struct, frozen=True):
    """A file that is left alone and named to the user. `name` is as the disk has it: clean it to show it.

    A session written by a newer version is `newer`, and counts by its `local_date` where that can be read.
    """

    name: str
    reason: str
    newer: bool = False
    local_date: date | None = None


def stamp(instant: datetime) -> str:
    """UTC in the form of file names, 16 characters. Raises RecordError for instants that no UTC year holds."""
    try:
        utc = instant.astimezone(UTC)
    except (OverflowError, ValueError) as error:
        raise RecordError(f"started_at: expected a date and time, found {instant}") from error
    return f"{utc:%Y%m%dT%H%M%SZ}".rjust(16, "0")


def key_of(record: SessionRecord) -> str:
    """The stem of a session's file name: keys sort by the start of their sessions."""
    return f"{stamp(record.started_at)}-{record.id}"


def id_in(name: str) -> str:
    """The id in a session's file name."""
    return name[_ID_START:_KEY_LENGTH]


def utc_day(name: str) -> date | None:
    """The UTC day on which a session began, by its file's name; None where that is none."""
    try:
        return date(int(name[:4]), int(name[4:6]), int(name[6:8]))
    except ValueError:
        return None


def revision(plain: Json) -> int:
    """`rev` of parsed JSON; 0 where it is not a number."""
    rev = plain.get("rev")
    return rev if type(rev) is int else 0


def rank(name: str, plain: Json) -> tuple[int, int]:
    """Of several copies of a session the highest counts: the highest `rev`, then the session's own file."""
    return revision(plain), -len(name)


def _stem(name: str) -> str:
    return name[:_KEY_LENGTH]


class SessionFiles:
    """Reads one directory of sessions and remembers, by name, what could not be used. Safe in threads."""

    def __init__(self, directory: Path, fs: FileSystem) -> None:
        self.directory = directory
        self.unreadable: dict[str, Unreadable] = {}
        self.warnings: dict[str, str] = {}
        self._fs = fs

    def names(self, *, newest_first: bool = False) -> list[str]:
        """The names of all sessions' files in the order of their starts. No file is opened.

        Written for ten thousand names: the usual ones are told by their length alone.
        """
        folder = self.directory.name
        self.unreadable.pop(folder, None)
        try:
            listed = self._fs.names(self.directory)
        except FileNotFoundError:
            listed = []
        except OSError as error:
            self.unreadable[folder] = Unreadable(folder, reason(error))
            return []
        names = [
            name
            for name in listed
            if (len(name) == _NAME_LENGTH and name.endswith(".json")) or self._may_be_session(name)
        ]
        names.sort(reverse=newest_first)
        self._forget_missing(names)
        return names

    def sessions(self, *, newest_first: bool = False, before: str | None = None) -> Iterator[list[str]]:
        """The file names of each session: one, unless a sync service made copies. In the order of their starts.

        With `before`, only sessions whose key sorts before that one.
        """
        for copies in self.by_session(self.names(newest_first=newest_first)):
            if before is None or copies[0][:_KEY_LENGTH] < before:
                yield copies

    def by_session(self, names: Iterable[str]) -> Iterator[list[str]]:
        """Names in their order, those of one session together; such as are no session's are noted."""
        names = list(names)
        groups: Iterator[list[str]] = (list(copies) for _, copies in groupby(names, key=_stem))
        if len({id_in(name) for name in names}) < len(names):
            groups = self._by_id(groups)
        for copies in groups:
            if _KEY.fullmatch(_stem(copies[0])):
                yield copies
            else:
                for name in copies:
                    self._may_be_session(name)

    def _by_id(self, groups: Iterable[list[str]]) -> Iterator[list[str]]:
        """A copy may bear the stamp of another start, far from its session's own file."""
        by_id: dict[str, list[str]] = {}
        for copies in groups:
            stem = _stem(copies[0])
            by_id.setdefault(id_in(stem) if _KEY.fullmatch(stem) else stem, []).extend(copies)
        yield from by_id.values()

    def names_of(self, record_id: str) -> list[str]:
        """The names of one session's files."""
        return [name for name in self.names() if name[_ID_START:_KEY_LENGTH] == record_id]

    def best(self, names: list[str]) -> tuple[str, SessionRecord] | None:
        """Name and record of the copy that counts, None where none of them can be read."""
        read = []
        for name in names:
            plain = self.plain(name)
            record = None if plain is None else self._record(name, plain)
            if plain is not None and record is not None:
                read.append((rank(name, plain), name, record))
        if not read:
            return None
        _, name, record = max(read, key=lambda one: one[0])
        return name, record

    def plain(self, name: str) -> Json | None:
        """A file's JSON object, of this schema and with the id of its name; None with the reason noted."""
        try:
            plain = decode(read_file(self._fs, self.directory / name, LIMIT))
        except FileNotFoundError:
            self.unreadable.pop(name, None)  # deleted since it was listed, here or in another instance
            return None
        except OSError as error:
            self._refuse(name, reason(error))
            return None
        except ValueError as error:
            self._refuse(name, str(error))
            return None
        schema = plain.get("schema")
        if type(schema) is int and schema > SCHEMA:
            self._refuse(name, "written by a newer version", plain)
            return None
        if type(schema) is not int or schema != SCHEMA or plain.get("id") != id_in(name):
            self._refuse(name, "not the session that its name says")
            return None
        self.unreadable.pop(name, None)
        return plain

    def _record(self, name: str, plain: Json) -> SessionRecord | None:
        try:
            record = from_json(plain)
        except (RecordError, OverflowError, RecursionError) as error:
            self._refuse(name, str(error))
            return None
        if _intact(plain):
            self.warnings.pop(name, None)
        else:
            self.warnings[name] = "edited by hand or damaged: its checksum does not match"
        return record

    def _may_be_session(self, name: str) -> bool:
        """Names of another length: copies are taken, foreign ones noted, the rest is nothing of ours."""
        if not name.endswith(".json") or name.startswith("."):
            return False
        if _KEY.match(name):
            return True
        self._refuse(name, _FOREIGN)
        return False

    def _refuse(self, name: str, why: str, newer: Json | None = None) -> None:
        day = None if newer is None else _day(newer.get("local_date"))
        self.unreadable[name] = Unreadable(name, why, newer is not None, day)

    def _forget_missing(self, known: list[str]) -> None:
        if self.unreadable:
            present = frozenset(known)
            for name in self.unreadable.copy():
                if name not in present and name != self.directory.name and _KEY.match(name):
                    self.unreadable.pop(name, None)


def _intact(plain: Json) -> bool:
    try:
        return plain.get("crc32") == checksum(plain)
    except (ValueError, RecursionError):
        return False


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
