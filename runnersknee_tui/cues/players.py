"""The programs that can play a sound file, best first, as small objects with one way to start and to stop.

Child processes instead of an audio library, because a library prints its troubles on file descriptor 2, and that
is where the screen is drawn.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from msgspec import Struct

STOP_S = 0.2
"""How long a program may take to end when it is told to, before it is killed."""


class Playing(Protocol):
    """One sound on its way."""

    def poll(self) -> int | None:
        """The exit status, 0 for played; None while it sounds."""

    def stop(self) -> None:
        """Ask it to be silent. Returns at once; `poll` tells when it is."""

    def end(self) -> None:
        """Silence it now and leave nothing behind; takes at most `STOP_S` where it does not listen."""


class Player(Protocol):
    """A way to play a file. `lead_s` is how long it takes from its start to the first audible sample."""

    @property
    def name(self) -> str: ...

    @property
    def lead_s(self) -> float: ...

    def start(self, file: Path) -> Playing:
        """Start playing and return. Raises OSError where it cannot even start."""


class ChildSound:
    """A sound played by a child process that has no terminal and no file of ours."""

    def __init__(self, argv: list[str]) -> None:
        self._child = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # ctrl+c in the terminal is for the app alone
        )

    def poll(self) -> int | None:
        return self._child.poll()

    def stop(self) -> None:
        self._child.terminate()

    def end(self) -> None:
        self._child.terminate()
        try:
            self._child.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()


class ProgramPlayer(Struct, frozen=True):
    """A player program: `argv` and then the file."""

    name: str
    argv: tuple[str, ...]
    lead_s: float = 0.0

    def start(self, file: Path) -> Playing:
        return ChildSound([*self.argv, str(file)])


class WinSound:
    """The sound Windows plays for us. It plays one at a time: a new one cuts the one before."""

    def poll(self) -> int | None:
        return 0

    def stop(self) -> None:
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(None, winsound.SND_PURGE)

    def end(self) -> None:
        self.stop()


class WinPlayer(Struct, frozen=True):
    """The standard library's own player on Windows."""

    name: str = "winsound"
    lead_s: float = 0.0

    def start(self, file: Path) -> Playing:
        if sys.platform == "win32":
            import winsound

            how = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
            try:
                winsound.PlaySound(str(file), how)
            except RuntimeError as error:
                raise OSError(str(error)) from error
            return WinSound()
        raise OSError("winsound is there on Windows only")


PROGRAMS: Mapping[str, tuple[ProgramPlayer, ...]] = {
    "darwin": (ProgramPlayer("afplay", ("/usr/bin/afplay",), lead_s=0.1),),
    "linux": (
        # ffplay is left out on purpose: without a sound device it keeps running, which looks like success
        ProgramPlayer("pw-play", ("pw-play",), lead_s=0.005),
        ProgramPlayer("paplay", ("paplay", "--latency-msec=30"), lead_s=0.005),
        ProgramPlayer("aplay", ("aplay", "-q"), lead_s=0.005),
    ),
}
"""Candidates by platform, best first; other systems (the BSDs) try those of Linux."""


def candidates(platform: str = sys.platform) -> tuple[ProgramPlayer, ...]:
    """The programs looked for on this platform, installed or not."""
    return () if platform == "win32" else PROGRAMS.get(platform, PROGRAMS["linux"])


def find_players(
    platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which
) -> tuple[Player, ...]:
    """The players this machine has, best first."""
    if platform == "win32":
        return (WinPlayer(),)
    return tuple(
        ProgramPlayer(player.name, (path, *player.argv[1:]), player.lead_s)
        for player in candidates(platform)
        if (path := which(player.argv[0]))
    )


def is_remote(env: Mapping[str, str]) -> bool:
    """Whether a player would sound on another machine than the one the person sits at."""
    return bool(env.get("SSH_CONNECTION")) and not env.get("PULSE_SERVER")
