"""`runnersknee today`: what is due, what may come on top, what rests, and why."""

from __future__ import annotations

import argparse

from runnersknee_tui.commands.usage import add_json, day, print_json, print_lines, warn, warn_of, width
from runnersknee_tui.workspace import Workspace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_json(parser)
    parser.add_argument(
        "--date", type=day, metavar="DATE", help="as it stands on this day, from what was done until then"
    )


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    from runnersknee_tui.coach import Coach

    today = Coach(workspace, args.date).today()
    if args.json:
        from runnersknee_tui.core.agenda import today_json

        print_json(today_json(today))
    else:
        from runnersknee_tui.core.today_text import today_page

        print_lines(today_page(today, workspace.catalogue, width()))
    bad = len(workspace.history.unreadable)
    if bad:
        warn(f"{bad} file{'s' if bad > 1 else ''} could not be read; runnersknee check tells which")
    warn_of(workspace.loaded.problems)
    return 0
