"""Files that cannot be used or are odd, each with what is wrong and what mends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.visual import Visual
from textual.widgets import Footer, Static
from textual.worker import get_current_worker

from runnersknee_tui.core.problem import Problem
from runnersknee_tui.tui.troubles import troubles
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.rows import Hung, Row, Stack
from runnersknee_tui.tui.words import MUTED, joined, plain

SIGNS = {"error": ("\N{MULTIPLICATION SIGN}", "bold $error"), "note": ("\N{MIDDLE DOT}", MUTED)}


class ProblemsScreen(InnerPage):
    """A list to read beside an editor."""

    class Found(Message):
        """All rooms have been asked."""

        def __init__(self, problems: tuple[Problem, ...]) -> None:
            super().__init__()
            self.problems = problems

    def compose(self) -> ComposeResult:
        yield Static(
            Row(plain("Your files", "bold"), plain("nothing is changed or removed", MUTED)), id="head"
        )
        with VerticalScroll(id="sheet"):
            yield Static(id="words", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        self._find()

    @work(thread=True, exclusive=True)
    def _find(self) -> None:
        """At once what is known, and then what reading the whole history brings to light."""
        workspace, worker = self.app.workspace, get_current_worker()
        self.post_message(self.Found(troubles(workspace)))
        for _ in workspace.history.all():
            if worker.is_cancelled:
                return
        self.post_message(self.Found(troubles(workspace)))

    def on_problems_screen_found(self, message: Found) -> None:
        self.query_one("#words", Static).update(problem_words(message.problems))


def problem_words(problems: Iterable[Problem]) -> Visual:
    """One paragraph for each problem; a note stops nothing."""
    parts = [part for problem in problems for part in _problem(problem)]
    return Stack(parts) if parts else plain("Every file is in order.")


def _problem(problem: Problem) -> Iterator[Visual]:
    place = problem.file if problem.line is None else f"{problem.file}, line {problem.line}"
    key = f"{problem.key}: " if problem.key else ""
    yield Hung(
        plain(*SIGNS[problem.severity]), joined((place, "bold"), "\n", (key, "$primary"), problem.message)
    )
    yield Content("")
