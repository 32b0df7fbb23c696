"""Saving beside the session: a slow disk must not stop the clock, so one thread does all the writing."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

from msgspec import Struct

T = TypeVar("T")


class _Job(Struct, frozen=True):
    call: Callable[[], Any]
    future: Future[Any]
    key: str | None


class Saver:
    """Runs saves one after another in a thread of its own, in the order they were submitted.

    `on_error` is called in that thread with whatever a save raised; the Future has it as well. The thread ends
    with `close`, and never keeps the process alive: on a disk that hangs, `flush` and `close` give up in time.
    """

    def __init__(self, on_error: Callable[[Exception], None]) -> None:
        self._on_error = on_error
        self._jobs: deque[_Job] = deque()
        self._changed = threading.Condition()
        self._busy = False
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="runnersknee-saver", daemon=True)
        self._thread.start()

    def submit(self, call: Callable[[], T], *, key: str | None = None) -> Future[T]:
        """Saves soon and returns at once.

        Of those with the same `key` that wait, only the latest is run and the others are cancelled: for
        checkpoints, where the newest says all. Raises RuntimeError after `close`.
        """
        job = _Job(call, Future(), key)
        with self._changed:
            if self._closed:
                raise RuntimeError("this saver is closed")
            superseded = [waiting for waiting in self._jobs if key is not None and waiting.key == key]
            for waiting in superseded:
                self._jobs.remove(waiting)
            self._jobs.append(job)
            self._changed.notify_all()
        for waiting in superseded:
            waiting.future.cancel()
        return job.future

    def flush(self, timeout: float | None = None) -> bool:
        """Waits until all that was submitted is done; False where that takes longer than `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._jobs and not self._busy, timeout)

    def close(self, timeout: float | None = None) -> bool:
        """Takes nothing more, finishes what waits, ends the thread; False where that takes too long."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            if job.future.set_running_or_notify_cancel():
                self._do(job)
            with self._changed:
                self._busy = False
                self._changed.notify_all()

    def _next(self) -> _Job | None:
        with self._changed:
            self._changed.wait_for(lambda: self._jobs or self._closed)
            if not self._jobs:
                return None
            self._busy = True
            return self._jobs.popleft()

    def _do(self, job: _Job) -> None:
        try:
            result = job.call()
        except Exception as error:  # noqa: BLE001 - whatever a save raises belongs to who asked for it
            job.future.set_exception(error)
            with suppress(Exception):  # a screen that is gone cannot listen; the thread must live on
                self._on_error(error)
        else:
            job.future.set_result(result)
