"""The facts of the history's pictures as rows of words: for screen readers, for copying, for a sheet of paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from runnersknee_tui.core.exercise_story import Change, SideRow
from runnersknee_tui.core.heads import Effort
from runnersknee_tui.core.plan_days import Adherence, Mark, monday
from runnersknee_tui.core.statistics import CalendarDay, PainDay, WeekMinutes
from runnersknee_tui.core.words import clean

OPEN = "–"
"""What stands where nobody answered: never a zero."""

_WORDS = {
    Mark.MISSED: "missed",
    Mark.REST: "rest",
    Mark.BREAK: "break",
    Mark.OPEN: "",
    Mark.BEFORE: "",
}


class Table(Struct, frozen=True):
    """A heading, the names of its columns, and rows of words; the first column names the row."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def lines(self, gap: str = "  ") -> list[str]:
        """As plain text, columns set against each other; the first to the left, the others to the right."""
        wide = [max(len(row[at]) for row in (self.head, *self.rows)) for at in range(len(self.head))]
        return [
            gap.join(
                cell.ljust(width) if at == 0 else cell.rjust(width)
                for at, (cell, width) in enumerate(zip(row, wide, strict=True))
            ).rstrip()
            for row in (self.head, *self.rows)
        ]


def day_words(day: date) -> str:
    """ "4 Jun 2026"."""
    return f"{day.day} {day:%b %Y}"


def calendar_table(squares: Sequence[CalendarDay], *, narrow: bool = False) -> Table:
    """A row a week, newest first: minutes of each day, or what the day was instead."""
    weeks = [squares[at : at + 7] for at in range(0, len(squares), 7)]
    if narrow:
        short = [
            (
                _short(week[0].day),
                *(_day_cell(day)[:1] if day.minutes <= 0 else _day_cell(day) for day in week),
            )
            for week in reversed(weeks)
        ]
        return Table(
            "Minutes; missed, rest, break", ("Week", "M", "T", "W", "T", "F", "S", "S"), tuple(short)
        )
    rows = [(day_words(week[0].day), *map(_day_cell, week)) for week in reversed(weeks)]
    head = ("Week from", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    return Table("Minutes a day", head, tuple(rows))


def _day_cell(square: CalendarDay) -> str:
    if square.minutes > 0:
        return f"{square.minutes:.0f}" if square.minutes >= 0.5 else "<1"
    return _WORDS.get(square.mark, "done")


def _short(day: date) -> str:
    """ "4 Jun"."""
    return f"{day.day} {day:%b}"


def pain_table(days: Sequence[PainDay], *, narrow: bool = False) -> Table:
    """A row a week, newest first: answered days, the worst of them, and the 7-day mean at the week's end."""
    rows = []
    for start, group in groupby(days, key=lambda day: monday(day.day)):
        week = list(group)
        answers = [day.pain for day in week if day.pain is not None]
        means = [day.mean for day in week if day.mean is not None]
        rows.append(
            (
                _short(start) if narrow else day_words(start),
                f"{len(answers)} of {len(week)}",
                f"{max(answers)}" if answers else OPEN,
                f"{means[-1]:.1f}" if means else OPEN,
            )
        )
    head = (
        ("Week", "Answered", "Worst", "Mean")
        if narrow
        else ("Week from", "Days answered", "Worst", "7-day mean")
    )
    return Table("Pain, 0 to 10", head, tuple(reversed(rows)))


def weeks_table(weeks: Sequence[WeekMinutes]) -> Table:
    """Newest first; the first row is the week that is not over."""
    rows = [(day_words(week.start), f"{week.minutes:.0f}", f"{week.planned:.0f}") for week in reversed(weeks)]
    return Table("Minutes a week", ("Week from", "Done", "Plan"), tuple(rows))


def kept_table(kept: Adherence, streak: int | None) -> Table:
    """The ring in words; a streak that is not known is open."""
    share = OPEN if kept.share is None else f"{100 * kept.share:.0f} %"
    rows = (
        ("Planned days in four weeks", f"{kept.planned}"),
        ("Kept", f"{kept.kept}"),
        ("Share", share),
        ("Planned days kept in a row", OPEN if streak is None else f"{streak}"),
    )
    return Table("Plan kept", ("", ""), rows)


def sides_table(rows_of: Sequence[SideRow], names: Mapping[str, str], *, narrow: bool = False) -> Table:
    """Means of a session on each side, and pain where it was answered; `narrow` gives the amounts alone."""
    if narrow:
        amounts = tuple(
            (
                clean(names.get(row.exercise, row.exercise)),
                *(f"{side:.0f}{' s' * (row.unit == 's')}" for side in (row.left, row.right)),
            )
            for row in rows_of
        )
        return Table("Left against right, four weeks", ("Exercise", "Left", "Right"), amounts)
    rows = tuple(
        (
            clean(names.get(row.exercise, row.exercise)),
            f"{row.left:.0f} {row.unit}",
            f"{row.right:.0f} {row.unit}",
            _difference(row),
            _number(row.pain_left),
            _number(row.pain_right),
            f"{row.sessions}",
        )
        for row in rows_of
    )
    head = ("Exercise", "Left", "Right", "Weaker by", "Pain left", "Pain right", "Sessions")
    return Table("Left against right, four weeks", head, rows)


def _difference(row: SideRow) -> str:
    percent = round(100 * abs(row.difference))
    if not percent:
        return "equal"
    return f"{'left' if row.difference > 0 else 'right'} {percent} %"


def efforts_table(efforts: Sequence[Effort], step_names: Mapping[str, str]) -> Table:
    """One exercise, newest first: what was asked, what was done, pain and form."""
    rows = tuple(
        (
            day_words(effort.day),
            clean(step_names.get(effort.step or "", effort.step or "usual form")),
            _asked(effort),
            _done(effort),
            f"{100 * effort.share:.0f} %",
            OPEN if effort.pain is None else f"{effort.pain}",
            effort.form or OPEN,
            "stopped" if effort.stopped else "",
        )
        for effort in reversed(efforts)
    )
    head = ("Day", "Step", "Asked", "Done", "Of plan", "Pain", "Form", "")
    return Table("Sessions", head, rows)


def _asked(effort: Effort) -> str:
    if effort.target_reps is not None:
        return f"{effort.sets} x {effort.target_reps}"
    return OPEN if effort.target_hold_s is None else f"{effort.sets} x {effort.target_hold_s:.0f} s"


def _done(effort: Effort) -> str:
    if effort.amount is None:
        return "skipped"
    return f"{effort.amount:.0f} s" if effort.target_reps is None else f"{effort.amount:.0f}"


def changes_table(
    found: Sequence[Change], names: Mapping[str, str], steps: Mapping[str, Mapping[str, str]]
) -> Table:
    """Every change of a dose with its reason, newest first; `steps` are names of rungs by exercise."""
    rows = tuple(
        (
            day_words(change.day),
            clean(names.get(change.key.exercise, change.key.exercise)),
            change_words(change, steps.get(change.key.exercise, {})),
            clean(change.reason),
        )
        for change in reversed(found)
    )
    return Table("Changes of the plan", ("Day", "Exercise", "Change", "Reason"), rows)


def change_words(change: Change, steps: Mapping[str, str]) -> str:
    """ "15 to 16", "Band above the knees, 20" or "stopped"."""
    if change.step_from != change.step_to:
        return f"{clean(steps.get(change.step_to, change.step_to))}, {change.target_to}"
    if change.target_from != change.target_to:
        return f"{change.target_from} to {change.target_to}"
    return {"stop": "stopped", "regress": "rest"}.get(change.decision, "same")


def _number(value: float | None) -> str:
    return OPEN if value is None else f"{value:.1f}"
