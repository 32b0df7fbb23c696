"""`runnersknee plan ROUTINE`: the timeline of a routine at its own doses, history ignored."""

from __future__ import annotations

import argparse

from runnersknee_tui.commands.usage import add_json, pick, print_json, print_lines, warn_of, width
from runnersknee_tui.core.timeline import compile_routine, plan_json
from runnersknee_tui.workspace import Workspace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("routine", metavar="ROUTINE", help="the id of a routine, see runnersknee routines")
    add_json(parser)


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    routine = pick("routine", args.routine, workspace.catalogue.routines)
    plan = compile_routine(
        routine, workspace.catalogue, first_side=workspace.first_side, timing=workspace.timing
    )
    if args.json:
        print_json(plan_json(plan))
    else:
        from runnersknee_tui.core.routine_text import plan_page

        print_lines(plan_page(plan, width()))
    warn_of(workspace.loaded.problems)
    return 0
