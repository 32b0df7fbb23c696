"""A body as joints and bones, and how it moves from one pose to another.

Joints are named as in anatomy with `_n` for the near and `_f` for the far side of the picture. Coordinates
are centimetres, x to the right and y up from the floor. Between two poses bones turn, they do not shrink:
angles are interpolated, not points, and a limb whose end is pinned to its place bends at its middle joint.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from msgspec import Struct, field

from runnersknee_tui.core.model import Side

Place = tuple[float, float]
Joints = Mapping[str, Place]

PARENTS: dict[str, str] = {
    "shoulder": "hip", "neck": "shoulder", "head": "neck", "shoulder_f": "shoulder", "hip_f": "hip",
    "elbow_n": "shoulder", "wrist_n": "elbow_n", "elbow_f": "shoulder_f", "wrist_f": "elbow_f",
    "knee_n": "hip", "ankle_n": "knee_n", "toe_n": "ankle_n",
    "knee_f": "hip_f", "ankle_f": "knee_f", "toe_f": "ankle_f",
}  # fmt: skip
"""Each joint hangs from another, and all of them from the hip, or from the shoulder where that is the root."""

OPTIONAL = ("hip_f", "shoulder_f")
"""Joints that lie on their near twin unless the picture shows the body from the front or from above."""

JOINTS = ("hip", *(joint for joint in PARENTS if joint not in OPTIONAL))
PINNABLE = {"ankle_n": "knee_n", "ankle_f": "knee_f", "wrist_n": "elbow_n", "wrist_f": "elbow_f"}
"""Ends of limbs that may be pinned, with the joint that bends instead."""


ORDER = ("arm_f", "leg_f", "torso", "head", "leg_n", "arm_n")
"""Groups of parts, back to front, as most pictures have them."""


class Kit(Struct, frozen=True):
    """A thing beside or on the body. `numbers` are centimetres, or what `KITS` in `kit` says for its kind."""

    kind: str
    numbers: tuple[float, ...]
    joints: tuple[str, ...] = ()


class Figure(Struct, frozen=True, eq=False):
    """One movement of one body: two poses and what belongs to them. Each is equal to itself alone."""

    id: str
    title: str
    view: tuple[float, float, float, float]  # left, bottom, right, top
    near: Side  # which side of the body the near limbs are
    start: Joints
    end: Joints
    face: tuple[Place, Place] = ((0, 1), (0, 1))  # where the person looks, in the start and the end pose
    accent: tuple[str, ...] = ()  # parts that work
    swell: Mapping[str, float] = field(default_factory=dict)  # how much thicker a part gets as it tightens
    arrow: tuple[float, float, float, float] | None = None  # the way of the movement from start to end
    pinned: tuple[str, ...] = ()
    root: str = "hip"
    thick: float = 1.0
    order: tuple[str, ...] = ORDER  # back to front
    kit: tuple[Kit, ...] = ()
    swap: bool = False  # the other side moves the other limbs instead of turning the picture round
    front: str | None = None  # a second figure that shows what this view hides
    inset: tuple[float, float, float, float] | None = None  # where in this view it stands; None: beside it
    floor: bool = True
    foreshortened: bool = False  # bones point at the viewer and may look shorter

    @property
    def upright(self) -> bool:
        """Whether the picture is higher than wide."""
        left, bottom, right, top = self.view
        return top - bottom > right - left


def joints_at(figure: Figure, t: float) -> dict[str, Place]:
    """All joints at `t`, 0 the start pose and 1 the end pose, the optional ones included."""
    start, end = complete(figure.start), complete(figure.end)
    root = figure.root
    found = {root: _between(start[root], end[root], t)}
    for joint, parent in _from_root(root):
        if joint in figure.pinned:
            found[joint] = _between(start[joint], end[joint], t)
        else:
            found[joint] = _turned(joint, parent, start, end, found, t)
    for joint in figure.pinned:
        middle = PINNABLE[joint]
        found[middle] = _bent(PARENTS[middle], middle, joint, start, end, found, t)
    for toe, ankle in (("toe_n", "ankle_n"), ("toe_f", "ankle_f")):
        found[toe] = _turned(toe, ankle, start, end, found, t)
    return found


def complete(joints: Joints) -> dict[str, Place]:
    """The joints with the optional ones laid on their twins where they are not given."""
    return {"hip_f": joints["hip"], "shoulder_f": joints["shoulder"], **joints}


def bones(joints: Joints) -> dict[str, float]:
    """The length of every bone by the name of its outer joint, the two widths of the trunk left out."""
    return {
        joint: math.dist(joints[joint], joints[parent])
        for joint, parent in PARENTS.items()
        if joint not in OPTIONAL
    }


def _from_root(root: str) -> list[tuple[str, str]]:
    """(joint, parent) outwards from the root."""
    if root == "hip":
        return list(PARENTS.items())
    rest = [(joint, parent) for joint, parent in PARENTS.items() if joint != "shoulder"]
    return [("hip", "shoulder"), *rest]


def _between(a: Place, b: Place, t: float) -> Place:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)


def _turned(joint: str, parent: str, start: Joints, end: Joints, found: Joints, t: float) -> Place:
    """A bone between its two directions, turned the short way round."""
    ax, ay = start[joint][0] - start[parent][0], start[joint][1] - start[parent][1]
    bx, by = end[joint][0] - end[parent][0], end[joint][1] - end[parent][1]
    a, b = math.atan2(ay, ax), math.atan2(by, bx)
    turn = (b - a + math.pi) % (2 * math.pi) - math.pi
    length = math.hypot(ax, ay) * (1 - t) + math.hypot(bx, by) * t
    x, y = found[parent]
    return (x + length * math.cos(a + turn * t), y + length * math.sin(a + turn * t))


def _bent(upper: str, middle: str, lower: str, start: Joints, end: Joints, found: Joints, t: float) -> Place:
    """The middle joint of a limb between two fixed ends, bent to the side to which the poses bend it."""
    (ax, ay), (cx, cy) = found[upper], found[lower]
    first = [math.dist(start[upper], start[middle]), math.dist(end[upper], end[middle])]
    second = [math.dist(start[middle], start[lower]), math.dist(end[middle], end[lower])]
    one, two = first[0] + (first[1] - first[0]) * t, second[0] + (second[1] - second[0]) * t
    span = max(1e-6, min(math.dist((ax, ay), (cx, cy)), one + two - 1e-6))
    ux, uy = (cx - ax) / span, (cy - ay) / span
    bends = [_across(pose, upper, middle, lower) for pose in (start, end)]
    if (
        bends[0][1] * bends[1][1] < 0
    ):  # seen from the front a knee may pass from one side of the limb to the other
        along, out = (span * value for value in _between(bends[0], bends[1], t))
    else:
        along = (one * one - two * two + span * span) / (2 * span)
        out = math.copysign(math.sqrt(max(0.0, one * one - along * along)), bends[0][1] + bends[1][1])
    return (ax + ux * along - uy * out, ay + uy * along + ux * out)


def _across(pose: Joints, upper: str, middle: str, lower: str) -> Place:
    """Where the middle joint lies along the way from the upper to the lower one and to the left of it, in
    parts of that way."""
    (ax, ay), (bx, by), (cx, cy) = pose[upper], pose[middle], pose[lower]
    ux, uy = cx - ax, cy - ay
    square = ux * ux + uy * uy or 1.0
    return (((bx - ax) * ux + (by - ay) * uy) / square, ((by - ay) * ux - (bx - ax) * uy) / square)
