"""`runnersknee prerun`: wake the hips before a run, with no menu and no question."""

from __future__ import annotations

import argparse

from runnersknee_tui.commands.sessions import live
from runnersknee_tui.commands.usage import add_session_options
from runnersknee_tui.workspace import PRERUN, Workspace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_session_options(parser)


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    return live(PRERUN, args, workspace)
