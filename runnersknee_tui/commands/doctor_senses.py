"""`doctor`: how pictures are drawn, and what can sound, speak and keep the screen on."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from runnersknee_tui.commands.doctor_findings import BAD, GOOD, ODD, Finding
from runnersknee_tui.commands.doctor_places import stderr_encoding
from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.core.cue import CueKind
from runnersknee_tui.workspace import Workspace

BELL = "Until then the terminal's bell stands in."

_MODES = {
    "quadrant": "quadrant blocks, four points a cell",
    "half": "half blocks, two points a cell",
    "braille": "braille dots, without colours",
    "ascii": "plain characters",
}


def picture(workspace: Workspace) -> Iterator[Finding]:
    from runnersknee_tui.cues.terminal import knows_progress, knows_title, picture_mode

    env, values = workspace.env, workspace.settings.values
    mode = picture_mode(values.picture, env, stderr_encoding())
    yield Finding(GOOD, "picture", f"{_MODES.get(mode, mode)} (setting picture = {values.picture})")
    yield colours(env)
    yield Finding(GOOD, "theme", values.theme)
    yield Finding(
        GOOD, "title", "the terminal's title tells the time left" if knows_title(env) else "none to set"
    )
    if values.terminal_progress == "off":
        progress = "off in your settings"
    else:
        progress = "shown in the tab or task bar" if knows_progress(env) else "not known to this terminal"
    yield Finding(GOOD, "progress", progress)


def colours(env: Mapping[str, str]) -> Finding:
    """How many colours the terminal says it has."""
    if env.get("NO_COLOR"):
        return Finding(GOOD, "colours", "none, as NO_COLOR asks")
    if env.get("COLORTERM", "").lower() in ("truecolor", "24bit") or "WT_SESSION" in env:
        return Finding(GOOD, "colours", "16 million")
    term = env.get("TERM", "")
    if "256color" in term:
        hint = "If your terminal can do more, set COLORTERM=truecolor."
        return Finding(GOOD, "colours", "256", hint)
    return Finding(GOOD, "colours", "16" if term not in ("", "dumb") else "not told")


# --- sound ---------------------------------------------------------------------------------------------------


def sound(workspace: Workspace) -> Iterator[Finding]:
    """What would play a cue, without playing one."""
    yield from _players(workspace)
    yield Finding(GOOD, "heard", "not tried", "runnersknee doctor --sound plays one.")


def _players(workspace: Workspace) -> Iterator[Finding]:
    from runnersknee_tui.cues.players import candidates, find_players, is_remote

    values = workspace.settings.values
    yield _sounds()
    if values.sound == "off":
        yield Finding(GOOD, "sound", "off in your settings")
        return
    yield Finding(
        GOOD, "volume", f"{values.volume} %", "Nothing can be heard at 0." if not values.volume else ""
    )
    if values.sound == "bell":
        yield Finding(GOOD, "player", "the terminal's bell, as your settings ask")
        return
    if is_remote(workspace.env):
        mend = "PULSE_SERVER can lead the sound to the computer you sit at."
        yield Finding(ODD, "player", "the terminal's bell: this is a remote session", mend)
        return
    players = find_players()
    if players:
        yield Finding(
            GOOD, "player", f"{', '.join(_name(player.name) for player in players)}, the best first"
        )
    else:
        wanted = ", ".join(player.name for player in candidates())
        yield Finding(ODD, "player", f"none of {wanted} is installed", f"Install one of them. {BELL}")


def sound_check(workspace: Workspace) -> Iterator[Finding]:
    """The same, and aloud."""
    from runnersknee_tui.cues import check
    from runnersknee_tui.cues.players import find_players
    from runnersknee_tui.cues.wav import Levels

    yield from _players(workspace)
    volume = workspace.settings.values.volume
    file = Levels(workspace.paths.cache, volume).path(_go())
    for tried in check.sound_check(file, find_players()):
        mend = (
            "Heard nothing? Look at the computer's volume." if tried.works else f"Is a device there? {BELL}"
        )
        yield Finding(GOOD if tried.works else ODD, "heard", f"{_name(tried.name)}: {tried.detail}", mend)


def _go() -> Path:
    return assets_dir() / "sounds" / f"{CueKind.GO}.wav"


def _sounds() -> Finding:
    """Whether the sounds of the app are there."""
    folder = assets_dir() / "sounds"
    if _go().is_file():
        return Finding(GOOD, "sounds", f"{len(list(folder.glob('*.wav')))} in {folder}")
    return Finding(BAD, "sounds", f"none in {folder}", "Install the app again.")


def _name(name: str) -> str:
    return Path(name).name


# --- voice and screen ----------------------------------------------------------------------------------------


def voice(workspace: Workspace) -> Iterator[Finding]:
    from runnersknee_tui.cues.engines import engine_program, find_engine

    wanted = workspace.settings.values.voice
    yield Finding(GOOD, "voice", "off in your settings" if wanted == "off" else f"says {wanted}")
    engine = find_engine()
    if engine is not None:
        yield Finding(GOOD, "engine", f"{engine.name}, voice {engine.voice}")
        return
    missing = f"{engine_program()} is not installed"
    if wanted == "off":
        yield Finding(GOOD, "engine", f"{missing}; only the voice would need it")
    else:
        yield Finding(ODD, "engine", missing, "Install it, or set voice to off. Cues sound all the same.")


def awake(workspace: Workspace) -> Iterator[Finding]:
    if not workspace.settings.values.keep_awake:
        yield Finding(GOOD, "keep awake", "off in your settings")
    elif workspace.env.get("SSH_CONNECTION"):
        found = "the screen may go dark: this is a remote session"
        yield Finding(ODD, "keep awake", found, "Set the computer you sit at to keep its screen on.")
    elif sys.platform == "linux" and not workspace.env.get("DBUS_SESSION_BUS_ADDRESS"):
        found = "the screen may go dark: no desktop is there to ask (DBUS_SESSION_BUS_ADDRESS is not set)"
        yield Finding(ODD, "keep awake", found, "Keep the screen on in the desktop's own settings.")
    else:
        yield Finding(GOOD, "keep awake", "the desktop is asked to keep the screen on in a session")
