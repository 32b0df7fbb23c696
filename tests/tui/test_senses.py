"""What goes on around the picture: how often it moves, the flash, and what the terminal is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual import constants

from runnersknee_tui.core.timeline import StepKind
from runnersknee_tui.picture.cells import Frame, blank
from runnersknee_tui.picture.palette import PAPER
from runnersknee_tui.tui.screens.session import FRAME_S, SLOW_FRAME_S
from runnersknee_tui.tui.senses import Senses
from runnersknee_tui.tui.widgets.stage import Stage
from runnersknee_tui.workspace import Workspace
from tests.tui.test_session import Seat, seat
from tests.world import SHORT, Hands, routine_file, world

MOVING, HOLDING = 15.2, 16.2
"""Seconds to the middle of a lift, and of the hold behind it."""


def room(tmp_path: Path, hands: Hands, env: dict[str, str] | None = None, **flags: Any) -> Workspace:
    made = world(tmp_path, hands, **flags)
    made.env = {**made.env, **(env or {})}
    routine_file(made, "short", SHORT)
    return made


async def until(at: Seat, seconds: float) -> None:
    """Let time pass in steps that no gap hides in."""
    while seconds > 0:
        at.hands.turn(min(seconds, 0.4))
        at.screen.beat()
        seconds -= 0.4
    await at.pilot.pause()


@pytest.mark.parametrize(
    ("animation", "env", "beat"),
    [
        ("full", {}, FRAME_S),
        ("low", {}, SLOW_FRAME_S),
        ("full", {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}, SLOW_FRAME_S),
        ("off", {}, 0.8),
    ],
)
async def test_a_figure_moves_as_often_as_the_settings_and_the_line_allow(
    tmp_path: Path, animation: str, env: dict[str, str], beat: float
) -> None:
    hands = Hands()
    async with seat(room(tmp_path, hands, env, animation=animation), hands) as at:
        await until(at, MOVING)
        assert at.kind() is StepKind.CONCENTRIC
        assert at.screen._next_beat() == pytest.approx(beat)


async def test_textual_animations_none_is_honoured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
    hands = Hands()
    async with seat(room(tmp_path, hands), hands) as at:
        await until(at, MOVING)
        assert at.screen._next_beat() == pytest.approx(0.8)


async def test_nothing_moves_in_a_hold(tmp_path: Path) -> None:
    hands = Hands()
    async with seat(room(tmp_path, hands, animation="full"), hands) as at:
        await until(at, HOLDING)
        assert at.kind() is StepKind.ISOMETRIC
        assert at.screen._next_beat() == pytest.approx(0.8)


@pytest.mark.parametrize("flash", [True, False])
async def test_a_flash_comes_once_a_change_of_phase_and_only_where_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flash: bool
) -> None:
    seen: list[bool] = []
    show = Stage.show

    def watched(self: Stage, frame: Frame) -> None:
        seen.append(frame == blank(frame.width, frame.height, PAPER))
        show(self, frame)

    hands = Hands()
    async with seat(room(tmp_path, hands, animation="off", flash=flash), hands) as at:
        await until(at, 14)
        monkeypatch.setattr(Stage, "show", watched)
        await until(at, 2.8)  # the lift, and most of its hold
    assert sum(seen) == (2 if flash else 0)
    assert len(seen) > sum(seen)


@pytest.mark.parametrize(
    ("env", "flags", "title", "progress"),
    [
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, {}, True, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, {"terminal_progress": "off"}, True, False),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, {}, True, False),
        ({"TERM": "linux"}, {}, False, False),
    ],
)
async def test_the_terminal_is_told_what_it_knows_and_left_as_it_was(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    env: dict[str, str],
    flags: dict[str, str],
    title: bool,
    progress: bool,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(Senses, "_write", lambda _self, sequence: told.append(sequence))
    hands = Hands()
    async with seat(room(tmp_path, hands, env, animation="off", **flags), hands) as at:
        await at.press("space")
    titles = [words for words in told if words.startswith("\x1b]0;")]
    marks = [words for words in told if words.startswith("\x1b]9;4;")]
    assert bool(titles) == title
    assert bool(marks) == progress
    assert len(titles) + len(marks) == len(told)
    if title:
        assert "left, get ready" in titles[0]
        assert titles[-1] == "\x1b]0;\x07"
    if progress:
        assert any(words.startswith("\x1b]9;4;4;") for words in marks)
        assert marks[-1].startswith("\x1b]9;4;0;")


async def test_a_mistake_of_the_app_leaves_no_mark_on_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(Senses, "_write", lambda _self, sequence: told.append(sequence))
    hands = Hands()
    env = {"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}

    def mistake() -> None:
        raise ZeroDivisionError

    async def session_with_a_mistake() -> None:
        async with seat(room(tmp_path, hands, env, animation="off"), hands) as at:
            at.screen.call_later(mistake)
            await at.pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await session_with_a_mistake()
    assert told[-1].startswith("\x1b]9;4;0;")


async def test_a_long_note_moves_no_picture(tmp_path: Path) -> None:
    """Pictures are drawn ahead in a rest, in the size in which work shows them."""
    hands = Hands()
    async with seat(room(tmp_path, hands), hands) as at:
        stage = at.screen.query_one(Stage)
        at.screen.senses.note(
            "No sound: " + ", ".join(["a player was not found"] * 6) + ". Watch the screen."
        )
        sizes, said = set(), set()
        for _ in range(44):
            await until(at, 0.4)
            sizes.add(stage.size)
            said.add(str(at.screen.coming.content))
        assert at.kind() is not StepKind.GET_READY
        assert "Watch the screen." in said
        assert len(sizes) == 1
