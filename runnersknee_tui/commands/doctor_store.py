"""`doctor`: the sessions, what waits beside them, the backups; and moving what cannot be read out of the way."""

from __future__ import annotations

from collections.abc import Iterator

from runnersknee_tui.commands.doctor_findings import BAD, GOOD, ODD, Finding
from runnersknee_tui.core.record import SCHEMA
from runnersknee_tui.store.history import History
from runnersknee_tui.store.session_files import Unreadable
from runnersknee_tui.workspace import Workspace

MOST = 5
"""So many files are named one by one."""


def store(workspace: Workspace) -> Iterator[Finding]:
    paths = workspace.paths
    history = History(paths, workspace.fs)  # looks with fresh eyes, as --quarantine may just have moved some
    count = sum(1 for _ in history.all())  # reading them all is what finds the bad ones
    yield Finding(GOOD, "sessions", f"{count} in {paths.history}")
    yield from _unreadable([bad for bad in history.unreadable if not bad.newer])
    newer = [bad for bad in history.unreadable if bad.newer]
    if newer:
        yield Finding(
            ODD, "newer", f"{len(newer)} written by a newer version", "Update runnersknee to see them."
        )
    for name, oddity in history.warnings[:MOST]:
        yield Finding(
            ODD, "odd", f"{name}: {oddity}", "It counts as it stands; open it in the history to look."
        )
    copies = history.copies()
    if copies:
        mend = "Only the newest edit of each counts; the others may be deleted by hand."
        yield Finding(
            ODD, "copies", f"more than one file for {_many(len(copies), 'session')}, as {copies[0][-1]}", mend
        )
    yield from _waiting(workspace)
    trashed = _count(workspace, "trash")
    if trashed:
        yield Finding(GOOD, "trash", f"{trashed} in {paths.trash}, each kept for 30 days")
    put_away = _count(workspace, "quarantine")
    if put_away:
        yield Finding(
            ODD,
            "put away",
            f"{_many(put_away, 'file')} in {paths.quarantine}",
            "Each has its reason beside it.",
        )


def _unreadable(bad: list[Unreadable]) -> Iterator[Finding]:
    for one in bad[:MOST]:
        yield Finding(BAD, "unreadable", f"{one.name}: {one.reason}")
    if bad:
        more = f"{len(bad)} in all. " if len(bad) > MOST else ""
        mend = f"{more}Put a good copy in its place, or: runnersknee doctor --quarantine"
        yield Finding(ODD, "what to do", "they are left as they are, and nothing else is harmed", mend)


def _waiting(workspace: Workspace) -> Iterator[Finding]:
    """Sessions that broke off, and those that run."""
    checkpoints = workspace.checkpoints
    waiting = len(checkpoints.orphans())
    if waiting:
        words = f"{_many(waiting, 'session')} can be resumed or kept"
        yield Finding(ODD, "cut short", words, "Open runnersknee: it asks what to do.")
    for bad in checkpoints.unreadable[:MOST]:
        yield Finding(ODD, "checkpoint", f"{bad.name}: {bad.reason}")
    if checkpoints.running_elsewhere():
        yield Finding(ODD, "running", "a session is running in another window")


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _count(workspace: Workspace, folder: str) -> int:
    """Files in a folder of the data directory, without the notes beside them."""
    place = getattr(workspace.paths, folder)
    try:
        names = workspace.fs.names(place)
    except OSError:
        return 0
    return sum(not name.endswith((".reason.txt", ".lock")) for name in names)


# --- backups -------------------------------------------------------------------------------------------------


def backups(workspace: Workspace) -> Iterator[Finding]:
    """How many there are, and whether the newest can be read back."""
    none = Finding(GOOD, "backups", "none yet; the app makes one each day on which something changed")
    if not _count(workspace, "backups"):
        yield none
        return
    from runnersknee_tui.store.backup import BackupError, read_backup
    from runnersknee_tui.store.backup import backups as listed

    there = listed(workspace.paths, workspace.fs)
    if not there:
        yield none
        return
    newest = there[0]
    try:
        sessions = len(read_backup(newest.path, workspace.fs).sessions)
    except (OSError, BackupError) as error:
        mend = "Delete this file; the app makes a new one."
        yield Finding(BAD, "backups", f"{newest.path} cannot be read: {error}", mend)
        return
    found = (
        f"{len(there)}, the newest of {newest.day.isoformat()} with {_many(sessions, 'session')}, read back"
    )
    yield Finding(GOOD, "backups", found)


def quarantine(workspace: Workspace) -> Iterator[Finding]:
    """Back up, then move sessions that cannot be read to the quarantine. Those of a newer version stay."""
    from runnersknee_tui.store.quarantine import put_away

    history, paths = workspace.history, workspace.paths
    for _ in history.all():
        pass
    bad = [one for one in history.unreadable if not one.newer]
    if not bad:
        yield Finding(GOOD, "quarantine", "every session can be read; nothing was moved")
        return
    refused = _backed_up(workspace, "Nothing was moved.")
    if refused is not None:
        yield refused
        return
    now = workspace.clock.wall()
    for one in bad:
        try:
            kept = put_away(paths, workspace.fs, paths.history / one.name, one.reason, now)
        except OSError as error:
            yield Finding(BAD, "quarantine", f"{one.name} could not be moved: {error}")
        else:
            yield Finding(GOOD, "quarantine", f"{one.name} is now {kept}")


def _backed_up(workspace: Workspace, mend: str) -> Finding | None:
    """Why there is no backup, and what became of the rest; None where there is one."""
    from runnersknee_tui.store.backup import BackupError, back_up

    try:
        back_up(workspace.paths, workspace.history, workspace.clock.wall().date(), workspace.fs)
    except (OSError, BackupError) as error:
        return Finding(BAD, "backup", f"{error}", mend)
    return None


def migration(workspace: Workspace) -> Iterator[Finding]:
    """Back up. There is one form of a session so far, so nothing has to be rewritten."""
    refused = _backed_up(workspace, "Nothing was rewritten.")
    if refused is not None:
        yield refused
        return
    count = sum(1 for _ in workspace.history.all())
    yield Finding(
        GOOD, "migration", f"{_many(count, 'session')} of schema {SCHEMA}, the present one; nothing to do"
    )
