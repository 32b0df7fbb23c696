from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runnersknee_tui.store.checkpoint import SCHEMA, ActiveSession, Checkpoints
from runnersknee_tui.store.clock import Clock
from runnersknee_tui.store.durable import SaveError
from runnersknee_tui.store.history import History
from runnersknee_tui.store.paths import Paths
from tests.faults.filesystems import Fault, WatchedFileSystem, every_fault
from tests.store.sessions import session

ID = "5f3a9c1e2b7d4a60"
OTHER = "00000000000000aa"
NOW = datetime(2026, 3, 29, 6, 45, tzinfo=UTC)
STATE = {"step": 4, "name": "Brücke [/]", "answers": [None, 3]}


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path)


def checkpoints(paths: Paths, fs: WatchedFileSystem | None = None, at: datetime = NOW) -> Checkpoints:
    return Checkpoints(paths, fs, Clock(lambda: 0.0, lambda: at, None))


def crash(active: ActiveSession) -> None:
    """What the end of a process does: the lock goes, the files stay."""
    active.abandon()


def test_a_running_session_is_locked_and_leaves_nothing_when_finished(paths: Paths) -> None:
    one, two = checkpoints(paths), checkpoints(paths)
    active = one.begin(ID)
    assert not one.running_elsewhere()
    assert two.running_elsewhere()
    active.save(STATE)
    active.save({**STATE, "step": 5})
    assert one.orphans() == two.orphans() == ()
    plain = json.loads((paths.active / f"{ID}.json").read_text(encoding="utf-8"))
    assert plain == {"schema": SCHEMA, "id": ID, "saved_at": NOW.isoformat(), "session": {**STATE, "step": 5}}
    active.finish()
    active.finish()
    assert list(paths.active.iterdir()) == []
    assert not two.running_elsewhere()
    assert one.orphans() == ()


def test_a_late_save_does_not_bring_a_finished_session_back(paths: Paths) -> None:
    active = checkpoints(paths).begin(ID)
    active.finish()
    active.save(STATE)
    assert list(paths.active.iterdir()) == []


def test_what_a_crash_leaves_is_offered_and_can_be_gone_on_with(paths: Paths) -> None:
    active = checkpoints(paths).begin(ID)
    active.save(STATE)
    crash(active)
    later = checkpoints(paths, at=NOW + timedelta(hours=1))
    (orphan,) = later.orphans()
    assert (orphan.id, orphan.saved_at, orphan.session) == (ID, NOW, STATE)
    again = later.adopt(orphan)
    assert again is not None
    assert later.orphans() == ()
    assert checkpoints(paths).adopt(orphan) is None
    again.save({**STATE, "step": 9})
    crash(again)
    assert checkpoints(paths).orphans()[0].session["step"] == 9


def test_orphans_come_latest_first(paths: Paths) -> None:
    for session_id, minutes in ((ID, 0), (OTHER, 5)):
        active = checkpoints(paths, at=NOW + timedelta(minutes=minutes)).begin(session_id)
        active.save(STATE)
        crash(active)
    assert [orphan.id for orphan in checkpoints(paths).orphans()] == [OTHER, ID]


def test_an_orphan_can_be_discarded(paths: Paths) -> None:
    active = checkpoints(paths).begin(ID)
    active.save(STATE)
    crash(active)
    later = checkpoints(paths)
    (orphan,) = later.orphans()
    later.discard(orphan)
    later.discard(orphan)
    assert list(paths.active.iterdir()) == []


def test_a_session_that_the_history_has_is_not_offered_again(paths: Paths) -> None:
    active = checkpoints(paths).begin(ID)
    active.save(STATE)
    crash(active)
    History(paths).save(session(id=ID))
    assert checkpoints(paths).orphans() == ()
    assert list(paths.active.iterdir()) == []


def test_a_damaged_record_does_not_cost_the_checkpoint(paths: Paths) -> None:
    active = checkpoints(paths).begin(ID)
    active.save(STATE)
    crash(active)
    History(paths).save(session(id=ID))
    (record,) = paths.history.iterdir()
    record.write_bytes(b"\0" * 100)
    assert [orphan.id for orphan in checkpoints(paths).orphans()] == [ID]


def test_begun_and_never_saved_leaves_nothing_to_offer(paths: Paths) -> None:
    crash(checkpoints(paths).begin(ID))
    assert checkpoints(paths).orphans() == ()
    assert list(paths.active.iterdir()) == []


def test_looking_creates_nothing(paths: Paths) -> None:
    assert checkpoints(paths).orphans() == ()
    assert not checkpoints(paths).running_elsewhere()
    assert not paths.data.exists()


@pytest.mark.parametrize("bad", ["", "../x", ID[:-1], ID.upper(), f"{ID}\n"])
def test_an_id_is_never_used_as_a_path(paths: Paths, bad: str) -> None:
    with pytest.raises(ValueError, match="16 hex digits"):
        checkpoints(paths).begin(bad)


def test_what_json_cannot_hold_leaves_the_last_checkpoint(paths: Paths) -> None:
    active = checkpoints(paths).begin(ID)
    active.save(STATE)
    for bad in ({"x": float("nan")}, {"x": "\ud800"}, {"x": object()}):
        with pytest.raises((ValueError, TypeError)):
            active.save(bad)
    crash(active)
    assert checkpoints(paths).orphans()[0].session == STATE


def bad_checkpoints(good: bytes) -> Iterator[bytes]:
    yield from (good[:length] for length in range(0, len(good) - 2, 7))
    yield b"\0" * len(good)
    plain = json.loads(good)
    for key, value in (
        ("id", OTHER),
        ("saved_at", "yesterday"),
        ("saved_at", "2026-03-29T06:45:00"),
        ("saved_at", 7),
        ("session", []),
        ("schema", None),
    ):
        yield json.dumps({**plain, key: value}).encode()
    yield b"[]"
    yield b" " * (1 << 20) + good


def test_a_bad_checkpoint_goes_to_the_quarantine_with_its_reason(paths: Paths) -> None:
    active = checkpoints(paths).begin(ID)
    active.save(STATE)
    crash(active)
    path = paths.active / f"{ID}.json"
    good = path.read_bytes()
    tries = 0
    for number, data in enumerate(bad_checkpoints(good)):
        path.write_bytes(data)
        late = checkpoints(paths, at=NOW + timedelta(minutes=number))
        assert late.orphans() == ()
        (bad,) = late.unreadable
        assert bad.name == path.name
        if len(data) > 1 << 20:
            continue  # not ours to judge: it stays where it is
        assert not path.exists()
        kept = paths.quarantine / f"{NOW + timedelta(minutes=number):%Y%m%dT%H%M%SZ}_{path.name}"
        assert kept.read_bytes() == data
        assert kept.with_name(f"{kept.name}.reason.txt").read_text(encoding="utf-8").strip() == bad.reason
        tries += 1
    assert tries > 20
    path.write_bytes(good)
    assert checkpoints(paths).orphans()[0].session == STATE


def test_a_newer_checkpoint_is_left_for_its_own_version(paths: Paths) -> None:
    paths.active.mkdir(parents=True)
    path = paths.active / f"{ID}.json"
    path.write_text(json.dumps({"schema": SCHEMA + 1, "id": ID, "session": {}}))
    late = checkpoints(paths)
    assert late.orphans() == ()
    assert late.unreadable[0].newer
    assert path.exists()


def test_a_passing_read_error_moves_nothing(paths: Paths) -> None:
    active = checkpoints(paths).begin(ID)
    active.save(STATE)
    crash(active)
    late = checkpoints(paths, WatchedFileSystem(None, Fault("read", 1, errno.EIO)))
    assert late.orphans() == ()
    assert late.unreadable[0].reason == "the disk reported an error"
    assert not paths.quarantine.exists()
    assert [orphan.id for orphan in late.orphans()] == [ID]


def test_foreign_files_are_left_alone(paths: Paths) -> None:
    paths.active.mkdir(parents=True)
    (paths.active / "notes.json").write_text("{")
    os.mkfifo(paths.active / f"{ID}.json")
    late = checkpoints(paths)
    assert late.orphans() == ()
    assert [bad.name for bad in late.unreadable] == [f"{ID}.json"]
    assert (paths.active / "notes.json").exists()


def test_no_fault_in_a_checkpoint_loses_the_one_before(tmp_path: Path) -> None:
    plan = WatchedFileSystem()
    active = checkpoints(Paths.under(tmp_path / "plan"), plan).begin(ID)
    active.save(STATE)
    active.save(STATE)
    active.finish()
    landed = 0
    for number, fault in enumerate(every_fault(plan.calls, (errno.ENOSPC,))):
        paths = Paths.under(tmp_path / str(number))
        acknowledged = 0
        try:
            running = checkpoints(paths, WatchedFileSystem(None, fault)).begin(ID)
            for step in (1, 2):
                running.save({"step": step})
                acknowledged = step
            running.finish()
        except SaveError:
            landed += 1
            if acknowledged:
                crash(running)
                (orphan,) = checkpoints(paths).orphans() or [None]
                assert orphan is None or orphan.session["step"] >= acknowledged
                assert orphan is not None or fault.call in ("open_directory", "fsync", "close")
        else:
            assert fault.landed
            assert fault.call in ("close", "unlink")  # of the lock, whose file is swept later
        checkpoints(paths).orphans()
    assert landed > 15


# --- two instances, locks ----------------------------------------------------------------------------------

HOLD = """
import sys
from pathlib import Path
from runnersknee_tui.store.checkpoint import Checkpoints
from runnersknee_tui.store.paths import Paths
active = Checkpoints(Paths.under(Path(sys.argv[1]))).begin(sys.argv[2])
active.save({"step": 7})
if sys.argv[3:]:
    import subprocess
    subprocess.Popen(["sleep", "60"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
print("holding", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_instance(root: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLD, str(root), ID, *more]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "holding\n"
            yield process
        finally:
            process.kill()


def test_another_process_is_seen_and_its_end_frees_the_session(paths: Paths, tmp_path: Path) -> None:
    mine = checkpoints(paths)
    with another_instance(tmp_path) as process:
        assert mine.running_elsewhere()
        assert mine.orphans() == ()
        assert mine.begin(OTHER).is_running
        process.kill()
        process.wait()
        assert not mine.running_elsewhere()
        (orphan,) = mine.orphans()
        assert orphan.session == {"step": 7}


def test_a_child_of_a_killed_instance_does_not_keep_the_lock(paths: Paths, tmp_path: Path) -> None:
    import psutil

    with another_instance(tmp_path, "with a child") as process:
        (child,) = psutil.Process(process.pid).children()
        try:
            process.kill()
            process.wait()
            assert child.is_running()
            assert [orphan.id for orphan in checkpoints(paths).orphans()] == [ID]
        finally:
            child.kill()


class NoLocks(WatchedFileSystem):
    """A disk that knows no locks."""

    def lock(self, fd: int) -> bool:
        raise OSError(errno.ENOLCK, "No locks available", str(self._open[fd]))


def test_without_locks_the_age_tells(paths: Paths) -> None:
    fs = NoLocks()
    running = checkpoints(paths, fs).begin(ID)
    running.save(STATE)
    os.utime(paths.active / f"{ID}.json", (NOW.timestamp(), NOW.timestamp()))
    soon, late = NOW + timedelta(seconds=15), NOW + timedelta(seconds=25)
    assert checkpoints(paths, fs, soon).running_elsewhere()
    assert checkpoints(paths, fs, soon).orphans() == ()
    assert not checkpoints(paths, fs, late).running_elsewhere()
    assert [orphan.id for orphan in checkpoints(paths, fs, late).orphans()] == [ID]
    History(paths, fs).save(session())
    assert History(paths, fs).replace(session().id, lambda old: old).rev == 2


WRITE = """
import sys
from msgspec.structs import replace
from pathlib import Path
from runnersknee_tui.store.history import History
from runnersknee_tui.store.paths import Paths
from tests.store.sessions import session
history, number = History(Paths.under(Path(sys.argv[1]))), int(sys.argv[2])
for n in range(25):
    history.save(session(1000 * number + n))
    history.replace(session().id, lambda old: replace(old, note=old.note + sys.argv[2]))
"""


def test_four_instances_lose_no_session_and_no_edit(paths: Paths, tmp_path: Path) -> None:
    History(paths).save(session())
    writers = [subprocess.Popen([sys.executable, "-c", WRITE, str(tmp_path), str(n)]) for n in (1, 2, 3, 4)]
    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]
    history = History(paths)
    assert len(list(history.all())) == 101
    edited = history.load(session().id)
    assert edited.rev == 101
    assert sorted(edited.note) == sorted("1234" * 25)
    assert history.unreadable == ()
