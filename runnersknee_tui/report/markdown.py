"""The sheet as Markdown, readable as plain text as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from runnersknee_tui.core.statistics_tables import Table, day_words, pain_table, sides_table, weeks_table
from runnersknee_tui.report import words
from runnersknee_tui.report.sheet import Sheet, period_words

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")


def markdown(sheet: Sheet) -> str:
    """The whole sheet; ends in a line end."""
    parts = [f"# {words.TITLE}", f"{escape(words.about(sheet))}. {period_words(sheet)}."]
    parts.append(_list(f"**{number}** {what}" for number, what in words.figures(sheet)))
    parts += ["## Pain", words.zones(sheet)]
    parts.append(_list(map(escape, words.trends(sheet))) or "No answers about pain in this time.")
    for knee, days in sheet.pain.items():
        table = pain_table(days)
        parts += [f"### {knee.capitalize()} knee, week by week", _table(table)]
    if sheet.sessions:
        parts += ["## Plan kept", _table(weeks_table(sheet.weeks)), "## Exercises", _exercises(sheet)]
    else:
        parts.append(words.NOTHING)
    if sheet.sides:
        table = sides_table(sheet.sides, sheet.names)
        parts += [f"## {table.title}", _table(table)]
    if sheet.changes:
        parts += ["## Steps and setbacks", _changes(sheet)]
    if sheet.stops:
        rows = (
            f"{day_words(stop.day)}: {escape(stop.name)}, {words.stop_words(stop)}" for stop in sheet.stops
        )
        parts += ["## Stopped for pain", _list(rows)]
    if sheet.signs:
        parts += [
            "## Warning signs ticked",
            _list(f"{day_words(day)}: {escape(sign)}" for day, sign in sheet.signs),
        ]
    if sheet.notes:
        parts += ["## Notes", _list(f"{day_words(day)}: {escape(note)}" for day, note in sheet.notes)]
    parts.append(f"*{words.DISCLAIMER}*")
    return "\n\n".join(part for part in parts if part) + "\n"


def escape(text: str) -> str:
    """Words from people as words: nothing in them becomes a heading, a link or HTML."""
    return _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;").replace("\n", " "))


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(table: Table) -> str:
    return _rows(table.head, table.rows)


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The first column to the left, numbers to the right."""
    lines = [head, [":--", *("--:" for _ in head[1:])], *([escape(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _exercises(sheet: Sheet) -> str:
    if not sheet.exercises:
        return "No exercises in this time."
    rows = (
        (
            line.name,
            f"{line.sessions}",
            line.began,
            line.stands,
            f"{100 * line.share:.0f} %",
            "–" if line.pain is None else f"{line.pain:.1f}",
            day_words(line.last),
        )
        for line in sheet.exercises
    )
    return _rows(("Exercise", "Sessions", "Began at", "Stands at", "Of plan done", "Mean pain", "Last"), rows)


def _changes(sheet: Sheet) -> str:
    lines = [
        f"{day_words(change.day)}: {escape(change.name)}, {escape(change.what)}. {escape(change.reason)}"
        for change in reversed(sheet.changes)
    ]
    if sheet.more_changes:
        lines.append(f"and {sheet.more_changes} smaller or earlier changes")
    return _list(lines)
