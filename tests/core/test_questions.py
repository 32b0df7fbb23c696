"""What is asked before a session, and what not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from runnersknee_tui.core.assessment import PAIN_FREE
from runnersknee_tui.core.fold_back import fold
from runnersknee_tui.core.programme import Profile, Weekly
from runnersknee_tui.core.questions import Questions, knees_asked, questions_due
from runnersknee_tui.core.record import SessionRecord
from tests.core.catalogue_for_tests import CATALOGUE
from tests.core.records_for_tests import MONDAY, asked, entry_of, session

ASKED = Profile(knee="left", signs_asked_on=MONDAY)


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def ask(offset: int, records: list[SessionRecord], profile: Profile = ASKED) -> Questions:
    state = fold(records, CATALOGUE, until=day(offset))
    return questions_due(records, state, profile, day(offset))


def done(offset: int, during: int = 0, **more: object) -> SessionRecord:
    return session(day(offset), entry_of(asked("plank"), during=during), **more)  # type: ignore[arg-type]


def test_the_very_first_session_asks_for_the_signs_and_the_knee_alone() -> None:
    assert ask(0, [], Profile(knee="left")) == Questions(signs=True, knees=("left",))


def test_a_later_day_asks_for_the_morning_after_of_the_latest_earlier_day() -> None:
    records = [
        done(0, after=None, name="old"), done(2, after=None, name="a"), done(2, after=None, name="b"),
        done(2, after=1, name="known"), done(2, after=None, name="fast", rehearsal=True),
    ]  # fmt: skip
    due = ask(3, records)
    assert due.morning_after == ("a", "b")
    assert due.ran_since
    assert ask(2, records).morning_after == ("old",)
    assert ask(9, records).morning_after == ("a", "b")
    assert ask(10, records).morning_after == ()
    assert not ask(3, [done(2)]).ran_since


def test_a_session_that_nobody_confirmed_is_asked_for() -> None:
    records = [done(0, name="a", confirmed=False), done(1, name="b")]
    assert ask(2, records).did_you_do_it == ("a",)


@pytest.mark.parametrize(("offset", "due"), [(0, False), (6, False), (7, True), (40, True)])
def test_the_signs_are_asked_weekly(offset: int, due: bool) -> None:
    assert ask(offset, []).signs is due


def test_the_signs_are_asked_after_a_stop_and_after_four_weeks_away() -> None:
    assert ask(3, [done(2, during=6)]).signs
    assert not ask(3, [done(2, during=5)]).signs
    assert ask(3, [done(2, during=3)], replace(ASKED, line=PAIN_FREE)).signs
    assert ask(3, [done(2, during=6)], replace(ASKED, signs_asked_on=day(2))).signs  # asked before it
    assert not ask(4, [done(2, during=6)], replace(ASKED, signs_asked_on=day(3))).signs
    assert ask(3, [done(1), session(day(2), before=6, end_reason="check-in")]).signs
    recently = replace(ASKED, signs_asked_on=day(27))
    assert ask(28, [done(0)], recently).signs
    assert not ask(27, [done(0)], recently).signs
    assert not ask(3, [done(0), done(2, warning_signs=())]).signs


def test_the_weekly_questions() -> None:
    assert not ask(6, [done(0)]).weekly
    assert ask(7, [done(0)]).weekly
    answered = replace(ASKED, weekly=(Weekly(day(7), 3),))
    assert not ask(13, [done(0)], answered).weekly
    assert ask(14, [done(0)], answered).weekly


@pytest.mark.parametrize(
    ("knee", "sides"),
    [("left", ("left",)), ("right", ("right",)), ("both", ("left", "right")), ("none", ("left", "right")), (None, ("left", "right"))],
)  # fmt: skip
def test_the_knees_that_are_asked_for(knee: str | None, sides: tuple[str, ...]) -> None:
    assert knees_asked(Profile(knee=knee)) == sides
