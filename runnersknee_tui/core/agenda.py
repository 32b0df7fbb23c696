"""One day of the programme as data: every exercise with its state and reasons, the session, and what is said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from runnersknee_tui.core.assessment import Decision
from runnersknee_tui.core.due import Due
from runnersknee_tui.core.gate import Gate
from runnersknee_tui.core.growth import Offer
from runnersknee_tui.core.model import Prescription
from runnersknee_tui.core.programme import Key


class Item(Struct, frozen=True):
    """One dose of the programme on this day. `choices` are the user's overrides, by their word."""

    key: Key
    name: str
    active: bool
    state: Due
    reason: str
    prescription: Prescription
    decision: Decision | None
    why: str
    choices: Mapping[str, Prescription]
    locked: bool = False
    paused: bool = False


class Today(Struct, frozen=True):
    """A day of the programme. `session` is in order and fits the minutes; `notices` say what does not."""

    day: date
    programme: str
    items: tuple[Item, ...]
    session: tuple[Prescription, ...]
    seconds: float
    stop: Gate | None = None  # a warning sign, or a knee at 6 or more
    notices: tuple[str, ...] = ()
    nudges: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    next_due: date | None = None  # where nothing is left for today


def today_json(day: Today) -> dict[str, Any]:
    """The document of `today --json`."""
    return {
        "date": day.day.isoformat(),
        "programme": day.programme,
        "exercises": [
            {
                "id": item.key.exercise,
                "dose": item.key.dose,
                "active": item.active,
                "state": item.state.value,
                "reason": item.reason,
                "prescription": {
                    "ladder_step": item.prescription.ladder_step,
                    "sets": item.prescription.sets,
                    "reps": item.prescription.reps,
                    "hold_s": item.prescription.hold_s,
                },
                "decision": None if item.decision is None else item.decision.value,
                "why": item.why,
            }
            for item in day.items
        ],
        "session": [f"{asked.exercise}/{asked.dose}" for asked in day.session],
        "seconds": day.seconds,
        "nudges": [*day.nudges, *day.notices],
    }
