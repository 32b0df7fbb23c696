"""What is known of one dose of one exercise: how its sessions were judged and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from runnersknee_tui.core.assessment import Easing, Judgement
from runnersknee_tui.core.ladder import Position, easing
from runnersknee_tui.core.model import Dose, Exercise
from runnersknee_tui.core.points import Alarm, Point
from runnersknee_tui.core.programme import Key, Profile

PAIR_DAYS = 14
"""Two pain stops this close together pause an exercise, or call for a clinician."""


class Verdict(Struct, frozen=True):
    """One day of one dose as it was judged, and where the exercise stood afterwards.

    `between`: an unweighted day between weighted ones, which moves nothing unless it went badly.
    """

    point: Point
    at: Position  # the step and target it was done at
    judgement: Judgement
    after: Position
    between: bool = False

    @property
    def day(self) -> date:
        return self.point.day


class Progress(Struct, frozen=True):
    """Where one dose of one exercise stands, and why. `judgement` None: it was never judged."""

    key: Key
    exercise: Exercise
    dose: Dose
    position: Position
    judgement: Judgement | None = None
    verdicts: tuple[Verdict, ...] = ()  # one a day, oldest first, as far back as the window
    last_done: date | None = None
    days: tuple[date, ...] = ()  # days that count: half of that day's plan or more
    weighted_days: tuple[date, ...] = ()
    rest_until: date | None = None  # the first day on which it may come again
    rest_reason: str = ""
    rest_at_bottom: bool = False  # nothing easier is left: it rests two days
    paused: bool = False  # until a clinician has cleared the runner
    pain_free_days: int = 0  # up to its newest session
    pain_free_sessions: int = 0
    hurt_on: date | None = None  # the last day with any pain in this exercise, in any of its doses

    def easing(self, profile: Profile) -> Easing:
        """What "easier" means where it stands."""
        return easing(self.exercise, self.dose, self.position, profile.kit)


def stops_in_pairs(stops: Sequence[Alarm], profile: Profile) -> bool:
    """Two pain stops of different sessions within 14 days that no clinician has cleared since."""
    open_stops = [stop for stop in stops if profile.uncleared(stop.day)]
    return any(
        one.record != other.record and (other.day - one.day).days <= PAIR_DAYS
        for at, one in enumerate(open_stops)
        for other in open_stops[at + 1 :]
    )


def counting_days(points: Sequence[Point]) -> tuple[date, ...]:
    """Days on which half of that day's plan was done; two sessions of a day are added up."""
    by_day: dict[date, list[Point]] = {}
    for point in points:
        by_day.setdefault(point.day, []).append(point)
    return tuple(day for day, done in sorted(by_day.items()) if _half(done))


def _half(points: Sequence[Point]) -> bool:
    planned = max(max(point.sets, 1) for point in points)
    return sum(point.done * max(point.sets, 1) for point in points) / planned >= 0.5
