"""What `start` and `prerun` share: a routine made ready, and lived on the screen or without one."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from runnersknee_tui.commands.screen import open_app, require_screen
from runnersknee_tui.commands.usage import warn_of

if TYPE_CHECKING:
    from runnersknee_tui.core.model import Routine
    from runnersknee_tui.workspace import Workspace


def live(routine: Routine, args: argparse.Namespace, workspace: Workspace) -> int:
    """Begin a session of this routine at once, with the options of `usage.add_session_options`."""
    prepared = workspace.prepare(routine, minutes=args.minutes, side=args.side)
    if args.plain:
        from runnersknee_tui.plain import run_plain

        warn_of(workspace.loaded.problems)
        return run_plain(workspace, prepared, speed=args.speed)
    require_screen(workspace.env, f"runnersknee start {routine.id} --plain")
    return open_app(workspace, lambda app: app.start_session(prepared, speed=args.speed))
