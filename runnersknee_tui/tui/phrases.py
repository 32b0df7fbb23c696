"""Values as short words for people: days, lengths, amounts of work."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from runnersknee_tui.core.model import KIT, Sides, Span
from runnersknee_tui.core.timeline import Item

TIMES = "\N{MULTIPLICATION SIGN}"
DOT = " \N{MIDDLE DOT} "


def day(on: date, today: date) -> str:
    """ "today", "yesterday", "Monday" within a week, else "Tue 9 Jun", with the year where it is another."""
    ago = (today - on).days
    if ago in (0, 1):
        return ("today", "yesterday")[ago]
    if 1 < ago < 7:
        return f"{on:%A}"
    return short_day(on) if on.year == today.year else f"{short_day(on)} {on.year}"


def short_day(on: date) -> str:
    """ "Tue 9 Jun"."""
    return f"{on:%a} {on.day} {on:%b}"


def minutes(seconds: float) -> str:
    """Time that something will take, rounded up to whole minutes: "32 min"."""
    return f"{math.ceil(round(seconds / 60, 2))} min"


def length(seconds: float) -> str:
    """Time that was spent, in whole minutes: "24 min"; below one minute "40 s"."""
    return f"{round(seconds)} s" if seconds < 60 else f"{round(seconds / 60)} min"


def count(number: int, one: str, many: str = "") -> str:
    """ "1 exercise", "3 exercises"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def span(values: Span) -> str:
    """ "8" or "8-12", with an en dash."""
    return f"{values.lo:g}" if values.fixed else f"{values.lo:g}\N{EN DASH}{values.hi:g}"


def amount(item: Item) -> str:
    """What an item of a plan asks for: "3 x 12 each side", "2 x 30 s"."""
    asked = item.prescription
    work = f"{asked.hold_s or 0:g} s" if asked.reps is None else str(asked.reps)
    each = "" if item.form.sides is Sides.BOTH else " each side"
    if asked.sides is not None:
        each = f" {asked.sides}"
    return f"{asked.sets} {TIMES} {work}{each}"


def kit(forms_kit: Iterable[str]) -> str:
    """ "loop band, step", each once; empty where a floor is enough."""
    return ", ".join(dict.fromkeys(KIT.get(name, name) for name in forms_kit))
