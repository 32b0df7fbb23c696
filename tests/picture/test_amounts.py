"""The picture of one exercise holds its size and shows what was asked and done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runnersknee_tui.picture.amounts import Amount, amounts_chart
from runnersknee_tui.picture.cells import Frame
from runnersknee_tui.picture.chart_ink import Canvas, chart_ink
from runnersknee_tui.picture.encode import Blocks, Depth
from runnersknee_tui.picture.palette import Theme

INK = chart_ink()
CANVASES = [
    Canvas(INK),
    Canvas(chart_ink(Theme.LIGHT)),
    Canvas(INK, Blocks.BRAILLE),
    Canvas(INK, Blocks.ASCII),
    Canvas(INK, depth=Depth.MONO),
]
TODAY = date(2026, 6, 18)
START = TODAY - timedelta(weeks=26)
AMOUNTS = [
    Amount(START + timedelta(days=day), 10 + day / 20, 9 + day / 20 if day % 9 else None, "low" if day < 90 else "high")
    for day in range(0, 180, 3)
]  # fmt: skip


def whole(frame: Frame, cols: int, rows: int) -> None:
    assert (frame.width, frame.height) == (cols, rows)
    assert {sum(len(text) for text, _, _ in row) for row in frame.rows} == {cols}


@pytest.mark.parametrize("canvas", CANVASES)
@pytest.mark.parametrize("size", [(56, 13), (30, 8), (10, 4)])
def test_it_fills_its_size(canvas: Canvas, size: tuple[int, int]) -> None:
    for amounts in (AMOUNTS, AMOUNTS[:1], []):
        whole(amounts_chart(amounts, START, TODAY, *size, canvas), *size)


def colours(amounts: list[Amount]) -> set[int | None]:
    frame = amounts_chart(amounts, START, TODAY, 56, 13, CANVASES[0])
    return {colour for row in frame.rows[1:] for _, fg, bg in row for colour in (fg, bg)}


def test_what_was_skipped_has_no_bar() -> None:
    assert INK.bar in colours([Amount(TODAY, 10, 10)])
    assert INK.bar not in colours([Amount(TODAY, 10, None)])
    assert INK.bar not in colours([Amount(TODAY, 10, 0)])


def test_what_was_asked_is_a_line() -> None:
    assert INK.plan in colours([Amount(TODAY, 10, None)])
    assert INK.plan not in colours([Amount(TODAY, None, 10)])


def test_without_colours_there_is_air_between_the_line_and_a_bar_that_reaches_it() -> None:
    told = amounts_chart([Amount(TODAY, 10, 10)], START, TODAY, 56, 13, Canvas(INK, depth=Depth.MONO)).text()
    bare = amounts_chart(
        [Amount(TODAY, None, 10)], START, TODAY, 56, 13, Canvas(INK, depth=Depth.MONO)
    ).text()
    assert told.count("▀") > bare.count("▀")


def test_earlier_steps_are_told_apart() -> None:
    assert "earlier step" in amounts_chart(AMOUNTS, START, TODAY, 56, 13, CANVASES[0]).text()
    assert "earlier step" not in amounts_chart(AMOUNTS[-5:], START, TODAY, 56, 13, CANVASES[0]).text()


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-400, 30), st.none() | st.floats(0, 1e4), st.none() | st.floats(0, 1e4))),
    st.integers(10, 60),
    st.integers(4, 20),
)
def test_any_amounts_fit(rows: list[tuple[int, float | None, float | None]], cols: int, high: int) -> None:
    amounts = [Amount(TODAY + timedelta(days=day), asked, done) for day, asked, done in sorted(rows, key=lambda row: row[0])]  # fmt: skip
    whole(amounts_chart(amounts, START, TODAY, cols, high, CANVASES[0]), cols, high)
