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

from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.core.timeline import compile_routine, plan_json
from runnersknee_tui.plain import run_plain
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
    ) -> None:
        self.clock = FakeClock()
        self.workspace = workspace(folder, self.clock)
        if config:
            self.workspace.paths.config.mkdir(parents=True, exist_ok=True)
            self.workspace.paths.config_file.write_text(config, encoding="utf-8")
        self.inbox = ScriptedInbox(self.clock, script)
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
    ("answer", "reason", "stopped"),
    [("g", "quit", False), ("s", "quit", True), ("q", "pain", True)],
)
def test_it_hurts(answer: str, reason: str, stopped: bool, tmp_path: Path) -> None:
    lived = Lived(tmp_path, "core", [(20.0, "x"), (21.0, "n"), (40.0, answer), (50.0, "q")])
    assert lived.record.end_reason == reason
    assert lived.record.exercises[0].stopped is stopped
    assert lived.record.paused_s >= 19
    assert lived.record.exercises[0].during.left is None, "an unanswered question stays open"


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
