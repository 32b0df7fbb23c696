"""An anti-aliased raster in pure Python. It knows shapes, not cells: `encode` turns it into a frame.

The unit is half a cell wide and a quarter of a cell high, so it is square on a terminal whose cells are twice
as high as wide: a raster of 80x24 cells is 160 units wide and 96 high, x to the right, y down.

Every unit holds 2x2 samples, and a sample is one byte: the number of a colour of this raster. Shapes are
filled row by row with slices, which is as fast as Python gets; the smooth edges come from averaging the eight
samples of a quadrant when the raster is encoded.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from runnersknee_tui.picture.cells import Colour

SAMPLES = 2
"""Samples a unit, in both directions."""

Point = tuple[float, float]


class Raster:
    """A drawing area of `cols` by `rows` cells on `ground`.

    `width` and `height` are in units. Shapes may reach outside; what lies outside is not drawn. At most 255
    colours: a further colour is drawn in the nearest of them.
    """

    def __init__(self, cols: int, rows: int, ground: Colour) -> None:
        self.cols, self.rows, self.ground = cols, rows, ground
        self.width, self.height = cols * 2, rows * 4
        self.stride, self.lines = self.width * SAMPLES, self.height * SAMPLES
        self.samples = bytearray(self.stride * self.lines)
        self.colours: list[Colour] = [ground]
        self._number = {ground: 0}

    def number(self, colour: Colour) -> int:
        """The number of a colour in this raster, given at its first use."""
        found = self._number.get(colour)
        if found is None:
            if len(self.colours) < 255:
                found = len(self.colours)
                self.colours.append(colour)
            else:
                found = min(range(255), key=lambda i: distance(self.colours[i], colour))
            self._number[colour] = found
        return found

    def rect(self, x1: float, y1: float, x2: float, y2: float, colour: Colour) -> None:
        """A rectangle between two corners, edges rounded to samples."""
        left, right = self._columns(x1, x2)
        top = max(0, math.ceil(y1 * SAMPLES - 0.5))
        bottom = min(self.lines, math.ceil(y2 * SAMPLES - 0.5))
        if right > left:
            fill = bytes((self.number(colour),)) * (right - left)
            for start in range(top * self.stride + left, bottom * self.stride + left, self.stride):
                self.samples[start : start + right - left] = fill

    def disc(self, x: float, y: float, r: float, colour: Colour) -> None:
        """A filled circle."""
        self.capsule(x, y, x, y, r, r, colour)

    def capsule(
        self, x1: float, y1: float, x2: float, y2: float, r1: float, r2: float, colour: Colour
    ) -> None:
        """A limb: the convex hull of two discs, with straight sides that taper from `r1` to `r2`."""
        spans = iter(_hull(x1, y1, x2, y2, r1, r2, self.stride, self.lines))
        samples = self.samples
        fill = bytes((self.number(colour),)) * self.stride
        for start, end in zip(spans, spans, strict=True):
            samples[start:end] = fill[: end - start]

    def stroke(self, points: Sequence[Point], r: float, colour: Colour) -> None:
        """A line through points with round ends and joints, `r` half its thickness."""
        for (x1, y1), (x2, y2) in pairwise(points):
            self.capsule(x1, y1, x2, y2, r, r, colour)

    def polygon(self, contours: Iterable[Sequence[Point]], colour: Colour) -> None:
        """Closed contours, filled by the even-odd rule: a contour inside another is a hole."""
        k = float(SAMPLES)
        contours = tuple(contours)
        heights = [y for contour in contours for _, y in contour]
        top = max(0, math.ceil(min(heights) * k - 0.5))
        bottom = min(self.lines, math.ceil(max(heights) * k - 0.5))
        crossings: list[list[float]] = [[] for _ in range(top, bottom)]
        for contour in contours:
            x1, y1 = contour[-1]
            for x2, y2 in contour:
                _cross(crossings, top, x1 * k, y1 * k, x2 * k, y2 * k)
                x1, y1 = x2, y2
        samples, stride = self.samples, self.stride
        fill = bytes((self.number(colour),)) * stride
        for line, xs in enumerate(crossings, top):
            xs.sort()
            for lo, hi in zip(xs[::2], xs[1::2], strict=False):
                left = int(lo + 0.5) if lo > 0 else 0
                right = int(hi + 0.5) if hi < stride else stride
                if right > left:
                    start = line * stride + left
                    samples[start : start + right - left] = fill[: right - left]

    def arc(
        self, x: float, y: float, r: float, thick: float, start: float, end: float, colour: Colour
    ) -> None:
        """A piece of a ring: `r` to the middle of the stroke, from `start` to `end` of a turn, clockwise from
        twelve o'clock. 0 to 1 is the whole ring; its ends are cut straight towards the centre."""
        if end <= start:
            return
        outer, inner = r + thick / 2, max(0.0, r - thick / 2)
        steps = max(8, math.ceil(outer * (end - start) * 4))
        turn = [2 * math.pi * (start + (end - start) * i / steps) for i in range(steps + 1)]
        out = [(x + outer * math.sin(a), y - outer * math.cos(a)) for a in turn]
        back = [(x + inner * math.sin(a), y - inner * math.cos(a)) for a in turn]
        if end - start >= 1:
            self.polygon((out[:-1], back[:-1]), colour)
        else:
            self.polygon((out + back[::-1],), colour)

    def _columns(self, x1: float, x2: float) -> tuple[int, int]:
        left = max(0, math.ceil(x1 * SAMPLES - 0.5))
        return left, min(self.stride, math.ceil(x2 * SAMPLES - 0.5))


def _cross(crossings: list[list[float]], first: int, x1: float, y1: float, x2: float, y2: float) -> None:
    """Note where an edge crosses the lines from `first` on, one list of crossings for each."""
    if y1 > y2:
        x1, y1, x2, y2 = x2, y2, x1, y1
    top, bottom = max(first, math.ceil(y1 - 0.5)), min(first + len(crossings), math.ceil(y2 - 0.5))
    if bottom > top:
        slope = (x2 - x1) / (y2 - y1)
        x = x1 + (top + 0.5 - y1) * slope
        for line in crossings[top - first : bottom - first]:
            line.append(x)
            x += slope


@lru_cache(maxsize=192)
def _hull(
    x1: float, y1: float, x2: float, y2: float, r1: float, r2: float, stride: int, lines: int
) -> array[int]:
    """Where the samples of a limb begin and end, line by line. A body going back lies where it lay going forth."""
    k = float(SAMPLES)
    x1, y1, x2, y2, r1, r2 = x1 * k, y1 * k, x2 * k, y2 * k, r1 * k, r2 * k
    sides = _tangents(x1, y1, x2, y2, r1, r2)
    top = max(0, math.ceil(min(y1 - r1, y2 - r2) - 0.5))
    bottom = min(lines, math.ceil(max(y1 + r1, y2 + r2) - 0.5))
    spans = array("L")
    add, sqrt = spans.append, math.sqrt
    rr1, rr2 = r1 * r1, r2 * r2
    for line in range(top, bottom):
        y = line + 0.5
        lo, hi = 1e9, -1e9
        h = rr1 - (y - y1) * (y - y1)
        if h > 0:
            h = sqrt(h)
            lo, hi = x1 - h, x1 + h
        h = rr2 - (y - y2) * (y - y2)
        if h > 0:
            h = sqrt(h)
            lo = x2 - h if x2 - h < lo else lo
            hi = x2 + h if x2 + h > hi else hi
        for ya, yb, xa, slope in sides:
            if ya <= y < yb:
                x = xa + (y - ya) * slope
                lo = x if x < lo else lo
                hi = x if x > hi else hi
        left = int(lo + 0.5) if lo > 0 else 0
        right = int(hi + 0.5) if hi < stride else stride
        if right > left:
            add(line * stride + left)
            add(line * stride + right)
    return spans


def _tangents(
    x1: float, y1: float, x2: float, y2: float, r1: float, r2: float
) -> list[tuple[float, float, float, float]]:
    """The two outer tangents of two circles as (top y, bottom y, x at the top, dx/dy); none where one holds
    the other."""
    dx, dy = x2 - x1, y2 - y1
    d = math.hypot(dx, dy)
    if d <= abs(r1 - r2) or d == 0:
        return []
    ux, uy = dx / d, dy / d
    s = (r1 - r2) / d
    c = math.sqrt(1 - s * s)
    sides = []
    for sign in (1, -1):
        nx, ny = ux * s - uy * c * sign, uy * s + ux * c * sign
        xa, ya, xb, yb = x1 + r1 * nx, y1 + r1 * ny, x2 + r2 * nx, y2 + r2 * ny
        if ya > yb:
            xa, ya, xb, yb = xb, yb, xa, ya
        if yb - ya > 1e-9:
            sides.append((ya, yb, xa, (xb - xa) / (yb - ya)))
    return sides


def distance(a: Colour, b: Colour) -> int:
    """How far two colours are apart, squared."""
    if a == b:
        return 0
    red, green, blue = (a >> 16) - (b >> 16), (a >> 8 & 255) - (b >> 8 & 255), (a & 255) - (b & 255)
    return red * red + green * green + blue * blue
