"""Players and a clock that tests hold in their hands."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field

from runnersknee_tui.cues.players import Playing

SOUNDS = Path(__file__).parent.parent.parent / "assets" / "sounds"


class Clock(Struct):
    """Monotonic seconds that stand still until they are moved."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


class FakeSound(Struct):
    file: Path
    status: int | None = None
    stopped: bool = False
    ended: bool = False

    def poll(self) -> int | None:
        return -15 if self.stopped and self.status is None else self.status

    def stop(self) -> None:
        self.stopped = True

    def end(self) -> None:
        self.ended = True


class FakePlayer(Struct):
    """Keeps what it was asked to play; `fails` makes it not start at all, `status` is how its sounds end."""

    clock: Clock
    name: str = "fake"
    lead_s: float = 0.0
    fails: bool = False
    status: int | None = 0
    sounds: list[FakeSound] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def start(self, file: Path) -> Playing:
        if self.fails:
            raise OSError("no")
        self.sounds.append(FakeSound(file, self.status))
        self.times.append(self.clock())
        return self.sounds[-1]

    @property
    def heard(self) -> list[str]:
        """The names of the files, without what a volume adds to them."""
        return [sound.file.stem.split("-")[0] for sound in self.sounds]
