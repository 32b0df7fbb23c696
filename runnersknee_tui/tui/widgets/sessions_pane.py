"""The list of sessions, the newest first, that grows as it is walked down; beside it the marked one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from runnersknee_tui.core.history_text import pain_words
from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.widgets.finding import matches
from runnersknee_tui.tui.widgets.record_words import record_words
from runnersknee_tui.tui.widgets.rows import Choices, Row, heading
from runnersknee_tui.tui.words import MUTED, joined

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp

PAGE = 60
"""Sessions read at a time: the first screen of ten years opens like that of a week."""
AHEAD = 15
"""So many rows before the end of the list the next page is read."""
SAVED_S = 5.0
"""How long reading waits for an edit to reach the disk."""

DONE = ("\N{CHECK MARK}", "$primary")
STOPPED = ("\N{EN DASH}", "$warning")
NOTHING_YET = "Nothing here yet. Your first session will stand here, set by set, as soon as it is saved."
NOTHING_FOUND = "No session matches. Try fewer letters, or escape to see all."


class SessionFilter(Input):
    """Where to type what to look for; the keys of the list go on working."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.leave_filter", "all", id="history.filter_off", tooltip="Show all sessions again"),
        Binding("down", "screen.to_list", "to the list", id="history.filter_done", tooltip="Back to the list, as enter does"),
    ]  # fmt: skip


class SessionsPane(Vertical):
    """Reads no more than is looked at. Says `Told` when the number of sessions on show has changed."""

    app: RunnersKneeApp

    @dataclass
    class Loaded(Message):
        """Sessions that were read for the filter `wanted`."""

        records: tuple[SessionRecord, ...]
        wanted: str
        last: SessionRecord | None  # the oldest that was looked at
        first: bool  # what was on show before goes
        over: bool  # this reading is done
        more: bool  # there are older ones

    class Told(Message):
        """There are words for the head of the screen."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.records: dict[str, SessionRecord] = {}  # by id, the newest first
        self._last: SessionRecord | None = None  # the oldest that was looked at
        self._more = True
        self._reading = False
        self._marked: str | None = None
        self._asked = PAGE

    def compose(self) -> ComposeResult:
        yield SessionFilter(placeholder="routine, exercise, date, status or note", id="filter", compact=True)
        with Horizontal(id="body"):
            yield Choices(id="list")
            with VerticalScroll(id="card", can_focus=False):
                yield Static(id="words", markup=False)
        yield Static(NOTHING_YET, id="nothing", markup=False)

    @property
    def wanted(self) -> str:
        """The words of the filter."""
        return self.query_one("#filter", Input).value.strip()

    @property
    def marked(self) -> SessionRecord | None:
        """The session under the mark."""
        return self.records.get(self.query_one("#list", Choices).marked or "")

    # --- pages -------------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read what is on show, for the first time or because something was edited, deleted or added."""
        self._asked = max(self._first_page, len(self.records))
        self._marked = self.query_one("#list", Choices).marked
        self._begin()

    @property
    def _first_page(self) -> int:
        """As many as the window shows, and those that the mark may meet before the next page is there."""
        return min(PAGE, self.app.size.height + AHEAD)

    def _begin(self) -> None:
        self._reading = True
        self._read(None, self.wanted, self._asked)

    def _read_on(self) -> None:
        if self._more and not self._reading:
            self._reading = True
            self._read(self._last, self.wanted, PAGE)

    @work(thread=True, exclusive=True, group="sessions")
    def _read(self, last: SessionRecord | None, wanted: str, count: int) -> None:
        """Pages until `count` sessions match. What matched so far is shown while the rest is read."""
        worker, history = get_current_worker(), self.app.workspace.history
        self.app.workspace.flush(SAVED_S)
        first, found = last is None, 0
        while True:
            page = history.newest(count, before=last)
            if worker.is_cancelled:
                return
            more = len(page) == count
            last = page[-1] if page else last
            matched = tuple(record for record in page if matches(record, wanted))
            found += len(matched)
            over = not more or found >= count
            if matched or over:
                self.post_message(self.Loaded(matched, wanted, last, first, over, more))
                first = False
            if over:
                return

    @on(Loaded)
    def _show(self, message: Loaded) -> None:
        if message.wanted != self.wanted:
            return
        choices = self.query_one("#list", Choices)
        if message.first:
            self.records = {}
            choices.clear_options()
        before = next(reversed(self.records.values()), None)
        self._last, self._more = message.last, message.more
        self._reading = not message.over
        self.records.update((record.id, record) for record in message.records)
        choices.add_options(rows(message.records, before))
        if message.first:
            self._mark_again(choices)
        self.set_class(message.over and not self.records, "-empty")
        self.query_one("#nothing", Static).update(NOTHING_FOUND if self.wanted else NOTHING_YET)
        self._tell()

    def _mark_again(self, choices: Choices) -> None:
        ids = [option.id for option in choices.options]
        if self._marked is not None and self._marked in ids:
            choices.highlighted = ids.index(self._marked)
        else:
            choices.action_first()

    def _tell(self) -> None:
        shown = phrases.count(len(self.records), "session")
        if self.wanted:
            words = f"{shown} found" if not self._more else f"{shown} found so far"
        else:
            words = f"the newest {shown}" if self._more else shown
        self.post_message(self.Told(words))

    # --- the marked one ----------------------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#list")
    def _show_record(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id is not None and event.option_id in self.records:
            self.query_one("#words", Static).update(record_words(self.records[event.option_id]))
            self.query_one("#card").scroll_home(animate=False)
        if event.option_index >= self.query_one("#list", Choices).option_count - AHEAD:
            self._read_on()

    def scroll_words(self) -> None:
        """A page down in the marked session."""
        self.query_one("#card", VerticalScroll).scroll_page_down(animate=False)

    # --- the filter --------------------------------------------------------------------------------------------

    def find(self) -> None:
        """Give the keys to the filter."""
        self.add_class("-finding")
        self.query_one("#filter").focus()

    def leave_filter(self) -> None:
        """Show all sessions again."""
        self.query_one("#filter", Input).value = ""
        self.remove_class("-finding")
        self.query_one("#list").focus()

    def to_list(self) -> None:
        """The keys back to the list; an empty filter goes away."""
        self.set_class(bool(self.wanted), "-finding")
        self.query_one("#list").focus()

    @on(Input.Changed, "#filter")
    def _filtered(self) -> None:
        self._marked = self.query_one("#list", Choices).marked
        self._asked = self._first_page
        self._begin()

    @on(Input.Submitted, "#filter")
    def _found(self) -> None:
        self.to_list()


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
    mark = "  rehearsal" if record.rehearsal else "  logged" if record.source == "log" else ""
    length = phrases.length(record.active_s) if record.active_s or record.source != "log" else ""
    return Row(
        joined((f"{on:%a} {on.day:>2}  ", MUTED), record.routine_title, (mark, "italic $warning")),
        joined(
            (f"{pain_words(record):<7}", MUTED),
            f"{length:>7} ",
            DONE if record.status == "completed" else STOPPED,
        ),
    )
