"""What stands between the command and the first screen: counted in modules, sheets and paints, never in seconds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import RenderableType
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen

from runnersknee_tui.tui.app import Opening, RunnersKneeApp
from runnersknee_tui.tui.beginning import Wish
from runnersknee_tui.tui.screens.history import HistoryScreen
from runnersknee_tui.tui.screens.home import HomeScreen
from runnersknee_tui.tui.screens.session import SessionScreen
from runnersknee_tui.workspace import PRERUN, Workspace
from tests.tui.visit import visit
from tests.world import MORNING, Hands, world

CHECKOUT = Path(__file__).parent.parent

OPEN_HOME = """
import sys
from runnersknee_tui import cli
from runnersknee_tui.commands import app, screen
from runnersknee_tui.store import settings
from runnersknee_tui.tui import app
from runnersknee_tui.tui.screens import home
print(*sys.modules, sep="\\n")
"""

OPEN_SESSION = """
import sys
from runnersknee_tui import cli
from runnersknee_tui.commands import prerun, screen
from runnersknee_tui.tui.screens import session
print(*sys.modules, sep="\\n")
"""


def loaded(program: str) -> set[str]:
    """The modules that are loaded when a program has run in an interpreter of its own."""
    done = subprocess.run(
        (sys.executable, "-c", program), cwd=CHECKOUT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "late",
    [
        "argparse",
        "json",
        "runnersknee_tui.coach",
        "runnersknee_tui.content",
        "runnersknee_tui.core.model",
        "runnersknee_tui.core.record",
        "runnersknee_tui.cues",
        "runnersknee_tui.live",
        "runnersknee_tui.picture",
        "runnersknee_tui.store.history",
    ],
)
def test_home_does_not_wait_for(late: str) -> None:
    assert late not in loaded(OPEN_HOME)


@pytest.mark.parametrize(
    "late",
    [
        "argparse",
        "wakepy",
        "runnersknee_tui.cues.sound",
        "runnersknee_tui.cues.voice",
        "runnersknee_tui.picture.drawing",
        "runnersknee_tui.picture.figure",
        "runnersknee_tui.tui.hearing",
    ],
)
def test_the_first_countdown_does_not_wait_for(late: str) -> None:
    assert late not in loaded(OPEN_SESSION)


@pytest.mark.parametrize(
    ("opening", "first"),
    [
        (None, HomeScreen),
        (RunnersKneeApp.show_history, HistoryScreen),
        (lambda app: app.begin(Wish(PRERUN)), SessionScreen),
    ],
)
async def test_what_the_app_opens_with_is_its_first_screen_and_no_sheet_is_parsed_twice_for_it(
    opening: Opening | None, first: type[Screen[None]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[Stylesheet] = []
    monkeypatch.setattr(Stylesheet, "reparse", again.append)
    app = RunnersKneeApp(without_questions(tmp_path), opening)
    async with app.run_test():
        assert isinstance(app.screen_stack[0], first)
        assert not again


async def test_home_can_take_the_place_of_the_first_screen(tmp_path: Path) -> None:
    async with visit(without_questions(tmp_path), lambda app: app.begin(Wish(PRERUN))) as at:
        at.app.go_home()
        await at.until(lambda: at.is_on("HomeScreen"))
        assert len(at.app.screen_stack) == 1


async def test_where_something_is_to_be_asked_the_session_waits(tmp_path: Path) -> None:
    async with visit(world(tmp_path, Hands()), lambda app: app.begin(Wish(PRERUN))) as at:
        await at.until(lambda: at.is_on("SignsScreen"))
        assert at.app.live is None


async def test_a_session_is_not_painted_before_its_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[bool] = []
    paint = RunnersKneeApp._display

    def display(self: RunnersKneeApp, screen: Screen[None], update: RenderableType | None) -> None:
        if isinstance(screen, SessionScreen):
            painted.append(screen.picture.frame is not None)
        paint(self, screen, update)

    monkeypatch.setattr(RunnersKneeApp, "_display", display)
    app = RunnersKneeApp(without_questions(tmp_path), lambda app: app.begin(Wish(PRERUN)))
    async with app.run_test() as pilot:
        await pilot.pause()
    assert painted
    assert all(painted)


def without_questions(folder: Path) -> Workspace:
    """A workspace whose runner has been asked about the warning signs today."""
    return world(folder, Hands(), signs_asked_on=MORNING.date())
