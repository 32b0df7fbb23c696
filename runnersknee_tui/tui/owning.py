"""What a person can do with all of their data, each as one call for a worker that answers in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content
from textual.visual import Visual

from runnersknee_tui import __version__
from runnersknee_tui.core.words import clean, cut
from runnersknee_tui.store.backup import BackupError, read_backup
from runnersknee_tui.store.erase import SessionRunningError, erase
from runnersknee_tui.store.exchange import ExchangeError, export, read_export
from runnersknee_tui.store.merge import MergeError, Preview, preview, take_in
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.widgets.rows import Hung, Row
from runnersknee_tui.tui.words import HEADING, MUTED, plain

if TYPE_CHECKING:
    from runnersknee_tui.workspace import Workspace

REFUSALS = (BackupError, ExchangeError, MergeError, SessionRunningError, OSError, ValueError)
"""What the calls here raise, each with words for people. A SaveError is an OSError."""
LISTED = 200
FLUSH_S = 5.0


def path_from(text: str) -> Path:
    """A path as it is typed, "~" for home; relative ones begin in the current folder."""
    return Path(text.strip()).expanduser()


def suggested(workspace: Workspace, name: str) -> str:
    """A file in the home folder with today's date: "~/runnersknee-2026-06-18.json"."""
    stem, _, suffix = name.rpartition(".")
    return f"~/{stem}-{workspace.clock.wall():%Y-%m-%d}.{suffix}"


def export_to(workspace: Workspace, path: Path, *, force: bool = False) -> str:
    """Raises one of `REFUSALS`."""
    workspace.flush(FLUSH_S)
    now = workspace.clock.wall()
    done = export(
        path, workspace.paths, workspace.history, now, app=__version__, force=force, fs=workspace.fs
    )
    left_out = f", {len(done.left_out)} left out" if done.left_out else ""
    return f"{phrases.count(done.sessions, 'session')} in {done.path}{left_out}."


def report_to(workspace: Workspace, path: Path) -> str:
    """Raises one of `REFUSALS`."""
    from runnersknee_tui.sheets import write_sheet

    workspace.flush(FLUSH_S)
    write_sheet(workspace, path)
    return f"The report is in {path}."


def look_into(workspace: Workspace, path: Path, *, backup: bool) -> Preview:
    """What taking in an export or a backup would do. Raises one of `REFUSALS`."""
    workspace.flush(FLUSH_S)
    fs = workspace.fs
    incoming = read_backup(path, fs) if backup else read_export(path, fs)
    return preview(incoming, workspace.paths, workspace.history, fs)


def take(workspace: Workspace, found: Preview) -> str:
    """Take in what was previewed, without what was refused. Raises one of `REFUSALS`."""
    take_in(found, workspace.paths, workspace.history, workspace.fs, despite_refusals=True)
    workspace.forget()
    return f"Done: {found.words()}."


def erase_all(workspace: Workspace) -> str:
    """Raises one of `REFUSALS`."""
    workspace.flush(FLUSH_S)
    gone = erase(workspace.paths, workspace.fs)
    workspace.forget()
    left = f" {phrases.count(len(gone.left), 'file')} would not go." if gone.left else ""
    return f"Everything is erased.{left}"


def is_nothing(found: Preview) -> bool:
    """Whether there is nothing to take in."""
    return not (found.payload or found.files)


def preview_words(found: Preview) -> Iterator[Visual]:
    """The counts, and then everything that comes in, stays out or is refused."""
    yield plain(f"{found.words()}.", "bold")
    if is_nothing(found):
        yield plain("There is nothing here that you do not have already.", MUTED)
    added = [
        (f"{phrases.short_day(one.local_date)} {one.local_date.year}", cut(one.routine_title, 40))
        for one in found.added
    ]
    updated = [
        (f"{phrases.short_day(one.local_date)} {one.local_date.year}", cut(one.routine_title, 40))
        for one in found.updated
    ]
    groups = (
        ("Refused", [(one.what, one.reason) for one in found.refused]),
        ("New", [*added, *((clean(name), "a file") for name in found.files)]),
        ("Later edits of sessions that are here", updated),
        ("Left as it is", [(one.what, one.reason) for one in found.skipped]),
    )
    for heading, rows in groups:
        if not rows:
            continue
        yield Content("")
        yield plain(heading, "bold $text-error" if heading == "Refused" else HEADING)
        for what, why in rows[:LISTED]:
            if heading == "Refused":  # reasons are sentences
                yield plain(what)
                yield Hung(Content(" "), plain(why, MUTED))
            else:
                yield Row(plain(what), plain(why, MUTED))
        if len(rows) > LISTED:
            yield plain(f"and {len(rows) - LISTED} more", MUTED)
