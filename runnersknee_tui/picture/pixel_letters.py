"""Letters of whole pixels, for heights at which strokes would blur: bold, thin, and bold with two rows fewer."""

from __future__ import annotations

from msgspec import Struct

from runnersknee_tui.picture.cells import Colour
from runnersknee_tui.picture.glyphs import PIXELS
from runnersknee_tui.picture.raster import Raster

_BOLD: dict[str, str] = {
    "A": ".####. ##..## ##..## ###### ##..## ##..## ##..##",
    "B": "#####. ##..## ##..## #####. ##..## ##..## #####.",
    "C": ".####. ##..## ##.... ##.... ##.... ##..## .####.",
    "D": "#####. ##..## ##..## ##..## ##..## ##..## #####.",
    "E": "##### ##... ##... ####. ##... ##... #####",
    "F": "##### ##... ##... ####. ##... ##... ##...",
    "G": ".##### ##.... ##.... ##.### ##..## ##..## .####.",
    "H": "##..## ##..## ##..## ###### ##..## ##..## ##..##",
    "I": "## ## ## ## ## ## ##",
    "J": "...## ...## ...## ...## ...## ##.## .###.",
    "K": "##..## ##..## ##.##. ####.. ##.##. ##..## ##..##",
    "L": "##... ##... ##... ##... ##... ##... #####",
    "M": "##...## ###.### ####### ##.#.## ##...## ##...## ##...##",
    "N": "##..## ###.## ###.## ##.### ##.### ##..## ##..##",
    "O": ".####. ##..## ##..## ##..## ##..## ##..## .####.",
    "P": "#####. ##..## ##..## #####. ##.... ##.... ##....",
    "Q": ".####. ##..## ##..## ##..## ##..## ##.##. .##.##",
    "R": "#####. ##..## ##..## #####. ##.##. ##..## ##..##",
    "S": ".##### ##.... ##.... .####. ....## ....## #####.",
    "T": "###### ..##.. ..##.. ..##.. ..##.. ..##.. ..##..",
    "U": "##..## ##..## ##..## ##..## ##..## ##..## .####.",
    "V": "##..## ##..## ##..## ##..## ##..## .####. ..##..",
    "W": "##...## ##...## ##...## ##.#.## ####### ###.### ##...##",
    "X": "##..## ##..## .####. ..##.. .####. ##..## ##..##",
    "Y": "##..## ##..## .####. ..##.. ..##.. ..##.. ..##..",
    "Z": "###### ....## ...##. ..##.. .##... ##.... ######",
    "0": ".####. ##..## ##..## ##..## ##..## ##..## .####.",
    "1": ".##. ###. .##. .##. .##. .##. ####",
    "2": ".####. ##..## ....## ...##. .##... ##.... ######",
    "3": "#####. ....## ....## .####. ....## ....## #####.",
    "4": "##..## ##..## ##..## ###### ....## ....## ....##",
    "5": "###### ##.... ##.... #####. ....## ....## #####.",
    "6": ".####. ##.... ##.... #####. ##..## ##..## .####.",
    "7": "###### ....## ...##. ...##. ..##.. ..##.. ..##..",
    "8": ".####. ##..## ##..## .####. ##..## ##..## .####.",
    "9": ".####. ##..## ##..## .##### ....## ....## .####.",
    ":": ".. ## ## .. ## ## ..",
    ".": ".. .. .. .. .. .. ##",
    ",": "... ... ... ... ... .## .#.",
    "'": "## ## .. .. .. .. ..",
    "+": "...... ..##.. ..##.. ###### ..##.. ..##.. ......",
    "-": ".... .... .... #### .... .... ....",
    "/": "...## ...## ..##. ..##. .##.. ##... ##...",
    "?": ".####. ##..## ....## ...##. ..##.. ...... ..##..",
    "%": "##..## ##.##. ...##. ..##.. .##... .##.## ##..##",
    " ": "... ... ... ... ... ... ...",
}
_LOW_ROWS = (0, 1, 3, 5, 6)
"""What is left of seven rows where there is room for five: every letter above survives it."""


class PixelFont(Struct, frozen=True):
    """Glyphs as rows of `#` and `.`; all of a font have the same number of rows."""

    rows: int
    glyphs: dict[str, tuple[str, ...]]

    def glyph(self, char: str) -> tuple[str, ...]:
        """The rows of a character; three empty columns where the font does not have it."""
        return self.glyphs.get(char) or ("...",) * self.rows

    def width(self, text: str) -> int:
        """Pixels from the first column to the last, one column between two letters."""
        return sum(len(self.glyph(char)[0]) + 1 for char in text) - 1 if text else 0

    def draw(self, raster: Raster, text: str, x: int, y: int, wide: int, high: int, colour: Colour) -> None:
        """Draws with the upper left corner at (x, y), each pixel `wide` by `high` units."""
        for char in text:
            glyph = self.glyph(char)
            for row, line in enumerate(glyph):
                start = 0
                while (start := line.find("#", start)) >= 0:
                    end = start
                    while end < len(line) and line[end] == "#":
                        end += 1
                    top = y + row * high
                    raster.rect(x + start * wide, top, x + end * wide, top + high, colour)
                    start = end
            x += (len(glyph[0]) + 1) * wide


def _split(glyphs: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {char: tuple(rows.split()) for char, rows in glyphs.items()}


THIN = PixelFont(7, _split(PIXELS))
BOLD = PixelFont(7, _split(_BOLD))
LOW = PixelFont(5, {char: tuple(rows[n] for n in _LOW_ROWS) for char, rows in BOLD.glyphs.items()})
