"""A stamp changes with anything that the catalogue is made from, and tells how fresh that is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from runnersknee_tui.content.stamp import newest, stamp

OLD_NS = 1_700_000_000_000_000_000


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    for name in ("exercises/a.toml", "routines/b.toml", "figures/c.toml"):
        path = tmp_path / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n", encoding="utf-8")
    return tmp_path / "assets"


@pytest.fixture
def user(tmp_path: Path) -> Path:
    path = tmp_path / "config" / "routines" / "mine.toml"
    path.parent.mkdir(parents=True)
    path.write_text("x = 1\n", encoding="utf-8")
    return tmp_path / "config"


def edit(assets: Path, user: Path) -> None:  # noqa: ARG001
    (user / "routines/mine.toml").write_text("x = 22\n", encoding="utf-8")


def touch(assets: Path, user: Path) -> None:  # noqa: ARG001
    os.utime(user / "routines/mine.toml", ns=(OLD_NS, OLD_NS))


def add(assets: Path, user: Path) -> None:  # noqa: ARG001
    (user / "exercises").mkdir()


def remove(assets: Path, user: Path) -> None:  # noqa: ARG001
    (user / "routines/mine.toml").unlink()


def edit_own(assets: Path, user: Path) -> None:  # noqa: ARG001
    (assets / "exercises/a.toml").write_text("x = 22\n", encoding="utf-8")


def add_figure(assets: Path, user: Path) -> None:  # noqa: ARG001
    (assets / "figures/d.toml").write_text("", encoding="utf-8")


@pytest.mark.parametrize("change", [edit, touch, add, remove, edit_own, add_figure])
def test_every_change_gives_another_stamp(
    change: Callable[[Path, Path], None], assets: Path, user: Path
) -> None:
    before = stamp(assets, user)
    assert before == stamp(assets, user)
    change(assets, user)
    assert stamp(assets, user) != before


def test_another_place_gives_another_stamp(assets: Path, user: Path, tmp_path: Path) -> None:
    assert stamp(assets, user) != stamp(assets, tmp_path)


def test_newest_is_the_latest_change(assets: Path, user: Path) -> None:
    at = newest(stamp(assets, user))
    changed = user / "routines/mine.toml"
    os.utime(changed, ns=(at + 10**9, at + 10**9))
    assert newest(stamp(assets, user)) == at + 10**9
    assert newest(()) == 0


def test_what_is_not_there_is_no_error(tmp_path: Path) -> None:
    assert stamp(tmp_path / "a", tmp_path / "b") == stamp(tmp_path / "a", tmp_path / "b")
