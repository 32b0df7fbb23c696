"""From a raster to a frame: quadrant blocks, half blocks, braille or ASCII, in as many colours as there are.

Work is remembered at three levels, because edges look alike everywhere: the average of a quadrant's eight
samples, the best glyph and two colours for a cell's four quadrants, and whole rows. All memories are bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from enum import StrEnum
from functools import lru_cache

from runnersknee_tui.picture.cells import Cell, Colour, Frame, Row, merge
from runnersknee_tui.picture.palette import ANSI_COLOURS, DOTTED, SPARSE, ansi16, xterm256, xterm_colour
from runnersknee_tui.picture.raster import SAMPLES, Raster, distance


class Blocks(StrEnum):
    """Which characters a picture is made of; the values of the setting `picture`."""

    QUADRANT = "quadrant"  # 2x2 a cell, two colours
    HALF = "half"  # 1x2 a cell, two colours; for fonts without quadrants
    BRAILLE = "braille"  # 2x4 dots a cell, one colour on the ground
    ASCII = "ascii"  # shapes of plain characters, one colour on the ground


class Depth(StrEnum):
    """How many colours a cell may choose from. The frame's colours are packed ints in any case: those of the
    terminal's palette, which a terminal library finds again exactly."""

    TRUE = "true"
    INDEXED = "256"
    ANSI = "16"  # edges are not blended: every colour of the frame is one that was drawn
    MONO = "mono"  # no colours at all: what is not ground is lit, and two greys are textures


_SPLITS = (
    ("▀", (0, 1), (2, 3)),
    ("▌", (0, 2), (1, 3)),
    ("▘", (0,), (1, 2, 3)),
    ("▝", (1,), (0, 2, 3)),
    ("▖", (2,), (0, 1, 3)),
    ("▗", (3,), (0, 1, 2)),
    ("▚", (0, 3), (1, 2)),
)
"""Glyphs with the quadrants they colour and leave: 0 is the upper left one, 1 the upper right, 2 the lower left,
3 the lower right. The other splits are these with the two colours swapped."""

_PATTERN = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""The glyph of each set of lit quadrants: bit 0 is the upper left one, and so on."""

_ASCII = " `'\".[/P,\\]?_LJ#"
"""The character whose ink lies most like each set of lit quadrants."""

_ASCII_FULL, _SHADES = " .:#", " ░▒█"
"""The character of a full cell by its texture; fonts with half blocks have the shades as well."""

_DOTS = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)
"""Braille bits of the dots, row by row, left before right."""

Colours = tuple[Colour, ...]
"""A raster's, by their numbers; the ground is the first."""

LINES, WIDE = 4 * SAMPLES, 2 * SAMPLES
"""Samples of a cell, down and across."""

_LIMIT = 8_000
_QUANTUM = 8

SMOOTH, CRISP = 7, 5
"""How many of a quadrant's eight samples must agree to give it their colour alone. The lower, the fewer
blended cells: crisp suits numbers that change every second, smooth suits bodies."""

_NEAREST: dict[Depth, Callable[[Colour], Colour]] = {
    Depth.TRUE: lambda colour: colour,
    Depth.INDEXED: lambda colour: xterm_colour(xterm256(colour)),
    Depth.ANSI: lambda colour: ANSI_COLOURS[ansi16(colour)],
    Depth.MONO: lambda colour: colour,
}

_Quadrant = tuple[int, int, int, int]
_Four = tuple[Colour, Colour, Colour, Colour]


def encode(raster: Raster, blocks: Blocks = Blocks.QUADRANT, depth: Depth = Depth.TRUE) -> Frame:
    """The raster as a frame."""
    steps = encoding(raster, blocks, depth)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]


def encoding(
    raster: Raster, blocks: Blocks, depth: Depth, agree: int = SMOOTH
) -> Generator[None, None, Frame]:
    """`encode` in slices: one row of cells between two yields, well under a millisecond each."""
    rows: list[Row] = []
    colours = tuple(raster.colours)
    height = LINES * raster.stride
    for start in range(0, len(raster.samples), height):
        band = bytes(raster.samples[start : start + height])
        rows.append(_row(band, colours, blocks, depth, agree))
        yield
    return Frame(raster.cols, tuple(rows))


@lru_cache(maxsize=96)
def _row(band: bytes, colours: Colours, blocks: Blocks, depth: Depth, agree: int) -> Row:
    """The samples of one row of cells, line by line, as a row. Most rows of a movement stay from pose to pose."""
    if depth is Depth.MONO or blocks in (Blocks.BRAILLE, Blocks.ASCII):
        return merge(_lit_row(band, colours, blocks, depth))
    return merge(_mixer(colours, blocks, depth, agree).row(band))


class _Mixer:
    """Makes cells of two colours from the samples of rasters with the same colours."""

    def __init__(self, colours: Colours, blocks: Blocks, depth: Depth, agree: int) -> None:
        self._colours, self._blocks, self._depth = colours, blocks, depth
        self._agree = {Depth.ANSI: 0, Depth.INDEXED: CRISP}.get(depth, agree)  # few shades to blend in
        self._plain: dict[tuple[int, ...], Cell] = {
            (0x01010101 * number,) * LINES: (" ", None, _NEAREST[depth](colour))
            for number, colour in enumerate(colours)
        }
        self._averages: dict[_Quadrant, Colour] = {}

    def row(self, band: bytes) -> Iterator[Cell]:
        """The cells of one row. Most are of one colour, and found at once by their eight lines of four samples."""
        stride = len(band) // LINES
        lines = [memoryview(band)[start : start + stride] for start in range(0, len(band), stride)]
        a, b, c, d, e, f, g, h = (line.cast("H") for line in lines)
        plain, average = self._plain.get, self._average
        for x, words in enumerate(zip(*(line.cast("I") for line in lines), strict=True)):
            cell = plain(words)
            if cell is None:
                left, right = 2 * x, 2 * x + 1
                four = (
                    average((a[left], b[left], c[left], d[left])),
                    average((a[right], b[right], c[right], d[right])),
                    average((e[left], f[left], g[left], h[left])),
                    average((e[right], f[right], g[right], h[right])),
                )
                cell = _cell(four, self._blocks, self._depth)
            yield cell

    def _average(self, quadrant: _Quadrant) -> Colour:
        colour = self._averages.get(quadrant)
        if colour is None:
            if len(self._averages) >= _LIMIT:
                self._averages.clear()
            colour = self._averages[quadrant] = _average(quadrant, self._colours, self._agree)
        return colour


_mixer = lru_cache(maxsize=64)(_Mixer)


@lru_cache(maxsize=4096)
def _cell(four: _Four, blocks: Blocks, depth: Depth) -> Cell:
    """The cell of four quadrants, in colours of the terminal's palette."""
    return _near((_half if blocks is Blocks.HALF else _best)(four), depth)


def terminal_colour(colour: Colour, depth: Depth) -> Colour | None:
    """What becomes of a colour in a frame of this depth."""
    return None if depth is Depth.MONO else _NEAREST[depth](colour)


def _near(cell: Cell, depth: Depth) -> Cell:
    """The cell in colours of the terminal's palette."""
    nearest = _NEAREST[depth]
    char, fg, bg = cell
    fg, bg = None if fg is None else nearest(fg), None if bg is None else nearest(bg)
    return (char, fg, bg) if fg != bg else (" ", None, bg)


def _average(quadrant: _Quadrant, colours: Colours, agree: int) -> Colour:
    """The mean of eight samples, or the colour of at least `agree` of them."""
    numbers = [n for word in quadrant for n in (word & 255, word >> 8)]
    most = max(numbers, key=numbers.count)
    if numbers.count(most) >= agree:
        return colours[most]
    return _mean([(colours[n], 1) for n in numbers])


def _mean(parts: list[tuple[Colour, int]]) -> Colour:
    """Weighted mean, each channel rounded to a multiple of the quantum: fewer shades are fewer bytes."""
    total = sum(weight for _, weight in parts)
    mixed = 0
    for shift in (16, 8, 0):
        value = sum((colour >> shift & 255) * weight for colour, weight in parts) / total
        mixed |= min(255, round(value / _QUANTUM) * _QUANTUM) << shift
    return mixed


def _best(four: _Four) -> Cell:
    """The split of four quadrants into two colours that changes them least."""
    a, b, c, d = four
    if a == b == c == d:
        return (" ", None, a)
    ab, ac, ad, bc, bd, cd = (
        distance(a, b), distance(a, c), distance(a, d), distance(b, c), distance(b, d), distance(c, d)
    )  # fmt: skip
    # Squared distances from the mean of a group are those of its pairs, added up and divided by its size.
    errors = (
        3 * (ab + cd), 3 * (ac + bd), 2 * (bc + bd + cd), 2 * (ac + ad + cd), 2 * (ab + ad + bd),
        2 * (ab + ac + bc), 3 * (ad + bc),
    )  # fmt: skip
    glyph, on, off = _SPLITS[errors.index(min(errors))]
    fg, bg = _common([four[i] for i in on]), _common([four[i] for i in off])
    return (glyph, fg, bg) if fg != bg else (" ", None, bg)


def _common(group: list[Colour]) -> Colour:
    return group[0] if len(set(group)) == 1 else _mean([(colour, 1) for colour in group])


def _half(four: _Four) -> Cell:
    top, bottom = _common([four[0], four[1]]), _common([four[2], four[3]])
    return ("▀", top, bottom) if top != bottom else (" ", None, bottom)


def _lit_row(band: bytes, colours: Colours, blocks: Blocks, depth: Depth) -> Iterator[Cell]:
    """Cells of one colour on the ground: a dot is lit where at least half of its samples are not ground."""
    stride, mono, ground = len(band) // LINES, depth is Depth.MONO, _NEAREST[depth](colours[0])
    textures = [_TEXTURES.get(colour, 3) if mono else 3 for colour in colours[1:]]
    levels = bytes([0, *textures, *bytes(255 - len(textures))])
    for x in range(0, stride, WIDE):
        block = b"".join(band[i * stride + x : i * stride + x + WIDE] for i in range(LINES))
        if block.count(0) == len(block):
            yield (" ", None, None if mono else ground)
            continue
        char = _lit_char(block.translate(levels), blocks)
        if mono:
            yield (char, None, None)
            continue
        numbers = block.replace(b"\0", b"")
        colour = colours[max(set(numbers), key=numbers.count)]
        yield _near((char, colour, colours[0]), depth) if char != " " else (" ", None, ground)


_TEXTURES = {DOTTED: 2, SPARSE: 1}
_QUADRANT_TEXTURES = (0, 0b0001, 0b1001, 0b1111)
_DOT_TEXTURES = (0, 0b00010001, 0b10011001, 0b11111111)
"""By texture, which quadrants or braille dots of a cell are lit; bits as in `_PATTERN` and `_DOTS`."""


def _lit_char(block: bytes, blocks: Blocks) -> str:
    """The character for 4x8 samples, each the texture of its colour; some are ground (0)."""
    if blocks is Blocks.BRAILLE:
        bits = 0
        for dot, bit in enumerate(_DOTS):
            start = dot // 2 * 8 + dot % 2 * 2
            texture = _common_texture(block[start : start + 2] + block[start + 4 : start + 6])
            bits |= bit if _DOT_TEXTURES[texture] >> dot & 1 else 0
        return chr(0x2800 + bits) if bits else " "
    textures = []
    for quadrant in range(4):
        start = quadrant // 2 * 16 + quadrant % 2 * 2
        textures.append(_common_texture(b"".join(block[i : i + 2] for i in range(start, start + 16, 4))))
    if blocks is Blocks.ASCII:
        mask = sum(1 << quadrant for quadrant, texture in enumerate(textures) if texture)
        return _ASCII_FULL[max(textures)] if mask == 0b1111 else _ASCII[mask]
    if blocks is Blocks.HALF:
        upper, lower = max(textures[:2]), max(textures[2:])
        return _SHADES[upper] if upper == lower else (" ", "▀", "▄", "█")[(upper > 1) + 2 * (lower > 1)]
    return _PATTERN[sum(1 << n for n, texture in enumerate(textures) if _QUADRANT_TEXTURES[texture] >> n & 1)]


def _common_texture(samples: bytes) -> int:
    """The texture of some samples; 0 where more than half of them are ground."""
    if 2 * samples.count(0) > len(samples):
        return 0
    return max((3, 2, 1), key=samples.count)
