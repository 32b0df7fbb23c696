"""Records made by hand or by Hypothesis, and the shortest way to a state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from runnersknee_tui.core.model import Prescription, Sides
from runnersknee_tui.core.record import CheckIn, ExerciseRecord, Knees, SessionRecord, SetRecord, Target
from tests.core.catalogue_for_tests import CATALOGUE

MONDAY = date(2026, 6, 1)


def left(pain: int | None) -> Knees:
    return Knees(left=pain)


def entry_of(
    asked: Prescription,
    *,
    during: int | None = 0,
    form: str | None = "good",
    done: float = 1.0,
    sharp: bool | None = None,
    stopped: bool = False,
    knees: Knees | None = None,
) -> ExerciseRecord:
    """A prescription as it was done: every set in full, or the same share of every set."""
    exercise = CATALOGUE.exercises[asked.exercise]
    step = exercise.step(asked.ladder_step or exercise.dose(asked.dose).step)
    sides = ("left", "right") if step.form.sides is not Sides.BOTH else (None,)
    reps = None if asked.reps is None else int(asked.reps * done)
    held_s = float(asked.hold_s or 0) * done
    outcome = "done" if done >= 1 else "partial" if done else "skipped"
    rows = tuple(SetRecord(side, reps, held_s, outcome) for _ in range(asked.sets) for side in sides)
    return ExerciseRecord(
        id=asked.exercise,
        name=exercise.name,
        dose=asked.dose,
        ladder_step=asked.ladder_step,
        override=asked.override,
        target=Target(asked.sets, asked.reps, asked.hold_s),
        sets=rows,
        during=knees or left(during),
        sharp=sharp,
        stopped=stopped,
        form=form,
    )


def session(
    day: date,
    *entries: ExerciseRecord,
    before: int | None = 0,
    after: int | None = 0,
    ran: str | None = None,
    name: str = "",
    **more: Any,
) -> SessionRecord:
    """One confirmed session of today's plan at seven in the morning."""
    begun = datetime.combine(day, time(7), UTC)
    return SessionRecord(
        id=name or f"{day:%Y%m%d}",
        app="0.1.0",
        started_at=begun,
        ended_at=begun + timedelta(minutes=20),
        tz="Europe/Berlin",
        local_date=day,
        routine_id=more.pop("routine_id", "today"),
        routine_title="Today",
        status=more.pop("status", "completed"),
        end_reason=more.pop("end_reason", "finished"),
        exercises=entries,
        confirmed=more.pop("confirmed", True),
        check_in=CheckIn(left(before), left(after), ran, more.pop("warning_signs", None)),
        **more,
    )


def asked(exercise: str, dose: str = "rehab", target: int | None = None, **more: Any) -> Prescription:
    """A dose of the test catalogue at a target, on its own form or on the step named."""
    known = CATALOGUE.exercises[exercise].dose(dose)
    reps = None if known.reps is None else int(known.reps.lo if target is None else target)
    hold_s = None if known.hold_s is None else float(known.hold_s.lo)
    if reps is None and target is not None:
        hold_s = float(target)
    return Prescription(
        exercise=exercise,
        dose=dose,
        ladder_step=more.pop("step", None),
        sets=more.pop("sets", int(known.sets.lo)),
        reps=reps,
        hold_s=hold_s,
        concentric_s=known.concentric_s,
        eccentric_s=2.0,
        rest_s=known.rest_s,
        **more,
    )


# --- any history ---------------------------------------------------------------------------------------------

pains = st.one_of(st.none(), st.integers(0, 3), st.integers(0, 10))
doses = st.sampled_from(
    [(name, dose.id) for name, known in CATALOGUE.exercises.items() for dose in known.doses]
)


@st.composite
def entries(draw: st.DrawFn) -> ExerciseRecord:
    name, dose = draw(doses)
    known = CATALOGUE.exercises[name]
    step = draw(st.sampled_from([None, *(rung.id for rung in known.ladder), "gone"]))
    shown = asked(name, dose, draw(st.integers(5, 30)), sets=draw(st.integers(1, 3)))
    done = entry_of(
        shown,
        form=draw(st.sampled_from([None, "good", "good", "good", "shaky", "lost"])),
        done=draw(st.sampled_from([0.0, 0.3, 0.5, 0.9, 1.0, 1.0, 1.0])),
        sharp=draw(st.sampled_from([None, None, False, True])),
        stopped=draw(st.sampled_from([False, False, False, True])),
        knees=Knees(draw(pains), draw(pains)),
    )
    return ExerciseRecord(
        done.id, done.name, done.dose, step, draw(st.sampled_from([None, None, "easier"])), done.target,
        done.sets, done.during, done.sharp, done.stopped, done.form,
    )  # fmt: skip


@st.composite
def histories(draw: st.DrawFn, most: int = 12) -> Sequence[SessionRecord]:
    """Sessions of any kind on any days of half a year, in any order."""
    return [
        session(
            MONDAY + timedelta(days=draw(st.integers(0, 180))),
            *draw(st.lists(entries(), max_size=4)),
            before=draw(pains),
            after=draw(pains),
            ran=draw(st.sampled_from([None, "no", "hard"])),
            name=f"{number:04}",
            confirmed=draw(st.booleans()),
            status=draw(st.sampled_from(["completed", "stopped"])),
            rehearsal=draw(st.sampled_from([False, False, False, True])),
            routine_id=draw(st.sampled_from(["today", "today", "prerun", "lunch"])),
            warning_signs=draw(st.sampled_from([None, None, (), ("locked",)])),
        )
        for number in range(draw(st.integers(0, most)))
    ]
