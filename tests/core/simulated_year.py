"""A runner made of rules: does what the day offers, answers as her knee is, and leaves records behind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct, field
from msgspec.structs import replace

from runnersknee_tui.core.adaptation import with_morning_after
from runnersknee_tui.core.agenda import Item, Today
from runnersknee_tui.core.due import Due
from runnersknee_tui.core.fold import State, advance_fold
from runnersknee_tui.core.fold_back import fold
from runnersknee_tui.core.growth import ADD
from runnersknee_tui.core.model import Prescription, Region
from runnersknee_tui.core.programme import Key, Profile, active_keys
from runnersknee_tui.core.record import ExerciseRecord, Knees, SessionRecord
from runnersknee_tui.core.schedule import today
from tests.core.catalogue_for_tests import CATALOGUE
from tests.core.records_for_tests import MONDAY, entry_of, left, session

Knee = Callable[[date], int]
Pain = Callable[[int, Prescription], int]


def seconds_of(prescriptions: tuple[Prescription, ...]) -> float:
    """About what the timeline would say, without compiling it."""
    total = 15.0
    for asked in prescriptions:
        exercise = CATALOGUE.exercises[asked.exercise]
        sides = 2 if exercise.form.sides.value == "each" else 1
        hold = asked.hold_s or 0.0
        work = hold if asked.reps is None else asked.reps * (hold + 4)
        total += asked.sets * sides * (work + 5) + (asked.sets - 1) * asked.rest_s + 20
    return total


def calm(_: date) -> int:
    return 0


def flaring(day: date) -> int:
    """Calm, then five weeks of trouble with a bad week in it, then a slow return; twice a year."""
    at = (day - MONDAY).days % 180
    if at < 40:
        return 1
    return 3 if at < 55 else 4 if at < 62 else 7 if at < 66 else 4 if at < 75 else 2 if at < 95 else 0


def everywhere(knee: int, _: Prescription) -> int:
    """Every exercise feels as the knee does."""
    return knee


def worse_under_load(knee: int, asked: Prescription) -> int:
    """A sore knee hurts more under the body's weight: 3 before becomes 6 in a step-up."""
    return min(knee * 2, 10) if is_loaded(asked) else knee


def is_loaded(asked: Prescription | ExerciseRecord) -> bool:
    """The form it is done in: a single-leg squat, a step, or any with added weight."""
    exercise = CATALOGUE.exercises[asked.exercise if isinstance(asked, Prescription) else asked.id]
    step = exercise.step(asked.ladder_step or exercise.dose(asked.dose).step)
    return step.form.loaded or step.adds_weight


def is_loaded_knee(asked: Prescription | ExerciseRecord) -> bool:
    name = asked.exercise if isinstance(asked, Prescription) else asked.id
    return is_loaded(asked) and CATALOGUE.exercises[name].region is Region.KNEE


class Runner(Struct):
    """Lives day by day. `records` are all she has; each is folded in as it comes."""

    profile: Profile = field(default_factory=Profile)
    knee: Knee = calm
    pain: Pain = everywhere
    misses: Callable[[date], bool] = lambda _: False
    corrects: Callable[[date], bool] = lambda _: False  # the numbers of her last session, in the morning
    sign_on: date | None = None  # a warning sign is ticked
    clears_after: int | None = None  # days of a pause after which a clinician clears her; None: never
    takes_bonus: bool = False
    start: date = MONDAY
    records: list[SessionRecord] = field(default_factory=list)
    days: list[Today] = field(default_factory=list)
    since: dict[Key, date] = field(default_factory=dict)  # the first day whose plan could hold an exercise
    cleared: list[date] = field(default_factory=list)
    state: State = field(default_factory=State)
    without_last: State = field(default_factory=State)  # the state before the newest record

    def live(self, days: int) -> Runner:
        for offset in range(days):
            day = self.start + timedelta(days=offset)
            self._morning(day)
            self._see_a_clinician(day)
            for key in active_keys(self.profile, CATALOGUE):
                self.since.setdefault(key, day)
            shown = self.today(day)
            self.days.append(shown)
            self._take_offer(shown)
            if not self.misses(day):
                self._train(day, shown)
        return self

    def today(self, day: date, state: State | None = None) -> Today:
        """The day by her records, or by any other state."""
        return today(
            day,
            self.state if state is None else state,
            CATALOGUE,
            self.profile,
            before=left(self.knee(day)),
            seconds_of=seconds_of,
        )

    def of_day(self, day: date) -> tuple[ExerciseRecord, ...]:
        """What she did that day."""
        at = bisect_left(self.records, day, key=lambda record: record.local_date)
        done = self.records[at : at + 1]
        return done[0].exercises if done and done[0].local_date == day else ()

    def _morning(self, day: date) -> None:
        """Yesterday's record gets its morning-after answer: an edit, so the state goes on from before it."""
        if day == self.sign_on:
            self.profile = replace(
                self.profile, signs_ticked=("locked",), signs_asked_on=day, cleared_on=None
            )
        if not self.records or self.records[-1].check_in.next_day != Knees():
            return
        self.records[-1] = with_morning_after(self.records[-1], left(self.knee(day)), "no")
        self.state = advance_fold(self.without_last, self.records[-1], CATALOGUE)
        if self.corrects(day):
            first, *others = self.records[-1].exercises
            self.records[-1] = replace(self.records[-1], exercises=(replace(first, during=left(4)), *others))
            self.state = fold(self.records, CATALOGUE)  # an edited number changes everything after it

    def _see_a_clinician(self, day: date) -> None:
        if self.clears_after is None:
            return
        week = self.days[-self.clears_after :]
        if len(week) == self.clears_after and all(held_back(shown) for shown in week):
            self.profile = replace(self.profile, cleared_on=day, signs_ticked=())
            self.cleared.append(day)

    def _take_offer(self, shown: Today) -> None:
        added = [offer.key.text for offer in shown.offers if offer.kind == ADD]
        if added:
            active = [key.text for key in active_keys(self.profile, CATALOGUE)]
            self.profile = replace(self.profile, active=(*active, *added))

    def _train(self, day: date, shown: Today) -> None:
        chosen = list(shown.session)
        if self.takes_bonus:
            chosen += [
                item.prescription for item in shown.items if item.active and item.state is Due.OPTIONAL
            ]
        if not chosen:
            return
        knee = self.knee(day)
        entries: list[ExerciseRecord] = []
        for asked in chosen:
            if any(entry.stopped for entry in entries) and is_loaded_knee(asked):
                entries.append(entry_of(asked, during=None, form=None, done=0.0))
            else:
                entries.append(self._done(asked, self.pain(knee, asked)))
        self.records.append(session(day, *entries, before=knee, after=None))
        self.without_last = self.state
        self.state = advance_fold(self.state, self.records[-1], CATALOGUE)

    def _done(self, asked: Prescription, pain: int) -> ExerciseRecord:
        """Everything, or half of it and no further where the pain is over her line."""
        over = pain >= self.profile.line.red
        return entry_of(
            asked, during=pain, sharp=False if over else None, stopped=over, done=0.5 if over else 1.0
        )


def held_back(shown: Today) -> bool:
    """Something waits for a clinician: an exercise after two pain stops, or everything after a warning sign."""
    signs = shown.stop is not None and shown.stop.rule == 1
    return signs or any(item.paused and item.active for item in shown.items)


def item_of(shown: Today, key: Key) -> Item:
    return next(item for item in shown.items if item.key == key)
