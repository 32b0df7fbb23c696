"""From a session's view to its big picture and the lines of text around it. Pure; the screen only shows it."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from runnersknee_tui.core.session import State
from runnersknee_tui.core.timeline import StepKind
from runnersknee_tui.core.view import FINE, POSES, SessionView
from runnersknee_tui.picture.scene import Full, Pose, Tone, Working
from runnersknee_tui.tui.widgets.status_line import Words

MOST_PIPS = 30
"""More repetitions than this are not told apart as pips."""


class Staged(Struct, frozen=True):
    """One picture and its lines: where the session stands (long and short) above it, the others below."""

    scene: Working | Full
    long: Words
    short: Words
    tiny: str  # for a terminal that is too small for anything else
    progress: float  # 0 to 1 through the session
    advice: str
    coming: str


def stage(view: SessionView, *, animated: bool = True) -> Staged:
    """What the session screen shows for a view. Not animated, a figure stands where its phase begins and its
    ghost and arrow tell where it goes.
    """
    if not animated and view.goal is not None:
        view = replace(view, pose=POSES - view.goal)
    scene = _working(view) if view.works and view.state is not State.PAUSED else _full(view)
    return Staged(
        scene,
        Words(view.name, _where(view), f"{view.minutes_left} min left"),
        Words(view.name, _where_short(view), f"{view.minutes_left} min"),
        _tiny(view),
        view.session_progress / FINE,
        _advice(view),
        _coming(view),
    )


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
    return Full(
        tone=tone,
        word=word,
        number="" if still or view.seconds_left is None else str(view.seconds_left),
        left=1 - view.phase_progress / FINE if view.kind is not StepKind.ASK else 1.0,
        label=view.name.upper() if view.side else "NEXT",
        title=_side_words(view) or view.name.upper(),
        pose=Pose(view.figure, view.pose, view.goal, view.side),
    )


def _side_words(view: SessionView) -> str:
    """The working side in two words at most, for letters that are read from the floor: "LEFT FOOT"."""
    if view.side is None:
        return ""
    side = view.side.upper()
    part = re.search(rf"\b{side} ([A-Z]{{3,5}})\b", view.stance)
    return f"{side} {part[1]}" if part else side


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
    return f"{side} · set {view.set} of {view.sets}{last}{rep}"


def _where_short(view: SessionView) -> str:
    side = f" {view.side[0].upper()}" if view.side else ""
    rep = f" rep {view.rep}/{view.reps}" if view.rep is not None and view.works else ""
    return f"{side} set {view.set}/{view.sets}{rep}"


def _tiny(view: SessionView) -> str:
    """ "LIFT 7/12 2 s"."""
    rep = f" {view.rep}/{view.reps}" if view.rep is not None and view.works else ""
    seconds = "" if view.seconds_left is None else f" {view.seconds_left} s"
    return f"{_moment(view)[1] if not view.works else view.label.upper()}{rep}{seconds}"


def _advice(view: SessionView) -> str:
    if view.works and view.state is not State.PAUSED:
        return view.cue
    return view.stance or view.start


def _coming(view: SessionView) -> str:
    match view.state:
        case State.PAUSED:
            return "space goes on"
        case State.WAITING:
            return "any key goes on"
    if view.works:
        return f"→ {view.next.partition(', set ')[0].lower()}" if view.next else ""
    if view.kind is StepKind.SWITCH and view.turn:
        return view.turn
    if view.last_half:
        return f"Last set: {view.last_half}. ↑ ↓ correct it"
    return "Starts by itself"
