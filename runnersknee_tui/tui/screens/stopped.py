"""A warning sign was ticked: what to do about it, and the way back once a clinician has looked at the knee."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from runnersknee_tui.core.warning_signs import EMERGENCY_WORDS, PAUSED_WORDS, WARNING_SIGNS, advice
from runnersknee_tui.tui.steady_screen import SteadyScreen
from runnersknee_tui.tui.widgets.key_line import KeyLine
from runnersknee_tui.tui.words import MUTED, plain


class StoppedScreen(SteadyScreen[date | None]):
    """Dismisses with the day on which a clinician cleared the runner; None where nobody has yet."""

    CSS_PATH = "stopped.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "cleared", "a clinician has cleared me", id="stopped.cleared", tooltip="Enter the day you were cleared"),
        Binding("escape,q", "back", "back", id="stopped.back", tooltip="Go back; training stays paused"),
    ]  # fmt: skip

    def __init__(self, signs: Sequence[str], today: date) -> None:
        super().__init__()
        self._signs, self._today = signs, today

    def compose(self) -> ComposeResult:
        words = advice(self._signs) or ""
        with Vertical(id="box", classes="-emergency" if words == EMERGENCY_WORDS else ""):
            yield Static(plain(words, "bold"), id="advice")
            yield Static(plain(PAUSED_WORDS), id="paused")
            known = {sign.id: sign.words for sign in WARNING_SIGNS}
            for sign in self._signs:
                yield Static(plain(f"· {known.get(sign, sign)}", MUTED))
        yield Static(plain("Cleared on which day? Year-month-day; enter confirms.", "bold"), id="ask")
        yield Input(self._today.isoformat(), id="day", max_length=10)
        yield Static(id="wrong")
        yield KeyLine()

    def on_mount(self) -> None:
        self._asking(show=False)

    def _asking(self, *, show: bool) -> None:
        for name in ("ask", "day", "wrong"):
            self.query_one(f"#{name}").display = show

    def action_cleared(self) -> None:
        self._asking(show=True)
        self.query_one(Input).focus()
        self.call_after_refresh(self.scroll_end, animate=False)  # the field has its place by then

    def on_input_submitted(self, event: Input.Submitted) -> None:
        wrong = self.query_one("#wrong", Static)
        try:
            day = date.fromisoformat(event.value.strip())
        except ValueError:
            wrong.update(plain(f"Expected a day such as {self._today.isoformat()}.", "$error"))
            return
        if day > self._today:
            wrong.update(plain("That day is still to come.", "$error"))
            return
        self.dismiss(day)

    def action_back(self) -> None:
        self.dismiss(None)
