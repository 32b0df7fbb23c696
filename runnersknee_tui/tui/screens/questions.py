"""A page of questions with one key an answer. Every one of them may stay open."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from runnersknee_tui.core.answering import Answer, Question, Sheet
from runnersknee_tui.tui.steady_screen import SteadyScreen
from runnersknee_tui.tui.widgets.key_line import KeyLine
from runnersknee_tui.tui.widgets.question_sheet import QuestionSheet
from runnersknee_tui.tui.words import MUTED, joined, plain


class QuestionsScreen(SteadyScreen[Sheet | None]):
    """Dismisses with the sheet behind its last question, or when the runner goes on; None for going back."""

    CSS_PATH = "questions.tcss"
    AUTO_FOCUS = "QuestionSheet"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "go_on", "go on", id="questions.go_on", tooltip="Go on with what is answered"),
        Binding("escape", "back", "back", id="questions.back", tooltip="Go back"),
    ]

    def __init__(
        self,
        title: str,
        words: str,
        sheet: Sheet,
        *,
        colour_of: Callable[[Question, Answer], str] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._words = title, words
        self.sheet = sheet
        self._colour_of = colour_of

    def compose(self) -> ComposeResult:
        yield Static(plain(self._title, "bold"), id="title")
        yield Static(plain(self._words, MUTED), id="words")
        with VerticalScroll(id="questions", can_focus=False):
            yield QuestionSheet(self.sheet, colour_of=self._colour_of)
        yield Static(
            joined(("enter", "bold"), " leaves a question open   ", ("←", "bold"), " takes an answer back"),
            id="hint",
        )
        yield KeyLine()

    def on_question_sheet_done(self) -> None:
        self.dismiss(self.sheet)

    def action_go_on(self) -> None:
        self.dismiss(self.sheet)

    def action_back(self) -> None:
        self.dismiss(None)
