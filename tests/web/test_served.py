"""The app ends by itself when the process that serves it is no longer its parent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from runnersknee_tui.tui import served
from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.served import PARENT, STATUS
from tests.tui.visit import visit
from tests.workbench import workspace


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "WATCH_S", 0.001)


async def test_an_app_whose_server_is_gone_leaves(tmp_path: Path) -> None:
    made = workspace(tmp_path, env={PARENT: str(os.getpid())})  # nobody is their own parent
    async with visit(made, RunnersKneeApp.show_home) as at:
        await at.until(lambda: at.app.return_code is not None)
        assert at.app.return_code == STATUS


@pytest.mark.parametrize("server", ["", "nonsense", str(os.getppid())])
async def test_an_app_whose_server_is_there_stays(tmp_path: Path, server: str) -> None:
    made = workspace(tmp_path, env={PARENT: server})
    async with visit(made, RunnersKneeApp.show_home) as at:
        await at.reads("Pre-run")
        for _ in range(10):
            await at.pilot.pause()
        assert at.app.return_code is None
