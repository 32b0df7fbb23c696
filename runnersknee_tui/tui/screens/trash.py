"""Deleted sessions: what they were, how long they are kept, and the way back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from msgspec import Struct
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from runnersknee_tui.core.record import RecordError, SessionRecord
from runnersknee_tui.core.record_json import from_json
from runnersknee_tui.core.words import clean
from runnersknee_tui.store.filesystem import read_file
from runnersknee_tui.store.session_files import LIMIT
from runnersknee_tui.store.session_json import decode
from runnersknee_tui.store.trash import KEPT_DAYS, Trashed
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.mending import change
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.rows import Choices, Row
from runnersknee_tui.tui.words import MUTED, joined, plain
from runnersknee_tui.workspace import Workspace

EMPTY_WORDS = f"Nothing is here. A deleted session is kept for {KEPT_DAYS} days."


class Gone(Struct, frozen=True):
    """One deleted session; `record` is None where its file cannot be read."""

    entry: Trashed
    record: SessionRecord | None


def read_trash(workspace: Workspace) -> tuple[Gone, ...]:
    """The latest deletion first, each session once."""
    found: dict[str, Gone] = {}
    for entry in workspace.history.trashed():
        before = found.get(entry.id)
        if before is None or len(entry.name) < len(before.entry.name):
            found[entry.id] = Gone(entry, _record(workspace, entry))
    return tuple(found.values())


def _record(workspace: Workspace, entry: Trashed) -> SessionRecord | None:
    try:
        return from_json(decode(read_file(workspace.fs, workspace.paths.trash / entry.stored_as, LIMIT)))
    except (OSError, ValueError, RecordError, OverflowError, RecursionError):
        return None


class TrashScreen(InnerPage):
    """Enter brings the marked session back as it was."""

    CSS_PATH = "trash.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,u", "bring_back", "bring back", id="trash.back", tooltip="Put the marked session back into the history"),
    ]  # fmt: skip

    class Found(Message):
        """What is in the trash."""

        def __init__(self, gone: tuple[Gone, ...]) -> None:
            super().__init__()
            self.gone = gone

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield Choices(id="gone")
        yield Static(plain(EMPTY_WORDS, MUTED), id="nothing")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#head", Static).update(Row(plain("Deleted sessions", "bold")))
        self.query_one("#gone").focus()
        self._read()

    @work(thread=True, exclusive=True)
    def _read(self) -> None:
        self.app.workspace.flush(5)
        self.post_message(self.Found(read_trash(self.app.workspace)))

    @on(Found)
    def _show(self, message: Found) -> None:
        now = self.app.workspace.clock.wall()
        self.set_class(not message.gone, "-empty")
        rows = (Option(_row(one, now), id=one.entry.id) for one in message.gone)
        self.query_one("#gone", Choices).fill(rows)
        count = f"kept for {KEPT_DAYS} days" if message.gone else ""
        self.query_one("#head", Static).update(Row(plain("Deleted sessions", "bold"), plain(count, MUTED)))

    @on(OptionList.OptionSelected)
    def action_bring_back(self) -> None:
        marked = self.query_one("#gone", Choices).marked
        if marked is not None:
            history = self.app.workspace.history
            change(self.app, lambda: history.undelete(marked), self._back)

    def _back(self, record: SessionRecord) -> None:
        day = phrases.short_day(record.local_date)
        self.notify(f"Brought back: {clean(record.routine_title)}, {day}.", markup=False)
        self._read()


def _row(gone: Gone, now: datetime) -> Row:
    left = gone.entry.deleted_at + timedelta(days=KEPT_DAYS) - now
    kept = phrases.count(max(left.days, 0), "day") + " left"
    record = gone.record
    if record is None:
        return Row(plain(gone.entry.name), plain(kept, MUTED))
    when = f"{phrases.short_day(record.local_date)} {record.local_date.year}  "
    return Row(joined((f"{when:>17}", MUTED), record.routine_title), plain(kept, MUTED))
