"""`runnersknee export FILE`: everything, in the format of the file's suffix."""

from __future__ import annotations

import argparse
from pathlib import Path

from runnersknee_tui import __version__
from runnersknee_tui.commands.exits import EXIT_WRONG
from runnersknee_tui.commands.usage import print_lines, warn
from runnersknee_tui.core.words import clean
from runnersknee_tui.workspace import Workspace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="ends in .json (keeps everything, can be imported), .csv or .toml",
    )
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    from runnersknee_tui.store.durable import SaveError
    from runnersknee_tui.store.exchange import ExchangeError, export

    try:
        done = export(
            args.file,
            workspace.paths,
            workspace.history,
            workspace.clock.wall(),
            app=__version__,
            force=args.force,
            fs=workspace.fs,
        )
    except (ExchangeError, SaveError) as error:
        warn(str(error))
        return EXIT_WRONG
    print_lines([f"{done.sessions} session{'s' * (done.sessions != 1)} in {clean(str(done.path))}"])
    for note in done.left_out:
        warn(f"left out: {note.what}: {note.reason}")
    return EXIT_WRONG if done.left_out else 0
