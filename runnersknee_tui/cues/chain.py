"""The chain of players: sounds are started with the first one that works, and looked after until they end."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from math import inf
from pathlib import Path

from msgspec import Struct

from runnersknee_tui.cues.players import Player, Playing, candidates, find_players, is_remote
from runnersknee_tui.cues.schedule import Entry

PROBATION_S = 0.12
PROBE_S = 0.02
"""A player without a device ends within some milliseconds: so long, and so often, a sound is looked at closely."""
REAP_S = 0.25
"""After that it is enough to collect what has ended."""
MOST = 6
HANG_S = 20.0
"""More sounds at a time than `MOST`, or one that lasts longer than this, means that the player is stuck."""


class _Sound(Struct):
    playing: Playing
    player: Player
    entry: Entry | None  # None: the primer
    started: float
    stopped: bool = False


class Chain:
    """The players that are left, best first. One that fails is dropped for the session.

    Not for use by two threads at a time, but for reading `name`, `lead_s` and `reason`.
    """

    def __init__(self, players: Sequence[Player], reason: str, clock: Callable[[], float]) -> None:
        self.reason = reason
        """Why no better player is used; empty where nothing went wrong."""
        self._players = tuple(players)
        self._clock = clock
        self._sounds: list[_Sound] = []

    @property
    def name(self) -> str:
        """The player in use; empty where none is left."""
        players = self._players
        return players[0].name if players else ""

    @property
    def lead_s(self) -> float:
        """How much earlier than the ear should hear it a sound is started."""
        players = self._players
        return players[0].lead_s if players else 0.0

    def start(self, file: Path, entry: Entry | None) -> str:
        """Start `file` with the first player that can. Returns its name, empty where none could."""
        while self._players:
            player = self._players[0]
            if sum(sound.player is player for sound in self._sounds) >= MOST:
                self.stop(words_only=False)
                self._drop(player, "did not come to an end")
                continue
            try:
                playing = player.start(file)
            except OSError:
                self._drop(player, "could not be started")
                continue
            self._sounds.append(_Sound(playing, player, entry, self._clock()))
            return player.name
        return ""

    def watch(self) -> list[Entry]:
        """Collect what has ended. Returns what failed to sound; its player is dropped."""
        now = self._clock()
        failed: list[Entry] = []
        for sound in list(self._sounds):
            status = sound.playing.poll()
            if status is None and now - sound.started < HANG_S:
                continue
            self._sounds.remove(sound)
            if status is None:
                sound.playing.end()
            if status != 0 and not sound.stopped:
                self._drop(sound.player, "could not play")
                if sound.entry:
                    failed.append(sound.entry)
        return failed

    def stop(self, *, words_only: bool) -> None:
        """Silence what sounds, or only what is being said."""
        for sound in self._sounds:
            if not sound.stopped and (not words_only or (sound.entry is not None and sound.entry.say)):
                sound.stopped = True
                sound.playing.stop()

    def look_again(self) -> float:
        """In how many seconds `watch` wants to be called."""
        if not self._sounds:
            return inf
        youngest = max(sound.started for sound in self._sounds)
        return PROBE_S if self._clock() - youngest < PROBATION_S else REAP_S

    def end(self, deadline: float) -> None:
        """Let what sounds come to its end until `deadline` (seconds of time.monotonic), then silence it."""
        for sound in self._sounds:
            while sound.playing.poll() is None and time.monotonic() < deadline:
                time.sleep(PROBE_S)
            sound.playing.end()
        self._sounds.clear()

    def _drop(self, player: Player, why: str) -> None:
        """Use `player` no more. What it has in hand goes on: it may still be heard, or fail and be played again."""
        if player in self._players:
            self._players = tuple(other for other in self._players if other is not player)
            self.reason = "; ".join(filter(None, (self.reason, f"{player.name} {why}")))


def open_chain(
    env: Mapping[str, str],
    players: Sequence[Player] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Chain:
    """The players of this machine; none in a remote session, where they would sound in the wrong room."""
    if is_remote(env):
        return Chain((), "this is a remote session", clock)
    found = find_players() if players is None else tuple(players)
    names = ", ".join(player.name for player in candidates())
    return Chain(found, "" if found else f"no player found ({names})", clock)
