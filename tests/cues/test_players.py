from __future__ import annotations

import sys
import threading
from pathlib import Path

import psutil
import pytest

from runnersknee_tui.core.cue import Cue, CueKind
from runnersknee_tui.cues.chain import Chain, open_chain
from runnersknee_tui.cues.check import sound_check
from runnersknee_tui.cues.players import Playing, ProgramPlayer, candidates, find_players, is_remote
from runnersknee_tui.cues.sound import CuePlayer, SoundSettings
from tests.cues.fakes import SOUNDS, Clock, FakePlayer
from tests.cues.program import Program

GO = SOUNDS / "go.wav"
PATIENCE_S = 20.0


def everything(name: str) -> str:
    return f"/usr/bin/{Path(name).name}"


def test_the_chain_of_each_platform() -> None:
    assert [player.name for player in find_players("linux", everything)] == ["pw-play", "paplay", "aplay"]
    assert [player.name for player in find_players("freebsd14", everything)] == ["pw-play", "paplay", "aplay"]
    assert [player.name for player in find_players("darwin", everything)] == ["afplay"]
    assert [player.name for player in find_players("win32", everything)] == ["winsound"]
    assert find_players("linux", lambda _name: None) == ()


def test_only_what_is_installed_is_in_the_chain_with_its_flags() -> None:
    (found,) = find_players("linux", lambda name: "/opt/bin/paplay" if name == "paplay" else None)
    assert found == ProgramPlayer("paplay", ("/opt/bin/paplay", "--latency-msec=30"), 0.005)


def test_afplay_is_started_a_tenth_of_a_second_ahead() -> None:
    assert [player.lead_s for player in find_players("darwin", everything)] == [0.1]


def test_ffplay_is_never_tried() -> None:
    assert not any(
        "ffplay" in player.name for platform in ("linux", "darwin") for player in candidates(platform)
    )


@pytest.mark.parametrize(
    ("env", "remote"),
    [({}, False), ({"SSH_CONNECTION": "x"}, True), ({"SSH_CONNECTION": "x", "PULSE_SERVER": "y"}, False)],
)
def test_a_remote_session_is_known_by_its_environment(env: dict[str, str], remote: bool) -> None:
    assert is_remote(env) is remote


@pytest.mark.skipif(sys.platform == "win32", reason="winsound is there on Windows")
def test_winsound_elsewhere_is_dropped_like_any_player_that_cannot_start() -> None:
    chain = Chain(find_players("win32"), "", Clock())
    assert chain.start(GO, None) == ""
    assert chain.reason == "winsound could not be started"


def wait_for(playing: Playing) -> int:
    status: int | None = None
    pause = threading.Event()
    while status is None:
        pause.wait(0.005)
        status = playing.poll()
    return status


def test_a_program_gets_the_file_and_nothing_of_the_terminal(tmp_path: Path) -> None:
    program = Program(tmp_path)
    playing = ProgramPlayer("fake", program.argv).start(GO)
    assert wait_for(playing) == 0
    (call,) = program.calls
    assert call["argv"] == [str(GO)]
    assert call["null"] == [True, True, True]
    assert call["own session"] or sys.platform == "win32"


def test_a_program_that_is_not_there_cannot_be_started(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        ProgramPlayer("gone", (str(tmp_path / "gone"),)).start(GO)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals to ignore")
def test_a_program_that_does_not_listen_is_ended_all_the_same(tmp_path: Path) -> None:
    deaf = (
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "log = open(sys.argv[1] + '.deaf', 'w'); log.close()\nsignal.pause()"
    )
    program = Program(tmp_path, deaf)
    playing = ProgramPlayer("deaf", program.argv).start(GO)
    while not (tmp_path / "calls.jsonl.deaf").exists():
        assert playing.poll() is None
    playing.end()
    assert playing.poll() == -9


def test_the_sound_check_tries_until_one_plays(tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "good").mkdir()
    checks = sound_check(
        GO,
        (
            ProgramPlayer("gone", (str(tmp_path / "gone"),)),
            ProgramPlayer("bad", Program(tmp_path / "bad", "sys.exit(3)").argv),
            ProgramPlayer("good", Program(tmp_path / "good").argv),
            ProgramPlayer("never tried", ("never",)),
        ),
        patience=PATIENCE_S,
    )
    assert [(check.name, check.works, check.detail) for check in checks] == [
        ("gone", False, "could not be started (No such file or directory)"),
        ("bad", False, "could not play (exit status 3)"),
        ("good", True, "played"),
    ]


def test_the_sound_check_does_not_wait_for_ever() -> None:
    stuck = FakePlayer(Clock(), status=None)
    (check,) = sound_check(GO, [stuck], patience=0.0)
    assert not check.works
    assert check.detail == "did not come to an end within 0 s"
    assert stuck.sounds[0].ended


# --- with the thread ------------------------------------------------------------------------------------------


class Ear:
    """Waits until so many sounds were started."""

    def __init__(self, player: CuePlayer) -> None:
        self._player = player

    def hear(self, count: int) -> list[tuple[str, str]]:
        pause = threading.Event()
        while len(self._player.log) < count:
            pause.wait(0.005)
        return [(played.name, played.by) for played in self._player.log]


def threaded(chain: Chain, bells: list[str]) -> CuePlayer:
    player = CuePlayer(
        SOUNDS,
        SoundSettings(volume=100, primer=False),
        chain,
        bell=lambda: bells.append(threading.current_thread().name),
        notice=bells.append,
    )
    player.start()
    return player


def test_the_thread_plays_and_leaves_no_process_behind(tmp_path: Path) -> None:
    program = Program(tmp_path)
    before = {child.pid for child in psutil.Process().children()}
    player = threaded(open_chain({}, [ProgramPlayer("fake", program.argv)]), [])
    now = player._clock()
    player.schedule([(now, Cue(CueKind.COUNTDOWN, 0)), (now + 0.02, Cue(CueKind.GO, 0))])
    assert Ear(player).hear(2) == [("countdown", "fake"), ("go", "fake")]
    player.close(PATIENCE_S)
    assert not player._thread.is_alive()
    assert [Path(call["argv"][0]).name for call in program.calls] == ["countdown.wav", "go.wav"]
    assert {child.pid for child in psutil.Process().children()} <= before


def test_the_thread_falls_back_to_the_bell_within_one_cue(tmp_path: Path) -> None:
    bells: list[str] = []
    player = threaded(open_chain({}, [ProgramPlayer("gone", (str(tmp_path / "gone"),))]), bells)
    player.play_now(CueKind.GO)
    assert Ear(player).hear(1) == [("go", "bell")]
    player.close(PATIENCE_S)
    assert bells == ["No sound: gone could not be started. The terminal bell is used.", "cues"]


def test_what_was_due_when_the_app_closes_still_rings_out(tmp_path: Path) -> None:
    program = Program(tmp_path)
    player = threaded(open_chain({}, [ProgramPlayer("fake", program.argv)]), [])
    player.schedule([(player._clock() + 0.05, Cue(CueKind.GO, 0))])
    player.play_now(CueKind.SESSION_DONE)
    player.close()
    player.close(PATIENCE_S)
    assert not player._thread.is_alive()
    assert [Path(call["argv"][0]).name for call in program.calls] == ["session_done.wav"]


def test_a_sound_that_never_ends_is_cut_when_the_app_closes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runnersknee_tui.cues.sound.RING_OUT_S", 0.05)
    program = Program(tmp_path, "import signal; signal.pause()")
    player = threaded(open_chain({}, [ProgramPlayer("fake", program.argv)]), [])
    player.play_now(CueKind.GO)
    Ear(player).hear(1)
    children = psutil.Process().children()
    player.close(PATIENCE_S)
    assert not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children)


def test_close_without_start_and_a_bell_whose_loop_is_gone() -> None:
    def gone() -> None:
        raise RuntimeError("Event loop is closed")

    player = CuePlayer(SOUNDS, SoundSettings(sound="bell"), open_chain({}, []), bell=gone, notice=print)
    player.prepare()
    player.play_now(CueKind.GO)
    player.turn()
    assert [played.by for played in player.log] == ["bell"]
    player.close()
