"""Days as people type and see them, and breaks as the settings keep them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from runnersknee_tui.core.words import cut

Break = tuple[date, date]
"""First and last day, both included."""

_SAID = {"today": 0, "yesterday": -1}


def read_day(text: str, today: date) -> date:
    """ "2026-06-18", "today" or "yesterday". Raises ValueError with words that say what is expected."""
    text = text.strip().casefold()
    if text in _SAID:
        return today + timedelta(days=_SAID[text])
    try:
        if len(text) == len("2026-06-18"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f'A date such as {today.isoformat()}, not "{cut(text, 20)}".')


def moved(day: date, by: int) -> date:
    """So many days on, within what dates can be."""
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return day


def read_breaks(texts: Sequence[str]) -> list[Break]:
    """The breaks of the settings, the latest first; what is no break is passed over."""
    found = []
    for text in texts:
        first, _, last = text.partition("/")
        try:
            days = date.fromisoformat(first), date.fromisoformat(last or first)
        except ValueError:
            continue
        found.append((min(days), max(days)))
    return sorted(found, reverse=True)


def break_texts(breaks: Sequence[Break]) -> list[str]:
    """Breaks as the settings keep them, the earliest first; those that touch or overlap become one."""
    joined: list[Break] = []
    for first, last in sorted(breaks):
        if joined and first <= joined[-1][1] + timedelta(days=1):
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return [f"{first.isoformat()}/{last.isoformat()}" for first, last in joined]
