"""Every exercise that was ever done, the latest first, each with a page of its own behind it."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static
from textual.widgets.option_list import Option

from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.history_facts import ExerciseLine
from runnersknee_tui.tui.widgets.rows import Choices, Row
from runnersknee_tui.tui.words import MUTED, joined, plain

NARROW = 60
"""Columns below which only the name and the last day have room."""
NOTHING_YET = "Nothing here yet. Each exercise you do gets a page of its own."


class ExercisesPane(Vertical):
    """Lines to choose from; what enter does is up to the screen."""

    def compose(self) -> ComposeResult:
        yield Choices(id="exercises")
        yield Static(id="none", markup=False)

    def show(self, lines: tuple[ExerciseLine, ...], today: date) -> None:
        """Put these up."""
        choices = self.query_one("#exercises", Choices)
        row = _short_row if self.app.size.width < NARROW else _row
        choices.fill((Option(row(line, today), id=line.id) for line in lines), choices.marked)
        self.set_class(not lines, "-empty")
        self.query_one("#none", Static).update(plain(NOTHING_YET, MUTED))

    @property
    def marked(self) -> str | None:
        """The id of the marked exercise."""
        return self.query_one("#exercises", Choices).marked


def _short_row(line: ExerciseLine, today: date) -> Row:
    return Row(plain(line.name), plain(phrases.day(line.last, today), MUTED))


def _row(line: ExerciseLine, today: date) -> Row:
    pain = "" if line.pain is None else f"pain {line.pain}"
    return Row(
        plain(line.name),
        joined(
            (f"{pain:<9}", MUTED),
            f"{phrases.day(line.last, today):>12}",
            (f"{phrases.count(line.sessions, 'session'):>14}", MUTED),
        ),
    )
