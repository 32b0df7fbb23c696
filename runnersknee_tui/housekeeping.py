"""What is done once in each run, some time after the start: the day's backup, and emptying what is old."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runnersknee_tui.workspace import Workspace


def keep_house(workspace: Workspace) -> str:
    """Makes the backup of today where something changed, then empties what is old in the trash.

    Returns why there is no backup where there should be one, else nothing.
    """
    from runnersknee_tui.store.backup import BackupError, back_up

    now = workspace.clock.wall()
    words = ""
    try:
        back_up(workspace.paths, workspace.history, now.date(), workspace.fs)
    except (OSError, BackupError) as error:
        words = f"No backup was made today: {error}"
    workspace.history.tidy(now)
    return words


def keep_house_aside(workspace: Workspace, tell: Callable[[str], object]) -> threading.Thread:
    """The same in a thread that never keeps the program from ending: whatever it writes is whole or not there.

    `tell` is called in that thread with what went wrong.
    """

    def run() -> None:
        words = keep_house(workspace)
        if words:
            tell(words)

    thread = threading.Thread(target=run, name="runnersknee-house", daemon=True)
    thread.start()
    return thread
