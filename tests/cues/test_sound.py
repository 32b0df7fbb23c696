"""The cue player without its thread: `turn` is called by hand, and the clock stands still in between."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from pathlib import Path

import pytest

from runnersknee_tui.core.cue import Cue, CueKind
from runnersknee_tui.cues.chain import MOST, Chain, open_chain
from runnersknee_tui.cues.players import Player
from runnersknee_tui.cues.sound import CuePlayer, SoundSettings, SoundStatus
from runnersknee_tui.cues.wav import Clip
from tests.cues.fakes import SOUNDS, Clock, FakePlayer

QUIET = SoundSettings(volume=100, primer=False)


class Desk:
    """A cue player, its clock, and everything it did."""

    def __init__(
        self,
        *players: FakePlayer,
        settings: SoundSettings = QUIET,
        clips: dict[str, Clip] | None = None,
        chain: Chain | None = None,
        has_bell: bool = True,
        cache: Path | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.clock = clock or Clock()
        for player in players:
            player.clock = self.clock
        self.bells: list[float] = []
        self.notices: list[str] = []
        self.player = CuePlayer(
            SOUNDS,
            settings,
            chain or open_chain({}, players, self.clock),
            bell=(lambda: self.bells.append(self.clock.now)) if has_bell else None,
            notice=self.notices.append,
            cache=cache,
            clips=(clips or {}).get,
            clock=self.clock,
        )
        self.player.prepare()

    def run(self, seconds: float) -> None:
        """Let time pass as the thread would: jump to the moment that `turn` asks for."""
        end = self.clock.now + seconds
        while (wait := self.player.turn()) <= end - self.clock.now:
            self.clock.now += wait
        self.clock.now = end

    def list(self, *cues: tuple[float, CueKind] | tuple[float, CueKind, str]) -> None:
        now = self.clock.now
        self.player.schedule([(now + cue[0], Cue(cue[1], cue[0], *cue[2:])) for cue in cues])


def fake(
    name: str = "fake", lead_s: float = 0.0, status: int | None = 0, *, fails: bool = False
) -> FakePlayer:
    return FakePlayer(Clock(), name, lead_s, fails, status)


def test_cues_are_played_at_their_times() -> None:
    player = fake()
    desk = Desk(player)
    desk.list((1, CueKind.COUNTDOWN), (2, CueKind.COUNTDOWN), (3, CueKind.GO))
    desk.run(5)
    assert player.heard == ["countdown", "countdown", "go"]
    assert player.times == [1001, 1002, 1003]
    assert [(played.due, played.at, played.by) for played in desk.player.log] == [
        (1001, 1001, "fake"),
        (1002, 1002, "fake"),
        (1003, 1003, "fake"),
    ]


def test_a_slow_player_is_started_earlier() -> None:
    player = fake(lead_s=0.1)
    desk = Desk(player)
    desk.list((1, CueKind.GO))
    desk.run(2)
    assert player.times == [pytest.approx(1000.9)]
    assert desk.player.log[0].at == pytest.approx(1001)


@pytest.mark.parametrize(("late", "heard"), [(0.0, ["go"]), (0.24, ["go"]), (0.26, [])])
def test_a_cue_that_is_too_late_is_dropped(late: float, heard: list[str]) -> None:
    player = fake()
    desk = Desk(player)
    desk.list((1, CueKind.GO))
    desk.clock.now += 1 + late  # the thread could not run: a stopped process, a sleeping machine
    desk.run(1)
    assert player.heard == heard
    assert desk.player.log[0].by == ("fake" if heard else "late")


def test_a_player_without_a_device_is_dropped_and_the_next_one_plays_the_same_cue() -> None:
    broken, good = fake("pw-play", status=1), fake("paplay")
    desk = Desk(broken, good)
    desk.list((1, CueKind.GO), (2, CueKind.GO))
    desk.run(3)
    assert broken.heard == ["go"]
    assert good.heard == ["go", "go"]
    assert good.times[0] < 1001.12
    assert desk.player.status == SoundStatus("on", "paplay")
    assert desk.notices == []


def test_a_player_that_cannot_be_started_costs_no_time() -> None:
    good = fake("aplay")
    desk = Desk(fake("pw-play", fails=True), good)
    desk.list((1, CueKind.GO))
    desk.run(2)
    assert good.times == [1001]


def test_a_failure_that_shows_too_late_is_not_played_again() -> None:
    slow, good = fake("pw-play", status=None), fake("paplay")
    desk = Desk(slow, good)
    desk.list((1, CueKind.GO), (3, CueKind.GO))
    desk.run(1.5)
    slow.sounds[0].status = 1
    desk.run(2)
    assert good.times == [1003]


def test_when_no_player_is_left_the_bell_rings_and_one_notice_says_so() -> None:
    desk = Desk(fake("pw-play", status=1), fake("aplay", fails=True))
    desk.list((1, CueKind.COUNTDOWN), (2, CueKind.GO), (3, CueKind.TICK), (4, CueKind.REP))
    desk.run(9)
    assert [round(bell) for bell in desk.bells] == [1001, 1002]  # never for a tick or a repetition
    assert desk.notices == [
        "No sound: pw-play could not play; aplay could not be started. The terminal bell is used."
    ]
    assert desk.player.status.mark == "♪ bell"


def test_without_a_bell_the_screen_has_to_do() -> None:
    desk = Desk(has_bell=False)
    desk.list((1, CueKind.GO))
    desk.run(2)
    assert desk.notices[0].startswith("No sound: no player found (")
    assert desk.notices[0].endswith("Watch the screen.")
    assert desk.player.status.mark == "♪ off"


def test_a_remote_session_rings_the_bell_and_says_it_once() -> None:
    player = fake()
    desk = Desk(player, chain=open_chain({"SSH_CONNECTION": "1 2 3 4"}, [player]))
    desk.list((1, CueKind.GO))
    desk.run(2)
    assert (player.heard, desk.bells) == ([], [1001])
    assert desk.notices == ["No sound: this is a remote session. The terminal bell is used."]


def test_a_remote_session_with_its_sound_forwarded_plays() -> None:
    player = fake()
    assert open_chain({"SSH_CONNECTION": "1", "PULSE_SERVER": "tcp:there"}, [player]).name == "fake"


@pytest.mark.parametrize(
    ("sound", "played", "bells", "state"), [("bell", [], [1001], "bell"), ("off", [], [], "off")]
)
def test_the_setting_decides(sound: str, played: list[str], bells: list[float], state: str) -> None:
    player = fake()
    desk = Desk(player, settings=SoundSettings(sound=sound, primer=False))
    desk.list((1, CueKind.GO))
    desk.run(2)
    assert (player.heard, desk.bells, desk.notices) == (played, bells, [])
    assert desk.player.status.state == state


def test_mute_silences_at_once_and_can_be_taken_back() -> None:
    player = fake(status=None)
    desk = Desk(player)
    desk.list((1, CueKind.GO), (2, CueKind.GO), (3, CueKind.GO))
    desk.run(1.1)
    desk.player.muted = True
    desk.run(1)
    assert [sound.stopped for sound in player.sounds] == [True]
    assert desk.player.status == SoundStatus("off", "muted")
    desk.player.muted = False
    desk.run(2)
    assert player.heard == ["go", "go"]
    assert desk.player.status.state == "on", "a sound that we stopped is no failure"


def test_volume_0_is_silence() -> None:
    player = fake()
    desk = Desk(player, settings=SoundSettings(volume=0))
    desk.list((1, CueKind.GO))
    desk.run(2)
    assert (player.heard, desk.bells) == ([], [])


def test_the_volume_scales_the_files(tmp_path: Path) -> None:
    player = fake()
    desk = Desk(player, settings=SoundSettings(volume=50, primer=False), cache=tmp_path)
    desk.list((1, CueKind.GO))
    desk.run(2)

    def peak(path: Path) -> int:
        with wave.open(str(path), "rb") as sound:
            data = sound.readframes(sound.getnframes())
        return max(
            abs(int.from_bytes(data[i : i + 2], "little", signed=True)) for i in range(0, len(data), 2)
        )

    assert peak(player.sounds[0].file) == pytest.approx(peak(SOUNDS / "go.wav") / 4, abs=1)


def test_clear_forgets_what_is_to_come() -> None:
    player = fake()
    desk = Desk(player)
    desk.list((1, CueKind.GO))
    desk.run(0.5)
    desk.player.clear()
    desk.run(2)
    assert player.heard == []
    desk.list((1, CueKind.GO))
    desk.run(2)
    assert player.heard == ["go"]


def test_play_now_needs_no_group_and_goes_before_what_is_to_come() -> None:
    player = fake()
    desk = Desk(player, settings=SoundSettings(volume=100, cues=(), primer=False))
    desk.list((1, CueKind.GO))
    desk.player.play_now(CueKind.SESSION_DONE)
    desk.run(2)
    assert player.heard == ["session_done"]


def test_one_moment_has_one_sound() -> None:
    player = fake()
    desk = Desk(player)
    desk.list((1, CueKind.ATTENTION))
    desk.run(1.1)
    desk.player.play_now(CueKind.ATTENTION)  # the driver heard of it a little later and asks for it too
    desk.run(0.1)
    assert player.heard == ["attention"]
    desk.run(0.5)
    for _ in range(6):
        desk.player.play_now(CueKind.ATTENTION)
    desk.run(1)
    assert player.heard == ["attention", "attention"]


def test_a_player_whose_sounds_never_end_is_given_up() -> None:
    stuck, good = fake("paplay", status=None), fake("aplay")
    desk = Desk(stuck, good)
    desk.list(*((float(n), CueKind.TEN_SECONDS) for n in range(1, MOST + 3)))
    desk.run(MOST + 3)
    assert len(stuck.sounds) == MOST
    assert all(sound.stopped for sound in stuck.sounds)
    assert len(good.sounds) == 2


def test_one_sound_that_hangs_is_ended_and_its_player_dropped() -> None:
    stuck, good = fake("paplay", status=None), fake("aplay")
    desk = Desk(stuck, good)
    desk.list((1, CueKind.GO), (30, CueKind.GO))
    desk.run(31)
    assert stuck.sounds[0].ended
    assert len(good.sounds) == 1


def test_a_missing_file_is_no_reason_to_give_a_player_up(tmp_path: Path) -> None:
    clock = Clock()
    player = FakePlayer(clock)
    bells: list[int] = []
    cues = CuePlayer(
        tmp_path,
        QUIET,
        open_chain({}, [player], clock),
        bell=lambda: bells.append(1),
        notice=bells.append,  # type: ignore[arg-type]
        clock=clock,
    )
    cues.prepare()
    cues.play_now(CueKind.GO)
    cues.turn()
    assert (bells, cues.status.state) == ([1], "on")


# --- the primer ---------------------------------------------------------------------------------------------


def primed(cache: Path, *cues: tuple[float, CueKind], seconds: float = 60) -> list[tuple[float, str]]:
    player = fake()
    desk = Desk(player, settings=SoundSettings(volume=100), cache=cache)
    desk.list(*cues)
    desk.run(seconds)
    return [(round(at - 1000, 3), name) for at, name in zip(player.times, player.heard, strict=True)]


def test_a_sleepy_loudspeaker_is_woken_before_the_first_cue_and_after_silence(tmp_path: Path) -> None:
    assert primed(tmp_path, (10, CueKind.GO), (12, CueKind.REST), (40, CueKind.GO)) == [
        (7, "primer"),
        (10, "go"),
        (12, "rest"),
        (37, "primer"),
        (40, "go"),
    ]


def test_no_primer_where_it_would_come_too_late_to_help(tmp_path: Path) -> None:
    assert primed(tmp_path, (0.3, CueKind.GO)) == [(0.3, "go")]
    assert primed(tmp_path, (1.0, CueKind.GO)) == [(0, "primer"), (1.0, "go")]


def test_no_primer_without_a_cache_or_where_it_is_switched_off() -> None:
    player = fake()
    desk = Desk(player, settings=SoundSettings(volume=100, primer=True))
    desk.list((10, CueKind.GO))
    desk.run(20)
    assert player.heard == ["go"]


# --- the voice ----------------------------------------------------------------------------------------------

FULL = SoundSettings(volume=100, primer=False, voice="full")


def spoken(
    *cues: tuple[float, CueKind] | tuple[float, CueKind, str], seconds: float = 2.0
) -> list[tuple[float, str]]:
    """What is played of `cues` where every sentence takes `seconds`."""
    player = fake()
    clip = Clip(SOUNDS / "session_done.wav", seconds)
    texts: Sequence[str] = [cue[2] for cue in cues if len(cue) == 3]
    desk = Desk(player, settings=FULL, clips=dict.fromkeys(texts, clip))
    desk.list(*cues)
    desk.run(60)
    return [(round(at - 1000, 2), name) for at, name in zip(player.times, player.heard, strict=True)]


def test_words_follow_when_their_beep_is_over() -> None:
    assert spoken((1, CueKind.REST, "Rest.")) == [(1, "rest"), (1.62, "session_done")]
    assert spoken((1, CueKind.COUNTDOWN, "Three.")) == [(1, "countdown"), (1.25, "session_done")]


def test_words_come_sooner_where_the_countdown_leaves_little_time() -> None:
    heard = spoken((1, CueKind.SWITCH, "Switch."), (3.4, CueKind.COUNTDOWN))
    assert heard == [(1, "switch"), (1.4, "session_done"), (3.4, "countdown")]


def test_words_that_do_not_fit_before_the_countdown_are_left_out() -> None:
    assert spoken((1, CueKind.SWITCH, "Switch."), (3, CueKind.COUNTDOWN)) == [(1, "switch"), (3, "countdown")]


def test_words_that_are_not_ready_are_left_out_and_no_bell_stands_for_them() -> None:
    player = fake()
    desk = Desk(player, settings=FULL)
    desk.list((1, CueKind.REST, "Rest."))
    desk.run(5)
    assert (player.heard, desk.bells) == (["rest"], [])


def test_an_unforeseen_countdown_stops_the_words() -> None:
    player = fake(status=None)
    desk = Desk(player, settings=FULL, clips={"Rest.": Clip(SOUNDS / "session_done.wav", 9.0)})
    desk.list((1, CueKind.REST, "Rest."))
    desk.run(3)
    desk.list((1, CueKind.COUNTDOWN))
    desk.run(2)
    assert [(name, sound.stopped) for name, sound in zip(player.heard, player.sounds, strict=True)] == [
        ("rest", False),
        ("session_done", True),
        ("countdown", False),
    ]


def test_clear_stops_the_words_but_not_a_beep() -> None:
    player = fake(status=None)
    desk = Desk(player, settings=FULL, clips={"Rest.": Clip(SOUNDS / "session_done.wav", 9.0)})
    desk.list((1, CueKind.REST, "Rest."))
    desk.run(3)
    desk.player.clear()
    desk.run(1)
    assert [sound.stopped for sound in player.sounds] == [False, True]


def test_the_voice_can_be_switched_in_a_session() -> None:
    player = fake()
    desk = Desk(player, clips={"Rest.": Clip(SOUNDS / "session_done.wav", 1.0)})
    desk.list((1, CueKind.REST, "Rest."))
    desk.player.voice = "full"
    desk.list((1, CueKind.REST, "Rest."))
    desk.run(3)
    assert player.heard == ["rest", "session_done"]


def test_a_player_protocol_is_all_it_takes() -> None:
    player: Player = fake()
    assert player.name == "fake"
