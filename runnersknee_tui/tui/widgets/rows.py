"""Lines with a left and a right part, alone, stacked, or as a list to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, repeat
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from runnersknee_tui.tui.words import plain

EMPTY = Content("")


class Row(Visual):
    """One line: `left` gives way with an ellipsis, `right` stands whole at the right edge."""

    def __init__(self, left: Content, right: Content = EMPTY) -> None:
        self.left, self.right = left.first_line, right.first_line

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return self._line(width).render_strips(width, height, style, options)

    def _line(self, width: int) -> Content:
        taken = self.right.cell_length
        if not taken:
            return self.left.truncate(width, ellipsis=True)
        if width - taken < 2:
            return self.right.truncate(width, ellipsis=True)
        left = self.left.truncate(width - taken - 1, ellipsis=True, pad=True)
        return Content(" ").join((left, self.right))

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        return self.left.cell_length + self.right.cell_length + bool(self.right)

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        return 1


class Whole(Row):
    """A row of which nothing is cut: where both parts do not fit on a line, the right one stands below."""

    def _fits(self, width: int) -> bool:
        return self.left.cell_length + self.right.cell_length < width

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        if self._fits(width):
            return super().render_strips(width, height, style, options)
        lines = (Row(self.left), Row(EMPTY, self.right))
        return [strip for line in lines for strip in line.render_strips(width, height, style, options)]

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        return 1 if self._fits(width) else 2


class Hung(Visual):
    """A paragraph behind a mark: "1" or a bullet stands alone to the left of all its lines."""

    def __init__(self, mark: Content, body: Content) -> None:
        self.mark, self.body = mark, body

    @property
    def _indent(self) -> int:
        return self.mark.cell_length + 1

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        indent = min(self._indent, width - 1)
        if indent < 1:
            return self.body.render_strips(width, height, style, options)
        first = self.mark.truncate(indent, pad=True)
        blank = Content(" " * indent)
        lines = self.body.render_strips(width - indent, height, style, options)
        return [
            Strip.join([lead.render_strips(indent, 1, style, options)[0], line])
            for line, lead in zip(lines, chain((first,), repeat(blank)), strict=False)
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self._indent + self.body.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self.body.get_height(rules, max(width - self._indent, 1))


class Stack(Visual):
    """Rows and paragraphs below one another."""

    def __init__(self, parts: Iterable[Visual]) -> None:
        self.parts = tuple(parts)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        strips = [strip for part in self.parts for strip in part.render_strips(width, None, style, options)]
        return strips if height is None else strips[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return max((part.get_optimal_width(rules, container_width) for part in self.parts), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return sum(part.get_height(rules, width) for part in self.parts)


class Choices(OptionList, inherit_bindings=False):
    """Rows to mark with arrows and the mouse. What enter does with the marked row is up to the screen."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", "up", id="list.up", tooltip="Move the mark", show=False),
        Binding("down", "cursor_down", "down", id="list.down", tooltip="Move the mark", show=False),
        Binding("pageup", "page_up", "page up", id="list.page_up", tooltip="A page up or down", show=False),
        Binding(
            "pagedown", "page_down", "page down", id="list.page_down", tooltip="A page up or down", show=False
        ),
        Binding(
            "home", "first", "first", id="list.first", tooltip="To the first or the last line", show=False
        ),
        Binding("end", "last", "last", id="list.last", tooltip="To the first or the last line", show=False),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, markup=False, compact=True)

    def fill(self, rows: Iterable[Option], marked: str | None = None) -> None:
        """Show these rows and mark the one with the id `marked`, or else the first that can be marked."""
        self.set_options(rows)
        ids = [option.id for option in self.options]
        if marked is not None and marked in ids:
            self.highlighted = ids.index(marked)
        elif self.options:
            self.action_first()

    def _move_page(self, direction: Any) -> None:
        """Where no line has room there is no page, and Textual would fail to find one."""
        if self.scrollable_content_region:
            super()._move_page(direction)

    @property
    def marked(self) -> str | None:
        """The id of the marked row."""
        option = self.highlighted_option
        return None if option is None else option.id


def heading(words: str) -> Option:
    """A line among rows that says what follows; it cannot be marked."""
    return Option(Row(plain(words)), disabled=True)
