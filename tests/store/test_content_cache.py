"""The catalogue as it was last read: used only where it is whole and fits, and never in the way."""

from __future__ import annotations

import os
import pickle
import zlib
from pathlib import Path

import pytest

from runnersknee_tui.core.problem import Problem
from runnersknee_tui.store.content_cache import ContentCache
from runnersknee_tui.store.filesystem import RealFileSystem
from tests.shipped import shipped

STAMP = ("0.1.0", ("plank.toml", 1, 2, 3))
PROBLEMS = (Problem("routines/a.toml", 3, "exercises", "expected …"),)


@pytest.fixture
def cache(tmp_path: Path) -> ContentCache:
    return ContentCache(tmp_path / "cache" / "content.pickle", RealFileSystem())


def path_of(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "content.pickle"


def test_what_was_kept_comes_back(cache: ContentCache) -> None:
    assert cache.get(STAMP) is None
    cache.put(STAMP, shipped(), PROBLEMS)
    assert cache.get(STAMP) == (shipped(), PROBLEMS)


def test_another_stamp_gets_nothing(cache: ContentCache) -> None:
    cache.put(STAMP, shipped(), PROBLEMS)
    assert cache.get(("0.1.0", ("plank.toml", 1, 2, 4))) is None


def test_a_damaged_file_is_as_good_as_none(cache: ContentCache, tmp_path: Path) -> None:
    cache.put(STAMP, shipped(), ())
    whole = path_of(tmp_path).read_bytes()
    flipped = bytes([*whole[:5000], whole[5000] ^ 1, *whole[5001:]])
    for data in (b"", b"\0\0", whole[:4], whole[:-1], flipped, b"x" + whole, bytes(len(whole))):
        path_of(tmp_path).write_bytes(data)
        assert cache.get(STAMP) is None


class Harm:
    """A pickle of this would run a command."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("exit 1",)


@pytest.mark.parametrize(
    "inside",
    [Harm(), (STAMP, Harm(), ()), Path("x"), (STAMP,), None],
    ids=["harm", "harm inside", "another type", "too short", "nothing"],
)
def test_nothing_but_a_catalogue_comes_out(inside: object, cache: ContentCache, tmp_path: Path) -> None:
    data = pickle.dumps(inside)
    path_of(tmp_path).parent.mkdir()
    path_of(tmp_path).write_bytes(zlib.crc32(data).to_bytes(4) + data)
    assert cache.get(STAMP) is None


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be", encoding="utf-8")
    cache = ContentCache(path_of(tmp_path), RealFileSystem())
    cache.put(STAMP, shipped(), ())
    assert cache.get(STAMP) is None
