"""The exercise browser: every exercise with all its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from runnersknee_tui.core.exercise_text import kit_words
from runnersknee_tui.core.model import Catalogue, Exercise
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.screens.exercise_words import exercise_words
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.plate import Plate
from runnersknee_tui.tui.widgets.rows import Choices, Row
from runnersknee_tui.tui.words import MUTED, plain


def matches(exercise: Exercise, wanted: str) -> bool:
    """Whether every word of `wanted` is somewhere in the exercise's name, muscles, region, kit or ladder."""
    form = exercise.form
    names = [exercise.name, exercise.id, exercise.region, *exercise.targets, kit_words(form.equipment)]
    names += [rung.name for rung in exercise.ladder]
    text = " ".join(names).casefold()
    return all(word in text for word in wanted.casefold().split())


def moves(exercise: Exercise) -> bool:
    """Whether there is a movement to show, and not one hold."""
    return any(dose.reps is not None for dose in exercise.doses)


class Filter(Input):
    """Where to type what to look for; the keys of the list go on working."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.leave_filter", "all", id="exercises.filter_off", tooltip="Show all again"),
        Binding("down", "screen.to_list", "to the list", id="exercises.filter_done", tooltip="Back to the list, as enter does"),
    ]  # fmt: skip


class ExercisesScreen(InnerPage):
    """A list on the left, the marked exercise on the right; in a narrow terminal one of the two."""

    CSS_PATH = "exercises.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "read", id="exercises.open", tooltip="Read the marked exercise"),
        Binding("slash", "filter", "find", id="exercises.find", tooltip="Show only what matches your words", key_display="/"),
        Binding("space", "page", "scroll", id="exercises.scroll", tooltip="Scroll the words down", show=False),
    ]  # fmt: skip

    class Loaded(Message):
        """The catalogue is there."""

        def __init__(self, catalogue: Catalogue) -> None:
            super().__init__()
            self.catalogue = catalogue

    def __init__(self, exercise: str | None = None) -> None:
        """`exercise` is the id of the one that is marked first."""
        super().__init__()
        self._wanted = exercise
        self._exercises: dict[str, Exercise] = {}

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield Filter(placeholder="name, muscle or kit", id="filter", compact=True)
        with Horizontal(id="body"):
            yield Choices(id="list")
            with VerticalScroll(id="card"):
                yield Plate(id="figure")
                yield Static(id="words", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        self._set_head("")
        self.query_one("#list").focus()
        self._load()

    @work(thread=True, exclusive=True)
    def _load(self) -> None:
        self.post_message(self.Loaded(self.app.workspace.catalogue))

    @on(Loaded)
    def _show(self, message: Loaded) -> None:
        self._exercises = dict(message.catalogue.exercises)
        self._fill(self._wanted)

    def _fill(self, marked: str | None) -> None:
        found = list(self._found())
        self.query_one("#list", Choices).fill(map(_row, found), marked)
        self._set_head(phrases.count(len(found), "exercise"))
        if not found:
            self.query_one("#words", Static).update(
                plain("Nothing matches. Try fewer letters, or escape to see all.", MUTED)
            )

    def _found(self) -> Iterator[Exercise]:
        wanted = self.query_one("#filter", Filter).value
        return (exercise for exercise in self._exercises.values() if matches(exercise, wanted))

    def _set_head(self, count: str) -> None:
        self.query_one("#head", Static).update(Row(plain("Exercises", "bold"), plain(count, MUTED)))

    @on(OptionList.OptionHighlighted, "#list")
    def _show_words(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id is not None and event.option_id in self._exercises:
            exercise = self._exercises[event.option_id]
            units = self.app.workspace.settings.values.units
            self.query_one("#words", Static).update(exercise_words(exercise, units))
            self.query_one("#figure", Plate).illustrate(exercise.form.figure, moves=moves(exercise))
            self.query_one("#card").scroll_home(animate=False)

    @on(OptionList.OptionSelected, "#list")
    def _clicked(self) -> None:
        self.action_open()

    @on(Input.Changed, "#filter")
    def _filter(self) -> None:
        self._fill(self.query_one("#list", Choices).marked)

    @on(Input.Submitted, "#filter")
    def _found_it(self) -> None:
        self.action_to_list()

    # --- actions -----------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Give the words the keys; where there is room for one of the two only, show them in place of the list."""
        if self.query_one("#list", Choices).marked is not None:
            self.add_class("-reading")
            self.query_one("#card").focus()

    def action_back(self) -> None:
        if self.has_class("-reading"):
            self.remove_class("-reading")
            self.query_one("#list").focus()
        else:
            super().action_back()

    def action_page(self) -> None:
        self.query_one("#card", VerticalScroll).scroll_page_down(animate=False)

    def action_filter(self) -> None:
        self.remove_class("-reading")
        self.add_class("-finding")
        self.query_one("#filter").focus()

    def action_leave_filter(self) -> None:
        self.query_one("#filter", Filter).value = ""
        self.remove_class("-finding")
        self.query_one("#list").focus()

    def action_to_list(self) -> None:
        if not self.query_one("#filter", Filter).value:
            self.remove_class("-finding")
        self.query_one("#list").focus()


def _row(exercise: Exercise) -> Option:
    return Option(Row(plain(exercise.name), plain(exercise.region, MUTED)), id=exercise.id)
