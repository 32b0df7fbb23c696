"""Help is made of the bindings themselves, on every screen, and every binding has words for it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from textual.binding import Binding
from textual.screen import Screen

from runnersknee_tui.tui import screens
from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.widgets.rows import Choices
from runnersknee_tui.workspace import Workspace
from tests.tui.visit import visit
from tests.world import world


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return world(tmp_path)


def own_bindings() -> list[tuple[str, Binding]]:
    """Every binding that a class of ours declares."""
    classes: list[type] = [RunnersKneeApp, Choices]
    for module in iter_modules(screens.__path__):
        found = import_module(f"{screens.__name__}.{module.name}")
        classes += [
            each
            for each in vars(found).values()
            if isinstance(each, type) and each.__module__ == found.__name__
        ]
    return [
        (each.__name__, binding)
        for each in classes
        for binding in each.__dict__.get("BINDINGS", ())
        if isinstance(binding, Binding)
    ]


def test_every_binding_has_an_id_and_a_tooltip() -> None:
    bindings = own_bindings()
    assert len(bindings) > 20
    for owner, binding in bindings:
        assert binding.id, f"{owner}: {binding.key} has no id"
        assert binding.tooltip, f"{owner}: {binding.key} has no tooltip"


def test_ids_are_unique() -> None:
    seen: dict[str, tuple[str, Binding]] = {}
    for owner, binding in own_bindings():
        assert binding.id is not None
        first = seen.setdefault(binding.id, (owner, binding))
        assert first == (owner, binding), f"{binding.id} stands for two things"


async def test_help_tells_the_keys_of_this_screen(made: Workspace) -> None:
    async with visit(made) as at:
        await at.press("question_mark")
        await at.reads(
            "On this screen", "Start the activation before a run", "In a list", "Move the mark", "Everywhere"
        )
        assert "Go on with a session that broke off" not in at.text()
        await at.press("question_mark")
        await at.until(lambda: at.is_on("HomeScreen"))
        await at.press("e", "f1")
        await at.reads("Show only what matches your words", "Go back")


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (40, 10)])
async def test_help_closes_with_a_click_at_every_size(made: Workspace, size: tuple[int, int]) -> None:
    async with visit(made, size=size) as at:
        await at.press("question_mark")
        await at.reads("On this screen")
        await at.pilot.click(offset=(5, 5))
        await at.until(lambda: at.is_on("HomeScreen"))


async def test_files_in_order(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_problems) as at:
        await at.reads("Every file is in order.")
        assert isinstance(at.app.screen, Screen)
