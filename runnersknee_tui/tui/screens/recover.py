"""A session that broke off: what was done of it, and what may become of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.visual import Visual
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from runnersknee_tui.core.history_text import exercise_words
from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.core.words import clean
from runnersknee_tui.store.checkpoint import Orphan
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.steady_screen import SteadyModal
from runnersknee_tui.tui.widgets.rows import Choices, Row, Stack
from runnersknee_tui.tui.words import HEADING, MUTED, joined, plain

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp

GO_ON, KEEP, DISCARD, LATER = "go_on", "keep", "discard", "later"
CHOICES = {
    GO_ON: ("g", "Go on", "paused where it was"),
    KEEP: ("s", "Save as stopped", "it counts as it is"),
    DISCARD: ("d", "Discard", "asks once"),
    LATER: ("esc", "Decide later", ""),
}
TAKEN = "Another window has taken this session."
UNFIT = "This session no longer fits your exercises, so it cannot go on. It stays until you discard it."


class RecoverScreen(SteadyModal[None]):
    """Nothing happens to the session until one of the choices is taken."""

    CSS_PATH = "recover.tcss"
    AUTO_FOCUS = "#choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "take", id="recover.take", tooltip="Take the marked choice"),
        Binding("g,r", "go_on", "go on", id="recover.go_on", tooltip="Go on, paused where it was"),
        Binding("s", "keep", "save", id="recover.keep", tooltip="Save what was done as a stopped session"),
        Binding("d", "discard", "discard", id="recover.discard", tooltip="Throw it away, after a question"),
        Binding("escape,q", "later", "later", id="recover.later", tooltip="Leave it for another time"),
    ]

    app: RunnersKneeApp

    class Read(Message):
        """What was done is known, or cannot be (None)."""

        def __init__(self, record: SessionRecord | None) -> None:
            super().__init__()
            self.record = record

    class Settled(Message):
        """A choice was carried out; `words` say what came of it."""

        def __init__(self, words: str, *, failed: bool = False) -> None:
            super().__init__()
            self.words = words
            self.failed = failed

    def __init__(self, orphan: Orphan) -> None:
        super().__init__()
        self.orphan = orphan
        self.record: SessionRecord | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(plain("Left unfinished", "bold"), id="title")
            with VerticalScroll(id="done", can_focus=False):
                yield Static(id="words", markup=False)
            yield Choices(id="choices")

    def on_mount(self) -> None:
        self._fill(GO_ON)
        self._read()

    @work(thread=True, exclusive=True, group="read")
    def _read(self) -> None:
        record = None
        with suppress(KeyError, TypeError, ValueError):  # of other content: said on the screen
            record = self.app.workspace.unfinished(self.orphan)
        self.post_message(self.Read(record))

    @on(Read)
    def _show(self, message: Read) -> None:
        self.record = message.record
        words = self.query_one("#words", Static)
        if message.record is None:
            words.update(plain(UNFIT))
            self._fill(LATER)
        else:
            today = self.app.workspace.clock.wall().date()
            words.update(Stack(_done_words(message.record, self.orphan, today)))
            self._fill(GO_ON)
        self.refresh_bindings()

    def _fill(self, marked: str) -> None:
        self.query_one("#choices", Choices).fill(
            (
                Option(
                    Row(joined((f"{key:<5}", "bold $primary"), name), plain(what, MUTED)),
                    id=choice,
                    disabled=not self._can(choice),
                )
                for choice, (key, name, what) in CHOICES.items()
            ),
            marked,
        )

    def _can(self, choice: str) -> bool:
        return choice in (DISCARD, LATER) or self.record is not None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return self._can(action) if action in CHOICES else True

    # --- choices -----------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected, "#choices")
    async def action_take(self) -> None:
        marked = self.query_one("#choices", Choices).marked
        if marked is not None:
            await self.run_action(marked)

    def action_go_on(self) -> None:
        from runnersknee_tui.store.durable import SaveError

        try:
            live = self.app.workspace.recover(self.orphan)
        except SaveError as error:
            self.notify(clean(str(error)), severity="error", markup=False)
            return
        app = self.app
        self.dismiss()
        if live is None:
            app.notify(TAKEN, markup=False)
        else:
            app.call_later(app.continue_session, live)

    def action_keep(self) -> None:
        self._settle(lambda: "Saved." if self.app.workspace.keep(self.orphan) else TAKEN)

    def action_discard(self) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._settle(self._discard)

        self.app.confirm(
            "Discard this session?",
            "What was done of it is then gone for good.",
            yes="Discard",
            no="Keep it",
            then=answered,
        )

    def _discard(self) -> str:
        self.app.workspace.checkpoints.discard(self.orphan)
        return "Discarded."

    def action_later(self) -> None:
        self.dismiss()

    @work(thread=True, exclusive=True, group="settle")
    def _settle(self, carry_out: Callable[[], str]) -> None:
        from runnersknee_tui.core.record import RecordError
        from runnersknee_tui.store.durable import SaveError

        try:
            settled = self.Settled(carry_out())
        except (SaveError, RecordError) as error:
            settled = self.Settled(clean(str(error)), failed=True)
        self.post_message(settled)

    @on(Settled)
    def _say(self, message: Settled) -> None:
        self.app.notify(message.words, severity="error" if message.failed else "information", markup=False)
        if not message.failed:
            self.dismiss()


def _done_words(record: SessionRecord, orphan: Orphan, today: date) -> Iterator[Visual]:
    yield plain(record.routine_title, HEADING)
    begun = f"{phrases.day(record.local_date, today)} at {record.started_at:%H:%M}"
    yield plain(f"Begun {begun}, last saved at {orphan.saved_at:%H:%M}.", MUTED)
    yield plain(f"Done until then, in {phrases.length(record.active_s)}:", MUTED)
    yield Content("")
    for entry in record.exercises:
        yield Row(plain(entry.name), plain(exercise_words(entry), MUTED))
