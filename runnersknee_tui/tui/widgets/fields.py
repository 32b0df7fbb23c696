"""Lines that can be changed: a name, its value between two arrows, and a word about where the value comes from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from msgspec import Struct
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.styles import RulesMap
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets.option_list import Option

from runnersknee_tui.tui.widgets.rows import EMPTY, Choices
from runnersknee_tui.tui.words import plain

NAME_SHARE = 0.42
"""The part of a line that names may take."""
GAP = 2
"""Columns between a value and its note, which is left out where it does not fit."""


class Field(Struct, frozen=True):
    """One line. `steps`: left and right change its value; else only enter does."""

    id: str
    name: str
    value: Content
    note: Content = EMPTY
    steps: bool = True


class FieldLine(Visual):
    """Name, value and note in three columns; the marked one shows by arrows that it can be changed."""

    def __init__(self, field: Field, name_width: int, share: float, marked: bool) -> None:
        self.field, self.name_width, self.share, self.marked = field, name_width, share, marked

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        field = self.field
        note = field.note.first_line
        name_width = min(self.name_width, round(width * self.share))
        name = plain(field.name).truncate(name_width, ellipsis=True, pad=True)
        left, right = ("\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK} ", " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}") if self.marked and field.steps else ("  ", "")  # fmt: skip
        room = width - name_width - len(left) - len(right)
        if field.value.first_line.cell_length + GAP + note.cell_length > room:
            note = EMPTY
        value = field.value.first_line.truncate(max(room, 1), ellipsis=True)
        line = Content.assemble(name, (left, "$primary"), value, (right, "$primary"))
        if note:
            line = line.truncate(width - note.cell_length - 1, pad=True) + Content(" ") + note
        return line.truncate(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        return 1


class Fields(Choices):
    """Fields to move through. A click marks a line, a second click does what enter does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "less", id="field.less", tooltip="The value before, or less", show=False),
        Binding("right", "step(1)", "more", id="field.more", tooltip="The next value, or more", show=False),
        Binding("enter", "select", "choose", id="field.open", tooltip="Choose or type a value"),
    ]

    class Stepped(Message):
        """Left or right was pressed on a field."""

        def __init__(self, fields: Fields, field: str, by: int) -> None:
            super().__init__()
            self.fields, self.field, self.by = fields, field, by

        @property
        def control(self) -> Fields:
            return self.fields

    def __init__(self, *, id: str | None = None, name_share: float = NAME_SHARE) -> None:  # noqa: A002
        """`name_share` is the part of a line that names may take, 0 to 1."""
        super().__init__(id=id)
        self._name_share = name_share
        self._fields: dict[str, Field] = {}
        self._name_width = 0
        self._shown: str | None = None

    def show(self, parts: Iterable[Field | Option], marked: str | None = None) -> None:
        """Show these fields, with headings (options that cannot be marked) between them.

        Where the same fields are on show already, only their words are changed.
        """
        parts = list(parts)
        fields = {part.id: part for part in parts if isinstance(part, Field)}
        if list(fields) == list(self._fields) and len(parts) == self.option_count:
            changed = [field for id_, field in fields.items() if field != self._fields[id_]]
            self._fields = fields
            for field in changed:
                self._redraw(field.id)
            return
        self._fields = fields
        self._name_width = max((len(field.name) for field in fields.values()), default=0) + 1
        keep = marked if marked in fields else self.marked if self.marked in fields else None
        self._shown = None
        self.fill((self._option(part) for part in parts), keep)

    def mark(self, field: str) -> None:
        """Move the mark to this field."""
        if field in self._fields:
            self.highlighted = self.get_option_index(field)

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        before, self._shown = self._shown, self.marked
        for id_ in {before, self._shown} - {None}:
            self._redraw(str(id_))

    def _option(self, part: Field | Option) -> Option:
        if isinstance(part, Option):
            return part
        return Option(FieldLine(part, self._name_width, self._name_share, part.id == self._shown), id=part.id)

    def _redraw(self, id_: str) -> None:
        if id_ in self._fields and id_ in self._id_to_option:
            line = FieldLine(self._fields[id_], self._name_width, self._name_share, id_ == self.marked)
            self.replace_option_prompt(id_, line)

    async def _on_click(self, event: events.Click) -> None:
        """A first click marks, so that a line can be read without changing it."""
        clicked = event.style.meta.get("option")
        event.prevent_default()
        if clicked is None or self.get_option_at_index(clicked).disabled:
            return
        if clicked == self.highlighted:
            self.action_select()
        else:
            self.highlighted = clicked

    def action_step(self, by: int) -> None:
        field = self._fields.get(self.marked or "")
        if field is not None and field.steps:
            self.post_message(self.Stepped(self, field.id, by))
        else:
            self.app.bell()
