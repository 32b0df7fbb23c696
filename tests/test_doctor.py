"""`doctor`: what is wrong, where, and what to do; and moving what cannot be read out of the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from runnersknee_tui.cli import main
from runnersknee_tui.commands import doctor_senses
from runnersknee_tui.cues import check, engines, players
from runnersknee_tui.cues.check import Check
from runnersknee_tui.cues.players import ProgramPlayer
from runnersknee_tui.store.backup import back_up
from runnersknee_tui.workspace import Workspace
from tests.store.sessions import session as a_session
from tests.workbench import FakeClock, workspace

BROKEN = "20260302T063000Z-5f3a9c1e2b7d4a60.json"
NEWER = "20260303T063000Z-5f3a9c1e2b7d4a61.json"

Doctor = Callable[..., tuple[int, str]]


@pytest.fixture
def bench(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


@pytest.fixture
def doctor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Doctor:
    def run(*words: str, env: Mapping[str, str] | None = None, config: str = "") -> tuple[int, str]:
        made = workspace(tmp_path, FakeClock(), env=env)
        if config:
            made.paths.config.mkdir(parents=True, exist_ok=True)
            made.paths.config_file.write_text(config, encoding="utf-8")

        def make(flags: Mapping[str, Any]) -> Workspace:
            return workspace(tmp_path, FakeClock(), env=env, flags=flags)

        status = main(("doctor", *words), make)
        return status, " ".join(capsys.readouterr().out.split())

    return run


@pytest.fixture
def no_players(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(players, "find_players", lambda: ())
    monkeypatch.setattr(
        players, "candidates", lambda: (ProgramPlayer("pw-play", ()), ProgramPlayer("aplay", ()))
    )


def broken(bench: Workspace) -> Path:
    bench.history.save(a_session(0))
    path = bench.paths.history / BROKEN
    path.write_text("{", encoding="utf-8")
    return path


# --- sound, voice, screen ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("no_players")
def test_without_a_player_it_says_what_to_install(doctor: Doctor) -> None:
    status, said = doctor()
    assert status == 0, "the bell stands in"
    assert "-- player none of pw-play, aplay is installed Install one of them." in said
    assert "Until then the terminal's bell stands in." in said


def test_players_are_found_and_not_tried(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(players, "find_players", lambda: (ProgramPlayer("/usr/bin/pw-play", ()),))
    monkeypatch.setattr(check, "sound_check", lambda *_: pytest.fail("it played a sound"))
    _, said = doctor()
    assert "ok player pw-play, the best first" in said
    assert "ok heard not tried runnersknee doctor --sound plays one." in said


def test_sound_is_tried_aloud_where_asked(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = (
        Check("/usr/bin/pw-play", False, "could not play (exit status 1)"),
        Check("aplay", True, "played"),
    )
    monkeypatch.setattr(players, "find_players", lambda: (ProgramPlayer("aplay", ()),))
    monkeypatch.setattr(check, "sound_check", lambda *_: tried)
    _, said = doctor("--sound")
    assert "-- heard pw-play: could not play (exit status 1) Is a device there?" in said
    assert "ok heard aplay: played Heard nothing? Look at the computer's volume." in said
    assert "not tried" not in said


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ('sound = "off"', "ok sound off in your settings"),
        ('sound = "bell"', "ok player the terminal's bell, as your settings ask"),
        ("volume = 0", "Nothing can be heard at 0."),
        ("keep_awake = false", "ok keep awake off in your settings"),
        ('terminal_progress = "off"', "ok progress off in your settings"),
        ('picture = "braille"', "ok picture braille dots, without colours (setting picture = braille)"),
    ],
)
def test_settings_decide(config: str, words: str, doctor: Doctor) -> None:
    assert words in doctor(config=config)[1]


@pytest.mark.parametrize(("voice", "mark"), [("off", "ok"), ("full", "--")])
def test_a_missing_voice_matters_only_where_it_is_wanted(
    voice: str, mark: str, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "find_engine", lambda: None)
    monkeypatch.setattr(engines, "engine_program", lambda: "espeak-ng")
    status, said = doctor(config=f'voice = "{voice}"')
    assert status == 0
    assert f"{mark} engine espeak-ng is not installed" in said


def test_a_remote_session_is_told(doctor: Doctor) -> None:
    _, said = doctor(env={"SSH_CONNECTION": "1 2 3 4"})
    assert "-- player the terminal's bell: this is a remote session PULSE_SERVER" in said
    assert "-- keep awake the screen may go dark: this is a remote session" in said


@pytest.mark.parametrize(
    ("env", "found"),
    [
        ({"COLORTERM": "truecolor"}, "16 million"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "linux"}, "16"),
        ({}, "not told"),
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, "none, as NO_COLOR asks"),
    ],
)
def test_colours(env: dict[str, str], found: str) -> None:
    assert doctor_senses.colours(env).found == found


# --- store ---------------------------------------------------------------------------------------------------


def test_a_broken_session_is_named_with_what_to_do(bench: Workspace, doctor: Doctor) -> None:
    path = broken(bench)
    status, said = doctor()
    assert status == 1
    assert f"!! unreadable {BROKEN}: not complete JSON" in said
    assert "runnersknee doctor --quarantine" in said
    assert "ok sessions 1 in" in said
    assert path.exists(), "nothing is moved unless asked"


def test_many_broken_sessions_are_counted(bench: Workspace, doctor: Doctor) -> None:
    bench.paths.history.mkdir(parents=True)
    for number in range(8):
        (bench.paths.history / BROKEN.replace("60.json", f"7{number}.json")).write_text("{", encoding="utf-8")
    _, said = doctor()
    assert said.count("!! unreadable") == 5
    assert "8 in all." in said


def test_a_newer_session_is_no_fault(bench: Workspace, doctor: Doctor) -> None:
    bench.paths.history.mkdir(parents=True)
    newer = bench.paths.history / NEWER
    newer.write_text('{"schema": 99, "id": "5f3a9c1e2b7d4a61"}', encoding="utf-8")
    status, said = doctor()
    assert status == 0
    assert "-- newer 1 written by a newer version Update runnersknee to see them." in said
    doctor("--quarantine")
    assert newer.exists()


def test_copies_of_a_sync_service_are_told(bench: Workspace, doctor: Doctor) -> None:
    bench.history.save(a_session(0))
    (only,) = bench.paths.history.glob("*.json")
    only.with_name(f"{only.stem} (conflict).json").write_bytes(only.read_bytes())
    status, said = doctor()
    assert status == 0
    assert "-- copies more than one file for 1 session, as" in said


def test_quarantine_backs_up_and_moves(bench: Workspace, doctor: Doctor) -> None:
    path = broken(bench)
    status, said = doctor("--quarantine")
    assert status == 0, said
    assert f"ok quarantine {BROKEN} is now" in said
    assert not path.exists()
    (kept,) = bench.paths.quarantine.glob("*.json")
    assert kept.read_text(encoding="utf-8") == "{"
    assert len(list(bench.paths.backups.glob("*.zip"))) == 1
    assert "-- put away 1 file in" in said
    assert doctor("--quarantine")[1].startswith("Quarantine ok quarantine every session can be read")


def test_quarantine_moves_nothing_without_a_backup(bench: Workspace, doctor: Doctor) -> None:
    path = broken(bench)
    bench.paths.backups.write_text("a file where a folder should be", encoding="utf-8")
    status, said = doctor("--quarantine")
    assert status == 1
    assert "!! backup" in said
    assert "Nothing was moved." in said
    assert path.exists()


def test_there_is_nothing_to_migrate_yet(bench: Workspace, doctor: Doctor) -> None:
    bench.history.save(a_session(0))
    status, said = doctor("--migrate")
    assert status == 0
    assert "ok migration 1 session of schema 1" in said
    assert "ok backups 1, the newest of" in said, "the backup comes first"


def test_migrate_rewrites_nothing_without_a_backup(bench: Workspace, doctor: Doctor) -> None:
    bench.history.save(a_session(0))
    bench.paths.backups.write_text("in the way", encoding="utf-8")
    status, said = doctor("--migrate")
    assert status == 1
    assert "!! backup" in said
    assert "Nothing was rewritten." in said
    assert "ok migration" not in said


def test_backups_are_read_back(bench: Workspace, doctor: Doctor) -> None:
    assert "ok backups none yet" in doctor()[1]
    bench.history.save(a_session(0))
    made = back_up(bench.paths, bench.history, bench.clock.wall().date())
    assert made is not None
    assert "ok backups 1, the newest of 2026-03-02 with 1 session, read back" in doctor()[1]
    made.path.write_bytes(b"no zip")
    status, said = doctor()
    assert status == 1
    assert "!! backups" in said
    assert "Delete this file; the app makes a new one." in said


def test_a_setting_that_is_wrong_says_what_holds_meanwhile(doctor: Doctor) -> None:
    status, said = doctor(config="minutes = 1000\n")
    assert status == 1
    assert "!! problem config.toml:1: minutes:" in said
    assert "Until it is mended, the value behind it is used." in said
