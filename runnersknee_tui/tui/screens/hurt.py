"""It hurts: the clock stands, two questions, and then only what is wise. The reason is one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Button, Static

from runnersknee_tui.core.answering import Sheet
from runnersknee_tui.core.asking import hurt_questions, knees_from
from runnersknee_tui.core.gate import EASIER, END, GO_ON, SKIP, AfterHurt
from runnersknee_tui.core.hurting import Hurting, choice_words
from runnersknee_tui.live import Command, LiveSession
from runnersknee_tui.tui.pain import affected_knees, pain_line, zone_style
from runnersknee_tui.tui.steady_screen import SteadyModal
from runnersknee_tui.tui.widgets.question_sheet import QuestionSheet
from runnersknee_tui.tui.words import plain

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp


class HurtScreen(SteadyModal[Command | None]):
    """Dismisses with the command that follows; None where the session went on without an answer."""

    CSS_PATH = "hurt.tcss"
    AUTO_FOCUS = "QuestionSheet"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "choose('go-on')", "go on", id="hurt.go_on", tooltip="Go on with this exercise"),
        Binding("d", "choose('easier')", "easier", id="hurt.easier", tooltip="Go on one step easier"),
        Binding("s", "choose('skip')", "skip", id="hurt.skip", tooltip="Leave this exercise, go on with the next"),
        Binding("e,q,escape", "choose('end')", "end", id="hurt.end", tooltip="End the session and keep what was done"),
    ]  # fmt: skip

    app: RunnersKneeApp

    def __init__(self, live: LiveSession) -> None:
        super().__init__()
        self._live = live
        self._after: AfterHurt | None = None

    def compose(self) -> ComposeResult:
        workspace = self.app.workspace
        values = workspace.settings.values
        line = pain_line(values.pain_line)
        self._knees = affected_knees(values.knee)
        self._hurting = Hurting(self._live.session, line, values.kit, workspace.catalogue)
        self._sheet = Sheet(hurt_questions(self._knees))
        with Vertical(id="box"):
            yield Static(plain("Stopped. Take a breath."), id="title")
            yield Static(plain(self._hurting.item.name), id="exercise")
            yield QuestionSheet(self._sheet, colour_of=zone_style(line))
            yield Static(id="reason")
            with Vertical(id="choices"):
                yield Button(id="go-on")
                yield Button(id="easier")
                yield Button(id="skip")
                yield Button(id="end")

    def on_mount(self) -> None:
        self.query_one("#choices").display = False

    # --- answers ---------------------------------------------------------------------------------------------

    def on_question_sheet_done(self) -> None:
        self._decide()

    def on_question_sheet_changed(self) -> None:
        self._after = None
        self.query_one("#choices").display = False
        self.query_one("#reason", Static).update("")
        self.refresh_bindings()

    def _decide(self) -> None:
        """The questions are answered, or left open: say what that leaves."""
        during = knees_from(self._sheet, self._knees)
        sharp = self._sheet.flag("sharp")
        self._after = self._hurting.after(sharp, during)
        self._hurting.answer(sharp, during)
        self.query_one("#reason", Static).update(plain(self._after.reason))
        for choice, words in self._words().items():
            button = self.query_one(f"#{choice}", Button)
            button.display = choice in self._after.choices
            button.label = plain(words)
        self.query_one("#choices").display = True
        self.refresh_bindings()
        self.query_one(f"#{self._after.choices[0]}", Button).focus()
        # What follows is at the end, and has its place there after the next refresh.
        self.call_after_refresh(self.query_one("#box").scroll_end, animate=False)

    def _words(self) -> dict[str, str]:
        keys = {GO_ON: "g", EASIER: "d", SKIP: "s", END: "e"}
        words = choice_words(self._hurting.easier)
        return {choice: f"{keys[choice]}  {words[choice]}" for choice in keys}

    # --- choices ---------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action != "choose":
            return True
        # Ending is always open: who leaves the questions open has stopped because it hurts.
        return parameters[0] == END or (self._after is not None and parameters[0] in self._after.choices)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.action_choose(event.button.id or END)

    def action_choose(self, choice: str) -> None:
        if self._after is None:
            self._hurting.answer(self._sheet.flag("sharp"), knees_from(self._sheet, self._knees))
        elif self._after.pain_stop:
            self._hurting.spare()
        self.dismiss(self._hurting.command(choice))
