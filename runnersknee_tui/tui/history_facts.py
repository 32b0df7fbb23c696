"""What the history screen shows, gathered from the index in a worker, and the same facts as tables of words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from runnersknee_tui.coach import Coach
from runnersknee_tui.core.exercise_story import BALANCE_DAYS, SideRow, balance, names_of
from runnersknee_tui.core.plan_days import Plan
from runnersknee_tui.core.statistics import Summary, looks_back_to, summarise
from runnersknee_tui.core.statistics_tables import (
    Table,
    calendar_table,
    kept_table,
    pain_table,
    sides_table,
    weeks_table,
)
from runnersknee_tui.picture.bars import ring_chart, sides_chart, weeks_chart
from runnersknee_tui.picture.calendar import calendar_chart
from runnersknee_tui.picture.cells import Frame
from runnersknee_tui.picture.chart_ink import Canvas
from runnersknee_tui.picture.charts import pain_chart
from runnersknee_tui.store.recent import Recent, newest_files

if TYPE_CHECKING:
    from runnersknee_tui.tui.widgets.chart import Draw
    from runnersknee_tui.workspace import Workspace

WEEKS = 26
CHARTS = ("calendar", "pain", "weeks", "plan", "sides")
"""In the order of the tabs."""


class Facts(Struct, frozen=True):
    """Half a year in figures."""

    summary: Summary
    sides: tuple[SideRow, ...]
    names: Mapping[str, str]
    full_minutes: float  # of a day's plan

    @property
    def knee(self) -> str:
        """ "left knee"; where both are told, the one that hurts more each day."""
        return {"worse": "the worse knee"}.get(self.summary.knee, f"{self.summary.knee} knee")

    def table(self, chart: str, *, narrow: bool = False) -> Table:
        """The facts of one chart in words; `narrow` in less than forty columns."""
        summary = self.summary
        match chart:
            case "calendar":
                return calendar_table(summary.squares, narrow=narrow)
            case "pain":
                return pain_table(summary.pain, narrow=narrow)
            case "weeks":
                return weeks_table(summary.weeks)
            case "plan":
                return kept_table(summary.kept, summary.streak)
        return sides_table(self.sides, self.names, narrow=narrow)

    def draw(self, chart: str) -> Draw:
        """What draws one chart."""
        return {
            "calendar": self._calendar,
            "pain": self._pain,
            "weeks": self._weeks,
            "plan": self._plan,
            "sides": self._sides,
        }[chart]

    def _calendar(self, cols: int, rows: int, canvas: Canvas) -> Frame:
        summary = self.summary
        return calendar_chart(summary.squares, summary.today, self.full_minutes, cols, rows, canvas)

    def _pain(self, cols: int, rows: int, canvas: Canvas) -> Frame:
        return pain_chart(self.summary.pain, self.summary.line, cols, rows, canvas)

    def _weeks(self, cols: int, rows: int, canvas: Canvas) -> Frame:
        return weeks_chart(self.summary.weeks, cols, rows, canvas)

    def _plan(self, cols: int, rows: int, canvas: Canvas) -> Frame:
        return ring_chart(self.summary.kept, cols, rows, canvas)

    def _sides(self, cols: int, rows: int, canvas: Canvas) -> Frame:
        return sides_chart(self.sides, self.names, cols, rows, canvas)


def gather(workspace: Workspace) -> Facts:
    """The figures of what the index holds now."""
    index, coach = workspace.index, Coach(workspace)
    efforts = index.efforts(since=coach.day - timedelta(days=BALANCE_DAYS))
    return _facts(coach, Recent(index.heads(), efforts, None))


def at_a_glance(workspace: Workspace) -> tuple[Facts, bool]:
    """The figures from what the index knows of half a year; where it is out of date, from the newest files.

    True where that is all there is to know; else a longer streak is open, and the index must be brought up to date.
    """
    coach = Coach(workspace)
    since, efforts_since = looks_back_to(coach.day, WEEKS), coach.day - timedelta(days=BALANCE_DAYS)
    known = workspace.index.recent(since, efforts_since)
    facts = _facts(coach, known or newest_files(workspace.history, since, efforts_since))
    if known is None:
        return facts, False
    older = facts.summary.streak is None or (facts.summary.days_since is None and known.first is not None)
    if older and workspace.index.glance():
        return gather(workspace), True
    return facts, not older


def _facts(coach: Coach, known: Recent) -> Facts:
    plan = Plan.of(coach.profile)
    knee = coach.profile.knee
    summary = summarise(
        known.heads,
        plan,
        coach.profile.line,
        coach.day,
        weeks=WEEKS,
        knee=knee if knee in ("left", "right") else "worse",
        own_routines=coach.own_routines(),
        first=known.first,
    )
    sides = balance(known.efforts, coach.day)
    return Facts(summary, sides, names_of(coach.workspace.catalogue), plan.day_s / 60)


def brought_up_to_date(
    workspace: Workspace, progress: Callable[[int, int], None], *, shown: bool = False
) -> Facts | None:
    """The figures of every file as it is now; None where they are `shown` already and nothing has changed.

    `progress` hears how many of how many files were read; it may raise to give up.
    """
    found = workspace.index.refresh(workspace.clock.wall(), progress)
    return None if shown and not (found.read or found.gone) else gather(workspace)


class ExerciseLine(Struct, frozen=True):
    """One exercise as the list of them tells it."""

    id: str
    name: str
    sessions: int
    last: date
    pain: int | None  # of the last session; None: not answered


def exercise_lines(
    workspace: Workspace, progress: Callable[[int, int], None] | None = None
) -> tuple[ExerciseLine, ...]:
    """Every exercise ever done, the latest first, from the efforts of all years, which the index keeps.

    `progress` is as for `brought_up_to_date`.
    """
    workspace.index.refresh(workspace.clock.wall(), progress)
    names = names_of(workspace.catalogue)
    found: dict[str, ExerciseLine] = {}
    for effort in workspace.index.efforts():
        before = found.get(effort.exercise)
        found[effort.exercise] = ExerciseLine(
            effort.exercise,
            names.get(effort.exercise, effort.exercise),
            1 if before is None else before.sessions + 1,
            effort.day,
            effort.pain,
        )
    return tuple(sorted(found.values(), key=lambda line: (-line.last.toordinal(), line.name)))
