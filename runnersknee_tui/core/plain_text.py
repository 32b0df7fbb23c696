"""A session in lines of text: one line a phase, short enough to be read out before the phase is over."""

from __future__ import annotations

from runnersknee_tui.core.fit import minutes_words
from runnersknee_tui.core.model import Sides
from runnersknee_tui.core.session import Session
from runnersknee_tui.core.timeline import Half, Plan, Step, StepKind, half_title
from runnersknee_tui.core.units import localise

KEYS = (
    ("space or p", "pause, and go on"),
    ("n", "next: end this set, rest or countdown"),
    ("b", "back: start this set again"),
    ("r", "do the whole set again"),
    ("s", "skip this exercise"),
    ("+ or -", "ten seconds more or less of a rest or a long hold"),
    ("u or d", "in a rest: the last set had one more or one fewer"),
    ("x", "it hurts: stop at once"),
    ("m", "bells off and on"),
    ("q", "end here and keep what was done"),
    ("?", "these keys"),
)
"""Letters that are typed with enter behind them, and what they do."""


def opening_lines(plan: Plan, left_out: tuple[str, ...]) -> list[str]:
    """What is said before the first countdown."""
    return [
        f"{plan.title}, {minutes_words(plan.seconds)}.",
        *left_out,
        "Type p to pause, n for next, x if it hurts, q to end, ? for all; then enter.",
    ]


def step_line(plan: Plan, index: int, units: str) -> str:
    """The line of one step, as it begins."""
    step = plan.steps[index]
    if step.half is None:
        return step.label
    half = plan.halves[step.half]
    if step.kind.works:
        return _work_line(step, half, plan)
    length = f", {step.seconds:g} s" if step.seconds is not None else ""
    if step.kind is StepKind.REST:
        return f"Rest{length}. Next: {step.next}."
    words = [f"{step.label}{length}. {half_title(half, plan.items[half.item])}."]
    form = plan.items[half.item].form
    if step.kind is StepKind.SWITCH:
        words.append(localise(form.turn, units))
    if _is_new(half, plan):
        words.append(localise(form.stance_for(half.side), units))
    if half.index == 0 or plan.halves[half.index - 1].item != half.item:
        words.append(f"{localise(form.cue, units)}.")
    return " ".join(word for word in words if word)


def _work_line(step: Step, half: Half, plan: Plan) -> str:
    length = f"{step.seconds:g} s" if step.seconds is not None else "enter when done"
    if step.rep is None:
        return f"{step.label}, {length}"
    alternates = plan.items[half.item].form.sides is Sides.ALTERNATE
    side = f" {step.side}" if alternates and step.side else ""
    return f"{step.rep} of {half.reps}{side}: {step.label.lower()}, {length}"


def _is_new(half: Half, plan: Plan) -> bool:
    """Whether a half asks for another position than the one before it."""
    if half.index == 0:
        return True
    before = plan.halves[half.index - 1]
    return before.item != half.item or before.side is not half.side


def standing_line(session: Session) -> str:
    """Where a session stands: after a pause, or when somebody asks."""
    half, item = session.half, session.item
    if half is None or item is None:
        return session.step.label
    return f"{half_title(half, item)}, {minutes_words(session.remaining_s)} left"
