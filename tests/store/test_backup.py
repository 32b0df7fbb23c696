"""Backups that were read back, thinned with care, and restored."""

from __future__ import annotations

import errno
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from runnersknee_tui.store.backup import Backup, BackupError, back_up, backups, read_backup, surplus
from runnersknee_tui.store.durable import SaveError
from runnersknee_tui.store.filesystem import RealFileSystem
from runnersknee_tui.store.history import History
from runnersknee_tui.store.merge import preview, take_in
from runnersknee_tui.store.paths import Paths
from tests.faults.filesystems import Fault, WatchedFileSystem, every_fault
from tests.store.sessions import name_of, session

DAY = date(2026, 6, 18)
NOW = datetime(2026, 6, 18, 8, tzinfo=UTC)
FS = RealFileSystem()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    found = Paths.under(tmp_path)
    for number in range(3):
        History(found).save(session(number, note="Grüße ✓"))
    found.routines.mkdir(parents=True)
    (found.routines / "lunch.toml").write_text('title = "Lunch"\n')
    found.config_file.write_text("minutes = 15\n")
    found.settings.write_text('programme = "rehab"\n')
    return found


def made(paths: Paths, day: date = DAY) -> Backup:
    found = back_up(paths, History(paths), day)
    assert found is not None
    return found


def restored(backup: Path, paths: Paths) -> str:
    found = preview(read_backup(backup), paths, History(paths), FS)
    take_in(found, paths, History(paths), FS, despite_refusals=True)
    return found.words()


def everything(paths: Paths) -> dict[str, bytes]:
    return {
        str(path.relative_to(paths.data.parent)): path.read_bytes()
        for folder in (paths.history, paths.config)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    } | {"settings": paths.settings.read_bytes()}


def test_restoring_into_nothing_brings_everything_back(paths: Paths, tmp_path: Path) -> None:
    other = Paths.under(tmp_path / "new")
    assert restored(made(paths).path, other) == "3 added, 0 skipped, 0 refused"
    assert everything(other) == everything(paths)


def test_restoring_never_overwrites_what_is_newer(paths: Paths) -> None:
    backup = made(paths)
    history = History(paths)
    first, second, _ = history.all()
    history.replace(first.id, lambda old: replace(old, note="edited since"))
    history.delete(second.id, NOW)
    paths.config_file.write_text("minutes = 30\n")
    assert restored(backup.path, paths) == "1 added, 5 skipped, 0 refused"
    assert [record.note for record in History(paths).all()] == ["edited since", "Grüße ✓", "Grüße ✓"]
    assert paths.config_file.read_text() == "minutes = 30\n"


def test_restoring_an_edit_over_what_is_older(paths: Paths) -> None:
    first = next(iter(History(paths).all()))
    old = (paths.history / name_of(first)).read_bytes()
    History(paths).replace(first.id, lambda was: replace(was, note="edited"))
    backup = made(paths)
    (paths.history / name_of(first)).write_bytes(old)
    assert restored(backup.path, paths) == "0 added, 1 updated, 5 skipped, 0 refused"
    assert History(paths).load(first.id).note == "edited"


def test_once_a_day_and_only_after_changes(paths: Paths) -> None:
    made(paths)
    assert back_up(paths, History(paths), DAY) is None
    assert back_up(paths, History(paths), DAY + timedelta(days=1)) is None
    History(paths).save(session(9))
    assert back_up(paths, History(paths), DAY) is None
    assert made(paths, DAY + timedelta(days=2)).path.name == "history-20260620.zip"
    (paths.routines / "lunch.toml").write_text('title = "Late lunch"\n')
    made(paths, DAY + timedelta(days=3))


def test_nothing_to_keep_makes_no_backup(tmp_path: Path) -> None:
    empty = Paths.under(tmp_path)
    assert back_up(empty, History(empty), DAY) is None
    assert not empty.backups.exists()


def test_a_session_nobody_can_read_is_kept_as_it_is(paths: Paths, tmp_path: Path) -> None:
    bad = paths.history / "20260610T053000Z-00000000000000ff.json"
    bad.write_bytes(b"{")
    found = read_backup(made(paths).path)
    assert [note.what for note in found.refused] == [bad.name]
    other = Paths.under(tmp_path / "new")
    assert restored(made_path(paths), other) == "3 added, 0 skipped, 1 refused"


def made_path(paths: Paths) -> Path:
    return backups(paths)[0].path


@pytest.mark.parametrize("at", [0, 0.3, 0.6, 0.99])
def test_a_damaged_zip_is_said_and_never_half_taken(paths: Paths, tmp_path: Path, at: float) -> None:
    path = made(paths).path
    data = bytearray(path.read_bytes())
    data[int(len(data) * at)] ^= 0xFF
    path.write_bytes(data[: len(data) - 30] if at == 0 else data)
    other = Paths.under(tmp_path / "new")
    try:
        found = preview(read_backup(path), other, History(other), FS)
    except BackupError:
        pass
    else:  # the flip fell on a byte that carries nothing
        assert found.words() == "3 added, 0 skipped, 0 refused"
    assert not other.history.exists()


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + b"\0" * 18, b"not a zip" * 50])
def test_other_files_are_no_backup(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    try:
        assert read_backup(path).sessions == ()
    except BackupError as error:
        assert str(error)  # noqa: PT017 - an empty zip is a zip


def test_paths_out_of_the_folder_are_not_followed(paths: Paths, tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../evil.toml", "routines/../../evil.toml", "/etc/evil.toml", "routines/.hidden.toml"):
            archive.writestr(name, "x = 1")
    found = preview(read_backup(path), paths, History(paths), FS)
    assert not found.files
    assert len(found.skipped) == 4


def test_seven_days_four_weeks_twelve_months() -> None:
    there = [Backup(DAY - timedelta(days=back), Path(str(back))) for back in range(800)]
    gone = {one.day for one in surplus(there)}
    kept = [one.day for one in there if one.day not in gone]
    assert kept[:7] == [DAY - timedelta(days=back) for back in range(7)]
    weeks = {day.isocalendar()[:2] for day in kept}
    months = {(day.year, day.month) for day in kept}
    assert len(months) == 12
    assert len(kept) <= 7 + 4 + 12
    assert {(DAY - timedelta(weeks=back)).isocalendar()[:2] for back in range(4)} <= weeks


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(0, 900), min_size=1))
def test_thinning_settles_and_keeps_the_newest(days: set[int]) -> None:
    there = [Backup(DAY - timedelta(days=back), Path(str(back))) for back in days]
    gone = surplus(there)
    kept = [one for one in there if one not in gone]
    assert max(one.day for one in there) in {one.day for one in kept}
    assert surplus(kept) == ()
    assert len(kept) >= min(len(there), 7)


def test_older_ones_go_only_after_the_new_one_was_read_back(paths: Paths) -> None:
    for back in range(60, 40, -1):
        (paths.backups).mkdir(exist_ok=True)
        (paths.backups / f"history-{DAY - timedelta(days=back):%Y%m%d}.zip").write_bytes(b"old")
    before = set(paths.backups.iterdir())

    class Forgetful(RealFileSystem):
        def open_read(self, path: Path) -> int:
            if path.name == f"history-{DAY:%Y%m%d}.zip":
                path.write_bytes(path.read_bytes()[:-5])
            return super().open_read(path)

    with pytest.raises(BackupError, match="read back"):
        back_up(paths, History(paths), DAY, Forgetful())
    assert set(paths.backups.iterdir()) == before
    made(paths)
    assert set(paths.backups.iterdir()) < before | {paths.backups / f"history-{DAY:%Y%m%d}.zip"}


def test_any_fault_leaves_a_good_backup(paths: Paths) -> None:
    good = made(paths).path
    later = DAY + timedelta(days=1)
    History(paths).save(session(9))
    watched = WatchedFileSystem()
    new = back_up(paths, History(paths, watched), later, watched)
    assert new is not None
    faults: list[Fault] = list(every_fault(watched.calls, (errno.EIO,)))
    assert faults
    for fault in faults:
        new.path.unlink(missing_ok=True)
        fs = WatchedFileSystem(None, fault)
        with suppress(SaveError, BackupError):
            back_up(paths, History(paths, fs), later, fs)
        assert read_backup(good).sessions
        if new.path.exists():
            assert len(read_backup(new.path).sessions) == 4
