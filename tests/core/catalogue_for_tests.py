"""A small catalogue made by hand: the twelve exercises with the ladders and the numbers of the two articles.

The words are left short: the rules never read them.
"""

from __future__ import annotations

from runnersknee_tui.core.model import (
    Catalogue,
    Dose,
    Exercise,
    Form,
    LadderStep,
    Phase,
    PhaseKind,
    Posture,
    Region,
    SideOrder,
    Sides,
    Span,
)

Kit = tuple[str, ...]
Pair = tuple[float, float]


def form(sides: Sides = Sides.EACH, kit: Kit = (), *, loaded: bool = False) -> Form:
    return Form(
        posture=Posture.SUPINE,
        sides=sides,
        side_order=SideOrder.SET,
        start="Lie down.",
        steps=("Lift.", "Lower."),
        cue="Slowly",
        stance={"both": "On your back."},
        turn="",
        phases=(Phase(PhaseKind.CONCENTRIC, "Lift"), Phase(PhaseKind.ECCENTRIC, "Lower")),
        equipment=kit,
        loaded=loaded,
        figure=None,
    )


def rung(
    name: str,
    base: Form,
    *,
    kit: Kit | None = None,
    loaded: bool | None = None,
    weight: bool = False,
    hold_s: float | None = None,
) -> LadderStep:
    own = form(
        base.sides,
        base.equipment if kit is None else kit,
        loaded=weight or (base.loaded if loaded is None else loaded),
    )
    return LadderStep(name, name.replace("-", " "), weight, 1.0 if weight else None, "So.", own, hold_s)


def dose(
    name: str,
    source: str,
    step: str,
    *,
    sets: Pair,
    per_week: Pair,
    reps: Pair | None = None,
    hold_s: Pair | None = None,
    free_day: bool = False,
    rest_s: float = 30,
) -> Dose:
    return Dose(
        id=name,
        source=source,
        step=step,
        sets=Span(*sets),
        reps=None if reps is None else Span(*reps),
        hold_s=None if hold_s is None else Span(*hold_s),
        concentric_s=None if reps is None else 2,
        eccentric_s=None if reps is None else Span(2, 2),
        rest_s=rest_s,
        per_week=Span(*per_week),
        free_day=free_day,
        complexity=None,
        outcome=None,
        outcome_weeks=None,
        stars=None,
        given=(),
    )


def exercise(name: str, region: Region, base: Form, ladder: tuple[LadderStep, ...], *doses: Dose) -> Exercise:
    words = name.replace("-", " ").capitalize()
    return Exercise(
        name, words, words, region, ("quadriceps",), "Slowly.", "Stop.", "So.", base, ladder, doses, ()
    )


LEG = form()
STEP = form(kit=("step",), loaded=True)
BENCH = form(kit=("bench",), loaded=True)
BAND = form(kit=("band",))
ROLL = form(kit=("roll",))
BOTH = form(Sides.BOTH)
ALTERNATE = form(Sides.ALTERNATE)
ANKLE: Kit = ("ankle-weight",)

EXERCISES = (
    exercise(
        "straight-leg-raise", Region.KNEE, LEG,
        (
            rung("quad-set", LEG, hold_s=5), rung("straight-leg-raise-low", LEG),
            rung("straight-leg-raise", LEG), rung("raise-1-lb", LEG, kit=ANKLE, weight=True),
            rung("raise-2-lb", LEG, kit=ANKLE, weight=True), rung("raise-3-lb", LEG, kit=ANKLE, weight=True),
        ),
        dose("rehab", "A1", "straight-leg-raise", sets=(3, 3), reps=(15, 20), hold_s=(2, 3), per_week=(7, 7)),
    ),
    exercise(
        "clamshell", Region.HIP, LEG,
        (
            rung("squeeze", LEG, hold_s=5), rung("clamshell-small", LEG), rung("clamshell", LEG),
            rung("clamshell-band", LEG, kit=("band",)), rung("clamshell-weight", LEG, kit=ANKLE, weight=True),
        ),
        dose("rehab", "A2", "clamshell", sets=(3, 3), reps=(20, 25), hold_s=(2, 3), per_week=(3, 4), free_day=True),
        dose("rotation", "A7", "clamshell", sets=(3, 3), reps=(15, 20), hold_s=(1, 2), per_week=(7, 7)),
        dose("prehab", "B3", "clamshell", sets=(2, 3), reps=(10, 15), per_week=(2, 3), free_day=True),
    ),
    exercise(
        "single-leg-squat", Region.KNEE, BENCH,
        (
            rung("squat-shallow", BENCH, kit=()), rung("squat-trx", BENCH, kit=("trx",)),
            rung("sit-and-stand", BENCH), rung("bench-tap", BENCH), rung("bench-tap-low", BENCH),
            rung("free-squat", BENCH, kit=()), rung("dumbbell-squat", BENCH, kit=("dumbbell",), weight=True),
        ),
        dose("rehab", "A3", "bench-tap", sets=(3, 3), reps=(8, 12), per_week=(2, 3), free_day=True, rest_s=60),
        dose("prehab", "B1", "sit-and-stand", sets=(2, 3), reps=(10, 15), per_week=(2, 3), free_day=True, rest_s=60),
    ),
    exercise(
        "lateral-band-walk", Region.HIP, BAND,
        (
            rung("band-walk-short", BAND), rung("band-walk", BAND),
            rung("band-walk-strong", BAND), rung("band-walk-all-ways", BAND),
        ),
        dose("rehab", "A4", "band-walk", sets=(2, 3), reps=(12, 15), per_week=(2, 3), free_day=True),
    ),
    exercise(
        "glute-bridge", Region.HIP, BOTH,
        (
            rung("bridge-squeeze", BOTH, hold_s=5), rung("bridge-low", BOTH), rung("glute-bridge", BOTH),
            rung("single-leg-bridge", LEG), rung("dumbbell-bridge", BOTH, kit=("dumbbell",), weight=True),
        ),
        dose("rehab", "A5", "glute-bridge", sets=(3, 3), reps=(15, 20), hold_s=(2, 3), per_week=(5, 7)),
        dose("prehab", "B2", "glute-bridge", sets=(2, 3), reps=(10, 15), hold_s=(2, 2), per_week=(2, 3), free_day=True),
    ),
    exercise(
        "short-arc-quad", Region.KNEE, ROLL,
        (
            rung("quad-set", ROLL, kit=(), hold_s=5), rung("short-arc-quad", ROLL),
            rung("short-arc-quad-weight", ROLL, kit=("roll", "ankle-weight"), weight=True),
        ),
        dose("rehab", "A6", "short-arc-quad", sets=(3, 3), reps=(20, 20), hold_s=(3, 5), per_week=(7, 7)),
    ),
    exercise(
        "step-up", Region.KNEE, STEP,
        (
            rung("quad-set", STEP, kit=(), loaded=False, hold_s=5),
            rung("short-arc-quad", STEP, kit=("roll",), loaded=False, hold_s=3),
            rung("step-up-low", STEP), rung("step-up", STEP), rung("step-up-high", STEP),
        ),
        dose("rehab", "A6", "step-up-low", sets=(3, 3), reps=(10, 15), per_week=(7, 7), rest_s=60),
    ),
    exercise(
        "ninety-ninety-stretch", Region.HIP, LEG,
        (rung("ninety-ninety-propped", LEG), rung("ninety-ninety-stretch", LEG)),
        dose("rehab", "A7", "ninety-ninety-stretch", sets=(1, 1), hold_s=(120, 120), per_week=(7, 7)),
    ),
    exercise(
        "plank", Region.CORE, BOTH,
        (
            rung("knee-plank", BOTH), rung("plank-short", BOTH, hold_s=15),
            rung("plank", BOTH), rung("side-plank", LEG),
        ),
        dose("rehab", "A8", "plank", sets=(3, 3), hold_s=(30, 60), per_week=(3, 4), free_day=True),
    ),
    exercise(
        "dead-bug", Region.CORE, ALTERNATE,
        (
            rung("dead-bug-arms", ALTERNATE), rung("dead-bug-legs", ALTERNATE),
            rung("dead-bug-short", ALTERNATE), rung("dead-bug", ALTERNATE),
            rung("dead-bug-weights", ALTERNATE, kit=("dumbbell",), weight=True),
        ),
        dose("rehab", "A8", "dead-bug", sets=(3, 3), reps=(10, 12), per_week=(3, 4), free_day=True),
    ),
    exercise(
        "step-down", Region.KNEE, STEP,
        (rung("step-down-low", STEP), rung("step-down", STEP), rung("step-down-high", STEP)),
        dose("prehab", "B4", "step-down-low", sets=(2, 3), reps=(10, 15), per_week=(2, 3), free_day=True, rest_s=60),
    ),
    exercise(
        "quad-set", Region.KNEE, LEG, (rung("quad-set", LEG),),
        dose("easing", "own", "quad-set", sets=(2, 3), reps=(10, 15), hold_s=(5, 5), per_week=(7, 7)),
    ),
)  # fmt: skip

CATALOGUE = Catalogue({known.id: known for known in EXERCISES}, {})
