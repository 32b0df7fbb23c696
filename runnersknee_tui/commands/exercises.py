"""`runnersknee exercises [ID]`: the exercises, with every step and dose."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from runnersknee_tui.commands.usage import add_json, pick, print_json, print_lines, warn_of, width
from runnersknee_tui.workspace import Workspace

if TYPE_CHECKING:
    from runnersknee_tui.core.model import Exercise


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
    elif chosen:
        print_lines(_page(chosen, workspace))
    else:
        from runnersknee_tui.core.exercise_text import exercise_list

        print_lines(exercise_list(catalogue, width()))
    warn_of(workspace.loaded.problems)
    return 0


def _page(exercise: Exercise, workspace: Workspace) -> list[str]:
    """All about one exercise, with where the user stands on its ladder and why."""
    from runnersknee_tui.coach import Coach
    from runnersknee_tui.core.adaptation import standings
    from runnersknee_tui.core.exercise_text import exercise_page
    from runnersknee_tui.core.standing_text import standing_lines, steps_reached

    coach = Coach(workspace)
    standing = standings(coach.state, workspace.catalogue, coach.profile)
    return exercise_page(
        exercise,
        workspace.settings.values.units,
        width(),
        reached=steps_reached(exercise, standing),
        standing=standing_lines(exercise, standing, coach.profile, coach.day, width()),
    )
