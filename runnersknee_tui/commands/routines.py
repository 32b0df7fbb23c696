"""`runnersknee routines [ID]`: the routines, with honest minutes."""

from __future__ import annotations

import argparse

from runnersknee_tui.commands.usage import add_json, pick, print_json, print_lines, warn_of, width
from runnersknee_tui.core.timeline import compile_routine
from runnersknee_tui.workspace import Workspace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", metavar="ID", help="tell all about this one")
    add_json(parser)


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    catalogue = workspace.catalogue
    chosen = pick("routine", args.id, catalogue.routines) if args.id else None
    plans = {
        routine.id: compile_routine(
            routine, catalogue, first_side=workspace.first_side, timing=workspace.timing
        )
        for routine in ([chosen] if chosen else catalogue.routines.values())
    }
    if args.json:
        from runnersknee_tui.core.catalogue_json import routine_json

        listed = [routine_json(catalogue.routines[id_], plan) for id_, plan in plans.items()]
        print_json(listed[0] if chosen else listed)
    else:
        from runnersknee_tui.core.routine_text import routine_list, routine_page

        print_lines(
            routine_page(chosen, plans[chosen.id], width())
            if chosen
            else routine_list(catalogue, plans, width())
        )
    warn_of(workspace.loaded.problems)
    return 0
