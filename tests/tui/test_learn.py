"""The education page on the screen: one key from Home, every chapter to be scrolled to, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from runnersknee_tui.core.learning import CHAPTERS
from tests.tui.visit import visit
from tests.world import MORNING, world


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
async def test_l_opens_the_page_and_escape_leads_back(size: tuple[int, int], tmp_path: Path) -> None:
    made = world(tmp_path, signs_asked_on=MORNING.date())
    async with visit(made, size=size) as at:
        await at.reads("runnersknee")
        await at.press("l")
        await at.until(lambda: at.is_on("LearnScreen"))
        await at.reads("What is known", CHAPTERS[0].title)
        await at.press("end")
        await at.reads("abstracts and summaries")
        await at.press("escape")
        await at.until(lambda: at.is_on("HomeScreen"))


async def test_the_palette_knows_it(tmp_path: Path) -> None:
    from runnersknee_tui.tui.palette import entries

    async with visit(world(tmp_path, signs_asked_on=MORNING.date())) as at:
        (learn,) = [entry for entry in entries(at.app) if entry.name == "Learn"]
        learn.run()
        await at.until(lambda: at.is_on("LearnScreen"))
