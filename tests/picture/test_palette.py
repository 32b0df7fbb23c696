"""The phase colours as look and cues promise them: apart for any eyes, and readable under words."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from runnersknee_tui.picture.palette import (
    ANSI_COLOURS,
    DOTTED,
    INK,
    PAPER,
    PHASE_COLOURS,
    Theme,
    Tone,
    ansi16,
    colour_of,
    contrast,
    luminance,
    mix,
    shades,
    xterm256,
    xterm_colour,
)

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB
MACHADO = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: int) -> list[float]:
    channels = [(colour >> shift & 255) / 255 for shift in (16, 8, 0)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    r, g, b = (min(1.0, max(0.0, c)) for c in rgb)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def smallest_distance(eyes: str) -> float:
    seen = []
    for colour in PHASE_COLOURS.values():
        rgb = linear(colour)
        seen.append(lab([sum(m * c for m, c in zip(row, rgb, strict=True)) for row in MACHADO[eyes]]))
    return min(math.dist(a, b) for a, b in combinations(seen, 2))


@pytest.mark.parametrize(
    ("eyes", "least"), [("normal", 58), ("deuteranopia", 28), ("protanopia", 33), ("tritanopia", 37)]
)
def test_phases_stay_apart(eyes: str, least: float) -> None:
    assert smallest_distance(eyes) >= least


@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize("theme", [Theme.DARK, Theme.LIGHT])
def test_words_are_readable(tone: Tone, theme: Theme) -> None:
    ink = shades(tone, theme)
    assert contrast(ink.accent, ink.on_accent) >= 5.4
    assert contrast(ink.ground, ink.text) >= 12
    assert contrast(ink.ground, ink.muted) >= 4.5


@pytest.mark.parametrize("theme", [Theme.DARK, Theme.LIGHT])
@pytest.mark.parametrize("tone", [Tone.WORK, Tone.HOLD])
def test_the_body_stands_out_from_the_ground(tone: Tone, theme: Theme) -> None:
    ink = shades(tone, theme)
    assert contrast(ink.ground, ink.body) >= 7
    assert contrast(ink.ground, ink.far) >= 2
    assert contrast(ink.ground, ink.ghost) < contrast(ink.ground, ink.accent)


def test_light_words_stand_on_rest_alone() -> None:
    assert {tone for tone in Tone if shades(tone).on_accent == PAPER} == {Tone.REST}


def test_without_colours_what_works_is_told_from_the_rest_and_from_its_goal() -> None:
    ink = shades(Tone.REST, Theme.MONO)
    assert ink.mono
    assert ink.backdrop == ink.ground
    assert len({ink.ground, ink.limb, ink.body, ink.ghost}) == 4
    assert {ink.body, ink.far, ink.shirt} == {DOTTED}
    assert not shades(Tone.REST).mono


def test_mixing_ends_in_its_two_colours() -> None:
    assert mix(INK, PAPER, 0) == INK
    assert mix(INK, PAPER, 1) == PAPER
    assert luminance(mix(INK, PAPER, 0.5)) < luminance(PAPER)


def test_palette_colours_come_back_as_themselves() -> None:
    for index in range(16, 256):
        assert xterm_colour(xterm256(xterm_colour(index))) == xterm_colour(index)
    for index, colour in enumerate(ANSI_COLOURS):
        assert ansi16(colour) == index


def test_phases_stay_different_in_256_and_in_16_colours() -> None:
    assert len({xterm256(colour_of(tone)) for tone in PHASE_COLOURS}) == 5
    assert len({ansi16(colour_of(tone)) for tone in PHASE_COLOURS}) == 5
    assert {ansi16(shades(tone).ground) for tone in PHASE_COLOURS} == {0}
    assert ansi16(0x808080) in (7, 8)
    assert ansi16(shades(Tone.WORK).track) == 2
    assert ansi16(shades(Tone.HOLD).track) == 1
    assert ansi16(0xFFFFFF) == 15
