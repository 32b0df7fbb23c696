"""The app with a mistake in it: `python -m tests.faults.raising WHERE words...`. The words go to the command line."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

WORDS = "made on purpose"


def _raise(*_: Any, **__: Any) -> NoReturn:
    local = "SECRET" * 3  # noqa: F841 - what stands in local names is shown to nobody
    raise ZeroDivisionError(WORDS)


def plant(where: str) -> None:
    """Puts the mistake into one place of the app."""
    from runnersknee_tui.store.history import History
    from runnersknee_tui.tui.screens.history import HistoryScreen
    from runnersknee_tui.tui.screens.home import HomeScreen
    from runnersknee_tui.tui.screens.session import SessionScreen

    if where == "mount":
        SessionScreen.on_mount = _raise  # type: ignore[method-assign]
    elif where == "timer":
        SessionScreen._next_beat = lambda self: (self.set_timer(0.05, _raise), 1.0)[1]  # type: ignore[method-assign]
    elif where == "key":
        SessionScreen.action_next = _raise  # type: ignore[method-assign]
    elif where == "compose":
        HistoryScreen.compose = _raise  # type: ignore[method-assign]
    elif where == "worker":
        import runnersknee_tui.tui.screens.home_words as home_words

        home_words.gather = _raise
        HomeScreen._wish = None
    elif where == "save":
        History.save = _raise  # type: ignore[method-assign]
    elif where == "render":
        from runnersknee_tui.tui.widgets.status_line import StatusLine

        StatusLine.render = _raise  # type: ignore[method-assign]
    else:
        assert where == "nowhere"


if __name__ == "__main__":
    from runnersknee_tui.cli import main

    plant(sys.argv[1])
    sys.exit(main(sys.argv[2:]))
