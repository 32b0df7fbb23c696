"""The history: every session, the newest first, and the marked one set by set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from runnersknee_tui.core.history_text import pain_words
from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.press import Press
from runnersknee_tui.tui.widgets.record_words import record_words
from runnersknee_tui.tui.widgets.rows import Choices, Row, heading
from runnersknee_tui.tui.words import MUTED, joined, plain

PAGE = 60
"""Sessions read at a time: the first screen of ten years opens like that of a week."""
AHEAD = 15
"""So many rows before the end of the list the next page is read."""

DONE = ("\N{CHECK MARK}", "$primary")
STOPPED = ("\N{EN DASH}", "$warning")
NOTHING_YET = "Nothing here yet. Your first session will stand here, set by set, as soon as it is saved."


class HistoryScreen(InnerPage):
    """A list on the left that grows as it is walked down, the marked session on the right."""

    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "details", id="history.open", tooltip="The marked session, set by set"),
        Binding("w", "problems", "to mend", id="history.problems", tooltip="Files that cannot be used, and why", show=False),
        Binding("space", "page", "scroll", id="history.scroll", tooltip="Scroll the details down", show=False),
    ]  # fmt: skip

    class Loaded(Message):
        """One more page is there; with `more`, it is not the last."""

        def __init__(self, records: tuple[SessionRecord, ...], more: bool) -> None:
            super().__init__()
            self.records = records
            self.more = more

    def __init__(self) -> None:
        super().__init__()
        self.records: dict[str, SessionRecord] = {}  # by id, the newest first
        self._more = True
        self._reading = False

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Vertical(id="notices"):
            yield Press(action="problems", id="unreadable", classes="notice")
        with Horizontal(id="body"):
            yield Choices(id="list")
            with VerticalScroll(id="card", can_focus=False):
                yield Static(id="words", markup=False)
        yield Static(NOTHING_YET, id="nothing", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        self._set_head("")
        self.query_one("#list").focus()
        self._read_on()

    # --- pages -------------------------------------------------------------------------------------------------

    def _read_on(self) -> None:
        if self._more and not self._reading:
            self._reading = True
            self._read(next(reversed(self.records.values()), None))

    @work(thread=True)
    def _read(self, last: SessionRecord | None) -> None:
        records = self.app.workspace.history.newest(PAGE, before=last)
        self.post_message(self.Loaded(records, len(records) == PAGE))

    @on(Loaded)
    def _show(self, message: Loaded) -> None:
        self._reading, self._more = False, message.more
        before = next(reversed(self.records.values()), None)
        self.records.update((record.id, record) for record in message.records)
        choices = self.query_one("#list", Choices)
        choices.add_options(rows(message.records, before))
        if before is None:
            choices.action_first()
            self.set_class(not self.records, "-empty")
        self._show_unreadable()
        shown = phrases.count(len(self.records), "session")
        self._set_head(f"the newest {shown}" if self._more else shown)

    def _show_unreadable(self) -> None:
        number = len(self.app.workspace.history.unreadable)
        notice = self.query_one("#unreadable", Press)
        notice.display = number > 0
        notice.update(
            joined(("w", "bold"), f"  {phrases.count(number, 'file')} here cannot be read. The rest is.")
        )

    def _set_head(self, count: str) -> None:
        self.query_one("#head", Static).update(Row(plain("History", "bold"), plain(count, MUTED)))

    # --- the marked one ----------------------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#list")
    def _show_record(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id is not None and event.option_id in self.records:
            self.query_one("#words", Static).update(record_words(self.records[event.option_id]))
            self.query_one("#card").scroll_home(animate=False)
        if event.option_index >= self.query_one("#list", Choices).option_count - AHEAD:
            self._read_on()

    @on(OptionList.OptionSelected, "#list")
    def _clicked(self) -> None:
        if self.has_class("-narrow"):
            self.action_open()

    def action_open(self) -> None:
        marked = self.query_one("#list", Choices).marked
        if marked is not None and marked in self.records:
            self.app.show_record(self.records[marked])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """The notice's key works while the notice is there."""
        return action != "problems" or bool(self.app.workspace.history.unreadable)

    def action_problems(self) -> None:
        self.app.show_problems()

    def action_page(self) -> None:
        self.query_one("#card", VerticalScroll).scroll_page_down(animate=False)


def rows(records: Iterable[SessionRecord], before: SessionRecord | None) -> Iterator[Option]:
    """A row for each session, and a heading where a month begins; `before` is the one above them."""
    for record in records:
        on = record.local_date
        if before is None or (before.local_date.year, before.local_date.month) != (on.year, on.month):
            yield heading(f"{on:%B} {on.year}")
        before = record
        yield Option(_row(record), id=record.id)


def _row(record: SessionRecord) -> Row:
    on = record.local_date
    rehearsal = "  rehearsal" if record.rehearsal else ""
    return Row(
        joined((f"{on:%a} {on.day:>2}  ", MUTED), record.routine_title, (rehearsal, "italic $warning")),
        joined(
            (f"{pain_words(record):<7}", MUTED),
            f"{phrases.length(record.active_s):>7} ",
            DONE if record.status == "completed" else STOPPED,
        ),
    )
