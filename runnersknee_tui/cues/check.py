"""Try the players one after the other, aloud: the sound check of `doctor` and of the settings."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from runnersknee_tui.cues.players import Player

PATIENCE_S = 3.0
"""How long a player may take over a sound of half a second."""
LOOK_S = 0.02


class Check(Struct, frozen=True):
    """What came of one player."""

    name: str
    works: bool
    detail: str


def sound_check(file: Path, players: Sequence[Player], patience: float = PATIENCE_S) -> tuple[Check, ...]:
    """Play `file` with each of `players` until one works. Blocks, at most `patience` seconds for each.

    That a player works means that it found a device and ended well, not that somebody heard it.
    """
    checks: list[Check] = []
    for player in players:
        check = _try(file, player, patience)
        checks.append(check)
        if check.works:
            break
    return tuple(checks)


def _try(file: Path, player: Player, patience: float) -> Check:
    try:
        playing = player.start(file)
    except OSError as error:
        return Check(player.name, False, f"could not be started ({error.strerror or error})")
    deadline = time.monotonic() + patience
    while (status := playing.poll()) is None and time.monotonic() < deadline:
        time.sleep(LOOK_S)
    playing.end()
    if status is None:
        return Check(player.name, False, f"did not come to an end within {patience:g} s")
    return Check(
        player.name, status == 0, "played" if status == 0 else f"could not play (exit status {status})"
    )
