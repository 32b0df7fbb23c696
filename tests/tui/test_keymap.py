"""Other keys, and every action by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.keymap import actions, is_key, judge, normal
from runnersknee_tui.tui.themes import HIGH_CONTRAST
from runnersknee_tui.workspace import Workspace
from tests.tui.visit import visit
from tests.workbench import workspace


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


def test_every_binding_has_an_id_with_a_place_and_says_what_it_does() -> None:
    assert {"app.quit", "home.start", "session.pause", "settings.undo", "list.up"} <= actions().keys()
    for id_, action in actions().items():
        assert "." in id_
        assert action.what
        assert action.keys
        assert all(is_key(key) for key in action.keys), action


def test_no_screen_has_a_key_for_two_actions_as_they_come() -> None:
    assert judge({id_: ",".join(action.keys) for id_, action in actions().items()})[1] == ()


@pytest.mark.parametrize(
    ("keymap", "wrong"),
    [
        ({"home.histroy": "y"}, 'no action "home.histroy". Did you mean home.history?'),
        ({"home.history": "hello"}, 'home.history: "hello" is no key; the default is used'),
        ({"home.history": "e"}, "is bound to both"),
        ({"home.history": "?"}, "is bound to both"),
    ],
)
def test_what_does_not_fit_is_said_and_the_default_stays(keymap: dict[str, str], wrong: str) -> None:
    used, said = judge(keymap)
    assert used == {}
    assert len(said) == 1
    assert wrong in said[0]


def test_two_actions_may_change_places() -> None:
    keymap = {"home.history": "e", "home.exercises": "h"}
    assert judge(keymap) == (keymap, ())


def test_keys_may_be_written_as_signs() -> None:
    assert normal("?, j") == ("question_mark", "j")


async def test_a_keymap_of_the_users_works_and_what_is_wrong_in_it_is_said(made: Workspace) -> None:
    made.paths.config.mkdir(parents=True)
    made.paths.config_file.write_text('[keymap]\n"home.history" = "y"\n"home.prerun" = "hello"\n')
    async with visit(made, RunnersKneeApp.show_home) as at:
        await at.reads("is no key")
        await at.press("h")
        assert at.is_on("HomeScreen")
        await at.press("y")
        await at.until(lambda: at.is_on("HistoryScreen"))


async def test_another_key_is_pressed_saved_and_works_at_once(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_keys) as at:
        screen = at.app.screen
        from runnersknee_tui.tui.widgets.fields import Fields

        await at.until(lambda: screen.query_one(Fields).option_count)
        screen.query_one(Fields).mark("page.back")
        await at.press("enter", "j")
        await at.until(lambda: at.app.screen is screen)
        assert made.flush(10)
        assert made.settings.values.keymap == {"page.back": "j"}
        await at.press("enter", "f1")
        await at.reads("is bound to both")
        assert made.settings.values.keymap == {"page.back": "j"}
        await at.press("j")
        await at.until(lambda: at.is_on("HomeScreen"))


async def test_the_palette_starts_routines_and_leads_everywhere(made: Workspace) -> None:
    from runnersknee_tui.tui.palette import entries

    async with visit(made, RunnersKneeApp.show_home) as at:
        names = [entry.name for entry in entries(at.app)]
        starts = [f"Start: {routine.title}" for routine in made.catalogue.routines.values()]
        assert set(starts) < set(names)
        assert {"Home", "History", "Exercises", "Routines", "Settings", "Keys", "Help", "Quit"} < set(names)
        await at.press("ctrl+p", *"settings")
        await at.reads("Sound, voice, rests")
        await at.press("enter")
        await at.until(lambda: at.is_on("SettingsScreen"))
        at.app.start_session(made.prepare(made.catalogue.routines["starter"]))
        await at.until(lambda: at.is_on("SessionScreen"))
        during = [entry.name for entry in entries(at.app) if not entry.name.startswith("Theme")]
        assert during == ["Help", "Quit"]


async def test_a_theme_of_the_palette_is_kept(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_home) as at:
        at.app.use_theme("high-contrast")
        assert made.flush(10)
    assert 'theme = "high-contrast"' in made.paths.settings.read_text()


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    "name", ["primary", "secondary", "accent", "warning", "error", "success", "foreground"]
)
def test_the_high_contrast_theme_has_seven_to_one_everywhere(name: str) -> None:
    """WCAG 2.2, 1.4.6: 7 : 1, also on the theme's panels."""
    for ground in (HIGH_CONTRAST.background, HIGH_CONTRAST.panel):
        lighter, darker = _luminance(getattr(HIGH_CONTRAST, name)), _luminance(ground or "#000000")
        assert (lighter + 0.05) / (darker + 0.05) >= 7
