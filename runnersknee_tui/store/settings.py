"""Settings from flags, the environment, the user's config.toml and the app's settings.toml, in this order.

A value that is wrong is said and passed over: the next place that has the key is asked. config.toml belongs to
its owner and is only ever read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from runnersknee_tui.core.problem import Problem
from runnersknee_tui.core.setting_values import SettingError, check, parse
from runnersknee_tui.core.settings import SETTINGS, UserSettings
from runnersknee_tui.core.toml_text import LIMIT
from runnersknee_tui.core.toml_text import parse as parse_toml
from runnersknee_tui.core.words import cut, did_you_mean
from runnersknee_tui.store.filesystem import FileSystem, RealFileSystem, read_file
from runnersknee_tui.store.paths import Paths

PREFIX = "RUNNERSKNEE_"
"""Before a key in capitals, the name of its environment variable."""

Origin = Literal["flag", "environment", "config.toml", "settings.toml", "default"]

_BY_KEY = {setting.key: setting for setting in SETTINGS}


class Settings(Struct, frozen=True):
    """What holds now, where each value comes from, and what was wrong on the way."""

    values: UserSettings
    origins: Mapping[str, Origin]
    problems: tuple[Problem, ...] = ()

    def origin(self, key: str) -> Origin:
        """Where the value of a setting comes from. Raises KeyError for a key that is none."""
        return self.origins.get(_BY_KEY[key].key, "default")


def load_settings(
    paths: Paths,
    fs: FileSystem | None = None,
    *,
    env: Mapping[str, str] | None = None,
    flags: Mapping[str, Any] | None = None,
) -> Settings:
    """The settings as they are now; `flags` that are None were not given. Raises nothing."""
    fs = fs or RealFileSystem()
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    problems: list[Problem] = []
    places: tuple[tuple[Origin, tuple[dict[str, Any], list[Problem]]], ...] = (
        ("settings.toml", _from_file(fs, paths.settings, "note")),
        ("config.toml", _from_file(fs, paths.config_file, "error")),
        ("environment", _from_environment(env or {})),
        ("flag", _from_flags(flags or {})),
    )
    for origin, (found, wrong) in places:
        values.update(found)
        origins.update(dict.fromkeys(found, origin))
        problems.extend(wrong)
    return Settings(UserSettings(**values), origins, tuple(problems))


def save_settings(
    paths: Paths, changes: Mapping[str, Any], now: datetime, fs: FileSystem | None = None
) -> None:
    """Writes `changes` to settings.toml; None takes a key out. Keys of other versions stay.

    A settings.toml that cannot be understood goes to the quarantine, stamped with `now` (aware), and a new one
    is begun. Raises KeyError for a key that is none, SettingError for a wrong value, OSError where the present
    file cannot be read, so that nothing unread is written over, and SaveError.
    """
    import tomli_w

    # Reading settings, which every command does, needs none of these.
    from runnersknee_tui.store.durable import write_file
    from runnersknee_tui.store.lock import exclusive

    settings = {key: _BY_KEY[key] for key in changes}
    checked = {key: None if value is None else check(settings[key], value) for key, value in changes.items()}
    fs = fs or RealFileSystem()
    with exclusive(fs, paths.lock):
        table = _present(paths, fs, now)
        for key, value in checked.items():
            if value is None:
                table.pop(key, None)
            else:
                table[key] = list(value) if isinstance(value, tuple) else value
        data = tomli_w.dumps(table).encode()
        write_file(fs, paths.settings, data, verify=lambda data: _verify(data, table))


def changed(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """The settings as they will be read when `save_settings` has written these changes.

    Raises KeyError for a key that is none, SettingError for a wrong value and for one that a flag, the
    environment or config.toml sets: settings.toml stands behind them.
    """
    values: dict[str, Any] = {}
    origins = dict(settings.origins)
    for key, value in changes.items():
        origin = settings.origin(key)
        if origin not in ("settings.toml", "default"):
            raise SettingError(f"{key} is set by {origin}")
        if value is None:
            values[key] = _BY_KEY[key].default
            origins.pop(key, None)
        else:
            values[key] = check(_BY_KEY[key], value)
            origins[key] = "settings.toml"
    return replace(settings, values=replace(settings.values, **values), origins=origins)


def _present(paths: Paths, fs: FileSystem, now: datetime) -> dict[str, Any]:
    try:
        data = read_file(fs, paths.settings, LIMIT)
    except FileNotFoundError:
        return {}
    table, problems = parse_toml(data, paths.settings.name)
    if table is None:
        from runnersknee_tui.store.quarantine import put_away

        put_away(paths, fs, paths.settings, "\n".join(map(str, problems)), now)
        return {}
    return table


def _verify(data: bytes, table: Mapping[str, Any]) -> None:
    if parse_toml(data, "settings.toml")[0] != table:
        raise SettingError("these settings would not be read back as they are")


def _from_file(
    fs: FileSystem, path: Path, unknown: Literal["error", "note"]
) -> tuple[dict[str, Any], list[Problem]]:
    file = path.name
    try:
        data = read_file(fs, path, LIMIT)
    except FileNotFoundError:
        return {}, [Problem(file, None, "", "its link leads nowhere")] if _is_listed(fs, path) else []
    except OSError as error:
        from runnersknee_tui.store.durable import reason

        return {}, [Problem(file, None, "", reason(error))]
    table, wrong = parse_toml(data, file)
    if table is None:
        return {}, list(wrong)
    found: dict[str, Any] = {}
    problems = list(wrong)

    def note(key: str, message: str, severity: Literal["error", "note"] = "error") -> None:
        from runnersknee_tui.core.toml_lines import Lines  # only a wrong file pays for the search

        line = Lines(data.decode("utf-8-sig")).find((key,))
        problems.append(Problem(file, line, cut(key), message, severity))

    for key, value in table.items():
        if key not in _BY_KEY:
            note(key, f"unknown key.{did_you_mean(key, _BY_KEY)}", unknown)
            continue
        try:
            found[key] = check(_BY_KEY[key], value)
        except SettingError as error:
            note(key, str(error))
    return found, problems


def _is_listed(fs: FileSystem, path: Path) -> bool:
    try:
        return path.name in fs.names(path.parent)
    except OSError:
        return False


def _from_environment(env: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    found: dict[str, Any] = {}
    problems = []
    for name in sorted(env):
        if not name.startswith(PREFIX) or not env[name].strip():
            continue
        key = name.removeprefix(PREFIX).lower()
        if key not in _BY_KEY:
            near = did_you_mean(name, [PREFIX + known.upper() for known in _BY_KEY])
            problems.append(Problem("environment", None, cut(name), f"no such setting.{near}", "note"))
            continue
        try:
            found[key] = parse(_BY_KEY[key], env[name])
        except SettingError as error:
            problems.append(Problem("environment", None, name, str(error)))
    return found, problems


def _from_flags(flags: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    found: dict[str, Any] = {}
    problems = []
    for key, value in flags.items():
        if value is None:
            continue
        try:
            found[key] = check(_BY_KEY[key], value)
        except SettingError as error:
            problems.append(Problem("command line", None, f"--{key.replace('_', '-')}", str(error)))
    return found, problems
