"""`runnersknee exercises [ID]`: the exercises, with every step and dose."""

from __future__ import annotations

import argparse

from runnersknee_tui.commands.usage import add_json, pick, print_json, print_lines, warn_of, width
from runnersknee_tui.workspace import Workspace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", metavar="ID", help="tell all about this one")
    add_json(parser)


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    catalogue = workspace.catalogue
    units = workspace.settings.values.units
    chosen = pick("exercise", args.id, catalogue.exercises) if args.id else None
    if args.json:
        from runnersknee_tui.core.catalogue_json import exercise_json, exercises_json

        print_json(exercise_json(chosen, units) if chosen else exercises_json(catalogue, units))
    else:
        from runnersknee_tui.core.exercise_text import exercise_list, exercise_page

        print_lines(exercise_page(chosen, units, width()) if chosen else exercise_list(catalogue, width()))
    warn_of(workspace.loaded.problems)
    return 0
