"""The pictures of the history hold their size, show what is known and leave open what is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runnersknee_tui.core.assessment import EVIDENCE
from runnersknee_tui.core.exercise_story import SideRow
from runnersknee_tui.core.heads import Head
from runnersknee_tui.core.plan_days import Adherence, Plan
from runnersknee_tui.core.statistics import PainDay, Summary, WeekMinutes, summarise
from runnersknee_tui.picture.bars import ring_chart, sides_chart, weeks_chart
from runnersknee_tui.picture.calendar import calendar_chart, level, weeks_in
from runnersknee_tui.picture.cells import Frame
from runnersknee_tui.picture.chart_ink import GUTTER, Canvas, ChartInk, chart_ink
from runnersknee_tui.picture.charts import pain_chart
from runnersknee_tui.picture.encode import Blocks, Depth
from runnersknee_tui.picture.palette import ANSI_COLOURS, Theme, ansi16, contrast, luminance
from tests.core.heads_for_tests import head, on

INK = chart_ink()
COLOUR = Canvas(INK)
CANVASES = [
    COLOUR,
    Canvas(chart_ink(Theme.LIGHT)),
    Canvas(INK, Blocks.HALF),
    Canvas(INK, Blocks.BRAILLE),
    Canvas(INK, Blocks.ASCII),
    Canvas(INK, depth=Depth.MONO),
    Canvas(chart_ink(depth=Depth.ANSI), depth=Depth.ANSI),
]
MON_WED_FRI = Plan(("mon", "wed", "fri"), 3, 600)


def summary(*heads: Head, today: int = 27) -> Summary:
    return summarise(heads, MON_WED_FRI, EVIDENCE, on(today), weeks=26)


def colours(frame: Frame) -> set[int | None]:
    return {colour for row in frame.rows for _, fg, bg in row for colour in (fg, bg)}


def whole(frame: Frame, cols: int, rows: int) -> None:
    """Every row has its width, in characters one cell wide."""
    assert (frame.width, frame.height) == (cols, rows)
    assert {sum(len(text) for text, _, _ in row) for row in frame.rows} == {cols}


SUMMARY = summary(head(0, pain=4), head(2, pain=7), head(9, pain=2), head(14), head(25, active_s=200.0))
SIDES = (
    SideRow("clamshell", "reps", 18, 20, 9, 2.0, None),
    SideRow("plank", "s", 61, 60, 9, None, None),
    SideRow("step-up", "reps", 0, 12, 3, None, 0.0),
)


@pytest.mark.parametrize("canvas", CANVASES)
@pytest.mark.parametrize("size", [(112, 16), (76, 16), (76, 9), (40, 12), (24, 8), (10, 4)])
def test_every_chart_fills_its_size(canvas: Canvas, size: tuple[int, int]) -> None:
    cols, rows = size
    whole(calendar_chart(SUMMARY.squares, on(27), 10, cols, rows, canvas), cols, rows)
    whole(pain_chart(SUMMARY.pain, EVIDENCE, cols, rows, canvas), cols, rows)
    whole(weeks_chart(SUMMARY.weeks, cols, rows, canvas), cols, rows)
    whole(ring_chart(SUMMARY.kept, cols, rows, canvas), cols, rows)
    whole(sides_chart(SIDES, {}, cols, rows, canvas), cols, rows)


@pytest.mark.parametrize("canvas", CANVASES)
def test_nothing_yet_is_drawn_without_a_fuss(canvas: Canvas) -> None:
    empty = summary()
    whole(calendar_chart(empty.squares, on(27), 10, 76, 16, canvas), 76, 16)
    whole(pain_chart(empty.pain, EVIDENCE, 76, 16, canvas), 76, 16)
    whole(pain_chart((), EVIDENCE, 76, 16, canvas), 76, 16)
    whole(weeks_chart(empty.weeks, 76, 16, canvas), 76, 16)
    whole(weeks_chart((), 76, 16, canvas), 76, 16)
    whole(sides_chart((), {}, 76, 16, canvas), 76, 16)
    assert "nothing planned yet" in ring_chart(empty.kept, 30, 10, canvas).text()


def test_without_colours_there_are_none() -> None:
    canvas = Canvas(INK, depth=Depth.MONO)
    for frame in (
        calendar_chart(SUMMARY.squares, on(27), 10, 76, 16, canvas),
        pain_chart(SUMMARY.pain, EVIDENCE, 76, 16, canvas),
        weeks_chart(SUMMARY.weeks, 76, 16, canvas),
        ring_chart(SUMMARY.kept, 30, 12, canvas),
        sides_chart(SIDES, {}, 76, 16, canvas),
    ):
        assert colours(frame) == {None}


def test_ascii_is_ascii() -> None:
    canvas = Canvas(INK, Blocks.ASCII)
    for frame in (
        calendar_chart(SUMMARY.squares, on(27), 10, 76, 16, canvas),
        pain_chart(SUMMARY.pain, EVIDENCE, 76, 16, canvas),
        weeks_chart(SUMMARY.weeks, 76, 16, canvas),
        sides_chart(SIDES, {}, 76, 16, canvas),
    ):
        assert frame.text().isascii()


def test_half_a_year_fits_120_columns_and_17_weeks_fit_80() -> None:
    assert weeks_in(112) >= 26
    assert weeks_in(74) == 17


def test_the_calendar_in_letters() -> None:
    text = calendar_chart(SUMMARY.squares, on(27), 10, 20, 9, Canvas(INK, Blocks.ASCII)).text().splitlines()
    assert [line[GUTTER:].rstrip() for line in text[1:8]] == [
        " 5   o   5   o",
        " .   .   .   .",
        " 5   5   o   o",
        " .   .   .   .",
        " o   o   o   2",
        " .   .   .   .",
        " .   .   .  [ ]",
    ]


def test_the_squares_of_the_calendar() -> None:
    frame = calendar_chart(SUMMARY.squares, on(27), 10, 20, 16, COLOUR)
    assert frame.cells(1)[GUTTER] == (" ", None, INK.ramp[-1])  # Monday of the first week: all of it done
    assert set(frame.cells(1)[GUTTER + 4][1:]) == {INK.missed, INK.ground}  # hollow a week later
    assert INK.today in colours(frame)
    wide = calendar_chart(SUMMARY.squares, on(27), 10, 76, 16, COLOUR)
    assert wide.text().splitlines()[-1].split() == ["less", *["██"] * 5, "a", "full", "day", "▛▜", "missed", "▄", "rest", "▄▄▄", "break"]  # fmt: skip


@pytest.mark.parametrize("canvas", CANVASES[:3])
def test_where_there_is_little_room_days_still_stand_apart(canvas: Canvas) -> None:
    frame = calendar_chart(SUMMARY.squares, on(27), 10, 36, 9, canvas)
    assert {bg for row in frame.rows for _, _, bg in row} == {canvas.ink.ground}  # nothing fills a whole cell
    assert {canvas.ink.ramp[-1], canvas.ink.missed, canvas.ink.today} <= colours(frame)
    assert "full" in frame.text().splitlines()[-1]


@pytest.mark.parametrize("theme", [Theme.DARK, Theme.LIGHT])
def test_with_16_colours_every_step_of_the_ramp_is_another_one(theme: Theme) -> None:
    ink = chart_ink(theme, depth=Depth.ANSI)
    bright = [luminance(ANSI_COLOURS[ansi16(colour)]) for colour in ink.ramp]
    assert bright == sorted(bright, reverse=theme is Theme.LIGHT)
    assert len(set(bright)) == len(ink.ramp) == 4


def test_without_colours_the_plan_is_seen_on_a_bar_and_beside_it() -> None:
    canvas = Canvas(INK, depth=Depth.MONO)
    week = WeekMinutes(on(0), 100, 50)
    bare = weeks_chart([week._replace(planned=0), WeekMinutes(on(7), 20, 0)], 24, 14, canvas).text()
    told = weeks_chart([week, WeekMinutes(on(7), 20, 50)], 24, 14, canvas).text()
    assert told.count("█") < bare.count("█")  # the first bar is cut where its plan crosses it
    assert told.count("▀") > bare.count("▀")  # and the line goes on where the second has no bar


def test_more_than_the_plan_is_no_brighter() -> None:
    assert level(10, 10, 5) == level(60, 10, 5) == 4
    assert [level(minutes, 10, 5) for minutes in (0.1, 3, 6, 9)] == [0, 1, 2, 3]
    assert level(5, 0, 5) == 4


def test_the_mean_has_gaps() -> None:
    days = [PainDay(on(at), None, 5.0 if at < 30 or at > 60 else None) for at in range(90)]
    frame = pain_chart(days, EVIDENCE, 94, 12, COLOUR)
    lit = [
        {x for y in range(1, 11) for x, cell in enumerate(frame.cells(y)) if INK.mean in cell[1:] and x == at}
        for at in range(GUTTER, 94)
    ]
    assert all(lit[3:28])
    assert not any(lit[34:58])
    assert all(lit[64:88])


def test_an_unanswered_day_has_no_dot() -> None:
    days = [PainDay(on(at), None, None) for at in range(20)]
    frame = pain_chart(days, EVIDENCE, 60, 12, COLOUR)
    assert INK.day not in {c for y in range(1, 11) for cell in frame.cells(y)[GUTTER:] for c in cell[1:]}


def test_the_stop_line_stands_on_the_axis() -> None:
    text = pain_chart(SUMMARY.pain, EVIDENCE, 60, 14, COLOUR).text()
    assert "stop line 6" in text
    assert {line[: GUTTER - 1].strip() for line in text.splitlines()[1:-1]} == {"", "10", "6", "0"}


def test_this_week_is_told_from_the_others() -> None:
    weeks = [WeekMinutes(on(at * 7), 30 + at, 40) for at in range(6)]
    frame = weeks_chart(weeks, 60, 12, COLOUR)
    low = [cell[2] for cell in frame.cells(10)]
    assert low.count(INK.now) == low.count(INK.bar) / 5
    assert INK.plan in colours(frame)


def test_a_ring_says_the_days() -> None:
    assert "90 % · 18 of 20 planned days" in ring_chart(Adherence(18, 20), 30, 12, COLOUR).text()
    assert "18 of 20 days" in ring_chart(Adherence(18, 20), 20, 12, COLOUR).text()


def test_sides_that_do_not_fit_are_counted() -> None:
    text = sides_chart(SIDES, {"clamshell": "Clamshell"}, 60, 7, COLOUR).text()
    assert "Clamshell" in text
    assert "and 2 more" in text
    assert "18" in text


@pytest.mark.parametrize("ink", [chart_ink(), chart_ink(Theme.LIGHT)])
def test_colours_can_be_told_apart(ink: ChartInk) -> None:
    lights = [luminance(colour) for colour in ink.ramp]
    assert lights in (sorted(lights), sorted(lights, reverse=True))
    assert contrast(ink.text, ink.ground) > 7
    assert contrast(ink.muted, ink.ground) > 4.5
    assert contrast(ink.mean, ink.bands[1]) > 4.5
    assert contrast(ink.edge, ink.ground) > 3


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(0, 10), st.floats(0, 9000)), max_size=20),
    st.integers(6, 130),
    st.integers(4, 30),
    st.sampled_from(CANVASES),
)
def test_any_history_at_any_size(
    rows_of: list[tuple[int, int | None, float]], cols: int, rows: int, canvas: Canvas
) -> None:
    found = summary(*(head(at, pain=pain, active_s=s) for at, pain, s in rows_of), today=60)
    whole(calendar_chart(found.squares, on(60), 10, cols, rows, canvas), cols, rows)
    whole(pain_chart(found.pain, EVIDENCE, cols, rows, canvas), cols, rows)
    whole(weeks_chart(found.weeks, cols, rows, canvas), cols, rows)
    whole(ring_chart(found.kept, cols, rows, canvas), cols, rows)
