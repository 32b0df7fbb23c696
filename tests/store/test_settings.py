from __future__ import annotations

import errno
import os
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from runnersknee_tui.core.setting_values import SettingError
from runnersknee_tui.core.settings import SETTINGS, UserSettings
from runnersknee_tui.store.durable import SaveError
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.settings import changed, load_settings, save_settings
from tests.faults.filesystems import Fault, WatchedFileSystem

NOW = datetime(2026, 3, 29, 6, 45, tzinfo=UTC)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths.under(tmp_path)
    paths.config.mkdir()
    return paths


def told(paths: Paths, text: str | bytes) -> list[str]:
    paths.config_file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [str(problem) for problem in load_settings(paths).problems]


def test_nothing_set_is_the_defaults(paths: Paths) -> None:
    settings = load_settings(paths)
    assert settings.values == UserSettings()
    assert settings.problems == ()
    assert {settings.origin(setting.key) for setting in SETTINGS} == {"default"}
    with pytest.raises(KeyError):
        settings.origin("nonsense")
    assert not paths.data.exists()


def test_flag_before_environment_before_the_user_before_the_app(paths: Paths) -> None:
    save_settings(paths, {"minutes": 30, "volume": 30, "voice": "full", "units": "imperial"}, NOW)
    paths.config_file.write_text('minutes = 40\nvolume = 40\nvoice = "names"\n')
    env = {"RUNNERSKNEE_MINUTES": "50", "RUNNERSKNEE_VOLUME": "50", "PATH": "/bin"}
    settings = load_settings(paths, env=env, flags={"minutes": 60, "volume": None})
    values = settings.values
    assert (values.minutes, values.volume, values.voice, values.units) == (60, 50, "names", "imperial")
    origins = [settings.origin(key) for key in ("minutes", "volume", "voice", "units", "pace")]
    assert origins == ["flag", "environment", "config.toml", "settings.toml", "default"]
    assert settings.problems == ()


def test_a_wrong_value_is_said_and_the_next_place_is_asked(paths: Paths) -> None:
    save_settings(paths, {"minutes": 30}, NOW)
    paths.config_file.write_text("minutes = 300\n")
    settings = load_settings(paths, env={"RUNNERSKNEE_MINUTES": "soon"}, flags={"minutes": 0})
    assert settings.values.minutes == 30
    assert settings.origin("minutes") == "settings.toml"
    assert [str(problem) for problem in settings.problems] == [
        "config.toml:1: minutes: expected 5 to 120 min, found 300",
        'environment: RUNNERSKNEE_MINUTES: expected a whole number of minutes, found the text "soon"',
        "command line: --minutes: expected 5 to 120 min, found 0",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("RUNNERSKNEE_FLASH=yes", True),
        ("RUNNERSKNEE_FLASH=0", False),
        ("RUNNERSKNEE_FLASH=TRUE", True),
        ("RUNNERSKNEE_MINUTES= 25 ", 25),
        ("RUNNERSKNEE_REST_SCALE=1.5", 1.5),
        ("RUNNERSKNEE_REST_SCALE=2", 2.0),
        ("RUNNERSKNEE_VOICE=names", "names"),
        ("RUNNERSKNEE_TRAINING_DAYS=mon, wed,fri,", ("mon", "wed", "fri")),
        ("RUNNERSKNEE_CLEARED_ON=2026-03-01", date(2026, 3, 1)),
        ("RUNNERSKNEE_THEME=textual-dark", "textual-dark"),
        ("RUNNERSKNEE_MINUTES=", 20),
    ],
)
def test_the_environment(paths: Paths, text: str, value: object) -> None:
    name, _, given = text.partition("=")
    settings = load_settings(paths, env={name: given})
    assert getattr(settings.values, name.removeprefix("RUNNERSKNEE_").lower()) == value
    assert settings.problems == ()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("RUNNERSKNEE_FLASH", "maybe", 'expected true or false, found the text "maybe"'),
        ("RUNNERSKNEE_REST_SCALE", "nan", "expected a number, found nan"),
        ("RUNNERSKNEE_MINUTES", "20.5", "expected a whole number of minutes, found 20.5"),
        ("RUNNERSKNEE_VOICE", "ful", 'expected one of off, names, full; found "ful". Did you mean full?'),
        ("RUNNERSKNEE_TRAINING_DAYS", "mon,tues", 'found "tues". Did you mean tue?'),
        (
            "RUNNERSKNEE_CLEARED_ON",
            "1.3.2026",
            'expected a date such as 2026-03-29, found the text "1.3.2026"',
        ),
        ("RUNNERSKNEE_KEYMAP", "a=b", "can be set in config.toml only"),
        ("RUNNERSKNEE_MINUTE", "20", "no such setting. Did you mean RUNNERSKNEE_MINUTES?"),
        ("RUNNERSKNEE_THEME", "\x1b[2J", "control characters are not allowed, found ESC at character 1"),
    ],
)
def test_what_the_environment_gets_wrong(paths: Paths, name: str, text: str, message: str) -> None:
    settings = load_settings(paths, env={name: text})
    (problem,) = settings.problems
    assert str(problem).startswith(f"environment: {name}: ")
    assert str(problem).endswith(message)
    assert settings.values == UserSettings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("minute = 20", "config.toml:1: minute: unknown key. Did you mean minutes?"),
        ("\nweb = 1", "config.toml:2: web: unknown key."),
        ('minutes = "20"', 'config.toml:1: minutes: expected a whole number of minutes, found the text "20". Remove the quotes'),
        ("minutes = 20.5", "config.toml:1: minutes: expected a whole number of minutes, found 20.5"),
        ("minutes = true", "config.toml:1: minutes: expected a whole number of minutes, found true"),
        ("volume = -1", "config.toml:1: volume: expected 0 to 100, found -1"),
        ("rest_scale = inf", "config.toml:1: rest_scale: expected a number, found inf"),
        ("rest_scale = 9", "config.toml:1: rest_scale: expected 0.5 to 3, found 9"),
        ('flash = "true"', 'config.toml:1: flash: expected true or false, found the text "true". Remove the quotes'),
        ("flash = 1", "config.toml:1: flash: expected true or false, found 1"),
        ('knee = "lft"', 'config.toml:1: knee: expected one of left, right, both, none; found "lft". Did you mean left?'),
        ("knee = 3", "config.toml:1: knee: expected one of left, right, both, none; found 3"),
        ('training_days = "mon"', 'config.toml:1: training_days: expected a list, found the text "mon". Use brackets: ["mon"]'),
        ("theme = 3", "config.toml:1: theme: expected text, found 3"),
        ('theme = "  "', "config.toml:1: theme: expected 1 to 80 characters, found none"),
        (f'theme = "{"x" * 81}"', "config.toml:1: theme: expected 1 to 80 characters, found 81"),
        ('theme = "\\u001b[2J"', "config.toml:1: theme: control characters are not allowed, found ESC at character 1"),
        ('cleared_on = "2026-03-29"', 'config.toml:1: cleared_on: expected a date such as 2026-03-29, found the text "2026-03-29". Remove the quotes'),
        ("cleared_on = 2026-03-29T10:00:00", "config.toml:1: cleared_on: expected a date such as 2026-03-29, found the date 2026-03-29T10:00:00"),
        ("keymap = 3", "config.toml:1: keymap: expected a table, [keymap], found 3"),
        ("[keymap]\npause = 3", "config.toml:1: keymap: pause: expected text, found 3"),
        ('[keymap]\npause = "p,space"\nback = "p"', 'config.toml:1: keymap: "p" is bound to both pause and back; the defaults are used'),
    ],
)  # fmt: skip
def test_what_a_config_gets_wrong(paths: Paths, text: str, message: str) -> None:
    (line,) = told(paths, text)
    assert line.startswith(message)
    assert load_settings(paths).values == UserSettings()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"minutes = 30 min", "config.toml:1"),
        (b"minutes: 30", "config.toml:1"),
        (b"theme = \xe9", "config.toml:1: not UTF-8"),
        ("minutes = 30".encode("utf-16"), "config.toml: looks like UTF-16"),
        (b"minutes = 2026-02-30", "config.toml:1"),
        (b"a = " + b"[" * 2000, "config.toml: nested too deeply"),
        (b"#" * (2 << 20), "config.toml: 2.1 MB; the limit is 1.0 MB"),
    ],
)
def test_a_broken_config_gives_the_defaults_and_stays(paths: Paths, data: bytes, message: str) -> None:
    (line,) = told(paths, data)
    assert line.startswith(message)
    assert load_settings(paths).values == UserSettings()
    save_settings(paths, {"minutes": 30}, NOW)
    assert paths.config_file.read_bytes() == data
    assert load_settings(paths).values.minutes == 30


def test_one_wrong_key_does_not_cost_the_others(paths: Paths) -> None:
    lines = told(paths, 'minutes = 1\nvoice = "full"\nnonsense = 2\n[keymap]\n"session.pause" = "p"\n')
    assert [line.split(": ")[0] for line in lines] == ["config.toml:1", "config.toml:3"]
    values = load_settings(paths).values
    assert (values.minutes, values.voice, values.keymap) == (20, "full", {"session.pause": "p"})


def test_a_mark_and_windows_line_ends_are_fine(paths: Paths) -> None:
    assert told(paths, b"\xef\xbb\xbfminutes = 30\r\nvolume = 3\r\n") == []
    assert load_settings(paths).values.volume == 3


def test_a_config_that_is_no_file_is_named(paths: Paths) -> None:
    os.mkfifo(paths.config_file)
    (problem,) = load_settings(paths).problems
    assert str(problem) == "config.toml: not a regular file (a named pipe)"
    paths.config_file.unlink()
    paths.config_file.symlink_to(paths.config / "gone")
    (problem,) = load_settings(paths).problems
    assert str(problem) == "config.toml: its link leads nowhere"


# --- saving ------------------------------------------------------------------------------------------------


def test_every_setting_survives_a_round_trip(paths: Paths) -> None:
    changes: dict[str, Any] = {}
    for setting in SETTINGS:
        by_kind = {
            "bool": not setting.default,
            "int": int(setting.hi),
            "float": setting.hi,
            "text": "Größe [/] \"x\" 'y'",
            "choice": setting.choices[-1] if setting.choices else "",
            "list": setting.choices[1:] or ("2026-01-01/2026-01-08", "x"),
            "date": date(2026, 3, 29),
            "table": {"session.pause": "p,space", "quit": "f10"},
        }
        changes[setting.key] = by_kind[setting.kind]
    save_settings(paths, changes, NOW)
    settings = load_settings(paths)
    assert settings.problems == ()
    assert {key: getattr(settings.values, key) for key in changes} == changes
    save_settings(paths, dict.fromkeys(changes), NOW)
    assert load_settings(paths).values == UserSettings()
    assert paths.settings.read_bytes() == b""


def test_keys_of_another_version_are_kept_and_noted(paths: Paths) -> None:
    save_settings(paths, {"minutes": 30}, NOW)
    with paths.settings.open("a") as file:
        file.write("later = [1, 2]\n")
    save_settings(paths, {"minutes": None, "volume": 10}, NOW)
    assert tomllib.loads(paths.settings.read_text()) == {"later": [1, 2], "volume": 10}
    (problem,) = load_settings(paths).problems
    assert (problem.severity, problem.key) == ("note", "later")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"minutes": 500}, SettingError),
        ({"nonsense": 1}, KeyError),
        ({"nonsense": None}, KeyError),
        ({"theme": "half \ud800"}, ValueError),
    ],
)
def test_a_wrong_change_writes_nothing(paths: Paths, changes: dict[str, Any], error: type[Exception]) -> None:
    save_settings(paths, {"volume": 10}, NOW)
    before = paths.settings.read_bytes()
    with pytest.raises(error):
        save_settings(paths, {"pace": "self", **changes}, NOW)
    assert paths.settings.read_bytes() == before


def test_a_broken_settings_file_is_put_away_and_not_written_over(paths: Paths) -> None:
    paths.data.mkdir()
    paths.settings.write_bytes(b"minutes = 30 min")
    assert load_settings(paths).values == UserSettings()
    assert len(load_settings(paths).problems) == 1
    save_settings(paths, {"volume": 10}, NOW)
    assert load_settings(paths).values.volume == 10
    kept = paths.quarantine / "20260329T064500Z_settings.toml"
    assert kept.read_bytes() == b"minutes = 30 min"
    assert "settings.toml:1" in kept.with_name(f"{kept.name}.reason.txt").read_text()


def test_a_file_that_could_not_be_read_is_not_written_over(paths: Paths) -> None:
    save_settings(paths, {"minutes": 30}, NOW)
    before = paths.settings.read_bytes()
    with pytest.raises(OSError, match="Input/output"):
        save_settings(paths, {"volume": 10}, NOW, WatchedFileSystem(None, Fault("read", 1, errno.EIO)))
    with pytest.raises(SaveError, match="disk is full"):
        save_settings(paths, {"volume": 10}, NOW, WatchedFileSystem(None, Fault("write", 1, errno.ENOSPC)))
    assert paths.settings.read_bytes() == before


def test_what_was_changed_is_what_will_be_read(paths: Paths) -> None:
    before = load_settings(paths, env={"RUNNERSKNEE_VOICE": "full"}, flags={"sound": "off"})
    changes = {"minutes": 30, "kit": ("band",), "flash": True}
    save_settings(paths, changes, NOW)
    after = changed(before, changes)
    assert after == load_settings(paths, env={"RUNNERSKNEE_VOICE": "full"}, flags={"sound": "off"})
    assert changed(after, {"minutes": None}).origin("minutes") == "default"
    for key, value in (("voice", "names"), ("sound", "auto")):
        with pytest.raises(SettingError, match="is set by"):
            changed(after, {key: value})
    with pytest.raises(SettingError, match="expected 5 to 120"):
        changed(after, {"minutes": 3})
    with pytest.raises(KeyError):
        changed(after, {"nonsense": 3})
