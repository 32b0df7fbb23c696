"""A running Textual app as a picture, the way a good terminal shows it: block elements as exact rectangles."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.style import Style
from textual import constants
from textual.app import App

WIDTH, HEIGHT = 12, 24
"""Pixels of one cell."""
FONT_SIZE = 20  # DejaVu Sans Mono is then 12 pixels wide, so that lines and boxes join

COLOURS = {
    "true": ColorSystem.TRUECOLOR,
    "256": ColorSystem.EIGHT_BIT,
    "16": ColorSystem.STANDARD,
    "none": ColorSystem.TRUECOLOR,  # Textual sends greys where NO_COLOR is set
}
"""What the terminal can show; the app's colours go to the nearest of these."""

TERMINALS = tuple(COLOURS)


def believe(colours: str) -> None:
    """Let apps that are made from now on believe that their terminal has these colours."""
    os.environ.pop("NO_COLOR", None)
    if colours == "none":
        os.environ["NO_COLOR"] = "1"
    system = {"true": "truecolor", "16": "standard", "none": "truecolor"}.get(colours, colours)
    setattr(constants, "COLOR_SYSTEM", system)  # noqa: B010 - read when an app is made, final to type checkers


Rgb = tuple[int, int, int]
INK: Rgb = (230, 236, 242)
PAPER: Rgb = (11, 15, 20)

_LOWER = {char: n + 1 for n, char in enumerate("▁▂▃▄▅▆▇█")}
_LEFT = {char: 8 - n for n, char in enumerate("█▉▊▋▌▍▎▏")}
_QUADRANTS = {
    "▘": (0,),
    "▝": (1,),
    "▖": (2,),
    "▗": (3,),
    "▚": (0, 3),
    "▞": (1, 2),
    "▛": (0, 1, 2),
    "▜": (0, 1, 3),
    "▙": (0, 2, 3),
    "▟": (1, 2, 3),
    "▀": (0, 1),
    "▐": (1, 3),
}
_DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))


def paint(app: App[Any], colours: str = "true") -> Image.Image:
    """What the app shows now. Looks at the compositor, since only there every layer has been laid together."""
    width, height = app.size
    image = Image.new("RGB", (width * WIDTH, height * HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    for row, strip in enumerate(app.screen._compositor.render_strips()):  # noqa: SLF001
        column = 0
        for text, style, control in strip:
            if control:
                continue
            ink, paper = _colours(style, COLOURS[colours])
            for char in text:
                cells = cell_len(char)
                if cells:
                    _cell(draw, column, row, char, ink, paper, style, cells)
                column += cells
    return image


def _colours(style: Style | None, system: ColorSystem) -> tuple[Rgb, Rgb]:
    if style is None:
        return INK, PAPER
    ink, paper = _rgb(style.color, system, INK), _rgb(style.bgcolor, system, PAPER)
    if style.reverse:
        ink, paper = paper, ink
    if style.dim:
        ink = ((ink[0] + paper[0]) // 2, (ink[1] + paper[1]) // 2, (ink[2] + paper[2]) // 2)
    return ink, paper


@cache
def _rgb(colour: Color | None, system: ColorSystem, default: Rgb) -> Rgb:
    if colour is None or colour.is_default:
        return default
    red, green, blue = colour.downgrade(system).get_truecolor()
    return red, green, blue


def _cell(
    draw: ImageDraw.ImageDraw,
    column: int,
    row: int,
    char: str,
    ink: Rgb,
    paper: Rgb,
    style: Style | None,
    cells: int,
) -> None:
    x, y = column * WIDTH, row * HEIGHT

    def fill(left: int, top: int, right: int, bottom: int, colour: Rgb = ink) -> None:
        """Eighths of the cell, from edge to edge."""
        box = (left * WIDTH // 8, top * HEIGHT // 8, right * WIDTH // 8 - 1, bottom * HEIGHT // 8 - 1)
        draw.rectangle((x + box[0], y + box[1], x + box[2], y + box[3]), fill=colour)

    fill(0, 0, 8 * cells, 8, paper)
    if char in _LOWER:
        fill(0, 8 - _LOWER[char], 8, 8)
    elif char in _LEFT:
        fill(0, 0, _LEFT[char], 8)
    elif char in _QUADRANTS:
        for quadrant in _QUADRANTS[char]:
            left, top = quadrant % 2 * 4, quadrant // 2 * 4
            fill(left, top, left + 4, top + 4)
    elif char == "▔":
        fill(0, 0, 8, 1)
    elif char == "▕":
        fill(7, 0, 8, 8)
    elif 0x2800 <= ord(char) <= 0x28FF:
        for bit, (across, down) in enumerate(_DOTS):
            if ord(char) - 0x2800 >> bit & 1:
                centre = x + 3 + across * 6, y + 3 + down * 6
                draw.ellipse((centre[0] - 2, centre[1] - 2, centre[0] + 2, centre[1] + 2), fill=ink)
    elif char.strip():
        draw.text((x, y), char, font=_font(bool(style and style.bold)), fill=ink)
    if style and style.underline:
        fill(0, 7, 8 * cells, 8)


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype("DejaVuSansMono-Bold.ttf" if bold else "DejaVuSansMono.ttf", FONT_SIZE)
