"""Correcting, deleting, logging and owning: every wrong entry can be put right, and every change taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.core.words import clean
from runnersknee_tui.housekeeping import keep_house
from runnersknee_tui.store.backup import back_up, backups
from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.days import break_texts, read_breaks, read_day
from runnersknee_tui.tui.widgets.fields import Fields
from runnersknee_tui.workspace import Workspace
from tests.tui.visit import HOSTILE, Visit, lived, visit
from tests.world import MORNING, world

TODAY = MORNING.date()


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return world(tmp_path / "home", knee="left")


def sessions(app: RunnersKneeApp) -> None:
    app.show_history("sessions")


def shows(record: SessionRecord, made: Workspace) -> Callable[[RunnersKneeApp], None]:
    """The app at one record."""
    made.history.save(record)
    return lambda app: app.show_record(record)


def mark(at: Visit, line: str) -> None:
    at.app.screen.query_one(Fields).mark(line)


async def saved(at: Visit, made: Workspace, rev: int) -> SessionRecord:
    """The newest session, once it has this revision."""
    await at.until(lambda: made.history.newest(1)[0].rev >= rev)
    record = made.history.newest(1)[0]
    assert record.rev == rev
    return record


# --- correcting --------------------------------------------------------------------------------------------


async def test_a_pain_is_corrected_and_taken_back(made: Workspace) -> None:
    async with visit(made, shows(lived(made, -1, routine="starter"), made)) as at:
        await at.press("e")
        mark(at, "during.0.0.left")
        await at.press("right", "right")
        record = await saved(at, made, 3)
        assert record.exercises[0].during.left == 1
        await at.press("u")
        assert (await saved(at, made, 4)).exercises[0].during.left == 0
        await at.press("u")
        assert (await saved(at, made, 5)).exercises[0].during.left is None
        await at.press("u")
        assert made.history.newest(1)[0].rev == 5


async def test_repetitions_are_typed_and_the_plan_is_the_limit(made: Workspace) -> None:
    async with visit(made, shows(lived(made, -1, routine="starter"), made)) as at:
        await at.press("e")
        mark(at, "set.0.1")
        await at.press("enter", *["backspace"] * 3, "9", "9")
        await at.reads("A whole number from 0 to")
        await at.press(*["backspace"] * 2, "4", "enter")
        record = await saved(at, made, 2)
        assert record.exercises[0].sets[1].reps == 4
        assert record.exercises[0].sets[1].outcome == "partial"
        await at.reads("4 of 15")
        await at.press("u")
        assert (await saved(at, made, 3)).exercises[0].sets == lived(made, -1, routine="starter").exercises[
            0
        ].sets


async def test_the_morning_after_form_and_note(made: Workspace) -> None:
    async with visit(made, shows(lived(made, -1, routine="starter"), made)) as at:
        await at.press("e")
        mark(at, "next_day.0.0.left")
        await at.press("enter", "down", "down", "enter")
        await saved(at, made, 2)
        mark(at, "ran.0.0")
        await at.press("right")
        await saved(at, made, 3)
        mark(at, "form.0.0")
        await at.press("right")
        await saved(at, made, 4)
        mark(at, "note.0.0")
        await at.press("enter", *"Stairs.", "enter")
        record = await saved(at, made, 5)
        assert record.check_in.next_day.left == 1
        assert record.check_in.ran == "no"
        assert record.exercises[0].form == "good"
        assert record.note == "Stairs."
        await at.press("escape")
        await at.reads("Stairs.", "Next morning  left 1")


async def test_unknown_keys_survive_an_edit(made: Workspace) -> None:
    record = replace(lived(made, -1, routine="starter"), extra={"weather": {"rain": True}})
    async with visit(made, shows(record, made)) as at:
        await at.press("e")
        mark(at, "form.0.0")
        await at.press("right")
        assert (await saved(at, made, 2)).extra == {"weather": {"rain": True}}


async def test_an_edit_of_another_window_is_not_lost(made: Workspace) -> None:
    async with visit(made, shows(lived(made, -1, routine="starter"), made)) as at:
        await at.press("e")
        made.history.replace(made.history.newest(1)[0].id, lambda one: replace(one, note="from there"))
        mark(at, "form.0.0")
        await at.press("right")
        record = await saved(at, made, 3)
        assert (record.note, record.exercises[0].form) == ("from there", "good")


async def test_an_edit_that_cannot_be_saved_is_said_and_undone(made: Workspace) -> None:
    async with visit(made, shows(lived(made, -1, routine="starter"), made)) as at:
        await at.press("e")
        made.history.delete(made.history.newest(1)[0].id, made.clock.wall())
        mark(at, "form.0.0")
        await at.press("right")
        await at.reads("Not saved", "gone")


@pytest.mark.parametrize("size", [(40, 12), (120, 40)])
async def test_correcting_fits(made: Workspace, size: tuple[int, int]) -> None:
    async with visit(made, shows(lived(made, -1, routine="starter"), made), size=size) as at:
        await at.press("e")
        await at.reads("Knee before", "Note")
        await at.press("end")
        await at.reads("Form")


# --- deleting ----------------------------------------------------------------------------------------------


async def test_a_deleted_session_comes_back(made: Workspace) -> None:
    for day in (-3, -1):
        made.history.save(lived(made, day, routine="starter"))
    before = made.history.newest()
    async with visit(made, sessions) as at:
        await at.reads("2 sessions")
        await at.press("d")
        await at.reads("1 session", "Deleted: First three")
        assert made.history.newest() == before[1:]
        await at.press("u")
        await at.reads("2 sessions", "Brought back: First three")
        assert made.history.newest() == before


async def test_it_is_deleted_from_its_own_screen_as_well(made: Workspace) -> None:
    made.history.save(lived(made, -1, routine="starter"))
    async with visit(made, sessions) as at:
        await at.reads("1 session")
        await at.press("enter", "d")
        await at.until(lambda: at.is_on("HistoryScreen"))
        await at.reads("Nothing here yet")


async def test_the_trash_gives_back_any_of_them(made: Workspace) -> None:
    for day in (-3, -2, -1):
        made.history.save(lived(made, day, routine="starter"))
    first = made.history.newest()[-1]
    for record in made.history.newest():
        made.history.delete(record.id, made.clock.wall() - timedelta(days=2))
    async with visit(made, sessions) as at:
        await at.press("z")
        await at.reads("Deleted sessions", "28 days left")
        await at.press("home", "end", "enter")
        await at.reads("Brought back")
        assert len(made.history.newest()) == 1
        await at.press("escape")
        await at.reads("1 session")
    assert first.routine_id == "starter"


@pytest.mark.parametrize("words", HOSTILE)
async def test_words_of_files_are_shown_as_they_are(made: Workspace, words: str) -> None:
    record = replace(lived(made, -1, routine="starter"), routine_title=words, note=words)
    made.history.save(record)
    made.history.delete(record.id, made.clock.wall())
    async with visit(made, RunnersKneeApp.show_trash, size=(100, 24)) as at:
        await at.reads(clean(words))
        made.history.undelete(record.id)
        at.app.show_record(record)
        await at.until(lambda: at.is_on("RecordScreen"))
        await at.press("e")
        await at.until(lambda: at.text().count(clean(words)) >= 2)


# --- logging -----------------------------------------------------------------------------------------------


async def test_a_session_without_the_app_is_logged_and_corrected(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_log) as at:
        await at.reads("The day's own plan", "Thursday 4 June 2026", "not measured", "Glute bridge")
        mark(at, "day")
        await at.press("left", "left")
        mark(at, "minutes")
        await at.press("enter", "2", "5", "enter")
        mark(at, "note")
        await at.press("enter", *"In the park", "enter")
        await at.reads("Tuesday 2 June 2026", "25 min", "In the park", "Save")
        await at.press("s")
        await at.until(lambda: at.is_on("RecordScreen"))
        await at.reads("logged", "In the park")
    (record,) = made.history.newest()
    assert (record.source, record.local_date, record.active_s) == ("log", date(2026, 6, 2), 1500)
    assert record.started_at.utcoffset() == timedelta(hours=2)
    assert {row.outcome for entry in record.exercises for row in entry.sets} == {"done"}
    assert all(entry.during.worse is None for entry in record.exercises)


async def test_any_routine_can_be_logged(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_log) as at:
        await at.press("enter", "end", "enter")
        titles = [routine.title for routine in made.catalogue.routines.values()]
        await at.reads(titles[-1])
        await at.until(lambda: "Kept as done" in at.text() or "Nothing was due" in at.text())


async def test_the_future_cannot_be_logged(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_log) as at:
        mark(at, "day")
        await at.press("right", "right")
        await at.reads("Thursday 4 June 2026")
        await at.press("enter", *["backspace"] * 10, *"2026-06-05")
        await at.reads("That day has not come yet")
        await at.press(*["backspace"] * 10, *"soon")
        await at.reads("A date such as 2026-06-04")


async def test_a_day_nobody_measured_is_done_all_the_same(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_log) as at:
        await at.reads("Kept as done")
        await at.press("s")
        await at.until(lambda: at.is_on("RecordScreen"))
        await at.press("escape")
        at.app.show_history()
        await at.until(lambda: at.is_on("HistoryScreen"))
        await at.press("t")
        await at.reads("done")


# --- breaks ------------------------------------------------------------------------------------------------


async def test_a_break_is_declared_changed_removed_and_taken_back(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_breaks) as at:
        await at.reads("0 breaks")
        await at.press("a", "down", "right", "right", "s")
        await at.reads("1 break", "Thursday 4 June 2026 to Saturday 6 June 2026", "3 days")
        assert made.settings.values.breaks == ("2026-06-04/2026-06-06",)
        await at.press("home", "enter", "left", "s")
        await at.reads("Wednesday 3 June 2026 to", "4 days")
        await at.press("home", "d")
        await at.reads("0 breaks")
        await at.press("u")
        await at.reads("4 days")
        await at.press("u")
        await at.reads("3 days")
        await at.press("u")
        await at.reads("0 breaks")
    assert made.flush(10)
    assert world(made.paths.data.parent).settings.values.breaks == ()


async def test_a_date_can_be_typed(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_breaks) as at:
        await at.press("a", "enter", *["backspace"] * 10, *"2026-07-01", "enter", "s")
        await at.reads("Wednesday 1 July 2026", "1 day")


async def test_breaks_of_the_users_own_file_stay_theirs(made: Workspace) -> None:
    made.paths.config.mkdir(parents=True)
    made.paths.config_file.write_text('breaks = ["2026-05-01/2026-05-03"]\n')
    async with visit(made, RunnersKneeApp.show_breaks) as at:
        await at.reads("3 days")
        await at.press("home", "d")
        await at.reads("breaks is set by config.toml", "3 days")


def test_breaks_that_touch_become_one() -> None:
    first, second = (date(2026, 6, 1), date(2026, 6, 3)), (date(2026, 6, 4), date(2026, 6, 9))
    assert break_texts([second, first]) == ["2026-06-01/2026-06-09"]
    assert break_texts([first, (date(2026, 7, 1), date(2026, 7, 1))]) == [
        "2026-06-01/2026-06-03",
        "2026-07-01/2026-07-01",
    ]
    assert read_breaks(["2026-06-03/2026-06-01", "nonsense", "2026-07-01"]) == [
        (date(2026, 7, 1), date(2026, 7, 1)),
        first,
    ]


@pytest.mark.parametrize(("text", "day"), [("today", 0), (" Yesterday ", -1), ("2026-06-01", -3)])
def test_days_as_people_type_them(text: str, day: int) -> None:
    assert read_day(text, TODAY) == TODAY + timedelta(days=day)


@pytest.mark.parametrize("text", ["", "2026-13-01", "20260601", "1.6.2026", "2026-W23-1"])
def test_other_words_are_no_day(text: str) -> None:
    with pytest.raises(ValueError, match="A date such as 2026-06-04"):
        read_day(text, TODAY)


# --- owning ------------------------------------------------------------------------------------------------


async def type_path(at: Visit, path: Path) -> None:
    """Replace what stands in the dialog."""
    await at.until(lambda: at.is_on("AskScreen"))
    at.app.screen.query_one(Input).value = str(path)
    await at.press("enter")


async def choose(at: Visit, item: str) -> None:
    from runnersknee_tui.tui.screens.own import OwnScreen

    await at.until(lambda: at.is_on("OwnScreen"))
    screen = at.app.screen
    assert isinstance(screen, OwnScreen)
    await screen.run_action(item)
    await at.pilot.pause()


def contents(made: Workspace) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in made.paths.history.iterdir()}


async def test_export_erase_import_compare(made: Workspace, tmp_path: Path) -> None:
    for day in (-3, -2, -1):
        made.history.save(lived(made, day, routine="starter", seconds=60))
    before, file = contents(made), tmp_path / "all.json"
    async with visit(made, RunnersKneeApp.show_own) as at:
        await choose(at, "export")
        await type_path(at, file)
        await at.until(file.exists)
        await at.reads("3 sessions in")
        await choose(at, "erase")
        await at.press(*"eras", "enter")
        await at.reads("Nothing happens until the word erase stands here")
        assert contents(made) == before
        await at.press("e", "enter")
        await at.until(lambda: not made.paths.history.exists())
        await at.until(lambda: at.is_on("HomeScreen"))
        at.app.show_own()
        await choose(at, "import")
        await type_path(at, file)
        await at.until(lambda: at.is_on("PreviewScreen"))
        await at.reads("3 added, 0 skipped, 0 refused")
        assert not made.paths.history.exists()
        await at.press("enter")
        await at.until(lambda: at.is_on("OwnScreen"))
        assert contents(made) == before
        await choose(at, "import")
        await type_path(at, file)
        await at.reads("0 added, 3 skipped", "nothing here that you do not have already")
        await at.press("enter")
        assert at.is_on("PreviewScreen")


async def test_what_is_refused_is_named_and_stays_out(made: Workspace, tmp_path: Path) -> None:
    made.history.save(lived(made, -1, routine="starter", seconds=60))
    file = tmp_path / "two.json"
    good = json.loads(next(iter(contents(made).values())))
    bad = {**good, "id": "f" * 16, "active_s": "long"}
    file.write_text(json.dumps([good, bad]))
    made.history.delete(good["id"], made.clock.wall())
    async with visit(made, RunnersKneeApp.show_own) as at:
        await choose(at, "import")
        await type_path(at, file)
        await at.reads("1 added, 0 skipped, 1 refused", "session 2", "active_s")
        await at.press("enter")
        await at.until(lambda: at.is_on("OwnScreen"))
        assert [record.id for record in made.history.newest()] == [good["id"]]


async def test_backup_wipe_restore_compare(made: Workspace) -> None:
    for day in (-3, -1):
        made.history.save(lived(made, day, routine="starter", seconds=60))
    before = contents(made)
    back_up(made.paths, made.history, TODAY)
    for path in made.paths.history.iterdir():
        path.unlink()
    async with visit(made, RunnersKneeApp.show_own) as at:
        await choose(at, "backups")
        await at.reads("Look into the backup of", "Thursday 4 June 2026")
        await at.press("enter")
        await at.reads("2 added")
        await at.press("enter")
        await at.until(lambda: at.is_on("OwnScreen"))
        assert contents(made) == before


async def test_no_backup_yet_is_said(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_own) as at:
        await choose(at, "backups")
        await at.reads("There is no backup yet")


async def test_a_report_is_written_and_never_over_a_file_unasked(made: Workspace, tmp_path: Path) -> None:
    made.history.save(lived(made, -1, routine="starter"))
    file = tmp_path / "log.html"
    file.write_text("mine")
    async with visit(made, RunnersKneeApp.show_own) as at:
        await choose(at, "report")
        await type_path(at, file)
        await at.reads("Replace this file?")
        await at.press("n")
        assert file.read_text() == "mine"
        await choose(at, "report")
        await type_path(at, file)
        await at.reads("Replace this file?")
        await at.press("y")
        await at.until(lambda: file.read_text(encoding="utf-8").startswith("<!doctype html>"))


async def test_what_cannot_be_written_or_read_is_said(made: Workspace, tmp_path: Path) -> None:
    async with visit(made, RunnersKneeApp.show_own) as at:
        await choose(at, "export")
        await type_path(at, tmp_path / "nowhere" / "all.json")
        await at.reads("nowhere")
        await choose(at, "export")
        await type_path(at, tmp_path / "all.xlsx")
        await at.reads("Ends in .json, .csv or .toml")
        await at.press("escape")
        (tmp_path / "x.json").write_text("{")
        await choose(at, "import")
        await type_path(at, tmp_path / "x.json")
        await at.reads("not complete JSON")


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_what_each_does_can_be_read(made: Workspace, size: tuple[int, int]) -> None:
    async with visit(made, RunnersKneeApp.show_own, size=size) as at:
        await at.reads("Export everything")
        await at.press("end")
        await at.reads("Erase everything", "Sessions, trash")


# --- keeping house -----------------------------------------------------------------------------------------


def test_a_backup_a_day_and_an_emptied_trash(made: Workspace) -> None:
    for day in (-3, -1):
        made.history.save(lived(made, day, routine="starter", seconds=60))
    made.history.delete(made.history.newest()[0].id, made.clock.wall() - timedelta(days=31))
    assert keep_house(made) == ""
    assert [one.day for one in backups(made.paths)] == [TODAY]
    assert made.history.trashed() == ()
    assert len(made.history.newest()) == 1


def test_a_backup_that_fails_is_said_and_breaks_nothing(made: Workspace) -> None:
    made.history.save(lived(made, -1, routine="starter", seconds=60))
    made.paths.backups.write_text("in the way")
    assert keep_house(made).startswith("No backup was made today: ")


async def test_the_app_keeps_house_once(made: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from runnersknee_tui.tui import app

    monkeypatch.setattr(app, "HOUSE_S", 0.01)
    made.history.save(lived(made, -1, routine="starter", seconds=60))
    async with visit(made, RunnersKneeApp.show_home) as at:
        await at.until(lambda: backups(made.paths))
