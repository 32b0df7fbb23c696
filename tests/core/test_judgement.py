"""The worked examples of the adaptation rules, reasons included, and their invariants over all inputs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from runnersknee_tui.core.assessment import (
    EVIDENCE,
    PAIN_FREE,
    Answers,
    Decision,
    Easing,
    Judgement,
    Move,
    Past,
    Place,
)
from runnersknee_tui.core.gate import EASIER, END, GO_ON, SKIP, after_hurt, gate
from runnersknee_tui.core.judgement import judge

REPS_15_20 = Place(hi=20, next_lo=15)
CLAMSHELL = Place(hi=25, next_lo=20)
SQUAT = Place(hi=12, next_lo=8, loaded=True)
STEP_UP = Place(hi=15, next_lo=10, loaded=True)
PLANK = Place(hi=60, next_lo=30, holds=True)


def said(before: int | None, during: int | None, after: int | None, target: int = 15, **more: Any) -> Answers:
    return Answers(before, during, after, target, **more)


STOP_EASIER = "so this exercise is over for today and comes back one step easier."
CALM_TOP = (said(0, 0, 0, 20),)

EXAMPLES: list[tuple[int, Answers, Place, Past, Decision, Move, int | None, str]] = [
    (1, said(1, 1, 1), REPS_15_20, Past(), Decision.PROGRESS, Move.TARGET, 16,
     "All sets clean at 15 and the knee stayed calm; 16 reps next time."),
    (2, said(0, 0, 0, 20), replace(REPS_15_20, next_adds_weight=True), Past(CALM_TOP, pain_free_days=8),
     Decision.PROGRESS, Move.NEXT_STEP, None,
     "Two clean sessions at 20 in a row; you move to the next step at 15."),
    (3, said(0, 0, 0, 20), replace(REPS_15_20, next_adds_weight=True), Past(CALM_TOP, pain_free_days=4),
     Decision.KEEP, Move.SAME, None, "4 pain-free days so far; weight is added after 7."),
    (4, said(1, 4, 1, 20), CLAMSHELL, Past(), Decision.KEEP, Move.SAME, None,
     "Pain was 4/10: acceptable if it settles by tomorrow, but not a day to add more."),
    (5, said(1, 4, 1, 20), CLAMSHELL, Past((said(1, 3, 1, 20), said(1, 4, 1, 20))), Decision.REGRESS,
     Move.EASIER, None,
     "Pain was 4/10, the third session in a row above 2 and not falling; one step easier to let it settle."),
    (6, said(1, 3, 1, 20), CLAMSHELL, Past((said(1, 4, 1, 20), said(1, 5, 1, 20))), Decision.KEEP, Move.SAME,
     None, "Pain was 3/10: acceptable if it settles by tomorrow, but not a day to add more."),
    (7, said(1, 3, 1, 11), STEP_UP, Past((said(1, 3, 1, 11),)), Decision.PROGRESS, Move.TARGET, 12,
     "Pain was 3/10 twice and had settled by the morning; 12 reps next time."),
    (8, said(1, 7, None, 8, done=0.5), SQUAT, Past(), Decision.STOP, Move.EASIER, None,
     f"Pain reached 7/10, above your limit of 5/10, {STOP_EASIER}"),
    (9, said(1, 3, None, 8, sharp=True, done=0.3), SQUAT, Past(), Decision.STOP, Move.EASIER, None,
     f"Sharp or rising pain means stop: {STOP_EASIER.removeprefix('so ')}"),
    (10, said(1, None, None, 8, stopped=True, done=0.4), SQUAT, Past(), Decision.STOP, Move.EASIER, None,
     f"You stopped because it hurt; {STOP_EASIER.removeprefix('so ')}"),
    (11, said(1, 6, None, 8, done=0.5), SQUAT, Past(second_stop=True), Decision.STOP, Move.EASIER, None,
     "Second pain stop on this exercise in 14 days, so it is paused; "
     "show your log to a physiotherapist or doctor."),
    (12, said(1, 2, 4, 10), STEP_UP, Past(), Decision.REGRESS, Move.EASIER, None,
     "The morning after was 4/10 against 1/10 before, so this dose may have been too much; one step easier."),
    (13, said(1, 1, 4, ran="no"), REPS_15_20, Past(), Decision.KEEP, Move.LOWEST, None,
     "The morning after was 4/10 against 1/10 before; back to the lowest reps until it settles."),
    (14, said(1, 2, 4, 10, ran="hard"), STEP_UP, Past(), Decision.KEEP, Move.SAME, None,
     "The morning after was 4/10 against 1/10, but you ran hard in between; "
     "the same dose again, and an easier run."),
    (15, said(0, 0, 0, 10, form="lost"), STEP_UP, Past(), Decision.REGRESS, Move.EASIER, None,
     "Your form broke down, and clean form comes first; one step easier."),
    (16, said(1, 1, 1, done=0.7), REPS_15_20, Past(), Decision.KEEP, Move.SAME, None,
     "You finished 70% of the plan; same dose until all of it is done."),
    (17, said(1, 1, 1, done=0.6), REPS_15_20, Past((said(1, 1, 1, done=0.7),)), Decision.REGRESS, Move.EASIER,
     None, "You finished 60% of the plan, twice in a row short; one step easier so you can complete it."),
    (18, said(1, 1, 1, 30, done=0.8), PLANK, Past((said(1, 1, 1, 30, done=0.8),)), Decision.REGRESS,
     Move.TARGET, 20, "Short of the plan twice; 20 s, all of them clean, is the better dose."),
    (19, said(1, 1, None), REPS_15_20, Past(), Decision.KEEP, Move.SAME, None,
     "No morning-after number yet, so the dose stays the same."),
    (20, said(1, None, 1), REPS_15_20, Past(), Decision.KEEP, Move.SAME, None,
     "A question was left open, so the dose stays the same."),
    (21, said(1, 1, 1, confirmed=False), REPS_15_20, Past(), Decision.KEEP, Move.SAME, None,
     "Nobody has confirmed that session yet, so the dose stays the same."),
    (22, said(1, 1, 2), REPS_15_20, Past(), Decision.KEEP, Move.SAME, None,
     "The morning after was one point higher; that is small, so the dose stays the same."),
    (23, said(3, 2, 3), REPS_15_20, Past(), Decision.KEEP, Move.SAME, None,
     "You started at 3/10; adding more waits for a day that starts lower."),
    (24, said(2, 2, 2), REPS_15_20, Past(), Decision.PROGRESS, Move.TARGET, 16,
     "All sets clean at 15 and the knee stayed calm; 16 reps next time."),
    (25, said(1, 1, 1, 20), REPS_15_20, Past((said(1, 1, 1, 19),)), Decision.KEEP, Move.SAME, None,
     "Top of the range with clean form; do it once more and you move up."),
    (26, said(1, 1, 1, 20), replace(REPS_15_20, last_step=True), Past(CALM_TOP), Decision.KEEP, Move.SAME,
     None, "You are at the top step for this exercise; keep it here."),
    (27, said(1, 1, 1, 20), REPS_15_20, Past(CALM_TOP, stepped_up=True), Decision.KEEP, Move.SAME, None,
     "Another exercise moved up today; one change at a time shows what your knee likes."),
    (28, said(0, 0, 0, 20), Place(hi=20, next_lo=20, next_adds_weight=True), Past(CALM_TOP, pain_free_days=8),
     Decision.PROGRESS, Move.NEXT_STEP, None,
     "Two clean sessions at 20 in a row; you move to the next step at 20."),
]  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example[0]))
def test_worked_examples(
    example: tuple[int, Answers, Place, Past, Decision, Move, int | None, str],
) -> None:
    number, now, place, past, decision, move, target, reason = example
    judgement = judge(now, place, past, EVIDENCE)
    assert (judgement.decision, judgement.move, judgement.target) == (decision, move, target)
    assert judgement.reason == reason
    assert judgement.pauses is (number == 11)


def test_pain_free_only_keeps_at_1_and_stops_at_3() -> None:
    kept = judge(said(1, 1, 1), REPS_15_20, Past(), PAIN_FREE)
    assert kept.decision is Decision.KEEP
    assert kept.reason == "Pain was 1/10: acceptable if it settles by tomorrow, but not a day to add more."
    stopped = judge(said(1, 3, None), REPS_15_20, Past(), PAIN_FREE)
    assert (stopped.decision, stopped.move) == (Decision.STOP, Move.EASIER)
    assert stopped.reason == f"Pain reached 3/10, above your limit of 2/10, {STOP_EASIER}"


GATES = [
    (31, {"signs": True, "before": 1, "gap_days": 2}, 1, Decision.STOP,
     "You ticked a warning sign, so training is paused until a clinician has looked at the knee."),
    (32, {"signs": False, "before": 6, "gap_days": 2}, 2, Decision.STOP,
     "Your knee is at 6/10 before starting, so today is a rest day; "
     "check the warning signs and look again tomorrow."),
    (33, {"signs": False, "before": 0, "gap_days": 30}, 3, Decision.REGRESS,
     "It has been 30 days, so you start again at the easiest step."),
    (34, {"signs": False, "before": 0, "gap_days": 16}, 4, Decision.REGRESS,
     "It has been 16 days, so you restart one step easier and build back."),
    (35, {"signs": False, "before": 1, "gap_days": 10}, 5, Decision.KEEP,
     "It has been 10 days, so you do the same exercise at its lowest reps today."),
    (36, {"signs": False, "before": None, "gap_days": None}, 6, Decision.KEEP,
     "Nothing speaks against the plan; do it as written."),
    (37, {"signs": False, "before": 3, "gap_days": 2}, 6, Decision.KEEP,
     "Nothing speaks against the plan; do it as written."),
]  # fmt: skip


@pytest.mark.parametrize("example", GATES, ids=lambda example: str(example[0]))
def test_worked_examples_of_the_gate(example: tuple[int, dict[str, Any], int, Decision, str]) -> None:
    _, inputs, rule, decision, reason = example
    result = gate(**inputs)
    assert (result.rule, result.decision, result.reason) == (rule, decision, reason)


@pytest.mark.parametrize(
    ("gap", "rule"), [(0, 6), (7, 6), (8, 5), (13, 5), (14, 4), (27, 4), (28, 3), (400, 3), (None, 6)]
)
def test_the_borders_of_the_gaps(gap: int | None, rule: int) -> None:
    assert gate(signs=False, before=5, gap_days=gap).rule == rule
    assert gate(signs=False, before=6, gap_days=gap).rule == 2
    assert gate(signs=True, before=6, gap_days=gap).rule == 1


# --- invariants over all inputs ------------------------------------------------------------------------------

pain = st.one_of(st.none(), st.integers(0, 10))
answers = st.builds(
    Answers,
    before=pain,
    during=pain,
    after=pain,
    target=st.integers(5, 20),
    ran=st.sampled_from([None, "no", "easy", "hard"]),
    sharp=st.sampled_from([None, True, False]),
    stopped=st.booleans(),
    form=st.sampled_from([None, "good", "good", "shaky", "lost"]),
    done=st.sampled_from([0.0, 0.3, 0.5, 0.79, 0.8, 0.99, 1.0, 1.0]),
    confirmed=st.sampled_from([True, True, False]),
    signs=st.sampled_from([False, False, False, True]),
)
calm = st.builds(
    Answers, before=st.integers(0, 3), during=st.integers(0, 4), after=st.integers(0, 3), target=st.just(20)
)
places = st.builds(
    Place,
    hi=st.sampled_from([15, 20]),
    next_lo=st.just(15),
    holds=st.booleans(),
    loaded=st.booleans(),
    last_step=st.booleans(),
    next_adds_weight=st.booleans(),
    next_needs=st.sampled_from(["", "a loop band"]),
    easing=st.sampled_from(Easing),
)
either = st.one_of(answers, calm)
pasts = st.builds(
    Past,
    earlier=st.lists(either, max_size=2).map(tuple),
    second_stop=st.booleans(),
    pain_free_days=st.integers(0, 400),
    pain_free_sessions=st.integers(0, 5),
    stepped_up=st.booleans(),
)
lines = st.sampled_from([EVIDENCE, PAIN_FREE])


@settings(max_examples=1500, deadline=None)
@given(now=either, place=places, past=pasts, line=lines)
def test_progress_is_earned(now: Answers, place: Place, past: Past, line: Any) -> None:
    judgement = judge(now, place, past, line)
    if judgement.decision is Decision.PROGRESS:
        assert None not in (now.before, now.during, now.after, now.form)
        assert now.confirmed
        assert now.form == "good"
        assert now.done >= 1
        assert (now.after or 0) <= (now.before or 0)
        assert not now.signs
        assert not now.sharp
        assert (now.during or 0) <= 3
        assert judgement.move in (Move.TARGET, Move.NEXT_STEP)
    if judgement.move is Move.NEXT_STEP:
        assert line.is_green(now.during)
        assert not (place.next_adds_weight and past.pain_free_days < 7)
        assert not past.stepped_up


@settings(max_examples=1500, deadline=None)
@given(now=either, place=places, past=pasts, line=lines)
def test_red_or_sharp_is_always_a_stop(now: Answers, place: Place, past: Past, line: Any) -> None:
    judgement = judge(now, place, past, line)
    open_stop = now.stopped and (now.sharp is None or now.during is None)
    if now.sharp or (now.during or 0) >= line.red or open_stop or now.signs:
        assert judgement.decision is Decision.STOP
    else:
        assert judgement.decision is not Decision.STOP
    assert judgement.pauses is (judgement.rule == 2)


@settings(max_examples=1500, deadline=None)
@given(now=either, place=places, past=pasts, line=lines)
def test_every_reason_is_one_short_sentence(now: Answers, place: Place, past: Past, line: Any) -> None:
    judgement = judge(now, place, past, line)
    assert one_short_sentence(judgement.reason)
    assert judge(now, place, past, line) == judgement
    if judgement.move is Move.TARGET:
        assert_moves_the_right_way(judgement, now)


def assert_moves_the_right_way(judgement: Judgement, now: Answers) -> None:
    assert judgement.target is not None
    if judgement.decision is Decision.PROGRESS:
        assert judgement.target > now.target
    else:
        assert judgement.target < now.target


def one_short_sentence(reason: str) -> bool:
    return len(reason) < 140 and reason.endswith(".") and reason.count(".") == 1 and "!" not in reason


@given(
    signs=st.booleans(),
    before=pain,
    gap=st.one_of(st.none(), st.integers(0, 4000)),
    easing=st.sampled_from(Easing),
    holds=st.booleans(),
)
def test_the_gate_stops_after_any_gap(
    signs: bool, before: int | None, gap: int | None, easing: Easing, holds: bool
) -> None:
    result = gate(signs=signs, before=before, gap_days=gap, easing=easing, holds=holds)
    assert one_short_sentence(result.reason)
    assert result.stops is (signs or (before is not None and before >= 6))


# --- it hurts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sharp", "pain_now", "choices"),
    [
        (True, 0, (SKIP, END)),
        (False, 6, (SKIP, END)),
        (None, 1, (SKIP, END)),
        (False, None, (SKIP, END)),
        (None, None, (SKIP, END)),
        (False, 5, (EASIER, SKIP, END)),
        (False, 3, (EASIER, SKIP, END)),
        (False, 2, (GO_ON, EASIER, SKIP, END)),
    ],
)
def test_what_it_hurts_leaves_open(
    sharp: bool | None, pain_now: int | None, choices: tuple[str, ...]
) -> None:
    result = after_hurt(sharp, pain_now, EVIDENCE)
    assert result.choices == choices
    assert result.pain_stop is (choices == (SKIP, END))
    assert EASIER not in after_hurt(sharp, pain_now, EVIDENCE, Easing.THIRD).choices


@given(sharp=st.sampled_from([None, True, False]), pain_now=pain, line=lines, easing=st.sampled_from(Easing))
def test_the_moment_and_the_judgement_agree(
    sharp: bool | None, pain_now: int | None, line: Any, easing: Easing
) -> None:
    result = after_hurt(sharp, pain_now, line, easing)
    assert one_short_sentence(result.reason)
    now = Answers(1, pain_now, None, 15, sharp=sharp, stopped=True)
    judgement = judge(now, replace(REPS_15_20, easing=easing), Past(), line)
    assert result.pain_stop is (judgement.decision is Decision.STOP)
    if result.pain_stop:
        assert result.reason == judgement.reason
