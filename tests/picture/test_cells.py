"""Frames: what counts as the same picture, and how few runs and spans describe a change."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from runnersknee_tui.picture.cells import (
    INVERSE,
    Cell,
    Frame,
    Span,
    above,
    beside,
    blank,
    canonical,
    expand,
    merge,
)

RED, BLUE, GREEN = 0xFF0000, 0x0000FF, 0x00FF00
CELLS = st.lists(
    st.tuples(
        st.sampled_from(sorted(INVERSE)), st.sampled_from([RED, BLUE, GREEN]), st.sampled_from([RED, BLUE])
    ),
    min_size=1,
    max_size=24,
).map(lambda cells: [canonical(*cell) for cell in cells])


def frame(*rows: list[Cell]) -> Frame:
    return Frame(len(rows[0]), tuple(merge(row) for row in rows))


@settings(max_examples=150, deadline=None)
@given(CELLS)
def test_merging_changes_nothing_that_is_seen(cells: list[Cell]) -> None:
    row = merge(cells)
    assert expand(row) == cells
    assert len(row) <= len(cells)


def test_swapped_colours_and_full_blocks_join_one_run() -> None:
    row = merge([("▀", RED, BLUE), (" ", None, RED), (" ", None, BLUE), ("▀", BLUE, RED)])
    assert row == (("▀█ ▄", RED, BLUE),)


def test_two_flat_colours_are_one_run() -> None:
    assert merge([(" ", None, BLUE)] * 2 + [(" ", None, RED)]) == (("  █", RED, BLUE),)


def test_cells_without_colours_merge_by_their_characters() -> None:
    assert merge([("#", None, None), (" ", None, None), ("#", None, None)]) == (("# #", None, None),)


@settings(max_examples=100, deadline=None)
@given(CELLS, st.integers(0, 23), st.integers(0, 6))
def test_changes_cover_every_changed_cell(cells: list[Cell], at: int, gap: int) -> None:
    before = frame(cells)
    after = frame([(" ", None, GREEN) if i == at % len(cells) else cell for i, cell in enumerate(cells)])
    spans = after.changes(before, gap)
    touched = {x for span in spans for x in range(span.x, span.x + span.width)}
    different = {x for x, (a, b) in enumerate(zip(before.cells(0), after.cells(0), strict=True)) if a != b}
    assert different == touched


def test_without_colours_every_glyph_stands_for_itself() -> None:
    assert canonical("▄", None, None) != canonical("▀", None, None)
    assert canonical("█", None, None) != canonical(" ", None, None)
    before, after = Frame(1, ((("▀", None, None),),)), Frame(1, ((("▄", None, None),),))
    assert after.changes(before) == (Span(0, 0, 1),)


def test_far_changes_are_two_spans_and_near_ones_share_one() -> None:
    plain: list[Cell] = [(" ", None, BLUE)] * 20
    far = [(" ", None, RED) if x in (1, 15) else cell for x, cell in enumerate(plain)]
    near = [(" ", None, RED) if x in (1, 4) else cell for x, cell in enumerate(plain)]
    assert frame(far).changes(frame(plain)) == (Span(0, 1, 1), Span(0, 15, 1))
    assert frame(near).changes(frame(plain)) == (Span(0, 1, 4),)


def test_an_equal_frame_changes_nothing_and_another_size_changes_all() -> None:
    assert blank(4, 2, RED).changes(blank(4, 2, RED)) == ()
    assert blank(4, 2, RED).changes(blank(5, 2, RED)) == (Span(0, 0, 4), Span(1, 0, 4))
    assert blank(4, 2, RED).changes(None) == (Span(0, 0, 4), Span(1, 0, 4))


def test_frames_join_beside_and_above() -> None:
    pair = beside(blank(2, 1, RED), blank(3, 1, RED))
    assert pair == Frame(5, ((("     ", None, RED),),))
    assert above(pair, blank(5, 2, BLUE)).height == 3
