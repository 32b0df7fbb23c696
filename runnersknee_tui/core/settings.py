"""Every setting there is: its key, type, default and what it does. Data only; `store.settings` reads and writes.

One list serves the loader, the settings screen, `doctor` and the TOML reference in docs/.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from runnersknee_tui.core.model import KIT

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of config.toml and settings.toml.

    `kind` is "bool", "int", "float", "text", "choice", "list" (of `choices`, or of text), "date" or "table".
    `lo` and `hi` bound numbers, both included. `group` is its heading on the settings screen; settings with
    the group "" are kept by the app itself and have no row there.
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


SETTINGS: tuple[Setting, ...] = (
    Setting("programme", "choice", "rehab", "Which plan Home follows.", "Plan", ("rehab", "prehab")),
    Setting("knee", "choice", None, "The knee that hurts; its side goes first.", "Plan", ("left", "right", "both", "none")),
    Setting("minutes", "int", 20, "How long a session may take.", "Plan", lo=5, hi=120, unit="min"),
    Setting("training_days", "list", DAYS, "The days you want to train.", "Plan", DAYS),
    Setting("easy_days", "list", (), "Days with an easy run or rest, preferred for prehab.", "Plan", DAYS),
    Setting("kit", "list", tuple(KIT), "What you have at hand.", "Plan", tuple(KIT)),
    Setting("pain_line", "choice", "evidence", "Mild pain accepted (evidence) or pain-free only (the articles).", "Plan", ("evidence", "pain-free")),
    Setting("units", "choice", "metric", "Lengths and weights.", "Plan", ("metric", "imperial")),
    Setting("pace", "choice", "guided", "Guided by the clock, or a key ends each repetition.", "Session", ("guided", "self")),
    Setting("wait_for_me", "choice", "never", "Wait for any key before going on.", "Session", ("never", "after_rest", "every_set")),
    Setting("first_get_ready_s", "int", 15, "Time to get down before the first set.", "Session", lo=3, hi=60, unit="s"),
    Setting("get_ready_s", "int", 5, "Countdown before every other set.", "Session", lo=3, hi=30, unit="s"),
    Setting("rest_scale", "float", 1.0, "Rests as long as planned (1), longer or shorter.", "Session", lo=0.5, hi=3.0, unit="x"),
    Setting("sound", "choice", "auto", "Cue sounds: best player found, terminal bell only, or none.", "Sound", ("auto", "bell", "off")),
    Setting("volume", "int", 80, "Loudness of the cue sounds.", "Sound", lo=0, hi=100, unit="%"),
    Setting("cues", "list", ("countdown", "reps", "holds", "rests"), "Which moments make a sound.", "Sound", ("countdown", "reps", "holds", "rests", "ticks")),
    Setting("primer", "bool", True, "A near-silent sound that wakes sleepy loudspeakers.", "Sound"),
    Setting("voice", "choice", "off", "Spoken cues: none, names, or full sentences.", "Sound", ("off", "names", "full")),
    Setting("picture", "choice", "auto", "How figures and big letters are drawn.", "Screen", ("auto", "quadrant", "half", "braille", "ascii")),
    Setting("animation", "choice", "full", "How much the figures move.", "Screen", ("full", "low", "off")),
    Setting("flash", "bool", False, "A short flash of the screen when the phase changes.", "Screen"),
    Setting("theme", "text", "runnersknee", "Colours of the app.", "Screen"),
    Setting("keep_awake", "bool", True, "Keep the screen on during a session.", "Screen"),
    Setting("terminal_progress", "choice", "auto", "Progress in the terminal's tab or task bar.", "Screen", ("auto", "off")),
    Setting("keymap", "table", {}, "Your own keys, by the id of the action.", "Screen"),
    Setting("first_run_done", "bool", False, "The first-run questions were answered or skipped.", ""),
    Setting("signs_asked_on", "date", None, "When the warning signs were last asked.", ""),
    Setting("signs_ticked", "list", (), "The signs that were ticked then.", ""),
    Setting("cleared_on", "date", None, "When a clinician cleared you, as you entered it.", ""),
    Setting("active", "list", None, "The exercises you work on now; none set: the programme's own start.", ""),
    Setting("unlocked", "list", (), "Exercises you unlocked by hand.", ""),
    Setting("breaks", "list", (), "Declared breaks, each \"from/to\" as dates.", ""),
    Setting("weekly", "list", (), "Weekly answers, newest last.", ""),
)  # fmt: skip
"""In the order of the settings screen."""
