"""From a running session to its record, and to the checkpoint that survives a crash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct, field, to_builtins

from runnersknee_tui.core.credit import exercise_records
from runnersknee_tui.core.model import Catalogue, Prescription, Side
from runnersknee_tui.core.record import CheckIn, Knees, SessionRecord
from runnersknee_tui.core.session import Session, State, WaitForMe
from runnersknee_tui.core.timeline import Timing, compile_plan, item_for


class Start(Struct, frozen=True):
    """What is known of a session when it begins. `started_at` carries its offset, `tz` is an IANA name or None."""

    id: str  # 16 hex digits
    app: str
    started_at: datetime
    tz: str | None
    local_date: date
    rehearsal: bool = False
    check_in: CheckIn = field(default_factory=CheckIn)


def build_record(
    session: Session,
    start: Start,
    *,
    end_reason: str | None = None,
    confirmed: bool = False,
    clock_jump_s: float = 0.0,
) -> SessionRecord:
    """The record of a session as it stands. It ends `active + paused` seconds after its start, whatever the
    wall clock did meanwhile. A session that is not done yet is taken as stopped for `end_reason`.
    """
    reason = end_reason or session.end_reason or "quit"
    elapsed = timedelta(seconds=session.active_s + session.paused_s)
    return SessionRecord(
        id=start.id,
        app=start.app,
        started_at=start.started_at,
        ended_at=start.started_at + elapsed,
        tz=start.tz,
        local_date=start.local_date,
        routine_id=session.plan.routine,
        routine_title=session.plan.title,
        status="completed" if reason == "finished" else "stopped",
        end_reason=reason,
        exercises=exercise_records(session.plan, session.credit),
        active_s=round(session.active_s, 1),
        paused_s=round(session.paused_s, 1),
        clock_jump_s=round(clock_jump_s, 1),
        rehearsal=start.rehearsal,
        confirmed=confirmed,
        check_in=start.check_in,
    )


# --- checkpoint ----------------------------------------------------------------------------------------------


def checkpoint(session: Session, start: Start) -> dict[str, Any]:
    """Everything that is needed to go on with a session, or to save it as stopped, as plain JSON values."""
    plan = session.plan
    check_in = start.check_in
    signs = check_in.warning_signs
    return {
        "id": start.id,
        "app": start.app,
        "started_at": start.started_at.isoformat(),
        "tz": start.tz,
        "local_date": start.local_date.isoformat(),
        "rehearsal": start.rehearsal,
        "check_in": {
            "before": to_builtins(check_in.before),
            "ran": check_in.ran,
            "warning_signs": None if signs is None else list(signs),
        },
        "routine": plan.routine,
        "title": plan.title,
        "first_side": plan.first_side.value,
        "timing": to_builtins(plan.timing),
        "wait_for_me": session.wait_for_me.value,
        "items": to_builtins([item.prescription for item in plan.items]),
        "session": session.snapshot(),
    }


def from_checkpoint(plain: Mapping[str, Any], catalogue: Catalogue, now: float) -> tuple[Session, Start]:
    """The paused session of a checkpoint.

    Raises KeyError, TypeError or ValueError where it does not fit: a damaged file, or an exercise that is gone.
    """
    asked = plain["check_in"]
    signs = asked["warning_signs"]
    start = Start(
        id=str(plain["id"]),
        app=str(plain["app"]),
        started_at=datetime.fromisoformat(plain["started_at"]),
        tz=plain["tz"],
        local_date=date.fromisoformat(plain["local_date"]),
        rehearsal=bool(plain["rehearsal"]),
        check_in=CheckIn(
            before=Knees(**asked["before"]),
            ran=asked["ran"],
            warning_signs=None if signs is None else tuple(signs),
        ),
    )
    plan = compile_plan(
        str(plain["routine"]),
        str(plain["title"]),
        [item_for(_prescription(item), catalogue) for item in plain["items"]],
        first_side=Side(plain["first_side"]),
        timing=Timing(**plain["timing"]),
    )
    session = Session.restore(plan, plain["session"], now, wait_for_me=WaitForMe(plain["wait_for_me"]))
    assert session.state is State.PAUSED
    return session, start


def _prescription(plain: Mapping[str, Any]) -> Prescription:
    side = plain["sides"]
    return Prescription(**{**plain, "sides": Side(side) if side else None})
