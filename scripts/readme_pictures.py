"""The pictures of the README, painted from the real app: `python scripts/readme_pictures.py`.

Writes docs/pictures/session.png, six moments of sessions at 80x24, and history.png, half a year at 120x40. Each
stays below 150 kB.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))  # runs from a checkout, installed or not

from paint import paint_screen
from paint_session import floor
from painting import believe, paint

from runnersknee_tui.core.model import RoutineItem
from runnersknee_tui.core.timeline import StepKind, compile_plan, item_for, prescribe

OUT = Path(__file__).parents[1] / "docs" / "pictures"
SIZE = (80, 24)
TILE, GAP, ACROSS = (720, 432), 10, 2
FRAME = "#808890"
"""Between the screens: seen on a light page and on a dark one."""


@dataclass(frozen=True)
class Moment:
    """A kind of step of an exercise in a repetition (None: a step between the work), and a share of it."""

    exercise: str
    kind: StepKind
    rep: int | None
    share: float


SESSION = (
    Moment("glute-bridge", StepKind.GET_READY, None, 0.55),
    Moment("glute-bridge", StepKind.CONCENTRIC, 7, 0.6),
    Moment("clamshell", StepKind.ISOMETRIC, 9, 0.3),
    Moment("step-down", StepKind.ECCENTRIC, 4, 0.6),
    Moment("clamshell", StepKind.SWITCH, None, 0.35),
    Moment("single-leg-squat", StepKind.REST, None, 0.4),
)


async def shots(moments: tuple[Moment, ...]) -> list[Image.Image]:
    """Each moment as a picture of the whole screen."""
    found = []
    async with floor(SIZE, "runnersknee", sound="on") as at:
        made = at.app.workspace
        for moment in moments:
            item = item_for(prescribe(RoutineItem(moment.exercise), made.catalogue), made.catalogue)
            plan = compile_plan("picture", "Picture", [item], timing=made.timing)
            await at.begin(plan)
            steps = enumerate(plan.steps)
            step = next(n for n, one in steps if (one.kind, one.rep) == (moment.kind, moment.rep))
            await at.reach(step, moment.share)
            found.append(paint(at.app))
    return found


def together(screens: list[Image.Image]) -> Image.Image:
    """Screens side by side, in as few colours as they have."""
    lines = -(-len(screens) // ACROSS)
    size = ACROSS * (TILE[0] + GAP) + GAP, lines * (TILE[1] + GAP) + GAP
    image = Image.new("RGB", size, FRAME)
    for number, screen in enumerate(screens):
        place = number % ACROSS * (TILE[0] + GAP) + GAP, number // ACROSS * (TILE[1] + GAP) + GAP
        image.paste(screen.resize(TILE, Image.Resampling.LANCZOS), place)
    return image.quantize(256, dither=Image.Dither.NONE)


def history(out: Path) -> None:
    """Half a year of the demonstration runner, in as few colours as it has."""
    asyncio.run(paint_screen("history", (120, 40), "true", out))
    with Image.open(out) as image:
        small = image.resize((image.width * 3 // 4, image.height * 3 // 4), Image.Resampling.LANCZOS)
    small.quantize(128, dither=Image.Dither.NONE).save(out, optimize=True)


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    believe("true")
    together(asyncio.run(shots(SESSION))).save(OUT / "session.png", optimize=True)
    history(OUT / "history.png")


if __name__ == "__main__":
    main()
