"""The routines, the app's and the user's own, and the user's own exercises: to start, read, copy and change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from runnersknee_tui.core.model import Exercise
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.screens.exercise_words import exercise_words
from runnersknee_tui.tui.screens.home_words import Offer, card
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.plate import Plate
from runnersknee_tui.tui.widgets.rows import Choices, Row, heading
from runnersknee_tui.tui.words import MUTED, plain

if TYPE_CHECKING:
    from runnersknee_tui.store.own_files import Thrown
    from runnersknee_tui.workspace import Workspace

ROUTINES, EXERCISES = "routines", "exercises"


class Shelf(Struct, frozen=True):
    """What the screen lists. Files that cannot be used are in `own`, and not in `offers` or `exercises`."""

    offers: Mapping[str, Offer]
    exercises: Mapping[str, Exercise]
    own: Mapping[str, tuple[str, ...]]  # ids of the user's files, by kind

    def is_own(self, kind: str, id_: str) -> bool:
        return id_ in self.own[kind]


def gather(workspace: Workspace) -> Shelf:
    """Read what the screen lists. Takes its time: for a thread beside the screen."""
    from runnersknee_tui.content.files import toml_files

    catalogue = workspace.catalogue
    folders = {kind: workspace.paths.config / kind for kind in (ROUTINES, EXERCISES)}
    own = {kind: tuple(path.stem for path in toml_files(folder)[0]) for kind, folder in folders.items()}
    offers = {one.id: Offer.of(one, workspace.fitted(one)) for one in catalogue.routines.values()}
    return Shelf(offers, catalogue.exercises, own)


class RoutinesScreen(InnerPage):
    """A list on the left, the marked thing on the right. Everything that is the user's can be changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "start", id="routines.start", tooltip="Start the marked routine; a thing of your own that is none is opened"),
        Binding("e", "edit", "edit", id="routines.edit", tooltip="Change what is yours"),
        Binding("c", "copy", "copy", id="routines.copy", tooltip="Make a routine of your own out of this one"),
        Binding("n", "new", "new", id="routines.new", tooltip="Begin an empty routine"),
        Binding("m", "new_exercise", "new exercise", id="routines.new_exercise", tooltip="Write down a movement of your own"),
        Binding("x,delete", "delete", "delete", id="routines.delete", tooltip="Put a file of yours into the trash"),
        Binding("u", "undo", "undo", id="routines.undo", tooltip="Bring back what was deleted last", show=False),
    ]  # fmt: skip

    class Gathered(Message):
        """The shelf has been read."""

        def __init__(self, shelf: Shelf) -> None:
            super().__init__()
            self.shelf = shelf

    class Deleted(Message):
        """A file lies in the trash."""

        def __init__(self, thrown: Thrown) -> None:
            super().__init__()
            self.thrown = thrown

    def __init__(self) -> None:
        super().__init__()
        self.shelf: Shelf | None = None
        self._thrown: Thrown | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Horizontal(id="body"):
            yield Choices(id="list")
            with VerticalScroll(id="card", can_focus=False):
                yield Plate(id="figure")
                yield Static(id="words", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#head", Static).update(Row(plain("Routines", "bold")))
        self.query_one("#list").focus()

    def on_screen_resume(self) -> None:
        self.call_after_refresh(self._gather)

    @work(thread=True, exclusive=True, group="gather")
    def _gather(self) -> None:
        self.post_message(self.Gathered(gather(self.app.workspace)))

    @on(Gathered)
    def _show(self, message: Gathered) -> None:
        shelf = self.shelf = message.shelf
        listed = self.query_one("#list", Choices)
        listed.fill(_lines(shelf), listed.marked)
        own = len(shelf.own[ROUTINES]) + len(shelf.own[EXERCISES])
        words = (
            phrases.count(own, "file of yours", "files of yours")
            if own
            else "c copies one, n begins a new one"
        )
        self.query_one("#head", Static).update(Row(plain("Routines", "bold"), plain(words, MUTED)))
        self.refresh_bindings()

    @property
    def marked(self) -> tuple[str, str] | None:
        """Kind and id of the marked line."""
        mark = self.query_one("#list", Choices).marked
        if mark is None or self.shelf is None:
            return None
        kind, _, id_ = mark.partition(":")
        return kind, id_

    @on(OptionList.OptionHighlighted, "#list")
    def _show_card(self) -> None:
        if self.shelf is None or self.marked is None:
            return
        kind, id_ = self.marked
        words, plate = self.query_one("#words", Static), self.query_one("#figure", Plate)
        if kind == ROUTINES and id_ in self.shelf.offers:
            offer = self.shelf.offers[id_]
            words.update(card(offer))
            plate.illustrate(offer.items[0].form.figure)
        elif kind == EXERCISES and id_ in self.shelf.exercises:
            exercise = self.shelf.exercises[id_]
            words.update(exercise_words(exercise, self.app.workspace.settings.values.units))
            plate.illustrate(exercise.form.figure)
        else:
            words.update(plain(self._wrong(kind, id_), "$text-error"))
            plate.illustrate(None)
        self.refresh_bindings()

    def _wrong(self, kind: str, id_: str) -> str:
        file = f"{kind}/{id_}.toml"
        found = [str(one) for one in self.app.workspace.loaded.problems if one.file == file]
        return "\n\n".join(found) or f"{file} cannot be used."

    @on(OptionList.OptionSelected, "#list")
    def _clicked(self) -> None:
        self.action_open()

    # --- actions -----------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        if action == "undo":
            return self._thrown is not None
        if action in ("edit", "delete", "copy", "open"):
            if not self.is_mounted or self.shelf is None or self.marked is None:
                return None
            kind, id_ = self.marked
            if action == "copy":
                return (kind == ROUTINES and id_ in self.shelf.offers) or None
            if action != "open":
                return self.shelf.is_own(kind, id_) or None
        return True

    def action_open(self) -> None:
        if self.shelf is None or self.marked is None:
            return
        kind, id_ = self.marked
        if kind == ROUTINES and id_ in self.shelf.offers:
            from runnersknee_tui.tui.beginning import Wish

            self.app.begin(Wish(id_))
        else:
            self.action_edit()

    def action_edit(self) -> None:
        if self.marked is not None:
            kind, id_ = self.marked
            if kind == ROUTINES:
                self.app.show_editor(id_)
            else:
                self.app.show_exercise_editor(id_)

    def action_copy(self) -> None:
        if self.marked is not None:
            self.app.show_editor(self.marked[1], copy=True)

    def action_new(self) -> None:
        self.app.show_editor()

    def action_new_exercise(self) -> None:
        self.app.show_exercise_editor()

    def action_delete(self) -> None:
        if self.marked is None:
            return
        kind, id_ = self.marked

        def answered(yes: bool | None) -> None:
            if yes:
                self._delete(kind, id_)

        self.app.confirm(
            f"Delete {kind}/{id_}.toml?",
            "The file goes to the trash folder; u brings it back. What you did with it stays in the history.",
            yes="Delete",
            no="Keep",
            then=answered,
        )

    @work(thread=True, group="write")
    def _delete(self, kind: str, id_: str) -> None:
        from runnersknee_tui.store.own_files import remove_own

        workspace = self.app.workspace
        try:
            thrown = remove_own(workspace.paths, kind, id_, workspace.clock.wall(), workspace.fs)
        except OSError as error:
            self._complain(str(error))
        else:
            workspace.forget_content()
            self.post_message(self.Deleted(thrown))

    @on(Deleted)
    def _deleted(self, message: Deleted) -> None:
        self._thrown = message.thrown
        self.app.notify("Deleted. Press u to bring it back.", timeout=6, markup=False)
        self._gather()

    def action_undo(self) -> None:
        thrown, self._thrown = self._thrown, None
        if thrown is not None:
            self._bring_back(thrown)

    @work(thread=True, group="write")
    def _bring_back(self, thrown: Thrown) -> None:
        from runnersknee_tui.store.own_files import take_back

        workspace = self.app.workspace
        try:
            take_back(workspace.paths, thrown, workspace.fs)
        except OSError as error:
            self._complain(str(error))
        workspace.forget_content()
        self.app.call_from_thread(self._gather)

    def _complain(self, words: str) -> None:
        self.app.call_from_thread(partial(self.app.notify, words, severity="error", markup=False))


def _lines(shelf: Shelf) -> Iterator[Option]:
    own: list[Option] = []
    shipped: list[Option] = []
    for id_, offer in shelf.offers.items():
        line = Option(Row(plain(offer.routine.title), plain(offer.minutes, MUTED)), id=f"{ROUTINES}:{id_}")
        (own if shelf.is_own(ROUTINES, id_) else shipped).append(line)
    own += [_broken(ROUTINES, id_) for id_ in shelf.own[ROUTINES] if id_ not in shelf.offers]
    exercises = [
        Option(Row(plain(shelf.exercises[id_].name)), id=f"{EXERCISES}:{id_}")
        if id_ in shelf.exercises
        else _broken(EXERCISES, id_)
        for id_ in shelf.own[EXERCISES]
    ]
    for title, lines in (("Yours", own), ("Your exercises", exercises), ("The app's own", shipped)):
        if lines:
            yield heading(title)
            yield from lines
            yield heading("")


def _broken(kind: str, id_: str) -> Option:
    return Option(
        Row(plain(f"{id_}.toml", "$text-error"), plain("to mend", "$text-error")), id=f"{kind}:{id_}"
    )
