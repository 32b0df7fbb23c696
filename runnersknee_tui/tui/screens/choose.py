"""One or several of a list, chosen with arrows, enter and the mouse, above the screen that asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.visual import Visual
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from runnersknee_tui.tui.steady_screen import SteadyModal
from runnersknee_tui.tui.widgets.press import Press
from runnersknee_tui.tui.widgets.rows import Choices, Row
from runnersknee_tui.tui.words import MUTED, joined, plain

Choice = tuple[str, str, str]
"""Id, words, and a muted word at the right edge."""


class ChooseScreen(SteadyModal[tuple[str, ...] | None]):
    """Dismisses with the ids chosen, in the order of the list, or with None where nothing is to change.

    `preview` hears of each one the mark moves to, so that its effect can be shown; whoever gives it takes the
    effect back when the answer is None.
    """

    CSS_PATH = "choose.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "done", id="choose.accept", tooltip="Take this"),
        Binding("space", "tick", "on or off", id="choose.toggle", tooltip="Put this one in or out"),
        Binding("escape,q", "dismiss(None)", "back", id="choose.back", tooltip="Change nothing"),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        chosen: Collection[str] = (),
        *,
        several: bool = False,
        preview: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._choices, self._several, self._preview = title, choices, several, preview
        self._chosen = set(chosen)
        self.set_class(preview is not None, "-aside")

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(plain(self._title), id="title")
            yield Choices(id="choices")
            keys = "space on or off, enter done" if self._several else "enter take this"
            yield Press(plain(f"{keys}, escape back", MUTED), "accept", id="keys")

    def on_mount(self) -> None:
        rows = [Option(self._line(choice), id=choice[0]) for choice in self._choices]
        marked = next((id_ for id_, _, _ in self._choices if id_ in self._chosen), None)
        self.query_one(Choices).fill(rows, marked)

    def _line(self, choice: Choice) -> Visual:
        id_, words, note = choice
        sign = ""
        if self._several:
            sign = "[x] " if id_ in self._chosen else "[ ] "
        return Row(joined((sign, "$primary"), words), plain(note, MUTED))

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        if self._preview is not None and event.option_id is not None:
            self._preview(event.option_id)

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        if self._several:
            self.action_tick()
        else:
            self.action_accept()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return self._several if action == "tick" else True

    def action_tick(self) -> None:
        choices = self.query_one(Choices)
        if choices.marked is not None:
            self._chosen ^= {choices.marked}
            line = next(choice for choice in self._choices if choice[0] == choices.marked)
            choices.replace_option_prompt(choices.marked, self._line(line))

    def action_accept(self) -> None:
        marked = self.query_one(Choices).marked
        if self._several:
            self.dismiss(tuple(id_ for id_, _, _ in self._choices if id_ in self._chosen))
        elif marked is not None:
            self.dismiss((marked,))
