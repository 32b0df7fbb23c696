"""The user's own choice of stay, easier or harder. It never beats a stop, a pause or a lock (adaptation.md, 3)."""

from __future__ import annotations

from msgspec.structs import replace

from runnersknee_tui.core.assessment import PAIN_FREE_DAYS, PAIN_FREE_SESSIONS, Decision
from runnersknee_tui.core.ladder import Position, eased, missing_kit, prescription_at, reach, step_above
from runnersknee_tui.core.model import Prescription
from runnersknee_tui.core.prescribing import Planned
from runnersknee_tui.core.programme import Profile
from runnersknee_tui.core.progress import Progress

STAY, EASIER, HARDER = "stay", "easier", "harder"


def overrides(progress: Progress, planned: Planned, profile: Profile) -> dict[str, Prescription]:
    """What the user may choose instead of today's plan, by its word in the record; may be empty.

    Stay: the dose of the last session again. Easier: one step down, or what stands for it at the bottom.
    Harder: one repetition or 5 s more, at the top the next step; added weight only after its pain-free days and
    not on a day that rests from it. Whoever shows them leaves them out for an exercise that is locked.
    """
    if planned.rests or progress.paused or planned.missing:
        return {}
    found = {EASIER: eased(progress.exercise, progress.dose, planned.position, profile.kit)}
    if planned.decision is not Decision.STOP and not planned.light:
        found |= {STAY: _last(progress, planned, profile), HARDER: _harder(progress, planned, profile)}
    return {
        choice: replace(
            prescription_at(progress.exercise, progress.dose, found[choice], profile.sets), override=choice
        )
        for choice in (STAY, EASIER, HARDER)
        if choice in found and found[choice] != planned.position
    }


def _last(progress: Progress, planned: Planned, profile: Profile) -> Position:
    at = progress.verdicts[-1].at if progress.verdicts else planned.position
    return planned.position if missing_kit(progress.exercise.step(at.step).form, profile.kit) else at


def _harder(progress: Progress, planned: Planned, profile: Profile) -> Position:
    exercise, dose, at = progress.exercise, progress.dose, planned.position
    top = reach(dose, exercise.step(at.step))[1]
    if at.target < top:
        return Position(at.step, min(at.target + (5 if dose.holds_only else 1), top))
    above = step_above(exercise, at.step, profile.kit)
    if above is None or (above.adds_weight and not _weight_allowed(progress)):
        return at
    return Position(above.id, reach(dose, above)[0])


def _weight_allowed(progress: Progress) -> bool:
    return progress.pain_free_days >= PAIN_FREE_DAYS and progress.pain_free_sessions >= PAIN_FREE_SESSIONS
