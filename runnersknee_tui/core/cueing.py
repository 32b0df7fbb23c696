"""Which cue falls where in a step, and what a voice says with it. Crossings of a position, never counted ticks."""

from __future__ import annotations

from collections.abc import Iterator

from runnersknee_tui.core.cue import CueKind
from runnersknee_tui.core.model import Side, Sides
from runnersknee_tui.core.timeline import Half, Plan, Step, StepKind

COUNTDOWN = (3, 2, 1)
LONG_HOLD_S = 10.0
"""From this length on a hold is counted down at its end and can be made longer or shorter."""
HALFWAY_FROM_S = 20.0
REST_CUE_AT_S = 1.2
"""The rest's own sound comes after the bells of the finished set have rung."""

CuePoint = tuple[float, CueKind, str]
"""Seconds into the step, the sound, and the words of a voice (empty for none)."""


def cue_points(plan: Plan, index: int, seconds: float | None) -> list[CuePoint]:
    """The cues of a step that lasts `seconds` (None: open ended), in order, at most one at an instant.

    Each lies in [0, seconds): the end of a step belongs to the step that follows it.
    """
    step = plan.steps[index]
    points: dict[float, CuePoint] = {}
    for at, kind, say in _points(plan, index, step, seconds):
        if at == 0 or (seconds is not None and 0 < at < seconds):
            points.setdefault(at, (at, kind, say))
    return sorted(points.values())


def _points(plan: Plan, index: int, step: Step, seconds: float | None) -> Iterator[CuePoint]:
    """Candidates, the more important first where two fall on one instant."""
    match step.kind:
        case StepKind.GET_READY:
            yield from _countdown(seconds)
            if index == 0 or plan.steps[index - 1].kind is not StepKind.REST:
                yield 0.5, CueKind.REST, "Get ready. " + coming_words(plan, step)
        case StepKind.SWITCH:
            yield 0.0, CueKind.SWITCH, "Switch sides. " + side_words(plan, step)
            yield from _countdown(seconds)
        case StepKind.REST:
            yield 0.0, CueKind.SET_DONE, ""
            yield REST_CUE_AT_S, CueKind.REST, "Rest. Next: " + coming_words(plan, step)
            if seconds is not None:
                yield seconds + _after_rest(plan, index) - 10, CueKind.TEN_SECONDS, "Ten seconds."
        case StepKind.ASK:
            yield 0.0, CueKind.ATTENTION, ""
        case _:
            yield from _work_points(plan, index, step, seconds)


def _work_points(plan: Plan, index: int, step: Step, seconds: float | None) -> Iterator[CuePoint]:
    assert step.half is not None
    half = plan.halves[step.half]
    yield _entry(plan, index, step, half)
    if seconds is None:
        return
    if step.kind is StepKind.ISOMETRIC and seconds >= LONG_HOLD_S:
        yield from _countdown(seconds)
        if seconds >= HALFWAY_FROM_S:
            yield seconds / 2, CueKind.HALFWAY, "Halfway."
    else:
        yield from ((float(second), CueKind.TICK, "") for second in range(1, int(seconds) + 1))


def _entry(plan: Plan, index: int, step: Step, half: Half) -> CuePoint:
    """The one sound with which a working step begins."""
    if index == half.first:
        return 0.0, CueKind.GO, ""
    if step.kind is StepKind.ISOMETRIC:
        return 0.0, CueKind.HOLD_START, ""
    before = plan.steps[index - 1]
    if (before.rep, before.side) != (step.rep, step.side):
        return 0.0, CueKind.REP, ""
    if before.kind is StepKind.ISOMETRIC:
        return 0.0, CueKind.HOLD_END, ""
    return 0.0, CueKind.TICK, ""


def _countdown(seconds: float | None) -> Iterator[CuePoint]:
    if seconds is not None:
        yield from ((seconds - left, CueKind.COUNTDOWN, "") for left in COUNTDOWN)


def _after_rest(plan: Plan, index: int) -> float:
    """Seconds of the countdown that ends a rest: the ten-second warning counts them in."""
    following = plan.steps[index + 1]
    return (following.seconds or 0) if following.kind is StepKind.GET_READY else 0


# --- words ---------------------------------------------------------------------------------------------------


def coming_words(plan: Plan, step: Step) -> str:
    """What a voice says of the half to come: "Clamshell, left leg. Last set." """
    assert step.half is not None
    half = plan.halves[step.half]
    item = plan.items[half.item]
    ladder_step = item.prescription.ladder_step
    name = item.exercise.say if ladder_step is None else item.name
    side = f", {side_name(half.side, item.form.sides)}" if half.side else ""
    last = " Last set." if half.last_set and half.sets > 1 else ""
    return f"{name}{side}.{last}"


def side_words(plan: Plan, step: Step) -> str:
    """How to lie or stand for the half to come, as the form has it."""
    assert step.half is not None
    half = plan.halves[step.half]
    form = plan.items[half.item].form
    words = form.stance_for(half.side)
    return f"{form.turn} {words}".strip()


def side_name(side: Side, sides: Sides) -> str:
    return f"{side} side" if sides is Sides.EACH else str(side)


def phrases(plan: Plan) -> tuple[str, ...]:
    """Every sentence the voice may say in this plan, once each, in order; so that they can be rendered ahead."""
    spoken = (
        say
        for index, step in enumerate(plan.steps)
        for _, _, say in cue_points(plan, index, step.seconds)
        if say
    )
    return tuple(dict.fromkeys(spoken))
