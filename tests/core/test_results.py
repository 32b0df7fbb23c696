"""The table after a session: prefilled, correctable, and nothing in it that nobody said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runnersknee_tui.core.correcting import amount, correct
from runnersknee_tui.core.record import ExerciseRecord, Knees, SetRecord, Target
from runnersknee_tui.core.results import Results


def bridge(*reps: int) -> ExerciseRecord:
    rows = tuple(
        SetRecord(None, n, n * 2.0, "done" if n == 10 else "partial" if n else "skipped") for n in reps
    )
    return ExerciseRecord(
        "glute-bridge", "Glute bridge", "rehab", None, None, Target(len(reps), 10, 2.0), rows
    )


def plank(*seconds: float) -> ExerciseRecord:
    rows = tuple(
        SetRecord(None, None, s, "done" if s >= 30 else "partial" if s else "skipped") for s in seconds
    )
    return ExerciseRecord("plank", "Plank", "rehab", None, None, Target(len(seconds), None, 30.0), rows)


def table(*knees: str) -> Results:
    return Results([bridge(10, 9), plank(30, 24)], knees or ("left",))


def test_open_cells_stay_open() -> None:
    results = table("left", "right")
    assert [entry.during for entry in results.entries] == [Knees(), Knees()]
    assert [entry.form for entry in results.entries] == [None, None]
    assert results.done_words(0) == "19 of 20"
    assert results.done_words(1) == "54 of 60 s"


def test_digits_fill_the_column_downwards() -> None:
    results = table()
    results.press("3", 0)
    results.press("1", 1)
    assert results.entries[1].during.left is None
    results.press("0", 1.3)
    assert [entry.during.left for entry in results.entries] == [3, 10]
    assert [entry.during.right for entry in results.entries] == [None, None]


def test_form_by_its_letter() -> None:
    results = table()
    results.go(0, 2)
    assert results.press("s", 0)
    assert not results.press("4", 0)
    assert results.entries[0].form == "shaky"
    assert results.entries[1].form is None


def test_an_answer_can_be_opened_again() -> None:
    results = table()
    results.press("7", 0)
    results.go(0, 1)
    results.give(None)
    assert results.entries[0].during == Knees()
    with pytest.raises(ValueError, match="scale"):
        results.give(11)


def test_what_was_done_is_corrected_within_the_plan() -> None:
    results = table()
    results.go(0, 0)
    results.press("+", 0)
    results.press("+", 0)
    assert results.done_words(0) == "20 of 20"
    assert {row.outcome for row in results.entries[0].sets} == {"done"}
    for _ in range(25):
        results.press("-", 0)
    assert results.done_words(0) == "0 of 20"
    assert {row.outcome for row in results.entries[0].sets} == {"skipped"}
    assert {row.held_s for row in results.entries[0].sets} == {0.0}


@given(st.lists(st.sampled_from([1, -1, 5, -7]), max_size=30))
def test_corrections_never_leave_the_plan(changes: list[int]) -> None:
    for entry in (bridge(10, 0, 4), plank(30, 12.5)):
        for change in changes:
            before = amount(entry)[0]
            entry = correct(entry, change)
            done, asked = amount(entry)
            assert 0 <= done <= asked
            assert (done - before) * change >= 0
            for row in entry.sets:
                assert (row.outcome == "skipped") == ((row.reps if row.reps is not None else row.held_s) == 0)
