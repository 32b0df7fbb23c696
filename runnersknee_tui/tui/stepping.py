"""One step to the left or right of a value: the next choice, or a little more or less."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from runnersknee_tui.core.settings import Setting

STEPS = {"volume": 5, "minutes": 5, "rest_scale": 0.1}
"""By setting, how far one step of a number goes; 1 where nothing is said."""


def next_choice(choices: Sequence[str], now: str | None, by: int) -> str:
    """The choice `by` places on, round the end; the first or last one from none."""
    if now not in choices:
        return choices[0 if by > 0 else -1]
    return choices[(choices.index(now) + by) % len(choices)]


def next_number(now: float, by: int, step: float, lo: float, hi: float) -> float:
    """The next multiple of `step` up or down, between `lo` and `hi`, clear of binary dust."""
    multiple = round(now / step, 6)
    target = (multiple // 1 + 1 if by > 0 else -(-multiple // 1) - 1) * step
    return round(min(max(target, lo), hi), 3)


def step(setting: Setting, now: Any, by: int) -> Any:
    """The value one step on; None for kinds that have no order (lists, texts, tables)."""
    if setting.kind == "bool":
        return not now
    if setting.kind == "choice":
        return next_choice(setting.choices, now, by)
    if setting.kind in ("int", "float"):
        value = next_number(now, by, STEPS.get(setting.key, 1), setting.lo, setting.hi)
        return int(value) if setting.kind == "int" else value
    return None
