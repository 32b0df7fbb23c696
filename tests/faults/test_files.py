"""Files as accidents, other programs and people leave them (T18 to T21, T24, T25, T27 to T29, T35, T52)."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from runnersknee_tui.content.loader import check_file
from runnersknee_tui.core.record import RecordError
from runnersknee_tui.store.checkpoint import Checkpoints
from runnersknee_tui.store.history import History
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.settings import load_settings, save_settings
from tests.faults import scenarios
from tests.faults.filesystems import WatchedFileSystem
from tests.faults.hostile import dangers
from tests.faults.places import home_paths
from tests.faults.processes import CHECKOUT, LIVENESS_S, environment
from tests.faults.scenarios import CLOCK, RUNNING
from tests.faults.trials import Trial, fault
from tests.shipped import shipped
from tests.store.sessions import name_of, session
from tests.strategies import records, words

OTHERS = (session(1), session(3))
"""Sessions beside the broken one; they must all be there."""


def broken_history(trial: Trial, data: bytes) -> None:
    """The newest session's file holds these bytes instead: the others are shown, it is named and left alone."""
    paths = Paths.under(trial.folder)
    for record in (*OTHERS, session(2)):
        History(paths).save(record)
    file = paths.history / name_of(session(2))
    whole = file.read_bytes()
    if not trial.armed:
        data = whole
    for content in (data,):
        file.write_bytes(content)
        history = History(paths)
        found = list(history.all())
        trial.lost += sum(record not in found for record in OTHERS)
        hurt = [bad.name for bad in history.unreadable] or [name for name, _ in history.warnings]
        trial.landed += hurt == [file.name]
        assert session(2) in found or hurt == [file.name], "a wrong session was taken for a right one"
        assert file.read_bytes() == content


def whole_file() -> bytes:
    from runnersknee_tui.store.session_json import encode

    return encode(session(2))


LENGTH = len(whole_file())


def shuffled(count: int) -> tuple[int, ...]:
    """Each number below `count` once, so that a short run tries some of everywhere."""
    return tuple(random.Random(count).sample(range(count), count))


@fault("T19", "session file cut at every byte", short=40, full=LENGTH - 1, cases=shuffled(LENGTH - 1))
def test_cut_anywhere(trial: Trial) -> None:
    """Anything shorter than all but the last line end."""
    broken_history(trial, whole_file()[: trial.case])


@fault("T19", "session file with a byte flipped", short=60, full=1000, share=0.9)
def test_byte_flipped(trial: Trial) -> None:
    """A flip that leaves it JSON of the same shape is met by the checksum."""
    data = bytearray(whole_file())
    data[trial.random.randrange(LENGTH)] ^= 1 << trial.random.randrange(8)
    broken_history(trial, bytes(data))


SHAPES: tuple[bytes, ...] = (
    b"", b"\0" * 900, b"\n", b"null", b"[]", b"{}", b'"text"', b"123", b"\xff\xfe\x00", b"{" * 5000,
    b'{"schema": 1}', b'{"schema": "1", "id": 7}', b'{"schema": 2, "id": "0000000000000002"}',
    b'{"schema": 1, "id": "0000000000000002", "exercises": 7}', b'{"schema":1e400}', b'{"schema": NaN}',
    b"[" * 100_000, b"9" * 5000, b'{"a": "\\ud800"}', b"x" * 300_000, random.Random(19).randbytes(64),
)  # fmt: skip


@fault("T19", "session file of another shape", cases=SHAPES)
def test_other_shapes(trial: Trial) -> None:
    broken_history(trial, trial.case)


def saved_checkpoint(paths: Paths) -> Path:
    """The checkpoint of a session whose program is gone."""
    active = Checkpoints(paths, clock=CLOCK).begin(RUNNING.id)
    active.save({"step": 1, "words": "so long a session"})
    active.abandon()
    return paths.active / f"{RUNNING.id}.json"


def checkpoint_length() -> int:
    with tempfile.TemporaryDirectory() as folder:
        return saved_checkpoint(Paths.under(Path(folder))).stat().st_size


KINDS_OF_DAMAGE = ("cut", "zeros", "flip")
DAMAGES = tuple((kind, at) for at in shuffled(checkpoint_length() - 1) for kind in KINDS_OF_DAMAGE)


@fault("T18", "checkpoint cut, zeros to, or flipped at every byte", short=42, full=len(DAMAGES), cases=DAMAGES, share=0.6)  # fmt: skip
def test_broken_checkpoint(trial: Trial) -> None:
    """It goes to the quarantine with a reason; the rest of the start goes on."""
    paths = Paths.under(trial.folder)
    History(paths).save(session(1))
    file = saved_checkpoint(paths)
    whole = file.read_bytes()
    if trial.armed:
        kind, at = trial.case
        flipped = bytes((whole[at] ^ 1 << trial.random.randrange(8),))
        damaged = {"cut": whole[:at], "zeros": bytes(at + 1), "flip": whole[:at] + flipped + whole[at + 1 :]}
        file.write_bytes(damaged[kind])
    checkpoints = Checkpoints(paths, clock=CLOCK)
    orphans = checkpoints.orphans()
    trial.lost += list(History(paths).all()) != [session(1)]
    if orphans:
        assert not trial.armed or trial.case[0] == "flip"  # within a number or a text: still a checkpoint
        return
    trial.landed += 1
    assert [bad.name for bad in checkpoints.unreadable] == [file.name]
    assert not file.exists()
    kept = sorted(path.name for path in paths.quarantine.iterdir())
    assert [name.endswith(".reason.txt") for name in kept] == [False, True]


# --- things that are no files --------------------------------------------------------------------------------


def _socket(path: Path) -> None:
    here = os.open(path.parent, os.O_RDONLY)
    try:  # the name of a socket may be only so long
        made = socket.socket(socket.AF_UNIX)
        made.bind(f"/proc/self/fd/{here}/{path.name}")
        made.close()
    finally:
        os.close(here)


KINDS: dict[str, Callable[[Path], object]] = {
    "folder": lambda path: path.mkdir(),
    "named pipe": lambda path: os.mkfifo(path),
    "socket": _socket,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "circle": lambda path: path.symlink_to(path.name),
    "dangling": lambda path: path.symlink_to("nowhere.json"),
}


@fault("T20", "a folder, pipe, socket, device or circle for a session", cases=tuple(KINDS))
def test_no_regular_file(trial: Trial) -> None:
    """In a process of its own, since what is wrong here hangs."""
    paths = home_paths(trial.folder)
    for record in OTHERS:
        History(paths).save(record)
    for folder in (paths.history, paths.exercises, paths.routines, paths.active):
        folder.mkdir(parents=True, exist_ok=True)
    if trial.armed:
        KINDS[trial.case](paths.history / name_of(session(2)))
        KINDS[trial.case](paths.exercises / "mine.toml")
        KINDS[trial.case](paths.routines / "mine.toml")
        KINDS[trial.case](paths.config_file)
        KINDS[trial.case](paths.active / f"{RUNNING.id}.json")
    listed, checked = run(trial.folder, "history", "--json"), run(trial.folder, "check")
    assert listed.returncode == 0, listed.stderr
    assert "Traceback" not in listed.stderr + checked.stderr
    trial.lost += len(json.loads(listed.stdout)) != 2
    trial.landed += checked.returncode == 1 and "mine.toml" in checked.stdout
    if trial.armed and trial.case != "dangling":
        assert name_of(session(2)) in checked.stdout


def run(home: Path, *words: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """One command of the app, with HOME at `home`."""
    return subprocess.run(
        (*before, sys.executable, "-m", "runnersknee_tui", *words), env=environment(HOME=str(home)),
        cwd=CHECKOUT, capture_output=True, text=True, timeout=LIVENESS_S, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@fault("T21", "files and folders that may not be read", cases=("file", "folder", "settings"))
def test_not_allowed(trial: Trial) -> None:
    """As a user without rights of root, where the tests run as root."""
    paths = home_paths(trial.folder)
    for record in OTHERS:
        History(paths).save(record)
    save_settings(paths, {"minutes": 30}, scenarios.NOW)
    before: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may read everything, and setpriv is not installed")
        before = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
        for folder in (trial.folder, *trial.folder.rglob("*")):
            os.chown(folder, 65534, 65534)
        reachable = subprocess.run((*before, "ls", str(trial.folder)), capture_output=True, check=False)
        if reachable.returncode:
            for folder in (trial.folder.parent, *trial.folder.parents):
                if str(folder).startswith("/tmp/"):
                    folder.chmod(stat.S_IMODE(folder.stat().st_mode) | 0o011)
        known = subprocess.run(
            (*before, sys.executable, "-c", "import runnersknee_tui"), capture_output=True, check=False
        )
        if known.returncode:
            pytest.skip("the program lies where only root may read it")
    place = {"file": paths.history / name_of(OTHERS[1]), "folder": paths.history, "settings": paths.settings}
    if trial.armed:
        place[trial.case].chmod(0)
    try:
        listed, checked = (
            run(trial.folder, *words, before=before) for words in (("history", "--json"), ("check",))
        )
    finally:
        place[trial.case].chmod(0o700)
    assert listed.returncode == 0, listed.stderr
    assert "Traceback" not in listed.stderr + checked.stderr
    trial.landed += "access is not allowed" in checked.stdout
    expected = {"file": 1, "folder": 0, "settings": 2}[trial.case] if trial.armed else 2
    trial.lost += len(json.loads(listed.stdout)) != expected


LINKS = ("history", "settings", "data")


@fault("T24", "linked folders and files", cases=LINKS)
def test_links_are_kept(trial: Trial) -> None:
    """What a link leads to is changed, never the link."""
    paths = Paths.under(trial.folder / "person")
    elsewhere = trial.folder / "elsewhere"
    elsewhere.mkdir()
    links = {"history": paths.history, "settings": paths.settings, "data": paths.data}
    link = links[trial.case]
    if trial.armed:
        link.parent.mkdir(parents=True)
        target = elsewhere / "target"
        target.touch() if trial.case == "settings" else target.mkdir()
        link.symlink_to(target)
    History(paths).save(session(1))
    save_settings(paths, {"minutes": 30}, scenarios.NOW)
    History(paths).replace(session(1).id, lambda old: replace(old, note="edited"))
    trial.landed += link.is_symlink() and any(path.is_file() for path in elsewhere.rglob("*"))
    found = list(History(paths).all())
    trial.lost += [one.note for one in found] != ["edited"] or load_settings(paths).values.minutes != 30


# --- copies --------------------------------------------------------------------------------------------------

COPIES = (
    ("{stem}.sync-conflict-20260601-120000-ABCDEFG.json", "equal"),
    ("{stem} (conflicted copy 2026-06-01).json", "newer"),
    ("{stem} (conflicted copy 2026-06-01).json", "older"),
    ("20200101T000000Z-{id}.json", "equal"),
)


@fault("T25", "copies that sync services leave", cases=COPIES)
def test_copies(trial: Trial) -> None:
    """Counted once; the highest revision counts; the history still shows on a screen."""
    paths = Paths.under(trial.folder)
    history = History(paths)
    for record in (session(1), session(2)):
        history.save(record)
    history.replace(session(1).id, lambda old: replace(old, note="second"))
    name, kind = trial.case
    if trial.armed:
        own = paths.history / name_of(session(1))
        copy = paths.history / name.format(stem=own.stem, id=session(1).id)
        shutil.copy(own, copy)
        if kind == "newer":
            copy.write_bytes(encoded(replace(session(1), note="third", rev=9)))
        elif kind == "older":
            copy.write_bytes(encoded(session(1)))
        trial.landed += copy.exists()
    found = list(History(paths).all())
    trial.lost += len({one.id for one in found}) != 2
    assert len(found) == 2, "a copy was counted as a session"
    assert next(one for one in found if one.id == session(1).id).note == (
        "third" if trial.armed and kind == "newer" else "second"
    )


def encoded(record: Any) -> bytes:
    from runnersknee_tui.store.session_json import encode

    return encode(record)


@fault("T27", "files removed and edited by others meanwhile", cases=("removed", "edited", "folder removed"))
def test_changed_meanwhile(trial: Trial) -> None:
    paths = Paths.under(trial.folder)
    history = History(paths)
    for number in (1, 2, 3):
        history.save(session(number))
    page = history.newest(1)
    file = paths.history / name_of(session(2))
    if trial.armed and trial.case == "removed":
        file.unlink()
    elif trial.armed and trial.case == "edited":
        file.write_text(file.read_text().replace('"note": ""', '"note": "by hand"'))
    elif trial.armed:
        shutil.rmtree(paths.history)
    rest = history.newest(5, before=page[0])
    trial.landed += [one.note for one in rest] != ["", ""]
    trial.lost += session(1) not in rest and trial.case != "folder removed"
    history.save(session(4))
    assert history.has(session(4).id)


@fault("T28", "a file far too large", short=1)
def test_far_too_large(trial: Trial) -> None:
    paths = Paths.under(trial.folder)
    history = History(paths)
    history.save(session(1))
    if trial.armed:
        with (paths.history / name_of(session(2))).open("wb") as file:
            file.truncate(100_000_000)
    fs = WatchedFileSystem()
    history = History(paths, fs)
    trial.lost += list(history.all()) != [session(1)]
    trial.landed += any("limit" in bad.reason for bad in history.unreadable)
    assert sum(call.name == "read" for call in fs.calls) <= 4


@pytest.mark.full
def test_a_huge_history(tmp_path: Path, record_property: Callable[[str, Any], None]) -> None:
    """T28: 50,000 sessions; the first screen in under two seconds and 300 MB, in a process of its own."""
    paths = home_paths(tmp_path)
    paths.history.mkdir(parents=True)
    for number in range(50_000):
        record = session(number % 20_000, id=f"{number:016x}")
        (paths.history / name_of(record)).write_bytes(encoded(record))
    code = (
        "import resource, time, sys; start = time.perf_counter()\n"
        "from runnersknee_tui.cli import main; main(['history', '--plain', '--limit', '60'])\n"
        "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    done = subprocess.run(
        (sys.executable, "-c", code), env=environment(HOME=str(tmp_path)), cwd=CHECKOUT, capture_output=True,
        text=True, check=True, timeout=LIVENESS_S,
    )  # fmt: skip
    seconds, kilobytes = map(float, done.stderr.split())
    measured = f"first page s {seconds:.2f}; MB {kilobytes / 1024:.0f}"
    row = {
        "fault": "T28 50,000 sessions",
        "tries": 1,
        "landed": 1,
        "lost": 0,
        "unreadable": 0,
        "measured": measured,
    }
    record_property("fault row", row)
    assert len(done.stdout.splitlines()) == 60
    assert seconds < 2
    assert kilobytes < 300 * 1024


@fault("T29", "written by a newer version", cases=("session", "checkpoint", "keys", "settings"))
def test_newer_versions(trial: Trial) -> None:
    """Named, counted where that can be, and never rewritten; unknown keys stay."""
    paths = Paths.under(trial.folder)
    history = History(paths)
    history.save(session(1))
    file = paths.history / name_of(session(1))
    plain = json.loads(file.read_text())
    if trial.case == "session" and trial.armed:
        file.write_text(json.dumps({**plain, "schema": 2, "more": [1]}))
        before = file.read_bytes()
        with pytest.raises((KeyError, OSError)):
            history.replace(session(1).id, lambda old: replace(old, note="edited"))
        with pytest.raises(OSError, match="newer"):
            history.save(session(1))
        bad = history.unreadable[0]
        trial.landed += bad.newer and bad.local_date == session(1).local_date
        assert file.read_bytes() == before
    elif trial.case == "checkpoint" and trial.armed:
        paths.active.mkdir(parents=True)
        place = paths.active / f"{RUNNING.id}.json"
        place.write_text(json.dumps({"schema": 9, "id": RUNNING.id}))
        checkpoints = Checkpoints(paths, clock=CLOCK)
        assert checkpoints.orphans() == ()
        trial.landed += checkpoints.unreadable[0].newer and place.exists()
    elif trial.case == "keys" and trial.armed:
        plain["mood"] = {"of": ["the", "day"]}
        plain["exercises"][0]["tempo"] = 3
        file.write_text(json.dumps(plain))
        history.replace(session(1).id, lambda old: replace(old, note="edited"))
        after = json.loads(file.read_text())
        trial.landed += 1
        trial.lost += after["mood"] != plain["mood"] or after["exercises"][0]["tempo"] != 3
    elif trial.armed:
        paths.settings.parent.mkdir(parents=True, exist_ok=True)
        paths.settings.write_text('later = "key"\n')
        save_settings(paths, {"minutes": 30}, scenarios.NOW)
        trial.landed += 1
        trial.lost += 'later = "key"' not in paths.settings.read_text()


# --- round trips and words from outside ----------------------------------------------------------------------


def round_trip(tmp: Path, examples: int) -> int:
    """Saves and loads any record; returns how many there were."""
    history = History(Paths.under(tmp))
    tried = 0

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(records())
    def there_and_back(record: Any) -> None:
        nonlocal tried
        tried += 1
        for path in (tmp / "data" / "history").glob("*"):
            path.unlink()
        try:
            history.save(record)
        except RecordError:
            assert not list((tmp / "data").rglob("*.json"))  # refused before anything was written
        else:
            assert history.load(record.id) == record

    there_and_back()
    return tried


@pytest.mark.parametrize("examples", [60, pytest.param(10_000, marks=pytest.mark.full)])
def test_round_trip(examples: int, tmp_path: Path, record_property: Callable[[str, Any], None]) -> None:
    """T35: what was saved is what is loaded, or it is refused before the disk is touched."""
    tried = round_trip(tmp_path, examples)
    row = {
        "fault": "T35 round trips",
        "tries": tried,
        "landed": tried,
        "lost": 0,
        "unreadable": 0,
        "measured": "",
    }
    record_property("fault row", row)
    assert tried >= examples


def test_round_trip_refuses_what_json_cannot_hold(tmp_path: Path) -> None:
    for wrong in (replace(session(1), note="\ud800"), replace(session(1), active_s=float("nan"))):
        with pytest.raises(RecordError):
            History(Paths.under(tmp_path)).save(wrong)
    assert not tmp_path.joinpath("data").exists()


@pytest.mark.parametrize("examples", [40, pytest.param(10_000, marks=pytest.mark.full)])
def test_any_text_for_a_file(
    examples: int, tmp_path: Path, record_property: Callable[[str, Any], None]
) -> None:
    """T52: any text, and any damage to our own files, is answered with words, never an exception."""
    from runnersknee_tui.content.assets import assets_dir

    own = sorted((assets_dir() / "exercises").glob("*.toml")) + sorted(
        (assets_dir() / "routines").glob("*.toml")
    )
    texts = [path.read_bytes() for path in own]
    catalogue = shipped()
    (tmp_path / "exercises").mkdir()
    (tmp_path / "routines").mkdir()
    refused = tried = 0

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(
        st.sampled_from(texts),
        st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 255)), max_size=4),
        words(200),
    )
    def read(text: bytes, flips: list[tuple[int, int]], typed: str) -> None:
        nonlocal refused, tried
        data = bytearray(text)
        for at, byte in flips:
            data[at % len(data)] = byte
        if not flips:
            data = bytearray(typed.encode())
        for kind in ("exercises", "routines"):
            path = tmp_path / kind / "mine.toml"
            path.write_bytes(bytes(data))
            problems = check_file(path, catalogue)
            tried += 1
            refused += bool(problems)
            for problem in problems:
                assert len(str(problem).splitlines()) <= 3
                assert dangers(str(problem)) == set()

    read()
    row = {
        "fault": "T52 user files of any text",
        "tries": tried,
        "landed": refused,
        "lost": 0,
        "unreadable": 0,
        "measured": "",
    }
    record_property("fault row", row)
    assert refused > tried / 4
