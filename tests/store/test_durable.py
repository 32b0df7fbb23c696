from __future__ import annotations

import errno
import logging
import os
import stat
from pathlib import Path

import pytest

from runnersknee_tui.store import durable
from runnersknee_tui.store.durable import (
    SaveError,
    make_directory,
    move_file,
    remove_file,
    sweep_temporaries,
    write_file,
)
from runnersknee_tui.store.filesystem import NotReadableError, RealFileSystem, read_file
from tests.faults.filesystems import Fault, WatchedFileSystem, descriptors_given_back, every_fault

CODES = (errno.ENOSPC, errno.EIO, errno.EDQUOT)


def temporaries(folder: Path) -> list[Path]:
    return list(folder.rglob(f"{durable.TEMPORARY}*"))


def test_the_order_of_a_write(tmp_path: Path) -> None:
    fs = WatchedFileSystem()
    path = tmp_path / "a.json"
    with descriptors_given_back(fs):
        write_file(fs, path, b"new")
    order = [(call.name, call.path.name.startswith(durable.TEMPORARY)) for call in fs.calls]
    assert order == [
        ("open_new", True),
        ("write", True),
        ("fsync", True),
        ("close", True),
        ("replace", True),
        ("open_directory", False),
        ("fsync", False),
        ("close", False),
    ]
    assert fs.calls[4].target == path
    assert {call.path for call in fs.calls[5:]} == {tmp_path}
    assert {call.path.parent for call in fs.calls[:5]} == {tmp_path}
    assert path.read_bytes() == b"new"


def test_files_and_folders_are_private(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two" / "a.json"
    write_file(RealFileSystem(), path, b"x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700


def test_a_new_folder_is_synced_into_its_parent_before_it_is_used(tmp_path: Path) -> None:
    fs = WatchedFileSystem()
    write_file(fs, tmp_path / "one" / "two" / "a.json", b"x")
    seen = [(call.name, call.path) for call in fs.calls if call.name in ("mkdir", "fsync", "open_new")]
    assert seen[:4] == [
        ("mkdir", tmp_path / "one"),
        ("fsync", tmp_path),
        ("mkdir", tmp_path / "one" / "two"),
        ("fsync", tmp_path / "one"),
    ]
    assert seen[4][0] == "open_new"


@pytest.mark.parametrize("most", range(1, 8))
def test_short_writes_make_a_whole_file(tmp_path: Path, most: int) -> None:
    data = bytes(range(50))
    write_file(WatchedFileSystem(most=most), tmp_path / "a.json", data)
    assert (tmp_path / "a.json").read_bytes() == data


def test_every_fault_leaves_the_old_content_or_says_so(tmp_path: Path) -> None:
    good = WatchedFileSystem()
    (tmp_path / "plan").mkdir()
    write_file(good, tmp_path / "plan" / "a.json", b"old")
    landed = 0
    for number, fault in enumerate(every_fault(good.calls, CODES)):
        path = tmp_path / str(number) / "a.json"
        write_file(RealFileSystem(), path, b"old")
        fs = WatchedFileSystem(None, fault)
        with descriptors_given_back(fs), pytest.raises(SaveError) as caught:
            write_file(fs, path, b"new")
        assert fault.landed
        landed += 1
        after_replace = fault.call == "open_directory" or (fault.call in ("fsync", "close") and fault.at == 2)
        assert caught.value.written_but_unconfirmed is after_replace
        assert path.read_bytes() == (b"new" if after_replace else b"old")
        assert str(path) in str(caught.value)
        assert caught.value.errno == fault.errno
        assert not temporaries(path.parent)
        write_file(fs, path, b"again")
        assert path.read_bytes() == b"again"
    assert landed == 8 * len(CODES)


def test_a_retry_takes_a_new_temporary_file(tmp_path: Path) -> None:
    fs = WatchedFileSystem(None, Fault("fsync", 1, errno.EIO))
    with pytest.raises(SaveError):
        write_file(fs, tmp_path / "a", b"x")
    write_file(fs, tmp_path / "a", b"x")
    opened = [call.path for call in fs.calls if call.name == "open_new"]
    assert len(set(opened)) == 2


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP])
def test_a_disk_without_sync_is_used_and_noted_once(
    tmp_path: Path, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    durable._note_unsynced.cache_clear()
    faults = [Fault("fsync", at, code) for at in range(1, 5)]
    fs = WatchedFileSystem(None, *faults)
    with caplog.at_level(logging.INFO):
        write_file(fs, tmp_path / "a", b"x")
        write_file(fs, tmp_path / "b", b"y")
    assert all(fault.landed for fault in faults)
    assert (tmp_path / "b").read_bytes() == b"y"
    assert [record.levelname for record in caplog.records] == ["INFO"]


def test_a_folder_that_cannot_be_confirmed_is_not_taken_for_durable_later(tmp_path: Path) -> None:
    fs = WatchedFileSystem(None, Fault("fsync", 1, errno.EIO))
    with pytest.raises(SaveError) as caught:
        write_file(fs, tmp_path / "new" / "a", b"x")
    assert not caught.value.written_but_unconfirmed
    write_file(fs, tmp_path / "new" / "a", b"x")
    assert [call.path for call in fs.calls if call.name == "fsync"].count(tmp_path) == 2


def test_the_bytes_are_verified_before_the_disk_is_touched(tmp_path: Path) -> None:
    def verify(data: bytes) -> None:
        raise ValueError(f"no {data!r}")

    fs = WatchedFileSystem()
    with pytest.raises(ValueError, match="no b'x'"):
        write_file(fs, tmp_path / "a", b"x", verify=verify)
    assert not fs.calls


def test_an_interrupt_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_self: RealFileSystem, _fd: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(RealFileSystem, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(RealFileSystem(), tmp_path / "a", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_a_link_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real" / "a")
    (tmp_path / "folder").symlink_to(tmp_path / "real")
    write_file(RealFileSystem(), tmp_path / "link", b"new")
    write_file(RealFileSystem(), tmp_path / "folder" / "b", b"b")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "a").read_bytes() == b"new"
    assert (tmp_path / "real" / "b").read_bytes() == b"b"


def test_a_folder_whose_link_leads_nowhere_is_named_and_not_made(tmp_path: Path) -> None:
    (tmp_path / "history").symlink_to(tmp_path / "gone" / "history")
    with pytest.raises(SaveError, match="leads nowhere") as caught:
        write_file(RealFileSystem(), tmp_path / "history" / "a", b"x")
    assert "history" in str(caught.value)
    assert not (tmp_path / "gone").exists()


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")
    with pytest.raises(SaveError, match="not a folder"):
        write_file(RealFileSystem(), tmp_path / "data" / "history" / "a", b"x")


def test_the_reason_is_in_words(tmp_path: Path) -> None:
    fs = WatchedFileSystem(None, Fault("open_new", 1, errno.EROFS))
    with pytest.raises(SaveError) as caught:
        write_file(fs, tmp_path / "a", b"x")
    assert str(caught.value) == f"cannot save to {tmp_path / 'a'}: the disk is read-only"
    assert caught.value.path == tmp_path / "a"


def test_remove(tmp_path: Path) -> None:
    fs = WatchedFileSystem()
    (tmp_path / "a").write_bytes(b"x")
    remove_file(fs, tmp_path / "a")
    assert fs.names_of("unlink", "fsync") == ["unlink", "fsync"]
    remove_file(fs, tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_remove_says_what_failed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    fs = WatchedFileSystem(None, Fault("unlink", 1, errno.EACCES))
    with pytest.raises(SaveError, match="not allowed"):
        remove_file(fs, tmp_path / "a")


def test_move_syncs_the_new_folder_and_then_the_old_one(tmp_path: Path) -> None:
    fs = WatchedFileSystem()
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "one" / "a").write_bytes(b"x")
    with descriptors_given_back(fs):
        move_file(fs, tmp_path / "one" / "a", tmp_path / "two" / "b")
    assert [call.path for call in fs.calls if call.name == "fsync"] == [tmp_path / "two", tmp_path / "one"]
    assert (tmp_path / "two" / "b").read_bytes() == b"x"


def test_move_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "b").write_bytes(b"b")
    with pytest.raises(SaveError) as caught:
        move_file(RealFileSystem(), tmp_path / "a", tmp_path / "b")
    assert caught.value.errno == errno.EEXIST
    assert (tmp_path / "b").read_bytes() == b"b"


def test_making_a_folder_twice_at_once(tmp_path: Path) -> None:
    class Quicker(RealFileSystem):
        """Another instance makes the folder between the look and the call."""

        def mkdir(self, path: Path) -> None:
            super().mkdir(path)
            super().mkdir(path)

    make_directory(Quicker(), tmp_path / "one")
    assert (tmp_path / "one").is_dir()


def test_old_temporary_files_are_swept(tmp_path: Path) -> None:
    for name, age in (("old", 3700), ("young", 3500)):
        path = tmp_path / f"{durable.TEMPORARY}{name}"
        path.write_bytes(b"")
        os.utime(path, (10_000 - age, 10_000 - age))
    data = tmp_path / "data.json"
    data.write_bytes(b"")
    os.utime(data, (0, 0))
    assert sweep_temporaries(RealFileSystem(), tmp_path, 10_000.0) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{durable.TEMPORARY}young", "data.json"]
    assert sweep_temporaries(RealFileSystem(), tmp_path / "none", 0.0) == 0


def test_only_regular_files_of_a_sane_size_are_read(tmp_path: Path) -> None:
    fs = RealFileSystem()
    (tmp_path / "a").write_bytes(b"12345")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert read_file(fs, tmp_path / "a", 5) == b"12345"
    with pytest.raises(NotReadableError, match="the limit is"):
        read_file(fs, tmp_path / "a", 4)
    with pytest.raises(NotReadableError, match="named pipe"):
        read_file(fs, tmp_path / "pipe", 4)
    with pytest.raises(NotReadableError, match="folder"):
        read_file(fs, tmp_path, 4)
    with pytest.raises(OSError, match="symbolic links"):
        read_file(fs, tmp_path / "loop", 4)
    with pytest.raises(NotReadableError, match="device"):
        read_file(fs, Path("/dev/zero"), 4)
