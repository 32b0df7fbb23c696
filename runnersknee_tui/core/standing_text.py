"""Where the user stands on the ladder of one exercise, and why, as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from textwrap import wrap

from runnersknee_tui.core.adaptation import Standings
from runnersknee_tui.core.due import day_words
from runnersknee_tui.core.exercise_text import span_words
from runnersknee_tui.core.ladder import reach
from runnersknee_tui.core.model import Exercise, Span
from runnersknee_tui.core.prescribing import Planned, plan_for
from runnersknee_tui.core.programme import Key, Profile
from runnersknee_tui.core.progress import Progress


def standing_lines(
    exercise: Exercise, standing: Standings, profile: Profile, day: date, width: int = 80
) -> list[str]:
    """One paragraph a dose that was ever done: the next session's step and numbers, and their reason."""
    lines = ["", "Where you stand"]
    done = [
        progress
        for dose in exercise.doses
        if (progress := standing.progress[Key(exercise.id, dose.id)]).last_done is not None
    ]
    if not done:
        return [*lines, "  Not done yet: each dose starts at its lowest numbers."]
    for progress in done:
        lines += _paragraph(progress, plan_for(progress, day, profile), day, width)
    return lines


def steps_reached(exercise: Exercise, standing: Standings) -> frozenset[str]:
    """Ids of the rungs on which a dose of this exercise stands, of those that were ever done."""
    known = (standing.progress[Key(exercise.id, dose.id)] for dose in exercise.doses)
    return frozenset(progress.position.step for progress in known if progress.last_done is not None)


def _paragraph(progress: Progress, planned: Planned, day: date, width: int) -> Iterator[str]:
    exercise, dose = progress.exercise, progress.dose
    step = planned.step(exercise)
    rung = exercise.rung(step.id) + 1
    lo, hi = reach(dose, step)
    unit = " s" if dose.holds_only else ""
    span = span_words(Span(lo, hi))
    yield f"  {dose.id}: step {rung} of {len(exercise.ladder)}, {step.name}"
    asked = f"Next: {planned.prescription.sets} x {planned.position.target}{unit}, of {span}{unit}."
    sentences = [
        asked,
        *_reasons(progress, planned, day),
        f"Last done {day_words(progress.last_done or day)}.",
    ]
    yield from wrap(" ".join(sentences), width, initial_indent="    ", subsequent_indent="    ")


def _reasons(progress: Progress, planned: Planned, day: date) -> Iterator[str]:
    yield planned.why
    if progress.paused:
        yield "Paused after two pain stops in 14 days, until a clinician has cleared you."
    elif progress.rest_until is not None and day < progress.rest_until:
        yield f"Resting until {day_words(progress.rest_until)} {progress.rest_reason}."
