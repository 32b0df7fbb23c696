"""The exercise browser: all the words of every exercise, found by typing, whole at every size."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.words import clean
from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.screens.exercise_words import exercise_words
from runnersknee_tui.tui.screens.exercises import matches
from runnersknee_tui.tui.widgets.rows import Choices, Hung, Row, Stack
from runnersknee_tui.workspace import Workspace
from tests.tui.visit import HOSTILE, visit
from tests.world import world


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return world(tmp_path)


def said(stack: Stack) -> str:
    """All words of a stack, whatever the width."""
    lines = []
    for part in stack.parts:
        pieces = {Row: ("left", "right"), Hung: ("mark", "body")}.get(type(part))
        lines.append(" ".join(getattr(part, name).plain for name in pieces) if pieces else str(part))
    return "\n".join(lines)


OWN_EXERCISE = """\
name = {words}
sides = "both"
start = {words}
steps = [{words}]
insight = {words}
targets = [{words}]
sets = 2
reps = 5

[[phases]]
kind = "concentric"
label = "Up"

[[phases]]
kind = "eccentric"
label = "Down"
"""


def test_every_word_of_every_exercise_is_there(catalogue: Catalogue) -> None:
    for exercise in catalogue.exercises.values():
        words = said(exercise_words(exercise, "imperial"))
        wanted = [exercise.name, *exercise.targets, exercise.insight, exercise.safety, exercise.why]
        wanted += [rung.name for rung in exercise.ladder if len(exercise.ladder) > 1]
        wanted += [dose.id for dose in exercise.doses]
        wanted += [dose.outcome for dose in exercise.doses if dose.outcome]
        for text in (*wanted, exercise.form.start, *exercise.form.steps):
            assert text.split("{")[0] in words, f"{exercise.id} does not say: {text}"
        assert "{" not in words


def test_lengths_are_in_the_units_of_the_reader(catalogue: Catalogue) -> None:
    exercise = catalogue.exercises["straight-leg-raise"]
    assert "12-18 in" in said(exercise_words(exercise, "imperial"))
    metric = said(exercise_words(exercise, "metric"))
    assert "30-45 cm" in metric
    assert " in." not in metric
    assert " lb" not in metric


def test_what_an_article_expects_is_called_its_word(catalogue: Catalogue) -> None:
    for exercise in catalogue.exercises.values():
        for line in said(exercise_words(exercise, "metric")).split("\n"):
            if "weeks" in line and "days a week" not in line:
                assert line.startswith("From the article: "), line


def test_what_no_article_says_is_marked(catalogue: Catalogue) -> None:
    words = said(exercise_words(catalogue.exercises["quad-set"], "metric"))
    assert "Worth knowing  our own" in words
    assert "Steps  our own" not in words
    assert "Dose: easing  our own" in words


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("clam", ["clamshell"]),
        ("PLANK", ["plank"]),
        ("core", ["plank", "dead-bug"]),
        ("band hip", ["clamshell", "lateral-band-walk"]),
        ("towel", ["short-arc-quad"]),
        ("nothing at all", []),
    ],
)
def test_matches(catalogue: Catalogue, typed: str, found: list[str]) -> None:
    assert [exercise.id for exercise in catalogue.exercises.values() if matches(exercise, typed)] == found


async def test_typing_finds_and_escape_shows_all_again(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_exercises) as at:
        await at.reads("12 exercises", "Straight leg raise")
        await at.press("slash", *"bridge")
        await at.reads("1 exercise", "Glute bridge")
        await at.press("q", "question_mark")
        await at.reads("0 exercises", "Nothing matches")
        assert at.is_on("ExercisesScreen")
        await at.press("escape")
        await at.reads("12 exercises")
        await at.press("escape")
        await at.until(lambda: at.is_on("HomeScreen"))


async def test_enter_after_typing_goes_to_the_list_and_then_reads(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_exercises) as at:
        await at.reads("12 exercises")
        await at.press("slash", *"dead", "enter", "enter")
        await at.reads("Dead bug")
        await at.press("end")
        await at.reads("From easy to hard")


async def test_it_opens_at_the_exercise_asked_for(made: Workspace) -> None:
    async with visit(made, lambda app: app.show_exercises("plank")) as at:
        await at.reads("Forearm plank")
        await at.until(lambda: at.app.screen.query_one("#list", Choices).marked == "plank")


async def test_a_narrow_terminal_shows_list_or_words(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_exercises, size=(40, 12)) as at:
        await at.reads("Straight leg raise", "Clamshell", "hip")
        await at.press("down", "enter")
        await at.reads("Clamshell", "gluteus medius")
        assert "Dead bug" not in at.text()
        await at.press("escape")
        await at.reads("Dead bug")
        await at.pilot.click("#list", offset=(4, 2))
        await at.reads("Single-leg squat", "quadriceps")


@pytest.mark.parametrize("words", HOSTILE)
async def test_words_of_files_are_shown_as_they_are(made: Workspace, words: str) -> None:
    made.paths.exercises.mkdir(parents=True)
    text = OWN_EXERCISE.format(words=json.dumps(words))
    (made.paths.exercises / "mine.toml").write_text(text, encoding="utf-8")
    assert not made.loaded.problems
    async with visit(made, lambda app: app.show_exercises("mine"), size=(100, 40)) as at:
        await at.reads("13 exercises", clean(words))
        await at.until(lambda: at.text().count(clean(words)) >= 5)
        await at.press("slash", *"xyz")
        await at.reads("Nothing matches")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_there_is_a_figure_where_there_is_room(made: Workspace, size: tuple[int, int]) -> None:
    async with visit(made, RunnersKneeApp.show_exercises, size=size) as at:
        await at.until(lambda: "█" in at.text())
        assert at.app.screen.query_one("#figure").size.height >= 9
