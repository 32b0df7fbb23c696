from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from runnersknee_tui.store.checkpoint import Checkpoints
from runnersknee_tui.store.durable import SaveError
from runnersknee_tui.store.filesystem import RealFileSystem
from runnersknee_tui.store.history import History
from runnersknee_tui.store.paths import Paths
from tests.store.sessions import session


class Removable(RealFileSystem):
    """A disk mounted at a folder; once it is gone, the folder of the disk below shows."""

    def __init__(self, mounted: Path) -> None:
        self.mounted = mounted
        self.gone = False

    def stat(self, path: Path) -> os.stat_result:
        info = super().stat(path)
        if self.gone or not path.is_relative_to(self.mounted) or not path.is_dir():
            return info
        return os.stat_result((info.st_mode, info.st_ino, info.st_dev + 1, *info[3:]))


def test_a_disk_that_is_gone_is_said_and_not_replaced(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path)
    fs = Removable(paths.data)
    paths.data.mkdir()
    history, active = History(paths, fs), Checkpoints(paths, fs).begin("0" * 16)
    history.save(session(1))
    active.save({})
    shutil.rmtree(paths.data)
    paths.data.mkdir()
    fs.gone = True
    with pytest.raises(SaveError, match="the disk it was on is gone"):
        history.save(session(2))
    with pytest.raises(SaveError, match="the disk it was on is gone"):
        active.save({})
    assert list(paths.data.iterdir()) == []


def test_a_folder_that_was_only_removed_is_made_again(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path)
    paths.data.mkdir()
    history, active = History(paths), Checkpoints(paths).begin("0" * 16)
    history.save(session(1))
    shutil.rmtree(paths.data)
    history.save(session(2))
    active.save({"step": 1})
    assert history.newest() == (session(2),)
    assert (paths.active / f"{'0' * 16}.json").exists()
