"""Which questions a session starts with: adaptation.md, section 1. Words and keys are the screen's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from runnersknee_tui.core.fold import State
from runnersknee_tui.core.programme import Profile
from runnersknee_tui.core.record import SIDES, Knees, SessionRecord

ASK_AGAIN_AFTER = timedelta(days=7)
LONG_GAP = timedelta(days=28)
MORNING_REMEMBERED = timedelta(days=7)
"""How long after a session the morning after can still be asked for: our rule, nobody recalls it longer."""


class Questions(Struct, frozen=True):
    """What is due before today's session. `signs` and `did_you_do_it` come first, on any kind of session.

    `morning_after` and `did_you_do_it` are ids of the records that wait for the answer; `ran_since` goes with
    the morning after. `knees` are the sides that pain is asked for.
    """

    signs: bool
    knees: tuple[str, ...]
    did_you_do_it: tuple[str, ...] = ()
    morning_after: tuple[str, ...] = ()
    weekly: bool = False

    @property
    def ran_since(self) -> bool:
        return bool(self.morning_after)


def knees_asked(profile: Profile) -> tuple[str, ...]:
    """The affected knee, or both where both are or none is named."""
    return (profile.knee,) if profile.knee in SIDES else SIDES


def questions_due(records: Iterable[SessionRecord], state: State, profile: Profile, day: date) -> Questions:
    """What to ask on `day`. Of the records only those of the last weeks are needed, in any order."""
    earlier = [
        record for record in records if record.local_date <= day and not record.rehearsal and record.exercises
    ]
    return Questions(
        signs=signs_due(state, profile, day),
        knees=knees_asked(profile),
        did_you_do_it=tuple(record.id for record in earlier if not record.confirmed),
        morning_after=_morning_after(earlier, profile, day),
        weekly=_weekly(state, profile, day),
    )


def signs_due(state: State, profile: Profile, day: date) -> bool:
    """Never asked, a week ago, before the last stop, or after four weeks away; the first session of any kind too."""
    asked = max(
        (one for one in (state.asked_on, profile.signs_asked_on) if one is not None and one <= day),
        default=None,
    )
    if asked is None or day - asked >= ASK_AGAIN_AFTER:
        return True
    stops = [
        alarm.day
        for alarms in state.alarms.values()
        for alarm in alarms
        if alarm.is_stop(profile.line) and alarm.day <= day
    ]
    if state.strained_on is not None and state.strained_on <= day:
        stops.append(state.strained_on)
    away = state.last_on is not None and day - state.last_on >= LONG_GAP and asked < day
    # Days are all that is known. The signs are asked before a session and a stop comes in it, so a stop on the day
    # of the asking counts as later: once too often is better than not at all.
    return away or any(stop >= asked for stop in stops)


def _morning_after(earlier: list[SessionRecord], profile: Profile, day: date) -> tuple[str, ...]:
    before_today = [record for record in earlier if record.local_date < day]
    latest = max((record.local_date for record in before_today), default=None)
    if latest is None or day - latest > MORNING_REMEMBERED:
        return ()
    return tuple(
        record.id
        for record in before_today
        if record.local_date == latest and _unanswered(record.check_in.next_day, profile)
    )


def _unanswered(answers: Knees, profile: Profile) -> bool:
    return all(getattr(answers, side) is None for side in knees_asked(profile))


def _weekly(state: State, profile: Profile, day: date) -> bool:
    """A week after the last answers; for the first time a week after the first session."""
    answered = max((week.day for week in profile.weekly if week.day <= day), default=None)
    if answered is not None:
        return day - answered >= ASK_AGAIN_AFTER
    first = min((points[0].day for points in state.points.values() if points), default=None)
    return first is not None and day - first >= ASK_AGAIN_AFTER
