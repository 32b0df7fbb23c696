"""Paint any screen of the app as a PNG, so that it can be looked at.

    python scripts/paint.py home 80x24 home.png
    python scripts/paint.py --colours 256 history 120x40 history.png
    python scripts/paint.py all 80x24 FOLDER
    python scripts/paint.py --list

The app runs for real, on a demonstration workspace in a temporary folder and a clock that stands still.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from msgspec import Struct
from textual.pilot import Pilot

sys.path.insert(0, str(Path(__file__).parents[1]))  # runs from a checkout, installed or not

import demo
from demo_knee import MORNINGS
from painting import COLOURS, paint

from runnersknee_tui.coach import TODAY
from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.beginning import Wish
from runnersknee_tui.tui.screens.session import SessionScreen
from runnersknee_tui.workspace import Workspace

LIGHT = "textual-light"


class Stage(Struct):
    """The running app on its demonstration workspace."""

    app: RunnersKneeApp
    pilot: Pilot[Any]
    hands: demo.Hands

    @property
    def workspace(self) -> Workspace:
        return self.app.workspace

    async def settle(self) -> None:
        """Wait until no worker runs but those that ask a person something, and everything is drawn."""
        await self.pilot.pause()
        reading = [worker for worker in self.app.workers if worker.group != "beginning"]
        if reading:
            await self.app.workers.wait_for_complete(reading)
        await self.pilot.pause()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def live(self, seconds: float) -> None:
        """Let a session run on for so many of its seconds, in steps that are no gap."""
        screen = self.app.screen
        while seconds > 0:
            self.hands.turn(min(seconds, 1.0))
            seconds -= 1.0
            if isinstance(screen, SessionScreen):
                screen.beat()
        await self.settle()


Reach = Callable[[Stage], Awaitable[None]]


async def home(stage: Stage) -> None:
    """Home is where the app opens."""


def keys(*pressed: str) -> Reach:
    """A screen that these keys lead to from Home."""

    async def reach(stage: Stage) -> None:
        for key in pressed:
            await stage.press(key)

    return reach


def opened(open_it: Callable[[RunnersKneeApp], None], *pressed: str) -> Reach:
    """A screen that the app opens when asked to, and then these keys."""

    async def reach(stage: Stage) -> None:
        open_it(stage.app)
        await stage.settle()
        for key in pressed:
            await stage.press(key)

    return reach


def session(seconds: float, *pressed: str, routine: str = "starter") -> Reach:
    """A session of `routine` after so many seconds, and then these keys."""

    async def reach(stage: Stage) -> None:
        stage.app.start_session(stage.workspace.prepare(stage.workspace.catalogue.routines[routine]))
        await stage.settle()
        await stage.live(seconds)
        await stage.press(*pressed)

    return reach


def begun(*pressed: str, routine: str = TODAY) -> Reach:
    """What stands before a session, after these keys."""
    return opened(lambda app: app.begin(Wish(routine)), *pressed)


def table(*pressed: str) -> Reach:
    """The table after a short session, and then these keys."""

    async def reach(stage: Stage) -> None:
        prepared = stage.workspace.prepare(stage.workspace.catalogue.routines["core"])
        stage.app.start_session(prepared)
        await stage.settle()
        await stage.live(prepared.plan.seconds + 2)
        await stage.press(*pressed)

    return reach


SCREENS: dict[str, Reach] = {
    "home": home,
    "home-empty": home,
    "home-problems": home,
    "home-recover": home,
    "home-done": home,
    "home-paused": home,
    "home-sore": home,
    "home-offer": home,
    "home-little-time": home,
    "home-end": keys("end"),
    "home-morning": home,
    "morning-after": keys("m"),
    "check-in": begun(),
    "check-in-morning": begun("3"),
    "check-in-both": begun("2", "4", "3"),
    "week": begun("enter", "enter", "enter", "4", "f"),
    "signs": begun("down", "space"),
    "stopped": begun(),
    "stopped-clear": begun("c"),
    "gate": begun("7", "enter", "enter", "space"),
    "did-you": begun(),
    "first-run-new": home,
    "first-run-signs-new": keys("enter"),
    "first-run-you-new": keys("enter", "n", "l", "2"),
    "first-run-kit-new": keys("enter", "n", "space"),
    "hurt": session(40, "x"),
    "hurt-pain": session(40, "x", "n"),
    "hurt-both": session(40, "x", "n", "2"),
    "hurt-sharp": session(40, "x", "y", "4"),
    "hurt-red": session(40, "x", "n", "7"),
    "hurt-amber": session(40, "x", "n", "4"),
    "hurt-green": session(40, "x", "n", "2"),
    "table": table(),
    "table-answered": table("2", "g", "down", "4", "s", "down"),
    "table-both": table("2", "3", "right"),
    "table-done": table("2", "g", "right"),
    "recover-recover": keys("r"),
    "recover-discard-recover": keys("r", "d"),
    "help-home": keys("question_mark"),
    "help-history": keys("h", "question_mark"),
    "problems-problems": keys("w"),
    "history": keys("h"),
    "history-empty": keys("h"),
    "history-problems": keys("h"),
    "history-table": keys("h", "t"),
    "history-pain": keys("h", "2"),
    "history-weeks": keys("h", "3"),
    "history-plan": keys("h", "4"),
    "history-sides": keys("h", "5"),
    "history-sessions": opened(lambda app: app.show_history("sessions")),
    "history-find": opened(lambda app: app.show_history("sessions"), "slash", *"stairs"),
    "history-exercises": opened(lambda app: app.show_history("exercises")),
    "record": opened(lambda app: app.show_history("sessions"), "down", "down", "enter"),
    "record-edit": opened(
        lambda app: app.show_history("sessions"), "enter", "e", "right", *["down"] * 3, "right"
    ),
    "record-choose": opened(lambda app: app.show_history("sessions"), "enter", "e", "enter"),
    "log": opened(lambda app: app.show_log()),
    "log-routine": opened(lambda app: app.show_log(), "right", "right", "down", "left", "down", "right"),
    "breaks": opened(lambda app: app.show_breaks()),
    "breaks-add": opened(lambda app: app.show_breaks(), "a", "down", "right", "right"),
    "trash": opened(lambda app: app.show_history("sessions"), "d", "down", "d", "z"),
    "trash-empty": opened(lambda app: app.show_trash()),
    "own": opened(lambda app: app.show_own()),
    "own-export": opened(lambda app: app.show_own(), "enter"),
    "own-erase": opened(lambda app: app.show_own(), "end", "enter"),
    "story": opened(lambda app: app.show_story("step-up")),
    "story-table": opened(lambda app: app.show_story("step-up"), "t"),
    "story-hold": opened(lambda app: app.show_story("plank")),
    "story-doses": opened(lambda app: app.show_story("clamshell")),
    "exercises": keys("e"),
    "exercises-read": keys("e", "down", "enter", "space"),
    "exercises-end": keys("e", "down", "down", "enter", "end"),
    "settings": opened(RunnersKneeApp.show_settings),
    "settings-sound": opened(lambda app: app.show_settings("voice"), "right"),
    "settings-days": opened(lambda app: app.show_settings("training_days"), "enter", "down", "space"),
    "settings-theme": opened(lambda app: app.show_settings("theme"), "enter", "down"),
    "settings-number": opened(lambda app: app.show_settings("minutes"), "enter", "9", "9"),
    "keys": opened(RunnersKneeApp.show_keys),
    "keys-press": opened(RunnersKneeApp.show_keys, "enter"),
    "routines": opened(RunnersKneeApp.show_routines),
    "editor": opened(lambda app: app.show_editor("lunch"), "down", "down"),
    "editor-fields": opened(
        lambda app: app.show_editor("lunch"), "down", "down", "enter", "down", "right", "right"
    ),
    "editor-add": opened(lambda app: app.show_editor("lunch"), "a"),
    "editor-copy": opened(lambda app: app.show_editor("prehab", copy=True)),
    "exercise-editor": opened(RunnersKneeApp.show_exercise_editor),
    "exercise-editor-figure": opened(RunnersKneeApp.show_exercise_editor, "end", "enter", *["down"] * 7),
    "routines-problems": opened(RunnersKneeApp.show_routines),
    "editor-problems": opened(lambda app: app.show_editor("evenings"), "down"),
    "palette": keys("ctrl+p"),
    "palette-find": keys("ctrl+p", *"star"),
    "exercises-find": keys("e", "slash", *"glut"),
}
"""How to reach each screen from Home. The end of a name may ask for another workspace: "-empty" for a new one,
"-problems" for one with files that cannot be used, "-recover" for one with a session that broke off, "-new" for one
that has never been opened; and some names have a morning of their own (demo_knee)."""


async def paint_screen(
    name: str, size: tuple[int, int], colours: str, out: Path, *, light: bool = False
) -> None:
    hands = demo.Hands()
    with tempfile.TemporaryDirectory() as folder:
        made = demo.workspace(
            Path(folder),
            hands,
            weeks=0 if name.endswith(("-empty", "-new")) else demo.WEEKS,
            mistakes=name.endswith("-problems"),
            broken_off=name.endswith("-recover"),
        )
        if name.endswith("-empty"):
            made.change_settings({"first_run_done": True})
        if name in MORNINGS:
            MORNINGS[name](made)
        if light:
            made.change_settings({"theme": LIGHT})
        made.flush(5)
        app = RunnersKneeApp(made)
        async with app.run_test(size=size) as pilot:
            stage = Stage(app, pilot, hands)
            await stage.settle()
            await SCREENS[name](stage)
            await stage.settle()
            paint(app, colours).save(out)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--list", action="store_true", help="the names of all screens")
    parser.add_argument("--colours", choices=[*COLOURS, "none"], default="true")
    parser.add_argument("--light", action="store_true", help="on a light ground")
    parser.add_argument("screen", nargs="?", choices=[*SCREENS, "all"], metavar="SCREEN")
    parser.add_argument("size", nargs="?", type=_size, default=(80, 24), metavar="COLSxROWS")
    parser.add_argument("out", nargs="?", type=Path, help="the PNG; for `all` a folder")
    asked = parser.parse_args()
    if asked.list or not asked.screen:
        print("\n".join(SCREENS))
        return
    os.environ.pop("NO_COLOR", None)
    os.environ["COLORTERM"] = "truecolor"
    if asked.colours == "none":
        os.environ["NO_COLOR"] = "1"
        asked.colours = "true"
    names = list(SCREENS) if asked.screen == "all" else [asked.screen]
    for name in names:
        out = asked.out or Path(f"{name}.png")
        if asked.screen == "all":
            out.mkdir(parents=True, exist_ok=True)
            out /= f"{name}-{asked.size[0]}x{asked.size[1]}.png"
        asyncio.run(paint_screen(name, asked.size, asked.colours, out, light=asked.light))
        print(out, file=sys.stderr)


if __name__ == "__main__":
    main()
