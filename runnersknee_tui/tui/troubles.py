"""What is wrong with any file of this person, from all the rooms that read files, in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runnersknee_tui.core.problem import Problem
from runnersknee_tui.core.words import clean

if TYPE_CHECKING:
    from runnersknee_tui.workspace import Workspace


def troubles(workspace: Workspace) -> tuple[Problem, ...]:
    """Errors first, then notes. Of the history, what reading it has met so far."""
    history, checkpoints = workspace.history, workspace.checkpoints
    found = [
        *workspace.settings.problems,
        *workspace.loaded.problems,
        *(_unread("history", bad.name, bad.reason) for bad in history.unreadable),
        *(_unread("active", bad.name, bad.reason) for bad in checkpoints.unreadable),
        *(Problem(f"history/{clean(name)}", None, "", why, "note") for name, why in history.warnings),
    ]
    return tuple(sorted(found, key=lambda problem: problem.severity != "error"))


def _unread(folder: str, name: str, why: str) -> Problem:
    return Problem(f"{folder}/{clean(name)}", None, "", clean(why))
