"""What crosses the wire when a part of the screen changes: that part, wherever it lies in its line."""

from __future__ import annotations

import pyte
import pytest
from textual._compositor import ChopsUpdate
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from runnersknee_tui.picture.cells import Frame
from runnersknee_tui.tui.tight import TightCompositor
from runnersknee_tui.tui.widgets.stage import Stage

WIDTH, HEIGHT = 60, 12


def picture(*marks: tuple[int, int, str]) -> Frame:
    """Two colours side by side, with marks at (x, y)."""
    rows = []
    for y in range(HEIGHT - 2):
        line = list("." * 30 + ":" * 30)
        for x, mark_y, char in marks:
            if mark_y == y:
                line[x] = char
        text = "".join(line)
        rows.append(((text[:30], 0xFFFFFF, 0x102030), (text[30:], 0x102030, 0xFFFFFF)))
    return Frame(WIDTH, tuple(rows))


class Small(Screen[None]):
    """A picture between two lines."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = TightCompositor()

    def compose(self) -> ComposeResult:
        yield Static("above", id="above")
        yield Stage(id="picture")
        yield Static("below", id="below")


class SmallApp(App[None]):
    """Shows the picture, and nothing that changes by itself."""

    CSS = "Static { height: 1; }"

    def on_mount(self) -> None:
        self.push_screen(Small())


def sent(app: SmallApp) -> str:
    """What the update would send now."""
    screen = app.screen
    compositor = screen._compositor
    compositor.update_widgets({screen.query_one(Stage), *screen.query(Static)})
    update = compositor.render_partial_update()
    assert update is None or isinstance(update, ChopsUpdate)
    return "" if update is None else update.render_segments(app.console)


async def painted(app: SmallApp, pilot: Pilot[None]) -> None:
    """Wait until nothing is left to send."""
    for _ in range(400):
        await pilot.pause()
        if not sent(app):
            return
    raise AssertionError("there is always something left to send")


@pytest.mark.parametrize("x", [0, 29, 30, 59])
async def test_one_cell_is_one_cell(x: int) -> None:
    app = SmallApp()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        stage = app.screen.query_one(Stage)
        stage.show(picture())
        await painted(app, pilot)
        stage.show(picture((x, 4, "X")))
        text = sent(app)
        assert text.count("X") == 1
        assert "." not in text
        assert ":" not in text
        assert len(text) < 60


async def test_the_terminal_shows_what_a_full_paint_shows() -> None:
    app = SmallApp()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        terminal = pyte.Screen(WIDTH, HEIGHT)
        stream = pyte.Stream(terminal)
        stage = app.screen.query_one(Stage)
        stage.show(picture())
        await painted(app, pilot)
        for y, strip in enumerate(app.screen._compositor.render_strips()):
            stream.feed(f"\x1b[{y + 1};1H{strip.render(app.console)}")
        stage.show(picture((0, 0, "A"), (40, 0, "B"), (59, 9, "C")))
        app.screen.query_one("#below", Static).update("changed")
        app.screen.query_one("#above", Static).update("also")
        stream.feed(sent(app))
        assert terminal.display == [strip.text for strip in app.screen._compositor.render_strips()]
