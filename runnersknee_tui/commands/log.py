"""`runnersknee log ROUTINE`: a session that was done without the app, by the runner's own word."""

from __future__ import annotations

import argparse
from datetime import date

from runnersknee_tui.commands.exits import EXIT_WRONG, UsageError
from runnersknee_tui.commands.usage import day, pick, print_lines, warn_of
from runnersknee_tui.workspace import Workspace

LONGEST_NOTE = 2000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("routine", metavar="ROUTINE", help="the id of a routine, or today for what was due")
    add("--date", type=day, metavar="DATE", help="the day on which it was done, today where none is given")
    add("--note", default="", metavar="TEXT", help="a word about it")


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    from runnersknee_tui.coach import TODAY
    from runnersknee_tui.core.due import day_words
    from runnersknee_tui.core.words import clean
    from runnersknee_tui.logbook import planned, record_of

    now = workspace.clock.wall().date()
    on: date = args.date or now
    if on > now:
        raise UsageError(f"{on.isoformat()} is still to come; what was done can be logged")
    if len(args.note) > LONGEST_NOTE:
        raise UsageError(f"a note has at most {LONGEST_NOTE} characters, this one has {len(args.note)}")
    if args.routine != TODAY:
        pick("routine", args.routine, workspace.catalogue.routines)
    plan = planned(workspace, args.routine, on)
    warn_of(workspace.loaded.problems)
    if plan is None:
        print_lines(["Nothing was due that day, so there is nothing to log: name a routine."])
        return EXIT_WRONG
    workspace.history.save(record_of(workspace, plan, on, note=clean(args.note, lines=True)))
    print_lines(
        [
            f"Logged: {plan.title}, {day_words(on)}.",
            *(f"{item.name}: done as planned" for item in plan.items),
            "Pain and form stay open; all of it can be corrected in runnersknee history.",
        ]
    )
    return 0
