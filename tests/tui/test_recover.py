"""A session that broke off: go on, keep, discard, or decide later. Nothing is lost without a question."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from runnersknee_tui.core.session import State
from runnersknee_tui.core.words import clean
from runnersknee_tui.store.durable import SaveError
from runnersknee_tui.workspace import Workspace
from tests.tui.visit import HOSTILE, Visit, broken_off, visit
from tests.world import SHORT, routine_file, world


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return world(tmp_path)


@asynccontextmanager
async def asked(made: Workspace, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Visit]:
    """In front of the question, with what was done known."""
    async with visit(made, size=size) as at:
        await at.reads("left unfinished")
        await at.press("r")
        await at.reads("Left unfinished", "Go on", "Begun")
        yield at


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12), (40, 10)])
async def test_all_choices_are_seen_at_every_size(made: Workspace, size: tuple[int, int]) -> None:
    broken_off(made)
    async with asked(made, size) as at:
        await at.reads("First three", "Begun", "Go on", "Save as", "Discard", "Decide later")


async def test_what_was_done_is_told(made: Workspace) -> None:
    broken_off(made, seconds=800)
    async with asked(made) as at:
        await at.reads("Straight leg raise", "90 of 90 repetitions", "Clamshell", "skipped", "13 min")


@pytest.mark.parametrize("keys", [("enter",), ("g",), ("r",)])
async def test_go_on_paused_where_it_was(made: Workspace, keys: tuple[str, ...]) -> None:
    broken_off(made, seconds=300)
    async with asked(made) as at:
        await at.press(*keys)
        await at.until(lambda: at.is_on("SessionScreen"))
        assert at.app.live is not None
        assert at.app.live.session.state is State.PAUSED
        assert at.app.live.session.active_s == pytest.approx(300)
        assert not at.app.live.record


@pytest.mark.parametrize("keys", [("s",), ("down", "enter")])
async def test_kept_as_stopped(made: Workspace, keys: tuple[str, ...]) -> None:
    broken_off(made, seconds=300)
    async with asked(made) as at:
        await at.press(*keys)
        await at.until(lambda: at.is_on("HomeScreen") and not at.app.screen.query_one("#unfinished").display)
        await at.reads("Last session")
    (record,) = made.history.newest()
    assert (record.status, record.end_reason, record.active_s) == ("stopped", "recovered", 300)
    assert made.checkpoints.orphans() == ()


async def test_discard_asks_once(made: Workspace) -> None:
    broken_off(made)
    async with asked(made) as at:
        await at.press("d")
        await at.until(lambda: at.is_on("ConfirmScreen"))
        await at.press("escape")
        await at.until(lambda: at.is_on("RecoverScreen"))
        assert len(made.checkpoints.orphans()) == 1
        await at.press("d")
        await at.until(lambda: at.is_on("ConfirmScreen"))
        await at.press("y")
        await at.until(lambda: at.is_on("HomeScreen"))
    assert made.checkpoints.orphans() == ()
    assert made.history.newest() == ()


async def test_later_leaves_all_as_it_is(made: Workspace) -> None:
    orphan = broken_off(made)
    async with asked(made) as at:
        await at.press("escape")
        await at.until(lambda: at.is_on("HomeScreen"))
        await at.reads("left unfinished")
    assert made.checkpoints.orphans() == (orphan,)


async def test_the_mouse_chooses(made: Workspace) -> None:
    broken_off(made)
    async with asked(made) as at:
        await at.pilot.click("#choices", offset=(8, 3))
        await at.until(lambda: at.is_on("HomeScreen"))
    assert len(made.checkpoints.orphans()) == 1


async def test_a_session_of_exercises_that_are_gone_can_only_wait_or_go(made: Workspace) -> None:
    orphan = broken_off(made)
    plain = {**orphan.session, "items": [{**orphan.session["items"][0], "exercise": "gone"}]}
    path = made.paths.active / f"{orphan.id}.json"
    path.write_text(path.read_text().replace(json.dumps(orphan.session), json.dumps(plain)), encoding="utf-8")
    async with visit(made) as at:
        await at.reads("left unfinished")
        await at.press("r")
        await at.reads("no longer fits")
        await at.press("g", "s")
        assert at.is_on("RecoverScreen")
        await at.press("enter")
        await at.until(lambda: at.is_on("HomeScreen"))
    assert made.history.newest() == ()
    assert len(made.checkpoints.orphans()) == 1


async def test_another_window_was_quicker(made: Workspace, tmp_path: Path) -> None:
    orphan = broken_off(made)
    async with asked(made) as at:
        other = world(tmp_path).checkpoints.adopt(orphan)
        assert other is not None
        await at.press("s")
        await at.reads("Another window has taken")
        other.abandon()
    assert made.history.newest() == ()


async def test_a_disk_that_refuses_loses_nothing(made: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    broken_off(made)

    def refuse(_: object) -> None:
        raise SaveError(Path("x"), "the disk is full [/]", 28)

    monkeypatch.setattr(made.history, "save", refuse)
    async with asked(made) as at:
        await at.press("s")
        await at.reads("the disk is full", "[/]")
        assert at.is_on("RecoverScreen")
    assert len(made.checkpoints.orphans()) == 1


@pytest.mark.parametrize("words", HOSTILE)
async def test_words_of_files_are_shown_as_they_are(made: Workspace, words: str) -> None:
    routine_file(made, "mine", SHORT.replace('"Short"', json.dumps(words), 1))
    broken_off(made, routine="mine", seconds=30)
    async with visit(made) as at:
        await at.reads(f"{clean(words)} was left unfinished")
        await at.press("r")
        await at.reads("Go on", "Begun", clean(words))
