"""The app in a browser ends with its server, however that ends: nobody would ever see it again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp

PARENT = "SERVED_BY_RUNNERSKNEE"
"""The environment variable with the process id of the server; no setting, so without their prefix."""
WATCH_S = 0.5
STATUS = 129
"""As after a terminal that hung up."""


def watch_server(app: RunnersKneeApp) -> None:
    """Leave as soon as the server is gone. Does nothing in an app that nobody serves."""
    server = app.workspace.env.get(PARENT, "")
    if not server.isdigit():
        return

    def look() -> None:
        if os.getppid() != int(server):
            app.leave_by_signal(STATUS)

    app.set_interval(WATCH_S, look)
