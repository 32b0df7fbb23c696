"""A session that was done without the app, by the runner's own word: everything as it was planned."""

from __future__ import annotations

from datetime import datetime, timedelta

from runnersknee_tui.core.record import ExerciseRecord as Entry
from runnersknee_tui.core.record import SessionRecord, SetRecord, Target
from runnersknee_tui.core.timeline import Half, Plan


def logged_record(
    plan: Plan,
    *,
    id: str,  # noqa: A002 - the record's own name for it
    app: str,
    started_at: datetime,
    tz: str | None,
    minutes: float | None = None,
    note: str = "",
) -> SessionRecord:
    """The record of a plan done whole; what differed is corrected afterwards. Pain and form stay open.

    `started_at` is aware. Without `minutes` nobody measured the time, and it counts as none.
    """
    active_s = 60.0 * (minutes or 0.0)
    return SessionRecord(
        id=id,
        app=app,
        started_at=started_at,
        ended_at=started_at + timedelta(seconds=active_s),
        tz=tz,
        local_date=started_at.date(),
        routine_id=plan.routine,
        routine_title=plan.title,
        status="completed",
        end_reason="finished",
        exercises=tuple(_entry(plan, number) for number in range(len(plan.items))),
        active_s=active_s,
        confirmed=True,
        source="log",
        note=note,
    )


def _entry(plan: Plan, number: int) -> Entry:
    item = plan.items[number]
    asked = item.prescription
    return Entry(
        id=item.exercise.id,
        name=item.name,
        dose=asked.dose,
        ladder_step=asked.ladder_step,
        override=asked.override,
        target=Target(asked.sets, asked.reps, asked.hold_s),
        sets=tuple(
            SetRecord(None if side is None else side.value, half.reps, _held(half), "done")
            for half in plan.halves
            if half.item == number
            for side in half.rows
        ),
    )


def _held(half: Half) -> float:
    return round((half.hold_s or 0.0) * (1 if half.reps is None else half.reps), 1)
