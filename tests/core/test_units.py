"""Lengths and weights in words."""

from __future__ import annotations

import pytest

from runnersknee_tui.core.units import localise, weight


@pytest.mark.parametrize(
    ("text", "metric", "imperial"),
    [
        ("Lift it {12-18 in}.", "Lift it 30-45 cm.", "Lift it 12-18 in."),
        ("A roll of {6 in}.", "A roll of 15 cm.", "A roll of 6 in."),
        ("Steps of {8-12 in}", "Steps of 20-30 cm", "Steps of 8-12 in"),
        ("a {4-6 in} step", "a 10-15 cm step", "a 4-6 in step"),
        ("bend only {2-4 in}", "bend only 5-10 cm", "bend only 2-4 in"),
        ("{1-3 lb}", "0.5-1.5 kg", "1-3 lb"),
        ("{1 lb} and {2 lb}", "0.5 kg and 1 kg", "1 lb and 2 lb"),
        ("{11-12 in}", "30 cm", "11-12 in"),
        ("{0.5 lb}", "0.5 kg", "0.5 lb"),
        ("[b]{six in}[/b] {6 ft} {}", "[b]{six in}[/b] {6 ft} {}", "[b]{six in}[/b] {6 ft} {}"),
    ],
)
def test_measures_in_words(text: str, metric: str, imperial: str) -> None:
    assert localise(text, "metric") == metric
    assert localise(text, "imperial") == imperial


@pytest.mark.parametrize(("lb", "metric", "imperial"), [(1, "0.5 kg", "1 lb"), (2, "1 kg", "2 lb"), (3, "1.5 kg", "3 lb"), (5.5, "2.5 kg", "5.5 lb")])  # fmt: skip
def test_a_weight(lb: float, metric: str, imperial: str) -> None:
    assert (weight(lb, "metric"), weight(lb, "imperial")) == (metric, imperial)
