"""Pain on the screen: which knee is asked about, and the colour of a zone."""

from __future__ import annotations

from collections.abc import Callable

from runnersknee_tui.core.answering import Answer, Question
from runnersknee_tui.core.assessment import EVIDENCE, PAIN_FREE, PainLine

GREEN, AMBER, RED = "$text-success", "$text-warning", "$text-error"  # readable on a light ground too


def pain_line(chosen: str) -> PainLine:
    """The zones of the setting `pain_line`."""
    return PAIN_FREE if chosen == "pain-free" else EVIDENCE


def affected_knees(knee: str | None) -> tuple[str, ...]:
    """The knees that are asked about: the affected one, both where both are; else one question for "left".

    Nobody's knee hurts in prevention; an answer then still has to belong to a side, so both are asked only where
    both were named.
    """
    return {"left": ("left",), "right": ("right",)}.get(knee or "", ("left", "right"))


def zone_style(line: PainLine) -> Callable[[Question, Answer], str]:
    """The theme's colour for a pain on the user's line; nothing for answers in words."""

    def style(question: Question, value: Answer) -> str:
        if question.choices or not isinstance(value, int):
            return ""
        if value >= line.red:
            return RED
        return AMBER if line.is_amber(value) else GREEN

    return style
