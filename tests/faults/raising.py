"""The app with a mistake in it: `python -m tests.faults.raising WHERE words...`. The words go to the command line.

WHERE is a place of the app (`mount`), or a way to fail and a screen that is opened to fail so (`timer:history`).
"""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any, NoReturn

from textual.screen import Screen

WORDS = "made on purpose"
WAYS = ("compose", "timer", "worker", "thread")


def _raise(*_: Any, **__: Any) -> NoReturn:
    local = "SECRET" * 3  # noqa: F841 - what stands in local names is shown to nobody
    raise ZeroDivisionError(WORDS)


async def _raise_later() -> NoReturn:
    _raise()


def plant_in_screen(way: str, name: str) -> None:
    """Home opens this screen, and what it opens fails in one of WAYS."""
    from runnersknee_tui.tui.app import RunnersKneeApp
    from runnersknee_tui.tui.screens.home import HomeScreen
    from tests.faults.hostile_world import SCREENS, Hostile
    from tests.store.sessions import session
    from tests.tui.visit import broken_off

    push, mount = RunnersKneeApp.push_screen, HomeScreen.on_mount

    def push_failing(self: RunnersKneeApp, screen: Screen[Any], *words: Any, **named: Any) -> Any:
        if way == "compose":
            screen.compose = _raise  # type: ignore[method-assign]
        pushed = push(self, screen, *words, **named)
        if way == "timer":
            screen.call_later(lambda: screen.set_timer(0.05, _raise))
        elif way in ("worker", "thread"):
            fails = _raise if way == "thread" else _raise_later
            screen.call_later(lambda: screen.run_worker(fails, thread=way == "thread"))
        return pushed

    def open_it(app: RunnersKneeApp) -> None:
        made = app.workspace
        orphan = broken_off(made) if name == "recover" else None
        records = (session(1, started_at=datetime.now().astimezone()),)
        RunnersKneeApp.push_screen = push_failing  # type: ignore[assignment, method-assign]
        SCREENS[name](app, Hostile(made, ("plain words",), records, orphan))

    def mount_and_open(self: HomeScreen) -> None:
        mount(self)
        HomeScreen.on_mount = mount  # type: ignore[method-assign]
        self.set_timer(0.05, lambda: open_it(self.app))

    HomeScreen.on_mount = mount_and_open  # type: ignore[method-assign]


def plant(where: str) -> None:
    """Puts the mistake into one place of the app."""
    if ":" in where:
        plant_in_screen(*where.split(":"))
        return
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
