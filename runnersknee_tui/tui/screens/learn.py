"""What is known about runner's knee and what is not, with the source of each statement."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.visual import Visual
from textual.widgets import Footer, Static

from runnersknee_tui.core.learning import CHAPTERS, CLOSING, OPENING, TITLE, Chapter
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.rows import Hung, Row, Stack
from runnersknee_tui.tui.words import MUTED, joined, plain


class LearnScreen(InnerPage):
    """A page to read; arrows and the wheel scroll it."""

    def compose(self) -> ComposeResult:
        yield Static(Row(plain(TITLE, "bold"), plain("no diagnosis", MUTED)), id="head")
        with VerticalScroll(id="sheet"):
            yield Static(Stack(tuple(_page())), id="words", markup=False)
        yield Footer()


def _page() -> Iterator[Visual]:
    yield plain(OPENING)
    for chapter in CHAPTERS:
        yield from _chapter(chapter)
    yield Content("")
    yield plain(CLOSING, MUTED)


def _chapter(chapter: Chapter) -> Iterator[Visual]:
    yield Content("")
    yield plain(chapter.title, "bold $primary")
    for statement in chapter.statements:
        yield Hung(
            plain("\N{MIDDLE DOT}", MUTED), joined(statement.words, " ", (f"({statement.note})", MUTED))
        )
