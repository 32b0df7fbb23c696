"""The warning signs and the way back from them, in the narrowest terminal: whole words, and a field in view."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from textual.widgets import Input, Static

from runnersknee_tui.core.warning_signs import WARNING_SIGNS
from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.screens.signs import ASK, SignsScreen
from runnersknee_tui.tui.screens.stopped import StoppedScreen
from tests.world import world


async def words_of_each(tmp_path: Path, size: tuple[int, int]) -> list[str]:
    """What stands above the list while each sign is marked."""
    app = RunnersKneeApp(world(tmp_path))
    found = []
    async with app.run_test(size=size) as pilot:
        await app.push_screen(SignsScreen())
        await pilot.pause()
        words = app.screen.query_one("#words", Static)
        for _ in WARNING_SIGNS:
            await pilot.pause()
            assert words.size.height * words.size.width >= len(str(words.content))
            found.append(str(words.content))
            await pilot.press("down")
    return found


async def test_every_warning_sign_can_be_read_whole(tmp_path: Path) -> None:
    shown = await words_of_each(tmp_path, (40, 12))
    for words, sign in zip(shown, WARNING_SIGNS, strict=True):
        assert words == sign.words or (words == ASK and len(sign.words) < 30)
    assert WARNING_SIGNS[0].words in shown


async def test_a_list_with_room_needs_no_second_words(tmp_path: Path) -> None:
    assert set(await words_of_each(tmp_path, (120, 40))) == {ASK}


async def test_the_day_of_clearance_is_in_view(tmp_path: Path) -> None:
    app = RunnersKneeApp(world(tmp_path))
    async with app.run_test(size=(40, 12)) as pilot:
        app.push_screen(StoppedScreen([sign.id for sign in WARNING_SIGNS[:2]], date(2026, 6, 4)))
        await pilot.pause()
        await pilot.press("c")
        await pilot.pause()
        await pilot.pause()
        assert app.screen.region.contains_region(app.screen.query_one(Input).region)
