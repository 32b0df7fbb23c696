"""Every screen in windows from nothing to far too large, from the start and on the way (T41)."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from tests.faults.hostile_world import SCREENS, Hostile, hostile_world
from tests.faults.trials import Trial, fault
from tests.tui.visit import visit

USUAL = (80, 24)
SIZES = ((1, 1), (2, 2), (20, 5), (40, 10), (300, 100), (1000, 200), (0, 0))
EVERY = tuple((name, size) for size in SIZES for name in SCREENS)
PAIRS = tuple(random.Random(41).sample(EVERY, len(EVERY)))


async def show(trial: Trial, hostile: Hostile, name: str, size: tuple[int, int]) -> None:
    """Open the screen in a window of that size, make the window a usual one, and odd again."""
    async with visit(hostile.made, size=size) as shown:
        await shown.pilot.pause()
        SCREENS[name](shown.app, hostile)
        await shown.pilot.pause()
        trial.landed += shown.app.size != USUAL
        for other in (USUAL, size):
            await shown.pilot.resize_terminal(*other)
            await shown.pilot.pause()
            shown.text()
        await shown.press("down", "pagedown")
        assert shown.app.return_code is None


@fault("T41", "every screen at odd sizes, and resized", short=3, full=len(PAIRS), cases=PAIRS)
def test_every_screen_at_odd_sizes(trial: Trial) -> None:
    name, size = trial.case
    hostile = hostile_world(trial.folder, ("some plain words",))
    asyncio.run(show(trial, hostile, name, size if trial.armed else USUAL))


async def test_a_page_down_where_no_line_has_room(tmp_path: Path) -> None:
    """There is no page to move by; the window may still grow."""
    async with visit(hostile_world(tmp_path, ("some plain words",)).made, size=(1, 1)) as shown:
        await shown.press("pagedown", "pageup")
        await shown.pilot.resize_terminal(*USUAL)
        await shown.reads("All routines")
