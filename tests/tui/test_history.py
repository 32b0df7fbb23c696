"""The list of sessions and a record: newest first, page by page, set by set, and nothing invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from runnersknee_tui.core.record import CheckIn, ExerciseRecord, Knees, SessionRecord, SetRecord, Target
from runnersknee_tui.core.words import clean
from runnersknee_tui.store.history import History
from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.widgets import sessions_pane
from runnersknee_tui.tui.widgets.record_words import knee_words, record_words
from runnersknee_tui.tui.widgets.rows import Choices
from runnersknee_tui.tui.widgets.sessions_pane import SessionsPane
from runnersknee_tui.workspace import Workspace
from tests.store.sessions import session
from tests.tui.test_exercises import said
from tests.tui.visit import HOSTILE, lived, visit
from tests.world import world


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return world(tmp_path)


def sessions(app: RunnersKneeApp) -> None:
    """The history at its list."""
    app.show_history("sessions")


def entry(**changes: Any) -> ExerciseRecord:
    values: dict[str, Any] = {
        "id": "clamshell",
        "name": "Clamshell",
        "dose": "rehab",
        "ladder_step": None,
        "override": None,
        "target": Target(2, 10, 2.0),
        "sets": (
            SetRecord("left", 10, 20.0, "done"),
            SetRecord("left", 4, 8.0, "partial"),
            SetRecord("right", 10, 20.0, "done"),
            SetRecord("right", 0, 0.0, "skipped"),
        ),
    }
    return ExerciseRecord(**{**values, **changes})


# --- words -------------------------------------------------------------------------------------------------


def test_set_by_set_with_both_sides_of_a_set_together() -> None:
    words = said(record_words(session(exercises=(entry(),))))
    assert "set 1 left 10   right 10" in words
    assert "set 2 left 4 of 10   right skipped" in words
    assert "2 x 10" in words


def test_holds_are_in_seconds() -> None:
    plank = entry(target=Target(1, None, 30.0), sets=(SetRecord(None, None, 21.4, "partial"),))
    words = said(record_words(session(exercises=(plank,))))
    assert "set 1 21 of 30 s" in words
    assert "1 x 30 s" in words


def test_targets_of_two_sides() -> None:
    both = entry(target=Target(2, {"left": 8, "right": 12}, None))
    assert "2 x 8 and 12" in said(record_words(session(exercises=(both,))))


def test_an_open_answer_stays_open() -> None:
    words = said(record_words(session(exercises=(entry(),), check_in=CheckIn(before=Knees(right=0)))))
    assert "Knee before   right 0" in words
    assert "Next morning  not answered" in words
    assert "pain not answered" in words
    assert "Ran before" not in words
    assert "form" not in words


def test_knees() -> None:
    assert knee_words(Knees()) == "not answered"
    assert knee_words(Knees(0, None)) == "left 0"
    assert knee_words(Knees(3, 10)) == "left 3, right 10"


def test_what_happened_is_said() -> None:
    hurt = entry(during=Knees(6), sharp=True, stopped=True, form="lost", override="harder")
    record = session(
        exercises=(hurt,),
        status="stopped",
        end_reason="pain",
        rehearsal=True,
        note="Stairs.",
        clock_jump_s=-3600.0,
    )
    words = said(record_words(record))
    for fact in (
        "ended for pain",
        "it counts nowhere",
        "pain left 6",
        "sharp or rising pain",
        "ended because it hurt",
        "form lost",
        "your choice: harder",
        "Stairs.",
        "-3600 s",
        "paused 1 min",
    ):
        assert fact in words


# --- the screen --------------------------------------------------------------------------------------------


async def test_an_empty_history_is_kind(made: Workspace) -> None:
    async with visit(made, sessions) as at:
        await at.reads("Nothing here yet", "0 sessions")
        await at.press("enter", "down", "w")
        assert at.is_on("HistoryScreen")


async def test_newest_first_with_months_minutes_and_how_it_ended(made: Workspace) -> None:
    for record in (lived(made, -1), lived(made, -2, seconds=300), replace(lived(made, -40), rehearsal=True)):
        made.history.save(record)
    async with visit(made, sessions, size=(120, 40)) as at:
        await at.reads("3 sessions", "June 2026", "April 2026", "set 1")
        lines = [line[:54].strip() for line in at.text().split("\n")]
        rows = [line.split() for line in lines if "Prehab" in line]
        assert [(row[0], row[1]) for row in rows] == [("Wed", "3"), ("Tue", "2"), ("Sat", "25")]
        assert [row[-1] for row in rows] == ["✓", "–", "✓"]
        assert "rehearsal" in rows[2]
        assert rows[0][-3:-1] == ["18", "min"]
        await at.press("down")
        await at.reads("ended early")


async def test_enter_shows_the_session_alone(made: Workspace) -> None:
    made.history.save(lived(made, -1))
    async with visit(made, sessions, size=(40, 12)) as at:
        await at.reads("Prehab four", "18 min")
        await at.press("enter")
        await at.reads("Session", "Wednesday 3 June 2026", "completed")
        await at.press("pagedown", "pagedown")
        await at.reads("Clamshell")
        await at.press("escape")
        await at.reads("Sessions", "Wed  3")


class Counting(History):
    """Remembers how many sessions were asked for at a time."""

    def __init__(self, made: Workspace) -> None:
        super().__init__(made.paths, made.fs)
        self.asked: list[int | None] = []

    def newest(
        self, limit: int | None = None, before: SessionRecord | None = None
    ) -> tuple[SessionRecord, ...]:
        self.asked.append(limit)
        return super().newest(limit, before)


async def test_it_reads_no_more_than_is_walked(made: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions_pane, "PAGE", 30)
    first = lived(made, -1, seconds=20)
    for day in range(100):
        made.history.save(replace(lived(made, -1 - day, seconds=20), exercises=first.exercises))
    history = made.__dict__["history"] = Counting(made)
    async with visit(made, sessions) as at:
        await at.reads("the newest 30 sessions")
        assert history.asked == [30]
        shown = at.app.screen.query_one(SessionsPane)
        await at.press(*["pagedown"] * 3)
        await at.until(lambda: len(shown.records) >= 60)
        for _ in range(4):
            await at.press("end")
            await at.pilot.pause()
        await at.until(lambda: len(shown.records) == 100)
        await at.reads("100 sessions")
        assert "the newest" not in at.text()
        days = [record.local_date for record in shown.records.values()]
        assert days == sorted(days, reverse=True)
        months = [row for row in shown.query_one("#list", Choices).options if row.disabled]
        assert len(months) == len({(day.year, day.month) for day in days})


async def test_files_that_cannot_be_read_are_named(made: Workspace) -> None:
    made.history.save(lived(made, -1))
    (made.paths.history / "20260601T000000Z-00000000000000ff.json").write_text("{", encoding="utf-8")
    async with visit(made, sessions) as at:
        await at.reads("1 file here cannot be read", "Prehab four")
        await at.pilot.click("#unreadable")
        await at.reads("00000000000000ff.json")


@pytest.mark.parametrize("words", [*HOSTILE, "a\x1b[2Jb\x9bc"])
async def test_words_of_files_are_shown_as_they_are(made: Workspace, words: str) -> None:
    made.history.save(session(routine_title=words, note=words, exercises=(entry(name=words),)))
    async with visit(made, sessions, size=(110, 30)) as at:
        await at.until(lambda: at.text().count(clean(words)) >= 4)
        assert "\x1b" not in at.text()
        await at.press("enter")
        await at.until(lambda: at.is_on("RecordScreen") and at.text().count(clean(words)) >= 3)
