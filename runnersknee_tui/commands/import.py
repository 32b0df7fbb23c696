"""`runnersknee import FILE`: sessions and files from an export, a backup or `history --json`."""
# ruff: noqa: N999 - the module of a command has its name

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from runnersknee_tui.commands.exits import EXIT_WRONG
from runnersknee_tui.commands.usage import print_lines, warn
from runnersknee_tui.core.words import clean, cut
from runnersknee_tui.workspace import Workspace

if TYPE_CHECKING:
    from runnersknee_tui.core.record import SessionRecord
    from runnersknee_tui.store.merge import Preview

LISTED = 10
"""So many lines of each kind are told one by one."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a JSON export, or a backup")
    parser.add_argument("--preview", action="store_true", help="say what would happen, and change nothing")
    parser.add_argument(
        "--partial", action="store_true", help="take in what is in order, although some is refused"
    )


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    from runnersknee_tui.store.durable import SaveError
    from runnersknee_tui.store.exchange import ExchangeError, read_export
    from runnersknee_tui.store.merge import MergeError, preview, take_in

    paths, history, fs = workspace.paths, workspace.history, workspace.fs
    try:
        found = preview(read_export(args.file, fs), paths, history, fs)
        print_lines(told(found))
        if not args.preview:
            take_in(found, paths, history, fs, despite_refusals=args.partial)
    except MergeError as error:
        warn(f"{error} (--partial takes in the rest)")
        return EXIT_WRONG
    except (ExchangeError, SaveError) as error:
        warn(str(error))
        return EXIT_WRONG
    if args.preview:
        print_lines(["Nothing was changed."])
    return EXIT_WRONG if found.refused else 0


def told(found: Preview) -> Iterator[str]:
    """The counts, and behind them what is new, what stays out and why."""
    yield found.words()
    reasons = Counter(one.reason for one in found.skipped)
    groups = (
        ("added", [*map(_session, found.added), *map(clean, found.files)]),
        ("updated", [*map(_session, found.updated)]),
        ("skipped", [f"{count} {reason}" for reason, count in reasons.items()]),
        ("refused", [f"{one.what}: {one.reason}" for one in found.refused]),
    )
    for kind, lines in groups:
        for line in lines[:LISTED]:
            yield f"  {kind}  {clean(line)}"
        if len(lines) > LISTED:
            yield f"  {kind}  and {len(lines) - LISTED} more"


def _session(record: SessionRecord) -> str:
    return f"{record.local_date} {cut(record.routine_title, 30)}"
