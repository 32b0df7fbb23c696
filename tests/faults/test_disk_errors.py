"""A disk that is full, broken, slow, short of words, read-only or gone (T05 to T12, T22, T26)."""

from __future__ import annotations

import errno
import json
import logging
import subprocess
import sys
from contextlib import suppress

import pytest

from runnersknee_tui.store import durable
from runnersknee_tui.store.durable import SaveError, reason
from runnersknee_tui.store.history import History
from runnersknee_tui.store.paths import Paths
from tests.faults import scenarios
from tests.faults.filesystems import CHANGING, Fault, WatchedFileSystem, second_syncs
from tests.faults.processes import (
    CHECKOUT,
    LIVENESS_S,
    environment,
    mounting,
    needs_mount,
    needs_strace,
    on_read_only,
    on_small_disk,
    play_traced,
    program,
    told,
)
from tests.faults.scenarios import SCENES, leftovers, losses
from tests.faults.trials import Trial, fault
from tests.store.sessions import session

# --- each call fails, with each error ------------------------------------------------------------------------


def fails(trial: Trial, call: str, code: int) -> None:
    """Each call of one kind in each scene in turn fails with one error; then the same again, without it."""
    for scene in SCENES:
        at = 1
        while _fails_at(trial, scene, Fault(call, at if trial.armed else 0, code)):
            at += 1


def _fails_at(trial: Trial, scene: str, injected: Fault) -> bool:
    paths = Paths.under(trial.folder / f"{scene}-{injected.at}-{injected.errno}")
    words: list[str] = []
    scenarios.before(scene, paths, words.append)
    fs = WatchedFileSystem(None, injected)
    said = ""
    try:
        SCENES[scene].act(paths, fs, words.append)
    except SaveError as error:
        said = str(error)
    assert not said or (str(paths.data) in said and reason(OSError(injected.errno, "?")) in said), said
    assert {path.suffix for path in fs.open_descriptors.values()} <= {".lock"}
    assert second_syncs(fs.calls) == []
    fs.bury()  # the process ends, and the app is started again
    if injected.landed:
        trial.landed += 1
        trial.judge(losses(paths, words))
        if injected.call != "unlink":
            assert leftovers(paths) == []
    if said:
        again = WatchedFileSystem()
        with suppress(KeyError):  # moved already, and only not confirmed
            SCENES[scene].act(paths, again, words.append)
        again.bury()
        trial.judge(losses(paths, words))
    return injected.landed


BROKEN = (errno.ENOSPC, errno.EIO, errno.EDQUOT)


@fault("T07", "write fails: full, broken, over quota", cases=BROKEN)
def test_write_fails(trial: Trial) -> None:
    fails(trial, "write", trial.case)


@fault("T08", "sync fails: broken, full, over quota", cases=BROKEN)
def test_sync_fails(trial: Trial) -> None:
    """Nothing is told to be saved, and no descriptor is synced a second time."""
    fails(trial, "fsync", trial.case)


@fault("T10", "rename fails: not allowed, other disk, full", cases=(errno.EACCES, errno.EXDEV, errno.ENOSPC))
def test_rename_fails(trial: Trial) -> None:
    fails(trial, "replace", trial.case)


OTHERS = (
    ("open_new", errno.EMFILE),
    ("open_new", errno.EROFS),
    ("open_directory", errno.EACCES),
    ("open_lock", errno.EROFS),
    ("close", errno.EIO),
    ("mkdir", errno.ENOSPC),
    ("unlink", errno.EIO),
    *((call, code) for call in CHANGING if call not in ("write", "fsync") for code in BROKEN),
)


@fault("T07", "opening, closing, making, renaming and removing fail", short=7, full=len(OTHERS), cases=OTHERS)
def test_other_calls_fail(trial: Trial) -> None:
    fails(trial, *trial.case)


@needs_strace
@fault("T08", "sync fails, traced", short=3, full=12, cases=[(scene, name) for scene in ("save", "checkpoint") for name in ("EIO", "ENOSPC", "EDQUOT")])  # fmt: skip
def test_sync_fails_in_the_system(trial: Trial) -> None:
    """The first sync is that of the file, the second that of its folder."""
    scene, name = trial.case
    for at in (1, 2):
        folder = trial.folder / str(at)
        folder.mkdir()
        rule = (f"fsync:error={name}:when={at}",) if trial.armed else ()
        status, trace = play_traced(scene, folder, "fsync,close,openat", *rule)
        words = told(folder)
        trial.landed += any("(INJECTED)" in line for line in trace) and status == 1
        assert status == (1 if trial.armed else 0)
        assert not trial.armed or words[-1].startswith("error ")
        assert not trial.armed or [word for word in words[:-1] if word not in ("saved 1",)] == []
        trial.judge(losses(Paths.under(folder / "person"), words))


@fault("T09", "sync is not supported", cases=(errno.EINVAL, errno.ENOTSUP))
def test_sync_is_not_supported(trial: Trial) -> None:
    """Saved all the same, and noted once for each folder."""
    durable._note_unsynced.cache_clear()
    heard: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    log = logging.getLogger(durable.__name__)
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        paths = Paths.under(trial.folder)
        faults = [Fault("fsync", at, trial.case) for at in range(1, 20)] if trial.armed else []
        fs = WatchedFileSystem(None, *faults)
        history = History(paths, fs)
        for number in (1, 2, 3):
            history.save(session(number))
        trial.landed += any(one.landed for one in faults)
        trial.judge(losses(paths, [f"saved {number}" for number in (1, 2, 3)]))
        assert len(heard) == len(set(heard)) == (len({*map(str, heard)}) if trial.armed else 0)
        assert bool(heard) == trial.armed
    finally:
        log.removeHandler(handler)
        log.setLevel(logging.NOTSET)


@fault("T12", "short writes", short=40, full=500)
def test_short_writes(trial: Trial) -> None:
    """The disk takes one to seven bytes at a time; the text is of any length."""
    paths = Paths.under(trial.folder)
    fs = WatchedFileSystem(most=trial.random.randint(1, 7) if trial.armed else None)
    note = "x" * trial.random.randint(0, 600)
    record = session(1, note=note)
    History(paths, fs).save(record)
    trial.landed += len(fs.names_of("write")) > 1
    if History(paths).load(record.id) != record:
        trial.lost += 1


# --- a disk that is full -------------------------------------------------------------------------------------


@fault("T05", "disk full, then room again", short=4, full=100)
def test_disk_full(trial: Trial) -> None:
    """Inside a small disk in memory; without one, on an injected filesystem."""
    spare = trial.random.randint(0, 8)
    if mounting():
        _full_by_injection(trial)
        return
    place = trial.folder / "disk"
    place.mkdir()
    command = program("full", place, spare if trial.armed else 100_000)
    done = subprocess.run(
        on_small_disk(place, "96k" if trial.armed else "8m", command),
        env=environment(),
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=LIVENESS_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    trial.landed += found["refused"]
    trial.lost += len(found["lost"])
    trial.unreadable += len(found["unreadable"])
    trial.complaints += [*found["lost"], *found["unreadable"]]
    trial.measure("saves before", found["saved"])
    assert found["leftovers"] == []
    assert found["retried"]
    assert not found["refused"] or ("disk is full" in found["said"] and "/history/" in found["said"])


def _full_by_injection(trial: Trial) -> None:
    paths = Paths.under(trial.folder)
    at = trial.random.randint(2, 9)
    full = Fault("write", at if trial.armed else 0, errno.ENOSPC)
    fs = WatchedFileSystem(None, full, most=200)
    saved = []
    for number in range(10):
        try:
            History(paths, fs).save(session(number))
        except SaveError as error:
            trial.landed += "disk is full" in str(error)
            History(paths, fs).save(session(number))
        saved.append(f"saved {number}")
    assert leftovers(paths) == []
    trial.judge(losses(paths, saved))


@fault("T06", "files may not be larger than 512 bytes", short=1, full=5)
def test_file_size_limit(trial: Trial) -> None:
    paths = Paths.under(trial.folder / "person")
    command = program("save", trial.folder)
    limit = ("sh", "-c", 'ulimit -f 1; exec "$@"', "sh") if trial.armed else ()
    # A block of ulimit is 512 bytes; the program's own start writes less.
    done = subprocess.run(
        (*limit, *command), env=environment(), cwd=CHECKOUT, input="go\n", capture_output=True, text=True,
        timeout=LIVENESS_S, check=False,
    )  # fmt: skip
    words = told(trial.folder)
    trial.landed += done.returncode != 0 and "larger than allowed" in done.stderr + "".join(words)
    trial.judge(losses(paths, words))
    assert leftovers(paths) == []


# --- a disk that takes nothing -------------------------------------------------------------------------------

READ_ONLY = ("mounted read-only", "the data folder is a file", "a folder above is a file")


@fault("T22", "read-only or impossible data folder", cases=READ_ONLY)
def test_read_only(trial: Trial) -> None:
    """Every command still works, a session can be lived, and its record is handed over."""
    home = trial.folder / "home"
    data = home / ".local" / "share" / "runnersknee_tui"
    paths = Paths(home / "c", data, home / "k", home / "s")
    History(paths).save(session(1))
    here = [sys.executable, "-m", "runnersknee_tui"]
    lines: tuple[str, ...] = ()
    env = environment(HOME=str(home))
    if trial.armed and trial.case == READ_ONLY[0]:
        if mounting():
            pytest.skip(mounting())
        lines = on_read_only(home, ())
    elif trial.armed:
        blocked = home / "file"
        blocked.write_text("a file")
        env = environment(
            HOME=str(home), XDG_DATA_HOME=str(blocked if trial.case == READ_ONLY[2] else home / "other")
        )
        if trial.case == READ_ONLY[1]:
            (home / "other").mkdir()
            (home / "other" / "runnersknee_tui").write_text("a file")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            (*lines, *here, *words),
            env=env,
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            timeout=LIVENESS_S,
            check=False,
            input="n\nn\nq\n",
        )

    listed = run("history", "--json")
    assert listed.returncode == 0, listed.stderr
    if not trial.armed or trial.case == READ_ONLY[0]:
        assert len(json.loads(listed.stdout)) == 1
    for words in (("doctor",), ("routines",), ("check",)):
        assert "Traceback" not in run(*words).stderr
    lived = run("start", "flare", "--plain", "--no-check-in")
    assert "Traceback" not in lived.stderr
    if "cannot save to" in lived.stderr:
        trial.landed += 1
        assert any(word in lived.stderr for word in ("read-only", "a file, not a folder", "not there")), (
            lived.stderr
        )
        assert lived.returncode == 1
        record = json.loads(lived.stdout.splitlines()[-1])
        trial.lost += record["routine"]["id"] != "flare"
    else:
        assert lived.returncode == 0
        trial.lost += len(json.loads(run("history", "--json").stdout)) != 2


@needs_mount
@fault("T26", "the disk is taken away during a session", short=1, full=5)
def test_disk_goes_away(trial: Trial) -> None:
    """Saving says so, nothing lands on the disk below, and the record is still there to be handed over."""
    place = trial.folder / "disk"
    place.mkdir()
    command = program("vanish", place, int(trial.armed))
    done = subprocess.run(
        on_small_disk(place, "1m", command), env=environment(), cwd=CHECKOUT,
        capture_output=True, text=True, timeout=LIVENESS_S, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    trial.landed += found["said"] != ""
    assert not trial.armed or "the disk it was on is gone" in found["said"]
    assert found["below"] == []
    trial.lost += not found["kept"]
