"""What is judged, and how: a figure against its goal, always by medians of runs that took turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median

from msgspec import Struct

Sample = Mapping[str, float]
"""The figures of one run, by name."""


class Result(Struct, frozen=True):
    """One line of the table. `value` is what is judged: a ratio to `against`, or a figure in `unit`."""

    goal: str
    value: float
    limit: float
    unit: str = "x"
    measured: str = ""  # the figures behind a ratio
    judged: bool = True  # False: told for comparison

    @property
    def met(self) -> bool:
        return self.value <= self.limit


class Effort(Struct, frozen=True):
    """How thoroughly to measure: `rounds` of each thing and windows of so many `seconds`."""

    rounds: int = 7
    seconds: float = 10.0


def take_turns(
    runs: Mapping[str, Callable[[], Sample]], rounds: int, warm_up: int = 1
) -> dict[str, list[Sample]]:
    """Run everything once a round, so that a noisy machine is noisy to all alike. The first rounds only warm up."""
    samples: dict[str, list[Sample]] = {name: [] for name in runs}
    for number in range(rounds + warm_up):
        for name, run in runs.items():
            sample = run()
            if number >= warm_up:
                samples[name].append(sample)
    return samples


def middle(samples: Sequence[Sample], figure: str) -> float:
    """The median of one figure."""
    return median(sample[figure] for sample in samples)


def ratio(samples: Sequence[Sample], against: Sequence[Sample], figure: str) -> float:
    """The median of the rounds' own ratios."""
    return median(
        one[figure] / other[figure] for one, other in zip(samples, against, strict=True) if other[figure]
    )


def compared(
    goal: str,
    samples: Mapping[str, Sequence[Sample]],
    names: tuple[str, str],
    figure: tuple[str, str],
    limit: float,
    *,
    judged: bool = True,
) -> Result:
    """`names[0]` against `names[1]` by a figure, given with its unit."""
    one, other = (samples[name] for name in names)
    key, unit = figure
    told = f"{middle(one, key):.4g} {unit} against {middle(other, key):.4g}"
    return Result(goal, ratio(one, other, key), limit, measured=told, judged=judged)


def both(
    goal: str,
    samples: Mapping[str, Sequence[Sample]],
    names: tuple[str, str],
    limit: float,
    *,
    figure: str = "",
    judged: bool = True,
) -> Iterator[Result]:
    """By the clock on the wall, which is judged, and by the processor's, which a busy machine disturbs less."""
    begun = f"{figure}_" if figure else ""
    yield compared(goal, samples, names, (f"{begun}ms", "ms"), limit, judged=judged)
    yield compared("processor time of it", samples, names, (f"{begun}cpu_ms", "ms"), limit, judged=False)
