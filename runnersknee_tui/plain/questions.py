"""Questions without a screen: one line each, answered with a number or a word and enter.

An empty line leaves a question open. Where nobody can type every question stays open: a pipe that is at its
end, says nothing for `PATIENCE_S`, or only what is no answer. Nothing here waits for ever but for a terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from runnersknee_tui.core.answering import Answer, Question, Sheet
from runnersknee_tui.core.words import cut
from runnersknee_tui.plain.standard_input import Inbox

PATIENCE_S = 10.0
"""So long a pipe may be silent before nobody is taken to be there. A person at a terminal has all the time."""
FIRST_LOOK_S = 0.3
"""So long a pipe is looked at before the first question is said to nobody."""
TURN_S = 0.5
MOST_SLIPS = 3
"""So many lines that are no answer a pipe may send to one question."""

LEAVE = ("q", "quit", "later")
SILENCE = "Nobody can type here."

T = TypeVar("T")


class SignalledError(Exception):
    """A signal came while a question waited; `number` is the signal's."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class LeftError(Exception):
    """Somebody typed q instead of an answer."""


class Asker:
    """Asks over an inbox and a way to say a line."""

    def __init__(self, inbox: Inbox, say: Callable[[str], None], clock: Callable[[], float]) -> None:
        """`clock` gives seconds that do not go back."""
        self._inbox, self.say, self._clock = inbox, say, clock
        self._ahead: str | None = None  # a line that came before its question
        self._gone = False

    @property
    def silent(self) -> bool:
        """Whether nobody answers. A pipe is looked at before anything is said to it."""
        if not self._gone and self._ahead is None and not self._inbox.is_terminal:
            self._ahead = self._take(FIRST_LOOK_S)
        self._gone = self._gone or (self._ahead is None and self._inbox.ended)
        return self._gone

    def wake(self) -> None:
        """Somebody typed a line elsewhere: there is somebody after all."""
        self._gone = False

    def ask(self, question: Question, given: Answer | None = None) -> Answer | None:
        """The answer to one question, None where it stays open, or as it was `given` before.

        Raises SignalledError and LeftError.
        """
        hint = _hint(question, "leave it open" if given is None else f"keep {given}")
        return self.get(f"{question.text} {hint}", hint, lambda text: answer_from(question, text))

    def fill(self, sheet: Sheet) -> Sheet:
        """Every question of a sheet, one after the other. Raises SignalledError and LeftError; the sheet keeps what
        was answered before.
        """
        for index, question in enumerate(sheet.questions):
            answer = self.ask(question)
            if answer is not None:
                sheet.give(index, answer)
        return sheet

    def get(self, words: str, hint: str, read: Callable[[str], T], *, optional: bool = True) -> T | None:
        """What `read` makes of a typed line; it raises ValueError where that is no answer, and `hint` is said.

        None where nobody answers and, for what is `optional`, for an empty line.
        """
        if self.silent:
            return None
        self.say(words)
        slips = 0
        while (line := self._line()) is not None:
            text = line.strip().lower()
            if text in LEAVE:
                raise LeftError
            if not text and optional:
                return None
            try:
                return read(text)
            except ValueError:
                slips += 1
            if slips >= MOST_SLIPS and not self._inbox.is_terminal:
                break
            self.say(f'"{cut(text, 20)}" is no answer here. {hint}' if text not in ("", "?") else hint)
        self._gone = True
        return None

    def _line(self) -> str | None:
        """The next line; None where none comes. Raises SignalledError."""
        line, self._ahead = self._ahead, None
        if not self._inbox.is_terminal:
            return line if line is not None else self._take(PATIENCE_S)
        while line is None and not self._inbox.ended:
            line = self._take(TURN_S)
        return line

    def _take(self, seconds: float) -> str | None:
        """At most so many seconds for a line."""
        until = self._clock() + seconds
        while True:
            message = self._inbox.wait(max(until - self._clock(), 0.0))
            if isinstance(message, int):
                raise SignalledError(message)
            if message is not None or self._inbox.ended or self._clock() >= until:
                return message


# --- what a line means ---------------------------------------------------------------------------------------


def answer_from(question: Question, text: str) -> Answer:
    """The answer in a line: a number of the scale, the number of a choice, its key or its word.

    Raises ValueError for anything else.
    """
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None
    if not question.choices:
        if number is None or not 0 <= number <= 10:
            raise ValueError(text)
        return number
    if number is not None and 1 <= number <= len(question.choices):
        return question.choices[number - 1].value
    for choice in question.choices:
        if text in (choice.key, choice.label.lower(), str(choice.value).lower()):
            return choice.value
    raise ValueError(text)


def _hint(question: Question, enter: str) -> str:
    if question.choices:
        listed = ", ".join(f"{number} {one.label}" for number, one in enumerate(question.choices, 1))
        return f"Type {listed}; or enter to {enter}."
    none, worst = question.ends
    return f"Type 0 ({none}) to 10 ({worst}), or enter to {enter}."


def numbers_from(text: str, most: int) -> tuple[int, ...]:
    """ "2, 5" or "2 5" as (2, 5); "none", "n" or "0" as (). Raises ValueError for anything else.

    Every number is from 1 to `most`.
    """
    if text in ("none", "n", "no", "0"):
        return ()
    words = text.replace(",", " ").split()
    if not words or not all(word.isascii() and word.isdecimal() and len(word) < 4 for word in words):
        raise ValueError(text)
    numbers = sorted({int(word) for word in words})
    if numbers[0] < 1 or numbers[-1] > most:
        raise ValueError(text)
    return tuple(numbers)
