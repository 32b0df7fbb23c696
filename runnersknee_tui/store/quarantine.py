"""Where broken files of the app's own go: out of the way, unharmed, with a note that says why."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from runnersknee_tui.store.durable import move_file, write_file
from runnersknee_tui.store.filesystem import FileSystem
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.session_files import stamp


def put_away(paths: Paths, fs: FileSystem, path: Path, why: str, now: datetime) -> Path:
    """Moves a file to the quarantine and returns where it is now; `now` is aware. Raises SaveError.

    The note comes first: nothing is ever moved without one.
    """
    kept = paths.quarantine / f"{stamp(now)}_{path.name}"
    write_file(fs, kept.with_name(f"{kept.name}.reason.txt"), f"{why}\n".encode())
    move_file(fs, path, kept)
    return kept
