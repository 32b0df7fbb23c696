"""Keep the screen on during a session, where the desktop lets us; say so where it does not."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping

REMOTE = "The screen may go dark: this is a remote session."
REFUSED = "The screen may go dark: this desktop did not let us keep it on."
FAILED = "The screen may go dark: keeping it on failed."


class KeepAwake:
    """Keeps the screen on between `start` and `stop`. Never raises and never blocks.

    All of it, the slow import too, happens on a thread of its own: some systems bind the request to the thread
    that made it.
    """

    def __init__(self, env: Mapping[str, str]) -> None:
        self.note = ""
        """Why the screen may go dark all the same; empty while it is kept on, or while that is not known yet."""
        self.active = False
        """Whether the desktop agreed to keep the screen on."""
        self._remote = bool(env.get("SSH_CONNECTION"))  # it would keep the far machine awake
        self._thread: threading.Thread | None = None
        self._enough = threading.Event()

    def start(self) -> bool:
        """Ask for it; what comes of it stands in `active` and `note` a moment later. False where it is no use."""
        if self._remote:
            self.note = REMOTE
            return False
        if self._thread is None:
            self._enough = threading.Event()
            self._thread = threading.Thread(
                target=self._hold, args=(self._enough,), name="keep-awake", daemon=True
            )
            self._thread.start()
        return True

    def stop(self, timeout: float = 0.5) -> None:
        """Let the screen sleep again; waits at most `timeout` seconds for the desktop to take note."""
        thread, self._thread = self._thread, None
        self._enough.set()
        if thread is not None:
            thread.join(timeout)
        self.active, self.note = False, ""

    def _hold(self, enough: threading.Event) -> None:
        try:
            from wakepy import keep

            logging.getLogger("wakepy").addHandler(logging.NullHandler())  # not a word of it on the screen
            with keep.presenting(on_fail="pass") as mode:
                if not enough.is_set():
                    self.active = mode.active
                    self.note = "" if mode.active else REFUSED
                enough.wait()
        except Exception:  # noqa: BLE001 - a library, a bus and a desktop we do not know; the session goes on
            self.active, self.note = False, FAILED
