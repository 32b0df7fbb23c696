from __future__ import annotations

from datetime import date

import pytest
from textual.content import Content

from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.widgets.rows import Row

TODAY = date(2026, 6, 18)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 6, 18), "today"),
        (date(2026, 6, 17), "yesterday"),
        (date(2026, 6, 12), "Friday"),
        (date(2026, 6, 11), "Thu 11 Jun"),
        (date(2025, 12, 31), "Wed 31 Dec 2025"),
        (date(2026, 6, 20), "Sat 20 Jun"),  # a clock that was put back
    ],
)
def test_day(on: date, words: str) -> None:
    assert phrases.day(on, TODAY) == words


@pytest.mark.parametrize(("seconds", "words"), [(60, "1 min"), (61, "2 min"), (1875, "32 min"), (0, "0 min")])
def test_what_will_be_spent_is_rounded_up(seconds: float, words: str) -> None:
    assert phrases.minutes(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(40, "40 s"), (59.4, "59 s"), (90, "2 min"), (1830.2, "31 min")]
)
def test_what_was_spent(seconds: float, words: str) -> None:
    assert phrases.length(seconds) == words


def test_count() -> None:
    assert phrases.count(1, "file") == "1 file"
    assert phrases.count(0, "file") == "0 files"
    assert phrases.count(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize("width", range(1, 30))
def test_a_row_is_as_wide_as_asked_and_keeps_its_right_part(width: int) -> None:
    line = Row(Content("Straight leg raise"), Content("32 min"))._line(width).plain
    assert len(line) <= width
    if width > 7:
        assert line.endswith(" 32 min")
        assert len(line) == width


def test_a_row_stays_one_line() -> None:
    assert Row(Content("a\nb"), Content("c"))._line(10).plain == "a        c"
