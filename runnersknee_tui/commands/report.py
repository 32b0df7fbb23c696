"""`runnersknee report`: a sheet for a physiotherapist, as Markdown or as one HTML file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from runnersknee_tui.commands.exits import EXIT_WRONG, UsageError
from runnersknee_tui.commands.usage import day, warn
from runnersknee_tui.workspace import Workspace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--html", action="store_true", help="one file with charts, to print or to send; else Markdown"
    )
    parser.add_argument(
        "--since", type=day, metavar="DATE", help="from this date on; else the last twelve weeks"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to this file, over what it held")  # fmt: skip


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    from runnersknee_tui.sheets import sheet_text, write_sheet
    from runnersknee_tui.store.durable import SaveError

    try:
        if args.output is None:
            sys.stdout.write(sheet_text(workspace, args.since, html=args.html))
        else:
            write_sheet(workspace, args.output, args.since, html=args.html)
    except ValueError as error:
        raise UsageError(f"--since: {error}") from error
    except SaveError as error:
        warn(str(error))
        return EXIT_WRONG
    bad = len(workspace.history.unreadable)
    if bad:
        warn(
            f"{bad} file{'s' if bad > 1 else ''} could not be read and {'are' if bad > 1 else 'is'} not in it"
        )
    return 0
