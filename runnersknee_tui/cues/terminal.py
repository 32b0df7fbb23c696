"""What a terminal can be told around the screen: its title and a progress mark; and what it can draw.

Pure functions: they return the escape sequences, and whoever holds the terminal writes them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

ESC, BEL, ST = "\x1b", "\x07", "\x1b\\"
TITLE_LENGTH = 80
NORMAL, PAUSED = 1, 4
"""States of OSC 9;4 as ConEmu defined them, https://conemu.github.io/en/AnsiEscapeCodes.html."""


def clean(text: str) -> str:
    """`text` without anything a terminal could take for a command: one line, at most `TITLE_LENGTH` long."""
    line = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    return re.sub(r" +", " ", line).strip()[:TITLE_LENGTH]


def title(text: str) -> str:
    """The sequence that sets the window's title (OSC 0); an empty text gives it back to the shell."""
    return f"{ESC}]0;{clean(text)}{BEL}"


def progress(percent: float, *, paused: bool = False) -> str:
    """The sequence that shows 0-100 % in the tab or the task bar (OSC 9;4). Only where `knows_progress`."""
    # ended by ST: some terminals on VTE take no BEL here
    return f"{ESC}]9;4;{PAUSED if paused else NORMAL};{round(max(0.0, min(100.0, percent)))}{ST}"


def no_progress() -> str:
    """The sequence that takes the progress mark away again."""
    return f"{ESC}]9;4;0;0{ST}"


def knows_title(env: Mapping[str, str]) -> bool:
    """Whether the terminal has a title to set."""
    return env.get("TERM", "") not in ("", "dumb", "linux", "vt100", "vt220") or "WT_SESSION" in env


def knows_progress(env: Mapping[str, str]) -> bool:
    """Whether the terminal is known to take OSC 9;4. To others OSC 9 means a notification, so never guess.

    Inside tmux, screen and zellij the variables are those of the terminal around, which never sees the sequence.
    """
    if {"TMUX", "STY", "ZELLIJ"} & set(env) or env.get("TERM", "").startswith(("tmux", "screen")):
        return False
    version = _version(env.get("TERM_PROGRAM_VERSION", ""))
    match env.get("TERM_PROGRAM", ""):
        case "iTerm.app":
            return version >= (3, 6, 6)  # the first release with it; older ones show a notification
        case "WezTerm" | "ghostty":
            return True
    if _version(env.get("VTE_VERSION", "")) >= (7900,):  # 0.79, as VTE counts
        return True
    return env.get("ConEmuANSI") == "ON" or any(
        name in env for name in ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION")
    )


def picture_mode(setting: str, env: Mapping[str, str], encoding: str) -> str:
    """How figures are drawn: the setting `picture`, or for "auto" the best this terminal is sure to show.

    "quadrant" where block elements and colours are there; "half" for fonts that lack the quadrants (the Linux
    console, the old console of Windows); "braille" without colours; "ascii" where the encoding is not UTF-8.
    """
    if setting != "auto":
        return setting
    if encoding.lower().replace("-", "").replace("_", "") != "utf8" or env.get("TERM") == "dumb":
        return "ascii"
    if env.get("NO_COLOR") or env.get("TERM", "").startswith("vt"):
        return "braille"
    old_windows = env.get("OS") == "Windows_NT" and not ("WT_SESSION" in env or "TERM_PROGRAM" in env)
    return "half" if env.get("TERM") == "linux" or old_windows else "quadrant"


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])
