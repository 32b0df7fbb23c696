"""Taking in sessions and files from an export or a backup: everything is looked at before anything is written.

What is there stays, unless what comes is a later edit of the same session. Doing it twice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from runnersknee_tui.core.record import RecordError, SessionRecord
from runnersknee_tui.core.record_json import checksum, from_json
from runnersknee_tui.core.words import cut
from runnersknee_tui.store.durable import SaveError, write_file
from runnersknee_tui.store.filesystem import FileSystem
from runnersknee_tui.store.history import History
from runnersknee_tui.store.lock import exclusive
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.session_files import LIMIT, id_in, key_of, revision
from runnersknee_tui.store.session_json import Json, decode, layout

_KEY = 33  # characters of a session's file name without its suffix
_ID = re.compile(r"[0-9a-f]{16}")
_FILE = re.compile(r"(exercises|routines)/[^/\\\0.][^/\\\0]{0,200}\.toml")
SETTINGS, CONFIG = "settings.toml", "config.toml"
_SAME, _NEWER = "already here", "yours is newer and stays"
_DIFFERS = "yours differs and stays"
_UNREADABLE = "a file of this session is here that cannot be read; it stays"


class Note(Struct, frozen=True):
    """Something that is not taken in: what it is, and why."""

    what: str
    reason: str


class Incoming(Struct, frozen=True):
    """What an export or a backup holds: parsed sessions with words for where they stand, and TOML files."""

    sessions: tuple[tuple[str, object], ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    refused: tuple[Note, ...] = ()
    """What the container itself could not give."""


class Preview(Struct, frozen=True):
    """What taking in would do. `updated` are later edits of sessions that are here."""

    added: tuple[SessionRecord, ...]
    updated: tuple[SessionRecord, ...]
    skipped: tuple[Note, ...]
    refused: tuple[Note, ...]
    payload: Mapping[str, bytes]
    """The bytes of each session to be written, by the name of its file."""
    files: Mapping[str, bytes]
    """The TOML files that would be added, by their names in an export."""

    def words(self) -> str:
        """ "3 added, 1 updated, 40 skipped, 0 refused"."""
        parts = [(len(self.added), "added"), (len(self.updated), "updated")]
        parts += [(len(self.skipped), "skipped"), (len(self.refused), "refused")]
        return ", ".join(f"{count} {what}" for count, what in parts if count or what != "updated")


class MergeError(Exception):
    """Nothing was taken in; the message says why."""


def toml_files(paths: Paths) -> dict[str, Path]:
    """Where a TOML file of an export belongs, by its name there, for the two that have a place of their own."""
    return {SETTINGS: paths.settings, CONFIG: paths.config_file}


def preview(incoming: Incoming, paths: Paths, history: History, fs: FileSystem) -> Preview:
    """Looks at everything and writes nothing."""
    refused = list(incoming.refused)
    wanted: dict[str, tuple[Json, SessionRecord, bytes]] = {}
    for where, value in incoming.sessions:
        try:
            plain, record, data = _checked(value)
        except (RecordError, ValueError, TypeError, OverflowError, RecursionError) as error:
            refused.append(Note(where, cut(str(error), 120)))
            continue
        other = wanted.get(record.id)
        if other is None or other[1].rev < record.rev:
            wanted[record.id] = (plain, record, data)
    added, updated, skipped = [], [], []
    here = _Here(history)
    for plain, record, _ in wanted.values():
        reason = here.reason_to_skip(f"{key_of(record)}.json", plain)
        if reason is not None:
            skipped.append(Note(f"{record.local_date} {cut(record.routine_title, 30)}", reason))
        elif record.id in here.known:
            updated.append(record)
        else:
            added.append(record)
    texts, kept = _texts(incoming.files, paths, fs)
    return Preview(
        added=tuple(sorted(added, key=key_of)),
        updated=tuple(sorted(updated, key=key_of)),
        skipped=(*skipped, *kept),
        refused=tuple(refused),
        payload={f"{key_of(record)}.json": wanted[record.id][2] for record in (*added, *updated)},
        files=texts,
    )


def take_in(
    found: Preview, paths: Paths, history: History, fs: FileSystem, *, despite_refusals: bool = False
) -> None:
    """Does what the preview says, each session whole or not at all.

    Raises MergeError, before anything is written, where something was refused; SaveError where the disk
    refuses: what was written by then stays, and doing it again takes up the rest.
    """
    if found.refused and not despite_refusals:
        raise MergeError(f"nothing was imported: {len(found.refused)} refused")
    with exclusive(fs, paths.lock):
        here = _Here(history, [record.id for record in (*found.added, *found.updated)])
        for name, data in sorted(found.payload.items()):
            # Asked again, under the lock: another instance may have been quicker.
            if here.reason_to_skip(name, decode(data)) is None:
                write_file(fs, paths.history / name, data)
        for name, data in found.files.items():
            path = _place(name, paths)
            if not _exists(fs, path):
                write_file(fs, path, data)


def _checked(value: object) -> tuple[Json, SessionRecord, bytes]:
    record = from_json(value)
    if not _ID.fullmatch(record.id):
        raise RecordError(f"id: expected 16 hex digits, found {record.id!r:.60}")
    assert isinstance(value, dict)
    key_of(record)
    data = layout(value)
    if decode(data) != value:
        raise RecordError("it would not be read back as it is")
    if len(data) > LIMIT:
        raise RecordError("it is too large for a session")
    return value, record, data


class _Here:
    """The sessions that are in the history, by id: revision and checksum."""

    def __init__(self, history: History, ids: Iterable[str] | None = None) -> None:
        names = [mark[0] for mark in history.files()]
        if ids is not None:
            wanted = frozenset(ids)
            names = [name for name in names if id_in(name) in wanted]
        self.known = {
            plain["id"]: (name[:_KEY], revision(plain), checksum(plain))
            for name, plain in history.iter_json(names)
        }
        self.unreadable = {id_in(name) for name in names} - self.known.keys()

    def reason_to_skip(self, name: str, plain: Json) -> str | None:
        """Why a session that would get this file name stays out; None where it is new or a later edit."""
        if plain["id"] in self.unreadable:
            return _UNREADABLE
        if plain["id"] not in self.known:
            return None
        key, rev, crc = self.known[plain["id"]]
        if rev == revision(plain) and crc == checksum(plain):
            return _SAME
        if key != name[:_KEY] or rev == revision(plain):
            return _DIFFERS
        return _NEWER if rev > revision(plain) else None


def _texts(
    files: Mapping[str, bytes], paths: Paths, fs: FileSystem
) -> tuple[dict[str, bytes], tuple[Note, ...]]:
    texts, skipped = {}, []
    for name, data in sorted(files.items()):
        if name not in (SETTINGS, CONFIG) and not _FILE.fullmatch(name):
            skipped.append(Note(cut(name), "not a file of this app"))
        elif _exists(fs, _place(name, paths)):
            skipped.append(Note(cut(name), "here already, and stays as it is"))
        else:
            texts[name] = data
    return texts, tuple(skipped)


def _place(name: str, paths: Paths) -> Path:
    return toml_files(paths).get(name) or paths.config / name


def _exists(fs: FileSystem, path: Path) -> bool:
    try:
        fs.stat(path)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise SaveError(path, "it cannot be looked at", error.errno or 0) from error
    return True
