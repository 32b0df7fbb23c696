"""The warning signs: asked before the very first session, every week, and after any stop. Never skipped."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static
from textual.widgets.selection_list import Selection

from runnersknee_tui.core.warning_signs import WARNING_SIGNS
from runnersknee_tui.tui.steady_screen import SteadyScreen
from runnersknee_tui.tui.widgets.key_line import KeyLine
from runnersknee_tui.tui.widgets.ticks import Ticks
from runnersknee_tui.tui.words import MUTED, plain

ASK = "Space ticks a line. If none of them is true, press n."
MARKS = 7
"""Columns of a line that its tick, its padding and the scrollbar take."""


class SignsScreen(SteadyScreen[tuple[str, ...] | None]):
    """Dismisses with the ids of the ticked signs, empty for none of them; None for going back unanswered."""

    CSS_PATH = "signs.tcss"
    AUTO_FOCUS = "Ticks"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "none", "none of these", id="signs.none", tooltip="None of these is true"),
        Binding("space", "tick", "tick", id="signs.tick", tooltip="Tick the marked line, or untick it"),
        Binding("enter", "go_on", "go on", id="signs.go_on", priority=True,
                tooltip="Go on with what is ticked; with nothing ticked, none is true"),
        Binding("escape", "back", "back", id="signs.back", tooltip="Go back; nothing begins without an answer"),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        yield Static(plain("Before you begin: is any of these true?", "bold"), id="title")
        yield Static(plain(ASK, MUTED), id="words")
        yield Ticks(*(Selection(plain(sign.words), sign.id) for sign in WARNING_SIGNS))
        yield KeyLine()

    def on_selection_list_selection_highlighted(self, event: Ticks.SelectionHighlighted[str]) -> None:
        """Where the list cuts its lines, the marked one is written out above it: each has to be read whole."""
        sign = WARNING_SIGNS[event.selection_index].words
        cut = len(sign) > self._list.size.width - MARKS
        self.query_one("#words", Static).update(plain(sign if cut else ASK, "" if cut else MUTED))

    @property
    def _list(self) -> Ticks:
        return self.query_one(Ticks)

    def action_tick(self) -> None:
        """The list takes the space bar itself; this is for its place in the footer and the mouse."""
        index = self._list.highlighted
        if index is not None:
            self._list.toggle(self._list.get_option_at_index(index))

    def action_none(self) -> None:
        self.dismiss(())

    def action_go_on(self) -> None:
        ticked = set(self._list.selected)
        self.dismiss(tuple(sign.id for sign in WARNING_SIGNS if sign.id in ticked))

    def action_back(self) -> None:
        self.dismiss(None)
