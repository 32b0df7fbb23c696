"""WAV files in the cache: scaled copies for the volume setting, lengths, and a bound on what piles up.

Everything here can be made again, so a file is written beside its place and renamed into it; it needs no more
care than that.
"""

from __future__ import annotations

import io
import os
import sys
import wave
import zlib
from array import array
from collections.abc import Collection
from pathlib import Path

from msgspec import Struct

PRIMER_S = 0.06
PRIMER_LEVEL = 6
"""Of 32767: far below hearing, and yet not the digital silence in which loudspeakers fall asleep."""
SCALED_BYTES = 16 * 2**20


class Clip(Struct, frozen=True):
    """A sound file and how long it plays, in seconds."""

    path: Path
    seconds: float


def wav_seconds(path: Path) -> float | None:
    """The length of a WAV file; None where it is missing, empty, cut short or no WAV file at all."""
    try:
        with wave.open(str(path), "rb") as sound:
            frames, rate = sound.getnframes(), sound.getframerate()
            whole = path.stat().st_size >= frames * sound.getnchannels() * sound.getsampwidth()
    except (OSError, EOFError, wave.Error):
        return None
    return frames / rate if frames and rate and whole else None


def put(path: Path, content: bytes) -> None:
    """Write a cache file so that nobody ever reads half of it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def trim(folder: Path, limit: int, keep: Collection[Path] = ()) -> None:
    """Remove the files used longest ago until `folder` holds at most `limit` bytes; never one of `keep`."""
    try:
        files = sorted(((path.stat(), path) for path in folder.iterdir()), key=lambda item: item[0].st_mtime)
    except OSError:
        return
    total = sum(stat.st_size for stat, _ in files)
    for stat, path in files:
        if total <= limit:
            return
        if path not in keep:
            try:
                path.unlink()
            except OSError:
                continue
            total -= stat.st_size


class Levels:
    """Copies of sound files at the volume the user set: one way for all players, for not each has a volume flag.

    `volume` is 0-100. The amplitude goes with its square, which an ear takes for about even steps.
    Where `cache` is None or cannot be written, the files play as they are.
    """

    def __init__(self, cache: Path | None, volume: int) -> None:
        self.volume = max(0, min(100, volume))
        self._folder = None if cache is None else cache / "levels"
        self._made: dict[Path, Path] = {}

    def path(self, source: Path) -> Path:
        """The file to play for `source`, made on the first call."""
        if source not in self._made:
            self._made[source] = self._copy(source)
        return self._made[source]

    def tidy(self) -> None:
        """Keep the folder of copies small. Call it when the copies of the day are made."""
        if self._folder is not None:
            trim(self._folder, SCALED_BYTES, set(self._made.values()))

    def primer(self) -> Path | None:
        """A sound nobody hears, which wakes a loudspeaker; None without a cache folder."""
        if self._folder is None:
            return None
        target = self._folder / "primer.wav"
        if wav_seconds(target) is None:
            frames = int(PRIMER_S * 44_100)
            wobble = array("h", ((PRIMER_LEVEL, -PRIMER_LEVEL)[index // 32 % 2] for index in range(frames)))
            try:
                put(target, _wav(wobble, 1, 44_100))
            except OSError:
                return None
        return target

    def _copy(self, source: Path) -> Path:
        if self.volume == 100 or self._folder is None:
            return source
        try:
            content = source.read_bytes()
            # the checksum tells a new edition of a sound from the one that was copied before
            name = f"{source.stem}-{zlib.crc32(content):08x}-{self.volume}.wav"
            target = self._folder / name
            if wav_seconds(target) is None:
                put(target, scaled(content, (self.volume / 100) ** 2))
            else:
                os.utime(target)
        except (OSError, EOFError, wave.Error):
            return source
        return target


def scaled(content: bytes, gain: float) -> bytes:
    """A 16-bit WAV file with every sample times `gain` (0-1). Raises wave.Error for another width."""
    with wave.open(io.BytesIO(content), "rb") as sound:
        if sound.getsampwidth() != 2:
            raise wave.Error("only 16-bit files can be scaled")
        samples = array("h", sound.readframes(sound.getnframes()))
        channels, rate = sound.getnchannels(), sound.getframerate()
    _little_endian(samples)
    return _wav(array("h", [int(gain * sample) for sample in samples]), channels, rate)


def _wav(samples: array[int], channels: int, rate: int) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        _little_endian(samples)
        out.writeframes(samples.tobytes())
    return buffer.getvalue()


def _little_endian(samples: array[int]) -> None:
    """Swap on the rare machine that stores numbers the other way round; the same call swaps back."""
    if sys.byteorder == "big":
        samples.byteswap()
