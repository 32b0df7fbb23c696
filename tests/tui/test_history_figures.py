"""Half a year in pictures and as tables: the same facts, nothing invented, at every size."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from runnersknee_tui.core.record import Knees, SessionRecord
from runnersknee_tui.core.words import clean
from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.history_facts import CHARTS, at_a_glance, brought_up_to_date, exercise_lines, gather
from runnersknee_tui.tui.screens.history import HistoryScreen
from runnersknee_tui.tui.widgets.chart import Chart
from runnersknee_tui.tui.widgets.finding import matches
from runnersknee_tui.tui.widgets.history_words import APART, TITLES
from runnersknee_tui.workspace import Workspace
from tests.store.sessions import session
from tests.tui.visit import HOSTILE, Visit, lived, visit
from tests.world import MORNING, world

SIZES = [(40, 12), (80, 24), (120, 40)]


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return world(tmp_path, knee="left")


def hurt(record: SessionRecord, pain: int) -> SessionRecord:
    entries = tuple(replace(entry, during=Knees(left=pain)) for entry in record.exercises)
    return replace(record, exercises=entries)


def fill(made: Workspace) -> None:
    """Eight weeks of which the second half hurts less."""
    for day in range(-56, 0, 2):
        made.history.save(hurt(lived(made, day, routine="starter"), 4 if day < -28 else 1))


def screen_of(at: Visit) -> HistoryScreen:
    screen = at.app.screen
    assert isinstance(screen, HistoryScreen)
    return screen


async def gathered(at: Visit) -> HistoryScreen:
    screen = screen_of(at)
    await at.until(lambda: screen.facts is not None)
    return screen


async def test_the_headline_names_the_stop_line_and_the_trend(made: Workspace) -> None:
    fill(made)
    async with visit(made, RunnersKneeApp.show_history, size=(120, 40)) as at:
        await at.reads(
            "Below your stop line of 6 on every answered day of four weeks",
            "lower than in the four weeks before",
        )
        assert not {"best", "great", "well done"} & set(at.text().lower().split())


async def test_all_pictures_stand_together_where_there_is_room(made: Workspace) -> None:
    fill(made)
    async with visit(made, RunnersKneeApp.show_history, size=(120, 40)) as at:
        await gathered(at)
        await at.reads(
            "Minutes a day", "Pain, 0 to 10", "Minutes a week", "Plan kept", "Left and right", "Clamshell"
        )
        assert all(chart.frame is not None for chart in at.app.screen.query(Chart))


async def test_else_each_has_a_tab_and_a_key(made: Workspace) -> None:
    fill(made)
    async with visit(made, RunnersKneeApp.show_history) as at:
        screen = await gathered(at)
        for number, tab in enumerate(APART, 1):
            await at.press(str(number))
            assert screen.tab == tab
            if tab in CHARTS:
                await at.reads(TITLES[tab])
                assert sum(title in at.text() for title in TITLES.values()) == 1
        await at.press("right")
        assert screen.tab == "calendar"
        await at.press("left")
        assert screen.tab == "exercises"


async def test_tabs_take_clicks(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_history) as at:
        screen = screen_of(at)
        line = at.text().split("\n")[1]
        await at.pilot.click("#tabs", offset=(line.index("Sessions"), 0))
        assert screen.tab == "sessions"
        await at.pilot.click("#tabs", offset=(line.index("2 Pain"), 0))
        assert screen.tab == "pain"


async def test_a_window_that_grows_keeps_its_place(made: Workspace) -> None:
    async with visit(made, RunnersKneeApp.show_history) as at:
        screen = screen_of(at)
        await at.press("2")
        await at.pilot.resize_terminal(120, 40)
        await at.until(lambda: screen.tab == "overview")
        await at.press("2")
        assert screen.tab == "sessions"
        await at.pilot.resize_terminal(80, 24)
        await at.pilot.pause()
        assert screen.tab == "sessions"


@pytest.mark.parametrize("size", SIZES)
async def test_every_fact_of_a_picture_is_in_its_table(made: Workspace, size: tuple[int, int]) -> None:
    fill(made)
    async with visit(made, RunnersKneeApp.show_history, size=size) as at:
        screen = await gathered(at)
        assert screen.facts is not None
        await at.press("t")
        if screen.tab == "overview":
            await at.reads("Minutes a day", "Week from", "7-day mean", "Kept", "1 Jun 2026")
            return
        for number, chart in enumerate(CHARTS, 1):
            await at.press(str(number))
            table = screen.facts.table(chart, narrow=size[0] == 40)
            await at.reads(table.title, *table.lines()[1].split()[:2])
        await at.press("t", "1")
        assert "Week from" not in at.text()


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_yet_is_kind_everywhere(made: Workspace, size: tuple[int, int]) -> None:
    async with visit(made, RunnersKneeApp.show_history, size=size) as at:
        screen = await gathered(at)
        for number in range(1, len(screen.tabs) + 1):
            await at.press(str(number), "t", "t", "enter", "d", "space", "w")
            assert at.is_on("HistoryScreen")
        await at.press("1", "u")
        await at.reads("Nothing was deleted" if size[0] > 40 else "Nothing was")


def silent(_done: int, _total: int) -> None:
    """Nobody listens."""


def test_the_cache_may_go_at_any_time(made: Workspace) -> None:
    fill(made)
    before = brought_up_to_date(made, silent)
    assert before is not None
    shutil.rmtree(made.paths.cache)
    again = world(made.paths.data.parent, knee="left")
    facts, whole = at_a_glance(again)
    assert not whole
    assert [facts.table(chart) for chart in CHARTS if chart != "plan"] == [
        before.table(chart) for chart in CHARTS if chart != "plan"
    ]
    assert facts.summary.kept == before.summary.kept
    assert brought_up_to_date(again, silent) == before


def test_what_is_shown_already_is_not_worked_out_again(made: Workspace) -> None:
    fill(made)
    assert brought_up_to_date(made, silent, shown=True) is not None
    assert brought_up_to_date(made, silent, shown=True) is None
    made.history.save(lived(made, -1))
    assert brought_up_to_date(made, silent, shown=True) is not None


def test_reading_for_the_first_time_tells_how_far_it_is(made: Workspace) -> None:
    fill(made)
    heard: list[tuple[int, int]] = []
    brought_up_to_date(made, lambda done, total: heard.append((done, total)))
    assert heard[0] == (0, 28)
    assert heard[-1] == (28, 28)


async def test_a_file_edited_by_hand_is_seen_a_moment_later(
    made: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from runnersknee_tui.tui.widgets import pictures_pane

    monkeypatch.setattr(pictures_pane, "CHECK_S", 0.01)
    fill(made)
    changed = int(MORNING.timestamp() - 60) * 10**9  # the folder has been at rest for a while
    os.utime(made.paths.history, ns=(changed, changed))
    brought_up_to_date(made, silent)
    assert at_a_glance(made)[1]
    record = made.history.newest(1)[0]
    path = next(path for path in made.paths.history.iterdir() if record.id in path.name)
    path.write_text(path.read_text().replace('"left": 1', '"left": 8'))
    os.utime(made.paths.history, ns=(changed, changed))
    async with visit(made, RunnersKneeApp.show_history) as at:
        await at.reads("At or over your stop line of 6 on 1 day")


async def test_an_edit_changes_the_figures(made: Workspace) -> None:
    fill(made)
    async with visit(made, RunnersKneeApp.show_history) as at:
        screen = await gathered(at)
        await at.reads("Below your stop line of 6")
        record = made.history.newest(1)[0]
        made.history.replace(record.id, lambda one: hurt(one, 7))
        at.app.show_own()
        await at.until(lambda: at.is_on("OwnScreen"))
        await at.press("escape")
        await at.reads("At or over your stop line of 6 on 1 day")
        assert screen.facts is not None
        assert screen.facts.summary.trend.over_line == 1


def test_no_side_is_told_of_before_it_worked(made: Workspace) -> None:
    fill(made)
    made.index.refresh(made.clock.wall())
    facts = gather(made)
    assert {row.exercise for row in facts.sides} == {"clamshell", "straight-leg-raise"}


async def test_exercises_lead_to_their_own_pages(made: Workspace) -> None:
    fill(made)
    async with visit(made, lambda app: app.show_history("exercises")) as at:
        await at.reads("3 exercises", "Clamshell", "28 sessions", "Tuesday")
        await at.press("enter")
        await at.until(lambda: at.is_on("StoryScreen"))
        await at.reads("Where it stands", "Repetitions a set", "Pain, 0 to 10")
        await at.press("t")
        await at.reads("Asked", "Done", "2 Jun 2026")
        await at.press("escape")
        await at.reads("3 exercises")


def test_the_latest_exercise_comes_first(made: Workspace) -> None:
    made.history.save(lived(made, -9, routine="starter"))
    made.history.save(lived(made, -2, routine="core"))
    made.index.refresh(made.clock.wall())
    lines = exercise_lines(made)
    assert [line.id for line in lines][:2] == ["dead-bug", "plank"]
    assert {line.sessions for line in lines} == {1}
    assert {line.pain for line in lines} == {None}


@pytest.mark.parametrize("size", SIZES)
async def test_a_story_tells_the_ladder_and_why(made: Workspace, size: tuple[int, int]) -> None:
    for day in range(-30, 0, 2):
        record = hurt(lived(made, day, routine="starter"), 0)
        entries = tuple(replace(entry, form="good") for entry in record.exercises)
        after = replace(record.check_in, before=Knees(left=0), next_day=Knees(left=0))
        made.history.save(replace(record, exercises=entries, check_in=after))
    async with visit(made, lambda app: app.show_story("glute-bridge"), size=size) as at:
        for _ in range(12):
            if "Changes, and why" in at.text():
                break
            await at.press("space")
        await at.reads("Changes, and why")


async def test_reading_the_index_is_told_on_every_screen_that_waits_for_it(
    made: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from runnersknee_tui.tui.widgets import reading

    fill(made)
    told: list[tuple[int, int]] = []
    heard = reading.Reading.on_reading_read

    def hear(self: reading.Reading, message: reading.Reading.Read) -> None:
        told.append((message.done, message.total))
        heard(self, message)

    monkeypatch.setattr(reading, "WORTH_TELLING", 1)
    monkeypatch.setattr(reading.Reading, "on_reading_read", hear)
    for opening, words in (
        (lambda app: app.show_story("clamshell"), "Where it stands"),
        (lambda app: app.show_history("exercises"), "3 exercises"),
    ):
        shutil.rmtree(made.paths.cache, ignore_errors=True)
        made.forget()
        told.clear()
        async with visit(made, opening) as at:
            await at.reads(words)
            assert (told[0], told[-1]) == ((0, 28), (28, 28))
            assert not at.app.screen.query_one(reading.Reading).has_class("-on")


async def test_a_story_of_nothing(made: Workspace) -> None:
    async with visit(made, lambda app: app.show_story("no-such-thing")) as at:
        await at.reads("no-such-thing", "Nothing was done of this in half a year")
        await at.press("left", "right", "t", "t", "space")
        await at.press("escape")
        assert not at.is_on("StoryScreen")


# --- finding -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", True),
        ("prehab", True),
        ("GLUTE bridge", True),
        ("2026-03-29", True),
        ("29 march", True),
        ("sunday", True),
        ("completed", True),
        ("stairs", True),
        ("glute stairs", True),
        ("clamshell", False),
        ("glute plank", False),
        ("2026-03-30", False),
    ],
)
def test_words_find_routine_exercise_date_status_and_note(wanted: str, found: bool) -> None:
    assert matches(session(note="The stairs again."), wanted) is found


def test_the_status_is_found_as_it_is_told() -> None:
    assert matches(session(status="stopped", end_reason="pain"), "ended for pain")
    assert matches(session(source="log"), "logged")
    assert matches(session(rehearsal=True), "rehearsal")


async def test_a_filter_reads_on_until_enough_match(made: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from runnersknee_tui.tui.widgets import sessions_pane

    monkeypatch.setattr(sessions_pane, "PAGE", 5)
    first = lived(made, -1, seconds=20)
    for day in range(40):
        note = "New shoes." if day in (3, 30, 39) else ""
        made.history.save(replace(lived(made, -1 - day, seconds=20), exercises=first.exercises, note=note))
    async with visit(made, RunnersKneeApp.show_history) as at:
        await at.press("slash", *"shoes")
        await at.reads("3 sessions found")
        await at.press("enter")
        assert at.app.focused is not None
        assert at.app.focused.id == "list"
        await at.press("slash", *"zzz")
        await at.reads("No session matches")
        await at.press("escape")
        await at.reads("the newest")


@pytest.mark.parametrize("words", HOSTILE)
async def test_words_of_files_are_shown_as_they_are(made: Workspace, words: str) -> None:
    bridge = replace(session().exercises[0], id=words, name=words, ladder_step=words)
    made.history.save(session(60, exercises=(bridge,)))
    async with visit(made, lambda app: app.show_history("exercises"), size=(110, 30)) as at:
        await at.reads(clean(words))
        await at.press("enter")
        await at.until(lambda: at.is_on("StoryScreen") and clean(words) in at.text())
