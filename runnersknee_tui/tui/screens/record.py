"""One session, set by set."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Footer, Static

from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.record_words import record_words
from runnersknee_tui.tui.widgets.rows import Row
from runnersknee_tui.tui.words import MUTED, plain


class RecordScreen(InnerPage):
    """Shows a record; scrolls where it is long."""

    def __init__(self, record: SessionRecord) -> None:
        super().__init__()
        self.record = record

    def compose(self) -> ComposeResult:
        today = self.app.workspace.clock.wall().date()
        when = phrases.day(self.record.local_date, today)
        yield Static(Row(plain("Session", "bold"), plain(when, MUTED)), id="head")
        with VerticalScroll(id="sheet"):
            yield Static(record_words(self.record), id="words")
        yield Footer()
