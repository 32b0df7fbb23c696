"""A session without a screen, driven by a clock that moves only when the session waits."""

from __future__ import annotations

import io
import json
import re
import signal
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from runnersknee_tui.core.record import Knees, SessionRecord
from runnersknee_tui.core.timeline import compile_routine, plan_json
from runnersknee_tui.plain.session import run_plain
from runnersknee_tui.workspace import Workspace
from tests.shipped import shipped
from tests.workbench import FakeClock, ScriptedInbox, workspace

ROUTINES = tuple(shipped().routines)


class Terminal(io.StringIO):
    """Takes what is said, and says that it is a terminal."""

    def isatty(self) -> bool:
        return True


class Closed(io.StringIO):
    """A pipe whose reader goes away after some lines."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.left = lines

    def write(self, text: str) -> int:
        if self.left <= 0:
            raise BrokenPipeError(32, "Broken pipe")
        self.left -= 1
        return super().write(text)


class Lived:
    """One session that was lived, and all that is left of it."""

    def __init__(
        self,
        folder: Path,
        routine: str,
        script: Iterable[tuple[float, str | int]] = (),
        *,
        speed: float = 1.0,
        out: io.StringIO | None = None,
        config: str = "",
        is_terminal: bool = False,
    ) -> None:
        self.clock = FakeClock()
        self.workspace = workspace(folder, self.clock)
        if config:
            self.workspace.paths.config.mkdir(parents=True, exist_ok=True)
            self.workspace.paths.config_file.write_text(config, encoding="utf-8")
        self.inbox = ScriptedInbox(self.clock, script, is_terminal=is_terminal)
        self.out = out or io.StringIO()
        prepared = self.workspace.prepare(self.workspace.catalogue.routines[routine])
        self.status = run_plain(self.workspace, prepared, speed=speed, inbox=self.inbox, out=self.out)

    @property
    def said(self) -> str:
        return self.out.getvalue()

    @property
    def lines(self) -> list[str]:
        return self.said.splitlines()

    @property
    def record(self) -> SessionRecord:
        (record,) = self.workspace.history.newest()
        return record


def totals(record: SessionRecord) -> Counter[tuple[str, str | None, str]]:
    """Repetitions and isometric seconds of a record, by exercise and side."""
    counted: Counter[tuple[str, str | None, str]] = Counter()
    for entry in record.exercises:
        for done in entry.sets:
            counted[entry.id, done.side, "reps"] += done.reps or 0
            counted[entry.id, done.side, "held"] += round(done.held_s)
    return +counted


def planned(workbench: Workspace, routine: str) -> Counter[tuple[str, str | None, str]]:
    """The same, counted in `plan --json`."""
    counted: Counter[tuple[str, str | None, str]] = Counter()
    seen = set()
    catalogue = workbench.catalogue
    for step in plan_json(compile_routine(catalogue.routines[routine], catalogue))["steps"]:
        rep = (step["exercise"], step["set"], step["side"], step["rep"])
        if step["rep"] is not None and rep not in seen:
            seen.add(rep)
            counted[step["exercise"], step["side"], "reps"] += 1
        if step["kind"] == "isometric":
            counted[step["exercise"], step["side"], "held"] += step["seconds"]
    return counted


@pytest.mark.parametrize("routine", ROUTINES)
def test_a_rehearsal_runs_to_its_end_and_its_record_agrees_with_the_plan(
    routine: str, tmp_path: Path
) -> None:
    lived = Lived(tmp_path, routine, speed=60)
    plan = compile_routine(
        lived.workspace.catalogue.routines[routine], lived.workspace.catalogue, questions=False
    )
    assert lived.status == 0
    assert lived.clock.passed == pytest.approx(plan.seconds / 60, abs=0.05)
    record = lived.record
    assert (record.routine_id, record.status, record.end_reason) == (routine, "completed", "finished")
    assert record.rehearsal
    assert record.active_s == pytest.approx(plan.seconds, abs=0.1)
    assert record.paused_s == 0
    assert totals(record) == planned(lived.workspace, routine)
    assert {done.outcome for entry in record.exercises for done in entry.sets} == {"done"}
    assert lived.lines[-1] == "Saved."


def test_each_phase_takes_one_line(tmp_path: Path) -> None:
    lived = Lived(tmp_path, "core")
    catalogue = lived.workspace.catalogue
    steps = compile_routine(catalogue.routines["core"], catalogue, questions=False).steps
    opening, closing = 2, 1 + 2 + 1
    assert len(lived.lines) == opening + len(steps) + closing
    assert not lived.record.rehearsal


def test_a_pipe_gets_no_control_characters(tmp_path: Path) -> None:
    said = Lived(tmp_path, "prerun", [(20.0, "m"), (21.0, "?"), (22.0, "\x1b[A")]).said
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", said)
    assert 'No key "␛[a"' in said


def test_a_terminal_gets_bells_at_the_countdown(tmp_path: Path) -> None:
    lived = Lived(tmp_path, "flare", [(15.5, "q")], out=Terminal())
    assert lived.said.startswith("Flare day")
    assert lived.said.split("1 of 10", 1)[0].count("\a") == 5, "get ready, three, two, one, go"


@pytest.mark.parametrize("config", ['sound = "off"', "cues = []"])
def test_bells_can_be_switched_off(config: str, tmp_path: Path) -> None:
    lived = Lived(tmp_path, "flare", [(15.5, "q")], out=Terminal(), config=config)
    assert "\a" not in lived.said


def test_a_pause_stands_still_until_it_is_ended(tmp_path: Path) -> None:
    script = [(5.0, "p"), (65.0, " "), (200.0, "q")]
    lived = Lived(tmp_path, "core", script)
    assert "Paused. Forearm plank, set 1 of 3" in lived.said
    assert lived.record.paused_s == pytest.approx(60, abs=0.2)
    assert lived.record.end_reason == "quit"


def test_a_pause_in_the_work_ends_with_a_countdown(tmp_path: Path) -> None:
    lived = Lived(tmp_path, "core", [(20.0, "p"), (30.0, ""), (40.0, "q")])
    assert "Going on in 3 seconds." in lived.lines
    assert lived.lines.count("Hold, 30 s") == 2
    assert lived.record.exercises[0].sets[0].held_s == pytest.approx(12, abs=0.1)


def test_quitting_keeps_what_was_done(tmp_path: Path) -> None:
    lived = Lived(tmp_path, "core", [(50.0, "q")])
    assert lived.status == 0
    assert [done.outcome for done in lived.record.exercises[0].sets] == ["done", "skipped", "skipped"]
    assert "Forearm plank: 30 of 90 s held" in lived.lines
    assert "Dead bug: skipped" in lived.lines
    assert "Core: ended early, 50 s, 1 of 9 sets." in lived.lines
    assert lived.record.status == "stopped"


def test_next_skip_back_and_redo_move_and_tell(tmp_path: Path) -> None:
    lived = Lived(tmp_path, "core", [(1.0, "n"), (5.0, "s"), (9.0, "b"), (10.0, "r"), (11.0, "q")])
    assert "Hold, 30 s" in lived.lines
    assert any(line.startswith("Rest") and "Dead bug" in line for line in lived.lines)
    assert lived.status == 0


def test_rests_can_be_longer_and_sets_corrected(tmp_path: Path) -> None:
    lived = Lived(tmp_path, "core", [(50.0, "+"), (51.0, "d"), (52.0, "q")])
    assert "30 s left." in lived.lines
    assert "Forearm plank: 29 of 30 s." in lived.lines
    assert lived.record.exercises[0].sets[0].held_s == 29


def test_what_cannot_be_changed_is_said(tmp_path: Path) -> None:
    lived = Lived(tmp_path, "flare", [(16.0, "+"), (17.0, "u"), (18.0, "q")])
    assert any("Only a rest" in line for line in lived.lines)
    assert any("no set to correct" in line for line in lived.lines)


@pytest.mark.parametrize(
    ("answers", "reason", "stopped"),
    [
        (("n", "2", "", "g"), "quit", False),
        (("n", "2", "", "s"), "quit", True),
        (("2", "4", "2", "2"), "quit", True),
        (("n", "2", "", "e"), "pain", True),
        (("n", "2", "q"), "pain", True),
    ],
)
def test_it_hurts(answers: tuple[str, ...], reason: str, stopped: bool, tmp_path: Path) -> None:
    asked = [(21.0 + number, answer) for number, answer in enumerate(answers)]
    lived = Lived(tmp_path, "core", [(20.0, "x"), *asked, (60.0, "q")])
    (first, *_) = lived.record.exercises
    assert lived.record.end_reason == reason
    assert first.stopped is stopped
    assert lived.record.paused_s >= len(answers) - 0.1
    assert first.sharp is False
    assert first.during == Knees(int(answers[1]), int(answers[2]) if answers[2].isdecimal() else None)


def test_it_hurts_and_goes_on_one_step_easier(tmp_path: Path) -> None:
    asked = [(21.0, "n"), (22.0, "4"), (23.0, ""), (24.0, "d"), (60.0, "q")]
    lived = Lived(tmp_path, "core", [(20.0, "x"), *asked])
    first, second, *_ = lived.record.exercises
    assert (first.id, second.id) == ("plank", "plank")
    assert second.ladder_step is not None
    assert f"1 or d: One step easier: {second.name}." in lived.lines
    assert "Pain was 4/10: acceptable if it settles by tomorrow, but not a day to add more." in lived.lines
    assert " or g: " not in lived.said


def test_after_sharp_pain_only_leaving_is_left(tmp_path: Path) -> None:
    lived = Lived(
        tmp_path,
        "late",
        [(40.0, "x"), (41.0, "y"), (42.0, "3"), (43.0, ""), (44.0, "g"), (45.0, "s"), (99.0, "q")],
    )
    said = lived.said.split("Sharp or rising pain means stop", 1)[1]
    assert "1 or s: Leave this exercise" in said
    assert '"g" is no answer here. Type s, e; then enter.' in said
    assert lived.record.exercises[0].sharp is True


def test_it_hurts_and_nobody_can_answer(tmp_path: Path) -> None:
    lived = Lived(tmp_path, "core", [(20.0, "x")])
    assert lived.record.end_reason == "pain"
    assert lived.record.exercises[0].stopped
    assert lived.record.exercises[0].sharp is None
    assert lived.record.exercises[0].during == Knees()


# --- the table at the end ------------------------------------------------------------------------------------


def after_flare(*answers: str, config: str = 'knee = "left"') -> tuple[str, list[tuple[float, str | int]]]:
    """The script of a flare day that is lived to its end, and then these answers."""
    return config, [(2000.0 + number, answer) for number, answer in enumerate(answers)]


def test_the_table_keeps_what_was_answered_and_enter_confirms(tmp_path: Path) -> None:
    config, script = after_flare("4", "s", "7", "")
    lived = Lived(tmp_path, "flare", script, config=config, is_terminal=True)
    (entry,) = lived.record.exercises
    assert lived.status == 0
    assert lived.record.confirmed
    assert lived.record.rev == 2
    assert (entry.during, entry.form) == (Knees(4, None), "shaky")
    assert sum(done.reps or 0 for done in entry.sets) == 7
    assert "Worst pain, Quad set? Type 0 (no pain) to 10 (worst), or enter to leave it open." in lived.lines
    assert any("run only where" in line for line in lived.lines), "pain was amber"
    assert lived.lines[-1] == "Saved."


def test_an_empty_line_leaves_a_cell_open(tmp_path: Path) -> None:
    config, script = after_flare("", "", "", "")
    lived = Lived(tmp_path, "flare", script, config=config, is_terminal=True)
    (entry,) = lived.record.exercises
    assert lived.record.confirmed
    assert (entry.during, entry.form) == (Knees(), None)
    assert {done.outcome for done in entry.sets} == {"done"}


@pytest.mark.parametrize("answers", [("3", "q"), ("3",)])
def test_a_table_that_is_left_keeps_its_answers_and_confirms_nothing(
    answers: tuple[str, ...], tmp_path: Path
) -> None:
    config, script = after_flare(*answers)
    lived = Lived(tmp_path, "flare", script, config=config, is_terminal=True)
    assert lived.record.exercises[0].during == Knees(3, None)
    assert not lived.record.confirmed


def test_nobody_there_confirms_nothing(tmp_path: Path) -> None:
    lived = Lived(tmp_path, "flare")
    assert not lived.record.confirmed
    assert lived.record.rev == 1
    assert "Worst pain" not in lived.said


def test_a_rehearsal_asks_for_no_table(tmp_path: Path) -> None:
    lived = Lived(tmp_path, "flare", [(5000.0, "3")], speed=60, is_terminal=True)
    assert "Worst pain" not in lived.said


def test_a_signal_in_the_table_keeps_the_session(tmp_path: Path) -> None:
    config, script = after_flare("2")
    lived = Lived(
        tmp_path, "flare", [*script, (3000.0, int(signal.SIGTERM))], config=config, is_terminal=True
    )
    assert lived.status == 143
    assert lived.record.exercises[0].during == Knees(2, None)
    assert not lived.record.confirmed


# --- nobody can type -----------------------------------------------------------------------------------------


def test_a_pause_that_nobody_can_end_ends_by_itself(tmp_path: Path) -> None:
    lived = Lived(tmp_path, "flare", [(5.0, "p")])
    assert "Nobody can type here. The session goes on by itself." in lived.lines
    assert lived.record.status == "completed"


def test_ones_own_pace_ends_where_nobody_can_type(tmp_path: Path) -> None:
    lived = Lived(tmp_path, "flare", config='pace = "self"')
    assert any("Your own pace needs a key" in line for line in lived.lines)
    assert lived.record.end_reason == "quit"


def test_a_gap_pauses_and_is_never_credited(tmp_path: Path) -> None:
    clock = FakeClock()
    bench = workspace(tmp_path, clock)

    class Lid(ScriptedInbox):
        def wait(self, seconds: float) -> str | int | None:
            if 20.0 < clock.passed < 21.0:
                clock.pass_time(600)
            return super().wait(seconds)

    out = io.StringIO()
    prepared = bench.prepare(bench.catalogue.routines["core"])
    run_plain(bench, prepared, inbox=Lid(clock, [(640.0, "q")]), out=out)
    (record,) = bench.history.newest()
    assert "Paused: 600 s went by unseen." in out.getvalue()
    assert record.active_s < 22
    assert record.exercises[0].sets[0].held_s < 7


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_leaves_a_checkpoint_for_the_next_start(number: int, status: int, tmp_path: Path) -> None:
    lived = Lived(tmp_path, "core", [(20.0, int(number))])
    assert lived.status == status
    assert not lived.workspace.history.newest()
    (orphan,) = workspace(tmp_path, lived.clock).checkpoints.orphans()
    assert orphan.session["session"]["active_s"] == pytest.approx(20, abs=0.1)


def test_an_interrupt_saves_the_session_as_ended_early(tmp_path: Path) -> None:
    lived = Lived(tmp_path, "core", [(50.0, int(signal.SIGINT))])
    assert lived.status == 130
    assert lived.record.end_reason == "quit"


def test_a_reader_that_goes_away_loses_no_session(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lived = Lived(tmp_path, "core", out=Closed(lines=9))
    assert lived.status == 1
    assert lived.record.end_reason == "quit"
    assert "Saved." in capsys.readouterr().err


def test_what_cannot_be_saved_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").write_text("a file where a folder should be", encoding="utf-8")
    lived = Lived(tmp_path, "core", [(50.0, "q")])
    warned = capsys.readouterr().err
    assert lived.status == 1
    assert str(tmp_path / "data") in warned
    assert "Traceback" not in warned
    shown = json.loads(lived.lines[-1])
    assert shown["exercises"][0]["sets"][0]["held_s"] == 30
    assert "Saved." not in lived.lines


def test_your_own_pace_moves_on_by_enter(tmp_path: Path) -> None:
    script: list[tuple[float, str | int]] = [(17.0 + rep, "") for rep in range(10)]
    lived = Lived(tmp_path, "flare", [*script, (30.0, "q")], config='pace = "self"')
    assert "1 of 10: your pace, enter when done" in lived.lines
    assert lived.record.exercises[0].sets[0].reps == 10


def test_waiting_for_me_waits(tmp_path: Path) -> None:
    lived = Lived(tmp_path, "core", [(30.0, ""), (40.0, "q")], config='wait_for_me = "every_set"')
    assert lived.lines[2].startswith("Waiting for you: enter goes on.")
    assert lived.record.paused_s == pytest.approx(30, abs=0.1)


def test_what_was_left_out_for_time_is_said(tmp_path: Path) -> None:
    clock = FakeClock()
    bench = workspace(tmp_path, clock)
    out = io.StringIO()
    prepared = bench.prepare(bench.catalogue.routines["prehab"], minutes=5)
    assert prepared.left_out
    run_plain(bench, prepared, speed=60, inbox=ScriptedInbox(clock), out=out)
    assert all(sentence in out.getvalue() for sentence in prepared.left_out)


def test_an_earlier_session_that_was_cut_short_is_mentioned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Lived(tmp_path, "core", [(20.0, int(signal.SIGTERM))])
    assert Lived(tmp_path, "flare", speed=60).status == 0
    assert "cut short" in capsys.readouterr().err
