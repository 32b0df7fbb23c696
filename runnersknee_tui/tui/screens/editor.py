"""A routine of the user's own: its exercises on the left, the numbers of the marked one on the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Footer, OptionList, Static

from runnersknee_tui.core.model import Routine
from runnersknee_tui.core.timeline import Plan, compile_routine
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.drafting import (
    Quantity,
    Row,
    effective,
    moved,
    problems_at,
    read_number,
    routine_table,
    text_of,
    with_value,
)
from runnersknee_tui.tui.own_editor import Draft, OwnEditor, parsed
from runnersknee_tui.tui.screens.editor_words import ADD, HEAD, WORDS, Sheet
from runnersknee_tui.tui.stepping import next_choice, next_number
from runnersknee_tui.tui.widgets.fields import Fields
from runnersknee_tui.tui.widgets.plate import Plate
from runnersknee_tui.tui.widgets.rows import Choices
from runnersknee_tui.tui.widgets.rows import Row as Line
from runnersknee_tui.tui.words import MUTED, joined, plain
from runnersknee_tui.workspace import Workspace

SIDES = ("both", "left", "right")


class EditorScreen(OwnEditor):
    """Minutes are those of the compiled plan, at every key."""

    KIND = "routines"
    NAME = "title"
    CSS_PATH = "editor.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "edit", id="editor.open", tooltip="Change the marked line"),
        Binding("a", "add", "add", id="editor.add", tooltip="Put another exercise behind the marked one"),
        Binding("x,delete", "remove", "remove", id="editor.remove", tooltip="Take the marked exercise out"),
        Binding("left_square_bracket", "move(-1)", "up", id="editor.up", tooltip="Move the marked exercise up", key_display="["),
        Binding("right_square_bracket", "move(1)", "down", id="editor.down", tooltip="Move the marked exercise down", key_display="]"),
    ]  # fmt: skip

    def __init__(self, routine: str | None = None, *, copy: bool = False) -> None:
        """`routine` is the one to change, or with `copy` to begin with; None begins with an empty one."""
        super().__init__()
        self._routine, self._copy = routine, copy
        self.sheet = Sheet({}, (), self.catalogue, None)

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Horizontal(id="body"):
            yield Choices(id="list")
            with Vertical(id="card"):
                yield Fields(id="fields")
                yield Static(id="about", markup=False)
                yield Plate(id="figure")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#list").focus()
        super().on_mount()

    def read_draft(self, workspace: Workspace) -> Draft | str:
        from runnersknee_tui.content.loader import shipped_ids

        if self._routine is None:
            return Draft(None, {"title": "My routine", "exercises": []}, None)
        own = (workspace.paths.routines / f"{self._routine}.toml").exists()
        if own and not self._copy:
            return parsed(workspace, self.KIND, self._routine)
        routine = workspace.catalogue.routines.get(self._routine)
        if routine is None:
            return f"There is no routine {self._routine}."
        title = (
            f"{routine.title}, my way"
            if self._routine in shipped_ids(self.KIND)
            else f"{routine.title}, copy"
        )
        return Draft(None, routine_table(routine, title[:80]), None)

    # --- what is shown -----------------------------------------------------------------------------------------

    @property
    def rows(self) -> list[Row]:
        return self.sheet.rows

    @property
    def marked(self) -> int | None:
        """The marked exercise, None on another line."""
        mark = self.query_one("#list", Choices).marked
        return int(mark) if mark is not None and mark.isdigit() else None

    def show_draft(self) -> None:
        self.sheet = Sheet(self.table, self.problems, self.catalogue, self._compiled())
        self.query_one("#head", Static).update(self._head())
        listed = self.query_one("#list", Choices)
        listed.fill(self.sheet.lines(), listed.marked)
        self._show_fields()

    def _compiled(self) -> Plan | None:
        if not isinstance(self.thing, Routine):
            return None
        workspace = self.app.workspace
        return compile_routine(
            self.thing,
            self.catalogue,
            first_side=workspace.first_side,
            timing=workspace.timing,
            questions=False,
        )

    def _head(self) -> Line:
        word = "New routine" if self.draft is None or self.draft.id is None else "Routine"
        left = joined((f"{word}  ", MUTED), (text_of(self.table.get("title")), "bold"))
        if self.sheet.plan is not None:
            return Line(left, plain(phrases.minutes(self.sheet.plan.seconds), "bold $primary"))
        wrong = f"{phrases.count(len(self.problems), 'thing')} to mend" if self.rows else "add an exercise"
        return Line(left, plain(wrong, "$text-warning"))

    def _show_fields(self) -> None:
        fields = self.query_one(Fields)
        mark, index = self.query_one("#list", Choices).marked, self.marked
        fields.display = index is not None or mark == HEAD
        figure = None
        if mark == HEAD:
            fields.show(self.sheet.head_fields())
        elif index is not None:
            fields.show(self.sheet.item_fields(index))
            exercise = self.sheet.exercise(self.rows[index])
            figure = exercise.form.figure if exercise is not None else None
        self.query_one(Plate).illustrate(figure)
        known = self.draft is not None and self.draft.id
        file = f"routines/{known}.toml" if known else "a new file in your routines folder"
        self.query_one("#about", Static).update(self.sheet.about(mark, file))
        self.refresh_bindings()

    @on(OptionList.OptionHighlighted, "#list")
    def _moved_to(self) -> None:
        if self.draft is not None:
            self._show_fields()

    @on(OptionList.OptionSelected, "#list")
    def _clicked(self) -> None:
        self.action_open()

    # --- changing ----------------------------------------------------------------------------------------------

    def _set(self, key: str, value: object) -> None:
        """Give the marked line, or the routine itself, another value; None takes it out."""
        index = self.marked
        if index is None:
            self.change(with_value(self.table, key, value))
            return
        row = with_value(self.rows[index], key, value)
        if key in ("id", "dose"):  # numbers of another movement mean nothing here
            row = {
                name: row[name] for name in ("id", "dose") if name in row and (name == "id" or key == "dose")
            }
        self._set_rows([*self.rows[:index], row, *self.rows[index + 1 :]])

    def _set_rows(self, rows: list[Row]) -> None:
        self.change({**self.table, "exercises": rows})

    def _quantity(self, key: str | None) -> Quantity | None:
        index = self.marked
        found = self.sheet.quantities(self.rows[index]) if index is not None else ()
        return next((quantity for quantity in found if quantity.key == key), None)

    @on(Fields.Stepped)
    def _step(self, message: Fields.Stepped) -> None:
        index = self.marked
        if index is None:
            return
        row, key = self.rows[index], message.field
        quantity = self._quantity(key)
        if quantity is not None:
            now = effective(row, self.catalogue)[key]
            if isinstance(now, bool) or not isinstance(now, (int, float)):
                now = quantity.lo
            value = next_number(now, message.by, quantity.step, quantity.lo, quantity.hi)
            self._set(key, int(value) if value == int(value) else value)
        elif key == "sides":
            self._set(key, next_choice(SIDES, row.get("sides", "both"), message.by))
        elif key == "dose" and (exercise := self.sheet.exercise(row)) is not None:
            dose = self.sheet.dose(row)
            ids = [one.id for one in exercise.doses]
            self._set(key, next_choice(ids, dose.id if dose is not None else None, message.by))

    @on(OptionList.OptionSelected, "#fields")
    def _edit(self) -> None:
        key = self.query_one(Fields).marked
        quantity = self._quantity(key)
        if key == "id":
            self._choose_exercise(self._replace)
        elif key in WORDS:
            self._ask(
                key, WORDS[key], "Up to 80 characters." if key == "title" else "One sentence or two.", str
            )
        elif quantity is not None:
            span = f"{quantity.lo:g} to {quantity.hi:g} {quantity.unit}".rstrip() + "."
            self._ask(quantity.key, quantity.name, span, lambda text: read_number(text, quantity))
        elif key in ("dose", "sides"):
            self._step(Fields.Stepped(self.query_one(Fields), key, 1))

    def _ask(self, key: str, name: str, hint: str, read: Callable[[str], object]) -> None:
        """Type a value; it is judged as a part of the whole file."""
        from runnersknee_tui.tui.screens.ask import AskScreen

        index = self.marked
        path = key if index is None else f"exercises[{index + 1}].{key}"
        now = (
            self.table.get(key, "")
            if index is None
            else effective(self.rows[index], self.catalogue).get(key, "")
        )

        def tried(text: str) -> Row:
            value = read(text)
            if index is None:
                return with_value(self.table, key, value)
            row = with_value(self.rows[index], key, value)
            return {**self.table, "exercises": [*self.rows[:index], row, *self.rows[index + 1 :]]}

        def judge(text: str) -> str:
            if not text and key == "purpose":
                return ""
            wrong = problems_at(self.judged(tried(text))[1], path)
            return wrong[0].message if wrong else ""

        def typed(text: str | None) -> None:
            if text is not None:
                self._set(key, read(text) if text else None)

        words = f"{now:g}" if isinstance(now, (int, float)) else str(now)
        self.app.push_screen(AskScreen(name, hint, words, judge), typed)

    def _choose_exercise(self, then: Callable[[str], None]) -> None:
        from runnersknee_tui.tui.screens.choose import ChooseScreen

        choices = [(one.id, one.name, str(one.region)) for one in self.catalogue.exercises.values()]

        def chosen(answer: tuple[str, ...] | None) -> None:
            if answer is not None:
                then(answer[0])

        index = self.marked
        now = () if index is None else (str(self.rows[index].get("id")),)
        self.app.push_screen(ChooseScreen("Which exercise", choices, now), chosen)

    def _replace(self, exercise: str) -> None:
        self._set("id", exercise)

    def _insert(self, exercise: str) -> None:
        index = self.marked
        place = len(self.rows) if index is None else index + 1
        self._set_rows([*self.rows[:place], {"id": exercise}, *self.rows[place:]])
        self._mark(place)

    def _mark(self, index: int) -> None:
        listed = self.query_one("#list", Choices)
        if str(index) in {option.id for option in listed.options}:
            listed.highlighted = listed.get_option_index(str(index))

    # --- actions -----------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("remove", "move") and self.find("#list"):
            return self.marked is not None or None
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        if self.query_one("#list", Choices).marked == ADD:
            self.action_add()
        else:
            self.add_class("-reading")
            self.query_one(Fields).focus()

    def action_back(self) -> None:
        if self.query_one(Fields).has_focus:
            self.remove_class("-reading")
            self.query_one("#list").focus()
        else:
            super().action_back()

    def action_add(self) -> None:
        self._choose_exercise(self._insert)

    def action_remove(self) -> None:
        index = self.marked
        if index is not None:
            self._set_rows([row for place, row in enumerate(self.rows) if place != index])
            self._mark(min(index, len(self.rows) - 1))

    def action_move(self, by: int) -> None:
        index = self.marked
        if index is not None:
            self._set_rows(moved(self.rows, index, by))
            self._mark(min(max(index + by, 0), len(self.rows) - 1))

    def action_reset(self) -> None:
        key = self.query_one(Fields).marked
        if self.marked is not None and key not in (None, "id"):
            self._set(str(key), None)
