"""What lies ticked is told by a character, not by a colour alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.screens.signs import SignsScreen
from runnersknee_tui.tui.widgets.ticks import Ticks
from tests.world import world


def boxes(ticks: Ticks) -> list[str]:
    """The first columns of every line in view that has a box, as a terminal without colours shows them."""
    return [ticks.render_line(y).text[:3] for y in range(ticks.option_count)]


@asynccontextmanager
async def signs(folder: Path, size: tuple[int, int]) -> AsyncIterator[tuple[Pilot[int], Ticks]]:
    """The list of warning signs in a window of this size."""
    app = RunnersKneeApp(world(folder))
    async with app.run_test(size=size) as pilot:
        await app.push_screen(SignsScreen())
        await pilot.pause()
        yield pilot, app.screen.query_one(Ticks)


async def test_a_box_without_a_tick_is_empty_without_colours_too(tmp_path: Path) -> None:
    async with signs(tmp_path, (80, 24)) as (pilot, ticks):
        assert set(boxes(ticks)) == {"▐ ▌"}
        await pilot.press("down", "space")
        assert [number for number, box in enumerate(boxes(ticks)) if box == "▐X▌"] == [1]
        assert boxes(ticks).count("▐ ▌") == ticks.option_count - 1
        await pilot.press("space")
        assert set(boxes(ticks)) == {"▐ ▌"}


async def test_a_list_that_is_scrolled_shows_the_ticks_of_its_own_lines(tmp_path: Path) -> None:
    async with signs(tmp_path, (40, 12)) as (pilot, ticks):
        await pilot.press("end", "space")
        await pilot.pause()
        assert ticks.scroll_offset.y > 0
        last = ticks.option_count - 1 - ticks.scroll_offset.y
        assert ticks.render_line(last).text.startswith("▐X▌")
        assert ticks.render_line(last - 1).text.startswith("▐ ▌")
        assert not ticks.render_line(ticks.option_count).text.strip()
