"""The session screen: led to the end by itself, every key, every size, and words that nobody may bend."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec import Struct
from textual.pilot import Pilot
from textual.widgets import Static

from runnersknee_tui.core.session import Session, State
from runnersknee_tui.core.timeline import StepKind
from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.screens.session import SessionScreen
from runnersknee_tui.tui.screens.summary import SummaryScreen
from runnersknee_tui.tui.widgets.stage import Stage
from runnersknee_tui.tui.widgets.status_line import StatusLine
from runnersknee_tui.workspace import Workspace
from tests.world import SHORT, Hands, routine_file, world

HOSTILE = "[red]Not[/] \\[ @click=app.quit"


class Seat(Struct):
    """A person in front of the session screen."""

    app: RunnersKneeApp
    pilot: Pilot[int]
    hands: Hands

    @property
    def screen(self) -> SessionScreen:
        screen = next(screen for screen in self.app.screen_stack if isinstance(screen, SessionScreen))
        assert isinstance(screen, SessionScreen)
        return screen

    @property
    def session(self) -> Session:
        assert self.app.live is not None
        return self.app.live.session

    def state(self) -> State:
        return self.session.state

    def kind(self) -> StepKind:
        return self.session.step.kind

    async def wait(self, seconds: float) -> None:
        """Let the session's time pass, in steps that are no gap."""
        for _ in range(round(seconds * 2)):
            self.hands.turn(0.5)
            if isinstance(self.app.screen, SessionScreen):
                self.app.screen.beat()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def text(self, selector: str) -> str:
        widget = self.screen.query_one(selector)
        return str(widget.render()) if not isinstance(widget, Static) else str(widget.content)


@asynccontextmanager
async def seat(
    made: Workspace, hands: Hands, *, size: tuple[int, int] = (80, 24), routine: str = "short"
) -> AsyncIterator[Seat]:
    def start(app: RunnersKneeApp) -> None:
        app.start_session(made.prepare(made.catalogue.routines[routine]))

    app = RunnersKneeApp(made, start)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Seat(app, pilot, hands)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def made(tmp_path: Path, hands: Hands) -> Workspace:
    workspace = world(tmp_path, hands, animation="off")
    routine_file(workspace, "short", SHORT)
    return workspace


async def test_nothing_to_press_until_the_table(made: Workspace, hands: Hands) -> None:
    async with seat(made, hands) as at:
        assert "set 1 of 2" in at.text("StatusLine")
        await at.wait(at.session.plan.seconds + 1)
        assert isinstance(at.app.screen, SummaryScreen)
        assert at.app.live is not None
        assert at.app.live.saved is not None
        at.app.live.saved.result(5)
        (record,) = made.history.newest()
        assert record.status == "completed"
        assert not record.confirmed
        await at.press("2", "3", "enter")
        (record,) = made.history.newest()
        assert record.confirmed
        assert [entry.during.left for entry in record.exercises] == [2, 3]
        assert [entry.during.right for entry in record.exercises] == [None, None]
        assert [entry.form for entry in record.exercises] == [None, None]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
async def test_everything_at_once(made: Workspace, hands: Hands, size: tuple[int, int]) -> None:
    async with seat(made, hands, size=size) as at:
        await at.wait(15.5)
        frame = at.screen.query_one(Stage).frame
        assert frame is not None
        assert (frame.width, frame.height) == tuple(at.screen.query_one(Stage).size)
        status = at.text("StatusLine")
        assert ("set 1 of 2" in status and "rep 1 of 2" in status) or (
            "set 1/2" in status and "rep 1/2" in status
        )
        assert "2 min" in status
        assert at.text("#advice") == made.catalogue.exercises["glute-bridge"].form.cue
        assert "rest 20 s" in at.text("#coming")


async def test_words_that_place_the_body_are_whole_in_the_narrowest_terminal(
    tmp_path: Path, hands: Hands
) -> None:
    made = world(tmp_path, hands, animation="off")
    routine_file(made, "short", "title = 'x'\n[[exercises]]\nid = 'clamshell'\nsets = 1\nreps = 2\n")
    async with seat(made, hands, size=(40, 12)) as at:
        advice = at.screen.query_one("#advice", Static)
        assert "facing the screen" in str(advice.content)
        assert advice.size.height == 2
        picture = at.screen.query_one(Stage)
        assert picture.frame is not None
        assert (picture.frame.width, picture.frame.height) == tuple(picture.size)
        await at.wait(15.5)
        assert "L set 1/1 rep 1/2" in at.text("StatusLine")
        assert at.screen.query_one("Footer").display
        assert (picture.frame.width, picture.frame.height) == tuple(picture.size)


async def test_the_way_out_of_pain_is_in_view_where_rows_are_few(made: Workspace, hands: Hands) -> None:
    async with seat(made, hands, size=(40, 12)) as at:
        await at.wait(19)
        await at.press("x", "y", "6", "enter")
        await at.pilot.pause()
        for choice in ("skip", "end"):
            button = at.app.screen.query_one(f"#{choice}")
            assert at.app.screen.region.contains_region(button.region)
            assert at.app.screen.query_one("#box").region.contains_region(button.region)


async def test_a_tiny_terminal_says_so_and_goes_on(made: Workspace, hands: Hands) -> None:
    async with seat(made, hands, size=(20, 5)) as at:
        await at.wait(16)
        assert at.text("#tiny").startswith("LIFT 1/2") or at.text("#tiny").startswith("HOLD 1/2")
        await at.wait(4)
        assert at.state() is State.RUNNING
        await at.pilot.resize_terminal(80, 24)
        await at.pilot.pause()
        assert at.screen.query_one(StatusLine).display
        assert not at.screen.has_class("-too-small")


async def test_space_pauses_and_goes_on(made: Workspace, hands: Hands) -> None:
    async with seat(made, hands) as at:
        await at.wait(15.5)
        await at.press("space")
        assert at.state() is State.PAUSED
        await at.wait(60)
        assert at.session.active_s == pytest.approx(15.5)
        await at.press("space")
        assert at.state() is State.LEAD_IN


@pytest.mark.parametrize("key", ["right", "n", "enter"])
async def test_next(made: Workspace, hands: Hands, key: str) -> None:
    async with seat(made, hands) as at:
        await at.press(key)
        assert at.kind() is StepKind.CONCENTRIC
        await at.press(key)
        assert at.kind() is StepKind.REST


async def test_the_other_keys(made: Workspace, hands: Hands) -> None:
    async with seat(made, hands) as at:
        await at.wait(22)
        assert at.kind() is StepKind.REST
        seconds = at.session.seconds
        await at.press("equals_sign", "plus", "minus")
        assert at.session.seconds == (seconds or 0) + 10
        await at.press("down")
        assert "1 of 2" in at.text("#coming")
        await at.press("up")
        assert "2 of 2" in at.text("#coming")
        await at.press("r")
        assert at.session.index == 0
        await at.press("s")
        assert at.session.item is not None
        assert at.session.item.exercise.id == "plank"
        await at.press("left")
        assert at.session.item.exercise.id == "glute-bridge"
        await at.press("m", "v")
        assert at.state() is State.RUNNING


async def test_ending_asks_and_keeps_what_was_done(made: Workspace, hands: Hands) -> None:
    async with seat(made, hands) as at:
        await at.wait(19)
        await at.press("q")
        assert at.state() is State.PAUSED
        await at.press("n")
        assert at.state() is State.LEAD_IN
        await at.press("escape")
        await at.press("y")
        assert isinstance(at.app.screen, SummaryScreen)
        assert at.app.live is not None
        assert at.app.live.saved is not None
        at.app.live.saved.result(5)
        (record,) = made.history.newest()
        assert (record.status, record.end_reason) == ("stopped", "quit")
        assert [row.outcome for row in record.exercises[0].sets] == ["partial", "skipped"]


async def test_it_hurts_asks_two_things_and_leaves_what_is_wise(made: Workspace, hands: Hands) -> None:
    async with seat(made, hands) as at:
        await at.wait(19)
        await at.press("x")
        assert at.state() is State.PAUSED
        await at.press("y", "3", "enter")
        assert "stop" in str(at.app.screen.query_one("#reason", Static).content).lower()
        assert not at.app.screen.query_one("#go-on").display
        await at.press("s")
        assert at.session.item is not None
        assert at.session.item.exercise.id == "plank"
        said = at.session.credit.answers[0]
        assert (said.stopped, said.sharp, said.during.left, said.during.right) == (True, True, 3, None)


async def test_it_hurts_a_little_and_goes_on(made: Workspace, hands: Hands) -> None:
    async with seat(made, hands) as at:
        await at.wait(19)
        await at.press("x", "n", "2", "2", "g")
        assert at.state() is State.LEAD_IN
        assert not at.session.credit.answers[0].stopped


async def test_any_key_goes_on_where_it_waits_but_not_at_once(tmp_path: Path, hands: Hands) -> None:
    made = world(tmp_path, hands, wait_for_me="every_set")
    routine_file(made, "short", SHORT)
    async with seat(made, hands) as at:
        assert at.state() is State.WAITING
        await at.press("j")
        assert at.state() is State.WAITING  # a heel in the first moment
        hands.turn(1.0)
        await at.press("j")
        assert at.state() is State.RUNNING


async def test_a_click_goes_on_where_it_waits(tmp_path: Path, hands: Hands) -> None:
    made = world(tmp_path, hands, wait_for_me="every_set")
    routine_file(made, "short", SHORT)
    async with seat(made, hands) as at:
        hands.turn(1.0)
        await at.pilot.click("#picture")
        await at.pilot.pause()
        assert at.state() is State.RUNNING


async def test_a_gap_pauses(made: Workspace, hands: Hands) -> None:
    async with seat(made, hands) as at:
        await at.wait(16)
        hands.turn(40)
        at.screen.beat()
        assert at.state() is State.PAUSED


async def test_leaving_the_app_keeps_the_session_for_the_next_start(made: Workspace, hands: Hands) -> None:
    async with seat(made, hands) as at:
        await at.wait(20)
        at.app.exit()
    (orphan,) = world(made.paths.data.parent, hands).checkpoints.orphans()
    assert orphan.session["routine"] == "short"


async def test_a_name_that_looks_like_markup_is_shown_as_it_stands(tmp_path: Path, hands: Hands) -> None:
    made = world(tmp_path, hands, animation="off")
    exercise = made.paths.exercises / "mine.toml"
    exercise.parent.mkdir(parents=True)
    exercise.write_text(f"name = '{HOSTILE}'\nreps = 3\n", encoding="utf-8")
    routine_file(made, "short", "title = 'x'\n[[exercises]]\nid = 'mine'\n")
    async with seat(made, hands) as at:
        assert HOSTILE in at.text("StatusLine")
        await at.press("x")
        assert str(at.app.screen.query_one("#exercise", Static).content) == HOSTILE
        await at.press("escape")
        assert isinstance(at.app.screen, SummaryScreen)
