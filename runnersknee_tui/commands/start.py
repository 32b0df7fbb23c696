"""`runnersknee start [ROUTINE]`: a guided session at once."""

from __future__ import annotations

import argparse

from runnersknee_tui.commands.sessions import live
from runnersknee_tui.commands.usage import add_session_options, pick
from runnersknee_tui.workspace import Workspace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "routine", nargs="?", metavar="ROUTINE", help="the id of a routine, see runnersknee routines"
    )
    add_session_options(parser)


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    if args.routine is None:
        return live("today", args, workspace)
    return live(pick("routine", args.routine, workspace.catalogue.routines).id, args, workspace)
