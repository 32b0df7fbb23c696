"""An exercise of the user's own: a name, how long a set is, a figure or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Footer, OptionList, Static

from runnersknee_tui.core.exercise_text import dose_words
from runnersknee_tui.core.model import Exercise, Posture, Sides
from runnersknee_tui.core.words import show
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.drafting import (
    REPS,
    REST,
    SETS,
    Quantity,
    hold,
    problem_lines,
    problems_at,
    read_number,
    tempo,
    text_of,
    with_value,
)
from runnersknee_tui.tui.own_editor import Draft, OwnEditor, parsed
from runnersknee_tui.tui.screens.exercise_words import SIDES
from runnersknee_tui.tui.stepping import next_choice, next_number
from runnersknee_tui.tui.widgets.fields import Field, Fields
from runnersknee_tui.tui.widgets.plate import Plate
from runnersknee_tui.tui.widgets.rows import Row as Line
from runnersknee_tui.tui.words import MUTED, joined, plain
from runnersknee_tui.workspace import Workspace

KIND = "kind"
COUNTED, HELD = "repetitions", "one hold"
TEXTS = {
    "name": ("Name", "Up to 80 characters."),
    "cue": ("Form cue", "Up to 60 characters, shown while you work."),
}
CHOICES = {
    "sides": ("Sides", tuple(Sides), {str(side): words for side, words in SIDES.items()}),
    "posture": (
        "Position",
        tuple(Posture),
        {"supine": "on the back", "prone": "face down", "side-lying": "on the side"},
    ),
}
NONE = "none"
"""The figure of an exercise that has none."""


class ExerciseEditorScreen(OwnEditor):
    """The simple form; files with doses or a ladder of their own are for a text editor."""

    KIND = "exercises"
    NAME = "name"
    CSS_PATH = "editor.tcss"

    def __init__(self, exercise: str | None = None) -> None:
        super().__init__()
        self._exercise = exercise

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Horizontal(id="body"):
            with Vertical(id="form"):
                yield Fields(id="fields")
                yield Static(id="about", markup=False)
            yield Plate(id="figure")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#fields").focus()
        super().on_mount()

    def read_draft(self, workspace: Workspace) -> Draft | str:
        if self._exercise is None:
            return Draft(None, {"name": "My exercise", "sets": 2, "reps": 10}, None)
        draft = parsed(workspace, self.KIND, self._exercise)
        if isinstance(draft, Draft) and ({"doses", "ladder", "phases"} & draft.table.keys()):
            return f"exercises/{self._exercise}.toml has doses, phases or a ladder of its own: change it in a text editor."
        return draft

    # --- what is shown -----------------------------------------------------------------------------------------

    @property
    def _counted(self) -> bool:
        return "reps" in self.table or "hold_s" not in self.table

    def _quantities(self) -> tuple[Quantity, ...]:
        if not self._counted:
            return SETS, hold("Hold", 5), REST
        return SETS, REPS, tempo("concentric_s", "Lift"), hold("Hold", 1), tempo("eccentric_s", "Lower"), REST

    def _effective(self, key: str) -> object:
        """What the file says, or what an exercise gets that does not say it."""
        if key in self.table or not isinstance(self.thing, Exercise):
            return self.table.get(key)
        value = getattr(self.thing.doses[0], key)
        return value.lo if hasattr(value, "lo") else value

    def show_draft(self) -> None:
        exercise = self.thing if isinstance(self.thing, Exercise) else None
        word = "New exercise" if self.draft is None or self.draft.id is None else "Exercise"
        name = self.table.get("name")
        wrong = phrases.count(len(self.problems), "thing") + " to mend" if self.problems else ""
        head = joined((f"{word}  ", MUTED), (text_of(name), "bold"))
        right = plain(self._length(exercise), "bold $primary") if exercise else plain(wrong, "$text-warning")
        self.query_one("#head", Static).update(Line(head, right))
        self.query_one(Fields).show(self._fields())
        figure = self.table.get("figure")
        self.query_one(Plate).illustrate(figure if exercise is not None and isinstance(figure, str) else None)
        self.query_one("#about", Static).update(self._about(exercise))

    def _length(self, exercise: Exercise) -> str:
        """Minutes of the exercise alone, compiled as a routine would be."""
        from runnersknee_tui.core.model import Catalogue, RoutineItem
        from runnersknee_tui.core.timeline import compile_plan, item_for, prescribe

        alone = Catalogue({exercise.id: exercise}, {})
        item = item_for(prescribe(RoutineItem(exercise.id), alone), alone)
        return phrases.clock(compile_plan("", "", [item], timing=self.app.workspace.timing).seconds)

    def _about(self, exercise: Exercise | None) -> Content:
        if self.problems:
            return plain(problem_lines(self.problems), "$text-error")
        if exercise is None or self.draft is None:
            return Content("")
        where = f"exercises/{self.draft.id}.toml" if self.draft.id else "a new file in your exercises folder"
        return joined(dose_words(exercise.doses[0], exercise), (f"\nKept in {where}.", MUTED))

    def _fields(self) -> Iterator[Field]:
        yield self._text("name")
        yield Field(KIND, "A set is", plain(COUNTED if self._counted else HELD))
        for quantity in self._quantities():
            value = self._effective(quantity.key)
            words = "none" if value is None else quantity.words(value)
            yield Field(
                quantity.key, quantity.name, plain(words, self._style(quantity.key)), self._note(quantity.key)
            )
        for key, (name, choices, words_for) in CHOICES.items():
            value = self.table.get(key, choices[-1] if key == "sides" else Posture.STANDING)
            words = words_for.get(str(value), str(value)) if isinstance(value, str) else show(value)
            yield Field(key, name, plain(words, self._style(key)), self._note(key))
        yield self._text("cue")
        figure = self.table.get("figure", NONE)
        words = text_of(figure)
        yield Field("figure", "Figure", plain(words, self._style("figure")), self._note("figure"))

    def _text(self, key: str) -> Field:
        value = self.table.get(key, "")
        words = text_of(value)
        return Field(key, TEXTS[key][0], plain(words or "none", self._style(key)), steps=False)

    def _style(self, key: str) -> str:
        return (
            "bold $text-error"
            if problems_at(self.problems, key)
            else "bold $primary"
            if key in self.table
            else ""
        )

    def _note(self, key: str) -> Content:
        if problems_at(self.problems, key):
            return plain("\N{MULTIPLICATION SIGN} see below", "$text-error")
        return plain("yours" if key in self.table else "default", MUTED)

    # --- changing ----------------------------------------------------------------------------------------------

    def _set(self, key: str, value: object) -> None:
        self.change(with_value(self.table, key, value))

    def _figures(self) -> tuple[str, ...]:
        from runnersknee_tui.content.loader import figure_ids

        return (NONE, *figure_ids())

    @on(Fields.Stepped)
    def _step(self, message: Fields.Stepped) -> None:
        key = message.field
        quantity = next((one for one in self._quantities() if one.key == key), None)
        if quantity is not None:
            now = self._effective(key)
            start = (
                now
                if isinstance(now, (int, float)) and not isinstance(now, bool)
                else quantity.lo - quantity.step
            )
            value = next_number(start, message.by, quantity.step, quantity.lo, quantity.hi)
            self._set(key, int(value) if value == int(value) else value)
        elif key == KIND:
            self._swap_kind()
        elif key in CHOICES:
            _, choices, _ = CHOICES[key]
            default = Sides.BOTH if key == "sides" else Posture.STANDING
            self._set(key, str(next_choice(choices, self.table.get(key, default), message.by)))
        elif key == "figure":
            self._set_figure(next_choice(self._figures(), self.table.get("figure", NONE), message.by))

    def _swap_kind(self) -> None:
        """From repetitions to one hold, or back, with numbers to begin from."""
        table = {
            key: value
            for key, value in self.table.items()
            if key not in ("reps", "hold_s", "concentric_s", "eccentric_s")
        }
        self.change(table | ({"hold_s": 30} if self._counted else {"reps": 10}))

    def _set_figure(self, figure: str) -> None:
        self._set("figure", None if figure == NONE else figure)

    @on(OptionList.OptionSelected, "#fields")
    def _edit(self) -> None:
        key = self.query_one(Fields).marked or ""
        quantity = next((one for one in self._quantities() if one.key == key), None)
        if key in TEXTS:
            self._ask(key, *TEXTS[key], str(self.table.get(key, "")), str)
        elif quantity is not None:
            now = self._effective(key)
            words = f"{now:g}" if isinstance(now, (int, float)) else ""
            span = f"{quantity.lo:g} to {quantity.hi:g} {quantity.unit}".rstrip() + "."
            self._ask(key, quantity.name, span, words, lambda text: read_number(text, quantity))
        elif key == "figure":
            self._choose_figure()
        else:
            self._step(Fields.Stepped(self.query_one(Fields), key, 1))

    def _ask(self, key: str, name: str, hint: str, now: str, read: Callable[[str], object]) -> None:
        from runnersknee_tui.tui.screens.ask import AskScreen

        def judge(text: str) -> str:
            if not text and key != "name":
                return ""
            wrong = problems_at(self.judged(with_value(self.table, key, read(text)))[1], key)
            return wrong[0].message if wrong else ""

        def typed(text: str | None) -> None:
            if text is not None:
                self._set(key, read(text) if text else None)

        self.app.push_screen(AskScreen(name, hint, now, judge), typed)

    def _choose_figure(self) -> None:
        from runnersknee_tui.tui.screens.choose import ChooseScreen

        before = self.table.get("figure", NONE)

        def chosen(answer: tuple[str, ...] | None) -> None:
            if answer is not None:
                self._set_figure(answer[0])
            else:
                self.show_draft()

        def preview(figure: str) -> None:
            self.query_one(Plate).illustrate(None if figure == NONE else figure)

        choices = [(figure, figure, "") for figure in self._figures()]
        self.app.push_screen(ChooseScreen("Figure", choices, (before,), preview=preview), chosen)

    def action_reset(self) -> None:
        key = self.query_one(Fields).marked
        if key is not None and key not in ("name", KIND, "reps"):
            self._set(key, None)
