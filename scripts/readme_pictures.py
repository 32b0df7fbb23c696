"""The pictures of the README, painted from the real app: `python scripts/readme_pictures.py`.

Writes into docs/pictures: session.png, six moments of sessions at 80x24; terminals.png, four other terminals;
figures.png, every figure; history.png, half a year at 120x40. Each stays below 150 kB. With names, only these.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))  # runs from a checkout, installed or not

from draw_figures import sheet
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
LIMIT = 150_000
"""Bytes of a picture, so that a page with them opens at once."""


class Moment(Struct, frozen=True):
    """A kind of step of an exercise in a repetition (None: a step between the work), a share of it, and where."""

    exercise: str
    kind: StepKind
    rep: int | None
    share: float
    rung: str = ""  # where it is not the one of the dose
    size: tuple[int, int] = SIZE
    colours: str = "true"


SESSION = (
    Moment("glute-bridge", StepKind.GET_READY, None, 0.55),
    Moment("glute-bridge", StepKind.CONCENTRIC, 7, 0.6, "single-leg-bridge"),
    Moment("clamshell", StepKind.ISOMETRIC, 9, 0.3),
    Moment("step-down", StepKind.ECCENTRIC, 4, 0.6),
    Moment("clamshell", StepKind.SWITCH, None, 0.35),
    Moment("single-leg-squat", StepKind.REST, None, 0.4),
)
TERMINALS = (
    Moment("clamshell", StepKind.CONCENTRIC, 5, 0.5, "clamshell-band", (120, 40), "256"),
    Moment("dead-bug", StepKind.ECCENTRIC, 3, 0.55, colours="16"),
    Moment("single-leg-squat", StepKind.CONCENTRIC, 6, 0.3, colours="none"),
    Moment("straight-leg-raise", StepKind.CONCENTRIC, 8, 0.6, size=(40, 12)),
)


async def shot(moment: Moment) -> Image.Image:
    """A moment as a picture of the whole screen."""
    believe(moment.colours)
    async with floor(moment.size, "runnersknee", sound="on") as at:
        made = at.app.workspace
        asked = prescribe(RoutineItem(moment.exercise), made.catalogue)
        if moment.rung:
            asked = replace(asked, ladder_step=moment.rung)
        plan = compile_plan("picture", "Picture", [item_for(asked, made.catalogue)], timing=made.timing)
        await at.begin(plan)
        steps = enumerate(plan.steps)
        step = next(n for n, one in steps if (one.kind, one.rep) == (moment.kind, moment.rep))
        await at.reach(step, moment.share)
        return paint(at.app, moment.colours)


def together(moments: tuple[Moment, ...]) -> Image.Image:
    """Screens side by side, each as big as it goes in its place."""
    lines = -(-len(moments) // ACROSS)
    size = ACROSS * (TILE[0] + GAP) + GAP, lines * (TILE[1] + GAP) + GAP
    image = Image.new("RGB", size, FRAME)
    for number, moment in enumerate(moments):
        screen = asyncio.run(shot(moment))
        share = min(TILE[0] / screen.width, TILE[1] / screen.height)
        wide, high = round(screen.width * share), round(screen.height * share)
        left = number % ACROSS * (TILE[0] + GAP) + GAP + (TILE[0] - wide) // 2
        top = number // ACROSS * (TILE[1] + GAP) + GAP + (TILE[1] - high) // 2
        image.paste(screen.resize((wide, high), Image.Resampling.LANCZOS), (left, top))
    return image


def history() -> Image.Image:
    """Half a year of the demonstration runner."""
    out = OUT / "history.png"
    believe("true")
    asyncio.run(paint_screen("history", (120, 40), "true", out))
    with Image.open(out) as image:
        return image.resize((image.width * 3 // 4, image.height * 3 // 4), Image.Resampling.LANCZOS)


def figures() -> Image.Image:
    """The sheet of the recognition check, with the names."""
    out = OUT / "figures.png"
    sheet(out, names=True)
    with Image.open(out) as image:
        return image.convert("RGB")


PICTURES = {
    "session": lambda: together(SESSION),
    "terminals": lambda: together(TERMINALS),
    "figures": figures,
    "history": history,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", choices=[*PICTURES, []], metavar="NAME", help=", ".join(PICTURES))
    OUT.mkdir(parents=True, exist_ok=True)
    for name in parser.parse_args().names or PICTURES:
        out = OUT / f"{name}.png"
        PICTURES[name]().quantize(256, kmeans=3, dither=Image.Dither.NONE).save(out, optimize=True)
        if out.stat().st_size > LIMIT:
            sys.exit(f"{out} has {out.stat().st_size} bytes; more than {LIMIT} make a page slow")


if __name__ == "__main__":
    main()
