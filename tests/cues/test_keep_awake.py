"""wakepy has a pretended success for tests; the rest is played by a module of ours in its place."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace

import pytest

from runnersknee_tui.cues.keep_awake import FAILED, REFUSED, REMOTE, KeepAwake

PATIENCE_S = 20.0


class Desktop:
    """A wakepy that answers as it is told and tells when it was entered and left."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, agrees: bool = True, breaks: bool = False) -> None:
        self.entered, self.left = threading.Event(), threading.Event()
        self.threads: list[str] = []
        self.agrees, self.breaks = agrees, breaks
        module = ModuleType("wakepy")
        module.keep = SimpleNamespace(presenting=self.presenting)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "wakepy", module)

    @contextmanager
    def presenting(self, on_fail: str) -> Iterator[SimpleNamespace]:
        assert on_fail == "pass"
        self.threads.append(threading.current_thread().name)
        self.entered.set()
        if self.breaks:
            raise RuntimeError("no bus")
        yield SimpleNamespace(active=self.agrees)
        self.threads.append(threading.current_thread().name)
        self.left.set()


def settle(awake: KeepAwake) -> None:
    """Wait until the thread has had its answer: it has ended, or waits for the end of the session."""
    thread = awake._thread
    assert thread is not None
    while thread.is_alive() and not (awake.active or awake.note):
        thread.join(0.01)


def test_the_screen_is_kept_on_until_stop_all_on_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    desktop = Desktop(monkeypatch)
    awake = KeepAwake({})
    assert awake.start()
    settle(awake)
    assert (awake.active, awake.note) == (True, "")
    assert not desktop.left.is_set()
    awake.stop(PATIENCE_S)
    assert desktop.left.is_set()
    assert desktop.threads == ["keep-awake", "keep-awake"]
    assert not awake.active


def test_a_desktop_that_refuses_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    Desktop(monkeypatch, agrees=False)
    awake = KeepAwake({})
    awake.start()
    settle(awake)
    assert (awake.active, awake.note) == (False, REFUSED)
    awake.stop(PATIENCE_S)


def test_nothing_that_breaks_reaches_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    Desktop(monkeypatch, breaks=True)
    awake = KeepAwake({})
    assert awake.start()
    settle(awake)
    assert (awake.active, awake.note) == (False, FAILED)
    awake.stop(PATIENCE_S)


def test_a_missing_library_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wakepy", None)
    awake = KeepAwake({})
    awake.start()
    settle(awake)
    assert awake.note == FAILED
    awake.stop(PATIENCE_S)


def test_a_remote_session_keeps_no_far_machine_awake(monkeypatch: pytest.MonkeyPatch) -> None:
    desktop = Desktop(monkeypatch)
    awake = KeepAwake({"SSH_CONNECTION": "1 2 3 4"})
    assert not awake.start()
    assert awake.note == REMOTE
    awake.stop()
    assert not desktop.entered.is_set()


def test_stop_without_start_and_start_after_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    desktop = Desktop(monkeypatch)
    awake = KeepAwake({})
    awake.stop()
    awake.start()
    awake.start()
    awake.stop(PATIENCE_S)
    awake.start()
    settle(awake)
    assert awake.active
    awake.stop(PATIENCE_S)
    assert len(desktop.threads) == 4


def test_the_real_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "1")
    awake = KeepAwake({})
    awake.start()
    settle(awake)
    assert (awake.active, awake.note) == (True, "")
    awake.stop(PATIENCE_S)
