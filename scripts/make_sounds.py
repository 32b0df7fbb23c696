"""Make the cue sounds in assets/sounds from this score, with the standard library only.

    python scripts/make_sounds.py [FOLDER]

The same score gives the same bytes on every run, so a test can hold the committed files against it.
A sound is told from the others by three things at once: how many pulses it has, where its pitch goes and its
timbre. Pitch alone would not survive a small laptop loudspeaker heard from three metres.
"""

from __future__ import annotations

import io
import math
import sys
import wave
from array import array
from pathlib import Path

from msgspec import Struct

RATE = 44_100
"""Samples a second, one channel, 16 bit: every player of every system takes it."""
FULL_SCALE = 32_767
HEADROOM_DB = -1.0
"""No sound peaks above this; players that resample need the room."""

C5, E5, G5, A5, C6, E6, G6, A6 = 523.25, 659.26, 783.99, 880.0, 1046.5, 1318.51, 1567.98, 1760.0
CLICK, CLAP = 1200.0, 740.0


class Timbre(Struct, frozen=True):
    """Partials as (multiple of the pitch, weight); `decay` is how many times e the note sinks over its length."""

    partials: tuple[tuple[float, float], ...]
    attack_ms: float
    decay: float = 0.0


BEEP = Timbre(((1, 1.0), (2, 0.25), (3, 0.10)), attack_ms=6)
WOOD = Timbre(((1, 1.0), (2.76, 0.5), (5.4, 0.2)), attack_ms=1, decay=2.5)
BELL = Timbre(((1, 1.0), (2, 0.6), (3.01, 0.3), (4.2, 0.15)), attack_ms=3, decay=4.5)


class Note(Struct, frozen=True):
    """One pulse: `at` and `ms` in milliseconds, `pitch` in hertz, sliding to `glide_to` where given."""

    at: float
    ms: float
    pitch: float
    timbre: Timbre = BEEP
    release_ms: float = 40
    glide_to: float | None = None


class Sound(Struct, frozen=True):
    """The notes of one cue and the peak it is brought to, in dB below full scale."""

    peak_db: float
    notes: tuple[Note, ...]


SCORE: dict[str, Sound] = {
    # three, two, one: a short middle beep each
    "countdown": Sound(-4, (Note(0, 110, A5),)),
    # the same note an octave up, and long: now
    "go": Sound(-1, (Note(0, 420, A6, release_ms=120),)),
    # quiet, because it comes every second
    "tick": Sound(-12, (Note(0, 35, CLICK, WOOD, 20),)),
    "rep": Sound(-8, (Note(0, 60, E5, WOOD, 30), Note(70, 100, E6, WOOD, 60))),
    # short and long on one note: stay there
    "hold_start": Sound(-3, (Note(0, 90, G5), Note(130, 260, G5, release_ms=120))),
    # falls: let go
    "hold_end": Sound(-3, (Note(0, 240, G5, release_ms=90, glide_to=C5),)),
    "halfway": Sound(-4, (Note(0, 90, C6), Note(160, 90, C6))),
    # the clapper of a boxing ring, knocked twice two times: ten seconds left
    "ten_seconds": Sound(-3, tuple(Note(at, 80, CLAP, WOOD, 40) for at in (0, 100, 300, 400))),
    # see-saw: the other side
    "switch": Sound(
        -2, (Note(0, 130, C6), Note(180, 130, G5), Note(360, 130, C6), Note(540, 200, G5, release_ms=90))
    ),
    # steps down and lingers
    "rest": Sound(-3, (Note(0, 180, E5, release_ms=80), Note(200, 420, C5, release_ms=200))),
    "set_done": Sound(-2, (Note(0, 600, C6, BELL), Note(140, 700, E6, BELL))),
    "session_done": Sound(
        -2, tuple(Note(150 * k, 1100 - 150 * k, pitch, BELL) for k, pitch in enumerate((C5, E5, G5, C6, E6)))
    ),
    # three fast beeps, and a breath: come to the screen
    "attention": Sound(-1, tuple(Note(150 * k, 90, A5) for k in range(3))),
}


def note_samples(note: Note) -> list[float]:
    """The note alone, unscaled, faded in and out so that it does not click."""
    count = round(RATE * note.ms / 1000)
    attack = max(1, round(RATE * note.timbre.attack_ms / 1000))
    release = max(1, round(RATE * note.release_ms / 1000))
    slide = 1.0 if note.glide_to is None else note.glide_to / note.pitch
    phase = 0.0
    samples: list[float] = []
    for index in range(count):
        along = index / count
        phase += 2 * math.pi * note.pitch * slide**along / RATE
        fade = min(1.0, index / attack, (count - 1 - index) / release)
        loud = fade * math.exp(-note.timbre.decay * along)
        samples.append(loud * sum(weight * math.sin(phase * times) for times, weight in note.timbre.partials))
    return samples


def render(sound: Sound) -> array[int]:
    """The sound as 16-bit samples, its highest peak at `peak_db`."""
    parts = [(round(RATE * note.at / 1000), note_samples(note)) for note in sound.notes]
    mixed = [0.0] * max(start + len(part) for start, part in parts)
    for start, part in parts:
        for index, sample in enumerate(part, start):
            mixed[index] += sample
    scale = FULL_SCALE * 10 ** (min(sound.peak_db, HEADROOM_DB) / 20) / max(map(abs, mixed))
    return array("h", (int(scale * sample) for sample in mixed))


def wav_bytes(samples: array[int]) -> bytes:
    """A whole WAV file, little-endian on every machine."""
    if sys.byteorder == "big":
        samples = array("h", samples)
        samples.byteswap()
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return buffer.getvalue()


def main(argv: list[str]) -> int:
    folder = Path(argv[0]) if argv else Path(__file__).resolve().parent.parent / "assets" / "sounds"
    folder.mkdir(parents=True, exist_ok=True)
    for name, sound in SCORE.items():
        samples = render(sound)
        (folder / f"{name}.wav").write_bytes(wav_bytes(samples))
        print(f"{name:13s} {1000 * len(samples) / RATE:6.0f} ms  peak {sound.peak_db:5.1f} dB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
