"""Light heads say the same as the whole records, and take nothing that is no record."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runnersknee_tui.core.heads import read_efforts, read_head, worse
from runnersknee_tui.core.points import share_done
from runnersknee_tui.core.record import RecordError, SessionRecord
from runnersknee_tui.core.record_json import to_json
from tests.store.sessions import session
from tests.strategies import json_values, records


@settings(max_examples=60, deadline=None)
@given(records())
def test_a_head_says_what_the_record_says(record: SessionRecord) -> None:
    head = read_head(to_json(record))
    assert (head.id, head.day, head.active_s) == (record.id, record.local_date, record.active_s)
    assert head.before == record.check_in.before
    assert head.next_day == record.check_in.next_day
    answers = [entry.during.left for entry in record.exercises if entry.during.left is not None]
    assert head.during.left == max(answers, default=None)
    assert head.about.signs == bool(record.check_in.warning_signs)
    assert head.about.stopped == any(entry.stopped for entry in record.exercises)
    assert 0 <= head.share <= 1


@settings(max_examples=60, deadline=None)
@given(records())
def test_what_was_done_is_counted_as_progress_counts_it(record: SessionRecord) -> None:
    plain = to_json(record)
    efforts = read_efforts(plain)
    if record.rehearsal:
        assert efforts == []
        return
    assert len(efforts) == len(record.exercises)
    for at, (effort, entry) in enumerate(zip(efforts, plain["exercises"], strict=True)):
        last = at == len(efforts) - 1
        expected = share_done(entry, stopped_here=last and record.status == "stopped")
        assert effort.share == pytest.approx(expected, abs=1e-4)
        assert {"left": effort.pain_left, "right": effort.pain_right} == entry["during"]


def test_skipped_is_not_done_and_not_zero() -> None:
    plain = to_json(session())
    for row in plain["exercises"][0]["sets"]:
        row.update(outcome="skipped", reps=0, held_s=0.0)
    (effort,) = read_efforts(plain)
    assert effort.reps_both is None
    assert effort.held_both is None
    assert effort.amount is None
    assert effort.share == 0
    assert read_head(plain).share == 0


def test_amounts_are_sums_per_side() -> None:
    plain = to_json(session())
    plain["exercises"][0]["sets"] = [
        {"side": "left", "reps": 10, "held_s": 20.0, "outcome": "done"},
        {"side": "right", "reps": 7, "held_s": 14.0, "outcome": "partial"},
        {"side": "left", "reps": 9, "held_s": 18.0, "outcome": "partial"},
    ]
    (effort,) = read_efforts(plain)
    assert (effort.reps_left, effort.reps_right, effort.reps_both) == (19, 7, None)
    assert (effort.held_left, effort.held_right) == (38.0, 14.0)
    assert effort.amount == 26


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("exercises", None),
        ("local_date", "31 March"),
        ("routine", "prehab"),
        ("active_s", "long"),
        ("check_in", {}),
    ],
)
def test_another_shape_is_refused(key: str, value: object) -> None:
    with pytest.raises(RecordError):
        read_head({**to_json(session()), key: value})


def test_pain_beyond_the_scale_is_refused() -> None:
    plain = to_json(session())
    plain["exercises"][0]["during"]["left"] = 11
    with pytest.raises(RecordError):
        read_head(plain)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_nothing_but_a_record_error_comes_of_garbage(data: st.DataObject) -> None:
    plain: dict[str, Any] = to_json(session())
    key = data.draw(st.sampled_from(sorted(plain)))
    plain[key] = data.draw(json_values())
    for read in (read_head, read_efforts):
        try:
            read(plain)
        except RecordError:
            continue


def test_of_two_answers_the_higher_counts_and_none_is_none() -> None:
    assert worse(None, None) is None
    assert worse(None, 0) == 0
    assert worse(3, None) == 3
    assert worse(2, 5) == 5
