"""A sheet of questions answered with one key each. Open answers are None; nothing has to be answered.

Pure: the instant of a key comes in as an argument, because a 1 waits for a 0 that would make it a 10.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

WAIT_FOR_ZERO_S = 0.7
"""A 1 counts as one after this time; a 0 within it makes it ten (contract, "Keys in a session")."""

Answer = int | str | bool
SCALE = tuple(range(11))


class Choice(Struct, frozen=True):
    """One possible answer, the key that gives it, and its word."""

    key: str
    value: Answer
    label: str


YES_NO = (Choice("y", True, "yes"), Choice("n", False, "no"))


class Question(Struct, frozen=True):
    """`choices` empty: a scale from 0 to 10, with words for its two ends."""

    id: str
    text: str
    choices: tuple[Choice, ...] = ()
    ends: tuple[str, str] = ("no pain", "worst")

    @property
    def values(self) -> tuple[Answer, ...]:
        return tuple(choice.value for choice in self.choices) or SCALE


class Sheet:
    """Questions in order, one of them current; answering one goes on to the next."""

    def __init__(self, questions: tuple[Question, ...], answers: Mapping[str, Answer] | None = None) -> None:
        """Raises ValueError where there is nothing to ask."""
        if not questions:
            raise ValueError("a sheet needs a question")
        self.questions = questions
        self.index = 0
        self.marked: int | None = None  # index into the current question's values, moved by arrows
        self._answers: dict[str, Answer] = dict(answers or {})
        self._one_at: float | None = None  # when a 1 was pressed that may become a 10
        self.over = False  # the last question was left behind

    @property
    def current(self) -> Question:
        return self.questions[self.index]

    def answer(self, question_id: str) -> Answer | None:
        """The answer to a question; None while it is open."""
        return self._answers.get(question_id)

    def number(self, question_id: str) -> int | None:
        """The answer to a scale."""
        answer = self._answers.get(question_id)
        return answer if isinstance(answer, int) and not isinstance(answer, bool) else None

    def word(self, question_id: str) -> str | None:
        answer = self._answers.get(question_id)
        return answer if isinstance(answer, str) else None

    def flag(self, question_id: str) -> bool | None:
        answer = self._answers.get(question_id)
        return answer if isinstance(answer, bool) else None

    @property
    def waits_for_zero(self) -> bool:
        """Whether a 1 was pressed that is not settled yet."""
        return self._one_at is not None

    def press(self, key: str, now: float) -> bool:
        """A key: a digit on a scale, a choice's key. Returns whether it meant anything here."""
        if not self.current.choices:
            return key.isdecimal() and len(key) == 1 and self._digit(int(key), now)
        for choice in self.current.choices:
            if choice.key == key:
                self._give(choice.value)
                return True
        return False

    def _digit(self, digit: int, now: float) -> bool:
        if self._one_at is not None:
            quick = now - self._one_at < WAIT_FOR_ZERO_S
            self._one_at = None
            self._give(10 if digit == 0 and quick else 1)
            if digit == 0 and quick:
                return True
            return self.press(str(digit), now)
        if digit == 1:
            self._one_at, self.marked = now, 1
        else:
            self._give(digit)
        return True

    def settle(self, now: float) -> bool:
        """Time has passed: a lone 1 counts as one. Returns whether that was so."""
        if self._one_at is None or now - self._one_at < WAIT_FOR_ZERO_S:
            return False
        self._one_at = None
        self._give(1)
        return True

    def give(self, index: int, value: Answer) -> None:
        """Answer any question directly, as a click does."""
        self._one_at = None
        self.index, self.over = index, False
        self._give(value)

    def _give(self, value: Answer) -> None:
        if value not in self.current.values:
            raise ValueError(f"{value!r} is no answer to {self.current.id}")
        self._answers[self.current.id] = value
        self._forward()

    def mark(self, change: int) -> None:
        """Move the mark over the current question's values."""
        values = self.current.values
        if self.marked is None:
            given = self._answers.get(self.current.id)
            start = values.index(given) if given in values else (-1 if change > 0 else len(values))
        else:
            start = self.marked
        self._one_at = None
        self.marked = min(max(start + change, 0), len(values) - 1)

    def enter(self) -> None:
        """Take the marked value; without a mark leave the question as it stands and go on."""
        self._one_at = None
        if self.marked is not None:
            self._give(self.current.values[self.marked])
        else:
            self._forward()

    def back(self) -> None:
        """Take an answer back: the mark, the current one, else the one before."""
        self._one_at, self.over = None, False
        if self.marked is not None:
            self.marked = None
        elif self.current.id in self._answers:
            del self._answers[self.current.id]
        elif self.index:
            self.index -= 1
            self._answers.pop(self.current.id, None)

    def move(self, change: int) -> None:
        """Go to another question without answering this one."""
        self._one_at, self.marked, self.over = None, None, False
        self.index = min(max(self.index + change, 0), len(self.questions) - 1)

    def _forward(self) -> None:
        self.marked = None
        if self.index + 1 < len(self.questions):
            self.index += 1
        else:
            self.over = True
