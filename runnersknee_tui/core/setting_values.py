"""Is this a value for that setting? One answer for files, the environment, flags and the settings screen."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from runnersknee_tui.core.settings import Setting
from runnersknee_tui.core.words import control_name, cut, did_you_mean, show

LONGEST = 80
"""Characters that a text in the settings may have."""

_YES = ("true", "yes", "on", "1")
_NO = ("false", "no", "off", "0")


class SettingError(ValueError):
    """Not a value for this setting. The message says what was expected and found, and what mends it."""


def check(setting: Setting, value: object) -> Any:
    """A value as TOML gives it, checked; lists become tuples. Raises SettingError."""
    return _CHECKS[setting.kind](setting, value)


def parse(setting: Setting, text: str) -> Any:
    """A value written as bare text, as environment variables are; lists are separated by commas.

    Raises SettingError, also for tables, which have no such form.
    """
    text = text.strip()
    if setting.kind == "bool":
        return check(setting, _truth(text))
    if setting.kind in ("int", "float"):
        return check(setting, _number(text))
    if setting.kind == "list":
        return check(setting, [part.strip() for part in text.split(",") if part.strip()])
    if setting.kind == "date":
        return check(setting, _day(text))
    if setting.kind == "table":
        raise SettingError("can be set in config.toml only")
    return check(setting, text)


def _truth(text: str) -> object:
    folded = text.casefold()
    return True if folded in _YES else False if folded in _NO else text


def _number(text: str) -> object:
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text


def _day(text: str) -> object:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _bool(_: Setting, value: object) -> bool:
    if not isinstance(value, bool):
        raise SettingError(f"expected true or false, found {show(value)}{_unquote(value, _truth)}")
    return value


def _int(setting: Setting, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise SettingError(
            f"expected a whole number{_of(setting)}, found {show(value)}{_unquote(value, _number)}"
        )
    return int(_in_range(setting, value))


def _float(setting: Setting, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise SettingError(f"expected a number{_of(setting)}, found {show(value)}{_unquote(value, _number)}")
    return float(_in_range(setting, value))


def _in_range(setting: Setting, value: float) -> float:
    if not setting.lo <= value <= setting.hi:
        span = f"{setting.lo:g} to {setting.hi:g}{_unit(setting)}"
        raise SettingError(f"expected {span}, found {show(value)}")
    return value


def _text(_: Setting, value: object) -> str:
    if not isinstance(value, str):
        raise SettingError(f"expected text, found {show(value)}")
    for place, char in enumerate(value, 1):
        if name := control_name(char):
            raise SettingError(f"control characters are not allowed, found {name} at character {place}")
    if not 1 <= len(value) <= LONGEST or not value.strip():
        found = f"{len(value)}" if value.strip() else "none"
        raise SettingError(f"expected 1 to {LONGEST} characters, found {found}")
    return value


def _choice(setting: Setting, value: object) -> str:
    if not isinstance(value, str) or value not in setting.choices:
        found = f'"{cut(value)}"' if isinstance(value, str) else show(value)
        near = did_you_mean(value, setting.choices) if isinstance(value, str) else ""
        raise SettingError(
            f"expected one of {', '.join(setting.choices)}; found {found}{near and '.' + near}"
        )
    return value


def _list(setting: Setting, value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)):
        fix = f'. Use brackets: ["{cut(value)}"]' if isinstance(value, str) else ""
        raise SettingError(f"expected a list, found {show(value)}{fix}")
    entry = _choice if setting.choices else _text
    return tuple(dict.fromkeys(entry(setting, one) for one in value))


def _date(_: Setting, value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise SettingError(f"expected a date such as 2026-03-29, found {show(value)}{_unquote(value, _day)}")
    return value


def _table(setting: Setting, value: object) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise SettingError(f"expected a table, [{setting.key}], found {show(value)}")
    for name, keys in value.items():
        if not isinstance(keys, str):
            raise SettingError(f"{cut(name)}: expected text, found {show(keys)}")
        _text(setting, keys)
    bound = Counter(key.strip() for keys in value.values() for key in keys.split(","))
    for key, times in bound.items():
        if times > 1:
            names = [cut(name) for name, keys in value.items() if key in map(str.strip, keys.split(","))]
            raise SettingError(f'"{cut(key)}" is bound to both {" and ".join(names)}; the defaults are used')
    return dict(value)


def _unquote(value: object, read: Any) -> str:
    """What to do about a text that holds the right thing."""
    return ". Remove the quotes" if isinstance(value, str) and not isinstance(read(value), str) else ""


def _of(setting: Setting) -> str:
    return {"s": " of seconds", "min": " of minutes"}.get(setting.unit, "")


def _unit(setting: Setting) -> str:
    return f" {setting.unit}" if setting.unit in ("s", "min") else ""


_CHECKS = {
    "bool": _bool,
    "int": _int,
    "float": _float,
    "text": _text,
    "choice": _choice,
    "list": _list,
    "date": _date,
    "table": _table,
}
