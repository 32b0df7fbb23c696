"""`runnersknee start [ROUTINE]`: a guided session at once."""

from __future__ import annotations

import argparse

from runnersknee_tui.commands.sessions import live
from runnersknee_tui.commands.usage import add_session_options, pick
from runnersknee_tui.workspace import Workspace

FIRST_CHOICE = {"rehab": "starter", "prehab": "prehab"}
"""By programme, what begins when no routine is named."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "routine", nargs="?", metavar="ROUTINE", help="the id of a routine, see runnersknee routines"
    )
    add_session_options(parser)


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    name = args.routine or FIRST_CHOICE[workspace.settings.values.programme]
    return live(pick("routine", name, workspace.catalogue.routines), args, workspace)
