"""The plan as days: what counts as kept, missed and rest."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runnersknee_tui.core.plan_days import Diary, Mark, Plan, adherence, monday, streak
from runnersknee_tui.core.programme import Profile
from runnersknee_tui.core.statistics import by_day
from tests.core.heads_for_tests import MONDAY, head, on

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
FIVE = Plan(WEEKDAYS, 5)
TWICE = Plan(per_week=2)
K, E, M, R, B, N, F = Mark.KEPT, Mark.EXTRA, Mark.MISSED, Mark.REST, Mark.BREAK, Mark.OPEN, Mark.BEFORE


def diary(plan: Plan, today: int, *days: int, **about: object) -> Diary:
    heads = [head(day, **about) for day in days]  # type: ignore[arg-type]
    return Diary(by_day(heads, on(today)), plan, on(today))


def test_a_week_of_training_days() -> None:
    assert diary(FIVE, 6, 0, 1, 3, 4).week(MONDAY) == (K, K, M, K, K, R, N)


def test_a_day_moved_is_no_day_missed() -> None:
    assert diary(FIVE, 6, 0, 1, 3, 4, 5).week(MONDAY) == (K, K, R, K, K, K, N)


def test_more_than_planned_is_extra_and_counts_no_further() -> None:
    found = diary(FIVE, 6, 0, 1, 2, 3, 4, 5)
    assert found.week(MONDAY) == (K, K, K, K, K, E, N)
    assert adherence(found).kept == adherence(found).planned == 5


def test_twice_a_week_is_missed_only_when_it_cannot_be_kept_any_more() -> None:
    assert diary(TWICE, 4, 1).week(MONDAY) == (F, K, R, R, N, N, N)
    assert diary(TWICE, 7, 0).week(MONDAY) == (K, R, R, R, R, R, M)
    assert diary(TWICE, 13, 0, 3).week(on(7)) == (R, R, R, R, R, M, N)


def test_today_is_open_until_it_is_done() -> None:
    assert diary(FIVE, 4, 0, 1, 2, 3).mark(on(4)) is N
    assert diary(FIVE, 4, 0, 1, 2, 3, 4).mark(on(4)) is K


def test_before_the_first_session_nothing_was_planned() -> None:
    found = diary(FIVE, 4, 3)
    assert found.week(MONDAY) == (F, F, F, K, N, N, N)
    assert adherence(found).planned == 1
    assert found.planned_days(on(-7)) == 0


def test_a_break_counts_neither_for_nor_against() -> None:
    away = Plan(WEEKDAYS, 5, breaks=((on(1), on(8)),))
    found = diary(away, 13, 0, 9, 10, 11)
    assert found.week(MONDAY) == (K, B, B, B, B, B, B)
    assert found.week(on(7)) == (B, B, K, K, K, R, N)
    assert (adherence(found).kept, adherence(found).planned) == (4, 4)
    assert streak(found) == 4


def test_a_rest_day_never_breaks_a_streak_and_a_missed_one_does() -> None:
    assert streak(diary(FIVE, 7, 0, 1, 2, 3, 4, 7)) == 6
    assert streak(diary(FIVE, 8, 0, 1, 3, 4, 7, 8)) == 4
    assert streak(diary(FIVE, 3)) == 0


def test_a_streak_longer_than_what_was_looked_at_is_not_guessed() -> None:
    heads = [head(day) for day in range(40)]
    found = Diary(by_day(heads, on(39)), Plan(), on(39))
    assert streak(found) == 40
    assert streak(found, on(20)) is None
    assert streak(found, on(-20)) == 40


def test_rest_that_the_app_asked_for_is_not_missed() -> None:
    stopped = head(2, end_reason="check-in", active_s=0.0, share=0.0)
    facts = by_day([*(head(day) for day in (0, 1, 3, 4)), stopped], on(6))
    assert Diary(facts, FIVE, on(6)).week(MONDAY) == (K, K, R, K, K, R, N)


def test_days_after_a_warning_sign_are_not_missed() -> None:
    ticked = head(2, signs=True, end_reason="check-in", active_s=0.0, share=0.0)
    facts = by_day([head(0), head(1), ticked, head(10)], on(13))
    found = Diary(facts, FIVE, on(13))
    assert found.week(MONDAY) == (K, K, R, R, R, R, R)
    assert found.week(on(7)) == (R, R, R, K, M, R, N)
    cleared = Diary(facts, Plan(WEEKDAYS, 5, cleared_on=on(7)), on(13))
    assert cleared.week(on(7)) == (R, M, M, K, M, R, N)


def test_half_of_the_plan_makes_a_day() -> None:
    facts = by_day([head(0, share=0.5), head(1, share=0.49), head(2, share=0.3), head(2, share=0.3)], on(4))
    assert Diary(facts, FIVE, on(4)).week(MONDAY)[:3] == (K, M, K)


def test_the_plan_of_each_programme() -> None:
    assert Plan.of(Profile()).per_week == 7
    assert Plan.of(Profile(training_days=("mon", "wed"))).per_week == 2
    assert Plan.of(Profile(programme="prehab")).per_week == 2
    assert Plan.of(Profile(programme="prehab", training_days=("sat", "sun"))).per_week == 1
    assert Plan.of(Profile(minutes=15)).day_s == 900


@settings(max_examples=80, deadline=None)
@given(
    st.sets(st.integers(0, 60)),
    st.integers(1, 7),
    st.sets(st.sampled_from(("mon", "tue", "wed", "thu", "fri", "sat", "sun")), min_size=1),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=2),
    st.integers(0, 60),
)
def test_the_marks_add_up(
    trained: set[int], per_week: int, days: set[str], away: list[tuple[int, int]], today: int
) -> None:
    plan = Plan(
        tuple(sorted(days)), min(per_week, len(days)), breaks=tuple((on(a), on(a + n)) for a, n in away)
    )
    facts = by_day([head(day) for day in sorted(trained)], on(today))
    found = Diary(facts, plan, on(today))
    for week in range(9):
        start = on(week * 7)
        marks = found.week(start)
        kept, missed = marks.count(K), marks.count(M)
        assert kept + missed <= found.planned_days(start)
        for at, mark in enumerate(marks):
            day = start + timedelta(days=at)
            assert (mark in (K, E)) == (day in facts)
            if mark is M:
                assert day < on(today)
                assert plan.is_training_day(day)
                assert not plan.is_break(day)
            if day > on(today):
                assert mark in (N, B)
    share = adherence(found).share
    assert share is None or 0 <= share <= 1


@pytest.mark.parametrize("at", range(7))
def test_a_week_begins_on_monday(at: int) -> None:
    assert monday(on(at)) == MONDAY == date(2026, 6, 1)
