"""Pain on the screen: which knee is asked about, in which words, and the colour of a zone."""

from __future__ import annotations

from collections.abc import Callable

from runnersknee_tui.core.answering import Answer, Question, Sheet
from runnersknee_tui.core.assessment import EVIDENCE, PAIN_FREE, PainLine
from runnersknee_tui.core.record import Knees

GREEN, AMBER, RED = "$success", "$warning", "$error"


def pain_line(chosen: str) -> PainLine:
    """The zones of the setting `pain_line`."""
    return PAIN_FREE if chosen == "pain-free" else EVIDENCE


def affected_knees(knee: str | None) -> tuple[str, ...]:
    """The knees that are asked about: the affected one, both where both are; else one question for "left".

    Nobody's knee hurts in prevention; an answer then still has to belong to a side, so both are asked only where
    both were named.
    """
    return {"left": ("left",), "right": ("right",)}.get(knee or "", ("left", "right"))


def pain_question(knee: str, words: str, asked: tuple[str, ...]) -> Question:
    """A scale; `{knee}` in the words becomes "the left knee" where both are asked about, else "the knee"."""
    which = f"the {knee} knee" if len(asked) > 1 else "the knee"
    return Question(f"pain-{knee}", words.replace("{knee}", which))


def knees_from(sheet: Sheet, asked: tuple[str, ...]) -> Knees:
    """The answers of a sheet; a knee nobody asked about stays open."""
    return Knees(**{knee: sheet.number(f"pain-{knee}") for knee in asked})


def zone_style(line: PainLine) -> Callable[[Question, Answer], str]:
    """The theme's colour for a pain on the user's line; nothing for answers in words."""

    def style(question: Question, value: Answer) -> str:
        if question.choices or not isinstance(value, int):
            return ""
        if value >= line.red:
            return RED
        return AMBER if line.is_amber(value) else GREEN

    return style
