"""What `start` and `prerun` share: a routine made ready, and lived on the screen or without one."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from runnersknee_tui.commands.screen import open_app, require_screen

if TYPE_CHECKING:
    import argparse

    from runnersknee_tui.workspace import Workspace

DEFAULTS = {
    "minutes": None,
    "side": "both",
    "plain": False,
    "mute": False,
    "no_check_in": False,
    "speed": 1.0,
}
"""What `usage.add_session_options` gives where none of them is typed."""


def live(routine: str, args: argparse.Namespace, workspace: Workspace) -> int:
    """Begin a session of this routine, or of `TODAY`, with the options of `usage.add_session_options`."""
    if args.plain:
        return _plain(routine, args, workspace)
    require_screen(workspace.env, " ".join(("runnersknee", *_words(routine), "--plain")))
    from runnersknee_tui.tui.beginning import Wish

    wish = Wish(routine, args.minutes, args.side, args.speed, ask=not args.no_check_in)
    return open_app(workspace, lambda app: app.begin(wish))


def _words(routine: str) -> tuple[str, ...]:
    """What is typed for such a session."""
    from runnersknee_tui.coach import TODAY
    from runnersknee_tui.workspace import PRERUN

    return {TODAY: ("start",), PRERUN: ("prerun",)}.get(routine, ("start", routine))


def _plain(routine: str, args: argparse.Namespace, workspace: Workspace) -> int:
    from runnersknee_tui.commands.usage import warn_of
    from runnersknee_tui.plain.beginning import begin_plain

    gc.enable()
    warn_of(workspace.loaded.problems)
    return begin_plain(
        workspace,
        routine,
        minutes=args.minutes,
        side=args.side,
        speed=args.speed,
        ask=not args.no_check_in,
    )
