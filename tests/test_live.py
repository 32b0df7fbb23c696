"""A session with everything around it: gaps, checkpoints, the record, and a disk that takes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from runnersknee_tui.core.cue import CueKind
from runnersknee_tui.core.record import ExerciseRecord
from runnersknee_tui.core.session import State
from runnersknee_tui.live import LiveSession
from runnersknee_tui.workspace import Workspace
from tests.world import SHORT, Hands, routine_file, until, world


def begin(tmp_path: Path, hands: Hands, *, speed: float = 1.0) -> tuple[Workspace, LiveSession]:
    made = world(tmp_path, hands)
    routine_file(made, "short", SHORT)
    prepared = made.prepare(made.catalogue.routines["short"])
    return made, made.begin(prepared.plan, speed=speed)


def state(live: LiveSession) -> State:
    return live.session.state


def let_pass(live: LiveSession, hands: Hands, seconds: float) -> None:
    for _ in range(round(seconds * 2)):
        hands.turn(0.5)
        live.tick()


def test_led_to_the_end_and_saved(tmp_path: Path) -> None:
    hands = Hands()
    made, live = begin(tmp_path, hands)
    let_pass(live, hands, live.session.plan.seconds)
    assert live.record is not None
    assert live.saved is not None
    live.saved.result(5)
    record = made.history.load(live.start.id)
    assert (record.status, record.end_reason, record.confirmed) == ("completed", "finished", False)
    assert record.active_s == pytest.approx(live.session.plan.seconds, abs=0.6)
    assert record.tz == "Europe/Berlin"
    assert record.local_date.isoformat() == "2026-06-04"
    assert not list(made.paths.active.iterdir())


def test_a_gap_pauses_where_it_was_and_credits_nothing(tmp_path: Path) -> None:
    hands = Hands()
    _, live = begin(tmp_path, hands)
    let_pass(live, hands, 16)
    before = live.session.active_s
    hands.turn(34)
    cues = live.tick()
    assert state(live) is State.PAUSED
    assert cues[-1].kind is CueKind.ATTENTION
    assert live.gap_s == 34
    assert live.session.active_s == before


def test_a_night_in_the_bag_pauses_too(tmp_path: Path) -> None:
    hands = Hands()
    _, live = begin(tmp_path, hands)
    let_pass(live, hands, 16)
    hands.sleep(3600)  # the monotonic clock stands still while Linux sleeps
    live.tick()
    assert state(live) is State.PAUSED


def test_two_seconds_are_no_gap(tmp_path: Path) -> None:
    hands = Hands()
    _, live = begin(tmp_path, hands)
    for _ in range(8):
        hands.turn(2.0)
        live.tick()
    assert state(live) is State.RUNNING


def test_a_rehearsal_runs_fast_and_says_so(tmp_path: Path) -> None:
    hands = Hands()
    made, live = begin(tmp_path, hands, speed=60)
    let_pass(live, hands, 3)
    assert live.saved is not None
    live.saved.result(5)
    record = made.history.load(live.start.id)
    assert record.rehearsal
    assert record.active_s == pytest.approx(live.session.plan.seconds)


def test_checkpoints_at_the_turns_and_every_ten_seconds(tmp_path: Path) -> None:
    hands = Hands()
    made, live = begin(tmp_path, hands)
    path = made.paths.active / f"{live.start.id}.json"

    def position() -> tuple[int, float]:
        assert made.saver.flush(5)
        plain = json.loads(path.read_text("utf-8"))["session"]["session"]
        return plain["index"], plain["position"]

    let_pass(live, hands, 15.5)
    assert position()[0] == 1  # work has begun
    live.do(live.session.pause)
    paused = position()
    assert paused == (1, 0.5)
    live.do(live.session.resume)
    until(lambda: live.session.step.kind == "isometric" and live.session.half is not None
          and live.session.half.item == 1, lambda: let_pass(live, hands, 0.5))  # fmt: skip
    let_pass(live, hands, 24)
    index, seconds = position()
    assert index == live.session.index
    assert live.session.position - seconds <= 10


def test_a_crash_leaves_the_session_to_go_on_with(tmp_path: Path) -> None:
    hands = Hands()
    _, live = begin(tmp_path, hands)
    let_pass(live, hands, 19)
    live.checkpoint().result(5)
    done = live.session.credit.done((0, None)).reps
    live.abandon()

    again = world(tmp_path, hands)
    (orphan,) = again.checkpoints.orphans()
    recovered = again.recover(orphan)
    assert recovered is not None
    assert recovered.start == live.start
    assert state(recovered) is State.PAUSED
    assert recovered.session.credit.done((0, None)).reps == done
    recovered.do(recovered.session.resume)
    let_pass(recovered, hands, recovered.session.remaining_s + 4)
    assert recovered.saved is not None
    recovered.saved.result(5)
    record = again.history.load(live.start.id)
    assert {row.outcome for entry in record.exercises for row in entry.sets} == {"done"}


def test_answers_are_an_edit(tmp_path: Path) -> None:
    hands = Hands()
    made, live = begin(tmp_path, hands)
    live.do(lambda now: live.session.finish(now, "quit"))
    assert live.saved is not None
    assert live.saved.result(5).rev == 1
    assert live.record is not None
    entries: list[ExerciseRecord] = [replace(entry, form="good") for entry in live.record.exercises]
    answered = live.answer(exercises=tuple(entries), confirmed=True).result(5)
    assert (answered.rev, answered.confirmed) == (2, True)
    assert made.history.load(live.start.id).exercises[0].form == "good"


def test_a_disk_that_takes_nothing_stops_nobody(tmp_path: Path) -> None:
    hands = Hands()
    (tmp_path / "data").write_text("a file where the folder should be", encoding="utf-8")
    heard: list[Exception] = []
    made = world(tmp_path, hands)
    made.save_listeners.append(heard.append)
    live = made.begin(made.prepare(made.catalogue.routines["prerun"]).plan)
    let_pass(live, hands, 20)
    assert state(live) is State.RUNNING
    live.do(lambda now: live.session.finish(now, "quit"))
    assert live.saved is not None
    assert live.saved.exception(5) is not None
    assert live.record is not None
    assert str(made.paths.data) in str(heard[-1])
    (tmp_path / "data").unlink()
    live.answer(confirmed=True).result(5)
    assert made.history.load(live.start.id).confirmed
