"""Logging a session that was done without the app."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.visual import Visual
from textual.widgets import Footer, OptionList, Static

from runnersknee_tui.coach import TODAY
from runnersknee_tui.core.editing import LONGEST_NOTE
from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.core.routine_text import item_words
from runnersknee_tui.core.timeline import Plan
from runnersknee_tui.logbook import planned, record_of
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.days import moved, read_day
from runnersknee_tui.tui.mending import change
from runnersknee_tui.tui.stepping import next_choice
from runnersknee_tui.tui.widgets.fields import Field, Fields
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.press import Press
from runnersknee_tui.tui.widgets.rows import Row, Stack
from runnersknee_tui.tui.words import HEADING, MUTED, plain

ROUTINE, DAY, MINUTES, NOTE = "routine", "day", "minutes", "note"
TODAYS = "The day's own plan"
MOST_MINUTES, MINUTES_STEP = 240, 5


class LogScreen(InnerPage):
    """What will be kept stands below the lines; what differed is corrected afterwards, set by set."""

    CSS_PATH = "log.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "save", id="log.save", tooltip="Keep this session as done"),
    ]

    class Planned(Message):
        """What the chosen routine was on the chosen day; None where nothing was due."""

        def __init__(self, plan: Plan | None) -> None:
            super().__init__()
            self.plan = plan

    def __init__(self) -> None:
        super().__init__()
        self._routine, self._note = TODAY, ""
        self._minutes: int | None = None
        self._day: date | None = None
        self._plan: Plan | None = None
        self._known = False

    def compose(self) -> ComposeResult:
        yield Static(Row(plain("Log a session", "bold"), plain("done without the app", MUTED)), id="head")
        yield Fields(id="fields")
        with VerticalScroll(id="about", can_focus=False):
            yield Static(id="words", markup=False)
            yield Press("Save", "save", id="save", classes="button")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Fields).focus()
        self._look_up()

    @property
    def day(self) -> date:
        return self._day or self.app.workspace.clock.wall().date()

    def _look_up(self) -> None:
        """The routine or the day is another one: ask again what was planned."""
        self._known = False
        self._show()
        self._plan_it(self._routine, self.day)

    @work(thread=True, exclusive=True)
    def _plan_it(self, routine: str, day: date) -> None:
        self.app.workspace.flush(5)
        self.post_message(self.Planned(planned(self.app.workspace, routine, day)))

    @on(Planned)
    def _tell(self, message: Planned) -> None:
        self._plan, self._known = message.plan, True
        self._show()

    def _show(self) -> None:
        today = self.app.workspace.clock.wall().date()
        title = TODAYS
        if self._routine != TODAY:
            title = self.app.workspace.catalogue.routines[self._routine].title
        said = phrases.day(self.day, today)
        minutes = "not measured" if self._minutes is None else f"{self._minutes} min"
        self.query_one(Fields).show(
            (
                Field(ROUTINE, "What", plain(title)),
                Field(
                    DAY,
                    "When",
                    plain(phrases.long_day(self.day)),
                    plain(said if len(said) < 10 else "", MUTED),
                ),
                Field(MINUTES, "How long", plain(minutes, "" if self._minutes else MUTED)),
                Field(NOTE, "Note", plain(self._note or "none", "" if self._note else MUTED), steps=False),
            )
        )
        self.query_one("#words", Static).update(Stack(self._words()))
        self.query_one("#save").display = self._plan is not None and self._known
        self.refresh_bindings()

    def _words(self) -> Iterator[Visual]:
        if not self._known:
            yield plain("Looking up what was planned\N{HORIZONTAL ELLIPSIS}", MUTED)
        elif self._plan is None:
            yield plain("Nothing was due on that day. Choose a routine instead.", MUTED)
        else:
            yield plain("Kept as done, as it was planned", HEADING)
            for item in self._plan.items:
                yield Row(plain(item.name), plain(item_words(item).partition(":")[0], MUTED))
            yield plain("Pain and form stay open until you say. What differed can be corrected next.", MUTED)

    # --- changing ----------------------------------------------------------------------------------------------

    @on(Fields.Stepped)
    def _step(self, message: Fields.Stepped) -> None:
        if message.field == ROUTINE:
            self._choose_routine(
                next_choice([key for key, *_ in self._routines()], self._routine, message.by)
            )
        elif message.field == DAY:
            self._choose_day(moved(self.day, message.by))
        elif message.field == MINUTES:
            minutes = (self._minutes or 0) + message.by * MINUTES_STEP
            self._minutes = min(minutes, MOST_MINUTES) if minutes > 0 else None
            self._show()

    def _choose_routine(self, routine: str) -> None:
        self._routine = routine
        self._look_up()

    def _choose_day(self, day: date) -> None:
        """The future has not happened."""
        today = self.app.workspace.clock.wall().date()
        self._day = min(day, today)
        self._look_up()

    def _routines(self) -> list[tuple[str, str, str]]:
        routines = self.app.workspace.catalogue.routines.values()
        return [(TODAY, TODAYS, ""), *((routine.id, routine.title, "") for routine in routines)]

    @on(OptionList.OptionSelected, "#fields")
    def _open(self) -> None:
        match self.query_one(Fields).marked:
            case "routine":
                from runnersknee_tui.tui.screens.choose import ChooseScreen

                screen = ChooseScreen("What was done", self._routines(), (self._routine,))
                self.app.push_screen(
                    screen, lambda answer: self._choose_routine(answer[0]) if answer else None
                )
            case "day":
                self._ask(
                    "When", "Year, month and day.", self.day.isoformat(), self._judge_day, self._typed_day
                )
            case "minutes":
                now = "" if self._minutes is None else f"{self._minutes}"
                hint = f"Minutes, 1 to {MOST_MINUTES}; empty where nobody measured."
                self._ask("How long", hint, now, self._judge_minutes, self._typed_minutes)
            case "note":
                self._ask("Note", "Yours alone.", self._note, self._judge_note, self._typed_note)

    def _ask(
        self, title: str, hint: str, now: str, judge: Callable[[str], str], typed: Callable[[str], None]
    ) -> None:
        from runnersknee_tui.tui.screens.ask import AskScreen

        def answered(text: str | None) -> None:
            if text is not None:
                typed(text)

        self.app.push_screen(AskScreen(title, hint, now, judge), answered)

    def _judge_day(self, text: str) -> str:
        today = self.app.workspace.clock.wall().date()
        try:
            return "That day has not come yet." if read_day(text, today) > today else ""
        except ValueError as error:
            return str(error)

    def _typed_day(self, text: str) -> None:
        self._choose_day(read_day(text, self.app.workspace.clock.wall().date()))

    def _judge_minutes(self, text: str) -> str:
        fits = not text or (text.isdecimal() and 1 <= int(text) <= MOST_MINUTES)
        return "" if fits else f"A whole number from 1 to {MOST_MINUTES}, or nothing."

    def _typed_minutes(self, text: str) -> None:
        self._minutes = int(text) if text else None
        self._show()

    def _judge_note(self, text: str) -> str:
        return f"Up to {LONGEST_NOTE} characters." if len(text) > LONGEST_NOTE else ""

    def _typed_note(self, text: str) -> None:
        self._note = text
        self._show()

    # --- saving ------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return action != "save" or (self._plan is not None and self._known) or None

    def action_save(self) -> None:
        if self._plan is None or not self._known:
            return
        record = record_of(self.app.workspace, self._plan, self.day, minutes=self._minutes, note=self._note)
        history = self.app.workspace.history
        self._known = False  # once is enough
        change(self.app, lambda: history.save(record), lambda _: self._saved(record), self._look_up)

    def _saved(self, record: SessionRecord) -> None:
        self.notify("Logged. e corrects what differed.", markup=False)
        if self.is_current:
            self.app.leave()
            self.app.show_record(record)
