"""A picture's row on its way to the terminal: the same cells with fewer bytes, and still a strip of Textual's."""

from __future__ import annotations

import io

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.style import Style
from textual.strip import Strip

from runnersknee_tui.picture.cells import Row, canonical, cut, expand
from runnersknee_tui.tui.widgets.row_strip import DEFAULT, RESET, RowStrip

COLOURS = st.sampled_from([None, 0x000000, 0xFFFFFF, 0x12D98A, 0xF4641A])
RUNS = st.tuples(st.text("▀▌ █a", min_size=1, max_size=6), COLOURS, COLOURS)
ROWS = st.lists(RUNS, min_size=1, max_size=8).map(tuple)


def width(row: Row) -> int:
    return sum(len(run[0]) for run in row)


def console(system: str | None = "truecolor") -> Console:
    return Console(file=io.StringIO(), force_terminal=True, color_system=system, _environ={})  # type: ignore[arg-type]


def on_terminal(text: str, columns: int) -> list[tuple[str, int | None, int | None]]:
    """What a terminal shows for these sequences, cell by cell."""
    screen = pyte.Screen(columns, 1)
    pyte.Stream(screen).feed(text)
    cells = (screen.buffer[0][x] for x in range(columns))
    return [canonical(cell.data, packed(cell.fg), packed(cell.bg)) for cell in cells]


def packed(name: str) -> int | None:
    return None if name == "default" else int(name, 16)


@given(ROWS, st.data())
def test_a_part_shows_its_cells_whatever_was_written_before(row: Row, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, width(row) - 1))
    end = data.draw(st.integers(start + 1, width(row)))
    before, shown = RowStrip(row, width(row)).render_part(0, 1, console(), DEFAULT)
    text, shown = RowStrip(row, width(row)).render_part(start, end, console(), shown)
    after = "|" if shown == DEFAULT else RESET + "|"
    assert on_terminal(before + text + after, end - start + 2) == [
        *expand(row)[:1],
        *expand(row)[start:end],
        ("|", None, None),
    ]


@given(ROWS, st.data())
def test_a_cut_is_the_same_cells(row: Row, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, width(row)))
    end = data.draw(st.integers(start, width(row)))
    assert expand(cut(row, start, end)) == expand(row)[start:end]
    assert all(text for text, _, _ in cut(row, start, end))


def test_a_colour_is_sent_once_where_it_begins() -> None:
    row: Row = (("▀▀", 0x12D98A, 0x000000), ("▌", 0xFFFFFF, 0x000000), ("   ", None, 0x000000))
    assert RowStrip(row, 6).render(console()) == (
        "\x1b[38;2;18;217;138;48;2;0;0;0m▀▀\x1b[38;2;255;255;255m▌   \x1b[0m"
    )


def test_a_colour_that_the_terminal_writes_in_already_is_not_sent() -> None:
    text, shown = RowStrip((("▀▀▀", 0x12D98A, None),), 3).render_part(0, 2, console(), DEFAULT)
    assert text == "\x1b[38;2;18;217;138m▀▀"
    assert RowStrip((("▀", 0x12D98A, None),), 1).render_part(0, 1, console(), shown) == ("▀", shown)


def test_cells_without_colours_are_sent_as_they_are() -> None:
    assert RowStrip(((" ⣿ ", None, None),), 3).render(console()) == " ⣿ "


@pytest.mark.parametrize(("system", "code"), [("256", "38;5;"), ("standard", "3"), ("truecolor", "38;2;")])
def test_colours_are_those_of_the_terminal(system: str, code: str) -> None:
    assert RowStrip((("x", 0x00FF00, None),), 1).render(console(system)).startswith(f"\x1b[{code}")


@given(ROWS)
def test_it_can_do_all_that_a_strip_can(row: Row) -> None:
    strip = RowStrip(row, width(row))
    same = Strip(list(strip), width(row))
    assert strip.text == same.text
    assert strip == same
    bold = Style(bold=True)
    assert strip.apply_style(bold) == same.apply_style(bold)
    half = width(row) // 2
    assert [part.text for part in strip.divide([half, width(row)])] == [same.text[:half], same.text[half:]]
    assert strip.crop(half).text == same.crop(half).text
    assert strip.adjust_cell_length(width(row) + 2).text == same.text + "  "


def test_what_no_strip_has_it_has_not_either() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        RowStrip(((" ", None, None),), 1).nothing  # noqa: B018
