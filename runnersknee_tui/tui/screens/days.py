"""A first and a last day, chosen with the arrows or typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.days import Break, moved, read_day
from runnersknee_tui.tui.steady_screen import SteadyModal
from runnersknee_tui.tui.widgets.fields import Field, Fields
from runnersknee_tui.tui.widgets.press import Press
from runnersknee_tui.tui.words import MUTED, plain

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp

FIRST, LAST = "first", "last"


class DaysScreen(SteadyModal[Break | None]):
    """Dismisses with two days in their order, or with None where nothing is to change."""

    CSS_PATH = "days.tcss"
    AUTO_FOCUS = "Fields"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "save", id="days.save", tooltip="Take these days"),
        Binding("escape,q", "dismiss(None)", "back", id="days.back", tooltip="Change nothing"),
    ]

    app: RunnersKneeApp

    def __init__(self, title: str, days: Break) -> None:
        super().__init__()
        self._title = title
        self._days = {FIRST: days[0], LAST: days[1]}

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(plain(self._title), id="title")
            yield Fields(id="fields")
            yield Static(id="length", markup=False)
            yield Press(plain("s save, enter type a date, escape back", MUTED), "save", id="keys")

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        names = {FIRST: "First day", LAST: "Last day"}
        self.query_one(Fields).show(
            Field(key, name, plain(phrases.long_day(self._days[key]))) for key, name in names.items()
        )
        days = (self._days[LAST] - self._days[FIRST]).days + 1
        self.query_one("#length", Static).update(plain(phrases.count(days, "day"), MUTED))

    def _set(self, key: str, day: date) -> None:
        """The other one moves along where the order would turn round."""
        self._days[key] = day
        if key == FIRST:
            self._days[LAST] = max(self._days[LAST], day)
        else:
            self._days[FIRST] = min(self._days[FIRST], day)
        self._show()

    @on(Fields.Stepped)
    def _step(self, message: Fields.Stepped) -> None:
        self._set(message.field, moved(self._days[message.field], message.by))

    @on(OptionList.OptionSelected)
    def _type(self) -> None:
        from runnersknee_tui.tui.screens.ask import AskScreen

        key = self.query_one(Fields).marked or FIRST
        today = self.app.workspace.clock.wall().date()

        def judge(text: str) -> str:
            try:
                read_day(text, today)
            except ValueError as error:
                return str(error)
            return ""

        def typed(text: str | None) -> None:
            if text is not None:
                self._set(key, read_day(text, today))

        title = "First day" if key == FIRST else "Last day"
        now = self._days[key].isoformat()
        self.app.push_screen(AskScreen(title, "Year, month and day.", now, judge), typed)

    def action_save(self) -> None:
        self.dismiss((self._days[FIRST], self._days[LAST]))
