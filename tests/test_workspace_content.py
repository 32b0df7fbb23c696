"""The workspace reads content once, keeps it, and sees every change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runnersknee_tui.store.clock import Clock
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.workspace import Workspace
from tests.shipped import shipped

ROUTINE = 'title = "Mine"\n[[exercises]]\nid = "plank"\n'


def later(folder: Path, seconds: float = 3600, after: Path | None = None) -> Workspace:
    """A workspace whose wall clock is so far ahead: of a file's last change, or of now."""
    since = datetime.now(UTC) if after is None else datetime.fromtimestamp(after.stat().st_ctime, UTC)
    wall = since + timedelta(seconds=seconds)
    return Workspace(Paths.under(folder), clock=Clock(lambda: 0.0, lambda: wall, None))


def test_settled_content_is_kept_and_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert later(tmp_path).loaded.catalogue == shipped()
    assert later(tmp_path).paths.content.is_file()
    monkeypatch.setattr("runnersknee_tui.content.loader.load_catalogue", None)
    assert later(tmp_path).loaded.catalogue == shipped()


def test_content_that_is_being_changed_is_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "config" / "routines" / "mine.toml"
    file.parent.mkdir(parents=True)
    file.write_text(ROUTINE, encoding="utf-8")
    assert "mine" in later(tmp_path, 1, after=file).catalogue.routines
    assert not later(tmp_path).paths.content.exists()


def test_a_change_is_seen(tmp_path: Path) -> None:
    assert "mine" not in later(tmp_path).catalogue.routines
    file = tmp_path / "config" / "routines" / "mine.toml"
    file.parent.mkdir(parents=True)
    file.write_text(ROUTINE, encoding="utf-8")
    assert "mine" in later(tmp_path).catalogue.routines
    file.write_text("title = 3\n", encoding="utf-8")
    changed = later(tmp_path).loaded
    assert "mine" not in changed.catalogue.routines
    assert changed.problems
    assert later(tmp_path).loaded == changed
