"""One session, set by set, and the place where a wrong entry is put right."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Footer, OptionList, Static

from runnersknee_tui.core.editing import LONGEST_NOTE, Spot, choices, put, value_at
from runnersknee_tui.core.record import RecordError, SessionRecord, SetRecord
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.correction import asked_for, knees_of, lines, name_of, spot_named, stepped, words
from runnersknee_tui.tui.mending import change, delete
from runnersknee_tui.tui.pain import affected_knees
from runnersknee_tui.tui.widgets.fields import Fields
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.record_words import record_words
from runnersknee_tui.tui.widgets.rows import Row
from runnersknee_tui.tui.words import MUTED, joined, plain


class RecordScreen(InnerPage):
    """Shows a record; `e` makes its values lines that can be changed. Each change is saved by itself."""

    CSS_PATH = "record.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "edit", id="record.edit", tooltip="Correct repetitions, pain, form, the morning after and the note"),
        Binding("u", "undo", "undo", id="record.undo", tooltip="Take the last correction back"),
        Binding("d,delete", "delete", "delete", id="record.delete", tooltip="Move this session to the trash, for 30 days"),
    ]  # fmt: skip

    def __init__(self, record: SessionRecord, *, editing: bool = False) -> None:
        super().__init__()
        self.record = record
        self._begin_editing = editing
        self._past: list[tuple[Spot, Any]] = []

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with VerticalScroll(id="sheet"):
            yield Static(id="words", markup=False)
        yield Fields(id="fields", name_share=0.5)
        yield Footer()

    def on_mount(self) -> None:
        self._show()
        if self._begin_editing:
            self.action_edit()

    @property
    def editing(self) -> bool:
        return self.has_class("-editing")

    @property
    def _knees(self) -> tuple[str, ...]:
        return knees_of(self.record, affected_knees(self.app.workspace.settings.values.knee))

    def _show(self) -> None:
        """Everything anew, from the record as it is now."""
        today = self.app.workspace.clock.wall().date()
        when = phrases.day(self.record.local_date, today)
        title = joined(("Correct  ", "bold"), self.record.routine_title) if self.editing else plain("Session", "bold")  # fmt: skip
        self.query_one("#head", Static).update(Row(title, plain(when, MUTED)))
        self.query_one("#words", Static).update(record_words(self.record))
        self.query_one(Fields).show(lines(self.record, self._knees))
        self.refresh_bindings()

    # --- correcting --------------------------------------------------------------------------------------------

    @property
    def _marked(self) -> Spot | None:
        return spot_named(self.record, self._knees, self.query_one(Fields).marked)

    def _change(self, spot: Spot, value: Any, *, undoing: bool = False) -> None:
        """Let a value hold and save it; the file is read again under its lock, so no other edit is lost."""
        before = value_at(self.record, spot)
        edited = put(self.record, spot, value)
        if value_at(edited, spot) == before:
            return
        if not undoing:
            self._past.append((spot, before))
        self.record = edited
        self._show()
        history, id_ = self.app.workspace.history, self.record.id
        change(
            self.app,
            lambda: history.replace(id_, lambda record: put(record, spot, value)),
            lambda _: None,
            self._read_again,
        )

    def _read_again(self) -> None:
        """A save failed: what is on the disk holds."""
        try:
            self.record = self.app.workspace.history.load(self.record.id)
        except (KeyError, RecordError, OSError):
            return
        self._past.clear()
        self._show()

    @on(Fields.Stepped)
    def _step(self, message: Fields.Stepped) -> None:
        spot = self._marked
        if spot is not None:
            self._change(spot, stepped(self.record, spot, message.by))

    @on(OptionList.OptionSelected, "#fields")
    def _open(self) -> None:
        spot = self._marked
        if spot is None:
            return
        if choices(spot):
            self._choose(spot)
        else:
            self._ask(spot)

    def _choose(self, spot: Spot) -> None:
        from runnersknee_tui.tui.screens.choose import ChooseScreen

        few = choices(spot)
        now = few.index(value_at(self.record, spot))
        offered = [(str(at), words(value).plain, "") for at, value in enumerate(few)]

        def chosen(answer: tuple[str, ...] | None) -> None:
            if answer is not None:
                self._change(spot, few[int(answer[0])])

        title = name_of(self.record, spot, self._knees)
        self.app.push_screen(ChooseScreen(title, offered, (str(now),)), chosen)

    def _ask(self, spot: Spot) -> None:
        from runnersknee_tui.tui.screens.ask import AskScreen

        value = value_at(self.record, spot)
        title = name_of(self.record, spot, self._knees)
        if isinstance(value, SetRecord):
            most = asked_for(self.record.exercises[spot.exercise], value)
            unit = "seconds" if value.reps is None else "repetitions"
            hint = f"What was done, 0 to {most:g} {unit}."
            now = f"{value.held_s:.0f}" if value.reps is None else f"{value.reps}"
        else:
            most, hint, now = 0, "Yours alone; empty takes it away.", value.replace("\n", " ")

        def judge(text: str) -> str:
            if not isinstance(value, SetRecord):
                return f"Up to {LONGEST_NOTE} characters." if len(text) > LONGEST_NOTE else ""
            return "" if text.isdecimal() and int(text) <= most else f"A whole number from 0 to {most:g}."

        def typed(text: str | None) -> None:
            if text is not None:
                self._change(spot, int(text) if isinstance(value, SetRecord) else text)

        self.app.push_screen(AskScreen(title, hint, now, judge), typed)

    # --- actions -----------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        if action == "edit":
            return not self.editing
        if action == "undo":
            return bool(self._past)
        return True

    def action_edit(self) -> None:
        self.add_class("-editing")
        self.query_one(Fields).focus()
        self._show()

    def action_undo(self) -> None:
        if self._past:
            spot, before = self._past.pop()
            self._change(spot, before, undoing=True)
            self.query_one(Fields).mark(spot.id)

    def action_delete(self) -> None:
        delete(self.app, self.record, self._gone)

    def _gone(self) -> None:
        if self.is_current:
            self.app.leave()

    def action_back(self) -> None:
        if self.editing:
            self.remove_class("-editing")
            self.query_one("#sheet").focus()
            self._show()
        else:
            super().action_back()
