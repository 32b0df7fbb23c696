"""Finding sessions by words: which of them a filter lets through."""

from __future__ import annotations

from runnersknee_tui.core.history_text import ending_words
from runnersknee_tui.core.record import SessionRecord


def matches(record: SessionRecord, wanted: str) -> bool:
    """Whether every word of `wanted` is in the session's routine, exercises, status, date or note.

    Dates are found as they are written ("2026-06-04") and as they are said ("Thursday 4 June 2026").
    """
    words = wanted.casefold().split()
    return not words or _has(_text(record), words)


def _has(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def _text(record: SessionRecord) -> str:
    day = record.local_date
    parts = [record.routine_title, record.routine_id, record.status, ending_words(record), record.note]
    parts += [day.isoformat(), f"{day:%A} {day.day} {day:%B} {day.year}"]
    for entry in record.exercises:
        parts += [entry.name, entry.id]
        parts += ["stopped"] if entry.stopped else []
    return "\n".join(parts).casefold()
