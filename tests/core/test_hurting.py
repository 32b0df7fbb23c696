"""It hurts: what the answers leave, what they put into the record, and what is spared for the rest."""

from __future__ import annotations

import pytest

from runnersknee_tui.core.assessment import EVIDENCE
from runnersknee_tui.core.gate import EASIER, END, GO_ON, SKIP
from runnersknee_tui.core.hurting import Hurting, choice_words
from runnersknee_tui.core.model import KIT
from runnersknee_tui.core.record import Knees
from runnersknee_tui.core.session import Session, State
from runnersknee_tui.core.timeline import compile_routine
from tests.shipped import shipped


def stopped(
    routine: str = "prehab", at: float = 20.0, kit: frozenset[str] = frozenset(KIT)
) -> tuple[Session, Hurting]:
    """A session in which x was pressed."""
    catalogue = shipped()
    session = Session(compile_routine(catalogue.routines[routine], catalogue, questions=False), 0.0)
    session.hurts(at)
    return session, Hurting(session, EVIDENCE, kit, catalogue)


def test_open_questions_leave_only_leaving() -> None:
    _, hurting = stopped()
    after = hurting.after(None, Knees())
    assert after.choices == (SKIP, END)
    assert after.pain_stop


def test_green_pain_leaves_the_choice() -> None:
    _, hurting = stopped()
    assert hurting.after(False, Knees(2, None)).choices == (GO_ON, EASIER, SKIP, END)


def test_the_answers_stand_with_the_exercise() -> None:
    session, hurting = stopped()
    hurting.answer(False, Knees(3, 1))
    said = session.credit.reply(hurting.number)
    assert (said.sharp, said.during, said.stopped) == (False, Knees(3, 1), True)


def test_going_on_takes_the_stop_back() -> None:
    session, hurting = stopped()
    hurting.command(GO_ON)(25.0)
    assert not session.credit.reply(hurting.number).stopped
    assert session.state is State.LEAD_IN


def test_one_step_easier_is_a_second_entry_of_the_same_exercise() -> None:
    session, hurting = stopped()
    assert hurting.easier is not None
    hurting.command(EASIER)(25.0)
    assert session.plan.items[hurting.number + 1].exercise.id == hurting.item.exercise.id
    assert session.plan.items[hurting.number + 1].name == hurting.easier.name


def test_after_a_pain_stop_no_loaded_exercise_follows() -> None:
    session, hurting = stopped()
    hurting.spare()
    hurting.command(SKIP)(25.0)
    worked = set()
    while session.state is not State.DONE:
        assert session.item is not None
        worked.add(session.item.exercise.id)
        session.next(26.0)
    assert "step-down" not in worked
    assert "glute-bridge" in worked


def test_an_unknown_choice_ends_the_session() -> None:
    session, hurting = stopped()
    hurting.command("dance")(25.0)
    assert (session.state, session.end_reason) == (State.DONE, "pain")


def test_at_the_bottom_of_the_ladder_nothing_is_easier() -> None:
    _, hurting = stopped("flare")
    assert hurting.easier is None
    assert EASIER not in hurting.after(False, Knees(1, None)).choices
    assert choice_words(None)[EASIER] == ""


def test_a_session_that_is_over_cannot_hurt() -> None:
    session, _ = stopped()
    session.finish(30.0, "quit")
    with pytest.raises(ValueError, match="no exercise"):
        Hurting(session, EVIDENCE, frozenset(KIT), shipped())
