"""Home: the first key works, notices lead on, and words of files stay words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from runnersknee_tui.core.words import clean
from runnersknee_tui.tui.screens import home_words
from runnersknee_tui.tui.screens.home import HomeScreen
from runnersknee_tui.tui.widgets.page import TOO_SMALL
from runnersknee_tui.tui.widgets.rows import Choices
from runnersknee_tui.workspace import Workspace
from tests.tui.visit import HOSTILE, Visit, broken_off, lived, visit
from tests.world import MORNING, SHORT, routine_file, world


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return world(tmp_path, signs_asked_on=MORNING.date(), knee="left")


def routine_of(at: Visit) -> str:
    assert at.app.live is not None
    return at.app.live.session.plan.routine


async def begun(at: Visit) -> str:
    """Leave the questions open and wait for the session; returns its routine."""
    await at.until(lambda: at.is_on("QuestionsScreen") or at.is_on("SessionScreen"))
    if at.is_on("QuestionsScreen"):
        await at.press("space")
    await at.until(lambda: at.is_on("SessionScreen"))
    return routine_of(at)


async def test_the_first_choice_is_marked_and_told_in_full(made: Workspace) -> None:
    async with visit(made) as at:
        await at.reads(
            "Today",
            "20 min",
            "Straight leg raise",
            "15 each side",
            "Fewer sets today",
            "Pre-run",
            "No session yet",
        )
        assert at.app.screen.query_one("#list", Choices).marked == "today"


async def test_minutes_are_those_of_the_plan(made: Workspace) -> None:
    offers = home_words.gather(made).offers
    for routine, offer in offers.items():
        seconds = made.prepare(made.catalogue.routines[routine]).plan.seconds
        assert offer.seconds == seconds
        assert 0 <= int(offer.minutes.removesuffix(" min")) * 60 - seconds < 60


async def test_the_frame_is_there_before_anything_is_read(
    made: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HomeScreen, "_gather", lambda _: None)
    async with visit(made) as at:
        await at.reads("runnersknee", "start", "pre-run")
        assert "loaded" not in made.__dict__
        assert "history" not in made.__dict__


@pytest.mark.parametrize(("key", "routine"), [("enter", "today"), ("p", "prerun")])
async def test_a_key_before_the_routines_are_read_is_kept(
    made: Workspace, monkeypatch: pytest.MonkeyPatch, key: str, routine: str
) -> None:
    gather = HomeScreen._gather
    monkeypatch.setattr(HomeScreen, "_gather", lambda _: None)
    async with visit(made) as at:
        await at.press(key)
        home = at.app.screen
        assert isinstance(home, HomeScreen)
        monkeypatch.undo()
        gather(home)
        assert await begun(at) == routine


@pytest.mark.parametrize(
    ("keys", "routine"), [(("enter",), "today"), (("p",), "prerun"), (("down", "down", "enter"), "full")]
)
async def test_one_key_starts(made: Workspace, keys: tuple[str, ...], routine: str) -> None:
    async with visit(made) as at:
        await at.reads("Everything")
        await at.press(*keys)
        assert await begun(at) == routine


async def test_the_mouse_marks_and_starts(made: Workspace) -> None:
    async with visit(made) as at:
        await at.reads("Prehab four")
        choices = at.app.screen.query_one("#list", Choices)
        row = choices.get_option_index("prehab")
        await at.pilot.click("#list", offset=(6, row))
        await at.reads("Single-leg squat")
        assert at.is_on("HomeScreen")
        await at.pilot.click("#start")
        assert await begun(at) == "prehab"


@pytest.mark.parametrize(
    ("key", "screen"), [("h", "HistoryScreen"), ("e", "ExercisesScreen"), ("question_mark", "HelpScreen")]
)
async def test_other_screens_and_back(made: Workspace, key: str, screen: str) -> None:
    async with visit(made) as at:
        await at.press(key)
        await at.until(lambda: at.is_on(screen))
        await at.press("escape")
        await at.until(lambda: at.is_on("HomeScreen"))
        assert len(at.app.screen_stack) == 1


async def test_quit(made: Workspace) -> None:
    async with visit(made) as at:
        await at.reads("First three")
        await at.press("q")
        assert not at.app.is_running or at.app._exit


async def test_the_last_session(made: Workspace) -> None:
    made.history.save(lived(made, -1, seconds=300))
    async with visit(made) as at:
        await at.reads("Last session yesterday: Prehab four", "5 min", "stopped early")


async def test_notices_only_where_there_is_something(made: Workspace) -> None:
    async with visit(made) as at:
        await at.reads("First three")
        assert not [notice for notice in at.app.screen.query(".notice") if notice.display]
        await at.press("r", "w")
        assert at.is_on("HomeScreen")


async def test_a_session_that_broke_off_is_offered(made: Workspace) -> None:
    broken_off(made)
    async with visit(made) as at:
        await at.reads("First three was left unfinished")
        await at.pilot.click("#unfinished")
        await at.until(lambda: at.is_on("RecoverScreen"))


async def test_files_to_mend_are_counted_and_shown(made: Workspace) -> None:
    routine_file(made, "broken", 'title = 3\n[[exercises]]\nid = "plnak"\n')
    made.paths.history.mkdir(parents=True)
    (made.paths.history / "20260101T000000Z-00000000000000ff.json").write_text("{", encoding="utf-8")
    async with visit(made) as at:
        await at.reads("3 things to mend in your files")
        await at.press("w")
        await at.reads("broken.toml, line 1", "plnak", "plank", "20260101T000000Z-00000000000000ff.json")


async def test_a_session_in_another_terminal(made: Workspace, tmp_path: Path) -> None:
    elsewhere = world(tmp_path).checkpoints.begin("00000000000000bb")
    async with visit(made) as at:
        await at.reads("A session is running in another terminal.")
    elsewhere.abandon()


@pytest.mark.parametrize("words", HOSTILE)
async def test_words_of_files_are_shown_as_they_are(made: Workspace, words: str) -> None:
    quoted = json.dumps(words)
    routine_file(made, "mine", SHORT.replace('"Short"', f"{quoted}\npurpose = {quoted}", 1))
    async with visit(made, size=(100, 30)) as at:
        await at.reads("Everything")
        await at.press("end")
        await at.reads("1 x 30 s")
        assert at.text().count(clean(words)) >= 3, "in the list, and in the card as title and purpose"
        assert at.app.is_running


async def test_control_characters_in_a_file_are_told_and_harmless(made: Workspace) -> None:
    routine_file(made, "mine", SHORT.replace('"Short"', json.dumps("a\x1b[2Jb"), 1))
    async with visit(made) as at:
        await at.reads("1 thing to mend in your files")
        await at.press("w")
        await at.reads("mine.toml, line 1")
        assert "\x1b" not in at.text()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12), (40, 10), (200, 60)])
async def test_every_size_shows_the_first_choice(made: Workspace, size: tuple[int, int]) -> None:
    broken_off(made)
    async with visit(made, size=size) as at:
        await at.reads("First three", "32 min", "left unfinished", "start")


async def test_too_small_says_so_and_comes_back(made: Workspace) -> None:
    async with visit(made) as at:
        await at.reads("First three")
        await at.pilot.resize_terminal(39, 24)
        await at.until(lambda: at.text().split("\n")[0] == TOO_SMALL)
        assert "First three" not in at.text()
        await at.pilot.resize_terminal(80, 9)
        await at.reads(TOO_SMALL)
        await at.pilot.resize_terminal(40, 10)
        await at.reads("First three")


async def test_home_is_read_again_when_it_comes_back(made: Workspace) -> None:
    async with visit(made) as at:
        await at.reads("No session yet")
        await at.press("down", "h")
        await at.until(lambda: at.is_on("HistoryScreen"))
        made.history.save(lived(made, -2))
        await at.press("escape")
        await at.reads("Last session Tuesday")
        assert at.app.screen.query_one("#list", Choices).marked == "prerun"
