from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError

import pytest

from runnersknee_tui.store.writer import Saver

LONG = 30.0
"""Seconds after which a test that hangs gives up."""


class Gate:
    """A save that takes until it is let through."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.open = threading.Event()

    def __call__(self) -> str:
        self.entered.set()
        assert self.open.wait(LONG)
        return "through"


@pytest.fixture
def errors() -> list[Exception]:
    return []


@pytest.fixture
def saver(errors: list[Exception]) -> Iterator[Saver]:
    saver = Saver(errors.append)
    yield saver
    assert saver.close(LONG)


def test_saves_run_in_order_and_give_their_result(saver: Saver) -> None:
    done: list[int] = []

    def save(number: int) -> int:
        done.append(number)
        return number * 10

    futures = [saver.submit(lambda number=number: save(number)) for number in range(20)]  # type: ignore[misc]
    assert [future.result(LONG) for future in futures] == [number * 10 for number in range(20)]
    assert done == list(range(20))


def test_the_caller_never_waits_and_the_latest_checkpoint_wins(saver: Saver) -> None:
    gate, done = Gate(), list[str]()
    first = saver.submit(gate, key="checkpoint")
    assert gate.entered.wait(LONG)
    waiting = [saver.submit(lambda n=n: done.append(f"checkpoint {n}"), key="checkpoint") for n in range(5)]  # type: ignore[misc]
    record = saver.submit(lambda: done.append("record"))
    last = saver.submit(lambda: done.append("last"), key="checkpoint")
    other = saver.submit(lambda: done.append("other"), key="another session's")
    assert done == []
    assert not saver.flush(0)
    gate.open.set()
    assert saver.flush(LONG)
    assert first.result(0) == "through"
    assert done == ["record", "last", "other"]
    assert all(future.cancelled() for future in waiting)
    with pytest.raises(CancelledError):
        waiting[0].result(0)
    assert record.done()
    assert last.done()
    assert other.done()


def test_an_error_is_told_twice_and_stops_nothing(saver: Saver, errors: list[Exception]) -> None:
    def fail() -> None:
        raise OSError("disk full")

    future = saver.submit(fail)
    after = saver.submit(lambda: "saved")
    assert after.result(LONG) == "saved"
    assert isinstance(future.exception(LONG), OSError)
    assert errors == [future.exception()]


def test_a_listener_that_fails_does_not_end_the_saving() -> None:
    def gone(error: Exception) -> None:
        raise RuntimeError(f"no screen to show {error}")

    saver = Saver(gone)
    failed = saver.submit(lambda: 1 / 0)
    assert saver.submit(lambda: "saved").result(LONG) == "saved"
    assert isinstance(failed.exception(LONG), ZeroDivisionError)
    assert saver.close(LONG)


def test_closing_finishes_what_waits_and_takes_no_more() -> None:
    gate, done = Gate(), list[str]()
    saver = Saver(lambda _: None)
    saver.submit(gate)
    assert gate.entered.wait(LONG)
    saver.submit(lambda: done.append("waited"))
    assert not saver.close(0)
    with pytest.raises(RuntimeError, match="closed"):
        saver.submit(lambda: None)
    gate.open.set()
    assert saver.close(LONG)
    assert done == ["waited"]
    assert saver.flush(0)


def test_what_was_cancelled_is_not_run(saver: Saver) -> None:
    gate, done = Gate(), list[str]()
    saver.submit(gate)
    assert gate.entered.wait(LONG)
    assert saver.submit(lambda: done.append("cancelled")).cancel()
    gate.open.set()
    assert saver.flush(LONG)
    assert done == []
