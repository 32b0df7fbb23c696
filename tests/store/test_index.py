"""The index may be lost, damaged or out of date at any time, and never says anything but what the files say."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from runnersknee_tui.core.heads import Head, read_efforts, read_head
from runnersknee_tui.core.record import Knees, SessionRecord
from runnersknee_tui.core.record_json import to_json
from runnersknee_tui.store.history import History
from runnersknee_tui.store.index import HistoryIndex
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.recent import Recent, newest_files
from tests.faults.filesystems import Fault, WatchedFileSystem
from tests.store.sessions import name_of, session
from tests.strategies import records

LATER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path)


def filled(paths: Paths, count: int = 5) -> list[SessionRecord]:
    history = History(paths)
    made = [session(number * 100) for number in range(count)]  # some years of them
    for record in made:
        history.save(record)
    return made


def fresh(paths: Paths) -> HistoryIndex:
    return HistoryIndex(paths, History(paths))


def expected(made: list[SessionRecord]) -> list[Head]:
    return [read_head(to_json(record)) for record in made]


def test_heads_and_efforts_are_those_of_the_files(paths: Paths) -> None:
    made = filled(paths)
    index = fresh(paths)
    assert index.refresh(LATER).read == 5
    assert index.heads() == expected(made)
    assert index.efforts() == [effort for record in made for effort in read_efforts(to_json(record))]
    assert index.efforts("plank") == []
    assert [head.day for head in index.heads(since=made[3].local_date)] == [
        made[3].local_date,
        made[4].local_date,
    ]
    assert len(index.efforts("glute-bridge", since=made[3].local_date)) == 2


def test_the_second_time_no_session_is_read(paths: Paths) -> None:
    made = filled(paths)
    index = fresh(paths)
    index.refresh(LATER)
    efforts = index.efforts()
    fs = WatchedFileSystem()
    again = HistoryIndex(paths, History(paths, fs), fs)
    assert again.refresh(LATER).read == 0
    assert again.heads() == expected(made)
    assert again.efforts() == efforts
    assert not [call for call in fs.calls if call.name == "open_read" and call.path.parent == paths.history]


def test_a_glance_is_enough_where_nothing_came_or_went(paths: Paths) -> None:
    made = filled(paths)
    assert not fresh(paths).glance()
    fresh(paths).refresh(LATER)
    index = fresh(paths)
    assert index.glance()
    assert index.heads() == expected(made)
    assert len(index.efforts()) == 5
    History(paths).save(session(7))
    assert not fresh(paths).glance()


def test_a_folder_that_just_changed_is_not_trusted_at_a_glance(paths: Paths) -> None:
    filled(paths)
    fresh(paths).refresh(datetime.fromtimestamp(paths.history.stat().st_mtime, UTC) + timedelta(seconds=1))
    assert not fresh(paths).glance()


def test_only_the_year_that_changed_is_rewritten(paths: Paths) -> None:
    made = filled(paths)
    fresh(paths).refresh(LATER)
    kept = {path.name: path.stat().st_mtime_ns for path in paths.index.iterdir() if path.name != "meta.json"}
    History(paths).replace(made[0].id, lambda old: replace(old, note="changed"))
    History(paths).delete(made[1].id, LATER)
    index = fresh(paths)
    found = index.refresh(LATER)
    assert (found.read, found.gone) == (1, 1)
    assert index.heads() == expected([made[0], *made[2:]])
    after = {path.name: path.stat().st_mtime_ns for path in paths.index.iterdir()}
    assert [name for name in kept if after[name] != kept[name]] == ["2026.json"]


def test_an_edit_in_place_is_seen(paths: Paths) -> None:
    made = filled(paths)
    index = fresh(paths)
    index.refresh(LATER)
    path = paths.history / name_of(made[2])
    path.write_bytes(path.read_bytes().replace(b'"active_s": 1130.2', b'"active_s": 1000.25'))
    assert index.refresh(LATER).read == 1
    assert index.heads()[2].active_s == 1000.25


def test_a_year_that_is_gone_is_forgotten(paths: Paths) -> None:
    made = filled(paths)
    fresh(paths).refresh(LATER)
    for record in made[:3]:
        (paths.history / name_of(record)).unlink()
    index = fresh(paths)
    index.refresh(LATER)
    assert index.heads() == expected(made[3:])
    assert not (paths.index / "2026.json").exists()
    for record in made[3:]:
        (paths.history / name_of(record)).unlink()
    index.refresh(LATER)
    assert index.heads() == []
    assert fresh(paths).glance()


@pytest.mark.parametrize("damage", [b"", b"{}", b"1 0\n[]\n[]", None])
def test_a_damaged_index_is_made_anew(paths: Paths, damage: bytes | None) -> None:
    made = filled(paths)
    index = fresh(paths)
    index.refresh(LATER)
    index.efforts()
    for path in list(paths.index.iterdir()):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data if damage is None else damage)
    index = fresh(paths)
    assert not index.glance()
    index.refresh(LATER)
    assert index.heads() == expected(made)
    assert len(index.efforts()) == 5


def test_efforts_of_another_state_are_not_taken(paths: Paths) -> None:
    made = filled(paths, 2)
    index = fresh(paths)
    index.refresh(LATER)
    index.efforts()
    old = (paths.index / "2026-efforts.json").read_bytes()
    History(paths).delete(made[0].id, LATER)
    index.refresh(LATER)
    (paths.index / "2026-efforts.json").write_bytes(old)
    assert [effort.session for effort in index.efforts()] == [made[1].id]


def test_an_unreadable_session_is_tried_again(paths: Paths) -> None:
    made = filled(paths)
    path = paths.history / name_of(made[1])
    good, info = path.read_bytes(), path.stat()
    path.write_bytes(b"\0" * len(good))
    index = fresh(paths)
    assert index.refresh(LATER).unusable == 1
    assert len(index.heads()) == 4
    assert not fresh(paths).glance()
    path.write_bytes(good)
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))
    index.refresh(LATER)
    assert index.heads() == expected(made)


def test_of_copies_the_highest_revision_counts(paths: Paths) -> None:
    (record,) = filled(paths, 1)
    fresh(paths).refresh(LATER)
    edited = replace(record, rev=2, active_s=99.0)
    other = Paths.under(paths.data / "elsewhere")
    History(other).save(edited)
    copy = name_of(record).replace(".json", ".sync-conflict-20260401-101010-ABC.json")
    (paths.history / copy).write_bytes((other.history / name_of(record)).read_bytes())
    index = fresh(paths)
    index.refresh(LATER)
    assert [head.active_s for head in index.heads()] == [99.0]
    (paths.history / copy).unlink()
    index.refresh(LATER)
    assert [head.active_s for head in index.heads()] == [record.active_s]


def test_a_cache_that_cannot_be_written_costs_only_time(paths: Paths) -> None:
    made = filled(paths)
    full = [Fault("open_new", at, errno.ENOSPC) for at in range(1, 50)]
    fs = WatchedFileSystem(None, *full)
    index = HistoryIndex(paths, History(paths), fs)
    index.refresh(LATER)
    assert index.heads() == expected(made)
    assert len(index.efforts()) == 5
    assert not fresh(paths).glance()


def test_progress_is_told_and_may_give_up(paths: Paths) -> None:
    filled(paths)
    told: list[tuple[int, int]] = []
    fresh(paths).refresh(LATER, lambda done, total: told.append((done, total)))
    assert told == [(0, 5), (5, 5)]

    class GaveUpError(Exception):
        pass

    def give_up(_done: int, _total: int) -> None:
        raise GaveUpError

    index = fresh(paths)
    History(paths).save(session(3))
    with pytest.raises(GaveUpError):
        index.refresh(LATER, give_up)
    assert index.refresh(LATER).read == 1


def test_no_history_is_no_error(paths: Paths) -> None:
    index = fresh(paths)
    assert index.refresh(LATER).read == 0
    assert index.heads() == []
    assert index.efforts() == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(records(), max_size=4, unique_by=lambda record: record.id))
def test_any_records_come_back(tmp_path_factory: pytest.TempPathFactory, made: list[SessionRecord]) -> None:
    paths = Paths.under(tmp_path_factory.mktemp("any"))
    history = History(paths)
    for record in made:
        history.save(replace(record, note=""))
    fresh(paths).refresh(LATER)
    index = fresh(paths)
    assert index.glance()
    by_id = {head.id: head for head in expected(made)}
    assert {head.id: head for head in index.heads()} == by_id
    assert all(isinstance(head.during, Knees) for head in index.heads())
    efforts = index.efforts()
    assert fresh(paths).refresh(LATER).read == 0
    again = fresh(paths)
    again.glance()
    assert again.efforts() == efforts


def recently(paths: Paths, made: list[SessionRecord]) -> tuple[Recent | None, Recent]:
    """What the index and what the newest files tell of the last two of some sessions."""
    since = made[-2].local_date
    fs = WatchedFileSystem()
    index = HistoryIndex(paths, History(paths, fs), fs)
    known = index.recent(since, made[-1].local_date)
    assert not any(call.path == paths.index / "2026.json" for call in fs.calls)  # a year that is over
    return known, newest_files(History(paths, fs), since, made[-1].local_date)


def test_the_newest_are_the_same_from_the_index_and_from_the_files(paths: Paths) -> None:
    made = filled(paths)
    assert recently(paths, made)[0] is None
    fresh(paths).refresh(LATER)
    known, read = recently(paths, made)
    assert known == read
    assert read.heads == expected(made[-2:])
    assert read.efforts == read_efforts(to_json(made[-1]))
    assert read.first == made[0].local_date
    History(paths).save(session(401))
    assert recently(paths, made)[0] is None


def test_a_day_far_from_greenwich_is_found_by_its_own_date(paths: Paths) -> None:
    """At half past eight in the morning on Kiritimati it is yesterday in Greenwich."""
    record = session(started_at=datetime.fromisoformat("2026-03-29T08:30:00+14:00"))
    History(paths).save(record)
    fresh(paths).refresh(LATER)
    day = record.local_date
    assert name_of(record).startswith("20260328")
    for found in (fresh(paths).recent(day, day), newest_files(History(paths), day, day)):
        assert found is not None
        assert [head.id for head in found.heads] == [record.id]


def test_the_newest_of_nothing(paths: Paths) -> None:
    assert newest_files(History(paths), LATER.date(), LATER.date()) == Recent([], [], None)
