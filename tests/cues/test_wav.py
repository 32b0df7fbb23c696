from __future__ import annotations

import os
import wave
from array import array
from pathlib import Path

import pytest

from runnersknee_tui.cues.wav import Levels, put, scaled, trim, wav_seconds
from tests.cues.fakes import SOUNDS

GO = SOUNDS / "go.wav"


def samples(path: Path) -> array[int]:
    with wave.open(str(path), "rb") as sound:
        return array("h", sound.readframes(sound.getnframes()))


def test_the_length_of_a_sound() -> None:
    assert wav_seconds(GO) == pytest.approx(0.42)


@pytest.mark.parametrize(
    "content", [b"", b"RIFF", b"nonsense" * 9, GO.read_bytes()[:-100], GO.read_bytes()[:44]]
)
def test_what_is_no_whole_sound_has_no_length(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    assert wav_seconds(tmp_path / "a.wav") is None


def test_a_missing_file_has_no_length(tmp_path: Path) -> None:
    assert wav_seconds(tmp_path / "a.wav") is None


def test_half_the_volume_is_a_quarter_of_the_amplitude_and_the_length_stays(tmp_path: Path) -> None:
    made = Levels(tmp_path, 50).path(GO)
    assert made != GO
    assert len(samples(made)) == len(samples(GO))
    assert max(samples(made)) == pytest.approx(max(samples(GO)) / 4, abs=1)


def test_full_volume_or_no_cache_plays_the_file_itself(tmp_path: Path) -> None:
    assert Levels(tmp_path, 100).path(GO) == GO
    assert Levels(None, 50).path(GO) == GO
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_cannot_be_written_plays_the_file_itself(tmp_path: Path) -> None:
    (tmp_path / "levels").write_text("a file where the folder should be")
    levels = Levels(tmp_path, 50)
    assert levels.path(GO) == GO
    assert levels.primer() is None
    levels.tidy()


def test_a_broken_copy_is_made_again_and_a_whole_one_is_used(tmp_path: Path) -> None:
    made = Levels(tmp_path, 50).path(GO)
    whole = made.read_bytes()
    made.write_bytes(whole[:100])
    assert Levels(tmp_path, 50).path(GO).read_bytes() == whole
    stamp = made.stat().st_ino
    assert Levels(tmp_path, 50).path(GO).stat().st_ino == stamp


def test_a_new_edition_of_a_sound_gets_a_new_copy(tmp_path: Path) -> None:
    source = tmp_path / "go.wav"
    source.write_bytes(GO.read_bytes())
    old = Levels(tmp_path, 50).path(source)
    source.write_bytes((SOUNDS / "rest.wav").read_bytes())
    assert Levels(tmp_path, 50).path(source) != old


def test_what_cannot_be_scaled_plays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "odd.wav").write_bytes(b"not a sound")
    assert Levels(tmp_path / "cache", 50).path(tmp_path / "odd.wav") == tmp_path / "odd.wav"
    with wave.open(str(tmp_path / "eight.wav"), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(8000)
        out.writeframes(b"\x80" * 80)
    with pytest.raises(wave.Error):
        scaled((tmp_path / "eight.wav").read_bytes(), 0.5)


def test_the_primer_is_nearly_silent_and_not_quite(tmp_path: Path) -> None:
    primer = Levels(tmp_path, 80).primer()
    assert primer is not None
    assert wav_seconds(primer) == pytest.approx(0.06)
    assert 0 < max(map(abs, samples(primer))) < 33  # 60 dB below the loudest


def test_trim_removes_what_was_used_longest_ago_and_keeps_what_it_must(tmp_path: Path) -> None:
    for age, name in enumerate("abcd"):
        (tmp_path / name).write_bytes(b"x" * 100)
        os.utime(tmp_path / name, (age, age))
    trim(tmp_path, 250, keep=[tmp_path / "a"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "d"]
    trim(tmp_path / "missing", 0)


def test_put_leaves_nothing_behind_when_it_fails(tmp_path: Path) -> None:
    (tmp_path / "taken.wav").mkdir()
    with pytest.raises(OSError):  # noqa: PT011 - which one differs by system
        put(tmp_path / "taken.wav", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.wav"]
