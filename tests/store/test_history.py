from __future__ import annotations

import errno
import json
import os
import random
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from runnersknee_tui.core.record import CheckIn, Knees, RecordError, SessionRecord
from runnersknee_tui.core.record_json import checksum
from runnersknee_tui.store.durable import SaveError
from runnersknee_tui.store.history import History
from runnersknee_tui.store.paths import Paths
from tests.faults.filesystems import Fault, WatchedFileSystem, descriptors_given_back, every_fault
from tests.store.sessions import START, name_of, session
from tests.strategies import records

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path)


@pytest.fixture
def history(paths: Paths) -> History:
    return History(paths)


def file_of(paths: Paths, record: SessionRecord) -> Path:
    return paths.history / name_of(record)


# --- saving and listing ------------------------------------------------------------------------------------


def test_a_session_is_one_readable_file(paths: Paths, history: History) -> None:
    record = session(note="Knie fühlte sich gut an")
    history.save(record)
    path = paths.history / "20260329T063000Z-0000000000000000.json"
    text = path.read_text(encoding="utf-8")
    assert "Knie fühlte" in text
    assert text.endswith("}\n")
    assert len(text.splitlines()) > len(record.exercises) + 10
    assert history.load(record.id) == record
    assert history.warnings == ()


def test_nothing_is_created_by_looking(paths: Paths, history: History) -> None:
    assert history.newest(5) == ()
    assert list(history.all()) == []
    assert list(history.iter_json()) == []
    assert history.trashed() == ()
    assert not history.has("0" * 16)
    assert history.unreadable == ()
    assert not paths.data.exists()


def test_the_newest_come_first_and_pages_follow(history: History) -> None:
    saved = [session(number) for number in range(7)]
    for record in saved:
        history.save(record)
    assert history.newest(3) == tuple(reversed(saved[4:]))
    assert history.newest(3, before=saved[4]) == tuple(reversed(saved[1:4]))
    assert history.newest(before=saved[1]) == (saved[0],)
    assert tuple(history.all()) == tuple(saved)
    assert [plain["id"] for _, plain in history.iter_json()] == [record.id for record in saved]


def test_a_page_opens_only_its_own_files(paths: Paths) -> None:
    for number in range(50):
        History(paths).save(session(number))
    fs = WatchedFileSystem()
    History(paths, fs).newest(3)
    assert fs.names_of("open_read") == ["open_read"] * 3
    assert fs.names_of("names") == ["names"]


def test_the_order_is_that_of_the_instants_in_any_zone(history: History) -> None:
    early = session(1, started_at=datetime.fromisoformat("2026-03-29T09:00:00+12:00"))
    late = session(2, started_at=datetime.fromisoformat("2026-03-29T01:00:00-05:00"))
    history.save(late)
    history.save(early)
    assert history.newest() == (late, early)


def test_saving_again_is_harmless_but_never_undoes_an_edit(history: History) -> None:
    record = session()
    history.save(record)
    history.save(record)
    edited = history.replace(record.id, lambda old: replace(old, note="later"))
    with pytest.raises(SaveError, match="edited since"):
        history.save(record)
    assert list(history.all()) == [edited]


def test_an_id_is_never_used_as_a_path(paths: Paths, history: History) -> None:
    for bad in ("../x", "", "5f3a9c1e2b7d4a6", "5F3A9C1E2B7D4A60", "0" * 15 + "\n"):
        with pytest.raises(RecordError, match="16 hex digits"):
            history.save(session(id=bad))
    assert not paths.data.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"note": "half \ud800"},
        {"extra": {"x": float("nan")}},
        {"extra": {"x": float("inf")}},
        {"extra": {"x": (1, 2)}},
        {"extra": {"x": {1: 2}}},
        {"extra": {"x": object()}},
        {"started_at": datetime(2026, 3, 29, 6, 30)},  # noqa: DTZ001 - the point of it
        {"active_s": -1.0},
        {"status": "maybe"},
        {"active_s": float("nan")},
    ],
)
def test_what_would_not_come_back_is_refused_before_the_disk_is_touched(
    paths: Paths, changes: dict[str, object]
) -> None:
    fs = WatchedFileSystem()
    with pytest.raises(RecordError):
        History(paths, fs).save(session(0, **changes))
    assert not set(fs.names_of("mkdir", "open_new", "open_lock"))
    assert not paths.data.exists()


@given(record=records())
@settings(max_examples=60, deadline=None)
def test_what_was_saved_is_read_back(record: SessionRecord) -> None:
    with tempfile.TemporaryDirectory() as folder:
        history = History(Paths.under(Path(folder)))
        history.save(record)
        assert history.load(record.id) == record
        assert history.newest(1) == (record,)
        assert history.unreadable == ()
        assert history.warnings == ()


@given(record=records(), note=st.text(max_size=30))
@settings(max_examples=40, deadline=None)
def test_an_edit_is_kept_or_refused_cleanly(record: SessionRecord, note: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        history = History(Paths.under(Path(folder)))
        history.save(record)
        try:
            edited = history.replace(record.id, lambda old: replace(old, note=note))
        except RecordError:
            assert any(0xD800 <= ord(char) <= 0xDFFF for char in note)
            assert history.load(record.id) == record
        else:
            assert history.load(record.id) == edited == replace(record, note=note, rev=record.rev + 1)


# --- editing and deleting ----------------------------------------------------------------------------------


def test_an_edit_starts_from_the_disk_and_raises_the_revision(paths: Paths, history: History) -> None:
    record = session()
    history.save(record)
    other = History(paths)
    other.replace(record.id, lambda old: replace(old, note="from the other window"))
    knees = CheckIn(next_day=Knees(left=3))
    edited = history.replace(record.id, lambda old: replace(old, check_in=knees))
    assert (edited.rev, edited.note, edited.check_in.next_day.left) == (3, "from the other window", 3)
    assert other.load(record.id) == edited


def test_unknown_keys_are_kept_wherever_they_stand(paths: Paths, history: History) -> None:
    record = session()
    history.save(record)
    path = file_of(paths, record)
    plain = json.loads(path.read_text())
    spots = (
        plain,
        plain["routine"],
        plain["check_in"],
        plain["check_in"]["before"],
        plain["exercises"][0],
        plain["exercises"][0]["target"],
        plain["exercises"][0]["during"],
        plain["exercises"][0]["sets"][1],
    )
    for spot in spots:
        spot["from_the_future"] = {"deep": [1, None]}
    plain["crc32"] = checksum(plain)
    path.write_text(json.dumps(plain))
    history.replace(record.id, lambda old: replace(old, note="edited"))
    after = json.loads(path.read_text())
    assert after.pop("crc32") == checksum(after)
    expected = {**plain, "note": "edited", "rev": 2}
    del expected["crc32"]
    assert after == expected
    assert history.load(record.id).note == "edited"
    assert history.warnings == ()


def test_an_edit_may_not_change_what_names_the_file(history: History) -> None:
    record = session()
    history.save(record)
    with pytest.raises(ValueError, match="keeps its id"):
        history.replace(record.id, lambda old: replace(old, started_at=old.started_at + timedelta(days=1)))
    with pytest.raises(KeyError):
        history.replace("f" * 16, lambda old: old)
    assert history.load(record.id) == record


def test_deleted_comes_back_and_is_gone_after_thirty_days(history: History) -> None:
    record, kept = session(1), session(2)
    history.save(record)
    history.save(kept)
    history.delete(record.id, NOW)
    assert tuple(history.all()) == (kept,)
    (entry,) = history.trashed()
    assert (entry.id, entry.deleted_at) == (record.id, NOW)
    assert history.undelete(record.id) == record
    assert history.trashed() == ()
    history.delete(record.id, NOW)
    assert history.purge(NOW + timedelta(days=30)) == 0
    assert history.purge(NOW + timedelta(days=30, seconds=1)) == 1
    with pytest.raises(KeyError):
        history.undelete(record.id)
    with pytest.raises(KeyError):
        history.delete(record.id, NOW)
    assert tuple(history.all()) == (kept,)


def test_tidying_sweeps_what_is_old_and_nothing_else(paths: Paths, history: History) -> None:
    record = session()
    history.save(record)
    history.save(session(1))
    history.delete(session(1).id, NOW - timedelta(days=31))
    for folder in (paths.data, paths.history, paths.trash):
        for name, age in ((".tmp-1-old", 2), (".tmp-1-young", 0.5)):
            (folder / name).write_bytes(b"")
            then = NOW.timestamp() - age * 3600
            os.utime(folder / name, (then, then))
    history.tidy(NOW)
    assert history.trashed() == ()
    assert [path.name for path in paths.trash.iterdir()] == [".tmp-1-young"]
    assert sorted(path.name for path in paths.history.iterdir()) == [".tmp-1-young", name_of(record)]
    assert sorted(path.name for path in paths.data.iterdir()) == [".tmp-1-young", "history", "lock", "trash"]


def test_undelete_overwrites_nothing(paths: Paths, history: History) -> None:
    record = session()
    history.save(record)
    history.delete(record.id, NOW)
    history.save(replace(record, note="synced back"))
    with pytest.raises(SaveError, match="something else has that name"):
        history.undelete(record.id)
    assert history.load(record.id).note == "synced back"
    assert len(list(paths.trash.iterdir())) == 1


def test_foreign_files_in_the_trash_stay(paths: Paths, history: History) -> None:
    paths.trash.mkdir(parents=True)
    (paths.trash / "notes.txt").write_text("mine")
    (paths.trash / f"20260231T000000Z_{name_of(session())}").write_text("no such day")
    assert history.purge(NOW + timedelta(days=10_000)) == 0
    assert history.trashed() == ()


# --- bad files ---------------------------------------------------------------------------------------------


def bad_contents(good: bytes) -> dict[str, bytes]:
    plain = json.loads(good)
    shapes = {
        "a list": [],
        "a number": 7,
        "null": None,
        "a wrong type": {**plain, "exercises": {}},
        "a huge number": {**plain, "active_s": 10**400},
        "pain of 11": {**plain, "check_in": {**plain["check_in"], "before": {"left": 11}}},
        "another id": {**plain, "id": "f" * 16},
        "an old schema": {**plain, "schema": 0},
        "no schema": {key: value for key, value in plain.items() if key != "schema"},
        "schema true": {**plain, "schema": True},
    }
    return {
        "empty": b"",
        "zero bytes": b"\0" * 500,
        "latin-1": good.replace(b"Glute", b"Gl\xfcte"),
        "half a character": good.replace(b"Glute", b"\\ud800"),
        "NaN": good.replace(b"1130.2", b"NaN"),
        "infinite": good.replace(b"1130.2", b"1e999"),
        "nested": b"[" * 100_000,
        "too many digits": good.replace(b"1130.2", b"9" * 5000),
        "too large": good + b" " * 300_000,
        **{name: json.dumps(value).encode() for name, value in shapes.items()},
    }


def check_bad(paths: Paths, path: Path, others: tuple[SessionRecord, ...]) -> None:
    """The others are shown, the bad one is named, and its bytes are what they were."""
    data = path.read_bytes()
    history = History(paths)
    assert history.newest() == others
    (bad,) = history.unreadable
    assert bad.name == path.name
    assert bad.reason
    assert list(history.iter_json())
    assert path.read_bytes() == data


def test_no_bad_content_hides_another_session(paths: Paths, history: History) -> None:
    older, bad, newer = session(1), session(2), session(3)
    for record in (older, bad, newer):
        history.save(record)
    path = file_of(paths, bad)
    good = path.read_bytes()
    for data in bad_contents(good).values():
        path.write_bytes(data)
        check_bad(paths, path, (newer, older))
        assert not History(paths).has(bad.id)
    path.write_bytes(good)
    assert history.newest() == (newer, bad, older)
    assert history.unreadable == ()


def test_cut_at_every_byte(paths: Paths, history: History) -> None:
    other, bad = session(1), session(2)
    history.save(other)
    history.save(bad)
    path = file_of(paths, bad)
    good = path.read_bytes()
    for length in range(len(good) - 2):
        path.write_bytes(good[:length])
        check_bad(paths, path, (other,))


def test_flipped_bytes_are_noticed(paths: Paths, history: History) -> None:
    other, bad = session(1), session(2)
    history.save(other)
    history.save(bad)
    path = file_of(paths, bad)
    good = path.read_bytes()
    chance = random.Random(5)
    noticed = 0
    for _ in range(200):
        data = bytearray(good)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        reader = History(paths)
        assert other in reader.newest()
        same = reader.has(bad.id) and reader.load(bad.id) == bad
        noticed += bool(reader.unreadable or reader.warnings)
        assert same or reader.unreadable or reader.warnings
    assert noticed > 190


def test_a_hand_edit_is_shown_with_a_warning(paths: Paths, history: History) -> None:
    record = session()
    history.save(record)
    path = file_of(paths, record)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b'"note": ""', b'"note": "by hand"'))
    assert history.load(record.id).note == "by hand"
    ((name, warning),) = history.warnings
    assert name == path.name
    assert "checksum" in warning
    history.replace(record.id, lambda old: old)
    assert history.load(record.id).note == "by hand"
    assert history.warnings == ()


def test_a_newer_schema_is_named_dated_and_left_alone(paths: Paths, history: History) -> None:
    record = session()
    history.save(record)
    path = file_of(paths, record)
    plain = json.loads(path.read_text())
    path.write_text(json.dumps({**plain, "schema": 2, "exercises": "something new"}))
    data = path.read_bytes()
    assert history.newest() == ()
    (newer,) = history.unreadable
    assert (newer.newer, newer.local_date) == (True, date(2026, 3, 29))
    assert "newer version" in newer.reason
    with pytest.raises(SaveError, match="newer version"):
        history.save(record)
    with pytest.raises(SaveError, match="newer version"):
        history.replace(record.id, lambda old: old)
    assert path.read_bytes() == data
    path.write_text(json.dumps({"schema": 9}))
    history.newest()
    assert history.unreadable[0].local_date is None


@pytest.mark.parametrize("kind", ["pipe", "folder", "loop", "device", "dangling"])
def test_things_that_are_no_files(paths: Paths, history: History, kind: str) -> None:
    other = session(1)
    history.save(other)
    path = file_of(paths, session(2))
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to({"loop": path, "device": Path("/dev/zero"), "dangling": paths.data / "none"}[kind])
    assert history.newest() == (other,)
    assert [bad.name for bad in history.unreadable] == ([] if kind == "dangling" else [path.name])


def test_a_history_that_is_no_folder_is_named(paths: Paths, history: History) -> None:
    paths.data.mkdir(parents=True)
    paths.history.write_text("")
    assert history.newest() == ()
    (bad,) = history.unreadable
    assert (bad.name, bad.reason) == ("history", "a part of the path is a file, not a folder")
    with pytest.raises(SaveError, match="not a folder"):
        history.save(session())


def test_foreign_names_are_named_and_others_ignored(paths: Paths, history: History) -> None:
    history.save(session())
    for name in (
        "notes.txt",
        ".DS_Store",
        ".tmp-1-2",
        ".syncthing.x.json.tmp",
        "my session.json",
        "2026.json",
    ):
        (paths.history / name).write_text("{}")
    assert history.newest() == (session(),)
    assert [bad.name for bad in history.unreadable] == ["2026.json", "my session.json"]


def test_a_read_error_is_passing(paths: Paths) -> None:
    records = (session(2), session(1))
    for record in records:
        History(paths).save(record)
    fs = WatchedFileSystem(None, Fault("read", 1, errno.EIO))
    history = History(paths, fs)
    assert history.newest() == records[1:]
    assert [bad.reason for bad in history.unreadable] == ["the disk reported an error"]
    assert history.newest() == records
    assert history.unreadable == ()
    assert fs.open_descriptors == {}


@pytest.mark.parametrize(
    "pattern",
    [
        "{stem}.sync-conflict-20260330-101112-ABCDEFG.json",
        "{stem} (Ann's conflicted copy 2026-03-30).json",
        "{stem}-LAPTOP.json",
        "{stem} 2.json",
    ],
)
def test_copies_of_a_sync_service_count_once(paths: Paths, history: History, pattern: str) -> None:
    record = session(1)
    history.save(session(0))
    history.save(record)
    path = file_of(paths, record)
    copy = paths.history / pattern.format(stem=path.stem)
    copy.write_bytes(path.read_bytes())
    edited = history.replace(record.id, lambda old: replace(old, note="mine"))
    assert history.newest() == (edited, session(0))
    assert len(list(history.iter_json())) == 2
    (both,) = history.copies()
    assert set(both) == {path.name, copy.name}
    path.rename(paths.data / "aside")
    assert history.load(record.id) == record
    (paths.data / "aside").rename(copy)
    path.write_bytes(b"")
    assert history.newest()[0] == edited
    history.delete(record.id, NOW)
    assert history.newest() == (session(0),)
    history.undelete(record.id)
    assert history.load(record.id) == edited


# --- faults ------------------------------------------------------------------------------------------------


def test_no_fault_in_a_save_loses_anything(tmp_path: Path) -> None:
    good = WatchedFileSystem()
    History(Paths.under(tmp_path / "plan"), good).save(session())
    landed = 0
    for number, fault in enumerate(every_fault(good.calls, (errno.ENOSPC, errno.EIO, errno.EDQUOT))):
        paths = Paths.under(tmp_path / str(number))
        fs = WatchedFileSystem(None, fault)
        history = History(paths, fs)
        with descriptors_given_back(fs), pytest.raises(SaveError) as caught:
            history.save(session())
        landed += fault.landed
        stored = list(History(paths).all())
        assert stored in ([], [session()])
        assert bool(stored) is caught.value.written_but_unconfirmed
        history.save(session())
        assert list(History(paths).all()) == [session()]
        assert not [path for path in paths.history.iterdir() if path.name.startswith(".")]
    assert landed == number + 1 > 20


def test_no_fault_in_an_edit_or_a_deletion_loses_anything(tmp_path: Path) -> None:
    record = session()
    edited = replace(record, note="edited", rev=2)

    def edit(history: History) -> None:
        history.replace(record.id, lambda old: replace(old, note="edited"))

    def delete(history: History) -> None:
        history.delete(record.id, NOW)

    def undelete(history: History) -> None:
        history.undelete(record.id)

    for action in (edit, delete, undelete):
        plan = Paths.under(tmp_path / action.__name__ / "plan")
        good = WatchedFileSystem()
        prepare(plan, record, deleted=action is undelete)
        action(History(plan, good))
        for number, fault in enumerate(every_fault(good.calls, (errno.EIO,))):
            paths = Paths.under(tmp_path / action.__name__ / str(number))
            prepare(paths, record, deleted=action is undelete)
            fs = WatchedFileSystem(None, fault)
            with descriptors_given_back(fs):
                try:
                    action(History(paths, fs))
                except SaveError:
                    assert fault.landed
                else:
                    assert fault.call == "close"  # of a lock, after all was done, or of a file only read
            reader = History(paths)
            stored = list(reader.all())
            assert stored in ([record], [edited], [])
            if not stored:
                assert reader.undelete(record.id) == record


def prepare(paths: Paths, record: SessionRecord, *, deleted: bool) -> None:
    history = History(paths)
    history.save(record)
    if deleted:
        history.delete(record.id, NOW)


def test_the_start_of_the_calendar(history: History) -> None:
    record = session(7, started_at=datetime(5, 1, 2, tzinfo=UTC))
    history.save(record)
    history.save(session())
    assert history.newest() == (session(), record)
    with pytest.raises(RecordError, match="started_at"):
        history.save(session(started_at=datetime.fromisoformat("0001-01-01T00:00:00+14:00")))
    assert START.tzinfo is UTC
