"""What the records add up to, without reading ten years of them each time.

The state of all sessions but the newest is kept in the cache, for it does not change while they do not: an answer,
an edit or a new session touches the newest. Those are added each time. Whatever is wrong with the cache costs nothing
but the time to read the history again.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from runnersknee_tui.core.fold import State, advance_by
from runnersknee_tui.core.fold_back import fold
from runnersknee_tui.core.fold_json import state_from_json, state_to_json
from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.programme import OPENERS
from runnersknee_tui.store.durable import SaveError, write_file
from runnersknee_tui.store.filesystem import FileSystem, read_file
from runnersknee_tui.store.history import History
from runnersknee_tui.store.session_files import id_in

LIMIT = 4 << 20
"""Bytes that the file may have."""
WORTH_IT = 200
"""So few sessions are read sooner than they are looked up."""
NEWEST = 60
"""So many are never in the kept state..."""
NEWEST_AT_MOST = 180
"""...and of so many more than the kept state holds, it is made anew."""

_WRONG = (OSError, ValueError, LookupError, TypeError, AttributeError)
Mark = tuple[str, int, int]


class _Kept(Struct, frozen=True):
    """The state of the first `count` files."""

    count: int
    state: State


class Standing:
    """Adds up a history. One call at a time."""

    def __init__(self, path: Path, history: History, fs: FileSystem) -> None:
        self._path, self._history, self._fs = path, history, fs

    def state(self, catalogue: Catalogue, own_routines: frozenset[str], until: date) -> State:
        """The fold of all records up to a day. Raises RecordError as `fold` does."""
        marks = self._history.files()
        names = [mark[0] for mark in marks]
        copies = len({id_in(name) for name in names}) < len(names)  # which are read together
        if len(names) < WORTH_IT or copies:
            return fold(self._read(None), catalogue, own_routines=own_routines, until=until)
        about = _about(catalogue, own_routines)
        kept = self._kept(marks, about, until)
        if kept is None:
            kept = self._make(marks, about, catalogue, own_routines, until)
        newest = self._read(names[kept.count :])
        return advance_by(kept.state, newest, catalogue, own_routines=own_routines, until=until)

    def _read(self, names: Sequence[str] | None) -> list[dict[str, Any]]:
        return [plain for _, plain in self._history.iter_json(names)]

    def _make(
        self,
        marks: Sequence[Mark],
        about: int,
        catalogue: Catalogue,
        own_routines: frozenset[str],
        until: date,
    ) -> _Kept:
        old = marks[:-NEWEST]
        read = self._read([mark[0] for mark in old])
        kept = _Kept(len(old), fold(read, catalogue, own_routines=own_routines, until=until))
        if len(read) == len(old):  # else something could not be read, which may pass
            plain = [kept.count, _digest(old), about, until.isoformat(), state_to_json(kept.state)]
            body = json.dumps(plain, separators=(",", ":")).encode()
            with suppress(SaveError):
                write_file(self._fs, self._path, b"%d\n%b" % (zlib.crc32(body), body), rebuildable=True)
        return kept

    def _kept(self, marks: Sequence[Mark], about: int, until: date) -> _Kept | None:
        """The kept state, where every file that it holds is as it was and no date has changed what counts."""
        try:
            seal, _, body = read_file(self._fs, self._path, LIMIT).partition(b"\n")
            if int(seal) != zlib.crc32(body):
                return None
            count, digest, made_about, made_on, plain = json.loads(body)
            if made_about != about or not len(marks) - NEWEST_AT_MOST <= count <= len(marks):
                return None
            state = state_from_json(plain)
            later = date.fromisoformat(made_on) > until or _ignores(state, until)
            return None if later or digest != _digest(marks[:count]) else _Kept(count, state)
        except _WRONG:
            return None


def _ignores(state: State, until: date) -> bool:
    """Whether a record that was still to come has come."""
    return state.ignored_from is not None and state.ignored_from <= until


def _digest(marks: Sequence[Mark]) -> int:
    return zlib.crc32("\n".join([f"{name} {size} {changed}" for name, size, changed in marks]).encode())


def _about(catalogue: Catalogue, own_routines: frozenset[str]) -> int:
    """What else the state depends on: the routines that do not count, and the exercises that open a lock."""
    openers = [catalogue.exercises.get(key.exercise) for key in sorted(OPENERS)]
    return zlib.crc32(repr((openers, sorted(own_routines))).encode("utf-8", "surrogatepass"))
