"""Scenes: the right size everywhere, the same every time, and few cells from one second to the next."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from runnersknee_tui.core.model import Side
from runnersknee_tui.picture.book import FigureBook
from runnersknee_tui.picture.cells import Frame
from runnersknee_tui.picture.encode import terminal_colour
from runnersknee_tui.picture.painter import Drawing, FrameCache, Painter, finish
from runnersknee_tui.picture.palette import PHASE_COLOURS, shades
from runnersknee_tui.picture.scene import (
    FINE,
    POSES,
    Blocks,
    Depth,
    Full,
    Look,
    Pose,
    Studio,
    Theme,
    Tone,
    Working,
)

BOOK = FigureBook(Path(__file__).parents[2] / "assets" / "figures")
LIFT = Working(Tone.WORK, "Lift", 30, "7", "of 12", 12, 6, Pose("glute-bridge", 13, POSES))
REST = Full(Tone.REST, "Rest", "27", 27 / 45, "Next", "Clamshell", Pose("clamshell", 0, POSES))
SIZES = [
    (80, 21),
    (80, 22),
    (120, 37),
    (40, 9),
    (40, 10),
    (200, 60),
    (56, 15),
    (30, 6),
    (12, 3),
    (20, 1),
    (1, 1),
]
LOOKS = [
    Look(),
    Look(theme=Theme.LIGHT),
    Look(Blocks.HALF, Depth.INDEXED),
    Look(Blocks.QUADRANT, Depth.ANSI),
    Look(Blocks.BRAILLE),
    Look(Blocks.ASCII, Depth.MONO, Theme.MONO),
]


def has_size(frame: Frame, cols: int, rows: int) -> bool:
    return (
        frame.width == cols
        and frame.height == rows
        and all(sum(len(run[0]) for run in row) == cols for row in frame.rows)
    )


@pytest.mark.parametrize(("cols", "rows"), SIZES)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.blocks}-{look.depth}-{look.theme}")
def test_pictures_fill_their_area_exactly(look: Look, cols: int, rows: int) -> None:
    studio = Studio(BOOK, look)
    assert has_size(studio.working(LIFT, cols, rows), cols, rows)
    assert has_size(studio.full(REST, cols, rows), cols, rows)
    assert has_size(studio.full(Full(Tone.PAUSED, "Paused"), cols, rows), cols, rows)
    assert has_size(
        studio.full(replace(REST, title="A very long name of an exercise indeed"), cols, rows), cols, rows
    )


@pytest.mark.parametrize("tone", Tone)
def test_every_moment_has_its_screen(tone: Tone) -> None:
    frame = Studio(BOOK).full(Full(tone, "Word", "12"), 80, 22)
    colours = [cell[2] for y in range(22) for cell in frame.cells(y)]
    assert max(set(colours), key=colours.count) == shades(tone).accent


def test_the_phases_fill_the_corner_of_the_eye() -> None:
    """Most of a full screen and a quarter of a working one is in the phase's colour."""
    for tone, colour in PHASE_COLOURS.items():
        full = Studio(BOOK).full(replace(REST, tone=tone), 80, 22)
        share = sum(cell[2] == colour for y in range(22) for cell in full.cells(y)) / (80 * 22)
        assert share > 0.45
        working = Studio(BOOK).working(replace(LIFT, tone=tone), 80, 21)
        assert sum(cell[2] == colour for y in range(21) for cell in working.cells(y)) / (80 * 21) > 0.2


def test_small_screens_drop_the_figure_first_and_the_number_last() -> None:
    studio = Studio(BOOK)
    other = replace(LIFT, pose=Pose("plank", 0, POSES))
    number = replace(LIFT, number="8")
    word = replace(LIFT, word="Hold")
    for (cols, rows), (has_figure, has_word) in {
        (80, 21): (True, True), (40, 9): (False, True), (40, 5): (False, False),
    }.items():  # fmt: skip
        base = studio.working(LIFT, cols, rows)
        assert (studio.working(other, cols, rows) != base) == has_figure
        assert (studio.working(word, cols, rows) != base) == has_word
        assert studio.working(number, cols, rows) != base


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.blocks}-{look.depth}-{look.theme}")
def test_a_frame_uses_the_colours_of_its_terminal_alone(look: Look) -> None:
    studio = Studio(BOOK, look)
    long = replace(REST, title="A very long name of an exercise indeed")
    frames = [studio.working(LIFT, 80, 21), studio.full(REST, 80, 22), studio.full(long, 80, 22)]
    colours = {colour for frame in frames for row in frame.rows for run in row for colour in run[1:]}
    if look.depth is Depth.MONO:
        assert colours == {None}
    assert colours == {None if c is None else terminal_colour(c, look.depth) for c in colours}


def test_a_second_view_stands_inside_the_first_where_there_is_room() -> None:
    studio = Studio(BOOK)
    figure = BOOK.get("single-leg-bridge")
    assert figure is not None
    assert figure.inset is not None
    alone = Studio(BOOK)
    alone.book = FigureBook()
    alone.book._figures["single-leg-bridge"] = replace(figure, front=None)
    for cols, rows, seen in ((50, 14, True), (74, 26, True), (40, 12, False)):
        for side in Side:
            pose = Pose("single-leg-bridge", 12, POSES, side)
            one, two = (each.figure(pose, Tone.WORK, cols, rows) for each in (studio, alone))
            assert bool(one.changes(two)) == seen


def test_words_stand_beside_an_upright_figure_and_above_a_lying_one() -> None:
    studio = Studio(BOOK)
    for figure, high in (("step-up", True), ("clamshell", False)):
        card = replace(REST, title="Left leg", pose=Pose(figure, 0, POSES))
        before = studio.full(card, 80, 20)
        spans = studio.full(replace(card, title="Right leg"), 80, 20).changes(before)
        assert spans
        assert (max(span.y for span in spans) >= 12) == high


@pytest.mark.parametrize("rows", [7, 8])
def test_a_number_is_whole_where_rows_are_few(rows: int) -> None:
    """An 8 is as wide at its foot as at its top; one cut at its foot is not. The word above keeps its distance."""
    accent = shades(Tone.REST).accent
    frame = Studio(BOOK).full(replace(REST, number="88"), 40, rows)
    lines = [lit_quadrants(frame, y // 2, y % 2, accent) for y in range(8, 2 * rows)]
    assert lines[0] == 0
    inked = [line for line in lines if line]
    assert inked[0] == inked[-1] >= 8


def lit_quadrants(frame: Frame, y: int, lower: int, ground: int) -> int:
    """How many quadrants of the upper or lower half of a row are not ground."""
    patterns = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
    lit = 0
    for char, fg, bg in frame.cells(y):
        mask = patterns.index(char) >> (2 * lower)
        lit += sum((fg if mask >> bit & 1 else bg) != ground for bit in (0, 1))
    return lit


def test_a_missing_figure_leaves_its_place_empty() -> None:
    studio = Studio(BOOK)
    frame = studio.working(replace(LIFT, pose=Pose("nowhere", 0, POSES)), 80, 21)
    assert has_size(frame, 80, 21)
    assert BOOK.problems["nowhere"]


def test_drawing_ahead_is_drawing() -> None:
    studio = Studio(BOOK)
    painter = studio.ahead(LIFT, 80, 21)
    slices = 1
    while not painter.step():
        slices += 1
    assert slices > 20
    assert painter.frame == Studio(BOOK).working(LIFT, 80, 21)
    again = studio.ahead(LIFT, 80, 21)
    assert again.step()  # all of it is remembered
    full = studio.ahead(REST, 80, 22)
    while not full.step():
        pass
    assert full.frame == studio.full(REST, 80, 22)


def test_the_memory_is_bounded_and_forgets_the_oldest() -> None:
    studio = Studio(BOOK, limit=20)
    for progress in range(FINE):
        studio.working(replace(LIFT, progress=progress, number=str(progress)), 60, 16)
    assert len(studio.cache) == 20
    cache = FrameCache(2)
    frame = Frame(0, ())

    def nothing() -> Drawing:
        yield
        return frame

    for key in ("a", "b", "a", "c"):
        finish(cache.recall(key, nothing))
    assert "a" in cache
    assert "c" in cache
    assert "b" not in cache
    assert Painter(nothing()).frame is None
    cache.clear()
    assert len(cache) == 0


def changed_cells(before: Frame, after: Frame) -> int:
    return sum(span.width for span in after.changes(before))


def test_a_second_of_rest_changes_few_cells() -> None:
    studio = Studio(BOOK)
    frames = [studio.full(replace(REST, number=str(n), left=n / 45), 80, 22) for n in range(45, 0, -1)]
    changes = [changed_cells(a, b) for a, b in pairwise(frames)]
    assert sum(changes) / len(changes) < 130
    assert max(changes) < 330


def test_a_second_of_a_hold_leaves_the_figure_alone() -> None:
    studio = Studio(BOOK)
    hold = Working(Tone.HOLD, "Hold", 10, "18", "sec", 3, 1, Pose("plank", POSES))
    before = studio.working(hold, 80, 21)
    after = studio.working(replace(hold, number="17", progress=11), 80, 21)
    spans = after.changes(before)
    assert spans
    assert all(span.x >= 50 or span.y < 7 for span in spans)


def test_a_step_of_a_movement_changes_the_figure_alone() -> None:
    studio = Studio(BOOK)
    before = studio.working(LIFT, 80, 21)
    after = studio.working(replace(LIFT, pose=Pose("glute-bridge", 14, POSES)), 80, 21)
    spans = after.changes(before)
    assert spans
    assert all(span.x < 50 and 6 <= span.y < 20 for span in spans)
    assert changed_cells(before, after) < 250


def test_nothing_changes_nothing() -> None:
    studio = Studio(BOOK)
    assert studio.full(REST, 80, 22).changes(Studio(BOOK).full(REST, 80, 22)) == ()
    nearly = replace(REST, left=REST.left + 0.0005)
    assert studio.full(nearly, 80, 22) == studio.full(REST, 80, 22)
