"""What the app's full screens have in common: a way back, and one line where the terminal is too small."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content

from runnersknee_tui.tui.steady_screen import SteadyScreen

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp

WIDTH, HEIGHT = 40, 10
"""The smallest terminal, in cells, in which a screen shows itself."""

TOO_SMALL = f"Please make the window {WIDTH}x{HEIGHT} or larger."

SHEET = Path(__file__).with_name("page.tcss")
"""What all pages share; a session does without."""


class Page(SteadyScreen[None]):
    """A full screen of the app. Subclasses compose their widgets and a Footer."""

    app: RunnersKneeApp

    def __init__(self) -> None:
        super().__init__()
        self.css_path = [SHEET, *self.css_path]

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < WIDTH or event.size.height < HEIGHT, "-too-small")

    def render(self) -> RenderableType:
        """The background; in a terminal that is too small the only words there are."""
        return Content(TOO_SMALL) if self.has_class("-too-small") else super().render()


class InnerPage(Page):
    """A page with another one behind it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "back", id="page.back", tooltip="Go back"),
    ]

    def action_back(self) -> None:
        self.app.leave()
