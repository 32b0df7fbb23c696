"""Lines of stdin and signals as one stream of messages, for a session without a screen."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Protocol

MOST_AHEAD = 1000
"""So many lines are read ahead of whoever takes them; an endless pipe waits."""
LOOK_AGAIN_S = 0.05
ENDING = ("SIGTERM", "SIGHUP", "SIGINT")
"""Signals that ask a program to end; Windows has no SIGHUP."""


class Inbox(Protocol):
    """Where a session without a screen gets its commands from, and lets time pass."""

    def wait(self, seconds: float) -> str | int | None:
        """At most so many seconds for a line that was typed (str) or a signal (its number)."""

    def signals(self) -> AbstractContextManager[None]:
        """Signals that would end the program arrive here instead, while this lasts."""

    @property
    def ended(self) -> bool:
        """Whether nobody can type any more: the input is at its end, and every line of it was taken."""

    @property
    def is_terminal(self) -> bool:
        """Whether a person may sit at the other end, who takes the time they need."""


class StandardInput:
    """Lines of stdin and signals, in the order in which they come."""

    def __init__(self, descriptor: int = 0) -> None:
        self._descriptor = descriptor
        self._queue: SimpleQueue[str | int | None] = (
            SimpleQueue()
        )  # its `put` is safe inside a signal handler
        self._read_all = False
        threading.Thread(target=self._read, name="stdin", daemon=True).start()

    def wait(self, seconds: float) -> str | int | None:
        try:
            return self._queue.get(timeout=seconds)
        except Empty:
            return None

    @property
    def ended(self) -> bool:
        return self._read_all and self._queue.empty()

    @property
    def is_terminal(self) -> bool:
        try:
            return os.isatty(self._descriptor)
        except OSError:
            return False

    @contextmanager
    def signals(self) -> Iterator[None]:
        numbers = [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
        before = {number: signal.signal(number, self._signalled) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        self._queue.put(number)

    def _read(self) -> None:
        """Straight from the descriptor: a thread inside `sys.stdin` would keep the interpreter from ending."""
        rest = b""
        with suppress(OSError):
            while part := os.read(self._descriptor, 4096):
                *lines, rest = (rest + part).split(b"\n")
                for line in lines:
                    self._queue.put(line.decode("utf-8", "replace"))
                while self._queue.qsize() > MOST_AHEAD:
                    time.sleep(LOOK_AGAIN_S)
        if rest:
            self._queue.put(rest.decode("utf-8", "replace"))
        self._read_all = True
        self._queue.put(None)  # wakes whoever waits
