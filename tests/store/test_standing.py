"""What the records add up to is the same with the cache and without it, whatever happens to either."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from runnersknee_tui.core.fold import State
from runnersknee_tui.core.fold_back import fold
from runnersknee_tui.core.record import CheckIn, Knees, SessionRecord
from runnersknee_tui.store import standing
from runnersknee_tui.store.history import History
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.standing import Standing
from tests.core.catalogue_for_tests import CATALOGUE
from tests.faults.filesystems import WatchedFileSystem
from tests.store.sessions import START, name_of, session

TODAY = START.date() + timedelta(days=60)
NONE: frozenset[str] = frozenset()


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """A history of 40 sessions that counts as a long one."""
    monkeypatch.setattr(standing, "WORTH_IT", 20)
    monkeypatch.setattr(standing, "NEWEST", 5)
    monkeypatch.setattr(standing, "NEWEST_AT_MOST", 12)
    paths = Paths.under(tmp_path)
    for number in range(40):
        History(paths).save(session(number))
    return paths


def reading(paths: Paths, until: date = TODAY, own: frozenset[str] = NONE) -> tuple[State, int]:
    """The state, and how many sessions were opened for it."""
    fs = WatchedFileSystem()
    state = Standing(paths.standing, History(paths, fs), fs).state(CATALOGUE, own, until)
    opened = [call for call in fs.calls if call.name == "open_read" and call.path.parent == paths.history]
    return state, len(opened)


def expected(paths: Paths, until: date = TODAY, own: frozenset[str] = NONE) -> State:
    return fold(list(History(paths).all()), CATALOGUE, own_routines=own, until=until)


def hurt(record: SessionRecord) -> SessionRecord:
    return replace(record, check_in=CheckIn(before=Knees(left=7), warning_signs=("locking",)))


def test_the_second_time_only_the_newest_are_read(paths: Paths) -> None:
    assert reading(paths) == (expected(paths), 40)
    assert reading(paths) == (expected(paths), 5)


def save_ten(paths: Paths) -> None:
    for number in range(40, 50):
        History(paths).save(session(number))


CHANGES: dict[str, tuple[Callable[[Paths], object], int]] = {
    "a new session": (lambda paths: History(paths).save(hurt(session(40))), 6),
    "an answer to the newest": (lambda paths: History(paths).replace(session(39).id, hurt), 5),
    "the newest deleted": (lambda paths: History(paths).delete(session(39).id, START), 4),
    "an old one edited": (lambda paths: History(paths).replace(session(3).id, hurt), 40),
    "an old one deleted": (lambda paths: History(paths).delete(session(3).id, START), 39),
    "one logged for an old day": (lambda paths: History(paths).save(hurt(session(-1, id="f" * 16))), 41),
    "many new ones": (save_ten, 50),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_happens_to_the_history_the_state_is_that_of_all(paths: Paths, name: str) -> None:
    change, opened = CHANGES[name]
    reading(paths)
    change(paths)
    assert reading(paths) == (expected(paths), opened)


def test_an_old_one_edited_in_place_is_seen(paths: Paths) -> None:
    reading(paths)
    path = paths.history / name_of(session(3))
    path.write_bytes(path.read_bytes().replace(b'"left": 2', b'"left":  9'))
    assert reading(paths) == (expected(paths), 40)


def test_a_day_that_comes_brings_its_sessions(paths: Paths) -> None:
    """A clock that was wrong has left records of days to come."""
    early = START.date() + timedelta(days=20)
    assert reading(paths, early)[0] == expected(paths, early)
    assert reading(paths) == (expected(paths), 40)
    assert reading(paths, early) == (expected(paths, early), 40)


def test_another_routine_of_ones_own_changes_what_counts(paths: Paths) -> None:
    own = frozenset({"prehab"})
    assert reading(paths)[0] != reading(paths, own=own)[0]
    assert reading(paths, own=own) == (expected(paths, own=own), 5)


@pytest.mark.parametrize("damage", [b"", b"0\n[]", b"x", None])
def test_a_damaged_cache_costs_only_time(paths: Paths, damage: bytes | None) -> None:
    reading(paths)
    data = bytearray(paths.standing.read_bytes())
    data[-9] ^= 1
    paths.standing.write_bytes(data if damage is None else damage)
    assert reading(paths) == (expected(paths), 40)
    assert reading(paths)[1] == 5


def test_what_could_not_be_read_is_tried_again(paths: Paths) -> None:
    path = paths.history / name_of(session(3))
    good = path.read_bytes()
    path.write_bytes(b"{")
    reading(paths)
    assert not paths.standing.exists()
    path.write_bytes(good)
    assert reading(paths)[0] == expected(paths)
