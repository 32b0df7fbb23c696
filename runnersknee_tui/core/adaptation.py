"""Where every exercise stands and why: the rules of adaptation.md laid over the state of the records.

`standings` is the whole way from what was done to what is next: a pure function of the state (`core.fold`), the
catalogue and the user's choices (`core.programme.Profile`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from runnersknee_tui.core.assessment import EVIDENCE, Move
from runnersknee_tui.core.fold import State
from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.points import Alarm, Point
from runnersknee_tui.core.programme import (
    CLEAN_TOPS_TO_UNLOCK,
    LOCKED,
    OPENERS,
    PREHAB,
    Key,
    Profile,
    in_catalogue_order,
)
from runnersknee_tui.core.progress import PAIR_DAYS, Progress, stops_in_pairs
from runnersknee_tui.core.record import Knees, SessionRecord
from runnersknee_tui.core.track import Track

GAP_SETBACK_DAYS = 14
"""A gap from which on the gate itself regresses; the day of the return counts as a setback."""


class Standings(Struct, frozen=True):
    """The progress of every dose in the catalogue, in catalogue order, and what concerns all of them."""

    progress: Mapping[Key, Progress]
    training_days: tuple[date, ...]  # days with any counted exercise, as far back as the window
    setbacks: tuple[date, ...]  # days of a STOP or REGRESS
    stops: tuple[Alarm, ...]  # pain stops on any exercise, oldest first


def standings(state: State, catalogue: Catalogue, profile: Profile) -> Standings:
    """Judge what the state holds, day by day, and say where each exercise stands."""
    every = [Key(name, dose.id) for name, known in catalogue.exercises.items() for dose in known.doses]
    tracks = {
        key: Track(
            key,
            catalogue.exercises[key.exercise],
            catalogue.exercises[key.exercise].dose(key.dose),
            [alarm for alarm in state.alarms.get(key.exercise, ()) if alarm.is_stop(profile.line)],
            _other_doses(key, state),
            profile,
        )
        for key in in_catalogue_order(every, catalogue)
    }
    _judge_all(tracks, state)
    for track in tracks.values():
        track.take_foreign_stops()
    training = _training_days(tracks, state)
    setbacks = {day for track in tracks.values() for day in track.setbacks} | _returns(training)
    if state.strained_on is not None:
        setbacks.add(state.strained_on)
    stops = {(stop.record, stop.index): stop for track in tracks.values() for stop in track.stops}
    return Standings(
        progress={
            key: track.progress(state.points.get(key, ()), paused=stops_in_pairs(track.stops, profile))
            for key, track in tracks.items()
        },
        training_days=training,
        setbacks=tuple(sorted(setbacks)),
        stops=tuple(sorted(stops.values(), key=lambda stop: (stop.day, stop.record, stop.index))),
    )


def _other_doses(key: Key, state: State) -> list[Point]:
    return [
        point
        for other, points in state.points.items()
        if other.exercise == key.exercise and other != key
        for point in points
    ]


def _judge_all(tracks: Mapping[Key, Track], state: State) -> None:
    """Day by day over all exercises, because only one may take its next step in a day."""
    by_day: dict[date, dict[Key, list[Point]]] = {}
    for key in tracks:
        for point in state.points.get(key, ()):
            by_day.setdefault(point.day, {}).setdefault(key, []).append(point)
    for _, sessions in sorted(by_day.items()):
        stepped_up = False
        for key, points in sessions.items():
            verdict = tracks[key].judge_day(points, stepped_up=stepped_up)
            stepped_up |= verdict.judgement.move is Move.NEXT_STEP and not verdict.between


def _training_days(tracks: Mapping[Key, Track], state: State) -> tuple[date, ...]:
    return tuple(
        sorted({point.day for key in tracks for point in state.points.get(key, ()) if point.done > 0})
    )


def _returns(days: Sequence[date]) -> set[date]:
    return {later for earlier, later in pairwise(days) if (later - earlier).days >= GAP_SETBACK_DAYS}


def uncleared_signs(state: State, profile: Profile) -> tuple[str, ...]:
    """Warning signs, from the settings and from the records, that no clinician has cleared since."""
    ticked: list[str] = []
    if profile.signs_ticked and (profile.signs_asked_on is None or profile.uncleared(profile.signs_asked_on)):
        ticked += profile.signs_ticked
    if profile.uncleared(state.signs_on):
        ticked += state.signs
    return tuple(dict.fromkeys(ticked))


def locked(exercise: str, state: State, profile: Profile) -> bool:
    """Whether rehab still holds this exercise back (adaptation.md, section 4)."""
    if exercise not in LOCKED or profile.programme == PREHAB or exercise in profile.unlocked:
        return False
    line = 0 if profile.line == EVIDENCE else 1
    return all(state.tops.get(key.exercise, (0, 0))[line] < CLEAN_TOPS_TO_UNLOCK for key in OPENERS)


def with_morning_after(record: SessionRecord, after: Knees, ran: str | None) -> SessionRecord:
    """A record of the latest earlier day with the answers of the morning after, and what was run since.

    The store that writes it raises `rev`.
    """
    return replace(record, check_in=replace(record.check_in, next_day=after, ran=ran))


def nudges(standing: Standings, profile: Profile, day: date) -> tuple[str, ...]:
    """Whether to see someone: two pain stops in 14 days, or a knee no better after three and six weeks."""
    words = []
    recent = [stop for stop in standing.stops if 0 <= (day - stop.day).days <= PAIR_DAYS]
    if stops_in_pairs(recent, profile):
        words.append("Two pain stops within 14 days: show your log to a physiotherapist or doctor.")
    if _no_lower_after(42, profile, day):
        words.append("Your worst pain is no lower than six weeks ago: please see a physiotherapist.")
    elif _no_lower_after(21, profile, day):
        words.append("Your worst pain is no lower than three weeks ago: consider a physiotherapist.")
    return tuple(words)


def _no_lower_after(days: int, profile: Profile, today: date) -> bool:
    """The newest weekly answer against the last one that is at least so many days older; pain of 0 is fine."""
    answers = [week for week in profile.weekly if week.worst is not None and week.day <= today]
    if not answers or (today - answers[-1].day).days > 13:
        return False
    newest = answers[-1]
    before = [week for week in answers if week.day <= newest.day - timedelta(days=days)]
    return bool(before) and (newest.worst or 0) > 0 and (newest.worst or 0) >= (before[-1].worst or 0)
