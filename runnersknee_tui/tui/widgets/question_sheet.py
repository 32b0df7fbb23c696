"""A sheet of questions on the screen: digits, arrows, enter, the keys of the choices, and the mouse."""

from __future__ import annotations

import time
from collections.abc import Callable
from textwrap import wrap

from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from runnersknee_tui.core.answering import WAIT_FOR_ZERO_S, Answer, Question, Sheet
from runnersknee_tui.tui.words import plain

INDENT = 4
WIDE = 46
"""From this width on answers have room around them."""
OPEN = "  enter: leave open"


class QuestionSheet(Widget, can_focus=True):
    """Shows a `Sheet` and feeds it keys. Posts `Changed` after each answer and `Done` behind the last one."""

    DEFAULT_CSS = """
    QuestionSheet { height: auto; width: 1fr; padding: 0 1; }
    """

    class Changed(Message):
        """An answer was given or taken back."""

    class Done(Message):
        """The last question was answered, or left open."""

    def __init__(
        self,
        sheet: Sheet,
        *,
        colour_of: Callable[[Question, Answer], str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`colour_of` gives a style for an answer, such as the zone of a pain; words say the same elsewhere."""
        super().__init__()
        self.sheet = sheet
        self._colour_of = colour_of or (lambda _question, _value: "")
        self._clock = clock
        self._current = Region()  # the lines of the question that is being asked
        self._spots: dict[int, list[tuple[int, int, int, Answer]]] = {}  # row: (from, to, question, answer)

    # --- drawing ---------------------------------------------------------------------------------------------

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        return len(self._lines(width))

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        self._spots.clear()
        lines: list[Content] = []
        for index, question in enumerate(self.sheet.questions):
            current = index == self.sheet.index and not self.sheet.over
            if index:
                lines.append(Content(""))
            top = len(lines)
            for number, part in enumerate(wrap(question.text, max(width - 2, 10))):
                mark = "▸ " if current and not number else "  "
                lines.append(plain(mark + part, "bold" if current else ""))
            lines += self._answers(index, question, len(lines), width)
            if current:
                self._current = Region(0, top, width, len(lines) - top)
        return lines

    def _answers(self, index: int, question: Question, row: int, width: int) -> list[Content]:
        """The answers in as many lines as they need; none of them is broken."""
        given = self.sheet.answer(question.id)
        current = index == self.sheet.index and not self.sheet.over
        marked = self.sheet.marked if current else None
        wide = width >= WIDE
        indent = INDENT if wide else 1
        lines: list[list[Content]] = [[plain(" " * indent)]]
        spots: list[tuple[int, int, int, Answer]] = []
        at = indent
        for number, value in enumerate(question.values):
            word = question.choices[number].label if question.choices else str(value)
            key = question.choices[number].key if question.choices else ""
            label = f"{key} {word}" if key and key != word else word
            label = f" {label} " if wide or question.choices else f"{label} "
            if spots and at + len(label.rstrip()) > width:
                self._spots[row + len(lines) - 1], spots, at = spots, [], indent
                lines.append([plain(" " * indent)])
            style = self._style(
                question, value, given=value == given, marked=number == marked, current=current
            )
            shown = plain(label, style)
            if question.choices and current and value != given:
                shown = shown.stylize("bold $primary", 1, 1 + len(key))
            lines[-1].append(shown)
            spots.append((at, at + len(label), index, value))
            at += len(label)
        self._spots[row + len(lines) - 1] = spots
        if given is None and current and at + len(OPEN) <= width:
            lines[-1].append(plain(OPEN, "dim"))
        return [Content("").join(parts) for parts in lines]

    def _style(self, question: Question, value: Answer, *, given: bool, marked: bool, current: bool) -> str:
        colour = self._colour_of(question, value)
        if given:
            return f"bold reverse {colour}".strip()
        if marked:
            return f"bold underline {colour}".strip()
        return colour if current else f"dim {colour}".strip()

    # --- keys and mouse --------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if self._take(event.key, event.character or ""):
            event.stop()
            event.prevent_default()
            self._changed()

    def _take(self, key: str, character: str) -> bool:
        sheet = self.sheet
        match key:
            case "enter":
                sheet.enter()
            case "left" | "backspace":
                sheet.back()
            case "right":
                sheet.mark(1)
            case "down" | "tab":
                sheet.move(1)
            case "up" | "shift+tab":
                sheet.move(-1)
            case _:
                return sheet.press(character, self._clock())
        return True

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for start, end, question, value in self._spots.get(offset.y, []):
            if start <= offset.x < end:
                self.sheet.give(question, value)
                self._changed()

    def _changed(self) -> None:
        if self.sheet.waits_for_zero:
            self.set_timer(WAIT_FOR_ZERO_S + 0.01, self._settle)
        self.refresh(layout=True)
        self.call_after_refresh(self._show_current)
        self.post_message(self.Done() if self.sheet.over else self.Changed())

    def _show_current(self) -> None:
        """Where the sheet is longer than its place, the question that is being asked stays in sight."""
        place = next((one for one in self.ancestors if isinstance(one, Widget) and one.is_scrollable), None)
        if place is not None and not self.sheet.over:
            at = self.virtual_region.offset + self.content_region.offset - self.region.offset
            place.scroll_to_region(self._current.translate(at), animate=False)

    def _settle(self) -> None:
        if self.sheet.settle(self._clock()):
            self._changed()
