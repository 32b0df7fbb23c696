"""The sentence above the history's pictures, and their tables."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from runnersknee_tui.core.statistics import short_line_words
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.history_facts import CHARTS, Facts
from runnersknee_tui.tui.words import MUTED, plain

OVERVIEW, SESSIONS, EXERCISES = "overview", "sessions", "exercises"
TITLES = {
    "calendar": "Minutes a day",
    "pain": "Pain, 0 to 10",
    "weeks": "Minutes a week",
    "plan": "Plan kept, four weeks, %",
    "sides": "Left and right, four weeks",
}
SHORT_TITLES = {**TITLES, "plan": "Plan kept, %", "sides": "Left and right"}
"""Where the pictures stand side by side."""
LISTS = {SESSIONS: "Sessions", EXERCISES: "Exercises"}
TOGETHER = {OVERVIEW: "Overview", **LISTS}
"""The tabs where all pictures have room side by side."""
APART = {"calendar": "Calendar", "pain": "Pain", "weeks": "Week", "plan": "Plan", "sides": "Sides", **LISTS}
NOTHING_YET = "Nothing here yet: your first session will stand here as soon as it is saved."
NARROW = 56
"""Columns up to which only the stop line is told of, in its shortest words, and tables are short."""
ROOMY = (110, 34)
"""Columns and rows from which on they have."""


def places_of(tab: str) -> Mapping[str, tuple[str, ...]]:
    """Where the tables of a tab stand: side by side where all are shown, the widest below."""
    if tab == OVERVIEW:
        return {"#table": ("calendar", "plan"), "#table-more": ("pain", "weeks"), "#table-wide": ("sides",)}
    return {"#table": (tab,) if tab in CHARTS else (), "#table-more": (), "#table-wide": ()}


def headline(facts: Facts, room: int) -> Content:
    """The stop line and the trend; then what else there is to say, as far as it has room."""
    if facts.summary.days_since is None and facts.summary.streak is not None:
        return plain(NOTHING_YET if room > NARROW else NOTHING_YET.partition(":")[0] + ".", MUTED)
    line, trend, *rest = facts.summary.headline
    style = "$text-warning" if facts.summary.trend.over_line else "$primary"
    if room <= NARROW:
        return plain(short_line_words(facts.summary.trend, facts.summary.line), style)
    parts = [plain(line, style), plain(trend)]
    for words in rest:
        if sum(part.cell_length + len(phrases.DOT) for part in parts) + len(words) <= room:
            parts.append(plain(words, MUTED))
    return Content(phrases.DOT).join(parts)


def tables(facts: Facts, charts: tuple[str, ...], room: int) -> Content:
    """The same facts as rows of words, for so many columns."""
    parts: list[Content] = []
    for chart in charts:
        table = facts.table(chart, narrow=room <= NARROW)
        head, *lines = table.lines()
        if parts:
            parts.append(Content(""))
        parts += [plain(table.title, "bold"), plain(head, MUTED), *map(plain, lines)]
    return Content("\n").join(parts)
