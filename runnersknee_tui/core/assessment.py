"""The terms of the judgement: pain zones, what was answered, where on the ladder, what came before, what follows.

Data only; `core.judgement` holds the rules, in the order of adaptation.md, section 3.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Decision(StrEnum):
    """What happens to the dose of an exercise."""

    KEEP = "keep"
    PROGRESS = "progress"
    REGRESS = "regress"
    STOP = "stop"


class Move(StrEnum):
    """How the dose changes; `core.ladder` carries it out."""

    SAME = "same"
    LOWEST = "lowest"  # same step, lowest target of the range
    TARGET = "target"  # same step, the target that the judgement names
    NEXT_STEP = "next-step"  # one step up, at its lowest target
    EASIER = "easier"  # as `Easing` says


class Easing(StrEnum):
    """The next easier dose: a step down where there is one, then a third less, then rest (adaptation.md, 3)."""

    STEP = "one step easier"
    THIRD = "a third less"
    REST = "2 days of rest"

    @property
    def on_return(self) -> str:
        """How the exercise comes back after a stop."""
        return {Easing.STEP: "one step easier", Easing.THIRD: "with a third less"}.get(
            self, "after 2 days of rest"
        )


class PainLine(Struct, frozen=True):
    """The zones of the 0-10 scale: green up to `green`, red from `red` on, amber between."""

    green: int
    red: int

    @property
    def limit(self) -> int:
        """The highest pain that is not yet a stop."""
        return self.red - 1

    def is_amber(self, pain: int | None) -> bool:
        return pain is not None and self.green < pain < self.red

    def is_green(self, pain: int | None) -> bool:
        return pain is not None and pain <= self.green


EVIDENCE = PainLine(green=2, red=6)
PAIN_FREE = PainLine(green=0, red=3)

MILD = 3
"""The amber pain that may still progress when it was calm twice (rule 9; Smith 2017)."""
FEWEST_REPS, SHORTEST_HOLD_S = 5, 10
PAIN_FREE_DAYS, PAIN_FREE_SESSIONS = 7, 3
"""Before weight is added: whole days without pain, and how often the exercise was done meanwhile."""


class Answers(Struct, frozen=True):
    """One exercise of one session as it was answered; None is an open answer. Pain is 0-10.

    `after` is the morning after, `ran` what came between. `done` is the share of that day's plan, 0-1.
    """

    before: int | None
    during: int | None
    after: int | None
    target: int
    ran: str | None = None
    sharp: bool | None = None
    stopped: bool = False
    form: str | None = "good"
    done: float = 1.0
    confirmed: bool = True
    signs: bool = False

    def pain_stop(self, line: PainLine) -> bool:
        """Sharp or rising pain, pain in the red, or `x` pressed and its questions left open."""
        return (
            bool(self.sharp)
            or (self.during is not None and self.during >= line.red)
            or self.stopped_unanswered
        )

    @property
    def stopped_unanswered(self) -> bool:
        return self.stopped and (self.sharp is None or self.during is None)

    @property
    def rise(self) -> int | None:
        """Points the morning after stands above the start; None where either is open."""
        return None if self.after is None or self.before is None else self.after - self.before

    @property
    def unspoilt(self) -> bool:
        """All done in good form, confirmed, and no worse the morning after."""
        settled = self.rise is not None and self.rise <= 0
        return settled and self.form == "good" and self.done >= 1 and self.confirmed

    def clean(self, line: PainLine) -> bool:
        return line.is_green(self.before) and line.is_green(self.during) and self.unspoilt

    @property
    def calm_at_mild(self) -> bool:
        return self.during == MILD and self.before is not None and self.before <= MILD and self.unspoilt


class Place(Struct, frozen=True):
    """Where on its ladder the exercise was done, and what lies around. Targets are repetitions or seconds."""

    hi: int  # the highest target of the step
    next_lo: int  # the lowest target of the next step, where there is one
    holds: bool = False  # targets are seconds of a hold, changed 5 s at a time
    loaded: bool = False
    last_step: bool = False
    next_adds_weight: bool = False
    next_needs: str = ""  # the kit that the next step asks for and that is not at hand
    easing: Easing = Easing.STEP


class Past(Struct, frozen=True):
    """What came before. `earlier` holds the sessions in the same form, newest first; two are enough."""

    earlier: tuple[Answers, ...] = ()
    second_stop: bool = False  # another pain stop on this exercise in the 14 days before
    pain_free_days: int = 0
    pain_free_sessions: int = PAIN_FREE_SESSIONS
    stepped_up: bool = False  # another exercise took its next step that day


class Judgement(Struct, frozen=True):
    """A decision, the rule that made it (its number in the table) and its reason, under 140 characters."""

    rule: int
    decision: Decision
    move: Move
    reason: str
    target: int | None = None  # for Move.TARGET
    pauses: bool = False  # the exercise waits until a clinician has cleared the runner
