"""A figure's pose on a raster: floor, kit, the faint goal, the body back to front, and the arrow.

A limb is a tapered capsule with an outline in the colour of the ground, so crossing limbs stay apart. Near
limbs are light, far ones grey, working ones in the phase's colour.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Mapping

from msgspec.structs import replace

from runnersknee_tui.core.model import Side
from runnersknee_tui.picture.camera import Camera, fitted
from runnersknee_tui.picture.cells import Colour
from runnersknee_tui.picture.kit import KITS
from runnersknee_tui.picture.palette import Shades
from runnersknee_tui.picture.parts import CORNER, GROUPS, HEAD, PARTS
from runnersknee_tui.picture.raster import Raster
from runnersknee_tui.picture.skeleton import Figure, Joints, Place, joints_at

Slices = Generator[None, None, None]


def draw(
    raster: Raster,
    figure: Figure,
    t: float,
    *,
    shades: Shades,
    goal: float | None = None,
    side: Side | None = None,
    beside: Figure | None = None,
) -> Slices:
    """Draws `figure` at `t` (0 its start pose, 1 its end pose) over the whole raster, in slices.

    `goal` is the pose it moves to: shown faintly, with an arrow; None where nothing moves. `side` is the
    working side. `beside` is a second figure, usually the front view, in the same scale; or smaller, where the
    first one has a place for it in its own view.
    """
    inset = for_side(figure, side).inset
    figures = [for_side(each, side) for each in (figure, None if inset else beside) if each is not None]
    margin = 1.0
    widths = [each.view[2] - each.view[0] for each in figures]
    high = max(each.view[3] for each in figures)
    low = min(each.view[1] for each in figures)
    left = 0.0
    scale = min((raster.width - 2 * margin) / sum(widths), (raster.height - margin) / (high - low))
    slack = (raster.width - scale * sum(widths)) / (len(figures) + 1)
    for each, width in zip(figures, widths, strict=True):
        left += slack
        view = (each.view[0], low, each.view[2], high)
        camera = fitted(view, left, margin, width * scale, raster.height - margin)
        yield from _Sketch(raster, camera, each, shades).draw(t, goal)
        left += width * scale
        if inset and beside:
            x, y = camera.at((inset[0], inset[3]))
            small = for_side(beside, side)
            box = (x, y, scale * (inset[2] - inset[0]), scale * (inset[3] - inset[1]))
            yield from _Sketch(raster, fitted(small.view, *box), small, shades).draw(t, goal)


def for_side(figure: Figure, side: Side | None) -> Figure:
    """The figure with `side` working: turned round, or with the limbs of the two sides exchanged."""
    if side is None or side is figure.near:
        return figure
    if figure.swap:
        return replace(
            figure,
            start=_exchanged(figure.start),
            end=_exchanged(figure.end),
            accent=tuple(map(_twin, figure.accent)),
            pinned=tuple(map(_twin, figure.pinned)),
        )
    return mirrored(figure)


def mirrored(figure: Figure) -> Figure:
    """The figure as a mirror shows it."""
    middle = figure.view[0] + figure.view[2]
    faces = tuple((-x, y) for x, y in figure.face)
    arrow, inset = figure.arrow, figure.inset
    return replace(
        figure,
        near=figure.near.other,
        start={joint: (middle - x, y) for joint, (x, y) in figure.start.items()},
        end={joint: (middle - x, y) for joint, (x, y) in figure.end.items()},
        face=(faces[0], faces[1]),
        arrow=None if arrow is None else (middle - arrow[0], arrow[1], middle - arrow[2], arrow[3]),
        inset=None if inset is None else (middle - inset[2], inset[1], middle - inset[0], inset[3]),
        kit=tuple(replace(kit, numbers=KITS[kit.kind].mirror(kit.numbers, middle)) for kit in figure.kit),
    )


def _exchanged(joints: Joints) -> Mapping[str, Place]:
    return {_twin(joint): place for joint, place in joints.items()}


def _twin(name: str) -> str:
    if name.endswith("_n"):
        return name[:-1] + "f"
    if name.endswith("_f") and name not in ("hip_f", "shoulder_f"):
        return name[:-1] + "n"
    return name


class _Sketch:
    """One figure on one raster through one camera."""

    def __init__(self, raster: Raster, camera: Camera, figure: Figure, shades: Shades) -> None:
        self.raster, self.camera, self.figure, self.ink = raster, camera, figure, shades
        self.halo = camera.length(1.7, 0.8)

    def draw(self, t: float, goal: float | None) -> Slices:
        figure, joints = self.figure, joints_at(self.figure, t)
        if figure.floor:
            self._floor()
        for kit in figure.kit:
            if not KITS[kit.kind].over:
                KITS[kit.kind].draw(self.raster, self.camera, self.ink, kit, joints)
        if goal is not None and abs(goal - t) > 0.04:
            self._ghost(goal, self.ink.ghost)
        yield
        for group in figure.order:
            if group == "head":
                self._head(joints, t)
            else:
                self._group(group, joints, t)
            yield
        for kit in figure.kit:
            if KITS[kit.kind].over:
                KITS[kit.kind].draw(self.raster, self.camera, self.ink, kit, joints)
        if goal is not None and figure.arrow is not None:
            x1, y1, x2, y2 = figure.arrow
            self._arrow((x1, y1), (x2, y2)) if goal >= t else self._arrow((x2, y2), (x1, y1))

    def _floor(self) -> None:
        left, _, right, _ = self.figure.view
        x1, y = self.camera.at((left + 1, 0))
        x2, _ = self.camera.at((right - 1, 0))
        self.raster.rect(x1, y, x2, y + max(2.0, 2 * round(self.camera.length(1.6))), self.ink.floor)

    def _radii(self, part: str, t: float) -> tuple[float, float]:
        swell = 1 + (self.figure.swell.get(part, 1.0) - 1) * t
        thick = self.figure.thick * swell
        shape = PARTS[part]
        return self.camera.length(shape.radius_a * thick, 0.9), self.camera.length(
            shape.radius_b * thick, 0.8
        )

    def _colour(self, part: str) -> Colour:
        far = part.endswith("_f")
        if part in self.figure.accent:
            return self.ink.far_accent if far else self.ink.limb
        if far:
            return self.ink.far
        if part == "torso":
            return self.ink.shirt
        return self.ink.shoe if part.startswith("foot") else self.ink.body

    def _group(self, group: str, joints: Joints, t: float) -> None:
        for part in GROUPS[group]:
            self._part(part, joints, t, self.halo, self.ink.ground)
        for part in GROUPS[group]:
            self._part(part, joints, t, 0.0, self._colour(part))

    def _part(self, part: str, joints: Joints, t: float, more: float, colour: Colour) -> None:
        a, b = self.camera.at(joints[PARTS[part].a]), self.camera.at(joints[PARTS[part].b])
        ra, rb = self._radii(part, t)
        if part == "neck":
            far = self.camera.at(joints["shoulder_f"])
            b = ((b[0] + far[0]) / 2, (b[1] + far[1]) / 2)
        if part == "torso":
            self._trunk(joints, ra + more, rb + more, colour)
        else:
            self.raster.capsule(*a, *b, ra + more, rb + more, colour)

    def _trunk(self, joints: Joints, ra: float, rb: float, colour: Colour) -> None:
        """One capsule from the side; from the front the hull of two, as wide as shoulders and pelvis are."""
        s, h, sf, hf = (self.camera.at(joints[name]) for name in ("shoulder", "hip", "shoulder_f", "hip_f"))
        if math.dist(s, sf) + math.dist(h, hf) < 1:
            self.raster.capsule(*s, *h, ra, rb, colour)
            return
        more = ra - self._radii("torso", 0)[0]
        edge = self.camera.length(CORNER * self.figure.thick) + more
        for one, other in ((s, h), (h, hf), (hf, sf), (sf, s)):
            self.raster.capsule(*one, *other, edge, edge, colour)
        self.raster.polygon(([s, sf, hf, h],), colour)

    def _head(self, joints: Joints, t: float) -> None:
        camera, ink, raster = self.camera, self.ink, self.raster
        (ax, ay), (bx, by) = self.figure.face
        fx, fy = ax + (bx - ax) * t, ay + (by - ay) * t
        x, y = joints["head"]
        r = HEAD * (1 + (self.figure.thick - 1) * 0.7)
        place = camera.at((x, y))
        size = camera.length(r, 2)
        raster.disc(*place, size + self.halo, ink.ground)
        sideways = math.hypot(fx, fy) > 0.7
        if sideways:
            raster.disc(*camera.at((x + fx * r * 0.92, y + fy * r * 0.92)), camera.length(2.6, 0.8), ink.face)
        raster.disc(*place, size, ink.hair)
        face = camera.at((x + fx * r * 0.4, y + fy * r * 0.4))
        raster.disc(*face, size * 0.8, ink.face)
        if not sideways and size > 5:
            for sign in (1, -1):
                eye = size * 0.3 * sign
                raster.disc(face[0] + eye, face[1], size * 0.12, ink.ground)

    def _ghost(self, goal: float, colour: Colour) -> None:
        joints = joints_at(self.figure, goal)
        for group in self.figure.order:
            for part in GROUPS[group]:
                if part in self.figure.accent:
                    self._part(part, joints, goal, 0.0, colour)

    def _arrow(self, start: Place, end: Place) -> None:
        """A flat arrow; level and upright ones lie on the grid of quadrants, where their edges are sharp."""
        (x1, y1), (x2, y2) = self.camera.at(start), self.camera.at(end)
        half, head = self.camera.length(2.6, 1.5), self.camera.length(13, 9)
        if abs(x1 - x2) < 1:
            half = round(half - 0.5) + 0.5
            x1 = x2 = round(x2 - 0.5) + 0.5
        elif abs(y1 - y2) < 1:
            half = max(2.0, 2.0 * round(half / 2))
            y1 = y2 = 2.0 * round(y2 / 2)
        d = math.dist((x1, y1), (x2, y2)) or 1.0
        ux, uy = (x2 - x1) / d, (y2 - y1) / d
        bx, by = x2 - ux * head * 0.8, y2 - uy * head * 0.8
        wing = head * 0.68
        outline = [
            (x1 - uy * half, y1 + ux * half), (bx - uy * half, by + ux * half), (bx - uy * wing, by + ux * wing),
            (x2, y2),
            (bx + uy * wing, by - ux * wing), (bx + uy * half, by - ux * half), (x1 + uy * half, y1 - ux * half),
        ]  # fmt: skip
        self.raster.polygon((outline,), self.ink.limb)
