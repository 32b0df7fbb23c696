"""Pictures of the history: a chart that is drawn anew in every size, and a panel with its heading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from runnersknee_tui.picture.cells import Frame
from runnersknee_tui.picture.chart_ink import Canvas, chart_ink
from runnersknee_tui.picture.palette import Theme
from runnersknee_tui.tui.widgets.stage import Stage
from runnersknee_tui.tui.words import plain

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp

Draw = Callable[[int, int, Canvas], Frame]
"""Makes a picture of so many columns and rows."""

SMALLEST = (10, 3)
"""Columns and rows below which there is no picture."""


class Chart(Stage):
    """Shows what its `Draw` makes for the size it has; nothing before it was given one."""

    app: RunnersKneeApp

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._draw: Draw | None = None

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.call_after_refresh(self._redraw))

    def draw(self, draw: Draw) -> None:
        """Show this from now on."""
        self._draw = draw
        self._redraw()

    def on_resize(self) -> None:
        self._redraw()

    def _redraw(self) -> None:
        cols, rows = self.size
        if self._draw is not None and cols >= SMALLEST[0] and rows >= SMALLEST[1]:
            self.show(self._draw(cols, rows, self._canvas()))

    def _canvas(self) -> Canvas:
        """The terminal's means, and colours that lie on what is behind this widget."""
        from runnersknee_tui.tui.looks import look_of

        look = look_of(self.app)
        red, green, blue = self.background_colors[1].rgb
        theme = Theme.LIGHT if look.theme is Theme.LIGHT else Theme.DARK
        return Canvas(chart_ink(theme, red << 16 | green << 8 | blue, look.depth), look.blocks, look.depth)


class Panel(Vertical):
    """A chart below its heading."""

    DEFAULT_CSS = """
    Panel > .title { height: 1; text-style: bold; }
    """

    def __init__(self, title: str, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._title = title

    def compose(self) -> ComposeResult:
        yield Static(plain(self._title), classes="title")
        yield Chart()

    def draw(self, draw: Draw) -> None:
        """Show a picture."""
        self.query_one(Chart).draw(draw)

    def retitle(self, title: str) -> None:
        """Another heading."""
        self.query_one(".title", Static).update(plain(title))
