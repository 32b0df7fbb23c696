"""Words and numbers that are read from three metres, set in our own letters at any size.

Tall letters are strokes whose stems and bars lie on whole quadrants, so straight edges stay sharp and only
curves and slopes are blended. Below `SMALL` units pixel letters are sharper still.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from runnersknee_tui.picture.cells import Colour
from runnersknee_tui.picture.glyphs import GLYPHS, KERNING, OPEN, Piece, pieces
from runnersknee_tui.picture.pixel_letters import BOLD, LOW, THIN, PixelFont
from runnersknee_tui.picture.raster import Point, Raster

SMALL = 16
"""Units of height (4 rows) below which pixel letters are used."""

SMALL_COARSE = 12
"""The same where a pixel of a letter is a whole cell wide, and words soon too long for it."""

SMALLEST = 2 * LOW.rows
"""Units of height of the smallest letters there are."""

_STEM, _BAR, _GAP = 0.20, 0.17, 0.15  # parts of the height
_NARROWEST = {16: 0.92, 18: 0.84}
_NARROWEST_TALL = 0.72
"""How far letters of a height may be condensed before they get smaller instead: low ones soon blur."""


class Setting(Struct, frozen=True):
    """A line of words ready to be drawn: `width` and `height` in units of the raster.

    `squeeze` condenses the letters, 1 is their own width. Small letters have a `font`, and `pixel` is the width
    in units of one of its pixels; other letters are strokes.
    """

    text: str
    width: float
    height: int
    squeeze: float = 1.0
    font: PixelFont | None = None
    pixel: int = 1

    def draw(self, raster: Raster, x: float, y: float, colour: Colour) -> None:
        """Draws with the upper left corner at (x, y), moved onto the grid of quadrants."""
        left, top = self.pixel * round(x / self.pixel), 2 * round(y / 2)
        if self.font:
            high = self.height // self.font.rows
            self.font.draw(raster, self.text, left, top, self.pixel, high, colour)
        else:
            _draw_strokes(raster, self, left, top, colour)

    def draw_centred(self, raster: Raster, x: float, y: float, colour: Colour) -> None:
        """Draws with the middle of the words at (x, y)."""
        self.draw(raster, x - self.width / 2, y - self.height / 2, colour)


def fit(text: str, max_width: float, max_height: float, *, coarse: bool = False) -> Setting:
    """The biggest setting of `text` (upper case is used throughout) inside a box of units.

    Letters are condensed a little before they are made smaller. A box too small for the smallest letters
    gets the smallest letters: the caller decides whether to draw them. `coarse` is for characters that show no
    half of a cell's width: small letters have pixels of whole cells, and strokes stand in where these are too wide.
    """
    text = plain(text).upper()
    height = 2 * int(max_height // 2)
    if coarse and 2 * THIN.rows <= height < 20 and THIN.width(text) * 2 <= max_width:
        return Setting(text, THIN.width(text) * 2, 2 * THIN.rows, font=THIN, pixel=2)
    while height >= (SMALL_COARSE if coarse else SMALL):
        least = round(100 * (_NARROWEST_TALL if coarse else _NARROWEST.get(height, _NARROWEST_TALL)))
        if _stroke_width(text, height, least / 100) <= max_width:
            squeeze = next(
                percent / 100
                for percent in range(100, least - 1, -2)
                if percent == least or _stroke_width(text, height, percent / 100) <= max_width
            )
            return Setting(text, _stroke_width(text, height, squeeze), height, squeeze)
        height -= 2
    return _fit_small(text, max_width, max_height, 2 if coarse else 1)


def fit_alike(
    texts: Iterable[str], max_width: float, max_height: float, *, coarse: bool = False
) -> list[Setting]:
    """Lines that belong together, each inside the box, in letters of one height and kind."""
    found = [fit(text, max_width, max_height, coarse=coarse) for text in texts]
    height = min(one.height for one in found)
    found = [fit(one.text, max_width, height, coarse=coarse) for one in found]
    fonts = [(one.font, one.pixel) for one in found if one.font]
    if len(fonts) < len(found):
        return found
    font, pixel = min(fonts, key=lambda kind: kind[0].width("A") * kind[1])
    return [Setting(one.text, font.width(one.text) * pixel, height, font=font, pixel=pixel) for one in found]


def fit_pixels(text: str, max_width: float, max_height: float) -> Setting:
    """As `fit`, in thin pixel letters at any size: sharper where a number has less than some ten rows."""
    text = plain(text).upper()
    tall = max(1, int(max_height // (2 * THIN.rows)))
    for rows in range(tall, 0, -1):
        for pixel in range(2 * rows, max(0, rows - 1), -1):
            width = THIN.width(text) * pixel
            if width <= max_width or (rows == 1 and pixel == 1):
                return Setting(text, width, 2 * THIN.rows * rows, font=THIN, pixel=pixel)
    raise AssertionError("the smallest letters are always returned")


def _fit_small(text: str, max_width: float, max_height: float, least: int) -> Setting:
    """Wide letters, or bold condensed ones, or thin ones, all with stems and bars alike; low ones where these
    are too high. Pixels are `least` units wide where that fits."""
    low = max_height < 2 * BOLD.rows
    fonts = [(LOW, least), (LOW, 1)] if low else [(THIN, 2), (BOLD, least), (THIN, 1)]
    font, pixel = next((one for one in fonts if one[0].width(text) * one[1] <= max_width), fonts[-1])
    return Setting(text, font.width(text) * pixel, 2 * font.rows, font=font, pixel=pixel)


def plain(text: str) -> str:
    """Letters without their accents: the alphabet here has none."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


class _Metrics(Struct, frozen=True):
    """Whole units of one height; `bar` is even, so that bars fill quadrants."""

    height: int
    stem: int
    bar: int
    gap: float
    squeeze: float

    def glyph_width(self, char: str) -> int:
        part = GLYPHS.get(char, GLYPHS[" "])[0]
        return max(self.stem, round(part * self.height * self.squeeze)) if part else self.stem

    def bar_top(self, v: float) -> float:
        return 2.0 * round(v * (self.height - self.bar) / 2)

    def space(self, left: str, right: str) -> int:
        share = (OPEN.get(left, (1.0, 1.0))[1] + OPEN.get(right, (1.0, 1.0))[0]) / 2
        kern = KERNING.get(left + right, 0.0) * self.height * self.squeeze
        return round(max(0.06 * self.height, self.gap * share) + kern) if " " not in (left, right) else 0


@lru_cache(maxsize=128)
def _metrics(height: int, squeeze: float) -> _Metrics:
    stem = max(2, round(height * _STEM * (0.5 + squeeze / 2)))
    bar = max(2, 2 * round(height * _BAR / 2 + 0.1))
    return _Metrics(height, stem, bar, max(1.0, height * _GAP * squeeze), squeeze)


@lru_cache(maxsize=512)
def _stroke_width(text: str, height: int, squeeze: float) -> int:
    m = _metrics(height, squeeze)
    return sum(map(m.glyph_width, text)) + sum(m.space(a, b) for a, b in pairwise(text))


def _draw_strokes(raster: Raster, setting: Setting, x: int, y: int, colour: Colour) -> None:
    m = _metrics(setting.height, setting.squeeze)
    before = ""
    for char in setting.text:
        x += m.space(before, char) if before else 0
        width = m.glyph_width(char)
        for contour in _contours(char, m, width):
            raster.polygon(([(x + px, y + py) for px, py in contour],), colour)
        x += width
        before = char


@lru_cache(maxsize=256)
def _contours(char: str, m: _Metrics, width: int) -> tuple[tuple[Point, ...], ...]:
    found: list[list[Point]] = []
    for piece in pieces(char):
        found.extend(_PIECES[str(piece[0])](piece, m, width))
    return tuple(tuple(contour) for contour in found)


def _box(x1: float, y1: float, x2: float, y2: float) -> list[Point]:
    return [(x1, y1), (x2, y1), (x2, y2), (x1, y2)]


def _numbers(piece: Piece, start: int) -> list[float]:
    return [float(value) for value in piece[start:]]


def _stem(piece: Piece, m: _Metrics, width: int) -> list[list[Point]]:
    u, top, bottom = _numbers(piece, 1)
    x = round(u * (width - m.stem))
    y1 = 0 if top == 0 else m.bar_top(top)
    y2 = m.height if bottom == 1 else m.bar_top(bottom) + m.bar / 2
    return [_box(x, y1, x + m.stem, y2)]


def _bar(piece: Piece, m: _Metrics, width: int) -> list[list[Point]]:
    v, left, right = _numbers(piece, 1)
    y = m.bar_top(v)
    return [_box(round(left * width), y, round(right * width), y + m.bar)]


def _dot(piece: Piece, m: _Metrics, width: int) -> list[list[Point]]:
    u, v = _numbers(piece, 1)
    side = m.stem
    y = 2 * round(v * (m.height - side) / 2)
    return [_box(round(u * (width - side)), y, round(u * (width - side)) + side, y + side)]


def _diagonal(piece: Piece, m: _Metrics, width: int) -> list[list[Point]]:
    u1, v1, u2, v2 = _numbers(piece, 1)
    y1, y2 = v1 * m.height, v2 * m.height
    run = abs(u2 - u1) * (width - m.stem)
    thick = m.stem * min(1.5, math.hypot(run, y2 - y1) / (y2 - y1)) * 0.97
    x1, x2 = u1 * (width - thick), u2 * (width - thick)
    return [[(x1, y1), (x1 + thick, y1), (x2 + thick, y2), (x2, y2)]]


def _bend(piece: Piece, m: _Metrics, width: int) -> list[list[Point]]:
    u1, v1, u2, v2, u3, v3 = _numbers(piece, 1)
    across, half = width - m.stem, m.stem / 2
    p = [(u * across + half, v * m.height) for u, v in ((u1, v1), (u2, v2), (u3, v3))]
    left: list[Point] = []
    right: list[Point] = []
    for i in range(13):
        t = i / 12
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        x, y = (a * p[0][k] + b * p[1][k] + c * p[2][k] for k in (0, 1))
        dx, dy = ((1 - t) * (p[1][k] - p[0][k]) + t * (p[2][k] - p[1][k]) for k in (0, 1))
        d = math.hypot(dx, dy)
        left.append((x - dy / d * half, y + dx / d * half))
        right.append((x + dy / d * half, y - dx / d * half))
    return [left + right[::-1]]


def _bowl(piece: Piece, m: _Metrics, width: int) -> list[list[Point]]:
    corners = str(piece[1]).split(",")
    box = _bowl_box(_numbers(piece, 2), m, width)
    return [_quarter(corner, box, m) for corner in corners]


def _terminal(piece: Piece, m: _Metrics, width: int) -> list[list[Point]]:
    corner, cut = str(piece[1]), 2 * round(float(piece[2]) * m.height / 2)
    quarter = _quarter(corner, _bowl_box(_numbers(piece, 3), m, width), m)
    return [_cut(quarter, cut, above=corner.startswith("n"))]


_Bounds = tuple[float, float, float, float]


def _bowl_box(numbers: list[float], m: _Metrics, width: int) -> _Bounds:
    left, top, right, bottom = numbers
    return round(left * width), m.bar_top(top), round(right * width), m.bar_top(bottom) + m.bar


def _quarter(corner: str, box: _Bounds, m: _Metrics) -> list[Point]:
    """A quarter of a rounded frame: bars `bar` thick above and below, stems `stem` thick at the sides."""
    x1, y1, x2, y2 = box
    xm, ym = (x1 + x2) / 2, (y1 + y2) / 2
    wide, high = xm - x1, ym - y1
    rx = min(wide, high * 1.1)
    ry = min(high, wide * 1.25)
    outer = _round(wide, high, rx, ry)
    inner = _round(wide - m.stem, high - m.bar, max(0.0, rx - m.stem), max(0.0, ry - m.bar))
    sx = 1 if corner.endswith("e") else -1
    sy = 1 if corner.startswith("s") else -1
    return [(xm + sx * x, ym + sy * y) for x, y in outer + inner[::-1]]


def _round(wide: float, high: float, rx: float, ry: float) -> list[Point]:
    """From the middle of a side (0, high) round the corner to (wide, 0); the curve a little squarer than an
    ellipse, as in most signs."""
    wide, high = max(0.0, wide), max(0.0, high)
    rx, ry = min(rx, wide), min(ry, high)
    points: list[Point] = [(0.0, high)]
    for i in range(11):
        a = math.pi / 2 * i / 10
        s, c = abs(math.sin(a)) ** 0.88, abs(math.cos(a)) ** 0.88
        points.append((wide - rx + rx * s, high - ry + ry * c))
    points.append((wide, 0.0))
    return points


def _cut(contour: list[Point], y: float, *, above: bool) -> list[Point]:
    """The part of a contour on one side of a level line."""
    kept: list[Point] = []
    for (x1, y1), (x2, y2) in zip(contour, contour[1:] + contour[:1], strict=True):
        inside = y1 <= y if above else y1 >= y
        if inside:
            kept.append((x1, y1))
        if inside != (y2 <= y if above else y2 >= y):
            kept.append((x1 + (x2 - x1) * (y - y1) / (y2 - y1), y))
    return kept or contour[:1]


_PIECES = {"v": _stem, "h": _bar, "d": _diagonal, "c": _bowl, "e": _terminal, "q": _bend, "o": _dot}
