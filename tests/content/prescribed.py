"""What the two sources prescribe, and what the project adds: tables for the tests of the app's own content.

Written from the sources and not from the files; None is what a source leaves open.
"""

from __future__ import annotations

from msgspec import Struct

from runnersknee_tui.core.model import PhaseKind

Range = tuple[float, float]
ORDER_OF_A = [
    "straight-leg-raise",
    "clamshell",
    "single-leg-squat",
    "lateral-band-walk",
    "glute-bridge",
    "short-arc-quad",
    "step-up",
    "ninety-ninety-stretch",
    "plank",
    "dead-bug",
]
IDS = [*ORDER_OF_A, "step-down", "quad-set"]


class Row(Struct, frozen=True):
    """What a source says about one dose."""

    source: str
    sets: Range | None  # None: the source names none
    reps: Range | None
    hold: Range | None
    down: Range | None  # seconds on the way down, only where a source names them
    week: Range
    free_day: bool | None = None  # None: the source does not say
    complexity: str | None = None
    weeks: Range | None = None
    stars: int | None = None


TABLE: dict[tuple[str, str], Row] = {
    ("straight-leg-raise", "rehab"): Row(
        "A1", (3, 3), (15, 20), (2, 3), None, (7, 7), None, "low", (2, 3), 3
    ),
    ("clamshell", "rehab"): Row(
        "A2", (3, 3), (20, 25), (2, 3), None, (3, 4), True, "low to moderate", (4, 6), 4
    ),
    ("single-leg-squat", "rehab"): Row("A3", (3, 3), (8, 12), None, (3, 3), (2, 3), True, "high", None, 4),
    ("lateral-band-walk", "rehab"): Row(
        "A4", (2, 3), (12, 15), None, None, (2, 3), None, "low to moderate", None, 4
    ),
    ("glute-bridge", "rehab"): Row("A5", (3, 3), (15, 20), (2, 3), None, (5, 7), None, "low", (1, 2), 4),
    ("short-arc-quad", "rehab"): Row(
        "A6", (3, 3), (20, 20), (3, 5), None, (7, 7), None, "low to moderate", (6, 8), 4
    ),
    ("step-up", "rehab"): Row("A6", (3, 3), (10, 15), None, None, (7, 7), None, "low to moderate", (6, 8), 4),
    ("clamshell", "rotation"): Row("A7", (3, 3), (15, 20), (1, 2), None, (7, 7), None, "low", None, 3),
    ("ninety-ninety-stretch", "rehab"): Row("A7", None, None, (120, 120), None, (7, 7), None, "low", None, 3),
    ("plank", "rehab"): Row("A8", (3, 3), None, (30, 60), None, (3, 4), None, "low to moderate", (2, 3), 4),
    ("dead-bug", "rehab"): Row(
        "A8", (3, 3), (10, 12), None, None, (3, 4), None, "low to moderate", (2, 3), 4
    ),
    ("single-leg-squat", "prehab"): Row("B1", (2, 3), (10, 15), None, None, (2, 3)),
    ("glute-bridge", "prehab"): Row("B2", (2, 3), (10, 15), (2, 2), None, (2, 3)),
    ("clamshell", "prehab"): Row("B3", (2, 3), (10, 15), None, None, (2, 3)),
    ("step-down", "prehab"): Row("B4", (2, 3), (10, 15), None, (3, 4), (2, 3)),
}

OWN_FREE_DAYS = {  # where no source says: the project's own rule
    ("lateral-band-walk", "rehab"),
    ("plank", "rehab"),
    ("dead-bug", "rehab"),
    ("single-leg-squat", "prehab"),
    ("glute-bridge", "prehab"),
    ("clamshell", "prehab"),
    ("step-down", "prehab"),
}
LOADED_BY_BODY_WEIGHT = {"single-leg-squat", "step-up", "step-down"}

KIT_OF_DOSE = {
    ("single-leg-squat", "rehab"): ("bench",),
    ("single-leg-squat", "prehab"): ("bench",),
    ("lateral-band-walk", "rehab"): ("band",),
    ("short-arc-quad", "rehab"): ("roll",),
    ("step-up", "rehab"): ("step",),
    ("step-down", "prehab"): ("step",),
}

FIRST_PHASE = {
    "single-leg-squat": PhaseKind.ECCENTRIC,
    "step-down": PhaseKind.ECCENTRIC,
    "dead-bug": PhaseKind.ECCENTRIC,
    "plank": PhaseKind.ISOMETRIC,
    "ninety-ninety-stretch": PhaseKind.ISOMETRIC,
}

# (id, adds weight, added pounds, kit), easy to hard
Rungs = list[tuple[str, bool, float | None, tuple[str, ...]]]
LADDERS: dict[str, Rungs] = {
    "straight-leg-raise": [
        ("quad-set", False, None, ()),
        ("straight-leg-raise-low", False, None, ()),
        ("straight-leg-raise", False, None, ()),
        ("straight-leg-raise-1-lb", True, 1, ("ankle-weight",)),
        ("straight-leg-raise-2-lb", True, 2, ("ankle-weight",)),
        ("straight-leg-raise-3-lb", True, 3, ("ankle-weight",)),
    ],
    "clamshell": [
        ("clamshell-squeeze", False, None, ()),
        ("clamshell-small", False, None, ()),
        ("clamshell", False, None, ()),
        ("clamshell-band", False, None, ("band",)),
        ("clamshell-weight", True, None, ("ankle-weight",)),
    ],
    "single-leg-squat": [
        ("squat-shallow", False, None, ()),
        ("squat-trx", False, None, ("trx",)),
        ("sit-and-stand", False, None, ("bench",)),
        ("bench-tap", False, None, ("bench",)),
        ("bench-tap-low", False, None, ("bench",)),
        ("free-squat", False, None, ()),
        ("dumbbell-squat", True, None, ("dumbbell",)),
    ],
    "lateral-band-walk": [
        ("band-walk-short", False, None, ("band",)),
        ("band-walk", False, None, ("band",)),
        ("band-walk-strong", False, None, ("band",)),
        ("band-walk-all-ways", False, None, ("band",)),
    ],
    "glute-bridge": [
        ("bridge-squeeze", False, None, ()),
        ("bridge-low", False, None, ()),
        ("glute-bridge", False, None, ()),
        ("single-leg-bridge", False, None, ()),
        ("dumbbell-bridge", True, None, ("dumbbell",)),
    ],
    "short-arc-quad": [
        ("quad-set", False, None, ()),
        ("short-arc-quad", False, None, ("roll",)),
        ("short-arc-quad-weight", True, None, ("roll", "ankle-weight")),
    ],
    "step-up": [
        ("quad-set", False, None, ()),
        ("short-arc-quad", False, None, ("roll",)),
        ("step-up-low", False, None, ("step",)),
        ("step-up", False, None, ("step",)),
        ("step-up-high", False, None, ("step",)),
    ],
    "ninety-ninety-stretch": [
        ("ninety-ninety-propped", False, None, ()),
        ("ninety-ninety-stretch", False, None, ()),
    ],
    "plank": [
        ("knee-plank", False, None, ()),
        ("plank-short", False, None, ()),
        ("plank", False, None, ()),
        ("side-plank", False, None, ()),
    ],
    "dead-bug": [
        ("dead-bug-arms", False, None, ()),
        ("dead-bug-legs", False, None, ()),
        ("dead-bug-short", False, None, ()),
        ("dead-bug", False, None, ()),
        ("dead-bug-weights", True, None, ("dumbbell",)),
    ],
    "step-down": [
        ("step-down-low", False, None, ("step",)),
        ("step-down", False, None, ("step",)),
        ("step-down-high", False, None, ("step",)),
    ],
    "quad-set": [("quad-set", False, None, ())],
}
RUNG_HOLDS = {  # seconds, where a rung's own differ from its dose's
    ("straight-leg-raise", "quad-set"): 5,
    ("short-arc-quad", "quad-set"): 5,
    ("step-up", "quad-set"): 5,
    ("step-up", "short-arc-quad"): 3,
    ("clamshell", "clamshell-squeeze"): 5,
    ("glute-bridge", "bridge-squeeze"): 5,
    ("plank", "plank-short"): 15,
}
OWN_RUNGS = {"step-down", "step-down-high", "ninety-ninety-propped"}
OWN_STEP = {
    ("single-leg-squat", "rehab"): "bench-tap",
    ("single-leg-squat", "prehab"): "sit-and-stand",
    ("lateral-band-walk", "rehab"): "band-walk",
    ("step-up", "rehab"): "step-up-low",
    ("step-down", "prehab"): "step-down-low",
}  # elsewhere the rung that bears the exercise's id

OWN_FIGURE = {  # elsewhere a rung looks like its exercise
    "quad-set": "quad-set",
    "short-arc-quad": "short-arc-quad",
    "straight-leg-raise-1-lb": "straight-leg-raise-weight",
    "straight-leg-raise-2-lb": "straight-leg-raise-weight",
    "straight-leg-raise-3-lb": "straight-leg-raise-weight",
    "clamshell-band": "clamshell-band",
    "squat-shallow": "shallow-squat",
    "squat-trx": "trx-squat",
    "free-squat": "free-squat",
    "dumbbell-squat": "dumbbell-squat",
    "single-leg-bridge": "single-leg-bridge",
    "dumbbell-bridge": "dumbbell-bridge",
    "knee-plank": "knee-plank",
    "side-plank": "side-plank",
    "dead-bug-arms": "dead-bug-arms",
    "dead-bug-legs": "dead-bug-legs",
    "dead-bug-short": "short-dead-bug",
    "dead-bug-weights": "dead-bug-weights",
    "bridge-low": "low-bridge",
    "clamshell-small": "small-clamshell",
    "clamshell-weight": "clamshell-weight",
    "short-arc-quad-weight": "short-arc-quad-weight",
    "straight-leg-raise-low": "low-leg-raise",
}
FIGURES = {
    "quad-set",
    "straight-leg-raise",
    "straight-leg-raise-weight",
    "clamshell",
    "clamshell-band",
    "bench-squat",
    "free-squat",
    "trx-squat",
    "band-walk",
    "glute-bridge",
    "single-leg-bridge",
    "dumbbell-bridge",
    "short-arc-quad",
    "step-up",
    "step-down",
    "ninety-ninety",
    "plank",
    "knee-plank",
    "side-plank",
    "dead-bug",
    "dead-bug-arms",
    "dead-bug-legs",
    "dead-bug-weights",
    "short-dead-bug",
    "dumbbell-squat",
    "shallow-squat",
    "low-bridge",
    "low-leg-raise",
    "small-clamshell",
    "clamshell-weight",
    "short-arc-quad-weight",
}

ROUTINES: dict[str, list[str]] = {
    "full": [f"{exercise}/rehab" for exercise in ORDER_OF_A],
    "daily": [
        "straight-leg-raise/rehab",
        "glute-bridge/rehab",
        "short-arc-quad/rehab",
        "step-up/rehab",
        "clamshell/rotation",
        "ninety-ninety-stretch/rehab",
    ],
    "starter": ["straight-leg-raise/rehab", "glute-bridge/rehab", "clamshell/rehab"],
    "early": ["straight-leg-raise/rehab", "glute-bridge/rehab", "short-arc-quad/rehab"],
    "late": ["single-leg-squat/rehab", "lateral-band-walk/rehab", "plank/rehab", "dead-bug/rehab"],
    "core": ["plank/rehab", "dead-bug/rehab"],
    "prehab": ["single-leg-squat/prehab", "glute-bridge/prehab", "clamshell/prehab", "step-down/prehab"],
    "prerun": ["glute-bridge/rehab", "clamshell/rotation", "lateral-band-walk/rehab"],
    "flare": ["quad-set/easing"],
}
