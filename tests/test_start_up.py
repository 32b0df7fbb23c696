"""What stands between the command and the first screen: counted in modules, sheets and paints, never in seconds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet

from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.screens.home import HomeScreen
from tests.world import Hands, world

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


async def test_home_is_the_first_screen_and_no_sheet_is_parsed_twice_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[Stylesheet] = []
    monkeypatch.setattr(Stylesheet, "reparse", again.append)
    app = RunnersKneeApp(world(tmp_path, Hands()))
    async with app.run_test():
        assert isinstance(app.screen_stack[0], HomeScreen)
        assert not again
