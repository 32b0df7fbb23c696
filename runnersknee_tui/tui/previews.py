"""What a setting sounds like: the sound check and a spoken sentence. Both block, so they are for a worker."""

from __future__ import annotations

from pathlib import Path

from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.core.cue import CueKind
from runnersknee_tui.core.settings import UserSettings
from runnersknee_tui.cues.check import sound_check
from runnersknee_tui.cues.engines import Engine
from runnersknee_tui.cues.players import Player
from runnersknee_tui.cues.voice import CALL_S, Voice
from runnersknee_tui.cues.wav import Levels

SENTENCE = {
    "names": "Clamshell, left side.",
    "full": "Next: clamshell, left leg on top. Lie on your right side, facing the screen.",
}
"""By setting of the voice, what it says to be heard."""
BELL = "bell"
"""What `try_sound` returns in place of words where the terminal's bell is to ring."""


def try_sound(values: UserSettings, players: tuple[Player, ...], why_none: str, cache: Path) -> str:
    """Play the signal for the start of work, and tell what came of it; `BELL` where the terminal has to do it."""
    if values.sound == "off":
        return "Sound is off. Choose another value to hear something."
    if values.volume == 0:
        return "The volume is 0: nothing to hear."
    if values.sound == "bell" or not players:
        return BELL
    file = Levels(cache, values.volume).path(assets_dir() / "sounds" / f"{CueKind.GO}.wav")
    checks = sound_check(file, players)
    worked = next((check for check in checks if check.works), None)
    if worked is not None:
        return f"Played with {worked.name}. Heard nothing? Look at the volume of the computer."
    said = "; ".join(f"{check.name} {check.detail}" for check in checks)
    return f"No sound: {said or why_none}. A session will use the terminal bell."


def try_voice(
    values: UserSettings, engine: Engine | None, players: tuple[Player, ...], why_none: str, cache: Path
) -> str:
    """Say a sentence as a session would, and tell what came of it."""
    if values.voice == "off":
        return "The voice is off. Choose names or full sentences to hear it."
    voice = Voice(engine, cache, Levels(cache, values.volume))
    try:
        sentence = SENTENCE[values.voice]
        voice.prepare([sentence])
        voice.wait(CALL_S + 1)
        clip = voice.clip(sentence)
        if clip is None:
            note = voice.note or "voice: nothing was rendered"
            return f"{note[0].upper()}{note[1:]}."
        if not players:
            return f"The voice is ready, but there is no player for it: {why_none}."
        checks = sound_check(clip.path, players, clip.seconds + CALL_S)
    finally:
        voice.close()
    if any(check.works for check in checks):
        return f'Said: "{sentence}"'
    return "No sound: " + "; ".join(f"{check.name} {check.detail}" for check in checks) + "."
