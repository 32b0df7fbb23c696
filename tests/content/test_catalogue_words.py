"""The words of the app's own content: true to the sources, careful, and short enough for their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from msgspec import Struct
from msgspec.structs import asdict

from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.content.loader import load_catalogue
from runnersknee_tui.core.model import Exercise, Form, Posture, Sides

CATALOGUE = load_catalogue(assets_dir()).catalogue


def forms() -> Iterator[tuple[str, Form]]:
    for exercise in CATALOGUE.exercises.values():
        yield exercise.id, exercise.form
        for rung in exercise.ladder:
            yield f"{exercise.id}/{rung.id}", rung.form


def texts(value: object) -> Iterator[str]:
    """Every string in a tree of records, lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, Struct):
        for name, inner in asdict(value).items():
            yield from texts(dict(inner) if name == "stance" else inner)


def all_words() -> list[str]:
    return [
        text for item in (*CATALOGUE.exercises.values(), *CATALOGUE.routines.values()) for text in texts(item)
    ]


def test_both_clamshell_angles_are_told() -> None:
    start = CATALOGUE.exercises["clamshell"].form.start
    assert "45" in start
    assert "90" in start


@pytest.mark.parametrize(
    ("exercise", "length"),
    [
        ("straight-leg-raise", "{12-18 in}"),
        ("lateral-band-walk", "{8-12 in}"),
        ("short-arc-quad", "{6 in}"),
        ("step-up", "{4-6 in}"),
    ],
)
def test_lengths_of_the_source_are_told(exercise: str, length: str) -> None:
    form = CATALOGUE.exercises[exercise].form
    assert any(length in text for text in (form.start, *form.steps))


def test_lengths_and_weights_can_be_localised() -> None:
    for text in all_words():
        for braces in re.findall(r"[{}][^{}]*[{}]?", text):
            assert re.fullmatch(r"\{\d+(-\d+)? (in|lb)\}", braces) or braces.startswith("}"), text
        assert text.count("{") == text.count("}") == len(re.findall(r"\{\d+(?:-\d+)? (?:in|lb)\}", text))


@pytest.mark.parametrize(
    "banned",
    [
        r"!",
        r"\btreat",
        r"\bcur(e|es|ed|ing)\b",
        r"\bheal(s|ed|ing)?\b",
        r"\bpromis",
        r"\bguarantee",
        r"\bfix(es|ed)?\b",
    ],
)
def test_banned_words(banned: str) -> None:
    assert not [text for text in all_words() if re.search(banned, text, re.IGNORECASE)]


def test_the_toe_in_tip_stays_off() -> None:
    tip = re.compile(r"toe[- ]?in\b|toes? (turned |slightly )?in(ward)?s?\b|adduct", re.IGNORECASE)
    assert not [text for text in all_words() if tip.search(text)]


def test_outcomes_are_possibilities() -> None:
    for exercise in CATALOGUE.exercises.values():
        assert "help" not in exercise.why or "may help" in exercise.why
        for dose in exercise.doses:
            assert dose.outcome is None or dose.outcome.startswith("May ")


@pytest.mark.parametrize(("where", "form"), list(forms()))
def test_words_fit_their_places(where: str, form: Form) -> None:
    assert 1 <= len(form.cue) <= 60, where
    assert not form.cue.endswith("."), where
    assert 1 <= len(form.steps) <= 5
    assert all(len(step) <= 110 and step.endswith(".") for step in form.steps)
    assert form.start.endswith(".")
    assert len(form.turn) <= 75
    assert bool(form.turn) == (form.sides is Sides.EACH), where
    assert all(len(phase.label) <= 12 for phase in form.phases)


@pytest.mark.parametrize("exercise", list(CATALOGUE.exercises.values()), ids=lambda e: e.id)
def test_words_about_an_exercise_fit(exercise: Exercise) -> None:
    assert exercise.say
    assert all(0 < len(rung.how) <= 110 and len(rung.name) <= 40 for rung in exercise.ladder)
    for text in (exercise.insight, exercise.safety, exercise.why):
        assert 0 < len(text) <= 130
        assert text.endswith(".")


@pytest.mark.parametrize(("where", "form"), list(forms()))
def test_a_stance_cannot_be_misread(where: str, form: Form) -> None:
    """Capitals for the working side come first, and the two sides mirror each other word for word."""
    each = form.sides is Sides.EACH
    assert set(form.stance) == ({"left", "right"} if each else {"both"}), where
    for side, text in form.stance.items():
        assert len(text) <= 75, text
        loud = [word for word in re.findall(r"[A-Za-z]+", text) if word.isupper()]
        assert len(loud) >= 3, text
        if each:
            assert side.upper() in loud
            assert {"left": "RIGHT", "right": "LEFT"}[side] not in loud
        if form.posture is Posture.SIDE_LYING:
            assert "facing the screen" in text
    if each:
        assert mirrored(form.stance["left"]) == form.stance["right"]


def mirrored(text: str) -> str:
    pairs = [(case("left"), case("right")) for case in (str.lower, str.title, str.upper)]
    swap = dict(pairs) | {right: left for left, right in pairs}
    return re.sub(r"\b(left|right)\b", lambda match: swap[match[0]], text, flags=re.IGNORECASE)


def test_lying_on_the_side_is_the_other_side_of_the_top_leg() -> None:
    clamshell = CATALOGUE.exercises["clamshell"].form.stance["left"]
    assert clamshell.startswith("LEFT LEG ON TOP")
    assert "on your right side" in clamshell
    plank = CATALOGUE.exercises["plank"].step("side-plank").form.stance["left"]
    assert plank.startswith("LEFT ELBOW DOWN")
    assert "on your left side" in plank
