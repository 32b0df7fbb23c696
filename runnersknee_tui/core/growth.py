"""What may join the active set: the next exercise after six steady training days, or one for another that rests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from runnersknee_tui.core.adaptation import Standings, locked
from runnersknee_tui.core.fold import State
from runnersknee_tui.core.forecast import lower
from runnersknee_tui.core.ladder import kit_words, missing_kit, step_at_hand
from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.programme import (
    GROWTH,
    REHAB,
    TRAINING_DAYS_TO_GROW,
    Key,
    Profile,
    active_keys,
    dose_of,
)

ADD, INSTEAD = "add", "instead"


class Offer(Struct, frozen=True):
    """An exercise to take up: `kind` "add" grows the active set, "instead" stands in for one that rests."""

    kind: str
    key: Key
    name: str
    reason: str


def next_exercise(
    state: State, standing: Standings, catalogue: Catalogue, profile: Profile
) -> tuple[Key, str] | None:
    """The next of rehab's order that can be done: its key and what was passed over for want of kit."""
    active = active_keys(profile, catalogue)
    lacking = []
    for key in GROWTH:
        found = dose_of(key, catalogue)
        if found is None or key in active or locked(key.exercise, state, profile):
            continue
        if standing.progress[key].paused:
            continue
        exercise, dose = found
        if step_at_hand(exercise, dose.step, profile.kit) is None:
            needs = kit_words(missing_kit(exercise.step(dose.step).form, profile.kit))
            lacking.append(f"{lower(exercise.name)} needs {needs}")
            continue
        return key, ", ".join(lacking)
    return None


def offers(
    state: State,
    standing: Standings,
    catalogue: Catalogue,
    profile: Profile,
    day: date,
    resting: Sequence[Key],
) -> tuple[Offer, ...]:
    """At most one offer to grow, or one to stand in for an active exercise that rests; rehab only."""
    if profile.programme != REHAB:
        return ()
    following = next_exercise(state, standing, catalogue, profile)
    if following is None:
        return ()
    key, lacking = following
    name = catalogue.exercises[key.exercise].name
    if resting:
        rests = catalogue.exercises[resting[0].exercise].name
        return (Offer(INSTEAD, key, name, f"{rests} rests; {lower(name)} can take its place."),)
    if steady_days(standing, catalogue, profile, day) < TRAINING_DAYS_TO_GROW:
        return ()
    reason = f"{TRAINING_DAYS_TO_GROW} training days without a step back; {lower(name)} is next."
    if lacking:
        reason = f"{TRAINING_DAYS_TO_GROW} steady training days; {lacking}, so {lower(name)} is next."
    return (Offer(ADD, key, name, reason),)


def steady_days(standing: Standings, catalogue: Catalogue, profile: Profile, day: date) -> int:
    """Training days since the last STOP or REGRESS, and since the newest active exercise was first done."""
    since = standing.setbacks[-1] if standing.setbacks else date.min
    newest = next(
        (
            key
            for key in reversed(active_keys(profile, catalogue))
            if not standing.progress[key].paused
            and step_at_hand(standing.progress[key].exercise, standing.progress[key].dose.step, profile.kit)
        ),
        None,
    )
    first = date.min
    if newest is not None:
        verdicts = standing.progress[newest].verdicts
        if not verdicts:
            return 0
        first = verdicts[0].day
    return sum(since < done <= day and done >= first for done in standing.training_days)
