"""The terminal is always given back, and a session outlives its window: signals, a vanished terminal, a stop.

Textual handles neither SIGTERM nor SIGHUP, spins when its terminal is gone, dies of bytes that are no UTF-8, and
may hang at the end after the process was stopped and continued from outside. Each is met here.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp

WATCH_S = 0.5
"""So often the terminal is looked at."""
LIMIT_S = 2.0
"""The longest that leaving may take before the process ends the hard way."""

_GLANCE_S = 0.01

GIVE_BACK = (
    b"\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    b"\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l\x1b[0m"
)
"""What Textual writes when it leaves; for when it cannot."""


class Guard:
    """One for each app. `catch_signals` before it runs, `watch` when it has mounted."""

    def __init__(self, app: RunnersKneeApp) -> None:
        self._app = app
        self._leaving = False
        self._attributes: list[Any] | None = None

    def catch_signals(self) -> None:
        """Leave in order on SIGTERM and SIGHUP, from before the first byte is drawn. For a real terminal."""
        if sys.platform == "win32":
            return
        import termios

        with suppress(termios.error, OSError):
            self._attributes = termios.tcgetattr(0)
        ring, self._bell = os.pipe()
        threading.Thread(target=self._lead_out, args=(ring,), name="guard", daemon=True).start()
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup means it
                signal.signal(number, self._signalled)
        _read_any_bytes()

    def watch(self) -> None:
        """Watch the terminal. Does nothing where there is none (tests, the browser)."""
        if self._app.is_headless or self._app.is_web or sys.platform == "win32":
            return
        import asyncio

        asyncio.get_running_loop().add_signal_handler(signal.SIGCONT, self._continued)
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

    # --- leaving ---------------------------------------------------------------------------------------------

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        """Whatever the main thread was at stands still here, with its locks held: one byte, and no more."""
        self._leave(128 + number)

    def _leave(self, status: int) -> None:
        """Have the other thread lead the way out."""
        if not self._leaving and self._bell >= 0:
            self._leaving = True
            os.write(self._bell, bytes((status,)))

    def _lead_out(self, bell: int) -> None:
        """In a thread of its own: checkpoint and go, with the terminal restored where there still is one."""
        status = os.read(bell, 1)[0]
        until = time.monotonic() + LIMIT_S
        while time.monotonic() < until:
            loop = self._app._loop  # noqa: SLF001 - set once Textual runs
            if loop is not None and loop.is_running():
                with suppress(RuntimeError):  # closed in between: it is on its way out already
                    loop.call_soon_threadsafe(self._app.leave_by_signal, status)
                break
            time.sleep(_GLANCE_S)
        time.sleep(max(until - time.monotonic(), 0.0))
        self._end(status)

    def _end(self, status: int) -> None:
        """The hard way: a loop that is too busy to leave must cost neither the session nor the terminal."""
        with suppress(OSError):
            os.write(2, GIVE_BACK)
        if self._attributes is not None:
            import termios

            with suppress(termios.error, OSError):
                termios.tcsetattr(0, termios.TCSANOW, self._attributes)
        os._exit(status)

    # --- stopped and continued -------------------------------------------------------------------------------

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


def _read_any_bytes() -> None:
    """Old mice and torn pastes send bytes that are no UTF-8, or half a key, and Textual's reader would end the app
    for them."""
    from codecs import getincrementaldecoder
    from functools import partial

    from textual._xterm_parser import XTermParser
    from textual.drivers import linux_driver

    class AnyKeys(XTermParser):
        def _parse_extended_key(self, sequence: str) -> list[Any] | None:  # type: ignore[override]
            try:
                return super()._parse_extended_key(sequence)
            except (ValueError, OverflowError):
                return []  # it looks like a key and has no number

    linux_driver.XTermParser = AnyKeys  # type: ignore[attr-defined]

    linux_driver.getincrementaldecoder = (  # type: ignore[attr-defined]
        lambda encoding: partial(getincrementaldecoder(encoding), errors="replace")
    )
