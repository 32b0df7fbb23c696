"""`runnersknee log ROUTINE`: a session that was done without the app, by the runner's own word."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time

from runnersknee_tui import __version__
from runnersknee_tui.coach import TODAY, Coach
from runnersknee_tui.commands.exits import EXIT_WRONG, UsageError
from runnersknee_tui.commands.usage import day, pick, print_lines, warn_of
from runnersknee_tui.core.due import day_words
from runnersknee_tui.core.words import clean
from runnersknee_tui.store.clock import zone_name
from runnersknee_tui.workspace import Prepared, Workspace

LONGEST_NOTE = 2000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("routine", metavar="ROUTINE", help="the id of a routine, or today for what was due")
    add("--date", type=day, metavar="DATE", help="the day on which it was done, today where none is given")
    add("--note", default="", metavar="TEXT", help="a word about it")


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    now = workspace.clock.wall()
    on: date = args.date or now.date()
    if on > now.date():
        raise UsageError(f"{on.isoformat()} is still to come; what was done can be logged")
    if len(args.note) > LONGEST_NOTE:
        raise UsageError(f"a note has at most {LONGEST_NOTE} characters, this one has {len(args.note)}")
    prepared = _prepared(args.routine, on, workspace)
    warn_of(workspace.loaded.problems)
    if prepared is None:
        print_lines(["Nothing was due that day, so there is nothing to log: name a routine."])
        return EXIT_WRONG
    _save(prepared, on, clean(args.note, lines=True), workspace)
    words = [f"{item.name}: done as planned" for item in prepared.plan.items]
    print_lines(
        [
            f"Logged: {prepared.plan.title}, {day_words(on)}.",
            *words,
            *prepared.left_out,
            "Pain and form stay open; all of it can be corrected in runnersknee history.",
        ]
    )
    return 0


def _prepared(name: str, on: date, workspace: Workspace) -> Prepared | None:
    """What that day asked for, at the targets of the day."""
    coach = Coach(workspace, on)
    if name == TODAY:
        return coach.session(coach.today())
    routine = pick("routine", name, workspace.catalogue.routines)
    return coach.routine(routine, coach.today())


def _save(prepared: Prepared, on: date, note: str, workspace: Workspace) -> None:
    from secrets import token_hex

    from runnersknee_tui.core.logged import logged_record

    tz = zone_name(workspace.env)
    record = logged_record(
        prepared.plan,
        id=token_hex(8),
        app=__version__,
        started_at=_moment(on, tz, workspace.clock.wall()),
        tz=tz,
        note=note,
    )
    workspace.history.save(record)


def _moment(on: date, tz: str | None, now: datetime) -> datetime:
    """Now for today; noon for an earlier day, as nobody said when."""
    if on == now.date():
        return now
    from zoneinfo import ZoneInfo

    return datetime.combine(on, time(12), tzinfo=ZoneInfo(tz) if tz else now.tzinfo)
