"""A sentence about running, with its source, at the moment it matters: on every screen that has such a moment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from runnersknee_tui.core.record import CheckIn, Knees
from runnersknee_tui.core.running import SOURCE
from runnersknee_tui.tui.beginning import Wish
from runnersknee_tui.workspace import PRERUN, Workspace
from tests.tui.visit import Visit, lived, visit
from tests.world import MORNING, Hands, world

DAY = MORNING.date()


def person(folder: Path, **flags: Any) -> Workspace:
    """Somebody with a left knee, whose warning signs were asked yesterday."""
    return world(folder, Hands(), knee="left", signs_asked_on=DAY - timedelta(days=1), **flags)


def before_of(made: Workspace, day: int, check_in: CheckIn, **changes: Any) -> str:
    record = replace(lived(made, day, routine="starter"), check_in=check_in, confirmed=True, **changes)
    made.history.save(record)
    return record.id


def notified(at: Visit) -> str:
    return " ".join(one.message for one in at.app._notifications)


async def test_after_a_hard_run_that_the_knee_did_not_like(tmp_path: Path) -> None:
    made = person(tmp_path)
    before_of(made, -1, CheckIn(before=Knees(1, None)))
    async with visit(made, lambda app: app.begin(Wish("starter"))) as at:
        await at.until(lambda: at.is_on("QuestionsScreen"))
        await at.press("2", "3", "h")
        await at.until(lambda: at.is_on("SessionScreen"))
        assert "you ran hard" in notified(at)
        assert SOURCE in notified(at)


async def test_an_easy_run_says_nothing(tmp_path: Path) -> None:
    made = person(tmp_path)
    before_of(made, -1, CheckIn(before=Knees(1, None)))
    async with visit(made, lambda app: app.begin(Wish("starter"))) as at:
        await at.until(lambda: at.is_on("QuestionsScreen"))
        await at.press("2", "3", "e")
        await at.until(lambda: at.is_on("SessionScreen"))
        assert SOURCE not in notified(at)


async def test_a_session_that_was_not_done_takes_no_morning_after(tmp_path: Path) -> None:
    made = person(tmp_path)
    gone = before_of(made, -1, CheckIn(before=Knees(1, None)))
    made.history.replace(gone, lambda record: replace(record, confirmed=False))
    async with visit(made, lambda app: app.begin(Wish("starter"))) as at:
        await at.until(lambda: at.is_on("QuestionsScreen"))
        await at.press("n")
        await at.reads("How is it today?")
        await at.press("2", "3", "h")
        await at.until(lambda: at.is_on("SessionScreen"))
        assert not made.history.has(gone)


async def test_before_a_run_with_a_sore_knee(tmp_path: Path) -> None:
    made = person(tmp_path)
    before_of(made, 0, CheckIn(before=Knees(4, None)), rehearsal=False)
    async with visit(made, lambda app: app.begin(Wish(PRERUN))) as at:
        await at.until(lambda: at.is_on("SessionScreen"))
        assert "The knee was at 4/10 today" in notified(at)


async def test_before_a_run_with_a_calm_knee(tmp_path: Path) -> None:
    made = person(tmp_path)
    before_of(made, 0, CheckIn(before=Knees(2, None)))
    async with visit(made, lambda app: app.begin(Wish(PRERUN))) as at:
        await at.until(lambda: at.is_on("SessionScreen"))
        assert notified(at) == ""


async def test_amber_pain_in_the_table(tmp_path: Path) -> None:
    made = person(tmp_path)
    async with visit(made, lambda app: app.begin(Wish("flare", ask=False))) as at:
        await at.until(lambda: at.is_on("SessionScreen"))
        await at.press("q")
        await at.until(lambda: at.is_on("ConfirmScreen"))
        await at.press("right", "enter")
        await at.until(lambda: at.is_on("SummaryScreen"))
        await at.reads("Worst pain")
        assert "run only where" not in at.text()
        await at.press("4")
        await at.reads("Pain reached 4/10", "run only where it stays at 2/10 or less")
        await at.press("2")
        await at.until(lambda: "run only where" not in at.text())


async def test_home_after_a_flare(tmp_path: Path) -> None:
    made = person(tmp_path)
    before_of(made, -1, CheckIn(before=Knees(1, None), next_day=Knees(3, None)))
    async with visit(made, size=(120, 40)) as at:
        await at.reads("2 points higher: run", SOURCE)
