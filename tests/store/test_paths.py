from __future__ import annotations

from pathlib import Path

import pytest

from runnersknee_tui.store.paths import Paths, PathsError

XDG = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in XDG:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_the_usual_places(home: Path) -> None:
    paths = Paths.default()
    assert paths == Paths(
        home / ".config/runnersknee_tui",
        home / ".local/share/runnersknee_tui",
        home / ".cache/runnersknee_tui",
        home / ".local/state/runnersknee_tui",
    )
    assert paths.history == home / ".local/share/runnersknee_tui/history"
    assert paths.settings == home / ".local/share/runnersknee_tui/settings.toml"
    assert paths.config_file == home / ".config/runnersknee_tui/config.toml"
    assert list(home.iterdir()) == []


def test_xdg_is_honoured(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "elsewhere"))
    assert Paths.default().data == home / "elsewhere/runnersknee_tui"


@pytest.mark.parametrize("value", ["", "relative/path", "."])
def test_an_empty_or_relative_xdg_is_ignored(home: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    for name in XDG:
        monkeypatch.setenv(name, value)
    paths = Paths.default()
    assert paths.data == home / ".local/share/runnersknee_tui"
    assert all(path.is_absolute() for path in (paths.config, paths.data, paths.cache, paths.state))


@pytest.mark.parametrize("value", [None, "", "relative"])
def test_without_a_home_the_paths_are_absolute_or_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    assert home.is_absolute()
    if value is None:
        monkeypatch.delenv("HOME")
    else:
        monkeypatch.setenv("HOME", value)
    try:
        found = str(Paths.default().data)
    except PathsError as error:
        found = str(error)
    assert found.startswith(("no home directory found", "/"))
    assert not found.startswith("/.local")


def test_no_home_at_all_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home(*_: object) -> Path:
        raise RuntimeError("Could not determine home directory.")

    assert home.is_absolute()
    monkeypatch.setattr("platformdirs.unix.Unix.user_config_dir", property(no_home))
    with pytest.raises(PathsError, match="set HOME"):
        Paths.default()
