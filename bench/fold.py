"""Folding 10,000 parsed records against parsing them: the goal is at most 0.15 of the time of `json.loads`.

Run it: `python -m bench.fold`. The records are believable: five sessions a week of four or five exercises, some
sore days, a pain stop now and then, pre-runs between. Judging what the fold holds is timed with it.

The goal is about reading a history, so parsing keeps what it has read, as the fold needs it; the figures also give
the ratio against a loop that throws each record away, whose memory the processor's cache never loses sight of.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from statistics import median
from time import process_time
from typing import Any

from bench.goal import Effort, Result
from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.content.loader import load_catalogue
from runnersknee_tui.core.adaptation import standings
from runnersknee_tui.core.fold_back import fold
from runnersknee_tui.core.model import Catalogue, Sides
from runnersknee_tui.core.programme import Profile

GOAL = 0.15
SESSIONS = 10_000
PLAN = (
    ("straight-leg-raise", "rehab", 15, 20),
    ("glute-bridge", "rehab", 15, 20),
    ("clamshell", "rehab", 20, 25),
    ("short-arc-quad", "rehab", 20, 20),
    ("step-up", "rehab", 10, 15),
    ("plank", "rehab", 30, 60),
)


def _entry(
    rng: random.Random, row: tuple[str, str, int, int], soreness: int, catalogue: Catalogue
) -> dict[str, Any]:
    name, dose, lo, hi = row
    exercise = catalogue.exercises[name]
    target = rng.randint(lo, hi)
    holds = exercise.dose(dose).holds_only
    sides = (None,) if exercise.form.sides is Sides.BOTH else ("left", "right")
    pain = max(0, soreness + rng.choice((-1, 0, 0, 1)))
    stopped = rng.random() < 0.004
    return {
        "id": name,
        "name": exercise.name,
        "dose": dose,
        "ladder_step": None,
        "override": None,
        "target": {"sets": 3, "reps": None if holds else target, "hold_s": float(target) if holds else 2.0},
        "sets": [
            {"side": side, "reps": None if holds else target, "held_s": 30.0, "outcome": "done"}
            for _ in range(3)
            for side in sides
        ],
        "during": {"left": min(pain, 10), "right": None},
        "sharp": True if stopped else None,
        "stopped": stopped,
        "form": rng.choice(("good", "good", "good", "shaky")),
    }


def records(count: int, catalogue: Catalogue, seed: int = 1) -> list[str]:
    """The JSON texts of so many sessions, oldest first."""
    rng = random.Random(seed)
    day, texts, soreness = date(1990, 1, 1), [], 2
    for number in range(count):
        day += timedelta(days=rng.choice((1, 1, 1, 2)))
        soreness = min(max(soreness + rng.choice((-1, 0, 0, 1)), 0), 4)
        prerun = rng.random() < 0.15
        chosen = sorted(rng.sample(range(len(PLAN)), 2 if prerun else rng.choice((4, 5))))
        record = {
            "schema": 1, "id": f"{number:016x}", "rev": 1, "app": "0.1.0", "rehearsal": False,
            "status": "completed", "end_reason": "finished", "confirmed": True, "source": "app",
            "routine": {"id": "prerun" if prerun else "today", "title": "Today"},
            "started_at": f"{day}T07:01:12+01:00", "ended_at": f"{day}T07:22:40+01:00", "tz": "Europe/Berlin",
            "local_date": day.isoformat(), "active_s": 1210.2, "paused_s": 12.0, "clock_jump_s": 0.0,
            "check_in": {
                "before": {"left": soreness, "right": None}, "next_day": {"left": soreness, "right": None},
                "ran": rng.choice((None, "no", "easy")), "warning_signs": [] if number % 5 == 0 else None,
            },
            "exercises": [_entry(rng, PLAN[row], soreness, catalogue) for row in chosen],
            "note": "", "crc32": "00000000",
        }  # fmt: skip
        texts.append(json.dumps(record))
    return texts


def _seconds(work: Callable[[], object]) -> float:
    """Of the processor: what else the machine does is left out."""
    begun = process_time()
    work()
    return process_time() - begun


def _throw_away(texts: Sequence[str]) -> None:
    for text in texts:
        json.loads(text)


def run(count: int = SESSIONS, rounds: int = 5) -> dict[str, float]:
    """Seconds of parsing and of folding, and their ratios: the medians of paired rounds."""
    catalogue = load_catalogue(assets_dir()).catalogue
    texts = records(count, catalogue)
    parsed: Sequence[dict[str, Any]] = [json.loads(text) for text in texts]
    kept, thrown, folding = [], [], []
    for _ in range(rounds):
        kept.append(_seconds(lambda: [json.loads(text) for text in texts]))
        thrown.append(_seconds(lambda: _throw_away(texts)))
        folding.append(_seconds(lambda: standings(fold(parsed, catalogue), catalogue, Profile())))
    return {
        "parse_s": median(kept),
        "fold_s": median(folding),
        "ratio": median(fold_s / parse_s for fold_s, parse_s in zip(folding, kept, strict=True)),
        "goal": GOAL,
        "thrown_s": median(thrown),
        "thrown": median(fold_s / parse_s for fold_s, parse_s in zip(folding, thrown, strict=True)),
    }


def measure(effort: Effort) -> Iterator[Result]:
    """For `python -m bench`."""
    figures = run(rounds=min(effort.rounds, 5))
    told = (
        f"{figures['fold_s']:.3f} s against {figures['parse_s']:.3f} s of parsing "
        f"({figures['thrown']:.2f} of parsing with each record thrown away)"
    )
    yield Result(f"folding {SESSIONS:,} sessions", figures["ratio"], GOAL, measured=told)


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:>8} {value:.4f}")
