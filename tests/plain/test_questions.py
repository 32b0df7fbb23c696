"""From a wish to the first countdown without a screen: signs, questions, the gate; whatever is typed, or nothing."""

from __future__ import annotations

import io
import shutil
import signal
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from runnersknee_tui.coach import TODAY
from runnersknee_tui.core.answering import YES_NO, Question
from runnersknee_tui.core.record import CheckIn, Knees, SessionRecord
from runnersknee_tui.core.warning_signs import WARNING_SIGNS
from runnersknee_tui.plain.beginning import NOT_ASKED, begin_plain
from runnersknee_tui.plain.questions import answer_from, numbers_from
from runnersknee_tui.workspace import PRERUN, Workspace
from tests.workbench import MORNING, FakeClock, ScriptedInbox, workspace

DAY = MORNING.date()
YESTERDAY = DAY - timedelta(days=1)
SETTLED: dict[str, Any] = {"knee": "left", "minutes": 5}


class Begun:
    """One command lived with these lines typed, one a second."""

    def __init__(
        self,
        folder: Path,
        *lines: str | int,
        routine: str = "flare",
        script: Iterable[tuple[float, str | int]] = (),
        is_terminal: bool = True,
        ends: bool = True,
        days_later: int = 0,
        **options: Any,
    ) -> None:
        clock = FakeClock()
        clock.pass_time(days_later * 86400.0)
        start = clock.passed
        self.workspace = workspace(folder, clock)
        typed = [(start + 1.0 + number, line) for number, line in enumerate(lines)]
        inbox = ScriptedInbox(
            clock, [*typed, *((start + at, line) for at, line in script)], is_terminal=is_terminal, ends=ends
        )
        out = io.StringIO()
        self.status = begin_plain(self.workspace, routine, inbox=inbox, out=out, **options)
        self.workspace.flush(10)
        self.said = out.getvalue()
        self.lines = self.said.splitlines()
        self.seconds = clock.passed - start

    @property
    def record(self) -> SessionRecord:
        return self.workspace.history.newest()[0]

    @property
    def sessions(self) -> int:
        return len(self.workspace.history.newest())


def settle(folder: Path, **changes: Any) -> Workspace:
    """A person whose signs were asked yesterday, with a left knee."""
    bench = workspace(folder)
    bench.change_settings({"knee": "left", "signs_asked_on": YESTERDAY} | changes).result(10)
    return bench


def earlier(folder: Path, days_ago: int = 1, **changes: Any) -> SessionRecord:
    """A session of the starter routine that was lived some days ago."""
    bench = workspace(folder)
    live = bench.begin(bench.prepare(bench.catalogue.routines["starter"]).plan)
    live.session.advance(live.session.plan.seconds)
    record = live.save().result(10)
    bench.history.delete(record.id, bench.clock.wall())
    moved = timedelta(days=days_ago)
    earlier = replace(
        record,
        started_at=record.started_at - moved,
        ended_at=record.ended_at - moved,
        local_date=record.local_date - moved,
        **{"confirmed": True, **changes},
    )
    bench.history.save(earlier)
    return earlier


# --- warning signs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("routine", [PRERUN, "flare", TODAY])
@pytest.mark.parametrize("ask", [True, False])
def test_warning_signs_come_before_the_very_first_session_of_any_kind(
    routine: str, ask: bool, tmp_path: Path
) -> None:
    begun = Begun(tmp_path, "none", "", "", routine=routine, ask=ask, script=[(60.0, "q")])
    listed = [line for line in begun.lines if line.endswith(tuple(sign.words for sign in WARNING_SIGNS))]
    assert len(listed) == len(WARNING_SIGNS)
    assert begun.lines[0] == "Before you begin: is any of these true?"
    assert begun.record.check_in.warning_signs == ()
    assert workspace(tmp_path).settings.values.signs_asked_on == DAY


def test_an_empty_line_is_no_answer_about_the_signs(tmp_path: Path) -> None:
    begun = Begun(tmp_path, "", "99", "none", ask=False, script=[(60.0, "q")])
    assert begun.said.count("Type the numbers that are true") == 3
    assert begun.record.check_in.warning_signs == ()


def test_q_begins_nothing(tmp_path: Path) -> None:
    begun = Begun(tmp_path, "q")
    assert (begun.status, begun.sessions) == (0, 0)
    assert begun.lines[-1] == "Nothing was begun."
    assert workspace(tmp_path).settings.values.signs_asked_on is None


def test_a_ticked_sign_pauses_everything_until_a_clinician_has_cleared(tmp_path: Path) -> None:
    begun = Begun(tmp_path, "7 8", routine=PRERUN)
    assert begun.status == 1
    assert "See a clinician before you train on." in begun.said
    assert begun.record.check_in.warning_signs == ("giving-way", "swelling")
    assert (begun.record.end_reason, begun.record.exercises) == ("check-in", ())

    refused = Begun(tmp_path, "", days_later=1)
    assert (refused.status, refused.sessions) == (1, 1)
    assert "cleared you" in refused.said
    assert "The knee swells." in refused.said

    unlikely = Begun(tmp_path, "2030-01-01", "soon", "", days_later=1)
    assert unlikely.said.count("is no answer here") == 2
    early = Begun(tmp_path, "2026-03-01", days_later=1)
    assert early.lines[-1] == "That was before the sign was ticked; training stays paused."
    assert Begun(tmp_path, "", days_later=1).status == 1

    cleared = Begun(tmp_path, "2026-03-03", days_later=1)
    assert cleared.lines[-1] == "Good. Begin when you are ready."
    after = Begun(tmp_path, "", "", days_later=1, script=[(60.0, "q")])
    assert after.status == 0
    assert after.sessions == 2


def test_an_emergency_says_so(tmp_path: Path) -> None:
    assert "Get medical help today." in Begun(tmp_path, "1,7").said


def test_signs_come_again_after_a_week(tmp_path: Path) -> None:
    settle(tmp_path, signs_asked_on=DAY - timedelta(days=6))
    assert "Before you begin" not in Begun(tmp_path, routine=PRERUN, script=[(20.0, "q")]).said
    settle(tmp_path, signs_asked_on=DAY - timedelta(days=7))
    assert "Before you begin" in Begun(tmp_path, "none", routine=PRERUN, script=[(20.0, "q")]).said


# --- nobody can type -----------------------------------------------------------------------------------------


def test_where_input_is_at_its_end_the_questions_stay_open(tmp_path: Path) -> None:
    begun = Begun(tmp_path, is_terminal=False)
    assert begun.status == 0
    assert begun.lines[0] == NOT_ASKED
    assert begun.said.count("not asked") == 1
    assert begun.record.check_in == CheckIn()
    assert begun.record.check_in.warning_signs is None
    assert not begun.record.confirmed
    assert workspace(tmp_path).settings.values.signs_asked_on is None


def test_a_silent_pipe_is_not_waited_for(tmp_path: Path) -> None:
    begun = Begun(tmp_path, is_terminal=False, ends=False)
    assert begun.status == 0
    assert NOT_ASKED in begun.lines
    session = begun.record.active_s
    assert begun.seconds - session < 30


def test_a_pipe_that_talks_nonsense_is_not_listened_to_for_ever(tmp_path: Path) -> None:
    begun = Begun(tmp_path, *["y"] * 2000, is_terminal=False)
    assert begun.record.check_in == CheckIn()


def test_a_rehearsal_asks_nothing(tmp_path: Path) -> None:
    begun = Begun(tmp_path, speed=60.0, script=[(4000.0, "none")])
    assert begun.status == 0
    assert "?" not in begun.said.replace("? for all", "")
    assert begun.record.rehearsal
    assert begun.record.check_in == CheckIn()


def test_a_rehearsal_is_refused_while_training_is_paused(tmp_path: Path) -> None:
    Begun(tmp_path, "1")
    refused = Begun(tmp_path, speed=60.0)
    assert (refused.status, refused.sessions) == (1, 1)
    assert "training is paused" in refused.said


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_questions(number: int, status: int, tmp_path: Path) -> None:
    begun = Begun(tmp_path, int(number))
    assert (begun.status, begun.sessions) == (status, 0)


# --- check-in ------------------------------------------------------------------------------------------------


def test_the_knee_now_is_kept(tmp_path: Path) -> None:
    settle(tmp_path)
    begun = Begun(tmp_path, "3", script=[(20.0, "q")])
    assert begun.record.check_in.before == Knees(3, None)


def test_both_knees_are_asked_where_both_hurt(tmp_path: Path) -> None:
    settle(tmp_path, knee="both")
    begun = Begun(tmp_path, "", "2", script=[(20.0, "q")])
    assert begun.record.check_in.before == Knees(None, 2)
    assert any(line.startswith("How is the right knee now?") for line in begun.lines)


@pytest.mark.parametrize("options", [{"routine": PRERUN}, {"ask": False}])
def test_a_prerun_and_no_check_in_ask_nothing_more(options: dict[str, Any], tmp_path: Path) -> None:
    settle(tmp_path)
    earlier(tmp_path)
    begun = Begun(tmp_path, script=[(20.0, "q")], **options)
    assert "How is the knee" not in begun.said
    assert begun.record.check_in == CheckIn()


def test_a_red_knee_rests_today(tmp_path: Path) -> None:
    settle(tmp_path)
    begun = Begun(tmp_path, "7", "none")
    assert begun.status == 1
    assert "Your knee is at 7/10 before starting, so today is a rest day" in begun.said
    assert "Before you begin: is any of these true?" in begun.said
    assert begun.record.check_in.before == Knees(7, None)
    assert begun.record.end_reason == "check-in"


def test_the_morning_after_and_the_run_since_go_into_the_earlier_session(tmp_path: Path) -> None:
    settle(tmp_path)
    yesterday = earlier(tmp_path, check_in=CheckIn(before=Knees(1, None)))
    begun = Begun(tmp_path, "2", "3", "hard", script=[(20.0, "q")])
    kept = begun.workspace.history.load(yesterday.id)
    assert (kept.check_in.next_day, kept.check_in.ran) == (Knees(3, None), "hard")
    assert any("you ran hard" in line and "trekeducation.org/runners" in line for line in begun.lines)


def test_an_open_morning_after_stays_open(tmp_path: Path) -> None:
    settle(tmp_path)
    yesterday = earlier(tmp_path)
    begun = Begun(tmp_path, "", "", "", script=[(20.0, "q")])
    assert begun.workspace.history.load(yesterday.id) == yesterday


@pytest.mark.parametrize(("answer", "left"), [("y", 2), ("n", 1), ("", 2)])
def test_did_you_do_this_one(answer: str, left: int, tmp_path: Path) -> None:
    settle(tmp_path)
    unsure = earlier(tmp_path, confirmed=False)
    begun = Begun(tmp_path, answer, "1", "3", "hard", script=[(20.0, "q")])
    asked = f"Did you do this one? {unsure.routine_title}, Sunday 1 March, 07:30? Type 1 yes, 2 no"
    assert any(line.startswith(asked) for line in begun.lines)
    assert ("morning after" in begun.said) is (left == 2)
    assert begun.sessions == left
    if left == 2:
        assert begun.workspace.history.load(unsure.id).confirmed is (answer == "y")


def test_once_a_week_the_week_is_asked(tmp_path: Path) -> None:
    settle(tmp_path)
    earlier(tmp_path, days_ago=8)
    begun = Begun(tmp_path, "1", "4", "fine", "2", "", "much trouble", script=[(20.0, "q")])
    assert "How was the past week?" in begun.lines
    assert workspace(tmp_path).settings.values.weekly == ("2026-03-02/4/fine/some/-/much",)


def test_a_sore_knee_before_a_run_is_spoken_of(tmp_path: Path) -> None:
    settle(tmp_path)
    Begun(tmp_path, "4", script=[(20.0, "q")])
    begun = Begun(tmp_path, routine=PRERUN, script=[(20.0, "q")])
    assert begun.lines[0].startswith("The knee was at 4/10 today: run only while it stays at 2/10 or less")


def test_nothing_due_is_said(tmp_path: Path) -> None:
    settle(tmp_path, training_days=["wed"])
    begun = Begun(tmp_path, "0", routine=TODAY)
    assert (begun.status, begun.sessions) == (0, 0)
    assert begun.lines[-1] == "Nothing is due today. Next: Wed 04 Mar."


# --- what a line means ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "answer"), [("y", True), ("2", False), ("yes", True), ("true", True)])
def test_a_choice_takes_its_number_its_key_and_its_word(text: str, answer: bool) -> None:
    assert answer_from(Question("q", "?", YES_NO), text) is answer


@pytest.mark.parametrize("text", ["11", "-1", "3.5", "five", "³", "٣", "1" * 5000, "maybe"])
def test_what_is_no_answer_is_none(text: str) -> None:
    for question in (Question("q", "?", YES_NO), Question("p", "?")):
        with pytest.raises(ValueError, match=r"."):
            answer_from(question, text)


@pytest.mark.parametrize(
    ("text", "numbers"), [("none", ()), ("0", ()), ("3", (3,)), ("5, 2 2", (2, 5)), ("17", (17,))]
)
def test_numbers(text: str, numbers: Sequence[int]) -> None:
    assert numbers_from(text, 17) == numbers


@pytest.mark.parametrize("text", ["", "18", "0 3", "3 x", "none 3", "²", "-3", ","])
def test_what_is_no_list_of_numbers(text: str) -> None:
    with pytest.raises(ValueError, match=r".|^$"):
        numbers_from(text, 17)


# --- whatever is typed ---------------------------------------------------------------------------------------

TYPED = st.one_of(
    st.sampled_from(
        ["", "none", "q", "x", "y", "n", "p", " ", "s", "d", "g", "e", "r", "b", "+", "-", "u", "?", "1", "2 5",
         "10", "hard", "2026-03-02", "\x1b[A", "later"]
    ),
    st.text(max_size=12),
    st.integers(0, 12).map(str),
)  # fmt: skip


@given(
    lines=st.lists(st.tuples(st.floats(0, 40), TYPED), max_size=25),
    routine=st.sampled_from([TODAY, PRERUN, "core", "flare", "starter"]),
    is_terminal=st.booleans(),
    ends=st.booleans(),
    speed=st.sampled_from([1.0, 1.0, 60.0]),
    config=st.sampled_from(["", 'pace = "self"\n', 'wait_for_me = "every_set"\n', 'pain_line = "pain-free"\n']),
)  # fmt: skip
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_nothing_is_raised_and_it_comes_to_an_end(
    lines: list[tuple[float, str]], routine: str, is_terminal: bool, ends: bool, speed: float, config: str
) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        bench = workspace(folder)
        bench.paths.config.mkdir(parents=True)
        bench.paths.config_file.write_text(config, encoding="utf-8")
        at, script = 0.0, []
        for gap, text in lines:
            at += gap
            script.append((at, text))
        # A terminal that stays open and silent may wait for ever, as it should: it ends after the last line.
        begun = Begun(
            folder,
            routine=routine,
            script=script,
            is_terminal=is_terminal,
            ends=True if is_terminal or config else ends,
            speed=speed,
        )
        assert begun.status in (0, 1)
        for record in begun.workspace.history.all():
            assert record.rehearsal is (speed != 1)
            assert record.local_date >= date(2026, 3, 1)
        assert not begun.workspace.history.unreadable
    finally:
        shutil.rmtree(folder)
