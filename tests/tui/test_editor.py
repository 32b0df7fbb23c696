"""Routines and exercises of one's own: made, copied, changed, saved, deleted, brought back."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from runnersknee_tui.content.loader import check_file
from runnersknee_tui.core.timeline import compile_routine
from runnersknee_tui.store.own_files import MARK, is_ours
from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.drafting import moved, new_id
from runnersknee_tui.tui.own_editor import OwnEditor
from runnersknee_tui.tui.screens.routines import RoutinesScreen
from runnersknee_tui.tui.widgets.fields import Fields
from runnersknee_tui.tui.widgets.rows import Choices
from runnersknee_tui.workspace import Workspace
from tests.tui.visit import HOSTILE, Visit, visit
from tests.workbench import workspace

BY_HAND = """\
# my own notes
title = "Lunch"

[[exercises]]
id = "glute-bridge"
sets = 2

[[exercises]]
id = "plank"
"""
BROKEN = """\
title = "Evenings"

[[exercises]]
id = "glute-bridge"
reps = "ten"
"""


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


def put(made: Workspace, kind: str, id_: str, text: str) -> Path:
    path = made.paths.config / kind / f"{id_}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def editor(at: Visit) -> OwnEditor:
    screen = at.app.screen
    assert isinstance(screen, OwnEditor)
    return screen


async def ready(at: Visit) -> OwnEditor:
    await at.until(lambda: isinstance(at.app.screen, OwnEditor) and at.app.screen.draft is not None)
    await at.pilot.pause()
    return editor(at)


async def type_in(at: Visit, text: str) -> None:
    """Answer a question with `text`."""
    await at.until(lambda: at.app.screen.query(Input))
    at.app.screen.query_one(Input).value = text
    await at.press("enter")


def minutes_on_screen(at: Visit) -> str:
    return at.text().splitlines()[0].split("  ")[-1].strip()


async def test_a_copy_of_a_shipped_routine_becomes_a_file_that_check_accepts(made: Workspace) -> None:
    async with visit(made, lambda app: app.show_editor("prehab", copy=True)) as at:
        screen = await ready(at)
        await at.reads("Prehab four, my way")
        await at.press("down", "enter", "down", "down", "right")
        assert screen.table["exercises"][0]["sets"] == 3
        await at.press("s")
        await at.until(lambda: (made.paths.routines / "prehab-four-my-way.toml").exists())
        await at.until(lambda: not isinstance(at.app.screen, OwnEditor))
    path = made.paths.routines / "prehab-four-my-way.toml"
    data = path.read_bytes()
    assert is_ours(data)
    assert data.startswith(MARK.encode())
    assert check_file(path, made.catalogue) == ()
    routine = made.catalogue.routines["prehab-four-my-way"]
    assert [item.exercise for item in routine.items] == [
        item.exercise for item in made.catalogue.routines["prehab"].items
    ]
    assert routine.items[0].sets == 3


async def test_the_minutes_are_those_of_the_compiled_plan_at_every_key(made: Workspace) -> None:
    put(made, "routines", "lunch", BY_HAND)
    before = made.prepare(made.catalogue.routines["lunch"]).plan.seconds
    async with visit(made, lambda app: app.show_editor("lunch")) as at:
        screen = await ready(at)
        shown = minutes_on_screen(at)
        assert shown == f"{-(-before // 60):.0f} min"
        await at.press("down", "enter", "down", "down", *["right"] * 4)
        routine: Any = screen.thing
        seconds = compile_routine(routine, made.catalogue, timing=made.timing).seconds
        assert screen.table["exercises"][0]["sets"] == 6
        assert seconds > before
        assert minutes_on_screen(at) == f"{-(-seconds // 60):.0f} min"


async def test_exercises_are_added_moved_removed_and_every_change_can_be_taken_back(made: Workspace) -> None:
    put(made, "routines", "lunch", BY_HAND)

    def ids(screen: OwnEditor) -> list[str]:
        return [row["id"] for row in screen.table["exercises"]]

    async with visit(made, lambda app: app.show_editor("lunch")) as at:
        screen = await ready(at)
        await at.press("down", "right_square_bracket")
        assert ids(screen) == ["plank", "glute-bridge"]
        await at.press("left_square_bracket")
        assert ids(screen) == ["glute-bridge", "plank"]
        await at.press("a", "home", "enter")
        await at.until(lambda: at.app.screen is screen)
        assert ids(screen) == ["glute-bridge", "straight-leg-raise", "plank"]
        assert screen.query_one("#list", Choices).marked == "1"
        await at.press("x")
        assert ids(screen) == ["glute-bridge", "plank"]
        await at.press("u", "u", "u", "u", "u")
        assert ids(screen) == ["glute-bridge", "plank"]
        assert not screen.changed


async def test_a_file_written_by_hand_is_replaced_only_after_a_yes(made: Workspace) -> None:
    path = put(made, "routines", "lunch", BY_HAND)
    async with visit(made, lambda app: app.show_editor("lunch")) as at:
        await ready(at)
        await at.press("down", "x", "s")
        await at.reads("comments", "would be lost")
        await at.press("n")
        await at.until(lambda: isinstance(at.app.screen, OwnEditor))
        assert path.read_text() == BY_HAND
        await at.press("s")
        await at.reads("would be lost")
        await at.press("y")
        await at.until(lambda: path.read_text() != BY_HAND)
    assert tomllib.loads(path.read_text())["exercises"] == [{"id": "plank"}]
    assert [kept.read_text() for kept in made.paths.trash.iterdir()] == [BY_HAND]


async def test_leaving_with_changes_asks_and_without_does_not(made: Workspace) -> None:
    put(made, "routines", "lunch", BY_HAND)
    async with visit(made, lambda app: app.show_editor("lunch")) as at:
        screen = await ready(at)
        await at.press("down", "x", "escape")
        await at.reads("Leave without saving?")
        await at.press("n")
        await at.until(lambda: at.app.screen is screen)
        await at.press("u", "escape")
        await at.until(lambda: not isinstance(at.app.screen, OwnEditor))


async def test_what_is_wrong_is_said_beside_its_field_in_the_words_of_check(made: Workspace) -> None:
    path = put(made, "routines", "evenings", BROKEN)
    told = check_file(path, made.catalogue)[0].message
    async with visit(made, lambda app: app.show_editor("evenings"), size=(120, 40)) as at:
        screen = await ready(at)
        await at.press("down")
        await at.reads(told, "1 thing to mend")
        await at.press("s")
        await at.reads("To mend before it is saved")
        assert path.read_text() == BROKEN
        fields = screen.query_one(Fields)
        await at.press("enter")
        fields.mark("reps")
        await at.press("enter")
        await type_in(at, "9999")
        await at.reads("expected 1 to 500, found 9999")
        await type_in(at, "12")
        await at.until(lambda: at.app.screen is screen)
        assert screen.table["exercises"][0]["reps"] == 12
        assert screen.problems == ()


async def test_another_dose_or_exercise_forgets_the_numbers_of_the_one_before(made: Workspace) -> None:
    put(made, "routines", "lunch", BY_HAND)
    async with visit(made, lambda app: app.show_editor("lunch")) as at:
        screen = await ready(at)
        await at.press("down", "enter", "down", "right")
        assert screen.table["exercises"][0] == {"id": "glute-bridge", "dose": "prehab"}
        await at.press("down", "right", "d")
        assert screen.table["exercises"][0] == {"id": "glute-bridge", "dose": "prehab"}


async def test_an_exercise_of_ones_own_is_made_saved_and_found_in_the_editor(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_exercise_editor) as at:
        screen = await ready(at)
        await at.press("enter")
        await type_in(at, "Wall sit [b]")
        await at.until(lambda: at.app.screen is screen)
        await at.press("down", "right")
        assert "hold_s" in screen.table
        assert "reps" not in screen.table
        screen.query_one(Fields).mark("sides")
        await at.press("right")
        assert screen.table["sides"] == "each"
        await at.press("s")
        await at.until(lambda: (made.paths.exercises / "wall-sit-b.toml").exists())
    exercise = made.catalogue.exercises["wall-sit-b"]
    assert exercise.name == "Wall sit [b]"
    assert exercise.doses[0].holds_only
    assert check_file(made.paths.exercises / "wall-sit-b.toml", made.catalogue) == ()
    async with visit(made, RunnersKneeApp.show_editor) as at:
        await ready(at)
        await at.press("a")
        await at.reads("Wall sit [b]")


async def test_a_file_with_a_ladder_of_its_own_is_left_to_a_text_editor(made: Workspace) -> None:
    put(made, "exercises", "lunge", 'name = "Lunge"\n[[doses]]\nid = "own"\nreps = 8\n')
    async with visit(made, lambda app: app.show_exercise_editor("lunge")) as at:
        await at.reads("change it in a text editor")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
async def test_the_list_deletes_after_a_yes_and_brings_back(made: Workspace, size: tuple[int, int]) -> None:
    path = put(made, "routines", "lunch", BY_HAND)
    put(made, "routines", "evenings", BROKEN)
    async with visit(made, RunnersKneeApp.show_routines, size=size) as at:
        screen = at.app.screen
        assert isinstance(screen, RoutinesScreen)
        await at.reads("Yours", "Lunch", "to mend")
        assert screen.marked == ("routines", "lunch")
        for answer in "ny":
            assert path.exists()
            await at.press("x")
            await at.reads("Delete routines/lunch.toml?")
            await at.press(answer)
            await at.until(lambda: at.app.screen is screen)
        await at.until(lambda: not path.exists())
        await at.until(lambda: screen.shelf is not None and "lunch" not in screen.shelf.offers)
        await at.press("u")
        await at.until(path.exists)
        await at.reads("Lunch")
    assert path.read_text() == BY_HAND


async def test_a_shipped_routine_can_be_copied_but_not_changed_or_deleted(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_routines) as at:
        screen = at.app.screen
        assert isinstance(screen, RoutinesScreen)
        await at.until(lambda: screen.marked)
        await at.press("x", "e")
        assert at.app.screen is screen
        await at.press("c")
        assert (await ready(at)).draft is not None


@pytest.mark.parametrize("words", HOSTILE)
async def test_titles_are_shown_as_they_stand(made: Workspace, words: str) -> None:
    title = words.replace("\\", "\\\\")
    put(made, "routines", "odd", f'title = "{title}"\n[[exercises]]\nid = "plank"\n')
    shown = words.replace("\u202e", "\ufffd").replace("\u202c", "\ufffd")
    async with visit(made, RunnersKneeApp.show_routines) as at:
        await at.reads(shown)
        await at.press("e")
        await ready(at)
        await at.reads(shown)
    async with visit(made, RunnersKneeApp.show_routines) as at:
        await at.reads("Yours")
        await at.press("ctrl+p", *"start: ")
        await at.reads("Start:")


def test_rows_move_no_further_than_the_ends() -> None:
    rows = [{"id": name} for name in "abc"]
    assert [row["id"] for row in moved(rows, 0, -1)] == ["a", "b", "c"]
    assert [row["id"] for row in moved(rows, 0, 1)] == ["b", "a", "c"]
    assert [row["id"] for row in moved(rows, 2, 1)] == ["a", "b", "c"]


def test_a_new_file_takes_no_name_that_is_taken() -> None:
    assert new_id("Wall Sit", set(), "exercise") == "wall-sit"
    assert new_id("Wall Sit", {"wall-sit", "wall-sit-2"}, "exercise") == "wall-sit-3"
    assert new_id("\u2603", set(), "exercise") == "exercise"
    assert new_id("con", set(), "routine") == "routine"


async def test_a_routine_that_takes_the_place_of_the_pre_run_is_shown_whole(made: Workspace) -> None:
    """A session of it is made to fit six minutes; the editor tells what it holds."""
    lines = "".join(
        f'[[exercises]]\nid = "{id_}"\n' for id_ in ("glute-bridge", "plank", "step-up", "dead-bug")
    )
    put(made, "routines", "prerun", f'title = "Long warm-up"\n{lines}')
    async with visit(made, lambda app: app.show_editor("prerun")) as at:
        await ready(at)
        await at.reads("4 Dead bug")
        await at.press("down", "down", "down", "down", "x")
        await at.reads("3 Step-up")


@pytest.mark.parametrize(
    "text",
    [
        'title = "T"\nexercises = 3\n',
        'title = "T"\nexercises = [3, {id = "plank"}]\n',
        "title = 3\npurpose = []\n[[exercises]]\nid = 3\n",
        'title = "T"\n[[exercises]]\nid = "plank"\ndose = 3\nsets = "x"\nsides = {a = 1}\nodd = true\n',
        'title = "T"\n[[exercises]]\nid = "clamshell"\nsets = true\nhold_s = nan\nsides = 3\nreps = [1]\n',
        'title = "T"\n[[exercises]]\nid = "plank"\nreps = 3\nconcentric_s = -1\n',
    ],
)
async def test_no_file_that_is_toml_makes_the_editor_stumble(made: Workspace, text: str) -> None:
    put(made, "routines", "odd", text)
    async with visit(made, lambda app: app.show_editor("odd")) as at:
        screen = await ready(at)
        assert screen.problems
        fields = screen.query_one(Fields)
        for _ in range(3):
            await at.press("down", "enter")
            for _ in range(max(fields.option_count, 1)):
                await at.press("right", "d", "left", "down")
            if at.app.screen is not screen:
                await at.press("escape")
            await at.press("escape")
        assert at.app.is_running
