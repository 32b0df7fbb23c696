"""`runnersknee history`: what was done, on a screen or in a form that other programs read."""

from __future__ import annotations

import argparse
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

from runnersknee_tui.commands.screen import open_app, require_screen
from runnersknee_tui.commands.usage import add_json, day, number, print_json, print_lines, warn
from runnersknee_tui.workspace import Workspace

if TYPE_CHECKING:
    from runnersknee_tui.core.record import SessionRecord
    from runnersknee_tui.store.history import History

PAGE = 100
SLACK = timedelta(days=2)
"""By so much a session's own date may differ from its place in the order of instants, on a journey."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    form = parser.add_mutually_exclusive_group()
    add_json(form)
    form.add_argument("--csv", action="store_true", help="one row a set, for a spreadsheet")
    form.add_argument("--plain", action="store_true", help="one line a session")
    parser.add_argument("--since", type=day, metavar="DATE", help="only sessions from this date on")
    parser.add_argument(
        "--limit", type=number(1, 1_000_000, whole=True), metavar="N", help="only the newest N"
    )


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    if not (args.json or args.csv or args.plain):
        require_screen(workspace.env, "runnersknee history --plain")
        return open_app(workspace, lambda app: app.show_history())
    records = read(workspace.history, args.since, args.limit)
    if args.json:
        from runnersknee_tui.core.record_json import to_json

        print_json([to_json(record) for record in records])
    elif args.csv:
        _print_csv(records)
    else:
        from runnersknee_tui.core.history_text import session_line

        print_lines(map(session_line, records) if records else ["No sessions yet."])
    bad = len(workspace.history.unreadable)
    if bad:
        warn(f"{bad} file{'s' if bad > 1 else ''} could not be read; runnersknee check tells which")
    return 0


def read(history: History, since: date | None, limit: int | None) -> list[SessionRecord]:
    """The newest sessions first, page by page, so that a short look at a long history stays short."""
    found: list[SessionRecord] = []
    page = history.newest(limit if since is None else PAGE)
    while page:
        found += [record for record in page if since is None or record.local_date >= since]
        if since is None or (limit is not None and len(found) >= limit):
            break
        if page[-1].local_date < since - SLACK:
            break
        page = history.newest(PAGE, before=page[-1])
    return found[:limit]


def _print_csv(records: list[SessionRecord]) -> None:
    import csv

    from runnersknee_tui.core.history_text import CSV_HEAD, csv_rows

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(CSV_HEAD)
    writer.writerows(csv_rows(records))
