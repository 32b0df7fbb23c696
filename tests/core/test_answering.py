"""One key an answer, and nothing answered that nobody answered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runnersknee_tui.core.answering import SCALE, YES_NO, Choice, Question, Sheet

PAIN = Question("pain", "How is the knee now?")
SHARP = Question("sharp", "Sharp or rising?", YES_NO)
RAN = Question("ran", "Ran since?", tuple(Choice(word[0], word, word) for word in ("no", "easy", "hard")))


def sheet(*questions: Question) -> Sheet:
    return Sheet(questions or (PAIN, SHARP, RAN))


@pytest.mark.parametrize("digit", [0, 2, 3, 4, 5, 6, 7, 8, 9])
def test_a_digit_answers_at_once(digit: int) -> None:
    asked = sheet()
    assert asked.press(str(digit), 0)
    assert asked.number("pain") == digit
    assert asked.current is SHARP


def test_a_one_waits_for_a_zero() -> None:
    asked = sheet()
    asked.press("1", 0.0)
    assert asked.number("pain") is None
    asked.press("0", 0.5)
    assert asked.number("pain") == 10


def test_a_lone_one_is_one() -> None:
    asked = sheet()
    asked.press("1", 0.0)
    asked.settle(0.6)
    assert asked.number("pain") is None
    asked.settle(0.7)
    assert asked.number("pain") == 1


def test_a_late_zero_belongs_to_the_next_question() -> None:
    asked = sheet(PAIN, Question("morning", "The morning after?"))
    asked.press("1", 0.0)
    asked.press("0", 0.8)
    assert (asked.number("pain"), asked.number("morning")) == (1, 0)


def test_one_then_another_digit() -> None:
    asked = sheet(PAIN, Question("morning", "The morning after?"))
    asked.press("1", 0.0)
    asked.press("4", 0.2)
    assert (asked.number("pain"), asked.number("morning")) == (1, 4)


def test_choices_take_their_own_keys_alone() -> None:
    asked = sheet(SHARP, RAN)
    assert not asked.press("7", 0)
    assert asked.press("n", 0)
    assert asked.flag("sharp") is False
    assert asked.press("h", 0)
    assert asked.word("ran") == "hard"
    assert asked.over


def test_enter_leaves_a_question_open() -> None:
    asked = sheet()
    for _ in asked.questions:
        asked.enter()
    assert asked.over
    assert [asked.answer(question.id) for question in asked.questions] == [None, None, None]


def test_arrows_mark_and_enter_takes() -> None:
    asked = sheet()
    asked.mark(1)
    asked.mark(1)
    asked.mark(1)
    assert asked.number("pain") is None
    asked.enter()
    assert asked.number("pain") == 2


def test_left_takes_an_answer_back() -> None:
    asked = sheet()
    asked.press("4", 0)
    asked.back()
    assert asked.current is PAIN
    assert asked.number("pain") is None


def test_a_click_answers_any_question() -> None:
    asked = sheet()
    asked.give(2, "easy")
    assert asked.word("ran") == "easy"
    assert asked.number("pain") is None
    with pytest.raises(ValueError, match="no answer"):
        asked.give(0, 11)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*"0123456789ynehx", "enter", "back", "up", "down", "settle", "prev"]),
            st.floats(0, 2),
        ),
        max_size=30,
    )
)
def test_answers_are_always_of_the_questions_own(pressed: list[tuple[str, float]]) -> None:
    asked = sheet()
    now = 0.0
    for key, gap in pressed:
        now += gap
        match key:
            case "enter":
                asked.enter()
            case "back":
                asked.back()
            case "up" | "down":
                asked.mark(1 if key == "up" else -1)
            case "settle":
                asked.settle(now)
            case "prev":
                asked.move(-1)
            case _:
                asked.press(key, now)
        assert asked.number("pain") in (None, *SCALE)
        assert asked.flag("sharp") in (None, True, False)
        assert asked.word("ran") in (None, "no", "easy", "hard")
