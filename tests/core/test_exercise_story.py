"""Left against right, and every change of a dose with the reason that the rules gave."""

from __future__ import annotations

from datetime import timedelta

from runnersknee_tui.core.assessment import EVIDENCE
from runnersknee_tui.core.exercise_story import balance, changes, step_name
from runnersknee_tui.core.heads import Effort, Head
from runnersknee_tui.core.plan_days import Plan
from runnersknee_tui.core.programme import Key, Profile
from runnersknee_tui.core.statistics import Summary, summarise
from runnersknee_tui.core.statistics_tables import (
    OPEN,
    calendar_table,
    change_words,
    changes_table,
    efforts_table,
    kept_table,
    pain_table,
    sides_table,
    weeks_table,
)
from tests.core.catalogue_for_tests import CATALOGUE
from tests.core.heads_for_tests import head, on
from tests.core.simulated_year import Runner, flaring


def summary(*heads: Head, today: int = 27) -> Summary:
    return summarise(heads, Plan(("mon", "wed", "fri"), 3, 600), EVIDENCE, on(today), weeks=26)


PLAIN = Effort(
    "0" * 16, on(0), "today", "clamshell", "rehab", None, 2, 10, None,
    20, 18, None, 0.0, 0.0, None, 0.95, 2, None, "good", False, None,
)  # fmt: skip


def test_sides_are_means_of_sessions_in_which_both_worked() -> None:
    efforts = [
        PLAIN,
        PLAIN._replace(day=on(2), reps_left=16, reps_right=20, pain_left=4),
        PLAIN._replace(day=on(3), reps_right=None),  # the right side was left out: no weakness of it
        PLAIN._replace(day=on(-30), reps_left=1),
        PLAIN._replace(day=on(9), reps_left=1),
    ]
    (row,) = balance(efforts, on(4))
    assert (row.left, row.right, row.sessions) == (18, 19, 2)
    assert (row.pain_left, row.pain_right) == (3, None)
    assert row.difference == 1 / 19


def test_holds_are_measured_in_seconds() -> None:
    (row,) = balance([PLAIN._replace(target_reps=None, held_left=30.0, held_right=45.0)], on(1))
    assert (row.unit, row.left, row.right) == ("s", 30, 45)


def test_nothing_done_on_either_side_is_no_division_by_zero() -> None:
    (row,) = balance([PLAIN._replace(reps_left=0, reps_right=0)], on(1))
    assert row.difference == 0


def test_every_change_of_a_year_is_told_once_and_as_it_was_judged() -> None:
    runner = Runner(Profile(minutes=30, knee="left"), knee=flaring).live(150)
    today = runner.days[-1].day
    found = changes(runner.records, CATALOGUE, runner.profile, today, since=runner.start)
    assert len({(change.day, change.key) for change in found}) == len(found)
    assert {change.decision for change in found} >= {"progress", "regress"}
    assert all(change.reason for change in found)
    assert found == tuple(sorted(found, key=lambda one: (one.day, one.key)))
    stepped = {change.key for change in found if change.step_from != change.step_to}
    assert stepped
    recent = changes(runner.records, CATALOGUE, runner.profile, today, since=today - timedelta(days=20))
    assert recent == tuple(one for one in found if one.day >= today - timedelta(days=20))


def test_each_change_is_where_the_next_session_stands() -> None:
    runner = Runner(Profile(minutes=30)).live(60)
    key = Key("straight-leg-raise", "rehab")
    told = [
        change
        for change in changes(runner.records, CATALOGUE, runner.profile, on(60), since=runner.start)
        if change.key == key and change.decision == "progress"
    ]
    asked = {
        record.local_date: entry.target.reps
        for record in runner.records
        for entry in record.exercises
        if entry.id == key.exercise
    }
    for change in told:
        assert asked[change.day] == change.target_from
    assert told


def test_the_name_of_a_step() -> None:
    exercise = CATALOGUE.exercises["clamshell"]
    assert step_name(exercise, exercise.ladder[0].id) == exercise.ladder[0].name
    assert step_name(exercise, "gone") == "gone"
    assert step_name(None, None) == "the usual form"


# --- the same in words ---------------------------------------------------------------------------------------


def test_the_calendar_in_words() -> None:
    found = summary(head(0), head(2, active_s=20.0), today=6)
    table = calendar_table(found.squares)
    assert table.head[1:] == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert table.rows[0] == ("1 Jun 2026", "10", "rest", "<1", "rest", "missed", "rest", "")
    assert len(table.rows) == 26


def test_pain_in_words_leaves_open_what_is_open() -> None:
    found = summary(head(0, pain=0), head(2, pain=4), today=13)
    table = pain_table(found.pain)
    assert table.rows[0] == ("8 Jun 2026", "0 of 7", OPEN, "4.0")
    assert table.rows[1] == ("1 Jun 2026", "2 of 7", "4", "2.0")


def test_weeks_and_the_ring_in_words() -> None:
    found = summary(head(0), head(2), today=4)
    assert weeks_table(found.weeks).rows[0] == ("1 Jun 2026", "20", "30")
    kept = kept_table(found.kept, found.streak)
    assert [row[1] for row in kept.rows] == ["2", "2", "100 %", "2"]
    assert kept_table(summary().kept, 0).rows[2][1] == OPEN


def test_sides_in_words() -> None:
    row = balance([PLAIN], on(1))
    words = sides_table(row, {"clamshell": "Clam\x1bshell"}).rows[0]
    assert words == ("Clam␛shell", "20 reps", "18 reps", "right 10 %", "2.0", OPEN, "1")
    assert sides_table(balance([PLAIN._replace(reps_left=18)], on(1)), {}).rows[0][3] == "equal"


def test_efforts_in_words() -> None:
    skipped = PLAIN._replace(day=on(1), reps_left=None, reps_right=None, share=0.0, pain_left=None, form=None)
    hold = PLAIN._replace(day=on(2), target_reps=None, target_hold_s=30.0, held_both=61.0, stopped=True)
    rows = efforts_table([PLAIN, skipped, hold], {}).rows
    assert rows[2] == ("1 Jun 2026", "usual form", "2 x 10", "38", "95 %", "2", "good", "")
    assert rows[1][3:7] == ("skipped", "0 %", OPEN, OPEN)
    assert rows[0][2:4] == ("2 x 30 s", "61 s")
    assert rows[0][7] == "stopped"


def test_changes_in_words() -> None:
    runner = Runner(Profile(minutes=30, knee="left"), knee=flaring).live(80)
    found = changes(runner.records, CATALOGUE, runner.profile, on(80), since=on(0))
    rows = changes_table(found, {}, {}).rows
    assert len(rows) == len(found)
    first = found[0]
    assert rows[-1][3] == first.reason
    assert change_words(first, {}) == rows[-1][2]


def test_tables_are_plain_lines() -> None:
    lines = weeks_table(summary(head(0), today=4).weeks).lines()
    assert lines[0] == "Week from    Done  Plan"
    assert lines[1] == "1 Jun 2026     10    30"
