"""Shapes on a raster and what each kind of character makes of them."""

from __future__ import annotations

import pytest

from runnersknee_tui.picture import encode as encoder
from runnersknee_tui.picture.cells import Frame
from runnersknee_tui.picture.encode import CRISP, SMOOTH, Blocks, Depth, encode
from runnersknee_tui.picture.palette import ANSI_COLOURS, DOTTED, SPARSE, xterm256, xterm_colour
from runnersknee_tui.picture.raster import Raster

GROUND, INK, OTHER = 0x101820, 0xF0F0F0, 0x12D98A


def raster(cols: int = 4, rows: int = 2) -> Raster:
    return Raster(cols, rows, GROUND)


def area(made: Raster, colour: int) -> float:
    """Covered units."""
    return made.samples.count(made.number(colour)) / 4


def test_a_rectangle_on_the_grid_is_exact() -> None:
    made = raster()
    made.rect(2, 0, 4, 4, INK)
    assert encode(made).cells(0) == [
        (" ", None, GROUND),
        (" ", None, INK),
        (" ", None, GROUND),
        (" ", None, GROUND),
    ]


@pytest.mark.parametrize(("corner", "char"), [((0, 0), "▘"), ((1, 0), "▝"), ((0, 2), "▖"), ((1, 2), "▗")])
def test_a_quadrant_is_a_quadrant(corner: tuple[int, int], char: str) -> None:
    made = raster(1, 1)
    made.rect(corner[0], corner[1], corner[0] + 1, corner[1] + 2, INK)
    assert encode(made).cells(0) == [(char, INK, GROUND)]
    assert encode(made, depth=Depth.MONO).rows == (((char, None, None),),)


def test_areas_of_shapes_are_right() -> None:
    made = Raster(40, 20, GROUND)
    made.disc(40, 40, 20, INK)
    assert area(made, INK) == pytest.approx(3.1416 * 400, rel=0.01)
    made.capsule(10, 10, 10, 60, 3, 3, OTHER)
    assert area(made, OTHER) == pytest.approx(50 * 6 + 3.1416 * 9, rel=0.03)


def test_a_tapered_limb_is_wide_at_one_end_only() -> None:
    made = Raster(40, 20, GROUND)
    made.capsule(10, 40, 70, 40, 8, 2, INK)
    height = [sum(made.samples[y * made.stride + x] for y in range(made.lines)) for x in (20, 140)]
    assert height[0] > 2.5 * height[1] > 0


def test_a_hole_stays_open_and_an_arc_has_its_share() -> None:
    made = Raster(40, 20, GROUND)
    made.polygon(([(10, 10), (50, 10), (50, 50), (10, 50)], [(20, 20), (40, 20), (40, 40), (20, 40)]), INK)
    assert area(made, INK) == pytest.approx(1600 - 400)
    ring, part = Raster(40, 20, GROUND), Raster(40, 20, GROUND)
    ring.arc(40, 40, 30, 6, 0, 1, INK)
    part.arc(40, 40, 30, 6, 0, 0.25, INK)
    assert area(part, INK) == pytest.approx(area(ring, INK) / 4, rel=0.02)
    upper_right = Raster(40, 20, GROUND)
    upper_right.rect(40, 0, 80, 40, INK)
    assert all(not s or u for s, u in zip(part.samples, upper_right.samples, strict=True))


def test_what_lies_outside_is_not_drawn_and_does_no_harm() -> None:
    made = raster()
    made.disc(-50, -50, 20, INK)
    made.rect(-5, -5, -1, -1, INK)
    made.polygon(([(100, 100), (120, 100), (110, 130)],), INK)
    made.capsule(-30, 4, 60, 4, 1, 1, OTHER)
    assert area(made, INK) == 0
    assert len(made.samples) == made.stride * made.lines


def test_edges_are_blended_in_true_colour_and_never_in_sixteen() -> None:
    made = Raster(12, 6, GROUND)
    made.disc(12, 12, 9.3, INK)

    def seen(frame: Frame) -> set[int | None]:
        return {colour for y in range(frame.height) for cell in frame.cells(y) for colour in cell[1:]} - {
            None
        }

    assert seen(encode(made, depth=Depth.ANSI)) == {ANSI_COLOURS[0], ANSI_COLOURS[15]}
    assert len(seen(encode(made))) > 2
    indexed = seen(encode(made, depth=Depth.INDEXED))
    assert len(indexed) > 2
    assert {
        colour for colour in indexed if colour is not None and xterm_colour(xterm256(colour)) == colour
    } == indexed


def test_crisp_pictures_have_fewer_runs() -> None:
    made = Raster(30, 15, GROUND)
    made.disc(30, 30, 25.3, INK)
    runs = []
    for agree in (SMOOTH, CRISP):
        steps = encoder.encoding(made, Blocks.QUADRANT, Depth.TRUE, agree)
        while True:
            try:
                next(steps)
            except StopIteration as done:
                runs.append(sum(map(len, done.value.rows)))
                break
    assert runs[1] < runs[0]


def test_half_blocks_use_no_quadrants() -> None:
    made = Raster(12, 6, GROUND)
    made.disc(12, 12, 9.3, INK)
    assert set(encode(made, Blocks.HALF).text()) <= set(" ▀▄█\n")
    assert set(encode(made, Blocks.HALF, Depth.MONO).text()) <= set(" ▀▄█\n")


def test_braille_has_a_dot_for_each_two_units() -> None:
    made = raster(2, 1)
    made.rect(0, 0, 1, 1, INK)
    made.rect(3, 3, 4, 4, INK)
    assert encode(made, Blocks.BRAILLE).text() == "⠁⢀"
    assert encode(made, Blocks.BRAILLE).cells(0)[0] == ("⠁", INK, GROUND)
    assert encode(made, Blocks.BRAILLE, Depth.MONO).rows == ((("⠁⢀", None, None),),)


def test_ascii_is_ascii() -> None:
    made = Raster(12, 6, GROUND)
    made.disc(12, 12, 9.3, INK)
    text = encode(made, Blocks.ASCII, Depth.MONO).text()
    assert text.isascii()
    assert "#" in text


def test_without_colours_a_frame_has_none() -> None:
    made = Raster(12, 6, GROUND)
    made.disc(12, 12, 9.3, INK)
    for blocks in Blocks:
        frame = encode(made, blocks, Depth.MONO)
        assert {run[1:] for row in frame.rows for run in row} == {(None, None)}


@pytest.mark.parametrize(
    ("blocks", "chars"),
    [(Blocks.QUADRANT, "█▚▘"), (Blocks.HALF, "█▒░"), (Blocks.BRAILLE, "⣿⢕⠅"), (Blocks.ASCII, "#:.")],
)
def test_without_colours_two_greys_are_textures(blocks: Blocks, chars: str) -> None:
    for colour, char in zip((INK, DOTTED, SPARSE), chars, strict=True):
        made = raster(1, 1)
        made.rect(0, 0, 2, 4, colour)
        assert encode(made, blocks, Depth.MONO).text() == char


def test_a_raster_takes_more_colours_than_it_can_number() -> None:
    made = raster()
    for value in range(400):
        made.rect(0, 0, 1, 1, value * 40)
    assert len(made.colours) == 255


def test_memories_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "_LIMIT", 50)
    for step in range(12):
        made = Raster(20, 10, GROUND)
        made.disc(20 + step / 7, 20 + step / 5, 14.3, INK)
        encode(made)
    mixer = encoder._mixer((GROUND, INK), Blocks.QUADRANT, Depth.TRUE, SMOOTH)
    assert 0 < len(mixer._averages) <= 50
    for memory in (encoder._mixer, encoder._row, encoder._cell):
        assert memory.cache_info().maxsize is not None
