"""Fit a routine to the minutes there are: fewer repetitions or sets, then fewer exercises; and say what went."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from runnersknee_tui.core.timeline import Item

Seconds = Callable[[Sequence[Item]], float]
"""Honest seconds of a list of exercises: the sum of their compiled plan."""

FEWEST_REPS = 8
"""A pre-run activation does not go below this many repetitions (contract, `prerun`)."""


class Fitted(Struct, frozen=True):
    """What fits, and one sentence for each thing that was made shorter or left out."""

    items: tuple[Item, ...]
    left_out: tuple[str, ...]
    seconds: float


def fit_sets(items: Sequence[Item], minutes: float, seconds: Seconds) -> Fitted:
    """One set fewer, from the longest exercise on, never below one; then fewer exercises, from the last on.

    At least one exercise stays, even where it takes longer than `minutes`.
    """
    kept = list(items)
    limit = minutes * 60
    while seconds(kept) > limit:
        longest = max(
            (index for index, item in enumerate(kept) if item.prescription.sets > 1),
            key=lambda index: (seconds([kept[index]]), -index),
            default=None,
        )
        if longest is None:
            break
        kept[longest] = _with(kept[longest], sets=kept[longest].prescription.sets - 1)
    return _fewer_exercises(items, kept, limit, seconds)


def fit_reps(items: Sequence[Item], minutes: float, seconds: Seconds) -> Fitted:
    """Fewer repetitions, not below eight, then fewer exercises, never the last one (contract, `prerun`)."""
    kept = list(items)
    limit = minutes * 60
    while seconds(kept) > limit:
        most = max(
            (index for index, item in enumerate(kept) if (item.prescription.reps or 0) > FEWEST_REPS),
            key=lambda index: (kept[index].prescription.reps or 0, -index),
            default=None,
        )
        if most is None:
            break
        kept[most] = _with(kept[most], reps=(kept[most].prescription.reps or 0) - 1)
    return _fewer_exercises(items, kept, limit, seconds)


def _fewer_exercises(asked: Sequence[Item], kept: list[Item], limit: float, seconds: Seconds) -> Fitted:
    while len(kept) > 1 and seconds(kept) > limit:
        kept.pop()
    length = seconds(kept)
    words = [*_shortened(asked, kept), *(f"{item.name} is left out." for item in asked[len(kept) :])]
    if length > limit:
        words.append(f"The shortest form still takes {minutes_words(length)}.")
    return Fitted(tuple(kept), tuple(words), length)


def _shortened(asked: Sequence[Item], kept: Sequence[Item]) -> list[str]:
    words = []
    for item, short in zip(asked, kept, strict=False):
        before, after = item.prescription, short.prescription
        if after.sets < before.sets:
            words.append(f"{item.name}: {after.sets} of {before.sets} sets.")
        if before.reps and after.reps and after.reps < before.reps:
            words.append(f"{item.name}: {after.reps} of {before.reps} reps.")
    return words


def _with(item: Item, **changes: int) -> Item:
    return replace(item, prescription=replace(item.prescription, **changes))


def minutes_words(seconds: float) -> str:
    """ "7 min", rounded up to the next half minute and honest: "7½ min"."""
    halves = -(-int(seconds) // 30)
    whole, half = divmod(halves, 2)
    return f"{whole or ''}{'½' if half else ''} min" if halves else "0 min"
