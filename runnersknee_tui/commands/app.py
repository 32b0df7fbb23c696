"""`runnersknee` alone: the app, at Home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runnersknee_tui.commands.screen import open_app, require_screen

if TYPE_CHECKING:
    import argparse

    from runnersknee_tui.workspace import Workspace

DEFAULTS = {"mute": False}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mute", action="store_true", help="no sound")


def run(args: argparse.Namespace, workspace: Workspace) -> int:  # noqa: ARG001 the options became settings
    require_screen(workspace.env, "runnersknee start --plain")
    return open_app(workspace)
