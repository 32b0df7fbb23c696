"""Lengths and weights in the user's units. Words in the catalogue write them in inches and pounds: `{12-18 in}`."""

from __future__ import annotations

import re

METRIC, IMPERIAL = "metric", "imperial"
CM_PER_INCH = 2.54
KG_PER_LB = 0.45359237

_MEASURE = re.compile(r"\{(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))? (in|lb)\}")


def localise(text: str, units: str) -> str:
    """Replace each `{6 in}`, `{12-18 in}`, `{1 lb}`, `{1-3 lb}` in a sentence; anything else stays as it is.

    Metric lengths are rounded to 5 cm (to half a centimetre below 10 cm), weights to half a kilogram: finer
    would claim an exactness that no source has. `units` is "metric" or "imperial".
    """
    return _MEASURE.sub(lambda found: _range(found[1], found[2], found[3], units), text)


def weight(lb: float, units: str) -> str:
    """An added weight, given in pounds: "1 lb" or "0.5 kg"."""
    return f"{_plain(lb)} lb" if units == IMPERIAL else f"{_plain(_kilograms(lb))} kg"


def _range(low: str, high: str | None, unit: str, units: str) -> str:
    ends = [float(end) for end in (low, high) if end is not None]
    if units != IMPERIAL:
        convert, unit = (_centimetres, "cm") if unit == "in" else (_kilograms, "kg")
        ends = [convert(end) for end in ends]
    return f"{'-'.join(dict.fromkeys(_plain(end) for end in ends))} {unit}"


def _centimetres(inches: float) -> float:
    exact = inches * CM_PER_INCH
    return _to_nearest(exact, 5 if exact >= 10 else 0.5)


def _kilograms(lb: float) -> float:
    return max(_to_nearest(lb * KG_PER_LB, 0.5), 0.5)


def _to_nearest(value: float, grain: float) -> float:
    return round(value / grain) * grain


def _plain(value: float) -> str:
    return f"{value:g}"
