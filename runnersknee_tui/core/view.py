"""What a screen draws: one frozen view of a session, rounded to what an eye sees, so equal views cost nothing."""

from __future__ import annotations

import math

from msgspec import Struct

from runnersknee_tui.core.credit import set_record
from runnersknee_tui.core.model import PhaseKind, Side
from runnersknee_tui.core.session import Session, State
from runnersknee_tui.core.timeline import Half, Item, Step, StepKind

POSES = 24
"""Steps of a figure's movement from pose 0 to pose 1."""
FINE = 48
"""Steps of a phase's or a session's progress."""


class SessionView(Struct, frozen=True):
    """Everything there is to see at one instant. Words are ready to show, numbers are whole.

    `seconds_left` is None in an open-ended step. `phase_progress` and `session_progress` are 0-FINE, `pose` is
    0-POSES and `goal` the pose the movement goes to (None while nothing moves). `exercise` and what follows it
    speak of the exercise being worked, or in a countdown, rest or switch of the one to come.
    """

    state: State
    kind: StepKind
    label: str
    seconds_left: int | None
    phase_progress: int
    pose: int
    goal: int | None
    rep: int | None
    reps: int | None
    set: int
    sets: int
    last_set: bool
    side: Side | None
    exercise: str
    name: str
    figure: str | None
    cue: str
    stance: str
    turn: str
    start: str
    next: str
    adjustable: bool
    last_half: str  # what the half just done counted, where it can be corrected; else empty
    session_progress: int
    minutes_left: int

    @property
    def works(self) -> bool:
        """Whether the body works now: not in a lead-in, a countdown, a rest or a question."""
        return self.kind.works and self.state in (State.RUNNING, State.PAUSED)


def view_of(session: Session) -> SessionView:
    """The view of a session that is not a question (those have screens of their own)."""
    step, half, item = session.step, session.half, session.item
    assert half is not None
    assert item is not None
    form = item.form
    total = session.active_s + session.remaining_s
    fraction = _fraction(session)
    pose, goal = _pose(step, item, fraction)
    return SessionView(
        state=session.state,
        kind=step.kind,
        label=step.label,
        seconds_left=_seconds_left(session),
        phase_progress=round(fraction * FINE),
        pose=pose,
        goal=goal,
        rep=step.rep,
        reps=half.reps,
        set=half.set,
        sets=half.sets,
        last_set=half.last_set,
        side=step.side,
        exercise=item.exercise.id,
        name=item.name,
        figure=form.figure,
        cue=form.cue,
        stance=form.stance_for(half.side),
        turn=form.turn,
        start=form.start,
        next=step.next,
        adjustable=session.can_adjust,
        last_half=_last_half(session),
        session_progress=round(session.active_s / total * FINE) if total else FINE,
        minutes_left=math.ceil(round(session.remaining_s / 60, 2)),
    )


def _seconds_left(session: Session) -> int | None:
    if session.state is State.LEAD_IN:
        return math.ceil(round(session.lead_in_left, 3))
    seconds = session.seconds
    return None if seconds is None else math.ceil(round(max(seconds - session.position, 0.0), 3))


def _fraction(session: Session) -> float:
    seconds = session.seconds
    if not seconds:
        return 0.0
    return min(max(session.position / seconds, 0.0), 1.0)


def _pose(step: Step, item: Item, fraction: float) -> tuple[int, int | None]:
    """Pose 0 is where the concentric starts, pose 1 where it ends; an isometric keeps the last pose.

    A squeeze (repetitions without a movement) stays in pose 0; a set that is one hold is all in pose 1.
    """
    phases = [phase.kind for phase in item.form.phases]
    moves = [kind for kind in phases if kind is not PhaseKind.ISOMETRIC]
    if not moves:
        return (0 if item.prescription.reps is not None else POSES), None
    if not step.kind.works:
        return (0, POSES) if moves[0] is PhaseKind.CONCENTRIC else (POSES, 0)
    eased = round(fraction * fraction * (3 - 2 * fraction) * POSES)
    if step.kind is StepKind.CONCENTRIC:
        return eased, POSES
    if step.kind is StepKind.ECCENTRIC:
        return POSES - eased, 0
    held = phases.index(PhaseKind.ISOMETRIC)
    return (0 if held and phases[held - 1] is PhaseKind.ECCENTRIC else POSES), None


def _last_half(session: Session) -> str:
    half = session.last_half
    return "" if half is None else half_words(half, session)


def half_words(half: Half, session: Session) -> str:
    """ "Glute bridge: 9 of 10" or "Plank: 28 of 30 s"."""
    name = session.plan.items[half.item].name
    done = set_record(half, half.rows[0], session.credit)
    if half.reps is None:
        return f"{name}: {done.held_s:.0f} of {half.hold_s or 0:g} s"
    return f"{name}: {done.reps} of {half.reps}"
