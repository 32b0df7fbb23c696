"""Things a body stands on, holds or wears: benches, steps, bands, weights. Numbers are centimetres."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from runnersknee_tui.picture.camera import Camera
from runnersknee_tui.picture.palette import Shades
from runnersknee_tui.picture.raster import Raster
from runnersknee_tui.picture.skeleton import Joints, Kit, Place

Numbers = tuple[float, ...]


class KitKind(NamedTuple):
    """How a kind of kit is written in a file and drawn, over the body or behind it.

    `mirror` gives the numbers of the same thing in the mirror, where x becomes `middle` - x.
    """

    numbers: int
    joints: int
    over: bool
    draw: Callable[[Raster, Camera, Shades, Kit, Joints], None]
    mirror: Callable[[Numbers, float], Numbers]


def _bench(raster: Raster, camera: Camera, ink: Shades, kit: Kit, _joints: Joints) -> None:
    """left, right, height of the seat."""
    left, right, height = kit.numbers
    x1, y1 = camera.at((left, height))
    x2, floor = camera.at((right, 0))
    slab = camera.length(6, 2)
    leg = camera.length(5, 1.5)
    inset = camera.length(5)
    for x in (x1 + inset, x2 - inset - leg):
        raster.rect(x, y1, x + leg, floor, ink.kit)
    raster.rect(x1, y1, x2, y1 + slab, ink.kit_edge)


def _step(raster: Raster, camera: Camera, ink: Shades, kit: Kit, _joints: Joints) -> None:
    """left, right, height."""
    left, right, height = kit.numbers
    x1, y1 = camera.at((left, height))
    x2, floor = camera.at((right, 0))
    raster.rect(x1, y1, x2, floor, ink.kit)
    raster.rect(x1, y1, x2, y1 + camera.length(3, 1), ink.kit_edge)


def _mat(raster: Raster, camera: Camera, ink: Shades, kit: Kit, _joints: Joints) -> None:
    """left, right, depth, slant: a mat seen a little from above, its far edge moved by the slant."""
    left, right, depth, slant = kit.numbers
    corners = [(left, -depth / 2), (right, -depth / 2), (right + slant, depth / 2), (left + slant, depth / 2)]
    if ink.mono:  # a lit mat would swallow the body
        raster.stroke([camera.at(corners[0]), camera.at(corners[1])], camera.length(0.8, 0.5), ink.floor)
    else:
        raster.polygon(([camera.at(corner) for corner in corners],), ink.floor)


def _roll(raster: Raster, camera: Camera, ink: Shades, kit: Kit, _joints: Joints) -> None:
    """x, y, radius: a rolled towel seen from its end."""
    x, y, radius = kit.numbers
    place = camera.at((x, y))
    raster.disc(*place, camera.length(radius, 2), ink.band)
    raster.disc(*place, camera.length(radius * 0.42, 0.8), ink.ground)


def _dumbbell(raster: Raster, camera: Camera, ink: Shades, kit: Kit, joints: Joints) -> None:
    """dx, dy from its joint, radius of the plates, half the length (0: seen from its end)."""
    dx, dy, radius, half = kit.numbers
    x, y = joints[kit.joints[0]]
    r = camera.length(radius, 2)
    if half == 0:
        cx, cy = camera.at((x + dx, y + dy))
        raster.disc(cx, cy, r + camera.length(1.6, 0.8), ink.ground)
        raster.disc(cx, cy, r, ink.band)
        raster.disc(cx, cy, r * 0.36, ink.ground)
        return
    (ax, ay), (bx, by) = camera.at((x + dx - half, y + dy)), camera.at((x + dx + half, y + dy))
    raster.capsule(ax, ay, bx, by, r * 0.3, r * 0.3, ink.kit_edge)
    for cx in (ax, bx):
        raster.rect(cx - r * 0.45, ay - r, cx + r * 0.45, ay + r, ink.band)


def _band(raster: Raster, camera: Camera, ink: Shades, kit: Kit, joints: Joints) -> None:
    """share: a loop round both legs at this share of the way from joint 1 to 2 and from 3 to 4."""
    share = kit.numbers[0]
    a, b, c, d = (joints[name] for name in kit.joints)
    (x1, y1), (x2, y2) = camera.at(_along(a, b, share)), camera.at(_along(c, d, share))
    r, edge = camera.length(2.6, 1), camera.length(1.3, 0.7)
    if abs(y1 - y2) < 1:  # a level one lies on the grid of quadrants, where its edges are sharp
        y1 = y2 = 2.0 * round((y1 + y2 - 2) / 4) + 1
        r = max(1.0, round(r))
    raster.capsule(x1, y1, x2, y2, r + edge, r + edge, ink.ground)
    raster.capsule(x1, y1, x2, y2, r, r, ink.band)


def _cuff(raster: Raster, camera: Camera, ink: Shades, kit: Kit, joints: Joints) -> None:
    """share, half length, radius: a weight round a limb at this share of the way from joint 1 to 2."""
    share, half, radius = kit.numbers
    a, b = (joints[name] for name in kit.joints)
    length = max(1.0, math.dist(a, b))
    ux, uy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    x, y = _along(a, b, share)
    for more, colour in ((1.6, ink.ground), (0.0, ink.band)):
        along, out = half + more, radius + more
        corners = [(along, out), (along, -out), (-along, -out), (-along, out)]
        places = [camera.at((x + ux * p - uy * q, y + uy * p + ux * q)) for p, q in corners]
        raster.polygon((places,), colour)


def _strap(raster: Raster, camera: Camera, ink: Shades, kit: Kit, joints: Joints) -> None:
    """x, y of the anchor: a taut strap from there to a joint."""
    anchor = camera.at((kit.numbers[0], kit.numbers[1]))
    raster.capsule(
        *anchor, *camera.at(joints[kit.joints[0]]), camera.length(1.6, 1.1), camera.length(1.6, 1.1), ink.band
    )


def _level(raster: Raster, camera: Camera, ink: Shades, kit: Kit, joints: Joints) -> None:
    """reach: a level line at the height of two joints and so far beyond them, as one held against a pelvis."""
    reach = kit.numbers[0]
    (ax, ay), (bx, by) = (joints[name] for name in kit.joints)
    left, y = camera.at((min(ax, bx) - reach, (ay + by) / 2))
    right, _ = camera.at((max(ax, bx) + reach, 0))
    top = 2.0 * round(y / 2)
    raster.rect(left, top, right, top + 2.0 * max(1, round(camera.length(1.2))), ink.band)


def _along(a: Place, b: Place, share: float) -> Place:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def _span(numbers: Numbers, middle: float) -> Numbers:
    return (middle - numbers[1], middle - numbers[0], *numbers[2:])


def _spot(numbers: Numbers, middle: float) -> Numbers:
    return (middle - numbers[0], *numbers[1:])


def _slanted(numbers: Numbers, middle: float) -> Numbers:
    left, right, depth, slant = numbers
    return (middle - right, middle - left, depth, -slant)


def _offset(numbers: Numbers, _middle: float) -> Numbers:
    return (-numbers[0], *numbers[1:])


def _same(numbers: Numbers, _middle: float) -> Numbers:
    return numbers


KITS: dict[str, KitKind] = {
    "bench": KitKind(3, 0, False, _bench, _span),
    "step": KitKind(3, 0, False, _step, _span),
    "mat": KitKind(4, 0, False, _mat, _slanted),
    "roll": KitKind(3, 0, True, _roll, _spot),
    "strap": KitKind(2, 1, False, _strap, _spot),
    "dumbbell": KitKind(4, 1, True, _dumbbell, _offset),
    "band": KitKind(1, 4, True, _band, _same),
    "cuff": KitKind(3, 2, True, _cuff, _same),
    "level": KitKind(1, 2, True, _level, _same),
}
"""Every kind of kit: how many numbers and joints it is written with, and whether it lies over the body."""
