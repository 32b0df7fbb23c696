"""How far reading the history into the index is: one line, only where it takes long enough to be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import ProgressBar, Static
from textual.worker import get_current_worker

WORTH_TELLING = 300
"""So few files are read before anybody could look."""

Progress = Callable[[int, int], None]
"""Hears how many of how many files were read."""


class _GaveUpError(Exception):
    """Nobody looks any more."""


class Reading(Horizontal):
    """Words and a bar; takes no room while nothing is read."""

    class Read(Message):
        """So many of how many files were read."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done, self.total = done, total

    DEFAULT_CSS = """
    Reading {
        display: none;
        height: 1;
        padding: 0 2;
    }

    Reading.-on {
        display: block;
    }

    Reading > Static {
        width: auto;
        margin-right: 2;
        color: $text-muted;
    }

    Reading > ProgressBar {
        width: 1fr;
    }

    Reading Bar {
        width: 1fr;
    }
    """

    def compose(self) -> ComposeResult:
        yield Static("Reading your sessions, once", markup=False)
        yield ProgressBar(show_eta=False)

    @contextmanager
    def told(self) -> Iterator[Progress]:
        """For a worker in a thread: what hears of its progress. The block is left where nobody waits any more."""
        worker = get_current_worker()

        def progress(done: int, total: int) -> None:
            if worker.is_cancelled:
                raise _GaveUpError
            if total >= WORTH_TELLING:
                self.post_message(self.Read(done, total))

        with suppress(_GaveUpError):
            yield progress

    def on_reading_read(self, message: Read) -> None:
        message.stop()
        self.set_class(message.done < message.total, "-on")
        self.query_one(ProgressBar).update(total=message.total, progress=message.done)
