"""The app in a long hold, with an event loop that stands still for 300 ms every five seconds."""

import os
import time

from runnersknee_tui.store.paths import Paths
from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.beginning import Wish
from runnersknee_tui.workspace import Workspace

EVERY_S, FOR_S = 5.0, 0.3


def opening(app: RunnersKneeApp) -> None:
    app.set_interval(EVERY_S, lambda: time.sleep(FOR_S))
    app.begin(Wish("holding", ask=False))


if __name__ == "__main__":
    RunnersKneeApp(Workspace(Paths.default(), env=os.environ), opening).run()
