"""Moves on the ladder, with all kit, with little and with none."""

from __future__ import annotations

import pytest

from runnersknee_tui.core.assessment import Decision, Easing, Judgement, Move
from runnersknee_tui.core.ladder import (
    Position,
    eased,
    easier_form,
    easing,
    kit_words,
    moved,
    place,
    prescription_at,
    reach,
    start,
    step_above,
)
from runnersknee_tui.core.model import KIT
from tests.core.catalogue_for_tests import CATALOGUE
from tests.core.records_for_tests import asked

ALL = frozenset(KIT)
RAISE = CATALOGUE.exercises["straight-leg-raise"]
PLANK = CATALOGUE.exercises["plank"]
BRIDGE = CATALOGUE.exercises["glute-bridge"]


def test_down_a_step_at_its_lowest_then_a_third_less_then_rest() -> None:
    dose = RAISE.dose("rehab")
    seen = []
    at = Position("straight-leg-raise", 18)
    for _ in range(7):
        seen.append((easing(RAISE, dose, at, ALL), at.step, at.target))
        at = eased(RAISE, dose, at, ALL)
    assert seen == [
        (Easing.STEP, "straight-leg-raise", 18),
        (Easing.STEP, "straight-leg-raise-low", 15),
        (Easing.THIRD, "quad-set", 15),
        (Easing.THIRD, "quad-set", 10),
        (Easing.THIRD, "quad-set", 6),
        (Easing.REST, "quad-set", 5),
        (Easing.REST, "quad-set", 5),
    ]


def test_holds_shrink_by_whole_five_seconds_down_to_ten() -> None:
    dose = PLANK.dose("rehab")
    at, seen = Position("knee-plank", 30), []
    for _ in range(4):
        at = eased(PLANK, dose, at, ALL)
        seen.append(at.target)
    assert seen == [20, 10, 10, 10]


def test_a_short_plank_runs_from_its_own_seconds_up_to_the_dose_s_lowest() -> None:
    dose = PLANK.dose("rehab")
    assert [reach(dose, step) for step in PLANK.ladder] == [(30, 60), (15, 30), (30, 60), (30, 60)]
    assert prescription_at(PLANK, dose, Position("plank-short", 15)).hold_s == 15


@pytest.mark.parametrize(
    ("move", "target", "after"),
    [
        (Move.SAME, None, Position("straight-leg-raise", 20)),
        (Move.LOWEST, None, Position("straight-leg-raise", 15)),
        (Move.TARGET, 17, Position("straight-leg-raise", 17)),
        (Move.NEXT_STEP, None, Position("raise-1-lb", 15)),
        (Move.EASIER, None, Position("straight-leg-raise-low", 15)),
    ],
)
def test_moves(move: Move, target: int | None, after: Position) -> None:
    judgement = Judgement(1, Decision.KEEP, move, "So.", target)
    assert moved(RAISE, RAISE.dose("rehab"), Position("straight-leg-raise", 20), judgement, ALL) == after


def test_kit_that_is_missing_is_stepped_over_or_ends_the_ladder() -> None:
    squat = CATALOGUE.exercises["single-leg-squat"]
    above = step_above(squat, "squat-shallow", ALL - {"trx"})
    assert above is not None
    assert above.id == "sit-and-stand"
    here = place(BRIDGE, BRIDGE.dose("rehab"), Position("single-leg-bridge", 20), ALL - {"dumbbell"})
    assert (here.last_step, here.next_needs, here.next_adds_weight) == (True, "a dumbbell", False)


def test_the_dose_s_own_form_carries_no_step_in_its_prescription() -> None:
    dose = BRIDGE.dose("prehab")
    own = prescription_at(BRIDGE, dose, start(BRIDGE, dose))
    assert (own.ladder_step, own.sets, own.reps, own.hold_s) == (None, 2, 10, 2)
    squeeze = prescription_at(BRIDGE, dose, Position("bridge-squeeze", 10), {"glute-bridge/prehab": 3})
    assert (squeeze.ladder_step, squeeze.sets, squeeze.hold_s) == ("bridge-squeeze", 3, 5)


def test_going_on_one_step_easier() -> None:
    dose = RAISE.dose("rehab")
    easier = easier_form(RAISE, dose, asked("straight-leg-raise", target=18, sets=2), ALL)
    assert easier is not None
    assert (easier.ladder_step, easier.sets, easier.reps) == ("straight-leg-raise-low", 2, 15)
    assert easier_form(RAISE, dose, asked("straight-leg-raise", step="quad-set"), ALL) is None


def test_words_for_kit() -> None:
    assert kit_words(("band",)) == "a loop band"
    assert kit_words(("roll", "ankle-weight")) == "a towel roll and an ankle weight"
    assert kit_words(("trx",)) == "TRX handles"
