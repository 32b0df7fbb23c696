"""Files that a person makes in the app: written so that they can be read, never over what a hand wrote."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runnersknee_tui.store import own_files as own
from runnersknee_tui.store.durable import SaveError
from runnersknee_tui.store.history import History
from runnersknee_tui.store.paths import Paths

NOW = datetime(2026, 3, 29, 6, 45, tzinfo=UTC)
TABLE = {
    "title": "Lunch",
    "purpose": 'a "quiet" hour \\ [b]',
    "exercises": [{"id": "glute-bridge", "sets": 2}, {"id": "plank", "hold_s": 12.5}],
}
BY_HAND = b'# my notes\ntitle = "Lunch"\n[[exercises]]\nid = "plank"\n'


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path)


def trash(paths: Paths) -> list[bytes]:
    return [path.read_bytes() for path in sorted(paths.trash.iterdir())] if paths.trash.exists() else []


def test_a_file_is_blocks_as_people_write_them(paths: Paths) -> None:
    data = own.save_own(paths, "routines", "lunch", TABLE, NOW)
    text = data.decode()
    assert text.startswith(own.MARK)
    assert text.count("[[exercises]]") == 2
    assert (paths.routines / "lunch.toml").read_bytes() == data
    assert tomllib.loads(text) == TABLE
    assert own.is_ours(data)


@pytest.mark.parametrize("added", [b"# a thought\n", b"\n", b"order = 3 # first\n"])
def test_a_file_of_ours_that_a_hand_touched_is_no_longer_ours(added: bytes) -> None:
    assert not own.is_ours(own.render(TABLE) + added)
    assert not own.is_ours(own.MARK.encode() + b"title = \xff")
    assert not own.is_ours(own.MARK.encode() + b"title")


def test_what_a_hand_wrote_is_replaced_only_when_asked_and_then_kept(paths: Paths) -> None:
    paths.routines.mkdir(parents=True)
    file = paths.routines / "lunch.toml"
    file.write_bytes(BY_HAND)
    with pytest.raises(own.InTheWayError, match="written by hand, and comments"):
        own.save_own(paths, "routines", "lunch", TABLE, NOW, known=BY_HAND)
    assert file.read_bytes() == BY_HAND
    assert trash(paths) == []
    data = own.save_own(paths, "routines", "lunch", TABLE, NOW, known=BY_HAND, over_others=True)
    assert file.read_bytes() == data
    assert trash(paths) == [BY_HAND]


def test_our_own_file_is_written_again_without_a_question(paths: Paths) -> None:
    first = own.save_own(paths, "routines", "lunch", TABLE, NOW)
    second = own.save_own(paths, "routines", "lunch", {**TABLE, "title": "Dinner"}, NOW, known=first)
    assert own.read_own(paths, "routines", "lunch") == second
    assert trash(paths) == []


def test_a_file_that_changed_since_it_was_read_is_in_the_way(paths: Paths) -> None:
    first = own.save_own(paths, "routines", "lunch", TABLE, NOW)
    own.save_own(paths, "routines", "lunch", {**TABLE, "title": "Other window"}, NOW, known=first)
    with pytest.raises(own.InTheWayError, match="changed meanwhile"):
        own.save_own(paths, "routines", "lunch", TABLE, NOW, known=first)
    with pytest.raises(own.InTheWayError, match="with this name already"):
        own.save_own(paths, "routines", "lunch", TABLE, NOW)


def test_what_is_removed_can_be_brought_back(paths: Paths) -> None:
    data = own.save_own(paths, "exercises", "wall-sit", {"name": "Wall sit", "hold_s": 30}, NOW)
    thrown = own.remove_own(paths, "exercises", "wall-sit", NOW)
    assert own.read_own(paths, "exercises", "wall-sit") is None
    assert trash(paths) == [data]
    own.take_back(paths, thrown)
    assert own.read_own(paths, "exercises", "wall-sit") == data
    assert trash(paths) == []


def test_bringing_back_replaces_nothing(paths: Paths) -> None:
    own.save_own(paths, "routines", "lunch", TABLE, NOW)
    thrown = own.remove_own(paths, "routines", "lunch", NOW)
    newer = own.save_own(paths, "routines", "lunch", {"title": "New", "exercises": []}, NOW)
    with pytest.raises(SaveError, match="something else has that name"):
        own.take_back(paths, thrown)
    assert own.read_own(paths, "routines", "lunch") == newer


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values: st.SearchStrategy[Any] = st.recursive(
    words | st.integers(-(10**12), 10**12) | st.booleans() | st.floats(0, 1e6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(words, values, max_size=4))
def test_any_table_is_read_back_as_it_was(table: dict[str, Any]) -> None:
    data = own.render(table)
    assert tomllib.loads(data.decode()) == table
    assert own.is_ours(data)


def test_a_deleted_file_is_gone_for_good_after_thirty_days(paths: Paths) -> None:
    own.save_own(paths, "routines", "lunch", TABLE, NOW)
    own.remove_own(paths, "routines", "lunch", NOW)
    history = History(paths)
    assert history.trashed() == ()  # no session, so nothing that the history could bring back
    assert history.purge(NOW + timedelta(days=30)) == 0
    assert len(trash(paths)) == 1
    assert history.purge(NOW + timedelta(days=30, seconds=1)) == 1
    assert trash(paths) == []
