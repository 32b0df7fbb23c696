"""`runnersknee prerun`: wake the hips before a run, with no menu and no question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runnersknee_tui.commands import sessions
from runnersknee_tui.workspace import PRERUN

if TYPE_CHECKING:
    import argparse

    from runnersknee_tui.workspace import Workspace

DEFAULTS = sessions.DEFAULTS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from runnersknee_tui.commands.usage import add_session_options

    add_session_options(parser)


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    return sessions.live(PRERUN, args, workspace)
