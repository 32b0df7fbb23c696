"""Every setting there is: its key, type, default and what it does. Data only; `store.settings` reads and writes.

One table, `UserSettings`, serves the loader, the settings screen, `doctor` and the TOML reference in docs/.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field

from runnersknee_tui.core.kit import KIT

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Setting(Struct, frozen=True):
    """One key of config.toml and settings.toml.

    `kind` is "bool", "int", "float", "text", "choice", "list" (of `choices`, or of text), "date" or "table".
    `lo` and `hi` bound numbers, both included. `group` is its heading on the settings screen; settings with
    the group "" are kept by the app itself and have no row there. A default of None means: not set.
    """

    key: str
    kind: str
    default: Any
    what: str
    group: str
    choices: tuple[str, ...] = ()
    lo: float = 0
    hi: float = 0
    unit: str = ""


def _row(
    kind: str,
    default: Any,
    what: str,
    group: str,
    choices: tuple[str, ...] = (),
    lo: float = 0,
    hi: float = 0,
    unit: str = "",
) -> Any:
    """A field of `UserSettings`. What is known about it is kept for SETTINGS, which takes its key from the field."""
    _ABOUT.append(
        {"kind": kind, "what": what, "group": group, "choices": choices, "lo": lo, "hi": hi, "unit": unit}
    )
    return field(default_factory=default.copy) if isinstance(default, dict) else field(default=default)


_ABOUT: list[dict[str, Any]] = []
"""Of each field of `UserSettings`, in their order."""


class UserSettings(Struct, frozen=True):
    """The value of every setting, checked. Built with no argument, the defaults."""

    # fmt: off
    programme: str = _row("choice", "rehab", "Which plan Home follows.", "Plan", ("rehab", "prehab"))
    knee: str | None = _row("choice", None, "The knee that hurts; its side goes first.", "Plan", ("left", "right", "both", "none"))
    minutes: int = _row("int", 20, "How long a session may take.", "Plan", lo=5, hi=120, unit="min")
    training_days: tuple[str, ...] = _row("list", DAYS, "The days you want to train.", "Plan", DAYS)
    easy_days: tuple[str, ...] = _row("list", (), "Days with an easy run or rest, preferred for prehab.", "Plan", DAYS)
    kit: tuple[str, ...] = _row("list", tuple(KIT), "What you have at hand.", "Plan", tuple(KIT))
    pain_line: str = _row("choice", "evidence", "Mild pain accepted (evidence) or pain-free only (the articles).", "Plan", ("evidence", "pain-free"))
    units: str = _row("choice", "metric", "Lengths and weights.", "Plan", ("metric", "imperial"))
    pace: str = _row("choice", "guided", "Guided by the clock, or a key ends each repetition.", "Session", ("guided", "self"))
    wait_for_me: str = _row("choice", "never", "Wait for any key before going on.", "Session", ("never", "after_rest", "every_set"))
    first_get_ready_s: int = _row("int", 15, "Time to get down before the first set.", "Session", lo=3, hi=60, unit="s")
    get_ready_s: int = _row("int", 5, "Countdown before every other set.", "Session", lo=3, hi=30, unit="s")
    rest_scale: float = _row("float", 1.0, "Rests as long as planned (1), longer or shorter.", "Session", lo=0.5, hi=3.0, unit="x")
    sound: str = _row("choice", "auto", "Cue sounds: best player found, terminal bell only, or none.", "Sound", ("auto", "bell", "off"))
    volume: int = _row("int", 80, "Loudness of the cue sounds.", "Sound", lo=0, hi=100, unit="%")
    cues: tuple[str, ...] = _row("list", ("countdown", "reps", "holds", "rests"), "Which moments make a sound.", "Sound", ("countdown", "reps", "holds", "rests", "ticks"))
    primer: bool = _row("bool", True, "A near-silent sound that wakes sleepy loudspeakers.", "Sound")
    voice: str = _row("choice", "off", "Spoken cues: none, names, or full sentences.", "Sound", ("off", "names", "full"))
    picture: str = _row("choice", "auto", "How figures and big letters are drawn.", "Screen", ("auto", "quadrant", "half", "braille", "ascii"))
    animation: str = _row("choice", "full", "How much the figures move.", "Screen", ("full", "low", "off"))
    flash: bool = _row("bool", False, "A short flash of the screen when the phase changes.", "Screen")
    theme: str = _row("text", "runnersknee", "Colours of the app.", "Screen")
    keep_awake: bool = _row("bool", True, "Keep the screen on during a session.", "Screen")
    terminal_progress: str = _row("choice", "auto", "Progress in the terminal's tab or task bar.", "Screen", ("auto", "off"))
    keymap: Mapping[str, str] = _row("table", {}, "Your own keys, by the id of the action.", "Screen")
    first_run_done: bool = _row("bool", False, "The first-run questions were answered or skipped.", "")
    signs_asked_on: date | None = _row("date", None, "When the warning signs were last asked.", "")
    signs_ticked: tuple[str, ...] = _row("list", (), "The signs that were ticked then.", "")
    cleared_on: date | None = _row("date", None, "When a clinician cleared you, as you entered it.", "")
    active: tuple[str, ...] | None = _row("list", None, "The exercises you work on now; none set: the programme's own start.", "")
    sets: tuple[str, ...] = _row("list", (), "Sets you raised, each \"exercise/dose=number\".", "")
    unlocked: tuple[str, ...] = _row("list", (), "Exercises you unlocked by hand.", "")
    breaks: tuple[str, ...] = _row("list", (), "Declared breaks, each \"from/to\" as dates.", "")
    weekly: tuple[str, ...] = _row("list", (), "Weekly answers, newest last.", "")
    # fmt: on


_DEFAULTS = UserSettings()

SETTINGS: tuple[Setting, ...] = tuple(
    Setting(key=key, default=getattr(_DEFAULTS, key), **about)
    for key, about in zip(UserSettings.__struct_fields__, _ABOUT, strict=True)
)
"""In the order of the settings screen."""
