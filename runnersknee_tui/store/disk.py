"""A disk that is taken away while the app runs must not be mistaken for an empty folder on the disk below it."""

from __future__ import annotations

import errno
from pathlib import Path

from runnersknee_tui.store.durable import SaveError
from runnersknee_tui.store.filesystem import FileSystem


class SameDisk:
    """Remembers which disk a folder was on when the app met it."""

    def __init__(self, fs: FileSystem, folder: Path) -> None:
        self._fs = fs
        self._folder = folder
        self._device = next(filter(None, map(self._device_of, (folder, folder.parent))), None)

    def check(self) -> None:
        """Raises SaveError where saving would now go to another disk. A folder that was only removed is fine."""
        if self._device is None:
            return
        places = (self._folder, *self._folder.parents)
        now = next(filter(None, map(self._device_of, places)), None)
        if now != self._device:
            raise SaveError(self._folder, "the disk it was on is gone", errno.ENODEV)

    def _device_of(self, path: Path) -> int | None:
        try:
            return self._fs.stat(path).st_dev
        except OSError:
            return None
