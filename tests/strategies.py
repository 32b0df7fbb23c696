"""Hypothesis strategies for what people and programs put into records, for tests of any floor."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from runnersknee_tui.core.record import (
    END_REASONS,
    FORMS,
    OUTCOMES,
    OVERRIDES,
    RAN,
    SIDES,
    SOURCES,
    STATUSES,
    CheckIn,
    ExerciseRecord,
    Knees,
    SessionRecord,
    SetRecord,
    Target,
)

EXERCISES = (
    "straight-leg-raise", "clamshell", "single-leg-squat", "lateral-band-walk", "glute-bridge", "short-arc-quad",
    "step-up", "step-down", "ninety-ninety-stretch", "plank", "dead-bug", "quad-set",
)  # fmt: skip


def words(most: int = 40) -> st.SearchStrategy[str]:
    """Any text that UTF-8 can hold: all planes, controls, brackets, but no half characters."""
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=most)


def ids() -> st.SearchStrategy[str]:
    """Ids of sessions: 16 hex digits."""
    return st.integers(0, 2**64 - 1).map(lambda number: f"{number:016x}")


def seconds(most: float = 1e6) -> st.SearchStrategy[float]:
    return st.floats(0, most, allow_nan=False)


def instants() -> st.SearchStrategy[datetime]:
    """Aware instants with any whole-minute offset, far from the ends of the calendar."""
    offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
    return st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=offsets | st.just(UTC))  # noqa: DTZ001


def json_values() -> st.SearchStrategy[Any]:
    """Anything JSON can hold, for keys of other versions."""
    leaves = (
        st.none()
        | st.booleans()
        | st.integers(-(2**60), 2**60)
        | st.floats(allow_nan=False, allow_infinity=False)
        | words(10)
    )
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words(8), inner, max_size=2),
        max_leaves=4,
    )


def extras() -> st.SearchStrategy[dict[str, Any]]:
    """Keys that this version does not know; mostly none."""
    return st.just({}) | st.dictionaries(words(8).map(lambda key: f"x-{key}"), json_values(), max_size=2)


def knees() -> st.SearchStrategy[Knees]:
    pain = st.none() | st.integers(0, 10)
    return st.builds(Knees, pain, pain)


def targets() -> st.SearchStrategy[Target]:
    def sided(plain: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.none() | plain | st.fixed_dictionaries(dict.fromkeys(SIDES, plain))

    return st.builds(Target, st.integers(1, 9), sided(st.integers(0, 60)), sided(seconds(600)))


def set_records() -> st.SearchStrategy[SetRecord]:
    return st.builds(
        SetRecord,
        side=st.sampled_from([*SIDES, None]),
        reps=st.none() | st.integers(0, 60),
        held_s=seconds(600),
        outcome=st.sampled_from(OUTCOMES),
        extra=extras(),
    )


def exercise_records() -> st.SearchStrategy[ExerciseRecord]:
    return st.builds(
        ExerciseRecord,
        id=st.sampled_from(EXERCISES),
        name=words(),
        dose=st.sampled_from(["rehab", "prehab", "rotation"]) | words(10),
        ladder_step=st.none() | words(10),
        override=st.sampled_from([*OVERRIDES, None]),
        target=targets(),
        sets=st.lists(set_records(), max_size=4).map(tuple),
        during=knees(),
        sharp=st.none() | st.booleans(),
        stopped=st.booleans(),
        form=st.sampled_from([*FORMS, None]),
        extra=extras(),
    )


def check_ins() -> st.SearchStrategy[CheckIn]:
    return st.builds(
        CheckIn,
        before=knees(),
        next_day=knees(),
        ran=st.sampled_from([*RAN, None]),
        warning_signs=st.none() | st.lists(words(10), max_size=3).map(tuple),
        extra=extras(),
    )


def records() -> st.SearchStrategy[SessionRecord]:
    """Sessions as any version of the app, or a person with an editor, may have left them."""
    return st.builds(
        SessionRecord,
        id=ids(),
        app=st.just("0.1.0") | words(10),
        started_at=instants(),
        ended_at=instants(),
        tz=st.none() | words(20),
        local_date=st.dates(date(1, 1, 1), date(9999, 12, 31)),
        routine_id=words(10),
        routine_title=words(),
        status=st.sampled_from(STATUSES),
        end_reason=st.sampled_from(END_REASONS),
        exercises=st.lists(exercise_records(), max_size=3).map(tuple),
        active_s=seconds(),
        paused_s=seconds(),
        clock_jump_s=st.floats(-1e6, 1e6, allow_nan=False),
        rehearsal=st.booleans(),
        confirmed=st.booleans(),
        source=st.sampled_from(SOURCES),
        check_in=check_ins(),
        note=words(200),
        rev=st.integers(1, 10**6),
        extra=extras(),
    )
