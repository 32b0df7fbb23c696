"""The settings in words: what each is called on the settings screen, and how its values read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from runnersknee_tui.core.model import KIT
from runnersknee_tui.core.settings import DAYS, Setting

NAMES: Mapping[str, str] = {
    "programme": "Programme",
    "knee": "The knee that hurts",
    "minutes": "Time for a session",
    "training_days": "Training days",
    "easy_days": "Easy days",
    "kit": "Kit at hand",
    "pain_line": "Pain line",
    "units": "Units",
    "pace": "Pace",
    "wait_for_me": "Wait for me",
    "first_get_ready_s": "Get ready, first set",
    "get_ready_s": "Get ready, other sets",
    "rest_scale": "Length of rests",
    "sound": "Sound",
    "volume": "Volume",
    "cues": "Moments that sound",
    "primer": "Wake the loudspeaker",
    "voice": "Voice",
    "picture": "Pictures",
    "animation": "Animation",
    "flash": "Flash at a change",
    "theme": "Theme",
    "keep_awake": "Keep the screen on",
    "terminal_progress": "Progress in the tab",
    "keymap": "Keys",
}
"""By key; every setting that has a row."""

_VALUES: Mapping[str, Mapping[str, str]] = {
    "programme": {"rehab": "rehab (article A)", "prehab": "prehab (article B)"},
    "knee": {"none": "neither", "both": "both"},
    "pain_line": {"evidence": "mild pain accepted", "pain-free": "pain-free only"},
    "units": {"metric": "cm, kg", "imperial": "in, lb"},
    "pace": {"guided": "guided by the clock", "self": "a key ends each repetition"},
    "wait_for_me": {"after_rest": "after every rest", "every_set": "before every set"},
    "sound": {"auto": "best player found", "bell": "terminal bell only"},
    "picture": {"half": "half blocks", "quadrant": "quarter blocks"},
    "voice": {"full": "full sentences"},
    "training_days": {day: day.capitalize() for day in DAYS},
    "easy_days": {day: day.capitalize() for day in DAYS},
    "kit": KIT,
}
"""By key, the values that read better in other words than their own."""


def choice_words(setting: Setting, choice: str) -> str:
    """One of a setting's choices."""
    return _VALUES.get(setting.key, {}).get(choice, choice)


def value_words(setting: Setting, value: Any) -> str:
    """A value as the screen shows it: "20 min", "Mon, Wed, Fri", "on"."""
    if value is None:
        return "not set"
    if setting.kind == "bool":
        return "on" if value else "off"
    if setting.kind == "int":
        return f"{value} {setting.unit}".strip() if setting.unit != "%" else f"{value} %"
    if setting.kind == "float":
        return "as planned" if value == 1 else f"{value:g} times as planned"
    if setting.kind == "list":
        if not value:
            return "none"
        if setting.choices and len(value) == len(setting.choices):
            return {"training_days": "every day"}.get(setting.key, "all")
        return ", ".join(choice_words(setting, one) for one in value)
    if setting.kind == "table":
        return f"{len(value)} of your own" if value else "as they come"
    return choice_words(setting, str(value))


def range_words(setting: Setting) -> str:
    """What a number may be: "5 to 120 min"; empty for what is no number."""
    if setting.kind not in ("int", "float"):
        return ""
    return f"{setting.lo:g} to {setting.hi:g} {setting.unit}".rstrip()


def toml_words(setting: Setting, value: Any) -> str:
    """The line of config.toml that says the same."""
    import tomli_w

    if value is None:
        return f'{setting.key} = "{setting.choices[0]}"' if setting.choices else setting.key
    plain = dict(value) if isinstance(value, Mapping) else list(value) if isinstance(value, tuple) else value
    if setting.kind == "table":
        return f"[{setting.key}]"
    text = tomli_w.dumps({setting.key: plain})
    return " ".join(text.split()).replace("[ ", "[").replace(", ]", "]")
