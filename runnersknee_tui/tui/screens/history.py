"""The history: half a year in pictures or tables, every session, every exercise; and what can be done with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Footer, OptionList, Static

from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.core.words import clean
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.history_facts import CHARTS, ExerciseLine, Facts, exercise_lines
from runnersknee_tui.tui.mending import change, delete
from runnersknee_tui.tui.widgets.exercises_pane import ExercisesPane
from runnersknee_tui.tui.widgets.history_words import (
    APART,
    EXERCISES,
    LISTS,
    OVERVIEW,
    ROOMY,
    SESSIONS,
    TOGETHER,
)
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.pictures_pane import PicturesPane
from runnersknee_tui.tui.widgets.press import Press
from runnersknee_tui.tui.widgets.reading import Reading
from runnersknee_tui.tui.widgets.rows import Row
from runnersknee_tui.tui.widgets.sessions_pane import SessionsPane
from runnersknee_tui.tui.widgets.tabs import TabLine
from runnersknee_tui.tui.words import MUTED, joined, plain


class HistoryScreen(InnerPage):
    """One tab at a time; where there is room, all pictures in one. Everything is worked out anew when it shows."""

    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "details", id="history.open", tooltip="The marked session set by set, or the marked exercise's own page"),
        Binding("left", "turn(-1)", "tab", id="history.before", tooltip="The tab before", show=False),
        Binding("right", "turn(1)", "tab", id="history.next", tooltip="The next tab", show=False),
        *(Binding(str(number), f"tab({number})", f"tab {number}", id=f"history.tab_{number}", tooltip=f"Tab number {number}", show=False) for number in range(1, len(APART) + 1)),
        Binding("t", "tables", "table", id="history.tables", tooltip="The same facts as words in a table, or as pictures"),
        Binding("slash", "filter", "find", id="history.find", tooltip="Only sessions that match your words", key_display="/"),
        Binding("d,delete", "delete", "delete", id="history.delete", tooltip="Move the marked session to the trash, from where u brings it back"),
        Binding("u", "undelete", "undo", id="history.undelete", tooltip="Bring back what was deleted last", show=False),
        Binding("l", "log", "log", id="history.log", tooltip="Log a session that was done without the app"),
        Binding("b", "breaks", "breaks", id="history.breaks", tooltip="Declare a holiday or an illness: it counts neither for nor against", show=False),
        Binding("z", "trash", "deleted", id="history.trash", tooltip="The sessions deleted in the last 30 days", show=False),
        Binding("o", "own", "your data", id="history.own", tooltip="Export, import, report, backups, and erasing everything"),
        Binding("w", "problems", "to mend", id="history.problems", tooltip="Files that cannot be used, and why", show=False),
        Binding("space", "page", "scroll", id="history.scroll", tooltip="Scroll the words down", show=False),
    ]  # fmt: skip

    class Listed(Message):
        """The exercises are there."""

        def __init__(self, lines: tuple[ExerciseLine, ...]) -> None:
            super().__init__()
            self.lines = lines

    def __init__(self, tab: str = "") -> None:
        """`tab` is one of `CHARTS`, "sessions" or "exercises"; by itself it opens with the first."""
        super().__init__()
        self._tab = tab or CHARTS[0]
        self._words: dict[str, str] = {}  # for the head, by tab
        self._seen: str | None = None  # the tab on show
        self._loaded = True  # the list of sessions, since this screen came to the front: it soon will

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield TabLine(id="tabs")
        with Vertical(id="notices"):
            yield Press(action="problems", id="unreadable", classes="notice")
        yield PicturesPane(id="pictures")
        yield SessionsPane(id="sessions")
        with Vertical(id="exercises-pane"):
            yield Reading()
            yield ExercisesPane()
        yield Footer()

    def on_mount(self) -> None:
        self._show_tab()

    def on_screen_resume(self) -> None:
        """The first time, and whenever a screen above this one may have changed something."""
        self._loaded = False
        self._load_sessions()
        self.call_after_refresh(self.query_one(PicturesPane).gather)

    @property
    def facts(self) -> Facts | None:
        """The figures on show."""
        return self.query_one(PicturesPane).facts

    def _load_sessions(self) -> None:
        """The list is read when it is looked at."""
        if self.tab == SESSIONS and not self._loaded:
            self._loaded = True
            self.query_one(SessionsPane).load()

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._show_tab()

    # --- tabs --------------------------------------------------------------------------------------------------

    @property
    def together(self) -> bool:
        """Whether all pictures have room on one tab."""
        return self.size.width >= ROOMY[0] and self.size.height >= ROOMY[1]

    @property
    def tabs(self) -> Mapping[str, str]:
        return TOGETHER if self.together else APART

    @property
    def tab(self) -> str:
        """The tab on show."""
        return OVERVIEW if self.together and self._tab in CHARTS else self._tab

    def _show_tab(self) -> None:
        tab = self.tab
        line = self.query_one(TabLine)
        line.tabs, line.chosen = self.tabs, tab
        for name in (*TOGETHER, *APART):
            self.set_class(name == tab, f"-tab-{name}")
        self.set_class(tab not in LISTS, "-pictures")
        if tab not in LISTS:
            self.query_one(PicturesPane).show(tab)
        if tab != self._seen:
            self._seen = tab
            self._focus_tab()
        self._tell()
        self.refresh_bindings()

    def _focus_tab(self) -> None:
        target = {SESSIONS: "#list", EXERCISES: "#exercises"}.get(self.tab)
        if target is not None:
            self.query_one(target).focus()
        elif self.has_class("-tables"):
            self.query_one("#tables").focus()
        else:
            self.set_focus(None)
        if self.tab == EXERCISES:
            self._list_exercises()
        self._load_sessions()

    def _tell(self) -> None:
        """The words beside the title."""
        tab, facts = self.tab, self.facts
        words = self._words.get(tab, "")
        if tab not in LISTS and facts is not None:
            words = f"{facts.knee}, half a year" if tab in (OVERVIEW, "pain") else "half a year"
        self.query_one("#head", Static).update(Row(plain("History", "bold"), plain(words, MUTED)))

    def action_tab(self, number: int) -> None:
        names = list(self.tabs)
        if number <= len(names):
            self._choose(names[number - 1])

    def action_turn(self, by: int) -> None:
        names = list(self.tabs)
        self._choose(names[(names.index(self.tab) + by) % len(names)])

    @on(TabLine.Chosen)
    def _tab_clicked(self, message: TabLine.Chosen) -> None:
        self._choose(message.tab)

    def _choose(self, tab: str) -> None:
        self._tab = CHARTS[0] if tab == OVERVIEW else tab
        self._show_tab()

    # --- what the panes say ------------------------------------------------------------------------------------

    @on(PicturesPane.Drawn)
    def _drawn(self) -> None:
        self._show_unreadable()
        self._tell()
        if self.tab == EXERCISES:
            self._list_exercises()

    def _show_unreadable(self) -> None:
        number = len(self.app.workspace.history.unreadable)
        notice = self.query_one("#unreadable", Press)
        notice.display = number > 0
        notice.update(
            joined(("w", "bold"), f"  {phrases.count(number, 'file')} here cannot be read. The rest is.")
        )
        self.refresh_bindings()

    @work(thread=True, exclusive=True, group="exercises")
    def _list_exercises(self) -> None:
        with self.query_one("#exercises-pane Reading", Reading).told() as progress:
            self.post_message(self.Listed(exercise_lines(self.app.workspace, progress)))

    @on(Listed)
    def _show_exercises(self, message: Listed) -> None:
        today = self.app.workspace.clock.wall().date()
        self.query_one(ExercisesPane).show(message.lines, today)
        self._words[EXERCISES] = phrases.count(len(message.lines), "exercise")
        self._tell()

    @on(SessionsPane.Told)
    def _sessions_told(self, message: SessionsPane.Told) -> None:
        self._words[SESSIONS] = message.words
        self._show_unreadable()
        self._tell()

    # --- actions -----------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What a tab has no use for is not offered there."""
        match action:
            case "problems":
                return bool(self.app.workspace.history.unreadable)
            case "open":
                return self.tab in LISTS
            case "tables":
                return self.tab not in LISTS
            case "delete":
                return self.tab == SESSIONS
        return True

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if event.option_list.id == "exercises" or self.has_class("-narrow"):
            self.action_open()

    def action_open(self) -> None:
        if self.tab == SESSIONS:
            record = self.query_one(SessionsPane).marked
            if record is not None:
                self.app.show_record(record)
        elif (exercise := self.query_one(ExercisesPane).marked) is not None:
            self.app.show_story(exercise)

    def action_tables(self) -> None:
        self.toggle_class("-tables")
        self._focus_tab()

    def action_filter(self) -> None:
        if self.tab != SESSIONS:
            self._choose(SESSIONS)
        self.query_one(SessionsPane).find()

    def action_leave_filter(self) -> None:
        self.query_one(SessionsPane).leave_filter()

    def action_to_list(self) -> None:
        self.query_one(SessionsPane).to_list()

    def action_back(self) -> None:
        """Out of the filter first."""
        pane = self.query_one(SessionsPane)
        if self.tab == SESSIONS and pane.has_class("-finding"):
            pane.leave_filter()
        else:
            super().action_back()

    def action_page(self) -> None:
        if self.tab == SESSIONS:
            self.query_one(SessionsPane).scroll_words()
        elif self.has_class("-tables"):
            self.query_one(PicturesPane).scroll_words()

    def action_problems(self) -> None:
        self.app.show_problems()

    def action_log(self) -> None:
        self.app.show_log()

    def action_breaks(self) -> None:
        self.app.show_breaks()

    def action_trash(self) -> None:
        self.app.show_trash()

    def action_own(self) -> None:
        self.app.show_own()

    def action_delete(self) -> None:
        record = self.query_one(SessionsPane).marked
        if record is not None:
            delete(self.app, record, self.on_screen_resume)

    def action_undelete(self) -> None:
        history = self.app.workspace.history
        last = next(iter(history.trashed()), None)
        if last is None:
            self.notify("Nothing was deleted in the last 30 days.", markup=False)
        else:
            change(self.app, lambda: history.undelete(last.id), self._brought_back)

    def _brought_back(self, record: SessionRecord) -> None:
        day = phrases.short_day(record.local_date)
        self.notify(f"Brought back: {clean(record.routine_title)}, {day}.", markup=False)
        self.on_screen_resume()
