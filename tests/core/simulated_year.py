"""A runner made of rules: does what the day offers, answers as her knee is, and leaves records behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from runnersknee_tui.core.adaptation import with_morning_after
from runnersknee_tui.core.agenda import Item, Today
from runnersknee_tui.core.due import Due
from runnersknee_tui.core.fold import State, advance_fold
from runnersknee_tui.core.growth import ADD
from runnersknee_tui.core.model import Prescription
from runnersknee_tui.core.programme import Key, Profile, active_keys
from runnersknee_tui.core.record import Knees, SessionRecord
from runnersknee_tui.core.schedule import today
from tests.core.catalogue_for_tests import CATALOGUE
from tests.core.records_for_tests import MONDAY, entry_of, left, session

Knee = Callable[[date], int]


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


@dataclass
class Runner:
    """Lives day by day. `records` are all she has; each is folded in as it comes."""

    profile: Profile = field(default_factory=Profile)
    knee: Knee = calm
    misses: Callable[[date], bool] = lambda _: False
    grows: bool = True
    takes_bonus: bool = False
    start: date = MONDAY
    records: list[SessionRecord] = field(default_factory=list)
    days: list[Today] = field(default_factory=list)
    since: dict[Key, date] = field(default_factory=dict)  # when an exercise was taken up
    clears: bool = False  # sees a clinician a week after something was paused
    without_last: State = field(default_factory=State)  # the state before the newest record

    def live(self, days: int) -> Runner:
        state = State()
        for offset in range(days):
            day = self.start + timedelta(days=offset)
            state = self._morning(day, state)
            shown = today(
                day, state, CATALOGUE, self.profile, before=left(self.knee(day)), seconds_of=seconds_of
            )
            self.days.append(shown)
            self._see_a_clinician(shown)
            self._take_offer(shown)
            for key in active_keys(self.profile, CATALOGUE):
                self.since.setdefault(key, day)
            if not self.misses(day):
                state = self._train(day, shown, state)
        return self

    def _morning(self, day: date, state: State) -> State:
        """Yesterday's record gets its morning-after answer: an edit, so the state goes on from before it."""
        if not self.records or self.records[-1].local_date >= day:
            return state
        if self.records[-1].check_in.next_day != Knees():
            return state
        self.records[-1] = with_morning_after(self.records[-1], left(self.knee(day)), "no")
        return advance_fold(self.without_last, self.records[-1], CATALOGUE)

    def _see_a_clinician(self, shown: Today) -> None:
        week = self.days[-7:]
        if self.clears and all(any(item.paused for item in day.items) for day in week):
            self.profile = replace(self.profile, cleared_on=shown.day)

    def _take_offer(self, shown: Today) -> None:
        added = [offer.key.text for offer in shown.offers if offer.kind == ADD]
        if self.grows and added:
            active = [key.text for key in active_keys(self.profile, CATALOGUE)]
            self.profile = replace(self.profile, active=(*active, *added))

    def _train(self, day: date, shown: Today, state: State) -> State:
        chosen = list(shown.session)
        if self.takes_bonus:
            chosen += [
                item.prescription for item in shown.items if item.active and item.state is Due.OPTIONAL
            ]
        if not chosen:
            return state
        pain = self.knee(day)
        entries = [
            entry_of(asked, during=pain, stopped=pain >= 6, done=0.5 if pain >= 6 else 1.0)
            for asked in chosen
        ]
        record = replace(session(day, *entries, before=pain, after=None), exercises=tuple(entries))
        self.records.append(record)
        self.without_last = state
        return advance_fold(state, record, CATALOGUE)


def item_of(shown: Today, key: Key) -> Item:
    return next(item for item in shown.items if item.key == key)
