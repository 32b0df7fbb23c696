"""`runnersknee start [ROUTINE]`: a guided session at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runnersknee_tui.commands import sessions

if TYPE_CHECKING:
    import argparse

    from runnersknee_tui.workspace import Workspace

DEFAULTS = {**sessions.DEFAULTS, "routine": None}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from runnersknee_tui.commands.usage import add_session_options

    parser.add_argument(
        "routine", nargs="?", metavar="ROUTINE", help="the id of a routine, see runnersknee routines"
    )
    add_session_options(parser)


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    from runnersknee_tui.commands.usage import pick

    if args.routine is None:
        return sessions.live("today", args, workspace)
    return sessions.live(pick("routine", args.routine, workspace.catalogue.routines).id, args, workspace)
