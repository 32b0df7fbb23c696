"""The colours of a session: five that a runner tells apart from three metres with any eyes, and their shades.

The five phase colours differ in hue and in lightness; their smallest distances, seen normally and with
deuteranopia, protanopia and tritanopia, are held by a test. Colour never stands alone: a word says the same.
Colours are packed ints, 0xRRGGBB.
"""

from __future__ import annotations

import math
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from runnersknee_tui.picture.cells import Colour

INK: Colour = 0x0B0F14
PAPER: Colour = 0xEEF2F6

DOTTED: Colour = 0x808080
SPARSE: Colour = 0x404040
"""Where there are no colours these two are textures: every other dot, and few; all other colours are solid."""


class Tone(StrEnum):
    """What kind of moment it is; each has its colour."""

    READY = "ready"
    WORK = "work"
    HOLD = "hold"
    REST = "rest"
    SWITCH = "switch"
    DONE = "done"
    PAUSED = "paused"
    WAITING = "waiting"


class Theme(StrEnum):
    """What surrounds the phase colours."""

    DARK = "dark"
    LIGHT = "light"
    MONO = "mono"  # for terminals without colours: one ground, everything else lit


PHASE_COLOURS: dict[Tone, Colour] = {
    Tone.READY: 0xFFEE58,
    Tone.WORK: 0x12D98A,
    Tone.HOLD: 0xF4641A,
    Tone.REST: 0x2358D0,
    Tone.SWITCH: 0xEE8FCE,
}
_NEUTRAL: dict[Tone, Colour] = {Tone.DONE: 0xEEF2F6, Tone.PAUSED: 0xAEB9C5, Tone.WAITING: 0xFFEE58}

ANSI_OF: dict[Colour, int] = {
    0xFFEE58: 11,
    0x12D98A: 10,
    0xF4641A: 9,
    0x2358D0: 4,
    0xEE8FCE: 13,
    0xEEF2F6: 15,
    0xAEB9C5: 7,
    0x0B0F14: 0,
    0x6C7986: 7,  # far limbs: apart from a mat or a bench
    0xFF5FA2: 13,  # bands and weights: apart from limbs that hold
}
"""Colours whose place among the 16 is chosen, not computed: the phases stay five different colours."""


def colour_of(tone: Tone) -> Colour:
    """The full colour of a moment."""
    return PHASE_COLOURS.get(tone) or _NEUTRAL[tone]


def mix(a: Colour, b: Colour, t: float) -> Colour:
    """`a` at t = 0, `b` at t = 1, channel by channel."""
    mixed = 0
    for shift in (16, 8, 0):
        low, high = a >> shift & 255, b >> shift & 255
        mixed |= max(0, min(255, round(low + (high - low) * t))) << shift
    return mixed


class Shades(Struct, frozen=True):
    """The colours one moment is drawn in."""

    accent: Colour  # the phase's own: the band, whole screens
    limb: Colour  # the same where it stands on the ground: working limbs, arrows, pips
    on_accent: Colour  # words on it
    track: Colour  # on the accent: the part of a ring or edge still to come
    edge: Colour  # on the accent: the part that is done
    ground: Colour  # behind figure and number
    text: Colour  # numbers on the ground
    muted: Colour  # captions on the ground
    empty: Colour  # pips still to come
    body: Colour  # near limbs
    face: Colour
    shirt: Colour
    far: Colour  # limbs on the far side
    far_accent: Colour  # working limbs on the far side
    hair: Colour
    shoe: Colour
    ghost: Colour  # working limbs where the movement ends
    floor: Colour
    kit: Colour
    kit_edge: Colour
    band: Colour  # loop bands, straps and weights: seen against limbs of any colour

    @property
    def mono(self) -> bool:
        """Whether there are no colours: one ground, and everything else lit."""
        return self.accent == self.on_accent

    @property
    def backdrop(self) -> Colour:
        """What fills a screen that is in the phase's colour; the ground where there are no colours."""
        return self.ground if self.mono else self.accent


@lru_cache(maxsize=64)
def shades(tone: Tone, theme: Theme = Theme.DARK) -> Shades:
    """The colours of a moment in a theme."""
    if theme is Theme.MONO:
        return _mono()
    accent = colour_of(tone)
    on_accent = INK if luminance(accent) > 0.2 else PAPER
    dark = theme is Theme.DARK
    deep = accent if dark else mix(accent, INK, 0.25 if luminance(accent) > 0.4 else 0.0)
    ground = mix(INK, accent, 0.10) if dark else mix(0xFFFFFF, accent, 0.14)
    text = PAPER if dark else INK
    return Shades(
        accent=accent,
        limb=deep,
        on_accent=on_accent,
        track=mix(accent, on_accent, 0.24 if on_accent == PAPER else 0.30),
        edge=PAPER if dark and on_accent == INK and tone is not Tone.DONE else on_accent,
        ground=ground,
        text=text,
        muted=mix(text, ground, 0.28),
        empty=mix(ground, deep, 0.22),
        body=0xF0F3F6 if dark else 0x3A444F,
        face=0xF0F3F6 if dark else 0xD9B394,
        shirt=0xA3B2C2 if dark else 0x6A7887,
        far=0x6C7986 if dark else 0x9AA6B2,
        far_accent=mix(deep, ground, 0.42),
        hair=0x8C6A4F if dark else 0x5B3F2B,
        shoe=0xC9D3DD if dark else 0x20272F,
        ghost=mix(ground, deep, 0.30),
        floor=mix(ground, 0x7A8FA6, 0.45),
        kit=mix(ground, 0x8AA0B8, 0.42),
        kit_edge=mix(ground, 0xA9BCCF, 0.78) if dark else mix(ground, 0x3F5064, 0.7),
        band=0xFF5FA2 if tone is not Tone.SWITCH else 0xFFEE58,
    )


def _mono() -> Shades:
    """Without colours what works is solid, the rest of the body and the kit are dotted, the goal is faint."""
    ground, lit, half, faint = 0x000000, 0xFFFFFF, DOTTED, SPARSE
    return Shades(
        accent=lit, limb=lit, on_accent=lit, track=faint, edge=lit, ground=ground, text=lit, muted=lit, empty=ground,
        body=half, face=lit, shirt=half, far=half, far_accent=lit, hair=half, shoe=half, ghost=faint, floor=half,
        kit=half, kit_edge=lit, band=lit,
    )  # fmt: skip


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_linear(colour >> shift & 255) for shift in (16, 8, 0))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: Colour, b: Colour) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else math.pow((value + 0.055) / 1.055, 2.4)


_LEVELS = (0, 95, 135, 175, 215, 255)


@lru_cache(maxsize=4096)
def xterm256(colour: Colour) -> int:
    """The nearest of xterm's 256 colours that every terminal paints alike: the cube (16-231) and the greys."""
    red, green, blue = colour >> 16, colour >> 8 & 255, colour & 255
    steps = [min(range(6), key=lambda i: abs(_LEVELS[i] - channel)) for channel in (red, green, blue)]
    cube = 16 + 36 * steps[0] + 6 * steps[1] + steps[2]
    grey = 232 + max(0, min(23, round(((red + green + blue) / 3 - 8) / 10)))
    return min((cube, grey), key=lambda index: _apart(xterm_colour(index), colour))


def xterm_colour(index: int) -> Colour:
    """The packed colour of an index from 16 to 255."""
    if index >= 232:
        return (8 + 10 * (index - 232)) * 0x010101
    index -= 16
    return _LEVELS[index // 36] << 16 | _LEVELS[index // 6 % 6] << 8 | _LEVELS[index % 6]


ANSI_COLOURS = (
    0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA,
    0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF,
)  # fmt: skip
"""The 16 colours as most terminals start with them; every terminal may paint them as it likes."""


@lru_cache(maxsize=4096)
def ansi16(colour: Colour) -> int:
    """The index, 0 to 15, of the nearest of the 16 colours: the phases by choice, dark shades to black."""
    if colour in ANSI_OF:
        return ANSI_OF[colour]
    if colour in ANSI_COLOURS:
        return ANSI_COLOURS.index(colour)
    channels = (colour >> 16, colour >> 8 & 255, colour & 255)
    if max(channels) < 120:  # too dark to show a hue: a ground, or something faint on it
        return 0 if max(channels) < 60 else 8
    if max(channels) - min(channels) < 40:  # greys stay grey whatever their tint
        return min((0, 8, 7, 15), key=lambda i: abs((ANSI_COLOURS[i] & 255) - sum(channels) // 3))
    strong = max(channels) * 0.7  # the hue is which channels are strong, and then it is bright or dark
    hue = sum(1 << bit for bit, channel in enumerate(channels) if channel >= strong)
    return hue + (8 if max(channels) > 190 else 0)


def _apart(a: Colour, b: Colour) -> float:
    """Squared distance weighted by how red the pair is ("redmean"), close enough to an eye for this."""
    mean = ((a >> 16) + (b >> 16)) / 2
    red, green, blue = (a >> 16) - (b >> 16), (a >> 8 & 255) - (b >> 8 & 255), (a & 255) - (b & 255)
    return (2 + mean / 256) * red * red + 4 * green * green + (2 + (255 - mean) / 256) * blue * blue
