"""The real programs, on a sound server of our own that has no loudspeaker: what was played is read back from it.

Each test is skipped, with the missing program named, where a machine has not got it.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import threading
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from runnersknee_tui.core.cue import Cue, CueKind
from runnersknee_tui.cues.chain import open_chain
from runnersknee_tui.cues.check import sound_check
from runnersknee_tui.cues.engines import find_engine
from runnersknee_tui.cues.players import ProgramPlayer, find_players
from runnersknee_tui.cues.sound import CuePlayer, SoundSettings
from runnersknee_tui.cues.voice import Voice
from runnersknee_tui.cues.wav import Levels
from tests.cues.fakes import SOUNDS

GO = SOUNDS / "go.wav"
PATIENCE_S = 20.0
SECOND = 44_100 * 2
"""Bytes of a second on the null sink."""


def needs(*programs: str) -> None:
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")


@pytest.fixture
def pulse(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A private PulseAudio with a null sink; the name of its monitor. The variables point all programs at it."""
    needs("pulseaudio", "pactl", "paplay", "parec")
    with tempfile.TemporaryDirectory(prefix="rk-", ignore_cleanup_errors=True) as folder:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH"):
            monkeypatch.setenv(name, folder)
        for name in ("SSH_CONNECTION", "PULSE_SINK", "DBUS_SESSION_BUS_ADDRESS"):
            monkeypatch.delenv(name, raising=False)
        socket = f"{folder}/socket"
        monkeypatch.setenv("PULSE_SERVER", f"unix:{socket}")
        null_sink = "module-null-sink sink_name=null format=s16le rate=44100 channels=1"
        server = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"),
                *(
                    f"--load={null_sink}",
                    f"--load=module-native-protocol-unix auth-anonymous=1 socket={socket}",
                ),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while subprocess.run(["pactl", "info"], capture_output=True, check=False).returncode:
                if server.poll() is not None:
                    pytest.skip(f"pulseaudio does not run here (exit status {server.returncode})")
            yield "null.monitor"
        finally:
            server.terminate()
            server.wait()


class Recorder:
    """Reads what reaches the sink, from before anything is played."""

    def __init__(self, monitor: str) -> None:
        record = ("parec", "--raw", "--format=s16le", "--rate=44100", "--channels=1", "--latency-msec=20")
        self._child = subprocess.Popen(
            [*record, "-d", monitor], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._read(2)

    def _read(self, count: int) -> bytes:
        assert self._child.stdout is not None
        return self._child.stdout.read(count)

    def loud(self, seconds: float) -> float:
        """The seconds with sound in the stretch that ends when it is quiet for half a second after a sound.

        Gives up after `seconds` of silence.
        """
        block = SECOND // 50
        loud = quiet = 0
        while quiet < (25 if loud else seconds * 50):
            samples = array("h", self._read(block))
            if max(map(abs, samples)) > 300:
                loud, quiet = loud + 1, 0
            else:
                quiet += 1
        return loud / 50

    def close(self) -> None:
        self._child.terminate()
        self._child.communicate()


@pytest.fixture
def recorder(pulse: str) -> Iterator[Recorder]:
    recorder = Recorder(pulse)
    yield recorder
    recorder.close()


def test_paplay_plays_a_cue_on_a_real_sound_server(recorder: Recorder) -> None:
    (paplay,) = [player for player in find_players() if player.name == "paplay"]
    (check,) = sound_check(GO, [paplay], patience=PATIENCE_S)
    assert check.works, check.detail
    assert recorder.loud(10) == pytest.approx(0.42, abs=0.1)


def test_the_thread_plays_a_cue_and_then_its_words(recorder: Recorder, tmp_path: Path) -> None:
    needs("espeak-ng")
    levels = Levels(tmp_path, 80)
    voice = Voice(find_engine(), tmp_path, levels)
    words = "Left leg on top."
    voice.prepare([words])
    assert voice.wait(PATIENCE_S)
    clip = voice.clip(words)
    assert clip is not None, voice.note
    player = CuePlayer(
        SOUNDS,
        SoundSettings(voice="full"),
        open_chain({}, [player for player in find_players() if player.name == "paplay"]),
        bell=None,
        notice=print,
        cache=tmp_path,
        clips=voice.clip,
    )
    player.prepare()
    player.start()
    due = player._clock() + 0.2
    player.schedule([(due, Cue(CueKind.SWITCH, 0, words))])
    heard = recorder.loud(10)
    player.close(PATIENCE_S)
    voice.close()
    assert [(played.name, played.by) for played in player.log] == [("switch", "paplay"), (words, "paplay")]
    assert 0.74 + clip.seconds / 2 < heard < 0.74 + clip.seconds + 0.3


def test_espeak_reads_what_it_gets_and_nothing_of_it_is_an_option(tmp_path: Path) -> None:
    needs("espeak-ng")
    sentences = ["Rest. Next: clamshell, left side.", "--version", "-w /tmp/x.wav", "$(id) `id`; Übung %s"]
    voice = Voice(find_engine(), tmp_path, Levels(tmp_path, 50))
    voice.prepare(sentences)
    assert voice.wait(PATIENCE_S)
    clips = [voice.clip(text) for text in sentences]
    assert voice.note == ""
    assert all(clip is not None and 0.3 < clip.seconds < 12 for clip in clips)
    assert all(clip is not None and clip.path.parent.name == "levels" for clip in clips)


def aplay(monkeypatch: pytest.MonkeyPatch, folder: Path, config: str) -> ProgramPlayer:
    """The real aplay, with `config` as all there is of ALSA."""
    needs("aplay")
    (folder / "asound.conf").write_text(config)
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(folder / "asound.conf"))
    (player,) = [player for player in find_players() if player.name == "aplay"]
    assert isinstance(player, ProgramPlayer)
    return player


def test_aplay_plays_to_the_null_device(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    player = aplay(monkeypatch, tmp_path, "pcm.!default { type null }\n")
    (check,) = sound_check(GO, [player], patience=PATIENCE_S)
    assert check.works, check.detail


def test_aplay_without_a_device_is_dropped_and_the_bell_rings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    player = aplay(monkeypatch, tmp_path, "")
    heard: list[str] = []
    rung = threading.Event()

    def bell() -> None:
        rung.set()

    settings = SoundSettings(primer=False)
    cues = CuePlayer(
        SOUNDS, settings, open_chain({}, [player]), bell=bell, notice=heard.append, cache=tmp_path
    )
    cues.start()
    cues.play_now(CueKind.ATTENTION)
    while not rung.wait(0.5):  # a busy machine may find out too late for this cue, but not for the next
        cues.play_now(CueKind.ATTENTION)
    cues.close(PATIENCE_S)
    assert heard == ["No sound: aplay could not play. The terminal bell is used."]
    assert cues.status.mark == "♪ bell"
