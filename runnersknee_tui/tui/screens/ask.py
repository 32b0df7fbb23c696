"""One line to type, judged before it is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from runnersknee_tui.tui.steady_screen import SteadyModal
from runnersknee_tui.tui.widgets.press import Press
from runnersknee_tui.tui.words import MUTED, plain


class AskScreen(SteadyModal[str | None]):
    """Dismisses with what was typed, without spaces at its ends, or with None where nothing is to change.

    `judge` tells what is wrong with a text, in the words of `check`; empty where nothing is.
    """

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "back", id="ask.back", tooltip="Change nothing"),
    ]

    def __init__(self, title: str, hint: str, text: str, judge: Callable[[str], str]) -> None:
        super().__init__()
        self._title, self._hint, self._text, self._judge = title, hint, text, judge

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(plain(self._title), id="title")
            yield Static(plain(self._hint), id="hint")
            yield Input(self._text, id="text", compact=True)
            yield Static(id="wrong", markup=False)
            yield Press(plain("enter take this, escape back", MUTED), "take", id="keys")

    @on(Input.Changed)
    def _judge_it(self) -> None:
        text = self.query_one(Input).value.strip()
        words = self._judge(text) if text else ""
        self.query_one("#wrong", Static).update(plain(words, "$text-error"))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_take()

    def action_take(self) -> None:
        text = self.query_one(Input).value.strip()
        words = self._judge(text)
        if words:
            self.query_one("#wrong", Static).update(plain(words, "$text-error"))
        else:
            self.dismiss(text)
