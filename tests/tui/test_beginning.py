"""From the wish to train to the first countdown: signs first, then the questions, then the gate and the plan."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from runnersknee_tui.coach import TODAY, Coach
from runnersknee_tui.core.record import CheckIn, Knees, SessionRecord
from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.beginning import Wish
from runnersknee_tui.tui.palette import entries
from runnersknee_tui.tui.screens.confirm import ConfirmScreen
from runnersknee_tui.tui.screens.first_run import KitScreen, WelcomeScreen
from runnersknee_tui.tui.screens.home import HomeScreen
from runnersknee_tui.tui.screens.questions import QuestionsScreen
from runnersknee_tui.tui.screens.routines import RoutinesScreen
from runnersknee_tui.tui.screens.session import SessionScreen
from runnersknee_tui.tui.screens.signs import SignsScreen
from runnersknee_tui.tui.screens.stopped import StoppedScreen
from runnersknee_tui.tui.widgets.question_sheet import QuestionSheet
from runnersknee_tui.workspace import PRERUN, Workspace
from tests.world import MORNING, Hands, world

DAY = MORNING.date()


@asynccontextmanager
async def wishing(made: Workspace, wish: Wish) -> AsyncIterator[tuple[RunnersKneeApp, Pilot[int]]]:
    app = RunnersKneeApp(made, lambda app: app.begin(wish))
    async with app.run_test(size=(80, 24)) as pilot:
        yield app, pilot


async def shows(app: RunnersKneeApp, pilot: Pilot[int], screen: type[object]) -> None:
    """Wait until this kind of screen is up; the test fails where it never is."""
    for _ in range(400):
        if isinstance(app.screen, screen):
            await pilot.pause()
            return
        await pilot.pause(0.01)
    raise AssertionError(f"{app.screen} instead of {screen.__name__}")


async def becomes(pilot: Pilot[int], condition: Callable[[], bool]) -> None:
    for _ in range(400):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came to that")


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return world(tmp_path, Hands(), knee="left")


def asked(tmp_path: Path, **flags: Any) -> Workspace:
    """A world in which the signs were asked yesterday and the week too."""
    yesterday = DAY - timedelta(days=1)
    return world(tmp_path, Hands(), knee="left", signs_asked_on=yesterday, **flags)


def past_session(made: Workspace, *, days_ago: int = 1, confirmed: bool = True) -> SessionRecord:
    """A finished session of today's routine on an earlier day."""
    live = made.begin(made.prepare(made.catalogue.routines["starter"]).plan)
    live.session.advance(live.session.plan.seconds)
    live.save().result(5)
    record = made.history.load(live.start.id)
    started = record.started_at - timedelta(days=days_ago)
    made.history.delete(record.id, made.clock.wall())
    earlier = replace(
        record,
        started_at=started,
        ended_at=record.ended_at - timedelta(days=days_ago),
        local_date=started.date(),
        confirmed=confirmed,
    )
    made.history.save(earlier)
    return earlier


@pytest.mark.parametrize("routine", [PRERUN, "starter", TODAY])
async def test_warning_signs_come_before_the_very_first_session_of_any_kind(
    made: Workspace, routine: str
) -> None:
    async with wishing(made, Wish(routine)) as (app, pilot):
        await shows(app, pilot, SignsScreen)
        await pilot.press("escape")
        await shows(app, pilot, HomeScreen)


@pytest.mark.parametrize("way", ["palette", "routines"])
async def test_no_other_way_to_a_session_leads_past_them(made: Workspace, way: str) -> None:
    app = RunnersKneeApp(made, RunnersKneeApp.show_routines)
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(app, pilot, RoutinesScreen)
        screen = app.screen
        assert isinstance(screen, RoutinesScreen)
        await becomes(pilot, lambda: screen.marked is not None)
        if way == "palette":
            next(entry for entry in entries(app) if entry.name.startswith("Start: ")).run()
        else:
            await pilot.press("enter")
        await shows(app, pilot, SignsScreen)


async def test_prerun_asks_nothing_else(made: Workspace) -> None:
    async with wishing(made, Wish(PRERUN)) as (app, pilot):
        await shows(app, pilot, SignsScreen)
        await pilot.press("n")
        await shows(app, pilot, SessionScreen)
        assert app.live is not None
        assert app.live.start.check_in.warning_signs == ()
        assert app.live.start.check_in.before == Knees()


async def test_prerun_needs_no_key_once_the_signs_were_asked(tmp_path: Path) -> None:
    async with wishing(asked(tmp_path), Wish(PRERUN)) as (app, pilot):
        await shows(app, pilot, SessionScreen)
        assert app.live is not None
        assert app.live.start.check_in.warning_signs is None


async def test_an_uncleared_sign_holds_the_first_session_of_the_next_start(made: Workspace) -> None:
    Coach(made).take_signs(("cannot-bear-weight",))
    made.flush(5)
    async with wishing(made, Wish(PRERUN)) as (app, pilot):
        await shows(app, pilot, StoppedScreen)
        assert app.live is None


async def test_a_day_that_began_with_a_bad_knee_holds_the_pre_run(made: Workspace) -> None:
    today = past_session(made, days_ago=0)
    made.history.replace(today.id, lambda one: replace(one, check_in=CheckIn(before=Knees(7, None))))
    async with wishing(made, Wish(PRERUN)) as (app, pilot):
        await shows(app, pilot, SignsScreen)  # such a day asks for them again
        await pilot.press("n")
        await shows(app, pilot, ConfirmScreen)
        assert app.live is None


async def test_a_ticked_sign_pauses_everything_until_a_clinician_has_cleared(made: Workspace) -> None:
    async with wishing(made, Wish("starter")) as (app, pilot):
        await shows(app, pilot, SignsScreen)
        await pilot.press("down", "space", "enter")
        await shows(app, pilot, StoppedScreen)
        await pilot.press("escape")
        await becomes(pilot, lambda: not isinstance(app.screen, StoppedScreen))
        (record,) = made.history.newest()
        assert (record.end_reason, record.exercises) == ("check-in", ())
        assert record.check_in.warning_signs == ("cannot-bear-weight",)
        app.begin(Wish(PRERUN))
        await shows(app, pilot, StoppedScreen)
        await pilot.press("c", "enter")
        await becomes(pilot, lambda: not isinstance(app.screen, StoppedScreen))
        assert Coach(made).uncleared == ()
        assert made.settings.values.cleared_on == DAY


async def test_the_question_that_is_asked_is_in_sight_in_a_small_window(tmp_path: Path) -> None:
    made = world(tmp_path, Hands(), knee="both", signs_asked_on=DAY - timedelta(days=1))
    past_session(made)
    app = RunnersKneeApp(made, lambda app: app.begin(Wish("starter")))
    async with app.run_test(size=(40, 12)) as pilot:
        await shows(app, pilot, QuestionsScreen)
        for _ in range(4):
            await pilot.press("1", "left", "3")
            await pilot.pause()
        sheet = app.screen.query_one(QuestionSheet)
        assert sheet.sheet.index == 4
        await becomes(pilot, lambda: "Have you run since?" in seen(app))


def seen(app: RunnersKneeApp) -> str:
    """What stands on the screen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def test_the_check_in_stands_in_the_record(tmp_path: Path) -> None:
    async with wishing(asked(tmp_path), Wish("starter")) as (app, pilot):
        await shows(app, pilot, QuestionsScreen)
        await pilot.press("2")
        await shows(app, pilot, SessionScreen)
        assert app.live is not None
        assert app.live.start.check_in.before == Knees(2, None)


async def test_open_answers_stay_open(tmp_path: Path) -> None:
    async with wishing(asked(tmp_path), Wish("starter")) as (app, pilot):
        await shows(app, pilot, QuestionsScreen)
        await pilot.press("enter")
        await shows(app, pilot, SessionScreen)
        assert app.live is not None
        assert app.live.start.check_in.before == Knees()


async def test_no_check_in_asks_nothing(tmp_path: Path) -> None:
    async with wishing(asked(tmp_path), Wish("starter", ask=False)) as (app, pilot):
        await shows(app, pilot, SessionScreen)


async def test_six_before_is_a_rest_day(tmp_path: Path) -> None:
    made = asked(tmp_path)
    async with wishing(made, Wish("starter")) as (app, pilot):
        await shows(app, pilot, QuestionsScreen)
        await pilot.press("6")
        await shows(app, pilot, ConfirmScreen)
        await pilot.press("n")
        await becomes(pilot, lambda: not isinstance(app.screen, ConfirmScreen))
        assert app.live is None
        (record,) = made.history.newest()
        assert (record.end_reason, record.check_in.before) == ("check-in", Knees(6, None))


async def test_the_morning_after_goes_to_the_earlier_session(tmp_path: Path) -> None:
    made = asked(tmp_path)
    earlier = past_session(made)
    async with wishing(made, Wish("starter")) as (app, pilot):
        await shows(app, pilot, QuestionsScreen)
        await pilot.press("1", "3", "e")
        await shows(app, pilot, SessionScreen)
        saved = made.history.load(earlier.id)
        assert (saved.check_in.next_day, saved.check_in.ran) == (Knees(3, None), "easy")
        assert app.live is not None
        assert app.live.start.check_in.before == Knees(1, None)


@pytest.mark.parametrize(
    ("key", "kept", "confirmed"), [("y", True, True), ("n", False, False), ("enter", True, False)]
)
async def test_did_you_do_this_one(tmp_path: Path, key: str, kept: bool, confirmed: bool) -> None:
    made = asked(tmp_path)
    earlier = past_session(made, confirmed=False)
    async with wishing(made, Wish("starter")) as (app, pilot):
        await shows(app, pilot, QuestionsScreen)
        await pilot.press(key)
        await becomes(pilot, lambda: made.history.has(earlier.id) == kept)
        if kept:
            await becomes(pilot, lambda: made.history.load(earlier.id).confirmed == confirmed)


async def test_today_is_the_programmes_own_session(tmp_path: Path) -> None:
    made = asked(tmp_path)
    async with wishing(made, Wish(TODAY)) as (app, pilot):
        await shows(app, pilot, QuestionsScreen)
        await pilot.press("0")
        await shows(app, pilot, SessionScreen)
        assert app.live is not None
        plan = app.live.session.plan
        assert plan.routine == "today"
        assert plan.seconds <= made.settings.values.minutes * 60
        assert {item.exercise.id for item in plan.items} <= {
            "straight-leg-raise",
            "glute-bridge",
            "clamshell",
        }


def test_the_same_records_give_the_same_today(tmp_path: Path) -> None:
    made = asked(tmp_path)
    past_session(made)
    assert Coach(made, DAY).today() == Coach(made, date.fromisoformat(DAY.isoformat())).today()


async def test_the_first_run_takes_eight_keys(tmp_path: Path) -> None:
    made = world(tmp_path, Hands(), first_run_done=None)
    app = RunnersKneeApp(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(app, pilot, WelcomeScreen)
        await pilot.press("enter")
        await shows(app, pilot, SignsScreen)
        await pilot.press("n")
        await shows(app, pilot, QuestionsScreen)
        await pilot.press("r", "3", "f", "n")
        await shows(app, pilot, KitScreen)
        await pilot.press("space", "enter")
        await shows(app, pilot, HomeScreen)
        values = made.settings.values
        assert (values.knee, values.minutes, values.pain_line, values.voice) == (
            "right",
            30,
            "pain-free",
            "names",
        )
        assert tuple(values.kit) == ("bench",)
        assert values.first_run_done
        assert values.signs_asked_on == DAY


async def test_all_but_the_signs_may_be_skipped(tmp_path: Path) -> None:
    made = world(tmp_path, Hands(), first_run_done=None)
    app = RunnersKneeApp(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(app, pilot, WelcomeScreen)
        await pilot.press("enter")
        await shows(app, pilot, SignsScreen)
        await pilot.press("n")
        await shows(app, pilot, QuestionsScreen)
        await pilot.press("escape")
        await shows(app, pilot, KitScreen)
        await pilot.press("escape")
        await shows(app, pilot, HomeScreen)
        assert made.settings.values.knee is None
        assert made.settings.values.first_run_done


async def test_nobody_gets_past_the_signs_unasked(tmp_path: Path) -> None:
    made = world(tmp_path, Hands(), first_run_done=None)
    app = RunnersKneeApp(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(app, pilot, WelcomeScreen)
        await pilot.press("enter")
        await shows(app, pilot, SignsScreen)
        await pilot.press("escape")
        await becomes(pilot, lambda: not app.is_running or app._exit)
    assert not made.settings.values.first_run_done
