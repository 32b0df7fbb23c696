"""The settings screen, driven by keys and read by state."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from runnersknee_tui.core.settings import SETTINGS
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.tui import stepping
from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.screens.settings import ROWS, SettingsScreen
from runnersknee_tui.tui.setting_words import NAMES, choice_words, toml_words, value_words
from runnersknee_tui.tui.widgets.fields import Fields
from runnersknee_tui.workspace import Workspace
from tests.workbench import workspace

Steps = Callable[[RunnersKneeApp, Pilot[Any]], Awaitable[None]]


def drive(made: Workspace, steps: Steps, size: tuple[int, int] = (80, 24), key: str | None = None) -> None:
    """Open the settings and do `steps`."""

    async def run() -> None:
        app = RunnersKneeApp(made, lambda app: app.show_settings(key))
        app.animation_level = "none"
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await steps(app, pilot)
            await app.workers.wait_for_complete()
            await pilot.pause()
        assert made.flush(10)

    asyncio.run(run())


def saved(made: Workspace) -> Mapping[str, Any]:
    assert made.flush(10)
    return tomllib.loads(made.paths.settings.read_text()) if made.paths.settings.exists() else {}


def _text(app: RunnersKneeApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def test_every_setting_with_a_group_has_a_row_a_name_and_words() -> None:
    assert list(ROWS) == [setting.key for setting in SETTINGS if setting.group]
    assert set(NAMES) == set(ROWS)
    for setting in ROWS.values():
        assert value_words(setting, setting.default)
        assert all(choice_words(setting, choice) for choice in setting.choices)
        assert setting.key in toml_words(setting, setting.default)


def test_right_changes_and_saves_and_undo_takes_it_back(tmp_path: Path) -> None:
    made = workspace(tmp_path)

    async def steps(app: RunnersKneeApp, pilot: Pilot[Any]) -> None:
        await pilot.press("right")
        assert made.settings.values.voice == "names"
        assert made.settings.origin("voice") == "settings.toml"
        assert saved(made) == {"voice": "names"}
        assert "settings.toml" in _text(app)
        await pilot.press("right", "u")
        assert saved(made) == {"voice": "names"}
        await pilot.press("d")
        assert saved(made) == {}
        assert made.settings.origin("voice") == "default"
        await pilot.press("u")
        assert saved(made) == {"voice": "names"}

    drive(made, steps, key="voice")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
def test_a_value_that_comes_from_elsewhere_says_so_and_stays(tmp_path: Path, size: tuple[int, int]) -> None:
    paths = Paths.under(tmp_path)
    paths.config.mkdir(parents=True)
    paths.config_file.write_text("volume = 40\n")
    made = workspace(tmp_path, env={"RUNNERSKNEE_VOICE": "full"}, flags={"sound": "off"})

    async def steps(app: RunnersKneeApp, pilot: Pilot[Any]) -> None:
        screen = app.screen
        assert isinstance(screen, SettingsScreen)
        for key, why in (
            ("volume", "config.toml"),
            ("voice", "RUNNERSKNEE_VOICE"),
            ("sound", "option of this run"),
        ):
            screen.query_one(Fields).mark(key)
            await pilot.pause()
            await pilot.press("right", "enter", "d")
            assert app.screen is screen
            assert why in _text(app)
        values = made.settings.values
        assert (values.volume, values.voice, values.sound) == (40, "full", "off")
        assert saved(made) == {}

    drive(made, steps, size)


def test_a_number_can_be_typed_and_is_judged_in_the_words_of_check(tmp_path: Path) -> None:
    made = workspace(tmp_path)

    async def steps(app: RunnersKneeApp, pilot: Pilot[Any]) -> None:
        await pilot.press("enter")
        app.screen.query_one(Input).value = "300"
        await pilot.pause()
        assert "expected 5 to 120 min, found 300" in _text(app)
        await pilot.press("enter")
        assert app.screen.query(Input)
        app.screen.query_one(Input).value = "45"
        await pilot.press("enter")
        await pilot.pause()
        assert made.settings.values.minutes == 45
        await pilot.press("right")
        assert made.settings.values.minutes == 50

    drive(made, steps, key="minutes")


def test_days_are_chosen_from_a_list_and_kept_in_their_order(tmp_path: Path) -> None:
    made = workspace(tmp_path)

    async def steps(_: RunnersKneeApp, pilot: Pilot[Any]) -> None:
        await pilot.press("enter", "space", "down", "down", "space", "enter")
        await pilot.pause()
        assert saved(made) == {"training_days": ["tue", "thu", "fri", "sat", "sun"]}
        await pilot.press("enter", "space", "escape")
        await pilot.pause()
        assert saved(made) == {"training_days": ["tue", "thu", "fri", "sat", "sun"]}

    drive(made, steps, key="training_days")


def test_a_theme_is_worn_while_the_mark_is_on_it_and_kept_only_when_taken(tmp_path: Path) -> None:
    made = workspace(tmp_path)

    async def steps(app: RunnersKneeApp, pilot: Pilot[Any]) -> None:
        await pilot.press("enter", "down")
        await pilot.pause()
        assert app.theme == "high-contrast"
        await pilot.press("escape")
        await pilot.pause()
        assert app.theme == "runnersknee"
        assert saved(made) == {}
        await pilot.press("enter", "down", "enter")
        await pilot.pause()
        assert app.theme == "high-contrast"
        assert saved(made) == {"theme": "high-contrast"}

    drive(made, steps, key="theme")


def test_a_click_on_a_choice_takes_it(tmp_path: Path) -> None:
    made = workspace(tmp_path)

    async def steps(app: RunnersKneeApp, pilot: Pilot[Any]) -> None:
        about = app.screen.query_one("#words", Static).region
        await pilot.click(offset=(about.x + 7, about.y + 1))
        await pilot.pause()
        assert made.settings.values.voice == "names"

    drive(made, steps, key="voice")


def test_a_first_click_marks_and_a_second_one_changes(tmp_path: Path) -> None:
    made = workspace(tmp_path)

    async def steps(app: RunnersKneeApp, pilot: Pilot[Any]) -> None:
        fields = app.screen.query_one(Fields)
        row = fields.get_option_index("flash") - fields.scroll_offset.y
        await pilot.click(fields, offset=(4, row))
        assert fields.marked == "flash"
        assert not made.settings.values.flash
        await pilot.click(fields, offset=(4, row))
        await pilot.pause()
        assert made.settings.values.flash

    drive(made, steps, key="theme")


@pytest.mark.parametrize(("key", "heard"), [("sound", "No sound"), ("voice", "Voice: not available")])
def test_the_preview_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, heard: str
) -> None:
    from runnersknee_tui.cues import engines, players
    from tests.cues.fakes import Clock, FakePlayer

    monkeypatch.setattr(players, "find_players", lambda: (FakePlayer(Clock(), status=1),))
    monkeypatch.setattr(engines, "find_engine", lambda: None)
    made = workspace(tmp_path, env={"RUNNERSKNEE_VOICE": "names"})

    async def steps(app: RunnersKneeApp, pilot: Pilot[Any]) -> None:
        await pilot.press("t")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert heard in _text(app)

    drive(made, steps, key=key)


def test_a_number_steps_to_the_next_multiple_and_stays_in_its_range() -> None:
    assert stepping.next_number(20, 1, 5, 5, 120) == 25
    assert stepping.next_number(22, 1, 5, 5, 120) == 25
    assert stepping.next_number(22, -1, 5, 5, 120) == 20
    assert stepping.next_number(1.0, 1, 0.1, 0.5, 3.0) == 1.1
    assert stepping.next_number(1.1, -1, 0.1, 0.5, 3.0) == 1.0
    assert stepping.next_number(120, 1, 5, 5, 120) == 120
    assert stepping.next_number(5, -1, 5, 5, 120) == 5
    assert stepping.next_choice(("a", "b"), None, 1) == "a"
    assert stepping.next_choice(("a", "b"), "b", 1) == "a"


def test_what_cannot_be_saved_is_said_and_holds_for_this_run(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.paths.data.parent.mkdir(parents=True, exist_ok=True)
    made.paths.data.write_text("a file where the folder should be")

    async def steps(app: RunnersKneeApp, pilot: Pilot[Any]) -> None:
        await pilot.press("right")
        assert made.flush(10)
        await pilot.pause()
        assert made.settings.values.voice == "names"
        assert any("cannot save" in note.message for note in app._notifications)

    drive(made, steps, key="voice")
