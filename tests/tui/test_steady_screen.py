"""A window may change its size at any moment, also while a screen is just being laid out."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Size
from textual.screen import Screen

from runnersknee_tui.tui import screens, widgets
from runnersknee_tui.tui.steady_screen import SteadyScreen
from tests.tui.visit import visit
from tests.world import world

OLD, NEW = Size(60, 20), Size(100, 30)


async def test_a_size_that_the_window_has_no_more_is_not_gone_back_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two sizes in flight at once used to chase each other, and the program ate a core and all memory."""
    laid_out: list[Size] = []
    resized = Screen._screen_resized

    def count(self: Screen[None], size: Size) -> None:
        laid_out.append(size)
        resized(self, size)

    async with visit(world(tmp_path), size=(OLD.width, OLD.height)) as at:
        await at.reads("First three")
        await at.pilot.resize_terminal(NEW.width, NEW.height)
        monkeypatch.setattr(Screen, "_screen_resized", count)
        for size in (
            NEW,
            OLD,
        ):  # as they come where a layout in the old size ends after the window has changed
            at.app.screen.post_message(events.Resize(size, size))
        for _ in range(30):
            await at.pilot.pause()
        assert at.app.screen.size == NEW
        assert laid_out.count(OLD) == 0
        assert len(laid_out) < 5


def test_every_screen_is_a_steady_one() -> None:
    modules = [
        importlib.import_module(module.name)
        for package in (screens, widgets)
        for module in pkgutil.iter_modules(package.__path__, package.__name__ + ".")
    ]
    found = [
        thing
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Screen) and thing.__module__ == module.__name__
    ]
    assert len(found) > 25
    assert not [screen for screen in found if not issubclass(screen, SteadyScreen)]
