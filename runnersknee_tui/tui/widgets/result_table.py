"""The table after a session on the screen: one row an exercise, every cell may stay open."""

from __future__ import annotations

import time
from collections.abc import Callable

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from runnersknee_tui.core.answering import WAIT_FOR_ZERO_S, Answer, Question
from runnersknee_tui.core.results import DONE, FORM, Results
from runnersknee_tui.tui.words import plain

NAME, CELL = 30, 12
"""Columns of the name and of each cell where there is room, and where there is little."""
SMALL_NAME, SMALL_CELL = 12, 6


class ResultTable(Widget, can_focus=True):
    """Shows `Results` with a line below that asks for the current cell. Posts `Changed` after each answer."""

    DEFAULT_CSS = """
    ResultTable { height: auto; width: 1fr; padding: 0 1; }
    """

    class Changed(Message):
        """A cell has another value now."""

    def __init__(
        self,
        results: Results,
        *,
        colour_of: Callable[[Question, Answer], str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.results = results
        self._colour_of = colour_of
        self._clock = clock
        self._spots: list[tuple[int, int, Answer]] = []

    # --- drawing ---------------------------------------------------------------------------------------------

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        return len(self.results.entries) + 4

    def render(self) -> Content:
        results = self.results
        name, cell = self._widths
        heads = [self._head(column) for column in results.columns]
        lines = [plain(" " * name + "".join(f"{head:^{cell}}" for head in heads), "dim")]
        lines += [self._row(index, name) for index in range(len(results.entries))]
        return Content("\n").join([*lines, Content(""), *self._asking()])

    @property
    def _widths(self) -> tuple[int, int]:
        """Cells of the name, and of each other column."""
        room, columns = self.content_size.width, len(self.results.columns)
        cell = CELL if room >= SMALL_NAME + CELL * columns else SMALL_CELL
        return max(SMALL_NAME, min(NAME, room - cell * columns)), cell

    def _head(self, column: str) -> str:
        small = self._widths[1] == SMALL_CELL
        if column in (DONE, FORM):
            return column
        if len(self.results.knees) == 1:
            return "pain" if small else "worst pain"
        return f"p {column[0]}" if small else f"pain {column}"

    def _row(self, index: int, name: int) -> Content:
        results = self.results
        current = index == results.row
        mark = "▸ " if current else "  "
        cell = self._widths[1]
        title = f"{mark}{results.entries[index].name}"
        parts = [plain(f"{title[: name - 1]:<{name}}", "bold" if current else "")]
        for number, column in enumerate(results.columns):
            here = current and number == results.column and self.has_focus
            parts.append(plain(f"{self._words(index, column):^{cell}}", self._style(index, column, here)))
        return Content("").join(parts)

    def _words(self, index: int, column: str) -> str:
        if column == DONE:
            words = self.results.done_words(index)
            return words if self._widths[1] == CELL else words.replace(" of ", "/")
        value = self.results.value(index, column)
        if value is None and self.results.waits_for_zero and (index, column) == self._here:
            return "1…"
        return "·" if value is None else str(value)

    @property
    def _here(self) -> tuple[int, str]:
        return self.results.row, self.results.columns[self.results.column]

    def _style(self, index: int, column: str, here: bool) -> str:
        value = None if column == DONE else self.results.value(index, column)
        colour = self._colour_of(Question(column, ""), value) if value is not None and column != FORM else ""
        return f"bold reverse {colour}".strip() if here else colour

    def _asking(self) -> list[Content]:
        """The question of the current cell and its answers, each of which takes a click."""
        question = self.results.question
        self._spots = []
        if question is None:
            return [plain(f"{self.results.entry.name}: + and - correct what was done", "bold"), Content("")]
        parts: list[Content] = []
        at = 0
        for number, value in enumerate(question.values):
            choice = question.choices[number] if question.choices else None
            label = f" {choice.key} {choice.label} " if choice else f"{value:>2} "
            parts.append(plain(label, self._colour_of(question, value)))
            self._spots.append((at, at + len(label), value))
            at += len(label)
        parts.append(plain("  backspace: open", "dim"))
        text = question.text
        if cell_len(text) > self.content_size.width and "," in text:
            text = text.partition(",")[0] + "?"  # the mark says which exercise
        return [plain(text, "bold"), Content("").join(parts)]

    # --- keys and mouse --------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        moves = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
        if event.key in moves:
            self.results.move(*moves[event.key])
        elif event.key in ("backspace", "delete"):
            self.results.give(None)
        elif not (event.character and self.results.press(event.character, self._clock())):
            return
        event.stop()
        event.prevent_default()
        self._changed()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        results = self.results
        row = offset.y - 1
        if 0 <= row < len(results.entries):
            results.go(row, self._column_at(offset.x))
        elif row == len(results.entries) + 2:
            for start, end, value in self._spots:
                if start <= offset.x < end:
                    results.give(value)
        self._changed()

    def _column_at(self, x: int) -> int:
        name, cell = self._widths
        return (x - name) // cell if x >= name else self.results.column

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def _changed(self) -> None:
        if self.results.waits_for_zero:
            self.set_timer(WAIT_FOR_ZERO_S + 0.01, self._settle)
        self.refresh()
        self.post_message(self.Changed())

    def _settle(self) -> None:
        if self.results.waits_for_zero:
            self.results.settle(self._clock())
            self._changed()
