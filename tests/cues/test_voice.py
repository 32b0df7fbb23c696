from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from runnersknee_tui.cues.engines import EspeakEngine, Job, SapiEngine, SayEngine, find_engine
from runnersknee_tui.cues.voice import LONGEST, Voice, plain
from runnersknee_tui.cues.wav import Levels, wav_seconds
from tests.cues.fakes import SOUNDS
from tests.cues.program import Program

PATIENCE_S = 20.0
SPEAKS = f"import shutil; shutil.copy({str(SOUNDS / 'go.wav')!r}, sys.argv[-1])"


class FakeEngine(Struct, frozen=True):
    """Calls a `Program` with the names of the files, one sentence a line on standard input."""

    program: Program
    name: str = "fake"
    voice: str = "test"
    batch: int = 1

    def command(self, jobs: Sequence[Job]) -> tuple[list[str], str]:
        return [*self.program.argv, *(str(file) for _, file in jobs)], "\n".join(text for text, _ in jobs)


def rendered(engine: FakeEngine | None, cache: Path, *sentences: str, patience: float = PATIENCE_S) -> Voice:
    voice = Voice(engine, cache, Levels(cache, 100), patience=patience)
    voice.prepare(sentences)
    assert voice.wait(PATIENCE_S)
    return voice


def test_sentences_are_rendered_in_order_and_then_ready(tmp_path: Path) -> None:
    program = Program(tmp_path, SPEAKS)
    voice = rendered(FakeEngine(program), tmp_path, "Rest.", "Switch sides.", "Rest.")
    assert [call["stdin"] for call in program.calls] == ["Rest.", "Switch sides."]
    clip = voice.clip("Rest.")
    assert clip is not None
    assert clip.seconds == pytest.approx(0.42)
    assert clip.path.name == f"fake-test-{hashlib.sha1(b'Rest.').hexdigest()}.wav"
    assert voice.note == ""
    assert sorted(path.suffixes for path in (tmp_path / "voice").iterdir()) == [[".wav"], [".wav"]]


def test_what_the_cache_has_is_not_rendered_again(tmp_path: Path) -> None:
    program = Program(tmp_path, SPEAKS)
    rendered(FakeEngine(program), tmp_path, "Rest.")
    voice = rendered(FakeEngine(program), tmp_path, "Rest.", "Go on.")
    assert [call["stdin"] for call in program.calls] == ["Rest.", "Go on."]
    assert voice.clip("Rest.") is not None


def test_a_broken_file_in_the_cache_is_rendered_again(tmp_path: Path) -> None:
    program = Program(tmp_path, SPEAKS)
    clip = rendered(FakeEngine(program), tmp_path, "Rest.").clip("Rest.")
    assert clip is not None
    clip.path.write_bytes(b"RIFF")
    again = rendered(FakeEngine(program), tmp_path, "Rest.").clip("Rest.")
    assert again is not None
    assert wav_seconds(again.path) is not None


def test_another_sentence_later_wakes_the_worker_again(tmp_path: Path) -> None:
    voice = rendered(FakeEngine(Program(tmp_path, SPEAKS)), tmp_path, "Rest.")
    voice.prepare(["Go on."])
    assert voice.wait(PATIENCE_S)
    assert voice.clip("Go on.") is not None


def test_without_an_engine_a_note_says_so_and_nothing_is_ready(tmp_path: Path) -> None:
    voice = rendered(None, tmp_path, "Rest.")
    assert voice.note.startswith("voice: not available (")
    assert voice.clip("Rest.") is None
    voice.close()


@pytest.mark.parametrize(
    ("then", "note"),
    [
        ("sys.exit(1)", "voice: off for this session (fake failed with exit status 1)"),
        ("", "voice: off for this session (fake wrote no sound)"),
        ("open(sys.argv[-1], 'w').write('x')", "voice: off for this session (fake wrote no sound)"),
    ],
)
def test_one_failure_switches_the_voice_off(tmp_path: Path, then: str, note: str) -> None:
    program = Program(tmp_path, then)
    voice = rendered(FakeEngine(program), tmp_path, "Rest.", "Go on.")
    assert voice.note == note
    assert len(program.calls) == 1
    voice.prepare(["More."])
    assert voice.wait(PATIENCE_S)
    assert len(program.calls) == 1
    assert list((tmp_path / "voice").iterdir()) == []


def test_a_slow_engine_is_ended_and_the_voice_is_off(tmp_path: Path) -> None:
    program = Program(tmp_path, "import signal; signal.pause()")
    voice = rendered(FakeEngine(program), tmp_path, "Rest.", patience=0.05)
    assert voice.note == "voice: off for this session (fake took longer than 0.05 s)"


def test_close_ends_a_rendering_that_hangs(tmp_path: Path) -> None:
    program = Program(tmp_path, "import signal; signal.pause()")
    voice = Voice(FakeEngine(program), tmp_path, Levels(tmp_path, 100))
    voice.prepare(["Rest."])
    while not program.calls:
        assert voice.note == ""
    voice.close(PATIENCE_S)
    assert voice.wait(0)
    assert voice.note == "", "closing is no failure"


def test_a_cache_that_cannot_be_written_switches_the_voice_off(tmp_path: Path) -> None:
    (tmp_path / "voice").write_text("a file where the folder should be")
    voice = rendered(FakeEngine(Program(tmp_path, SPEAKS)), tmp_path, "Rest.")
    assert voice.note == "voice: off for this session (File exists)"


def test_several_sentences_go_into_one_call_where_the_engine_is_slow_to_start(tmp_path: Path) -> None:
    copies = f"import shutil; [shutil.copy({str(SOUNDS / 'go.wav')!r}, out) for out in sys.argv[2:]]"
    program = Program(tmp_path, copies)
    voice = rendered(FakeEngine(program, batch=3), tmp_path, "a", "b", "c", "d")
    assert [call["stdin"] for call in program.calls] == ["a\nb\nc", "d"]
    assert all(voice.clip(text) for text in "abcd")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("  Left leg\n on top. ", "Left leg on top."),
        ("\x1b[31mred\x00\u202e", "[31mred"),
        ("", ""),
        ("word " * 100, ("word " * 40).strip()),
        ("x" * 500, "x" * LONGEST),
    ],
)
def test_a_sentence_is_one_plain_line(text: str, read: str) -> None:
    assert plain(text) == read


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=600))
def test_a_sentence_is_printable_and_short_whatever_it_was(text: str) -> None:
    assert plain(text) == "" or plain(text).isprintable()
    assert len(plain(text)) <= LONGEST


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_no_sentence_ever_stands_among_the_arguments(text: str) -> None:
    hostile = f"--{text}"
    for engine in (EspeakEngine("espeak-ng"), SayEngine("say"), SapiEngine("powershell")):
        argv, stdin = engine.command([(hostile, Path("/cache/x.wav"))])
        assert hostile not in argv
        assert stdin == hostile or json.loads(stdin) == [{"text": hostile, "file": str(Path("/cache/x.wav"))}]


def test_the_engine_of_each_platform() -> None:
    found = {
        platform: find_engine(platform, lambda name: f"/bin/{name}")
        for platform in ("linux", "darwin", "win32")
    }
    assert {platform: engine and engine.name for platform, engine in found.items()} == {
        "linux": "espeak-ng",
        "darwin": "say",
        "win32": "sapi",
    }
    assert find_engine("linux", lambda _name: None) is None


def test_windows_gets_ascii_and_a_script_that_holds_no_sentence() -> None:
    argv, stdin = SapiEngine("powershell").command([("Déjà vu'; exit", Path("a.wav")), ("b", Path("b.wav"))])
    assert stdin.isascii()
    assert not any("exit" in argument for argument in argv)
    assert len(json.loads(stdin)) == 2
