"""The index: heads of all sessions for statistics, kept in the cache, rebuilt from the history at any time.

A session's file is known by its name, size and time of change; only what changed is read again, and only the
years it belongs to are rewritten. Whatever is wrong with the index, or with the disk it is on, costs nothing but
the time to read the history again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from threading import Lock

from msgspec import Struct

from runnersknee_tui.core.heads import Effort, Head, read_efforts, read_head
from runnersknee_tui.core.record import Json, RecordError
from runnersknee_tui.store.durable import SaveError, remove_file, write_file
from runnersknee_tui.store.filesystem import FileSystem, RealFileSystem, read_file
from runnersknee_tui.store.history import History
from runnersknee_tui.store.index_shard import (
    VERSION,
    DamagedError,
    FileMark,
    Shard,
    pack,
    pack_efforts,
    unpack,
    unpack_efforts,
)
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.recent import Recent
from runnersknee_tui.store.session_files import AWAY

LIMIT = 16 << 20
"""Bytes that one file of the index may have; a year of daily sessions takes fifty thousand."""

_KEY = 33  # characters of a session's file name without its suffix
_SETTLED_NS = 2_000_000_000
"""A folder changed less than this before it was listed may change again without its time telling."""
_PROGRESS_EVERY = 50

Progress = Callable[[int, int], None]
"""Told how many of how many files were read. May raise to give up; what was finished before that stays."""


class Refreshed(Struct, frozen=True):
    """What `refresh` found: sessions read anew, sessions gone, and files that could not be used."""

    read: int
    gone: int
    unusable: int


class HistoryIndex:
    """Heads and efforts of every session. `refresh` may run in a worker; reading what it found is then free."""

    def __init__(self, paths: Paths, history: History, fs: FileSystem | None = None) -> None:
        self._folder, self._watched = paths.index, paths.history
        self._history = history
        self._fs = fs or RealFileSystem()
        self._shards: dict[str, Shard] = {}
        self._busy = Lock()

    # --- reading ---------------------------------------------------------------------------------------------

    def glance(self) -> bool:
        """Loads the heads if no file came or went since the index was made; False: `refresh` must be run.

        Files that somebody edited in place are not seen here, so a screen that has shown what `glance` found
        refreshes afterwards.
        """
        with self._busy:
            try:
                meta = json.loads(self._read("meta.json"))
                if meta["version"] != VERSION or meta["changed_ns"] != self._changed_ns():
                    return False
                shards = {year: unpack(self._read(f"{year}.json"), marks=False) for year in meta["years"]}
            except (OSError, ValueError, KeyError, TypeError):
                return False
            self._shards = shards
            return True

    def recent(self, since: date, efforts_since: date) -> Recent | None:
        """What was done since two days, as `glance` would find it, from the few years that hold it; else None."""
        with self._busy:
            try:
                meta = json.loads(self._read("meta.json"))
                if meta["version"] != VERSION or meta["changed_ns"] != self._changed_ns():
                    return None
                first = None if meta["first"] is None else date.fromisoformat(meta["first"])
                years = [year for year in meta["years"] if int(year) >= (since - AWAY).year]
                shards = [(year, unpack(self._read(f"{year}.json"), marks=False)) for year in years]
            except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
                return None
        heads = [head for _, shard in shards for head in shard.heads if head.day >= since]
        efforts = [
            effort
            for year, shard in shards
            if int(year) >= (efforts_since - AWAY).year
            for effort in self._efforts(year, shard)
            if effort.day >= efforts_since
        ]
        return Recent(heads, efforts, first)

    def heads(self, since: date | None = None) -> list[Head]:
        """The heads of all sessions as of the last refresh, oldest first; rehearsals are among them."""
        found = [head for _, shard in sorted(self._shards.items()) for head in shard.heads]
        return found if since is None else [head for head in found if head.day >= since]

    def efforts(self, exercise: str | None = None, since: date | None = None) -> list[Effort]:
        """What was done of one exercise, or of all, oldest first."""
        found: list[Effort] = []
        for year, shard in sorted(self._shards.items()):
            if since is not None and all(head.day < since for head in shard.heads):
                continue
            found += [
                effort
                for effort in self._efforts(year, shard)
                if (exercise is None or effort.exercise == exercise)
                and (since is None or effort.day >= since)
            ]
        return found

    # --- making ----------------------------------------------------------------------------------------------

    def refresh(self, now: datetime, progress: Progress | None = None) -> Refreshed:
        """Brings the index up to date with the history; `now` is aware. Raises only what `progress` raises."""
        with self._busy:
            changed_ns = self._changed_ns()
            settled = now.timestamp() * 1e9 - changed_ns > _SETTLED_NS
            marks = self._history.files()
            by_year = {year: list(group) for year, group in groupby(marks, key=lambda mark: mark[0][:4])}
            shards = {year: self._known(year) for year in by_year}
            work = {
                year: names
                for year, shard in shards.items()
                if (names := _changed(shard, by_year[year])) or shard.marks != by_year[year]
            }
            counter = _Counter(sum(map(len, work.values())), progress)
            gone = 0
            for year, found in self._read_changed(work, counter):
                before = {head.id for head in shards[year].heads}
                shards[year] = self._renew(year, shards[year], by_year[year], set(work[year]), found)
                gone += len(before - {head.id for head in shards[year].heads})
            for year in self._years_kept() - by_year.keys():
                self._forget(year)
            unusable = sum(len(_without_head(shard)) for shard in shards.values())
            self._shards = shards
            self._write_meta(changed_ns if settled and not unusable else None)
            return Refreshed(counter.sessions, gone, unusable)

    def _read_changed(
        self, work: Mapping[str, list[str]], counter: _Counter
    ) -> Iterator[tuple[str, list[Head]]]:
        """The new heads of each year that must be made anew."""
        names = {name for of_year in work.values() for name in of_year}
        years = dict.fromkeys(work)
        for year, of_year in groupby(self._history.iter_json(names), key=lambda one: one[0][:4]):
            years.pop(year, None)
            yield year, [head for _, plain in of_year if (head := counter.read(plain)) is not None]
        for year in years:  # nothing in them is new, or could be read
            yield year, []

    def _renew(
        self, year: str, old: Shard, marks: list[FileMark], names: set[str], found: list[Head]
    ) -> Shard:
        again = {name[17:_KEY] for name in names}
        heads = {head.id: head for head in old.heads if head.id not in again}
        heads.update((head.id, head) for head in found)
        order = dict.fromkeys(mark[0][17:_KEY] for mark in marks)
        shard = Shard(marks, [heads[each] for each in order if each in heads])
        with suppress(SaveError):
            write_file(self._fs, self._folder / f"{year}.json", pack(shard), rebuildable=True)
        return shard

    def _write_meta(self, changed_ns: int | None) -> None:
        days = (
            head.day for shard in self._shards.values() for head in shard.heads if not head.about.rehearsal
        )
        first = min(days, default=None)
        meta = {
            "version": VERSION,
            "changed_ns": changed_ns,
            "years": sorted(self._shards),
            "first": None if first is None else first.isoformat(),
        }
        data = json.dumps(meta).encode()
        with suppress(OSError):
            if self._read("meta.json") == data:
                return
        with suppress(SaveError):
            write_file(self._fs, self._folder / "meta.json", data, rebuildable=True)

    def _known(self, year: str) -> Shard:
        """A year as the index has it; an empty one where that cannot be read."""
        if (shard := self._shards.get(year)) is not None and shard.marks:
            return shard
        try:
            return unpack(self._read(f"{year}.json"))
        except (OSError, DamagedError):
            return Shard()

    def _efforts(self, year: str, shard: Shard) -> list[Effort]:
        """From the year's second file, which is made at the first time it is asked for."""
        name = f"{year}-efforts.json"
        try:
            return unpack_efforts(self._read(name), shard)
        except (OSError, DamagedError):
            found = self._read_efforts(year, shard)
        with suppress(SaveError):
            write_file(self._fs, self._folder / name, pack_efforts(shard, found), rebuildable=True)
        return found

    def _read_efforts(self, year: str, shard: Shard) -> list[Effort]:
        marks = shard.marks or self._known(year).marks or self._history.files()
        wanted = {head.id for head in shard.heads}
        found: list[Effort] = []
        for _, plain in self._history.iter_json(mark[0] for mark in marks if mark[0][17:_KEY] in wanted):
            with suppress(RecordError):
                found += read_efforts(plain)
        return found

    def _read(self, name: str) -> bytes:
        return read_file(self._fs, self._folder / name, LIMIT)

    def _changed_ns(self) -> int:
        try:
            return self._fs.stat(self._watched).st_mtime_ns
        except OSError:
            return 0

    def _years_kept(self) -> set[str]:
        try:
            return {name[:4] for name in self._fs.names(self._folder) if name[:4].isdigit()}
        except OSError:
            return set()

    def _forget(self, year: str) -> None:
        for path in (self._folder / f"{year}.json", self._folder / f"{year}-efforts.json"):
            with suppress(SaveError):
                remove_file(self._fs, Path(path))


class _Counter:
    """Reads heads and tells how far it is."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.total, self.sessions = total, 0
        self._done, self._progress = 0, progress
        if progress is not None and total:
            progress(0, total)

    def read(self, plain: Json) -> Head | None:
        """None where the JSON is no session after all."""
        self._done += 1
        if self._progress is not None and (self._done % _PROGRESS_EVERY == 0 or self._done >= self.total):
            self._progress(min(self._done, self.total), self.total)
        try:
            head = read_head(plain)
        except RecordError:
            return None
        self.sessions += 1
        return head


def _without_head(shard: Shard) -> list[str]:
    """Names of the files that no head came from: read again each time, because an error may pass."""
    known = {head.id for head in shard.heads}
    return [mark[0] for mark in shard.marks if mark[0][17:_KEY] not in known]


def _changed(shard: Shard, marks: list[FileMark]) -> list[str]:
    """Names of all files of the sessions that have to be read: copies of one session are read together."""
    if shard.marks == marks:
        return _without_head(shard)
    if not shard.marks:
        return [mark[0] for mark in marks]
    known = {head.id for head in shard.heads}
    old = _by_session(shard.marks)
    new = _by_session(marks)
    again = (key for key, files in new.items() if key[17:] not in known or old.get(key) != files)
    return [mark[0] for key in again for mark in new[key]]


def _by_session(marks: Iterable[FileMark]) -> dict[str, list[FileMark]]:
    found: dict[str, list[FileMark]] = {}
    for mark in marks:
        found.setdefault(mark[0][:_KEY], []).append(mark)
    return found
