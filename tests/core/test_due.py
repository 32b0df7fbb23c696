"""The worked examples of the schedule, reasons included, and its invariants over any history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runnersknee_tui.core.due import Due, due, resting_words
from runnersknee_tui.core.model import Span
from tests.core.records_for_tests import MONDAY

DAILY, BRIDGE, CLAMSHELL, SQUAT = Span(7, 7), Span(5, 7), Span(3, 4), Span(2, 3)


def days(*offsets: int) -> list[date]:
    return [MONDAY + timedelta(days=offset) for offset in offsets]


EXAMPLES = [
    (1, 2, days(0, 1), DAILY, False, Due.DUE, "2 of 7 done in the last 7 days."),
    (2, 5, days(0, 1, 2, 3, 4), BRIDGE, False, Due.OPTIONAL,
     "5 of 5-7 done in the last 7 days; a bonus if you feel good."),
    (3, 4, days(0, 2), BRIDGE, False, Due.DUE, "2 of 5-7 done in the last 7 days."),
    (4, 1, days(0), CLAMSHELL, True, Due.REST, "Done yesterday; this one needs a free day between."),
    (5, 6, days(0, 2, 4), CLAMSHELL, True, Due.OPTIONAL,
     "3 of 3-4 done in the last 7 days; a bonus if you feel good."),
    (6, 7, days(0, 2, 4, 6), CLAMSHELL, True, Due.REST,
     "Done yesterday; this one needs a free day between."),
    (7, 7, days(-3, -1), SQUAT, True, Due.DUE, "0 of 2-3 done in the last 7 days."),
    (8, 6, days(0, 2, 4), SQUAT, True, Due.FULL,
     "3 done in the last 7 days and the plan is 2-3; that is enough."),
    (10, 5, days(0, 3), SQUAT, True, Due.OPTIONAL,
     "2 of 2-3 done in the last 7 days; a bonus if you feel good."),
]  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example[0]))
def test_worked_examples(example: tuple[int, int, list[date], Span, bool, Due, str]) -> None:
    _, today, done, per_week, free_day, state, reason = example
    assert due(MONDAY + timedelta(days=today), done, per_week, free_day=free_day) == (state, reason)


def test_resting_after_a_pain_stop() -> None:
    """Example 9: stopped on Monday 2 June 2025, rest until Wednesday; today Tuesday."""
    resting = resting_words(date(2025, 6, 4), "after a pain stop")
    assert due(date(2025, 6, 3), [date(2025, 6, 2)], SQUAT, free_day=True, resting=resting) == (
        Due.REST,
        "Resting until Wed 04 Jun after a pain stop.",
    )


def test_done_today_comes_before_the_free_day() -> None:
    assert due(MONDAY, days(-1, 0), CLAMSHELL, free_day=True) == (Due.DONE, "Done today.")


@settings(max_examples=200, deadline=None)
@given(
    plan=st.sampled_from([(DAILY, False), (BRIDGE, False), (CLAMSHELL, True), (SQUAT, True)]),
    willing=st.lists(st.booleans(), min_size=40, max_size=40),
    bonus=st.booleans(),
)
def test_no_seven_days_exceed_the_plan(plan: tuple[Span, bool], willing: list[bool], bonus: bool) -> None:
    """Whatever is skipped and whatever bonus is taken."""
    per_week, free_day = plan
    done: list[date] = []
    for offset, does in enumerate(willing):
        day = MONDAY + timedelta(days=offset)
        state, reason = due(day, done, per_week, free_day=free_day)
        assert len(reason) < 140
        if does and (state is Due.DUE or (bonus and state is Due.OPTIONAL)):
            done.append(day)
    for day in done:
        assert sum(0 <= (other - day).days <= 6 for other in done) <= per_week.hi
        assert not (free_day and day + timedelta(days=1) in done)
