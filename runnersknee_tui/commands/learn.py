"""`runnersknee learn`: what is known about runner's knee, what is not, and running with a sore one."""

from __future__ import annotations

import argparse

from runnersknee_tui.commands.usage import print_lines, width
from runnersknee_tui.core.learning import learn_lines
from runnersknee_tui.workspace import Workspace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Takes no arguments."""


def run(args: argparse.Namespace, workspace: Workspace) -> int:  # noqa: ARG001
    print_lines(learn_lines(width()))
    return 0
