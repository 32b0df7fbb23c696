"""What stands between the wish to train and the first countdown: signs, questions, the gate, the plan."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from runnersknee_tui.coach import TODAY, Coach
from runnersknee_tui.core.answering import Question, Sheet
from runnersknee_tui.core.asking import (
    MOST_UNCONFIRMED,
    did_it_question,
    knees_from,
    morning_from,
    morning_questions,
    now_questions,
    week_from,
    week_questions,
)
from runnersknee_tui.core.questions import Questions
from runnersknee_tui.core.record import CheckIn
from runnersknee_tui.tui.pain import pain_line, zone_style
from runnersknee_tui.workspace import PRERUN, Prepared

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp

SCALE_WORDS = "0 is no pain, 10 the worst you can think of. One key an answer; any of them may stay open."

ADVICE_S = 12.0
"""So long a sentence about running stays on the screen."""


class Wish(Struct, frozen=True):
    """What somebody wants to do. `routine` TODAY is what the programme has for the day."""

    routine: str = TODAY
    minutes: float | None = None
    side: str | None = None
    speed: float = 1.0
    ask: bool = True  # False: no check-in; the warning signs are asked all the same


def begin_unasked(app: RunnersKneeApp, wish: Wish) -> bool:
    """Begin a session before which nothing is to be asked or said. False where there is something.

    Reads the disk while it is waited for: for the program's start, when there is nothing else to do.
    """
    quick = wish.routine == PRERUN
    if wish.ask and not quick:
        return False
    coach = Coach(app.workspace, recent_only=quick)
    if coach.questions().signs or coach.shut is not None:  # an uncleared sign shuts it as well
        return False
    prepared = _prepare(coach, wish, CheckIn())
    if prepared is None:
        return False
    if quick:
        _advise(app, coach.before_a_run())
    app.start_session(prepared, check_in=CheckIn(), speed=wish.speed)
    return True


async def begin(app: RunnersKneeApp, wish: Wish) -> None:
    """From a wish to the session's first countdown, or to Home where there is none today.

    Runs in a worker of the app, so that it can wait for answers.
    """
    if not await _begun(app, wish) and not app.at_home:
        app.show_home()


async def _begun(app: RunnersKneeApp, wish: Wish) -> bool:
    """Whether a session was begun."""
    quick = wish.routine == PRERUN
    coach = Coach(app.workspace, recent_only=quick or not wish.ask)
    questions = await asyncio.to_thread(coach.questions)
    signs = await ask_signs(app, coach, questions)
    if signs is None:
        return False
    coach = Coach(app.workspace, recent_only=quick)
    shut = await asyncio.to_thread(lambda: coach.shut)
    if shut is not None:
        await _say_stop(app, coach, shut.reason)
        return False
    check_in = CheckIn(warning_signs=signs if questions.signs else None)
    if wish.ask and not quick:
        answered = await _check_in(app, coach, questions, check_in)
        if answered is None:
            return False
        check_in = answered
    if quick:
        _advise(app, await asyncio.to_thread(coach.before_a_run))
    prepared = await asyncio.to_thread(_prepare, coach, wish, check_in)
    if prepared is None:
        app.notify("Nothing is left to do in this one today.", markup=False)
        return False
    app.start_session(prepared, check_in=check_in, speed=wish.speed)
    return True


def _prepare(coach: Coach, wish: Wish, check_in: CheckIn) -> Prepared | None:
    """The plan that follows from the answers; a rehearsal of a routine shows it as it is written."""
    if wish.routine == TODAY:
        return coach.session(coach.today(check_in.before), minutes=wish.minutes, side=wish.side)
    routine = coach.workspace.catalogue.routines[wish.routine]
    if wish.speed != 1:
        return coach.workspace.prepare(routine, minutes=wish.minutes, side=wish.side)
    return coach.routine(routine, minutes=wish.minutes, side=wish.side)


# --- warning signs -------------------------------------------------------------------------------------------


async def ask_signs(app: RunnersKneeApp, coach: Coach, questions: Questions) -> tuple[str, ...] | None:
    """The ticked signs, empty for none of them; None where training is paused or nobody answered."""
    uncleared = await asyncio.to_thread(lambda: coach.uncleared)
    if not uncleared and not questions.signs:
        return ()
    if not uncleared:
        from runnersknee_tui.tui.screens.signs import SignsScreen

        ticked = await app.push_screen_wait(SignsScreen())
        if ticked is None:
            return None
        await asyncio.to_thread(coach.take_signs, ticked)
        if not ticked:
            return ()
        uncleared = ticked
    from runnersknee_tui.tui.screens.stopped import StoppedScreen

    cleared = await app.push_screen_wait(StoppedScreen(uncleared, coach.day))
    if cleared is not None:
        await asyncio.to_thread(coach.take_clearance, cleared)
        app.notify("Good. Begin when you are ready.", markup=False)
    return None


# --- check-in ------------------------------------------------------------------------------------------------


async def _check_in(
    app: RunnersKneeApp, coach: Coach, questions: Questions, check_in: CheckIn
) -> CheckIn | None:
    """The answers before a session; None where somebody went back or the gate is shut."""
    if questions.did_you_do_it:
        await _did_you_do_them(app, coach, questions.did_you_do_it)
    sheet = await _ask(app, questions)
    if sheet is None:
        return None
    before = knees_from(sheet, questions.knees)
    await _keep_morning(app, coach, questions, sheet)
    if questions.weekly:
        await _ask_week(app, coach)
    answered = CheckIn(before=before, warning_signs=check_in.warning_signs)
    shut = coach.gate(before)
    if shut.stops:
        await asyncio.to_thread(coach.save_stop, answered)
        await _say_stop(app, coach, shut.reason)
        return None
    return answered


async def _ask(app: RunnersKneeApp, questions: Questions) -> Sheet | None:
    from runnersknee_tui.tui.screens.questions import QuestionsScreen

    sheet = Sheet((*now_questions(questions.knees), *morning_questions(questions)))
    style = zone_style(pain_line(app.workspace.settings.values.pain_line))
    return await app.push_screen_wait(
        QuestionsScreen("How is it today?", SCALE_WORDS, sheet, colour_of=style)
    )


async def _keep_morning(app: RunnersKneeApp, coach: Coach, questions: Questions, sheet: Sheet) -> None:
    """Keep the morning after, and say what it means for the next run."""
    after, ran = morning_from(sheet, questions.knees), sheet.word("ran")
    advice = await asyncio.to_thread(coach.after_a_run, questions.morning_after, after, ran)
    await asyncio.to_thread(coach.take_morning_after, questions.morning_after, after, ran)
    _advise(app, advice)


def _advise(app: RunnersKneeApp, advice: str | None) -> None:
    """A sentence about running, with its source."""
    if advice is not None:
        app.notify(advice, title="Running", timeout=ADVICE_S, markup=False)


async def ask_morning_after(app: RunnersKneeApp, then: Callable[[], object]) -> None:
    """The morning after on its own, asked from Home; `then` is called when an answer was kept."""
    from runnersknee_tui.tui.screens.questions import QuestionsScreen

    coach = Coach(app.workspace, recent_only=True)
    questions = await asyncio.to_thread(coach.questions)
    asked = morning_questions(questions)
    if not asked:
        return
    style = zone_style(pain_line(app.workspace.settings.values.pain_line))
    sheet = await app.push_screen_wait(
        QuestionsScreen("The morning after", SCALE_WORDS, Sheet(asked), colour_of=style)
    )
    if sheet is not None:
        await _keep_morning(app, coach, questions, sheet)
        then()


async def _did_you_do_them(app: RunnersKneeApp, coach: Coach, records: tuple[str, ...]) -> None:
    """Sessions that nobody confirmed: yes keeps, no drops, an open answer asks again next time."""
    from runnersknee_tui.tui.screens.questions import QuestionsScreen

    asked: list[Question] = []
    for record_id in records[:MOST_UNCONFIRMED]:
        with suppress(KeyError):
            record = await asyncio.to_thread(app.workspace.history.load, record_id)
            asked.append(did_it_question(record))
    if not asked:
        return
    sheet = await app.push_screen_wait(
        QuestionsScreen(
            "Did you do this one?", "No key was pressed in it. No moves it to the trash.", Sheet(tuple(asked))
        )
    )
    for question in asked:
        did = None if sheet is None else sheet.flag(question.id)
        if did is not None:
            await asyncio.to_thread(lambda name, yes: coach.take_did_it(name, did=yes), question.id, did)


async def _ask_week(app: RunnersKneeApp, coach: Coach) -> None:
    from runnersknee_tui.tui.screens.questions import QuestionsScreen

    sheet = await app.push_screen_wait(
        QuestionsScreen(
            "Once a week",
            "How was the past week? Any of these may stay open.",
            Sheet(week_questions()),
        )
    )
    if sheet is not None:
        await asyncio.to_thread(coach.take_week, week_from(sheet, coach.day))


async def _say_stop(app: RunnersKneeApp, coach: Coach, reason: str) -> None:
    """The gate is shut: the reason, and the warning signs beside it."""
    from runnersknee_tui.tui.screens.confirm import ConfirmScreen

    look = await app.push_screen_wait(
        ConfirmScreen("Rest today", reason, yes="Look at the warning signs", no="Good, I rest")
    )
    if look:
        from runnersknee_tui.tui.screens.signs import SignsScreen

        ticked = await app.push_screen_wait(SignsScreen())
        if ticked:
            await asyncio.to_thread(coach.take_signs, ticked)


# --- first run -----------------------------------------------------------------------------------------------


async def arrive(app: RunnersKneeApp) -> None:
    """The first thing the app shows: the first run's pages once, then Home."""
    if app.workspace.settings.values.first_run_done or await first_run(app):
        app.show_home()
    elif app.is_running:
        app.exit()


async def first_run(app: RunnersKneeApp) -> bool:
    """The first run's pages. False where somebody left before the warning signs were answered."""
    from runnersknee_tui.tui.screens.first_run import KitScreen, WelcomeScreen, about_you, changes_from
    from runnersknee_tui.tui.screens.questions import QuestionsScreen

    if not await app.push_screen_wait(WelcomeScreen()):
        return False
    coach = Coach(app.workspace, recent_only=True)
    questions = await asyncio.to_thread(coach.questions)
    signs = await ask_signs(app, coach, questions)
    if signs is None and app.workspace.settings.values.signs_asked_on is None:
        return False  # unanswered: asked again at the next start
    sheet = await app.push_screen_wait(
        QuestionsScreen(
            "About you",
            "Four questions, all of them optional. Everything can be changed later in the settings.",
            about_you(),
        )
    )
    changes = {} if sheet is None else changes_from(sheet)
    values = app.workspace.settings.values
    kit = await app.push_screen_wait(KitScreen((), tuple(values.training_days)))
    app.workspace.change_settings({**changes, **(kit or {}), "first_run_done": True})
    return True
