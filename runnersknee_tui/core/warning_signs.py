"""The warning signs that send a runner to a clinician before training: evidence.md, section 5, as data.

They are asked before the very first session of any kind, every week, after any stop and after four weeks away.
A ticked sign pauses every kind of session until a clinician has cleared the runner.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

EMERGENCY_WORDS = "Get medical help today."
CLINICIAN_WORDS = "See a clinician before you train on."
PAUSED_WORDS = "Every session is paused until a clinician has looked at the knee."


class WarningSign(Struct, frozen=True):
    """One question, answered yes or no. `emergency`: not to wait until tomorrow. `given`: False where it is ours."""

    id: str
    words: str
    emergency: bool = False
    given: bool = True


WARNING_SIGNS: tuple[WarningSign, ...] = (
    WarningSign("hot-and-ill", "The knee is hot, red and swollen, and you feel ill or feverish.", emergency=True),
    WarningSign("cannot-bear-weight", "You cannot put weight on the leg, or cannot move the knee.", emergency=True),
    WarningSign("deformed", "The knee changed its shape in an injury.", emergency=True),
    WarningSign("badly-swollen", "The knee is badly swollen.", emergency=True),
    WarningSign("locked", "The knee locks and will not straighten.", emergency=True),
    WarningSign("calf-or-breath", "Your calf is swollen and sore, or you are short of breath.", emergency=True, given=False),
    WarningSign("giving-way", "The knee gives way and makes you fall."),
    WarningSign("swelling", "The knee swells."),
    WarningSign("injury", "It began with a twist, a fall or a blow."),
    WarningSign("night-or-rest", "It hurts without a break at night or at rest."),
    WarningSign("resting-six", "Resting, it hurts 6 out of 10 or more.", given=False),
    WarningSign("rapidly-worse", "It is getting worse fast."),
    WarningSign("weight-loss", "You lose weight and do not know why."),
    WarningSign("cancer", "You have, or have had, cancer.", given=False),
    WarningSign("surgery", "The knee was operated on not long ago.", given=False),
    WarningSign("groin-or-thigh", "It hurts in the groin or the thigh.", given=False),
    WarningSign("bone-point", "One fingertip can point to the pain, and it is on a bone.", given=False),
)  # fmt: skip
"""In the order of the screen: what cannot wait comes first."""

EMERGENCIES = frozenset(sign.id for sign in WARNING_SIGNS if sign.emergency)


def advice(ticked: Iterable[str]) -> str | None:
    """What to say about the ticked signs; None where none is ticked. An unknown id counts as a sign."""
    signs = set(ticked)
    if not signs:
        return None
    return EMERGENCY_WORDS if signs & EMERGENCIES else CLINICIAN_WORDS
