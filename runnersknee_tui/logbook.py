"""Sessions done without the app: what was planned for that day, kept as done by the runner's own word."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from runnersknee_tui import __version__
from runnersknee_tui.coach import TODAY, Coach
from runnersknee_tui.core.logged import logged_record
from runnersknee_tui.store.clock import zone_name
from runnersknee_tui.workspace import new_id

if TYPE_CHECKING:
    from runnersknee_tui.core.record import SessionRecord
    from runnersknee_tui.core.timeline import Plan
    from runnersknee_tui.workspace import Workspace

NOON = time(12)
"""When a session of an earlier day is said to have been: nobody knows better."""


def planned(workspace: Workspace, routine: str, day: date) -> Plan | None:
    """What a routine, or `TODAY` the plan of that day, would have been then; None where nothing is left of it.

    Reads the history. Raises KeyError for a routine that is none.
    """
    coach = Coach(workspace, day)
    if routine == TODAY:
        prepared = coach.session(coach.today())
    else:
        prepared = coach.routine(workspace.catalogue.routines[routine])
    return None if prepared is None else prepared.plan


def record_of(
    workspace: Workspace, plan: Plan, day: date, *, minutes: float | None = None, note: str = ""
) -> SessionRecord:
    """The record of a plan done on a day, today or earlier; not saved yet."""
    return logged_record(
        plan,
        id=new_id(),
        app=__version__,
        started_at=_moment(workspace, day),
        tz=zone_name(workspace.env),
        minutes=minutes,
        note=note,
    )


def _moment(workspace: Workspace, day: date) -> datetime:
    """Now for today, else noon, in the zone of the clock as it was on that day where its name is known."""
    now = workspace.clock.wall()
    if day == now.date():
        return now
    name = zone_name(workspace.env)
    return datetime.combine(day, NOON, tzinfo=ZoneInfo(name) if name else now.tzinfo)
