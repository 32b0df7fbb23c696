"""The terminal is always given back, and a session outlives its window: signals, a vanished terminal, a stop.

Textual handles neither SIGTERM nor SIGHUP, spins when its terminal is gone, and may hang at the end after the
process was stopped and continued from outside. Each is met here, on the event loop, never in a signal frame.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp

WATCH_S = 0.5
"""So often the terminal is looked at."""
LIMIT_S = 2.0
"""The longest that leaving may take before the process ends the hard way."""


class Guard:
    """Put up when the app has mounted in a real terminal, taken down with it."""

    def __init__(self, app: RunnersKneeApp) -> None:
        self._app = app
        self._leaving = False

    def put_up(self) -> None:
        """Handle the signals and watch the terminal. Does nothing where there is none (tests, the browser)."""
        if self._app.is_headless or self._app.is_web or sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup means it
                loop.add_signal_handler(number, self._leave, 128 + number)
        loop.add_signal_handler(signal.SIGCONT, self._continued)
        self._app.set_interval(WATCH_S, self._look_at_terminal)

    def _look_at_terminal(self) -> None:
        """A terminal that hung up would be read from at full speed for ever."""
        import select

        poll = select.poll()
        try:
            poll.register(sys.__stdin__.fileno() if sys.__stdin__ else 0, 0)
            gone = any(
                event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in poll.poll(0)
            )
        except (OSError, ValueError):
            gone = True
        if gone:
            self._leave(128 + signal.SIGHUP)

    def _leave(self, status: int) -> None:
        """Checkpoint and go, with the terminal restored where there still is one."""
        if self._leaving:
            return
        self._leaving = True
        hard = threading.Timer(LIMIT_S, os._exit, (status,))
        hard.daemon = True
        hard.start()
        self._app.leave_by_signal(status)

    def _continued(self) -> None:
        """SIGCONT. Where Textual suspended itself its own handler belongs here; a bare stop left its input
        thread running, and a second one would keep the process from ending: so the terminal is set up anew."""
        driver = self._app._driver  # noqa: SLF001 - Textual has no public way to either
        if driver is None or self._leaving:
            return
        if not getattr(driver, "_must_signal_resume", False):
            driver.suspend_application_mode()
        driver.resume_application_mode()
        self._app.refresh(layout=True)
