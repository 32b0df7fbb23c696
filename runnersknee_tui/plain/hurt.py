"""It hurts, without a screen: two questions, the reason in one sentence, and then only what is wise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from runnersknee_tui.core.answering import Choice, Question, Sheet
from runnersknee_tui.core.asking import hurt_questions, knees_from
from runnersknee_tui.core.gate import EASIER, END, GO_ON, SKIP
from runnersknee_tui.core.hurting import Hurting, choice_words
from runnersknee_tui.live import Command
from runnersknee_tui.plain.questions import Asker, LeftError, answer_from

_KEYS = {GO_ON: "g", EASIER: "d", SKIP: "s", END: "e"}
"""The keys of the screen, by choice."""


def ask_hurt(asker: Asker, hurting: Hurting, knees: Sequence[str]) -> Command:
    """The command that follows from the answers. Where nobody answers, or q is typed, the session ends.

    Raises SignalledError.
    """
    sheet = Sheet(hurt_questions(knees))
    asker.say(f"Stopped. Take a breath. {hurting.item.name}")
    try:
        asker.fill(sheet)
    except LeftError:
        hurting.answer(sheet.flag("sharp"), knees_from(sheet, knees))
        return hurting.command(END)
    sharp, during = sheet.flag("sharp"), knees_from(sheet, knees)
    hurting.answer(sharp, during)
    after = hurting.after(sharp, during)
    if after.pain_stop:
        hurting.spare()
    asker.say(after.reason)
    return hurting.command(_choose(asker, after.choices, choice_words(hurting.easier)))


def _choose(asker: Asker, choices: Sequence[str], words: Mapping[str, str]) -> str:
    """One of the choices that are left; to end is always open."""
    offered = tuple(Choice(_KEYS[choice], choice, words[choice]) for choice in choices)
    listed = [f"{number} or {one.key}: {one.label}." for number, one in enumerate(offered, 1)]
    hint = f"Type {', '.join(one.key for one in offered)}; then enter."
    question = Question("then", "", offered)
    try:
        chosen = asker.get("\n".join(listed), hint, lambda text: answer_from(question, text), optional=False)
    except LeftError:
        return END
    return END if chosen is None else str(chosen)
