"""What should be heard or flashed, as data. `Session.advance` returns cues; whoever drives it plays them."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class CueKind(StrEnum):
    """The 13 cue sounds; the value is the name of the file in assets/sounds."""

    COUNTDOWN = "countdown"  # three, two, one before something changes
    GO = "go"  # work begins
    TICK = "tick"  # a second of tempo; never a bell
    REP = "rep"  # a repetition was counted; never a bell
    HOLD_START = "hold_start"
    HOLD_END = "hold_end"
    HALFWAY = "halfway"  # half of a hold of 20 s or more
    TEN_SECONDS = "ten_seconds"  # ten seconds of rest are left
    SWITCH = "switch"  # change sides
    REST = "rest"  # a rest, or a countdown that no rest leads to, begins
    SET_DONE = "set_done"
    SESSION_DONE = "session_done"
    ATTENTION = "attention"  # the screen wants you: a pause by a gap, a question, an error


class Cue(Struct, frozen=True):
    """One cue, due at `due` seconds on the driver's session clock. `say` is a short sentence for the voice.

    A driver drops a cue that is more than 250 ms late: a late beep is worse than none.
    """

    kind: CueKind
    due: float
    say: str = ""
