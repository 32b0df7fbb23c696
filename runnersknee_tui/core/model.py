"""What is asked of the runner: exercises, doses, ladders, routines and prescriptions. All frozen.

Words in these types come from TOML files; `content.loader` has checked and sanitised them. Lengths in the
words may be written as `{12-18 in}`: `core.units.localise` turns them into the user's units.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from runnersknee_tui.core.kit import KIT as KIT


class PhaseKind(StrEnum):
    """The field's terms for the parts of a repetition."""

    CONCENTRIC = "concentric"
    ISOMETRIC = "isometric"
    ECCENTRIC = "eccentric"


class Side(StrEnum):
    """The working leg, the upper side of side-lying work, or the direction of a walk."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Sides(StrEnum):
    """How an exercise treats the two sides of the body."""

    EACH = "each"  # leg, side or direction in separate halves
    ALTERNATE = "alternate"  # left and right rep by rep (dead bug); reps are counted per side
    BOTH = "both"  # both at once


class SideOrder(StrEnum):
    """In which order the halves of an `each` exercise come."""

    SET = "set"  # one side, switch, other side make one set
    EXERCISE = "exercise"  # all sets of one side first, to turn over only once


class Posture(StrEnum):
    """Where the body is. Side-lying work gets a longer switch, and one half faces away from the screen."""

    SUPINE = "supine"
    SIDE_LYING = "side-lying"
    PRONE = "prone"
    SEATED = "seated"
    STANDING = "standing"


class Region(StrEnum):
    """What an exercise trains first. Every plan holds one hip and one knee item (evidence.md, section 1)."""

    HIP = "hip"
    KNEE = "knee"
    CORE = "core"


class Span(Struct, frozen=True):
    """A range of whole numbers or seconds as a source gives it, both ends included; lo <= hi."""

    lo: float
    hi: float

    @property
    def fixed(self) -> bool:
        return self.lo == self.hi


class Phase(Struct, frozen=True):
    """One part of a repetition; `label` is the word on the screen ("Lift", "Hold", "Step out")."""

    kind: PhaseKind
    label: str


class Form(Struct, frozen=True):
    """How a body does an exercise or one rung of its ladder: position, words, phases, kit and figure."""

    posture: Posture
    sides: Sides
    side_order: SideOrder
    start: str
    steps: tuple[str, ...]
    cue: str  # the one form cue shown while working, at most 60 characters
    stance: Mapping[str, str]  # keys "left" and "right", or "both": position words that cannot be misread
    turn: str  # what to do with the body at the switch; empty where nothing changes
    phases: tuple[Phase, ...]
    equipment: tuple[str, ...]  # ids of kit, see KIT
    loaded: bool  # carries body weight through one bent knee, or an added weight (adaptation.md, 3)
    figure: str | None  # id of a file in assets/figures

    def stance_for(self, side: Side | None) -> str:
        """Words for the working side; the general ones where the sides share them."""
        return self.stance.get(side or "both") or self.stance.get("both", "")


class LadderStep(Struct, frozen=True):
    """One rung, easy to hard. `how` says in one sentence what makes this form different."""

    id: str
    name: str
    adds_weight: bool
    weight_lb: float | None  # the added weight in pounds where a source or the project names one
    how: str
    form: Form  # complete: the exercise's own form with this rung's differences laid over it
    hold_s: float | None = None  # isometric seconds of a rep where the rung's differ from the dose's
    given: bool = True  # False: the rung is the project's own, no source names it


class Dose(Struct, frozen=True):
    """Sets, repetitions or hold, tempo and frequency from one source ("A1" is item 1 of source A)."""

    id: str
    source: str  # "A1" ... "A8", "B1" ... "B4", or "own"
    step: str  # id of the ladder step that is the dose's own form
    sets: Span
    reps: Span | None  # per side where sides are worked apart; None: the set is one hold of hold_s
    hold_s: Span | None  # isometric seconds of a rep, or the length of a set where reps is None
    concentric_s: float | None  # None only where reps is None
    eccentric_s: Span | None
    rest_s: float
    per_week: Span
    free_day: bool
    complexity: str | None
    outcome: str | None  # what the article expects, in our words; shown as "from the article"
    outcome_weeks: Span | None
    stars: int | None
    given: tuple[str, ...]  # names of the fields above that the source itself states

    @property
    def holds_only(self) -> bool:
        """True for planks and stretches: one isometric step makes the set."""
        return self.reps is None


class Exercise(Struct, frozen=True):
    """One movement with its words, ladder and doses. The file's name is the id."""

    id: str
    name: str
    say: str  # how a voice should pronounce the name
    region: Region
    targets: tuple[str, ...]
    insight: str
    safety: str
    why: str
    form: Form  # the usual form; a dose's own is the form of its ladder step
    ladder: tuple[LadderStep, ...]  # easy to hard
    doses: tuple[Dose, ...]
    given: tuple[str, ...]  # names of the fields that a source states; the others are the project's own

    def dose(self, dose_id: str) -> Dose:
        """The dose with this id. Raises KeyError."""
        for dose in self.doses:
            if dose.id == dose_id:
                return dose
        raise KeyError(dose_id)

    def step(self, step_id: str) -> LadderStep:
        """The rung with this id. Raises KeyError."""
        return self.ladder[self.rung(step_id)]

    def rung(self, step_id: str) -> int:
        """Index of a rung, 0 the easiest. Raises KeyError."""
        for index, step in enumerate(self.ladder):
            if step.id == step_id:
                return index
        raise KeyError(step_id)


class RoutineItem(Struct, frozen=True):
    """One line of a routine. None means: as the dose says, at the lowest value of its range."""

    exercise: str
    dose: str | None = None  # None: the exercise's first dose
    sets: int | None = None
    reps: int | None = None
    hold_s: float | None = None
    concentric_s: float | None = None
    eccentric_s: float | None = None
    rest_s: float | None = None
    sides: str | None = None  # "left", "right" or "both", where the exercise works each side


class Routine(Struct, frozen=True):
    """A list of exercises to do in one session."""

    id: str
    title: str
    purpose: str
    source: str
    items: tuple[RoutineItem, ...]


class Prescription(Struct, frozen=True):
    """What one exercise asks for in one session: plain numbers, ready to compile.

    `reps` None means one hold of `hold_s` seconds a set. `ladder_step` None means the dose's own form.
    `sides` limits an `each` exercise to one side; None is both. Seconds may be fractions.
    """

    exercise: str
    dose: str
    ladder_step: str | None
    sets: int
    reps: int | None
    hold_s: float | None
    concentric_s: float | None
    eccentric_s: float | None
    rest_s: float
    sides: Side | None = None
    override: str | None = None  # "stay", "easier" or "harder" where the user chose, else None


class Catalogue(Struct, frozen=True):
    """All exercises and routines, the app's own and the user's, in their catalogue order."""

    exercises: Mapping[str, Exercise]
    routines: Mapping[str, Routine]
