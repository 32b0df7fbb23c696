"""What the page of one exercise tells: its sessions, where it stands on its ladder, and every change with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from textual.content import Content
from textual.visual import Visual

from runnersknee_tui.coach import Coach
from runnersknee_tui.core.adaptation import standings
from runnersknee_tui.core.assessment import PainLine
from runnersknee_tui.core.exercise_story import CHANGES_LOOK_BACK, Change, changes, step_name
from runnersknee_tui.core.heads import Effort, worse
from runnersknee_tui.core.model import Exercise
from runnersknee_tui.core.plan_days import DayFacts, monday
from runnersknee_tui.core.progress import Progress
from runnersknee_tui.core.statistics import PainDay, pain_series
from runnersknee_tui.core.statistics_tables import Table, change_words, efforts_table
from runnersknee_tui.picture.amounts import Amount, amounts_chart
from runnersknee_tui.picture.cells import Frame
from runnersknee_tui.picture.chart_ink import Canvas
from runnersknee_tui.picture.charts import pain_chart
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.history_facts import WEEKS
from runnersknee_tui.tui.widgets.rows import Hung
from runnersknee_tui.tui.words import HEADING, MUTED, joined, plain

if TYPE_CHECKING:
    from runnersknee_tui.store.index import Progress as Heard
    from runnersknee_tui.tui.widgets.chart import Draw
    from runnersknee_tui.workspace import Workspace

CHANGES = 60
"""The newest so many changes are told."""


class Story(Struct, frozen=True):
    """One dose of one exercise. `efforts` are those of half a year; the table has them all."""

    dose: str
    efforts: tuple[Effort, ...]
    progress: Progress | None  # None where the catalogue has this dose no longer
    changes: tuple[Change, ...]

    @property
    def holds(self) -> bool:
        """Whether a set is one hold, measured in seconds."""
        return bool(self.efforts) and self.efforts[-1].target_reps is None

    @property
    def holds_reps(self) -> bool:
        """Whether each repetition is held for a while."""
        return not self.holds and any(effort.target_hold_s for effort in self.efforts)


class Stories(Struct, frozen=True):
    """The page of one exercise: a story for each dose that was done, the one done last first."""

    id: str
    name: str
    exercise: Exercise | None
    doses: tuple[Story, ...]
    line: PainLine
    start: date
    today: date

    @property
    def steps(self) -> dict[str, str]:
        """Names of rungs by id."""
        return {rung.id: rung.name for rung in self.exercise.ladder} if self.exercise else {}

    # --- pictures ----------------------------------------------------------------------------------------------

    def draw(self, story: Story, chart: str) -> Draw:
        """What draws "amount", "held" or "pain" of a dose."""
        return {"amount": self._amount(story), "held": self._held(story), "pain": self._pain(story)}[chart]

    def _amount(self, story: Story) -> Draw:
        amounts = tuple(_amount(effort) for effort in story.efforts)
        return lambda cols, rows, canvas: amounts_chart(amounts, self.start, self.today, cols, rows, canvas)

    def _held(self, story: Story) -> Draw:
        amounts = tuple(_held(effort) for effort in story.efforts)
        return lambda cols, rows, canvas: amounts_chart(amounts, self.start, self.today, cols, rows, canvas)

    def _pain(self, story: Story) -> Draw:
        series = pain_of(story.efforts, self.start, self.today)

        def draw(cols: int, rows: int, canvas: Canvas) -> Frame:
            return pain_chart(series, self.line, cols, rows, canvas)

        return draw

    def table(self, story: Story) -> Table:
        """The same facts in words."""
        return efforts_table(story.efforts, self.steps)

    # --- words -------------------------------------------------------------------------------------------------

    def standing(self, story: Story) -> str:
        """ "Low step-up, 15 reps"; empty where it is not known."""
        progress = story.progress
        if progress is None:
            return ""
        unit = "s" if progress.dose.holds_only else "reps"
        name = step_name(self.exercise, progress.position.step)
        return f"{name}, {progress.position.target} {unit}"

    def ladder_words(self, story: Story) -> Iterator[Visual]:
        """Where it stands and why, and the rungs from easy to hard."""
        progress = story.progress
        yield plain("Where it stands", HEADING)
        if progress is None or self.exercise is None:
            yield plain("This exercise is no longer among yours.", MUTED)
            return
        yield plain(f"{self.standing(story)}.")
        reason = progress.rest_reason or (progress.judgement.reason if progress.judgement else "")
        if reason:
            yield plain(reason, MUTED)
        if len(self.exercise.ladder) > 1:
            yield Content("")
            yield plain("Ladder, easy to hard", HEADING)
            for rung in self.exercise.ladder:
                here = rung.id == progress.position.step
                yield Hung(
                    plain("\N{BLACK RIGHT-POINTING SMALL TRIANGLE}" if here else " ", "bold $primary"),
                    plain(rung.name, "bold" if here else MUTED),
                )

    def change_words(self, story: Story) -> Iterator[Visual]:
        """The newest change first, each with its reason."""
        yield plain("Changes, and why", HEADING)
        if not story.changes:
            yield plain("None in half a year.", MUTED)
        for change in list(reversed(story.changes))[:CHANGES]:
            what = change_words(change, self.steps)
            day = phrases.short_day(change.day)
            yield Hung(plain(f"{day:>10} ", MUTED), joined((what, "bold"), "\n", (change.reason, MUTED)))


def _amount(effort: Effort) -> Amount:
    asked = effort.target_hold_s if effort.target_reps is None else effort.target_reps
    halves = _halves(effort)
    done = None if effort.amount is None or not halves else effort.amount / halves
    return Amount(effort.day, asked, done, effort.step)


def _held(effort: Effort) -> Amount:
    """Seconds that one repetition was held."""
    held = [one for one in (effort.held_left, effort.held_right, effort.held_both) if one is not None]
    reps = effort.amount
    return Amount(effort.day, effort.target_hold_s, sum(held) / reps if held and reps else None, effort.step)


def _halves(effort: Effort) -> int:
    """How many halves were planned on the sides that were begun."""
    held = (effort.held_left, effort.held_right, effort.held_both)
    return effort.sets * sum(one is not None for one in held)


def pain_of(efforts: tuple[Effort, ...], start: date, today: date) -> tuple[PainDay, ...]:
    """Pain during one exercise, day by day; a day without an answer is a gap."""
    facts: dict[date, DayFacts] = {}
    for effort in efforts:
        other = facts.get(effort.day)
        left, right = effort.pain_left, effort.pain_right
        if other is not None:
            left, right = worse(left, other.left), worse(right, other.right)
        facts[effort.day] = DayFacts(0.0, 0.0, left, right, resting=False, signs=False)
    return pain_series(facts, start, today)


def gather_stories(workspace: Workspace, id_: str, progress: Heard | None = None) -> Stories:
    """Half a year of an exercise, from the index, which is brought up to date, and the files of that time.

    `progress` hears how many of how many files were read into the index; it may raise to give up.
    """
    workspace.index.refresh(workspace.clock.wall(), progress)
    coach = Coach(workspace)
    today = coach.day
    start = monday(today) - timedelta(weeks=WEEKS - 1)
    exercise = workspace.catalogue.exercises.get(id_)
    efforts = workspace.index.efforts(id_, since=start)
    standing = standings(coach.state, workspace.catalogue, coach.profile).progress
    since = max(start, min((effort.day for effort in efforts), default=start))
    moved = changes(
        list(workspace.history.since(since - CHANGES_LOOK_BACK)[1]),
        workspace.catalogue,
        coach.profile,
        today,
        since=since,
        own_routines=coach.own_routines(),
    )
    doses = dict.fromkeys(effort.dose for effort in reversed(efforts))
    stories = []
    for dose in doses:
        key = next((one for one in standing if (one.exercise, one.dose) == (id_, dose)), None)
        stories.append(
            Story(
                dose,
                tuple(effort for effort in efforts if effort.dose == dose and effort.day <= today),
                standing[key] if key is not None else None,
                tuple(one for one in moved if (one.key.exercise, one.key.dose) == (id_, dose)),
            )
        )
    name = exercise.name if exercise is not None else id_
    return Stories(id_, name, exercise, tuple(stories), coach.profile.line, start, today)
