"""The questions around a session: their words, and what their sheets mean."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from runnersknee_tui.core.answering import Sheet
from runnersknee_tui.core.asking import (
    did_it_question,
    hurt_questions,
    knees_from,
    morning_from,
    morning_questions,
    now_questions,
    week_from,
    week_questions,
)
from runnersknee_tui.core.correcting import amount, correct_to
from runnersknee_tui.core.programme import Weekly
from runnersknee_tui.core.questions import Questions
from runnersknee_tui.core.record import ExerciseRecord, Knees, SetRecord, Target
from tests.store.sessions import session

DUE = Questions(signs=False, knees=("left", "right"), morning_after=("a",))


def test_one_knee_is_the_knee_and_two_have_sides() -> None:
    assert [one.text for one in now_questions(("left",))] == ["How is the knee now?"]
    assert [one.text for one in now_questions(("left", "right"))] == [
        "How is the left knee now?",
        "How is the right knee now?",
    ]


def test_sharp_comes_before_how_much() -> None:
    assert [one.id for one in hurt_questions(("right",))] == ["sharp", "pain-right"]


def test_the_morning_after_is_asked_where_a_session_waits_for_it() -> None:
    assert [one.id for one in morning_questions(DUE)] == ["after-left", "after-right", "ran"]
    assert morning_questions(replace(DUE, morning_after=())) == ()


def test_open_answers_stay_open() -> None:
    now, morning = Sheet(now_questions(DUE.knees)), Sheet(morning_questions(DUE))
    assert knees_from(now, DUE.knees) == morning_from(morning, DUE.knees) == Knees()
    now.give(1, 4)
    assert knees_from(now, DUE.knees) == Knees(None, 4)
    assert knees_from(now, ("left",)) == Knees()


def test_a_week_is_kept_as_it_was_answered() -> None:
    sheet = Sheet(week_questions())
    sheet.give(0, 4)
    sheet.give(2, "much")
    assert week_from(sheet, date(2026, 6, 1)) == Weekly(date(2026, 6, 1), 4, (None, "much", None, None))


def test_a_session_is_asked_about_by_its_name_and_day() -> None:
    record = session(0)
    asked = did_it_question(record)
    assert asked.id == record.id
    assert asked.text.startswith(f"{record.routine_title}, ")
    assert str(record.started_at.day) in asked.text


# --- what was done, set to a number --------------------------------------------------------------------------


@given(
    reps=st.integers(1, 12),
    done=st.lists(st.integers(0, 12), min_size=1, max_size=5),
    wanted=st.integers(0, 80),
)
@settings(max_examples=60, deadline=None)
def test_repetitions_can_be_set_to_any_number_of_the_plan(reps: int, done: list[int], wanted: int) -> None:
    rows = tuple(SetRecord(None, min(one, reps), 0.0, "partial") for one in done)
    entry = ExerciseRecord("plank", "Plank", "rehab", None, None, Target(len(rows), reps, None), rows)
    corrected = correct_to(entry, wanted)
    assert amount(corrected)[0] == min(wanted, reps * len(rows))
    assert all(0 <= (row.reps or 0) <= reps for row in corrected.sets)


@given(held=st.lists(st.floats(0, 30), min_size=1, max_size=4), wanted=st.integers(0, 200))
@settings(max_examples=60, deadline=None)
def test_seconds_too(held: list[float], wanted: int) -> None:
    rows = tuple(SetRecord(None, None, one, "partial") for one in held)
    entry = ExerciseRecord("plank", "Plank", "rehab", None, None, Target(len(rows), None, 30.0), rows)
    corrected = correct_to(entry, wanted)
    assert abs(amount(corrected)[0] - min(wanted, 30.0 * len(rows))) < 1e-6
    assert all(0 <= row.held_s <= 30.0 for row in corrected.sets)
