"""Breaks: holidays and illness, declared by their dates. They count neither for nor against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from runnersknee_tui.core.setting_values import SettingError
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.days import Break, break_texts, read_breaks
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.rows import Choices, Row
from runnersknee_tui.tui.words import MUTED, plain

ABOUT = (
    "A holiday or an illness. Its days are no planned days: they count neither for nor against you. "
    "After two weeks or more the app begins again more gently."
)
ADD = "add"


class BreaksScreen(InnerPage):
    """The latest break first. Changes are saved at once and can be taken back."""

    CSS_PATH = "breaks.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "change", id="breaks.open", tooltip="Change the marked break, or declare one"),
        Binding("a,b", "add", "declare", id="breaks.add", tooltip="Declare a break"),
        Binding("d,delete", "remove", "remove", id="breaks.remove", tooltip="Take the marked break away"),
        Binding("u", "undo", "undo", id="breaks.undo", tooltip="Take the last change back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._past: list[tuple[str, ...]] = []

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield Static(plain(ABOUT, MUTED), id="about")
        yield Choices(id="breaks")
        yield Footer()

    def on_mount(self) -> None:
        self._show()
        self.query_one("#breaks").focus()

    @property
    def breaks(self) -> list[Break]:
        """The latest first."""
        return read_breaks(self.app.workspace.settings.values.breaks)

    @property
    def _marked(self) -> int | None:
        marked = self.query_one("#breaks", Choices).marked
        return int(marked) if marked is not None and marked != ADD else None

    def _show(self, marked: str | None = None) -> None:
        breaks = self.breaks
        count = phrases.count(len(breaks), "break")
        self.query_one("#head", Static).update(Row(plain("Breaks", "bold"), plain(count, MUTED)))
        self.query_one("#breaks", Choices).fill(_rows(breaks), marked)
        self.refresh_bindings()

    def _keep(self, breaks: Sequence[Break], *, undoing: bool = False) -> None:
        """Save these. A place that stands before our settings may forbid it, and then says so."""
        workspace = self.app.workspace
        before = workspace.settings.values.breaks
        try:
            workspace.change_settings({"breaks": break_texts(breaks) or None})
        except SettingError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        if not undoing:
            self._past.append(before)
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        if action == "undo":
            return bool(self._past)
        return True

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        at = self._marked
        if at is None:
            self.action_add()
        else:
            breaks = self.breaks
            self._ask("Change the break", breaks[at], [*breaks[:at], *breaks[at + 1 :]])

    def action_add(self) -> None:
        today = self.app.workspace.clock.wall().date()
        self._ask("A break", (today, today), self.breaks)

    def _ask(self, title: str, days: Break, others: Sequence[Break]) -> None:
        from runnersknee_tui.tui.screens.days import DaysScreen

        def chosen(answer: Break | None) -> None:
            if answer is not None:
                self._keep([*others, answer])

        self.app.push_screen(DaysScreen(title, days), chosen)

    def action_remove(self) -> None:
        at = self._marked
        if at is not None:
            breaks = self.breaks
            self._keep([*breaks[:at], *breaks[at + 1 :]])

    def action_undo(self) -> None:
        if self._past:
            self._keep(read_breaks(self._past.pop()), undoing=True)


def _rows(breaks: Sequence[Break]) -> Iterator[Option]:
    for at, (first, last) in enumerate(breaks):
        days = (last - first).days + 1
        words = (
            phrases.long_day(first) if days == 1 else f"{phrases.long_day(first)} to {phrases.long_day(last)}"
        )
        yield Option(Row(plain(words), plain(phrases.count(days, "day"), MUTED)), id=str(at))
    yield Option(Row(plain("+ declare a break", "$primary")), id=ADD)
