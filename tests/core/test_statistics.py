"""Honest figures: null is not 0, skipped is not done, rehearsals and the future never count."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from runnersknee_tui.core.assessment import EVIDENCE, PAIN_FREE
from runnersknee_tui.core.heads import Head
from runnersknee_tui.core.plan_days import Diary, Mark, Plan
from runnersknee_tui.core.record import Knees
from runnersknee_tui.core.statistics import (
    Summary,
    Trend,
    by_day,
    calendar,
    line_words,
    looks_back_to,
    pain_series,
    summarise,
    trend,
    trend_words,
    weekly_minutes,
)
from tests.core.heads_for_tests import MONDAY, head, on


def summary(*heads: Head, today: int = 27, **more: object) -> Summary:
    return summarise(heads, Plan(), EVIDENCE, on(today), **more)  # type: ignore[arg-type]


def test_an_open_answer_is_no_zero() -> None:
    facts = by_day([head(0), head(1, pain=0), head(2, pain=4)], on(6))
    series = pain_series(facts, on(0), on(3))
    assert [day.pain for day in series] == [None, 0, 4, None]
    assert [day.mean for day in series] == [None, 0, 2, 2]


def test_the_mean_ends_where_seven_days_have_no_answer() -> None:
    facts = by_day([head(0, pain=6)], on(20))
    means = [day.mean for day in pain_series(facts, on(0), on(8))]
    assert means == [6] * 7 + [None, None]


def test_the_mean_looks_back_before_its_first_day() -> None:
    facts = by_day([head(0, pain=6)], on(20))
    assert pain_series(facts, on(3), on(3))[0].mean == 6


def test_the_worst_answer_of_a_day_counts_for_each_knee() -> None:
    facts = by_day([head(0, pain=2, right=1, before=Knees(3, None)), head(0, pain=1, right=5)], on(1))
    assert (facts[on(0)].left, facts[on(0)].right) == (3, 5)
    assert pain_series(facts, on(0), on(0), "left")[0].pain == 3
    assert pain_series(facts, on(0), on(0))[0].pain == 5


def test_rehearsals_and_the_future_never_count() -> None:
    found = summary(head(0, rehearsal=True, pain=9), head(40, pain=9), head(20, pain=1))
    assert found.sessions == 1
    assert max(day.pain or 0 for day in found.pain) == 1
    assert found.days_since == 7


def test_a_prerun_is_minutes_but_no_plan_day() -> None:
    diary = Diary(
        by_day([head(0, routine="prerun"), head(1), head(2, routine="lunch")], on(3)), Plan(), on(3)
    )
    squares = calendar(diary, 1)
    assert [square.minutes for square in squares[:3]] == [10, 10, 10]
    assert [square.mark for square in squares[:3]] == [Mark.MISSED, Mark.KEPT, Mark.MISSED]


def test_an_own_routine_with_the_name_of_ours_is_no_plan_day() -> None:
    facts = by_day([head(0, routine="starter")], on(1), frozenset({"starter"}))
    assert not facts[on(0)].trained


def test_the_calendar_ends_with_the_week_of_today() -> None:
    squares = calendar(Diary(by_day([head(0)], on(9)), Plan(), on(9)), 3)
    assert len(squares) == 21
    assert squares[0].day == on(-7)
    assert squares[-1].day == on(13)
    assert squares[-1].mark is Mark.OPEN


def test_weeks_are_measured_against_what_they_asked_for() -> None:
    plan = Plan(("mon", "tue", "wed"), 3, 900, ((on(8), on(9)),))
    weeks = weekly_minutes(Diary(by_day([head(0), head(1), head(7)], on(9)), plan, on(9)), 3)
    assert [(week.minutes, week.planned) for week in weeks] == [(0, 0), (20, 45), (10, 15)]


def test_a_trend_needs_answers_in_both_halves() -> None:
    facts = by_day([head(day, pain=5) for day in range(5)], on(55))
    assert trend(facts, on(55), EVIDENCE).change is None
    facts = by_day([head(d, pain=5) for d in range(5)] + [head(40 + d, pain=2) for d in range(5)], on(55))
    assert trend(facts, on(55), EVIDENCE).change == -3


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (2.0, 4.0, "Pain 2.0 lower than in the four weeks before"),
        (4.0, 2.0, "Pain 2.0 higher than in the four weeks before"),
        (3.0, 4.0, "Pain about the same as in the four weeks before"),
        (3.0, None, "Pain 3.0 on average over four weeks"),
        (None, 3.0, "Too few answers in four weeks to say how pain moves"),
    ],
)
def test_the_trend_in_words(now: float | None, before: float | None, words: str) -> None:
    assert trend_words(Trend(now, before, 0, 5)) == words


def test_the_stop_line_is_named() -> None:
    facts = by_day([head(0, pain=6), head(1, pain=3), head(2, pain=1)], on(3))
    found = trend(facts, on(3), EVIDENCE)
    assert line_words(found, EVIDENCE) == "At or over your stop line of 6 on 1 day of four weeks"
    strict = trend(facts, on(3), PAIN_FREE)
    assert line_words(strict, PAIN_FREE) == "At or over your stop line of 3 on 2 days of four weeks"
    calm = trend(by_day([head(2, pain=1)], on(3)), on(3), EVIDENCE)
    assert line_words(calm, EVIDENCE) == "Below your stop line of 6 on every answered day of four weeks"
    assert line_words(trend({}, on(3), EVIDENCE), EVIDENCE) == "Your stop line is 6 of 10"


def test_the_headline_praises_no_volume() -> None:
    found = summary(*(head(day, pain=1, active_s=36000.0) for day in range(28)))
    assert found.headline[2] == "28 planned days kept in a row"
    assert not any("min" in words or "best" in words for words in found.headline)
    late = summary(head(0), today=27)
    assert late.headline[2] == "27 days since the last session"


def test_nothing_yet() -> None:
    found = summary()
    assert found.sessions == 0
    assert found.kept.share is None
    assert found.days_since is None
    assert {square.mark for square in found.squares} <= {Mark.OPEN, Mark.BEFORE}
    assert len(found.headline) == 2


def test_a_streak_older_than_the_window_is_counted_whole() -> None:
    found = summary(*(head(day) for day in range(400)), today=399, weeks=4)
    assert found.streak == 400
    assert found.kept.planned == 28
    broken = summary(*(head(day) for day in range(400) if day != 100), today=399, weeks=4)
    assert broken.streak == 299


@pytest.mark.parametrize("missed", [None, 100, 390])
def test_half_a_year_tells_the_same_but_for_a_streak_that_goes_on_before_it(missed: int | None) -> None:
    heads = [head(day, pain=day % 5) for day in range(400) if day != missed]
    whole = summary(*heads, today=399, weeks=26)
    recent = [one for one in heads if one.day >= looks_back_to(on(399), 26)]
    part = summary(*recent, today=399, weeks=26, first=on(0))
    assert part.streak == (9 if missed == 390 else None)
    assert replace(part, streak=whole.streak, sessions=whole.sessions) == whole
    assert not any("in a row" in words for words in part.headline) or missed == 390


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 90), st.none() | st.integers(0, 10), st.booleans()), max_size=40))
def test_any_sessions_give_figures_that_agree(rows: list[tuple[int, int | None, bool]]) -> None:
    heads = [head(at, pain=pain, rehearsal=rehearsal) for at, pain, rehearsal in rows]
    found = summary(*heads, today=60, weeks=9)
    counted = [one for one in heads if not one.about.rehearsal and one.day <= on(60)]
    inside = [one for one in counted if one.day >= MONDAY]
    assert found.sessions == len(counted)
    assert sum(square.minutes for square in found.squares) == pytest.approx(
        sum(week.minutes for week in found.weeks)
    )
    assert sum(week.minutes for week in found.weeks) == pytest.approx(10 * len(inside))
    for day in found.pain:
        answers = [one.during.left for one in counted if one.day == day.day and one.during.left is not None]
        assert day.pain == max(answers, default=None)
    assert summary(*reversed(heads), today=60, weeks=9) == found
