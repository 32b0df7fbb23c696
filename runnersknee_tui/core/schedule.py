"""Today: what is due and why, the session that follows from it, and what does not fit (adaptation.md, 6).

Everything follows from the records (as a `State`), the catalogue, the user's choices and the date; the same
arguments always give the same day.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from msgspec.structs import replace

from runnersknee_tui.core.adaptation import Standings, locked, nudges, standings, uncleared_signs
from runnersknee_tui.core.agenda import Item, Today
from runnersknee_tui.core.due import Due, day_words, due, resting_words
from runnersknee_tui.core.fold import State
from runnersknee_tui.core.forecast import comes_on, lower, next_due, shortfalls
from runnersknee_tui.core.gate import gate
from runnersknee_tui.core.growth import Offer, next_exercise, offers
from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.override import overrides
from runnersknee_tui.core.prescribing import Planned, plan_for
from runnersknee_tui.core.programme import Key, Profile, active_keys, listed_keys
from runnersknee_tui.core.progress import Progress
from runnersknee_tui.core.record import Knees
from runnersknee_tui.core.selection import Candidate, Fitted, SecondsOf, choose, fit, in_order, with_sets

LOCKED_REASON = "Locked until two clean sessions at the top of straight leg raise, short arc quad or step-up."
PAUSED_REASON = "Paused after two pain stops in 14 days, until a clinician has cleared you."


def today(
    day: date,
    state: State,
    catalogue: Catalogue,
    profile: Profile,
    *,
    before: Knees | None = None,
    seconds_of: SecondsOf,
    standing: Standings | None = None,
) -> Today:
    """The day as it stands. `before` is the knee's answer at the start of a session, None on Home.

    `state` holds records up to `day`. `seconds_of` gives honest seconds of prescriptions in their order.
    `standing` saves the judging where the caller has it already.
    """
    return _Day(day, state, catalogue, profile, before, cache(seconds_of), standing).work_out()


class _Day:
    """The parts of a day, worked out one after the other."""

    def __init__(
        self,
        day: date,
        state: State,
        catalogue: Catalogue,
        profile: Profile,
        before: Knees | None,
        seconds_of: SecondsOf,
        standing: Standings | None,
    ) -> None:
        self.day, self.state, self.catalogue, self.profile = day, state, catalogue, profile
        self.seconds_of = seconds_of
        self.standing = standing or standings(state, catalogue, profile)
        self.before = before.worse if before is not None else None
        if state.strained_on == day:
            self.before = max(self.before or 0, state.strain)
        self.signs = bool(uncleared_signs(state, profile))
        passed = gate(signs=self.signs, before=self.before, gap_days=None)
        self.stop = passed if passed.stops else None
        self.active = active_keys(profile, catalogue)
        self.keys = listed_keys(profile, catalogue)
        self.plans = {key: self._plan(key) for key in self.keys}

    def _plan(self, key: Key) -> Planned:
        progress = self.standing.progress[key]
        return plan_for(progress, self.day, self.profile, before=self.before, signs=self.signs)

    def work_out(self) -> Today:
        items = tuple(self._item(key) for key in self.keys)
        waiting = [self._candidate(item.key) for item in items if item.active and item.state is Due.DUE]
        done = [self._as_done(item.key) for item in items if item.state is Due.DONE]
        trains = [one for one in waiting if comes_on(self.day, self.profile, one.dose)]
        chosen, spared = choose(trains, self.day, done=done)
        items = self._one_day_s_worth(items, [*done, *chosen], spared)
        ordered = in_order(chosen, self.day, self.before)
        fitted = fit(ordered, self.day, self.profile.minutes, self.seconds_of, done=done)
        following = None if fitted.kept or self.signs else self._next_due()
        asked = {one.key: one.prescription for one in fitted.kept}
        return Today(
            day=self.day,
            programme=self.profile.programme,
            items=tuple(replace(item, prescription=asked.get(item.key, item.prescription)) for item in items),
            session=fitted.prescriptions,
            seconds=fitted.seconds,
            stop=self.stop,
            notices=self._notices(waiting, trains, fitted, following, trained=bool(done)),
            nudges=nudges(self.standing, self.profile, self.day),
            offers=() if self.stop else self._offers(),
            next_due=following,
        )

    # --- one exercise ----------------------------------------------------------------------------------------

    def _item(self, key: Key) -> Item:
        progress, planned = self.standing.progress[key], self.plans[key]
        is_locked = locked(key.exercise, self.state, self.profile)
        dose = progress.dose
        resting = self._resting(progress, planned, is_locked=is_locked)
        state, reason = due(self.day, progress.days, dose.per_week, free_day=dose.free_day, resting=resting)
        active = key in self.active
        if not active and state is Due.DUE:
            state, reason = Due.OPTIONAL, "Not among your exercises yet; you can add it."
        open_choices = {} if is_locked or resting else overrides(progress, planned, self.profile)
        return Item(
            key=key,
            name=self._name(key),
            active=active,
            state=state,
            reason=reason,
            prescription=planned.prescription,
            decision=planned.decision,
            why=planned.why,
            choices=open_choices,
            locked=is_locked,
            paused=progress.paused,
        )

    def _resting(self, progress: Progress, planned: Planned, *, is_locked: bool) -> str | None:
        """Why the exercise rests today whatever its count; None where it does not."""
        if self.stop is not None:
            return self.stop.reason
        if progress.paused:
            return PAUSED_REASON
        if progress.rest_until is not None and self.day < progress.rest_until:
            return resting_words(progress.rest_until, progress.rest_reason)
        if is_locked:
            return LOCKED_REASON
        if planned.missing:
            return self._without_kit(progress, planned.missing)
        pause = self.profile.break_on(self.day)
        return None if pause is None else f"You are on a break until {day_words(pause[1])}."

    def _without_kit(self, progress: Progress, missing: str) -> str:
        words = f"It needs {missing}, which you do not have"
        if progress.key not in self.active:
            return f"{words}."
        following = next_exercise(self.state, self.standing, self.catalogue, self.profile)
        if following is None:
            return f"{words}."
        name = self.catalogue.exercises[following[0].exercise].name
        return f"{words}; {lower(name)} can take its place."

    def _name(self, key: Key) -> str:
        """The exercise's name; its second dose of the day's list is named with it: "Clamshell rotation"."""
        first = next(other for other in self.keys if other.exercise == key.exercise)
        name = self.catalogue.exercises[key.exercise].name
        return name if first == key else f"{name} {key.dose}"

    def _candidate(self, key: Key) -> Candidate:
        progress, planned = self.standing.progress[key], self.plans[key]
        step = planned.step(progress.exercise)
        return Candidate(
            key=key,
            name=self._name(key),
            region=progress.exercise.region,
            loaded=step.form.loaded or step.adds_weight,
            dose=progress.dose,
            prescription=planned.prescription,
            days=progress.days,
            index=self.keys.index(key),
        )

    def _as_done(self, key: Key) -> Candidate:
        """What was done of it today, at what it takes now."""
        one = self._candidate(key)
        sets = sum(point.sets for point in self.state.points[key] if point.day == self.day)
        return with_sets(one, max(sets, 1))

    def _one_day_s_worth(
        self, items: tuple[Item, ...], taken: list[Candidate], spared: dict[Key, str]
    ) -> tuple[Item, ...]:
        """What may not stand in the same day as the session rests today, bonuses included."""
        bonuses = [self._candidate(item.key) for item in items if item.active and item.state is Due.OPTIONAL]
        _, too_much = choose(bonuses, self.day, done=taken)
        resting = {**too_much, **spared}
        return tuple(
            replace(item, state=Due.REST, reason=resting[item.key]) if item.key in resting else item
            for item in items
        )

    # --- around the session ----------------------------------------------------------------------------------

    def _able(self) -> list[Candidate]:
        """The active exercises that will come again by themselves."""
        return [
            self._candidate(key)
            for key in self.keys
            if key in self.active
            and not self.standing.progress[key].paused
            and not locked(key.exercise, self.state, self.profile)
            and not self.plans[key].missing
        ]

    def _rest_until(self) -> dict[Key, date]:
        return {
            key: progress.rest_until
            for key, progress in self.standing.progress.items()
            if progress.rest_until is not None
        }

    def _next_due(self) -> date | None:
        return next_due(self._able(), self.day, self.profile, self._rest_until())

    def _offers(self) -> tuple[Offer, ...]:
        resting = [key for key in self.active if self._needs_a_stand_in(key)]
        return offers(self.state, self.standing, self.catalogue, self.profile, self.day, resting)

    def _needs_a_stand_in(self, key: Key) -> bool:
        """It rests at its easiest or is paused, or it was the only one of its region that could be done."""
        progress = self.standing.progress[key]
        resting = progress.rest_until is not None and self.day < progress.rest_until
        if progress.paused or self.plans[key].missing:
            return True
        if not resting:
            return False
        others = [
            other
            for other in self.active
            if other != key
            and self.standing.progress[other].exercise.region is progress.exercise.region
            and not self.standing.progress[other].paused
        ]
        return not others or progress.rest_at_bottom

    def _notices(
        self,
        waiting: list[Candidate],
        trains: list[Candidate],
        fitted: Fitted,
        following: date | None,
        *,
        trained: bool,
    ) -> tuple[str, ...]:
        words = []
        if waiting and not trains:
            then = f"; the next is {day_words(following)}" if following else ""
            kind = "one of your training days" if not self._trains() else "an easy day for prehab"
            words.append(f"Today is not {kind}{then}.")
        words += _fewer_sets(fitted, self.profile.minutes)
        words += _left_for_later(fitted)
        if self.stop is None:
            first = self.day + timedelta(days=trained)  # a day has one session's minutes
            words += shortfalls(self._able(), first, self.profile, self.seconds_of, self._rest_until())
        return tuple(dict.fromkeys(words))

    def _trains(self) -> bool:
        return self.profile.trains_on(self.day)


def _fewer_sets(fitted: Fitted, minutes: int) -> list[str]:
    if fitted.seconds > minutes * 60:
        return [f"The shortest session takes {-(-int(fitted.seconds) // 60)} min, you gave {minutes}."]
    if not fitted.kept or fitted.full_seconds <= minutes * 60:
        return []
    return [f"Fewer sets today, to fit {minutes} min."]


def _left_for_later(fitted: Fitted) -> list[str]:
    if not fitted.dropped:
        return []
    *names, last = [lower(one.name) for one in fitted.dropped]
    return [f"No time today for {', '.join(names)} and {last}." if names else f"No time today for {last}."]
