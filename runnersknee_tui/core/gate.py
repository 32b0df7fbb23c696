"""Before a session, and at the moment it hurts: adaptation.md, section 2 and the end of section 3."""

from __future__ import annotations

from msgspec import Struct

from runnersknee_tui.core.assessment import Decision, Easing, PainLine
from runnersknee_tui.core.judgement import SIGN_REASON, amber_reason, stop_reason

REST_TODAY = 6
"""Knee pain before a session from which on today is a rest day."""


class Gate(Struct, frozen=True):
    """What today does to the plan of an exercise. `rule` is the row of the table, 1-6."""

    rule: int
    decision: Decision
    reason: str

    @property
    def stops(self) -> bool:
        """No session of any kind (rule 1), or none of the programme's today (rule 2)."""
        return self.decision is Decision.STOP


AS_PLANNED = Gate(6, Decision.KEEP, "Nothing speaks against the plan; do it as written.")


def gate(
    *,
    signs: bool,
    before: int | None,
    gap_days: int | None,
    easing: Easing = Easing.STEP,
    holds: bool = False,
) -> Gate:
    """First match wins. `gap_days` is None for an exercise never done; `easing` is how it would get easier."""
    if signs:
        return Gate(1, Decision.STOP, SIGN_REASON)
    if before is not None and before >= REST_TODAY:
        reason = (
            f"Your knee is at {before}/10 before starting, so today is a rest day; "
            "check the warning signs and look again tomorrow."
        )
        return Gate(2, Decision.STOP, reason)
    if gap_days is None or gap_days < 8:
        return AS_PLANNED
    been = f"It has been {gap_days} days, so you"
    if gap_days >= 28:
        return Gate(3, Decision.REGRESS, f"{been} start again at the easiest step.")
    if gap_days >= 14:
        lower = {Easing.STEP: "one step easier", Easing.THIRD: "with a third less"}.get(easing, "gently")
        return Gate(4, Decision.REGRESS, f"{been} restart {lower} and build back.")
    lowest = "shortest hold" if holds else "lowest reps"
    return Gate(5, Decision.KEEP, f"{been} do the same exercise at its {lowest} today.")


GO_ON, EASIER, SKIP, END = "go-on", "easier", "skip", "end"


class AfterHurt(Struct, frozen=True):
    """What "it hurts" leaves open, and why. `pain_stop`: no loaded knee exercise for the rest of the session."""

    choices: tuple[str, ...]
    reason: str
    pain_stop: bool


def after_hurt(
    sharp: bool | None, pain: int | None, line: PainLine, easing: Easing = Easing.STEP
) -> AfterHurt:
    """After `x` and its two questions; None is an open answer, and open counts as a stop.

    `easing` is what the exercise's ladder has below; "easier" is offered only where that is a step.
    """
    if sharp is None or sharp or pain is None or pain >= line.red:
        return AfterHurt((SKIP, END), stop_reason(sharp, pain, line, easing), pain_stop=True)
    easier = (EASIER,) if easing is Easing.STEP else ()
    if line.is_amber(pain):
        return AfterHurt((*easier, SKIP, END), amber_reason(pain), pain_stop=False)
    reason = f"Pain is {pain}/10: within your limit, so the choice is yours."
    return AfterHurt((GO_ON, *easier, SKIP, END), reason, pain_stop=False)
