"""The committed sounds are what the score makes, and an ear can tell them apart."""

from __future__ import annotations

import importlib.util
import itertools
import math
import sys
import wave
from array import array
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from runnersknee_tui.core.cue import CueKind

ROOT = Path(__file__).parent.parent.parent
SOUNDS = ROOT / "assets" / "sounds"
LENGTHS_MS = {
    "countdown": 110,
    "go": 420,
    "tick": 35,
    "rep": 170,
    "hold_start": 390,
    "hold_end": 240,
    "halfway": 250,
    "ten_seconds": 480,
    "switch": 740,
    "rest": 620,
    "set_done": 840,
    "session_done": 1100,
    "attention": 390,
}
NAMES = sorted(LENGTHS_MS)


@cache
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sounds", ROOT / "scripts" / "make_sounds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def samples(name: str) -> array[int]:
    with wave.open(str(SOUNDS / f"{name}.wav"), "rb") as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 44_100)
        read = array("h", sound.readframes(sound.getnframes()))
    if sys.byteorder == "big":
        read.byteswap()
    return read


def test_every_cue_has_its_sound_and_no_other_file_lies_there() -> None:
    assert sorted(path.name for path in SOUNDS.iterdir()) == sorted(f"{kind}.wav" for kind in CueKind)


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_file_is_what_the_script_makes(name: str) -> None:
    made = script().wav_bytes(script().render(script().SCORE[name]))
    assert (SOUNDS / f"{name}.wav").read_bytes() == made, "run scripts/make_sounds.py"


@pytest.mark.parametrize("name", NAMES)
def test_length_peak_and_fades(name: str) -> None:
    heard = samples(name)
    assert 1000 * len(heard) / 44_100 == pytest.approx(LENGTHS_MS[name], abs=1)
    peak_db = 20 * math.log10(max(map(abs, heard)) / 32_767)
    assert -14 <= peak_db <= -1
    # starts and ends in silence, or the loudspeaker clicks
    assert max(map(abs, heard[:3])) < 3_500
    assert max(map(abs, heard[-20:])) < 700


def portrait(name: str) -> list[float]:
    """What an ear goes by: loudness and pitch (zero crossings) in each 40 ms of 1.2 s, both within 0-1."""
    heard = samples(name)
    top = max(map(abs, heard))
    features: list[float] = []
    for start in range(0, round(1.2 * 44_100), 1_764):
        part = heard[start : start + 1_764]
        loud = math.sqrt(sum(s * s for s in part) / len(part)) / top if part else 0.0
        crossings = sum(1 for a, b in itertools.pairwise(part) if (a < 0) != (b < 0))
        features += [loud, loud * min(1.0, crossings / 200)]
    return features


def test_no_two_sounds_are_alike() -> None:
    portraits = {name: portrait(name) for name in NAMES}
    near = {(a, b): math.dist(portraits[a], portraits[b]) for a, b in itertools.combinations(NAMES, 2)}
    pair, distance = min(near.items(), key=lambda item: item[1])
    assert distance > 0.35, f"{pair} sound alike"


def test_the_ten_second_warning_knocks_four_times() -> None:
    heard = samples("ten_seconds")
    loud = [max(map(abs, heard[start : start + 441])) > 4_000 for start in range(0, len(heard), 441)]
    assert sum(1 for before, now in itertools.pairwise([False, *loud]) if now and not before) == 4
