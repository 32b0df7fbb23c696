"""Out and in again without a loss; garbage never in, not even a part of it."""

from __future__ import annotations

import csv
import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.core.record_json import to_json
from runnersknee_tui.store.erase import SessionRunningError, erase
from runnersknee_tui.store.exchange import ExchangeError, Exported, export, read_export
from runnersknee_tui.store.filesystem import RealFileSystem
from runnersknee_tui.store.history import History
from runnersknee_tui.store.lock import try_lock
from runnersknee_tui.store.merge import MergeError, Preview, preview, take_in
from runnersknee_tui.store.paths import Paths
from tests.store.sessions import name_of, session
from tests.strategies import json_values, records

NOW = datetime(2026, 6, 18, 8, tzinfo=UTC)
FS = RealFileSystem()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    found = Paths.under(tmp_path)
    for number in range(3):
        History(found).save(session(number, note="Grüße ✓", extra={"weather": {"rain": None}}))
    found.exercises.mkdir(parents=True)
    (found.exercises / "hop.toml").write_text('name = "Hop"\n')
    found.settings.write_text('programme = "prehab"\n')
    return found


def out(paths: Paths, path: Path, **more: Any) -> Exported:
    return export(path, paths, History(paths), NOW, app="0.1.0", **more)


def look(path: Path, paths: Paths) -> Preview:
    return preview(read_export(path), paths, History(paths), FS)


def bring_in(path: Path, paths: Paths) -> str:
    found = look(path, paths)
    take_in(found, paths, History(paths), FS)
    return found.words()


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def test_export_wipe_import_compare(paths: Paths, tmp_path: Path) -> None:
    done = out(paths, tmp_path / "all.json")
    assert (done.sessions, done.left_out) == (3, ())
    before = files(paths.history), files(paths.exercises), paths.settings.read_bytes()
    erase(paths)
    (paths.exercises / "hop.toml").unlink()
    assert not paths.history.exists()
    assert bring_in(tmp_path / "all.json", paths) == "3 added, 0 skipped, 0 refused"
    assert (files(paths.history), files(paths.exercises), paths.settings.read_bytes()) == before


def test_the_second_import_changes_nothing(paths: Paths, tmp_path: Path) -> None:
    out(paths, tmp_path / "all.json")
    other = Paths.under(tmp_path / "new")
    bring_in(tmp_path / "all.json", other)
    before = files(other.history)
    assert bring_in(tmp_path / "all.json", other) == "0 added, 5 skipped, 0 refused"
    assert files(other.history) == before


def test_what_history_prints_can_be_imported(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps([to_json(session(2)), to_json(session(1))]))
    paths = Paths.under(tmp_path / "new")
    assert bring_in(path, paths) == "2 added, 0 skipped, 0 refused"


def test_a_file_that_is_there_is_not_overwritten_unasked(paths: Paths, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text("precious")
    with pytest.raises(ExchangeError, match="--force"):
        out(paths, path)
    assert path.read_text() == "precious"
    assert out(paths, path, force=True).sessions == 3


def test_a_wrong_name_or_folder_is_said(paths: Paths, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"\.json, \.csv or \.toml"):
        out(paths, tmp_path / "all.xlsx")
    with pytest.raises(ExchangeError, match="not there"):
        out(paths, tmp_path / "no" / "all.json")
    assert not (tmp_path / "no").exists()


def test_what_could_not_be_exported_is_named(paths: Paths, tmp_path: Path) -> None:
    (paths.history / "20260610T053000Z-00000000000000ff.json").write_bytes(b"{")
    (paths.exercises / "latin.toml").write_bytes(b'name = "Gr\xfc\xdfe"')
    left = [note.what for note in out(paths, tmp_path / "all.json").left_out]
    assert left == ["exercises/latin.toml", "20260610T053000Z-00000000000000ff.json"]


def test_csv_is_safe_for_spreadsheets(paths: Paths, tmp_path: Path) -> None:
    nasty = ("=1+1", "+1", "-1", "@x", "\tx", "\rx", "plain", 'a "quoted", one\nand a line')
    for number, note in enumerate(nasty):
        History(paths).save(session(10 + number, note=note))
    out(paths, tmp_path / "all.csv")
    with (tmp_path / "all.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    notes = [row["note"] for row in rows[6::2]]
    assert notes == [*(f"'{note}" for note in nasty[:4]), "' x", "' x", *nasty[6:]]
    assert rows[0]["during_right"] == ""
    assert rows[0]["during_left"] == "2"
    with pytest.raises(ExchangeError, match="CSV cannot be imported"):
        read_export(tmp_path / "all.csv")


def test_toml_leaves_open_answers_out(paths: Paths, tmp_path: Path) -> None:
    out(paths, tmp_path / "all.toml")
    table = tomllib.loads((tmp_path / "all.toml").read_text())
    assert table["settings"] == {"programme": "prehab"}
    assert [one["id"] for one in table["session"]] == [session(n).id for n in range(3)]
    assert "right" not in table["session"][0]["exercises"][0]["during"]
    assert table["session"][0]["exercises"][0]["during"]["left"] == 2


def test_of_two_copies_in_one_file_the_later_edit_counts(tmp_path: Path) -> None:
    first = session(1)
    path = tmp_path / "list.json"
    path.write_text(json.dumps([to_json(replace(first, rev=3, note="later")), to_json(first)]))
    paths = Paths.under(tmp_path / "new")
    bring_in(path, paths)
    assert History(paths).load(first.id).note == "later"


def test_a_session_that_differs_stays_as_it_is_here(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path / "new")
    History(paths).save(session(1, note="mine"))
    path = tmp_path / "list.json"
    moved = replace(session(1, note="moved", rev=5), started_at=session(2).started_at)
    for other in (session(1, note="theirs"), moved):
        path.write_text(json.dumps([to_json(other)]))
        assert [note.reason for note in look(path, paths).skipped] == ["yours differs and stays"]
        bring_in(path, paths)
        assert [record.note for record in History(paths).all()] == ["mine"]


def test_a_file_that_cannot_be_read_is_never_written_over(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path / "new")
    paths.history.mkdir(parents=True)
    there = paths.history / name_of(session(1))
    newer = json.dumps({**to_json(session(1)), "schema": 2}).encode()
    there.write_bytes(newer)
    path = tmp_path / "list.json"
    path.write_text(json.dumps([to_json(replace(session(1), rev=9))]))
    assert bring_in(path, paths) == "0 added, 1 skipped, 0 refused"
    assert there.read_bytes() == newer


def test_one_bad_session_stops_all_unless_the_user_says_so(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path / "new")
    path = tmp_path / "list.json"
    bad = {**to_json(session(2)), "status": "perfect"}
    path.write_text(json.dumps([to_json(session(1)), bad, 7]))
    found = look(path, paths)
    assert [(note.what, note.reason[:7]) for note in found.refused] == [
        ("session 2", "status:"),
        ("session 3", "record:"),
    ]
    with pytest.raises(MergeError, match="2 refused"):
        take_in(found, paths, History(paths), FS)
    assert not paths.history.exists()
    take_in(found, paths, History(paths), FS, despite_refusals=True)
    assert [record.id for record in History(paths).all()] == [session(1).id]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe{}",
        b"7",
        b'{"sessions": 7}',
        b'{"format": 9, "sessions": []}',
        b"[" * 99999,
        b"PK\x03",
    ],
)
def test_garbage_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "garbage.json"
    path.write_bytes(content)
    with pytest.raises(ExchangeError, match=r"garbage\.json"):
        read_export(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="not there"):
        read_export(tmp_path / "no.json")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(json_values() | st.fixed_dictionaries({"schema": st.just(1), "id": json_values()}), min_size=1)
)
def test_no_garbage_comes_in(tmp_path_factory: pytest.TempPathFactory, garbage: list[Any]) -> None:
    folder = tmp_path_factory.mktemp("garbage")
    paths = Paths.under(folder / "new")
    path = folder / "list.json"
    path.write_text(json.dumps([to_json(session(1)), *garbage]))
    found = look(path, paths)
    assert len(found.refused) == len(garbage)
    with pytest.raises(MergeError):
        take_in(found, paths, History(paths), FS)
    assert not paths.history.exists()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(records(), min_size=1, max_size=3, unique_by=lambda record: record.id))
def test_any_history_survives_the_way_out_and_in(
    tmp_path_factory: pytest.TempPathFactory, made: list[SessionRecord]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    paths, other = Paths.under(folder / "old"), Paths.under(folder / "new")
    for record in made:
        History(paths).save(record)
    for name in ("all.json", "all.csv", "all.toml"):
        assert out(paths, folder / name).sessions == len(made)
    bring_in(folder / "all.json", other)
    assert list(History(other).all()) == list(History(paths).all())


def test_erasing_leaves_nothing_but_what_people_wrote(paths: Paths) -> None:
    History(paths).delete(session(1).id, NOW)
    paths.backups.mkdir()
    (paths.backups / "history-20260618.zip").write_bytes(b"x")
    done = erase(paths)
    assert (done.files, done.left) == (5, ())
    assert list(paths.data.iterdir()) == []
    assert (paths.exercises / "hop.toml").exists()


def test_nothing_is_erased_under_a_running_session(paths: Paths) -> None:
    paths.active.mkdir()
    fd, _ = try_lock(FS, paths.active / "0123.lock")
    with pytest.raises(SessionRunningError):
        erase(paths)
    assert len(list(paths.history.iterdir())) == 3
    FS.close(fd)
    erase(paths)
    assert not paths.history.exists()
