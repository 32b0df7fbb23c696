"""The kit that exercises ask for. Apart from the model, so that the settings need not load that."""

from __future__ import annotations

from collections.abc import Mapping

KIT: Mapping[str, str] = {
    "bench": "bench or chair",
    "trx": "TRX handles",
    "step": "step",
    "band": "loop band",
    "roll": "towel roll",
    "ankle-weight": "ankle weight",
    "dumbbell": "dumbbell",
}
"""Ids of kit and the words for them. A form with no equipment needs a floor and nothing else."""
