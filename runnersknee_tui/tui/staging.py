"""From a session's view to its big picture and the lines of text around it. Pure; the screen only shows it."""

from __future__ import annotations

from dataclasses import dataclass

from runnersknee_tui.core.session import State
from runnersknee_tui.core.timeline import StepKind
from runnersknee_tui.core.view import FINE, SessionView
from runnersknee_tui.picture.scene import Full, Pose, Tone, Working

MOST_PIPS = 30
"""More repetitions than this are not told apart as pips."""


@dataclass(frozen=True, slots=True)
class Staged:
    """One picture and its lines: `where` stands above it, `advice` and `coming` below."""

    scene: Working | Full
    where: str
    clock: str
    advice: str
    coming: str


def stage(view: SessionView) -> Staged:
    """What the session screen shows for a view."""
    scene = _working(view) if view.works and view.state is not State.PAUSED else _full(view)
    return Staged(scene, _where(view), _clock(view), _advice(view), _coming(view))


def _working(view: SessionView) -> Working:
    holds = view.kind is StepKind.ISOMETRIC
    by_reps = view.reps is not None and view.reps <= MOST_PIPS
    return Working(
        tone=Tone.HOLD if holds else Tone.WORK,
        word=view.label.upper(),
        progress=view.phase_progress,
        number=str(view.seconds_left if holds and view.seconds_left is not None else view.rep or view.set),
        caption=_caption(view, holds),
        pips=view.reps or 0 if by_reps else view.sets,
        done=((view.rep or 1) if by_reps else view.set) - 1,
        pose=Pose(view.figure, view.pose, view.goal, view.side),
    )


def _caption(view: SessionView, holds: bool) -> str:
    if holds and view.seconds_left is not None:
        return "SEC"
    return f"OF {view.reps or view.sets}"


def _full(view: SessionView) -> Full:
    tone, word = _moment(view)
    still = view.state in (State.PAUSED, State.WAITING, State.DONE)
    title = view.name.upper()
    return Full(
        tone=tone,
        word=word,
        number="" if still or view.seconds_left is None else str(view.seconds_left),
        left=1 - view.phase_progress / FINE if view.kind is not StepKind.ASK else 1.0,
        label=view.side.upper() if view.side else "NEXT",
        title=title,
        pose=Pose(view.figure, view.pose, view.goal, view.side),
    )


def _moment(view: SessionView) -> tuple[Tone, str]:
    match view.state:
        case State.PAUSED:
            return Tone.PAUSED, "PAUSED"
        case State.WAITING:
            return Tone.WAITING, "READY?"
        case State.DONE:
            return Tone.DONE, "DONE"
        case State.LEAD_IN:
            return Tone.READY, "GET READY"
    match view.kind:
        case StepKind.REST:
            return Tone.REST, "REST"
        case StepKind.SWITCH:
            return Tone.SWITCH, "SWITCH SIDES"
    return Tone.READY, "GET READY"


def _where(view: SessionView) -> str:
    side = f" · {view.side.upper()}" if view.side else ""
    rep = f" · rep {view.rep} of {view.reps}" if view.rep is not None and view.works else ""
    last = " (last)" if view.last_set and view.sets > 1 else ""
    return f"{view.name}{side} · set {view.set} of {view.sets}{last}{rep}"


def _clock(view: SessionView) -> str:
    return f"{view.minutes_left} min left" if view.minutes_left != 1 else "1 min left"


def _advice(view: SessionView) -> str:
    if view.works and view.state is not State.PAUSED:
        return view.cue
    if view.kind is StepKind.SWITCH and view.turn:
        return f"{view.turn} {view.stance}"
    return view.stance or view.start


def _coming(view: SessionView) -> str:
    match view.state:
        case State.PAUSED:
            return "space goes on"
        case State.WAITING:
            return "any key goes on"
    if view.works:
        return f"then: {view.next[:1].lower()}{view.next[1:]}" if view.next else ""
    if view.last_half:
        return f"↑ ↓ correct {view.last_half}"
    return "starts by itself"
