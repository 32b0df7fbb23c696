"""The sheet for a physiotherapist, from one person's records and settings: for the command and the screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from runnersknee_tui.coach import Coach

if TYPE_CHECKING:
    from runnersknee_tui.workspace import Workspace

HTML = (".html", ".htm")


def is_html(path: Path) -> bool:
    """Whether a file of this name is to hold HTML; any other holds Markdown."""
    return path.suffix.lower() in HTML


def sheet_text(workspace: Workspace, since: date | None = None, *, html: bool = False) -> str:
    """The sheet since a day, or over the last twelve weeks. Reads the whole history.

    Raises ValueError where `since` lies in the future.
    """
    from runnersknee_tui.report.sheet import build_sheet, default_since

    coach = Coach(workspace)
    since = since or default_since(coach.day)
    if since > coach.day:
        raise ValueError(f"{since} has not come yet")
    sheet = build_sheet(
        list(workspace.history.all()),
        workspace.catalogue,
        coach.profile,
        coach.day,
        since,
        own_routines=coach.own_routines(),
    )
    if html:
        from runnersknee_tui.report.html import html as as_html

        return as_html(sheet)
    from runnersknee_tui.report.markdown import markdown

    return markdown(sheet)


def write_sheet(workspace: Workspace, path: Path, since: date | None = None, *, html: bool = False) -> None:
    """Writes the sheet to a file, in the form of its suffix, over what is there. Raises as `sheet_text` does,
    and SaveError.
    """
    from runnersknee_tui.store.durable import write_file

    text = sheet_text(workspace, since, html=html or is_html(path))
    write_file(workspace.fs, path, text.encode())
