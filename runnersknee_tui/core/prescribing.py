"""What one exercise asks for on one day: its progress, the gap since, the weight, and the kit at hand."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from runnersknee_tui.core.assessment import PAIN_FREE_DAYS, Decision
from runnersknee_tui.core.due import count_in_week
from runnersknee_tui.core.gate import AS_PLANNED, gate
from runnersknee_tui.core.judgement import AMBER_RULE, free_days
from runnersknee_tui.core.ladder import (
    Position,
    at_lowest,
    eased,
    kit_words,
    lowest_step,
    missing_kit,
    prescription_at,
    reach,
    start,
    step_at_hand,
    unweighted,
)
from runnersknee_tui.core.model import Dose, Exercise, LadderStep, Prescription
from runnersknee_tui.core.programme import Profile
from runnersknee_tui.core.progress import Progress

WEIGHTED_PER_WEEK = 3
"""Added weight at most so often in seven days, and never on two days running (adaptation.md, 3)."""


class Planned(Struct, frozen=True):
    """Today's numbers of one dose, and the decision behind them (None: the first ever).

    `missing` names the kit without which no form of it can be done.
    """

    position: Position
    prescription: Prescription
    decision: Decision | None
    why: str
    missing: str = ""
    rests: bool = False  # the gate lets nothing happen today
    light: bool = False  # a day without the added weight of its step

    def step(self, exercise: Exercise) -> LadderStep:
        return exercise.step(self.position.step)


def plan_for(
    progress: Progress, day: date, profile: Profile, *, before: int | None = None, signs: bool = False
) -> Planned:
    """The gate, then what the last judgement left, then weight and kit; pure, the same at every look."""
    exercise, dose = progress.exercise, progress.dose
    gap = None if progress.last_done is None else (day - progress.last_done).days
    passed = gate(
        signs=signs,
        before=before,
        gap_days=gap,
        easing=progress.easing(profile),
        holds=dose.holds_only,
    )
    at = _through_the_gate(progress, passed.rule, profile)
    judgement = progress.judgement
    if passed.rule != AS_PLANNED.rule:
        decision: Decision | None = passed.decision
        why = passed.reason
    else:
        decision = None if judgement is None else judgement.decision
        why = passed.reason if judgement is None else judgement.reason
    light = _light_day(progress, at, day)
    plain = unweighted(exercise, at.step, profile.kit) if light else None
    if plain is not None:
        at = Position(plain.id, reach(dose, plain)[1])
        why = light
        decision = Decision.KEEP
    missing = ""
    lacking = missing_kit(exercise.step(at.step).form, profile.kit)
    if lacking:
        at_hand = step_at_hand(exercise, at.step, profile.kit)
        if at_hand is None:
            missing = kit_words(lacking)
        else:
            why = f"It needs {kit_words(lacking)}, so you do its form without: {at_hand.name}."
            at = Position(at_hand.id, reach(dose, at_hand)[0])
    return Planned(
        position=at,
        prescription=prescription_at(exercise, dose, at, profile.sets),
        decision=decision,
        why=why,
        missing=missing,
        rests=passed.stops,
        light=plain is not None,
    )


def _through_the_gate(progress: Progress, rule: int, profile: Profile) -> Position:
    exercise, dose, at = progress.exercise, progress.dose, progress.position
    if rule in (4, 5):
        at = _known(progress)
    if rule == 3:
        lowest = lowest_step(exercise, profile.kit)
        again = Position(lowest.id, reach(dose, lowest)[0])
        return at_lowest(exercise, dose, at) if at.step == lowest.id else again
    if rule == 4:
        return eased(exercise, dose, at, profile.kit)
    return at_lowest(exercise, dose, at) if rule == 5 else at


def _known(progress: Progress) -> Position:
    """Where it stands; but a next step that was earned before a gap and never done is not begun after it."""
    last = next((old.at for old in reversed(progress.verdicts) if not old.between), progress.position)
    rung = progress.exercise.rung
    return last if rung(last.step) < rung(progress.position.step) else progress.position


def _light_day(progress: Progress, at: Position, day: date) -> str:
    """Why the added weight of a step stays off today; empty where it is on."""
    if not progress.exercise.step(at.step).adds_weight:
        return ""
    last = progress.verdicts[-1] if progress.verdicts else None
    if last is not None and last.between and last.judgement.rule == AMBER_RULE:
        return "The last day without the added weight was not calm, so the weight waits."
    calm = PAIN_FREE_DAYS if progress.hurt_on is None else (day - progress.hurt_on).days
    if calm < PAIN_FREE_DAYS and _known(progress) != progress.position:
        return f"{free_days(calm)} so far; weight is added after {PAIN_FREE_DAYS}."
    before = [done for done in progress.weighted_days if done != day]
    if day - timedelta(days=1) in before or count_in_week(day, before) >= WEIGHTED_PER_WEEK:
        return f"Added weight comes at most {WEIGHTED_PER_WEEK} times a week; today the same without it."
    return ""


def prescription_for(
    exercise: Exercise, dose: Dose, progress: Progress | None, profile: Profile
) -> Prescription:
    """The next session of a dose as its progress has it, gap and kit aside; the lowest dose without any."""
    at = start(exercise, dose) if progress is None else progress.position
    return prescription_at(exercise, dose, at, profile.sets)
