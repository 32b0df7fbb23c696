"""Moves on an exercise's ladder and the prescription that follows from a place on it (adaptation.md, 3 and 5)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct
from msgspec.structs import replace

from runnersknee_tui.core.assessment import FEWEST_REPS, SHORTEST_HOLD_S, Easing, Judgement, Move, Place
from runnersknee_tui.core.model import KIT, Dose, Exercise, Form, LadderStep, Prescription


class Position(Struct, frozen=True):
    """Where the next session stands: the id of a ladder step, and repetitions or seconds of a hold."""

    step: str
    target: int


def reach(dose: Dose, step: LadderStep) -> tuple[int, int]:
    """Lowest and highest target on a step: the dose's range of repetitions, or of seconds where a set is a hold.

    A step may shorten the hold ("short plank"): then it runs from its own seconds up to the dose's lowest.
    """
    if dose.reps is not None:
        return int(dose.reps.lo), int(dose.reps.hi)
    if dose.hold_s is None:
        return SHORTEST_HOLD_S, SHORTEST_HOLD_S
    lo, hi = int(dose.hold_s.lo), int(dose.hold_s.hi)
    if step.hold_s is not None and step.hold_s < lo:
        return int(step.hold_s), lo
    return lo, hi


def start(exercise: Exercise, dose: Dose) -> Position:
    """The first ever: the dose's own form at its lowest target."""
    return Position(dose.step, reach(dose, exercise.step(dose.step))[0])


def missing_kit(form: Form, kit: Collection[str]) -> tuple[str, ...]:
    """Ids of the kit that a form asks for and that is not at hand."""
    return tuple(item for item in form.equipment if item not in kit)


def kit_words(items: Collection[str]) -> str:
    """ "a loop band", "a towel roll and an ankle weight"."""
    named = [KIT.get(item, item) for item in items]
    return " and ".join(
        name if name.endswith("s") else f"{'an' if name[0] in 'aeiou' else 'a'} {name}" for name in named
    )


def step_below(exercise: Exercise, step: str, kit: Collection[str]) -> LadderStep | None:
    """The next easier step that the kit allows."""
    below = exercise.ladder[: exercise.rung(step)]
    return next((rung for rung in reversed(below) if not missing_kit(rung.form, kit)), None)


def step_above(exercise: Exercise, step: str, kit: Collection[str]) -> LadderStep | None:
    """The next harder step that the kit allows."""
    above = exercise.ladder[exercise.rung(step) + 1 :]
    return next((rung for rung in above if not missing_kit(rung.form, kit)), None)


def step_at_hand(exercise: Exercise, step: str, kit: Collection[str]) -> LadderStep | None:
    """The step itself where the kit allows it, else the nearest easier one; None where there is none."""
    rung = exercise.step(step)
    return step_below(exercise, step, kit) if missing_kit(rung.form, kit) else rung


def lowest_step(exercise: Exercise, kit: Collection[str]) -> LadderStep:
    """The easiest step that the kit allows; the easiest of all where it allows none."""
    return next((rung for rung in exercise.ladder if not missing_kit(rung.form, kit)), exercise.ladder[0])


def unweighted(exercise: Exercise, step: str, kit: Collection[str]) -> LadderStep | None:
    """The next easier step without added weight, for the days between weighted ones."""
    below = exercise.ladder[: exercise.rung(step)]
    plain = (rung for rung in reversed(below) if not rung.adds_weight)
    return next((rung for rung in plain if not missing_kit(rung.form, kit)), None)


def easier_form(
    exercise: Exercise, dose: Dose, asked: Prescription, kit: Collection[str]
) -> Prescription | None:
    """Going on one step easier in mid-session: the step below at no more than its lowest target; None at the bottom."""
    below = step_below(exercise, asked.ladder_step or dose.step, kit)
    if below is None:
        return None
    lowest = prescription_at(exercise, dose, Position(below.id, reach(dose, below)[0]))
    reps = None if asked.reps is None or lowest.reps is None else min(asked.reps, lowest.reps)
    return replace(lowest, sets=asked.sets, reps=reps, sides=asked.sides)


def easing(exercise: Exercise, dose: Dose, at: Position, kit: Collection[str]) -> Easing:
    """What "easier" means here: a step down, at the bottom a third less, at the least target two days' rest."""
    if step_below(exercise, at.step, kit) is not None:
        return Easing.STEP
    return Easing.THIRD if _a_third_less(dose, at.target) < at.target else Easing.REST


def eased(exercise: Exercise, dose: Dose, at: Position, kit: Collection[str]) -> Position:
    """One step down at its lowest target, or what `easing` says instead."""
    below = step_below(exercise, at.step, kit)
    if below is not None:
        return Position(below.id, reach(dose, below)[0])
    return Position(at.step, min(at.target, _a_third_less(dose, at.target)))


def _a_third_less(dose: Dose, target: int) -> int:
    if dose.holds_only:
        return max(target * 2 // 3 // 5 * 5, SHORTEST_HOLD_S)
    return max(target * 2 // 3, FEWEST_REPS)


def at_lowest(exercise: Exercise, dose: Dose, at: Position) -> Position:
    """The same step at the lowest target of its range, or lower where it already stands lower."""
    return Position(at.step, min(at.target, reach(dose, exercise.step(at.step))[0]))


def place(exercise: Exercise, dose: Dose, at: Position, kit: Collection[str]) -> Place:
    """What the judgement needs to know about a position."""
    step = exercise.step(at.step)
    above = step_above(exercise, at.step, kit)
    needs = ""
    if above is None and exercise.ladder[-1].id != step.id:
        needs = kit_words(missing_kit(exercise.ladder[exercise.rung(step.id) + 1].form, kit))
    return Place(
        hi=reach(dose, step)[1],
        next_lo=reach(dose, above or step)[0],
        holds=dose.holds_only,
        loaded=step.form.loaded or step.adds_weight,
        last_step=above is None,
        next_adds_weight=above is not None and above.adds_weight,
        next_needs=needs,
        easing=easing(exercise, dose, at, kit),
    )


def moved(
    exercise: Exercise, dose: Dose, at: Position, judgement: Judgement, kit: Collection[str]
) -> Position:
    """Where the exercise stands after a judgement."""
    if judgement.move is Move.EASIER:
        return eased(exercise, dose, at, kit)
    if judgement.move is Move.LOWEST:
        return at_lowest(exercise, dose, at)
    if judgement.move is Move.TARGET and judgement.target is not None:
        return Position(at.step, judgement.target)
    if judgement.move is Move.NEXT_STEP:
        above = step_above(exercise, at.step, kit)
        if above is not None:
            return Position(above.id, reach(dose, above)[0])
    return at


def prescription_at(
    exercise: Exercise, dose: Dose, at: Position, sets: Mapping[str, int] | None = None
) -> Prescription:
    """The numbers of one session. Sets are the lowest of the dose's range, or what the user raised them to.

    `sets` maps "id/dose" to that number; it is held within the dose's range.
    """
    step = exercise.step(at.step)
    fewest, most = int(dose.sets.lo), int(dose.sets.hi)
    wanted = (sets or {}).get(f"{exercise.id}/{dose.id}", fewest)
    hold_s: float | None = float(at.target)
    if not dose.holds_only:
        hold_s = step.hold_s if step.hold_s is not None else dose.hold_s.lo if dose.hold_s else None
    return Prescription(
        exercise=exercise.id,
        dose=dose.id,
        ladder_step=None if at.step == dose.step else at.step,
        sets=min(max(wanted, fewest), most),
        reps=None if dose.holds_only else at.target,
        hold_s=hold_s,
        concentric_s=dose.concentric_s,
        eccentric_s=dose.eccentric_s.lo if dose.eccentric_s is not None else None,
        rest_s=dose.rest_s,
    )
