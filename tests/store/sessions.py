"""Plain sessions for the tests of the store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from runnersknee_tui.core.record import ExerciseRecord, Knees, SessionRecord, SetRecord, Target

START = datetime(2026, 3, 29, 6, 30, tzinfo=UTC)


def session(number: int = 0, **changes: object) -> SessionRecord:
    """The `number`-th session of a row of days; the higher the number, the later."""
    started = START + timedelta(days=number)
    bridge = ExerciseRecord(
        id="glute-bridge",
        name="Glute bridge",
        dose="prehab",
        ladder_step=None,
        override=None,
        target=Target(2, 10, 2.0),
        sets=(SetRecord(None, 10, 20.0, "done"), SetRecord(None, 8, 16.0, "partial")),
        during=Knees(left=2),
        form="good",
    )
    values: dict[str, object] = {
        "id": f"{number:016x}",
        "app": "0.1.0",
        "started_at": started,
        "ended_at": started + timedelta(minutes=20),
        "tz": "Europe/Berlin",
        "local_date": started.date(),
        "routine_id": "prehab",
        "routine_title": "Prehab four",
        "status": "completed",
        "end_reason": "finished",
        "exercises": (bridge,),
        "active_s": 1130.2,
        "paused_s": 69.8,
    }
    return SessionRecord(**{**values, **changes})  # type: ignore[arg-type]


def name_of(record: SessionRecord) -> str:
    return f"{record.started_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{record.id}.json"
