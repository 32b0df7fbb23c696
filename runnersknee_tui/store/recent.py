"""The newest part of a history: all that the pictures of half a year need, however many years there are."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import NamedTuple

from runnersknee_tui.core.heads import Effort, Head, read_efforts, read_head
from runnersknee_tui.core.record import RecordError
from runnersknee_tui.store.history import History
from runnersknee_tui.store.session_files import AWAY


class Recent(NamedTuple):
    """Sessions since one day and what was done since another, oldest first; and the day of the first session ever."""

    heads: list[Head]
    efforts: list[Effort]
    first: date | None


def newest_files(history: History, since: date, efforts_since: date) -> Recent:
    """The same without an index: of all files the names are looked at, and only the newest are opened.

    `first` is told by the name of the oldest file, which may be a rehearsal or unreadable: for a first look alone.
    """
    oldest, newest = history.since(since - AWAY)
    found = Recent([], [], oldest)
    for plain in newest:
        with suppress(RecordError):
            head = read_head(plain)
            if head.day >= since:
                found.heads.append(head)
            if head.day >= efforts_since:
                found.efforts.extend(read_efforts(plain))
    return found
