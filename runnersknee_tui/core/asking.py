"""The questions around a session in their words: the screen and the plain mode ask the same ones.

Pain is 0-10. Every question may stay open, and an open one is None (adaptation.md, section 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from runnersknee_tui.core.answering import YES_NO, Choice, Question, Sheet
from runnersknee_tui.core.programme import ACTIVITIES, ANSWERS, Weekly
from runnersknee_tui.core.questions import Questions
from runnersknee_tui.core.record import RAN as RAN_WORDS
from runnersknee_tui.core.record import Knees, SessionRecord

RAN = Question("ran", "Have you run since?", tuple(Choice(word[0], word, word) for word in RAN_WORDS))
SHARP = Question("sharp", "Is it sharp, or rising?", YES_NO)

MOST_UNCONFIRMED = 4
"""So many unconfirmed sessions are asked about at once, the newest first."""

_TROUBLE = ("fine", "some trouble", "much trouble")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def pain_question(knee: str, words: str, asked: Sequence[str]) -> Question:
    """A scale; `{knee}` in the words becomes "the left knee" where both are asked about, else "the knee"."""
    which = f"the {knee} knee" if len(asked) > 1 else "the knee"
    return Question(f"pain-{knee}", words.replace("{knee}", which))


def knees_from(sheet: Sheet, asked: Sequence[str]) -> Knees:
    """The answers of a sheet; a knee nobody asked about stays open."""
    return Knees(**{knee: sheet.number(f"pain-{knee}") for knee in asked})


def now_questions(knees: Sequence[str]) -> tuple[Question, ...]:
    """The knee at the start of a session."""
    return tuple(pain_question(knee, "How is {knee} now?", knees) for knee in knees)


def hurt_questions(knees: Sequence[str]) -> tuple[Question, ...]:
    """After `x`: what kind of pain it is, and how much."""
    return SHARP, *(pain_question(knee, "How much does {knee} hurt, 0 to 10?", knees) for knee in knees)


def morning_questions(due: Questions) -> tuple[Question, ...]:
    """The morning after and the run since, where a session waits for them."""
    if not due.morning_after:
        return ()
    both = len(due.knees) > 1
    after = (
        Question(f"after-{knee}", f"The morning after the last session{f', {knee} knee' if both else ''}?")
        for knee in due.knees
    )
    return *after, RAN


def morning_from(sheet: Sheet, asked: Sequence[str]) -> Knees:
    """The morning after on a sheet of `morning_questions`."""
    return Knees(**{knee: sheet.number(f"after-{knee}") for knee in asked})


def week_questions() -> tuple[Question, ...]:
    """The worst pain of the week, and four things that may give trouble."""
    choices = tuple(Choice(answer[0], answer, words) for answer, words in zip(ANSWERS, _TROUBLE, strict=True))
    return (
        Question("worst", "The worst knee pain of the week?"),
        *(Question(activity, f"{activity.capitalize()}?", choices) for activity in ACTIVITIES),
    )


def week_from(sheet: Sheet, day: date) -> Weekly:
    """The answers of a sheet of `week_questions`."""
    return Weekly(day, sheet.number("worst"), tuple(sheet.word(name) for name in ACTIVITIES))


def did_it_question(record: SessionRecord) -> Question:
    """ "Did you do this one?" about a session that nobody confirmed; its id is the record's."""
    at = record.started_at
    day = f"{_WEEKDAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]}"
    return Question(record.id, f"{record.routine_title}, {day}, {at:%H:%M}?", YES_NO)
