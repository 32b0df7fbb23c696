"""The app's own content against what its two sources prescribe, number by number."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.content.loader import load_catalogue
from runnersknee_tui.core.model import (
    KIT,
    Dose,
    Exercise,
    Form,
    PhaseKind,
    Posture,
    Region,
    SideOrder,
    Sides,
    Span,
)
from tests.content.prescribed import (
    FIGURES,
    FIRST_PHASE,
    IDS,
    KIT_OF_DOSE,
    LADDERS,
    LOADED_BY_BODY_WEIGHT,
    OWN_FIGURE,
    OWN_FREE_DAYS,
    OWN_RUNGS,
    OWN_STEP,
    ROUTINES,
    RUNG_HOLDS,
    TABLE,
    Range,
)

LOADED = load_catalogue(assets_dir())
CATALOGUE = LOADED.catalogue


def span(value: Span | None) -> Range | None:
    return None if value is None else (value.lo, value.hi)


def forms() -> Iterator[Form]:
    for exercise in CATALOGUE.exercises.values():
        yield exercise.form
        for rung in exercise.ladder:
            yield rung.form


def level(complexity: str | None) -> str | None:
    """The first words of a complexity, before what it depends on: "low", "low to moderate", "high"."""
    return None if complexity is None else re.split("[,:]", complexity)[0]


def dose_of(key: tuple[str, str]) -> Dose:
    return CATALOGUE.exercises[key[0]].dose(key[1])


dosed = pytest.mark.parametrize("key", sorted(TABLE), ids="/".join)
each_exercise = pytest.mark.parametrize("exercise", list(CATALOGUE.exercises.values()), ids=lambda e: e.id)


def test_our_own_files_have_no_problem() -> None:
    assert LOADED.problems == ()


def test_twelve_exercises_in_catalogue_order() -> None:
    assert list(CATALOGUE.exercises) == IDS


def test_sixteen_doses() -> None:
    doses = {(e.id, d.id) for e in CATALOGUE.exercises.values() for d in e.doses}
    assert doses == {*TABLE, ("quad-set", "easing")}


@dosed
def test_numbers_are_the_source_s(key: tuple[str, str]) -> None:
    row, dose = TABLE[key], dose_of(key)
    assert dose.source == row.source
    assert span(dose.sets) == (row.sets or (1, 1))
    assert span(dose.reps) == row.reps
    assert span(dose.hold_s) == row.hold
    assert span(dose.per_week) == row.week
    assert span(dose.outcome_weeks) == row.weeks
    assert dose.stars == row.stars
    assert level(dose.complexity) == row.complexity
    assert (dose.outcome is None) == (row.source[0] == "B")


@dosed
def test_given_names_what_the_source_states_and_nothing_else(key: tuple[str, str]) -> None:
    row = TABLE[key]
    stated = {
        "sets": row.sets,
        "reps": row.reps,
        "hold_s": row.hold,
        "eccentric_s": row.down,
        "per_week": row.week,
        "free_day": row.free_day,
        "complexity": row.complexity,
        "outcome": row.complexity,
        "outcome_weeks": row.weeks,
        "stars": row.stars,
    }
    given = dose_of(key).given
    assert set(given) == {name for name, value in stated.items() if value is not None}
    assert len(given) == len(set(given))


@dosed
def test_free_days(key: tuple[str, str]) -> None:
    assert dose_of(key).free_day == (TABLE[key].free_day is True or key in OWN_FREE_DAYS)


@dosed
def test_tempo_and_rest(key: tuple[str, str]) -> None:
    row, dose = TABLE[key], dose_of(key)
    heavy = key[0] in LOADED_BY_BODY_WEIGHT
    assert dose.rest_s == (60 if heavy else 30)
    if row.reps is None:
        assert dose.concentric_s is None
        assert dose.eccentric_s is None
        return
    assert dose.concentric_s == (1 if key[0] == "lateral-band-walk" else 2)
    assert span(dose.eccentric_s) == (row.down or ((3, 3) if heavy else (2, 2)))


@dosed
def test_kit_of_a_dose(key: tuple[str, str]) -> None:
    exercise, dose = CATALOGUE.exercises[key[0]], dose_of(key)
    assert dose.step == OWN_STEP.get(key, key[0])
    assert exercise.step(dose.step).form.equipment == KIT_OF_DOSE.get(key, ())


def test_the_quad_set_s_dose_is_our_own() -> None:
    dose = CATALOGUE.exercises["quad-set"].dose("easing")
    assert (dose.source, dose.given) == ("own", ())
    assert (span(dose.sets), span(dose.reps), span(dose.hold_s)) == ((2, 3), (10, 15), (5, 5))
    assert (dose.complexity, dose.outcome, dose.outcome_weeks, dose.stars) == (None, None, None, None)


@each_exercise
def test_ladder(exercise: Exercise) -> None:
    rungs = [(r.id, r.adds_weight, r.weight_lb, r.form.equipment) for r in exercise.ladder]
    assert rungs == LADDERS[exercise.id]
    for rung in exercise.ladder:
        assert rung.form.figure == OWN_FIGURE.get(rung.id, exercise.form.figure)
        assert rung.hold_s == RUNG_HOLDS.get((exercise.id, rung.id))
        assert rung.given == (rung.id not in OWN_RUNGS)
        assert rung.form.loaded == (
            rung.adds_weight
            or (exercise.id in LOADED_BY_BODY_WEIGHT and rung.form.posture is Posture.STANDING)
        )


@pytest.mark.parametrize("owner", ["straight-leg-raise", "short-arc-quad", "step-up"])
def test_a_borrowed_rung_is_the_other_exercise_s_form(owner: str) -> None:
    rung = CATALOGUE.exercises[owner].step("quad-set")
    assert rung.form == CATALOGUE.exercises["quad-set"].form


def test_what_is_not_given_is_our_own() -> None:
    given = {e.id: set(e.given) for e in CATALOGUE.exercises.values()}
    assert not given["ninety-ninety-stretch"] & {"start", "steps", "cue", "safety", "phases", "ladder"}
    assert "ladder" not in given["step-down"]
    assert given["quad-set"] == {"steps"}
    assert all({"start", "steps", "targets", "equipment"} <= given[e] for e in set(IDS[:7]) | {"step-down"})


@each_exercise
def test_sides_and_phases(exercise: Exercise) -> None:
    sides = {"glute-bridge": Sides.BOTH, "plank": Sides.BOTH, "dead-bug": Sides.ALTERNATE}
    assert exercise.form.sides is sides.get(exercise.id, Sides.EACH)
    by_exercise = exercise.id == "clamshell"
    assert exercise.form.side_order is (SideOrder.EXERCISE if by_exercise else SideOrder.SET)
    assert exercise.form.phases[0].kind is FIRST_PHASE.get(exercise.id, PhaseKind.CONCENTRIC)


def test_rungs_that_change_the_sides() -> None:
    changed = {
        rung.id
        for e in CATALOGUE.exercises.values()
        for rung in e.ladder
        if rung.form.sides is not e.form.sides
    }
    assert changed == {"single-leg-bridge", "side-plank"}


def test_squeezes_do_not_move() -> None:
    for exercise, rung in (("clamshell", "clamshell-squeeze"), ("glute-bridge", "bridge-squeeze")):
        step = CATALOGUE.exercises[exercise].step(rung)
        assert [phase.kind for phase in step.form.phases] == [PhaseKind.ISOMETRIC]


def test_every_programme_holds_a_hip_and_a_knee_item() -> None:
    for dose in ("rehab", "prehab"):
        regions = {e.region for e in CATALOGUE.exercises.values() if dose in {d.id for d in e.doses}}
        assert {Region.HIP, Region.KNEE} <= regions


def test_figures_are_those_that_are_drawn() -> None:
    assert {form.figure for form in forms()} == FIGURES


def test_kit_is_known() -> None:
    assert {kit for form in forms() for kit in form.equipment} == set(KIT)


def test_nine_routines_and_their_contents() -> None:
    found = {r.id: [f"{i.exercise}/{i.dose}" for i in r.items] for r in CATALOGUE.routines.values()}
    assert found == ROUTINES
    assert list(found) == list(ROUTINES)


def test_routines_keep_to_their_doses_but_for_the_prerun() -> None:
    for routine in CATALOGUE.routines.values():
        for item in routine.items:
            wanted = (1, 10) if routine.id == "prerun" else (None, None)
            assert (item.sets, item.reps) == wanted
            rest = (item.hold_s, item.concentric_s, item.eccentric_s, item.rest_s, item.sides)
            assert rest == (None,) * 5


def test_a_routine_names_its_source() -> None:
    own = {"starter", "late", "flare"}
    for routine in CATALOGUE.routines.values():
        assert routine.source == ("own" if routine.id in own else "B" if routine.id == "prehab" else "A")
        assert routine.title
        assert routine.purpose


def test_never_two_clamshells_in_one_routine() -> None:
    for routine in CATALOGUE.routines.values():
        assert [item.exercise for item in routine.items].count("clamshell") <= 1
