"""Contact sheets of the session screen: every exercise and every rung that looks different, at every moment.

    python scripts/paint_session.py all all FOLDER                              the whole tour: time for a coffee
    python scripts/paint_session.py 80x24 true FOLDER
    python scripts/paint_session.py 40x12 none FOLDER --only clamshell around
    python scripts/paint_session.py 120x40 256 FOLDER --light

Writes one PNG an exercise: a line for each rung with its name, and on it get ready, each phase, switch, rest and the
other side. The sheet "around" has what lies around the work: ready, paused, the end and the questions; "beginning" the
pages of the first run. "tour" is all of them on one small-scale sheet. The app runs for real on a clock that stands
still between two pictures.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PIL import Image, ImageDraw, ImageFont

sys.path.insert(0, str(Path(__file__).parents[1]))  # runs from a checkout, installed or not

import demo
from painting import TERMINALS, believe, paint
from textual.pilot import Pilot

from runnersknee_tui.core.model import Catalogue, Dose, Exercise, LadderStep, Prescription
from runnersknee_tui.core.session import State
from runnersknee_tui.core.timeline import Plan, Step, StepKind, compile_plan, item_for, lowest
from runnersknee_tui.core.warning_signs import WARNING_SIGNS
from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.screens.session import SessionScreen
from runnersknee_tui.tui.screens.stopped import StoppedScreen
from runnersknee_tui.workspace import Prepared, Workspace

TILE, SMALL_TILE = 480, 240
"""Pixels of one screen's width on a sheet, and on the tour."""
GAP, HEAD = 6, 22
"""Pixels between screens, and of the name above a line of them."""
SIZES = ("80x24", "120x40", "40x12")
LOOKS = (*TERMINALS, "light")
SETTLES = 3
"""Rounds of messages that a change goes through at the most: a command, its screen, its layout."""
LIGHT = "textual-light"
AROUND, BEGINNING = "around", "beginning"

Line = tuple[str, list[Image.Image]]
"""The name of a line of screens, and the screens."""


class Floor:
    """A runner on the floor: a session on its screen, and a clock to move it by."""

    def __init__(self, app: RunnersKneeApp, pilot: Pilot[Any], hands: demo.Hands) -> None:
        self.app, self.pilot, self.hands = app, pilot, hands

    async def settle(self) -> None:
        """Wait until what was asked for is drawn. Not for workers: one of them may wait for the runner."""
        for _ in range(SETTLES):
            await self.pilot.pause()

    async def begin(self, plan: Plan) -> None:
        """Start a session in place of the one before."""
        if self.app.live is not None:
            self.app.live.abandon()
            self.app.go_home()
        self.app.start_session(Prepared(plan))
        await self.settle()

    async def reach(self, step: int, share: float) -> None:
        """Let time pass until so much of this step is over."""
        live = self.app.live
        assert live is not None
        session = live.session
        while session.state is State.RUNNING and session.index < step:
            self.hands.turn(min((session.seconds or 0) - session.position + 1e-6, 1.5))
            live.tick()
        passing = (session.seconds or 0.0) * share - session.position
        while passing > 0:
            self.hands.turn(min(passing, 1.5))
            passing -= 1.5
            live.tick()
        if isinstance(self.app.screen, SessionScreen):
            self.app.screen.beat()
        await self.settle()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()


@asynccontextmanager
async def floor(size: tuple[int, int], theme: str, **flags: Any) -> AsyncIterator[Floor]:
    """The app at Home, on an empty workspace with these settings."""
    hands = demo.Hands()
    with tempfile.TemporaryDirectory() as folder:
        made = demo.workspace(Path(folder), hands, weeks=0)
        made.flags = {"theme": theme, "sound": "off", "keep_awake": False, "first_run_done": True, **flags}
        app = RunnersKneeApp(made)
        async with app.run_test(size=size) as pilot:
            at = Floor(app, pilot, hands)
            await at.settle()
            yield at


# --- what is painted ---------------------------------------------------------------------------------------------


def rungs(exercise: Exercise) -> Iterator[tuple[Dose, LadderStep]]:
    """The rungs that look different, each with a dose: another figure, other phases, other sides."""
    seen = set()
    for dose in exercise.doses:
        for rung in exercise.ladder:
            form = rung.form
            looks = (form.figure, form.phases, form.sides, dose.holds_only)
            if looks not in seen:
                seen.add(looks)
                yield dose, rung


def short_plan(made: Workspace, exercise: Exercise, dose: Dose, rung: LadderStep) -> Plan:
    """Two sets of a rung, two repetitions each."""
    catalogue: Catalogue = made.catalogue
    asked = Prescription(
        exercise=exercise.id,
        dose=dose.id,
        ladder_step=rung.id,
        sets=2,
        reps=2 if dose.reps else None,
        hold_s=rung.hold_s if rung.hold_s is not None else lowest(dose.hold_s),
        concentric_s=dose.concentric_s,
        eccentric_s=lowest(dose.eccentric_s),
        rest_s=30,
    )
    return compile_plan("sheet", "Sheet", [item_for(asked, catalogue)], timing=made.timing)


def moments(plan: Plan) -> list[tuple[int, float]]:
    """Step and share of it: the first of each kind and side, and of each phase."""
    found: list[tuple[int, float]] = []
    seen = set()

    def look(step: Step) -> tuple[object, ...]:
        return (step.label, step.rep and step.side) if step.kind.works else (step.kind,)

    for index, step in enumerate(plan.steps):
        first_rest = step.kind is not StepKind.GET_READY or index == 0
        if look(step) not in seen and first_rest:
            seen.add(look(step))
            found.append((index, 0.4))
    return found


async def exercise_lines(at: Floor, exercise: Exercise, colours: str) -> list[Line]:
    lines: list[Line] = []
    for dose, rung in rungs(exercise):
        plan = short_plan(at.app.workspace, exercise, dose, rung)
        await at.begin(plan)
        line = []
        for step, share in moments(plan):
            await at.reach(step, share)
            line.append(paint(at.app, colours))
        lines.append((f"{exercise.name}: {rung.name}, {dose.id}", line))
    return lines


async def around_lines(size: tuple[int, int], theme: str, colours: str) -> list[Line]:
    """Waiting, paused, own pace, a switch to lie differently, the questions, the end."""
    lines: list[Line] = [("Waiting, your pace, paused, going on", []), ("Ending, hurting", []), ("Done", [])]

    def shoot(at: Floor, line: int) -> None:
        lines[line][1].append(paint(at.app, colours))

    def plan_of(at: Floor, name: str) -> Plan:
        exercise = at.app.workspace.catalogue.exercises[name]
        dose = exercise.doses[0]
        return short_plan(at.app.workspace, exercise, dose, exercise.step(dose.step))

    async with floor(size, theme, wait_for_me="every_set", pace="self") as at:
        await at.begin(plan_of(at, "clamshell"))
        shoot(at, 0)
        at.hands.turn(1)
        await at.press("j")
        await at.reach(1, 0)
        shoot(at, 0)
    async with floor(size, theme) as at:
        plan = plan_of(at, "straight-leg-raise")
        await at.begin(replace(plan, title="Knee and hip"))
        await at.reach(4, 0.5)
        await at.press("space")
        shoot(at, 0)
        await at.press("space")
        shoot(at, 0)
        await at.reach(5, 0.5)
        await at.press("q")
        shoot(at, 1)
        await at.press("n")
        await at.press("x")
        shoot(at, 1)
        await at.press("y", "6", "enter")
        shoot(at, 1)
        await at.press("e")
        shoot(at, 1)
    async with floor(size, theme) as at:
        plan = plan_of(at, "glute-bridge")
        await at.begin(plan)
        await at.reach(len(plan.steps), 0)
        shoot(at, 2)
        await at.press("2", "1")
        shoot(at, 2)
    return lines


async def beginning_lines(size: tuple[int, int], theme: str, colours: str) -> list[Line]:
    """The first run page by page, and a warning sign that was ticked."""
    lines: list[Line] = [("The first run", []), ("A warning sign", [])]
    async with floor(size, theme, first_run_done=False) as at:
        for keys in (
            (),
            ("enter",),
            ("down", "space"),
            ("n",),
            ("l", "2"),
            ("space",),
            ("down", "down", "space"),
        ):
            await at.press(*keys)
            lines[0][1].append(paint(at.app, colours))
    async with floor(size, theme) as at:
        signs = [sign.id for sign in WARNING_SIGNS]
        at.app.push_screen(StoppedScreen(signs[:2], demo.NOW.date()))
        for keys in ((), ("c",)):
            await at.press(*keys)
            lines[1][1].append(paint(at.app, colours))
    return lines


def sheet(lines: list[Line], tile: int = TILE) -> Image.Image:
    """Screens in lines, each reduced to one width, under the names of their lines."""
    wide, high = lines[0][1][0].size
    tall = round(high * tile / wide)
    across = max(len(screens) for _, screens in lines)
    pitch = tall + GAP + HEAD
    image = Image.new("RGB", (across * (tile + GAP) + GAP, len(lines) * pitch + GAP), "#404040")
    pen, font = ImageDraw.Draw(image), ImageFont.truetype("DejaVuSansMono.ttf", 14)
    for row, (name, screens) in enumerate(lines):
        top = row * pitch + HEAD
        pen.text((GAP, top - HEAD + 3), name, font=font, fill="#ffffff")
        for column, screen in enumerate(screens):
            small = screen.resize((tile, tall), Image.Resampling.LANCZOS)
            image.paste(small, (GAP + column * (tile + GAP), top))
    return image


def columns(sheets: list[Image.Image], count: int = 2) -> Image.Image:
    """Sheets below each other, in columns of about the same height."""
    total = sum(one.height for one in sheets)
    places: list[tuple[Image.Image, int, int]] = []
    x = y = 0
    for one in sheets:
        if y and y + one.height / 2 > total / count:
            x, y = max(left + each.width for each, left, _ in places), 0
        places.append((one, x, y))
        y += one.height
    size = max(left + one.width for one, left, _ in places), max(top + one.height for one, _, top in places)
    image = Image.new("RGB", size, "#404040")
    for one, left, top in places:
        image.paste(one, (left, top))
    return image


async def paint_all(size: tuple[int, int], colours: str, out: Path, theme: str, only: list[str]) -> None:
    """One sheet an exercise, and where nothing is left out the tour."""
    end = f"{size[0]}x{size[1]}-{colours}{'-light' if theme == LIGHT else ''}.png"
    out.mkdir(parents=True, exist_ok=True)
    small = []

    def keep(name: str, lines: list[Line]) -> None:
        sheet(lines).save(out / f"{name}-{end}")
        print(out / f"{name}-{end}", file=sys.stderr)
        small.append(sheet(lines, SMALL_TILE))

    async with floor(size, theme) as at:
        for name, exercise in at.app.workspace.catalogue.exercises.items():
            if not only or name in only:
                keep(name, await exercise_lines(at, exercise, colours))
    for name, draw in ((AROUND, around_lines), (BEGINNING, beginning_lines)):
        if not only or name in only:
            keep(name, await draw(size, theme, colours))
    if not only:
        columns(small).save(out / f"tour-{end}")


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("size", metavar="COLSxROWS", help=f"or all: {', '.join(SIZES)}")
    parser.add_argument("colours", choices=(*LOOKS, "all"))
    parser.add_argument("out", type=Path, metavar="FOLDER")
    parser.add_argument("--light", action="store_true", help="in a light theme")
    parser.add_argument("--theme", help="in this theme")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="EXERCISE", help='exercises, "around", "beginning"'
    )
    asked = parser.parse_args()
    for size in SIZES if asked.size == "all" else (asked.size,):
        for look in LOOKS if asked.colours == "all" else (asked.colours,):
            light = asked.light or look == "light"
            colours = "true" if look == "light" else look
            believe(colours)
            theme = asked.theme or (LIGHT if light else "runnersknee")
            asyncio.run(paint_all(_size(size), colours, asked.out, theme, asked.only))


if __name__ == "__main__":
    main()
