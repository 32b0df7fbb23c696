"""One question with two answers, asked before anything is ended or thrown away."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from runnersknee_tui.tui.steady_screen import SteadyModal
from runnersknee_tui.tui.words import plain


class ConfirmScreen(SteadyModal[bool]):
    """Dismisses with True for yes. The key that asked, pressed again, says yes as well."""

    CSS_PATH = "confirm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,q", "answer(True)", "yes", id="confirm.yes", tooltip="Yes, do it"),
        Binding("n,escape,space", "answer(False)", "no", id="confirm.no", tooltip="No, go back"),
        Binding("left,right", "other", "other", id="confirm.other", show=False, tooltip="The other button"),
    ]

    def __init__(self, question: str, detail: str, yes: str, no: str) -> None:
        super().__init__()
        self._question, self._detail, self._yes, self._no = question, detail, yes, no

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(plain(self._question), id="question")
            yield Static(plain(self._detail), id="detail")
            with Horizontal(id="buttons"):
                yield Button(plain(self._no), id="no", variant="primary")
                yield Button(plain(self._yes), id="yes")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)

    def action_other(self) -> None:
        self.focus_next()
