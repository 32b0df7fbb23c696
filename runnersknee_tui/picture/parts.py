"""The parts of a body: between which joints they lie and how thick they are, in centimetres."""

from __future__ import annotations

from typing import NamedTuple


class Part(NamedTuple):
    """A tapered limb from joint `a` to joint `b`, radii at both."""

    a: str
    b: str
    radius_a: float
    radius_b: float


PARTS: dict[str, Part] = {
    "uarm_f": Part("shoulder_f", "elbow_f", 4.8, 4.0),
    "farm_f": Part("elbow_f", "wrist_f", 4.0, 3.2),
    "thigh_f": Part("hip_f", "knee_f", 8.2, 6.0),
    "shin_f": Part("knee_f", "ankle_f", 5.7, 3.9),
    "foot_f": Part("ankle_f", "toe_f", 3.9, 2.9),
    "neck": Part("neck", "shoulder", 4.6, 5.4),
    "torso": Part("shoulder", "hip", 9.8, 9.0),
    "thigh_n": Part("hip", "knee_n", 8.4, 6.2),
    "shin_n": Part("knee_n", "ankle_n", 5.9, 4.0),
    "foot_n": Part("ankle_n", "toe_n", 4.0, 2.9),
    "uarm_n": Part("shoulder", "elbow_n", 5.0, 4.1),
    "farm_n": Part("elbow_n", "wrist_n", 4.1, 3.3),
}

GROUPS: dict[str, tuple[str, ...]] = {
    "arm_f": ("uarm_f", "farm_f"),
    "leg_f": ("foot_f", "shin_f", "thigh_f"),
    "torso": ("neck", "torso"),
    "head": (),
    "leg_n": ("foot_n", "shin_n", "thigh_n"),
    "arm_n": ("uarm_n", "farm_n"),
}
"""Parts that share one dark outline, drawn together."""

HEAD = 11.5
"""Radius of the head."""

CORNER = 6.5
"""How far flesh reaches beyond shoulders and hips where the trunk is seen from the front."""
