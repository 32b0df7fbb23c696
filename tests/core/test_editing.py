"""Corrections change one thing, and what stood there takes them back."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from runnersknee_tui.core.editing import Spot, choices, exercise_spots, put, session_spots, value_at
from runnersknee_tui.core.heads import read_head
from runnersknee_tui.core.logged import logged_record
from runnersknee_tui.core.record import SessionRecord, SetRecord, Target
from runnersknee_tui.core.record_json import from_json, to_json
from runnersknee_tui.core.timeline import compile_routine
from tests.shipped import shipped
from tests.strategies import records

KNEES = ("left", "right")


def spots(record: SessionRecord) -> list[Spot]:
    found = list(session_spots(KNEES))
    for number, entry in enumerate(record.exercises):
        found += exercise_spots(entry, number, KNEES)
    return found


@settings(max_examples=40, deadline=None)
@given(records(), st.data())
def test_one_thing_changes_and_can_be_taken_back(record: SessionRecord, data: st.DataObject) -> None:
    spot = data.draw(st.sampled_from(spots(record)))
    before = value_at(record, spot)
    few = choices(spot)
    value = data.draw(st.sampled_from(few) if few else st.just("other") if spot.field == "note" else st.integers(0, 30))  # fmt: skip
    edited = put(record, spot, value)
    assert all(value_at(edited, other) == value_at(record, other) for other in spots(record) if other != spot)
    assert (edited.id, edited.started_at, edited.extra) == (record.id, record.started_at, record.extra)
    assert put(edited, spot, before) == record


def test_ids_are_unique() -> None:
    plan = compile_routine(shipped().routines["starter"], shipped())
    found = spots(logged_record(plan, id="0" * 16, app="1", started_at=START, tz=None))
    assert len({spot.id for spot in found}) == len(found)


def test_a_set_goes_up_to_what_was_asked() -> None:
    record = logged_record(STARTER, id="0" * 16, app="1", started_at=START, tz=None)
    asked = record.exercises[0].target.reps
    assert isinstance(asked, int)
    fewer = put(record, Spot("set", 0, 0), 3)
    assert fewer.exercises[0].sets[0].reps == 3
    assert fewer.exercises[0].sets[0].outcome == "partial"
    assert put(record, Spot("set", 0, 0), 99).exercises[0].sets[0].reps == asked
    none = put(record, Spot("set", 0, 0), 0)
    assert none.exercises[0].sets[0].outcome == "skipped"


@pytest.mark.parametrize(
    ("spot", "value"),
    [
        (Spot("before", side="left"), 11),
        (Spot("during", 0, side="left"), True),
        (Spot("form", 0), "fine"),
        (Spot("ran"), "far"),
        (Spot("note"), "x" * 3000),
        (Spot("note"), None),
    ],
)
def test_a_wrong_value_is_refused(spot: Spot, value: object) -> None:
    record = logged_record(STARTER, id="0" * 16, app="1", started_at=START, tz=None)
    with pytest.raises(ValueError, match=r"answer|note"):
        put(record, spot, value)


def test_what_is_not_there_cannot_be_changed() -> None:
    record = replace(logged_record(STARTER, id="0" * 16, app="1", started_at=START, tz=None), exercises=())
    for spot in (Spot("set", 0, 0), Spot("form", 3), Spot("before", side="middle"), Spot("nothing")):
        with pytest.raises(LookupError):
            value_at(record, spot)


# --- logged ------------------------------------------------------------------------------------------------

START = datetime(2026, 6, 4, 7, 0, tzinfo=ZoneInfo("Europe/Berlin"))
STARTER = compile_routine(shipped().routines["starter"], shipped())


def test_a_logged_session_is_done_as_planned_and_answers_nothing() -> None:
    record = logged_record(STARTER, id="ab" * 8, app="0.1.0", started_at=START, tz="Europe/Berlin", note="n")
    assert (record.source, record.status, record.confirmed) == ("log", "completed", True)
    assert record.local_date == START.date()
    assert record.active_s == 0
    assert [entry.id for entry in record.exercises] == [item.exercise.id for item in STARTER.items]
    for entry in record.exercises:
        assert isinstance(entry.target, Target)
        assert {row.outcome for row in entry.sets} == {"done"}
        assert entry.during.worse is None
        assert entry.form is None
    assert from_json(to_json(record)) == record
    assert read_head(to_json(record)).share == 1


def test_minutes_that_were_told_count() -> None:
    record = logged_record(STARTER, id="ab" * 8, app="1", started_at=START, tz=None, minutes=25)
    assert record.active_s == 1500
    assert (record.ended_at - record.started_at).total_seconds() == 1500


def test_every_side_has_its_sets() -> None:
    record = logged_record(STARTER, id="ab" * 8, app="1", started_at=START, tz=None)
    leg_raise = next(entry for entry in record.exercises if entry.id == "straight-leg-raise")
    sides = [row.side for row in leg_raise.sets]
    assert sides.count("left") == sides.count("right") == leg_raise.target.sets
    assert all(isinstance(row, SetRecord) for row in leg_raise.sets)
