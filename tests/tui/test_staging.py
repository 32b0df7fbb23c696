"""From a view to pictures and words: the side in letters that are read from the floor."""

from __future__ import annotations

import itertools

import pytest

from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.core.model import RoutineItem, Side, Sides
from runnersknee_tui.core.session import Session
from runnersknee_tui.core.timeline import StepKind, compile_plan, item_for, prescribe
from runnersknee_tui.core.view import SessionView, view_of
from runnersknee_tui.picture.book import FigureBook
from runnersknee_tui.picture.scene import Full, Studio, Working
from runnersknee_tui.tui import ahead as ahead_module
from runnersknee_tui.tui.ahead import Ahead
from runnersknee_tui.tui.staging import stage
from tests.shipped import shipped


def session_of(exercise: str, first: Side = Side.LEFT) -> Session:
    item = item_for(prescribe(RoutineItem(exercise), shipped()), shipped())
    return Session(compile_plan("one", "One", [item], first_side=first), 0.0)


def views(exercise: str, first: Side = Side.LEFT) -> dict[StepKind, SessionView]:
    """The first view of each kind of step."""
    session = session_of(exercise, first)
    found: dict[StepKind, SessionView] = {}
    now = 0.0
    while session.end_reason is None:
        found.setdefault(session.step.kind, view_of(session))
        now += (session.seconds or 0.0) - session.position + 1e-6
        session.advance(now)
    return found


@pytest.mark.parametrize(
    ("exercise", "words"),
    {
        "clamshell": "LEFT LEG",
        "step-up": "LEFT FOOT",
        "step-down": "LEFT FOOT",
        "lateral-band-walk": "LEFT FOOT",
        "single-leg-squat": "LEFT LEG",
        "short-arc-quad": "LEFT KNEE",
        "glute-bridge": "GLUTE BRIDGE",
    }.items(),
)
def test_the_card_names_the_part_that_works(exercise: str, words: str) -> None:
    for first in Side:
        scene = stage(views(exercise, first)[StepKind.GET_READY]).scene
        assert isinstance(scene, Full)
        assert scene.title == words.replace("LEFT", first.upper())


def test_every_switch_names_the_other_side_than_the_start() -> None:
    for exercise in shipped().exercises.values():
        if exercise.form.sides is Sides.EACH:
            seen = views(exercise.id)
            start, switch = (stage(seen[kind]) for kind in (StepKind.GET_READY, StepKind.SWITCH))
            assert isinstance(start.scene, Full)
            assert isinstance(switch.scene, Full)
            assert start.scene.title.startswith("LEFT")
            assert switch.scene.title.startswith("RIGHT")
            assert switch.advice.count("RIGHT") == 1
            assert " · RIGHT · " in switch.long.place
            assert switch.short.place.startswith(" R ")


def test_a_phase_is_a_word_a_number_and_pips() -> None:
    scene = stage(views("glute-bridge")[StepKind.CONCENTRIC]).scene
    assert isinstance(scene, Working)
    assert (scene.word, scene.number, scene.caption) == ("LIFT", "1", "OF 15")
    assert (scene.pips, scene.done) == (15, 0)
    hold = stage(views("glute-bridge")[StepKind.ISOMETRIC]).scene
    assert isinstance(hold, Working)
    assert (hold.word, hold.number, hold.caption) == ("HOLD", "2", "SEC")


def test_nothing_is_drawn_ahead_of_a_hold_that_no_way_leads_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead_module, "SLICES", 1)
    turns = {}
    for exercise in ("plank", "glute-bridge"):
        ahead = Ahead(Studio(FigureBook(assets_dir() / "figures")), lambda: 0.0)
        ahead.look(views(exercise)[StepKind.GET_READY], (60, 16))
        turns[exercise] = 0
        while ahead.turn():
            turns[exercise] += 1
    assert 0 < turns["plank"] < turns["glute-bridge"] / 8


@pytest.mark.parametrize(("slice_s", "least", "most"), [(0.0, 1, 200), (0.002, 400, 4000)])
def test_a_turn_of_drawing_ahead_ends_when_its_time_is_up(slice_s: float, least: int, most: int) -> None:
    """So that no cue and no key waits for a picture; and quick slices do not wait for each other."""
    ticks = itertools.count()
    ahead = Ahead(Studio(FigureBook(assets_dir() / "figures")), lambda: next(ticks) * slice_s)
    ahead.look(views("glute-bridge")[StepKind.GET_READY], (60, 16))
    turns = 1
    while ahead.turn():
        turns += 1
    assert least <= turns <= most
