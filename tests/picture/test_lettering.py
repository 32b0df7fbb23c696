"""Words and numbers: every sign has a shape, fits its box and stands on the grid."""

from __future__ import annotations

import string

import pytest

from runnersknee_tui.picture.encode import Blocks, encode
from runnersknee_tui.picture.glyphs import GLYPHS, PIXELS, pieces
from runnersknee_tui.picture.lettering import SMALL, SMALLEST, fit, fit_alike
from runnersknee_tui.picture.panels import title_lines
from runnersknee_tui.picture.pixel_letters import BOLD, LOW, THIN
from runnersknee_tui.picture.raster import Raster

SIGNS = string.ascii_uppercase + string.digits + ":+-/.,'?%"
WORDS = [
    "GET READY", "LIFT", "HOLD", "LOWER", "OPEN", "CLOSE", "PUSH", "STEP OUT", "STEP UP", "SQUEEZE", "STRETCH",
    "REST", "SWITCH SIDES", "DONE", "PAUSED", "READY", "LEFT", "RIGHT", "OF", "SEC",
]  # fmt: skip
GROUND, INK = 0x000000, 0xFFFFFF


def drawn(text: str, cols: int, rows: int) -> Raster:
    """A word as high as the rows, on a raster with room for what hangs below the line."""
    raster = Raster(cols, rows + 2, GROUND)
    fit(text, raster.width, rows * 4).draw(raster, 0, 0, INK)
    return raster


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("rows", [3, 4, 8, 16])
def test_every_sign_has_a_shape_of_its_own(sign: str, rows: int) -> None:
    raster = drawn(sign, 20, rows)
    assert any(raster.samples)
    for other in SIGNS:
        if other != sign and {other, sign} != {"O", "0"}:
            assert drawn(other, 20, rows).samples != raster.samples, (sign, other)


def test_all_alphabets_have_the_same_signs() -> None:
    assert set(GLYPHS) == set(PIXELS) == set(SIGNS + " ")
    for font in (THIN, BOLD, LOW):
        assert set(font.glyphs) == set(PIXELS)
        for rows in font.glyphs.values():
            assert len(rows) == font.rows
            assert len({len(row) for row in rows}) == 1
    assert all(pieces(sign) for sign in SIGNS)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(("width", "height"), [(148, 20), (80, 14), (66, 32), (230, 36), (148, 8)])
def test_words_fit_their_box(word: str, width: int, height: int) -> None:
    setting = fit(word, width, height)
    assert setting.width <= width
    assert setting.height <= max(14, height)
    raster = Raster(width // 2 + 20, 12, GROUND)
    setting.draw(raster, 0, 0, INK)
    right = max(i % raster.stride for i, sample in enumerate(raster.samples) if sample)
    assert right / 2 <= setting.width + 1


def test_a_wider_box_never_makes_a_word_smaller() -> None:
    heights = [fit("SWITCH SIDES", width, 40).height for width in range(80, 260, 6)]
    assert heights == sorted(heights)


def test_a_box_too_small_gets_the_smallest_letters() -> None:
    setting = fit("SWITCH SIDES", 10, 4)
    assert (setting.height, setting.pixel) == (SMALLEST, 1)


@pytest.mark.parametrize("height", range(SMALL, 60, 6))
def test_stems_and_bars_are_sharp(height: int) -> None:
    """Straight letters lie on whole quadrants: no blended cell at all."""
    for word in ("LIFT", "HILL", "EFT"):
        raster = Raster(120, 16, GROUND)
        setting = fit(word, raster.width, height)
        setting.draw(raster, 3, 5, INK)
        frame = encode(raster)
        colours = {c for y in range(frame.height) for cell in frame.cells(y) for c in cell[1:]}
        assert colours == {GROUND, INK, None}, (word, height)


def test_accents_and_unknown_signs_do_no_harm() -> None:
    assert fit("Élan", 100, 20).text == "ELAN"
    assert not any(drawn("漢", 20, 8).samples)


def test_pairs_are_kerned() -> None:
    def gap(pair: str) -> float:
        return fit(pair, 500, 60).width - fit(pair[0], 500, 60).width - fit(pair[1], 500, 60).width

    assert gap("LT") < gap("HH")
    assert gap("AV") < 0 < gap("HI")


@pytest.mark.parametrize("x", [0, 3.3, 7, 10.9])
def test_coarse_letters_have_pixels_of_whole_cells(x: float) -> None:
    setting = fit("OPEN", 150, 16, coarse=True)
    assert (setting.height, setting.pixel) == (14, 2)
    raster = Raster(80, 5, GROUND)
    setting.draw(raster, x, 2, INK)
    colours = {c for y in range(5) for cell in encode(raster, Blocks.HALF).cells(y) for c in cell[1:]}
    assert colours == {GROUND, INK, None}


def test_lines_that_belong_together_have_letters_of_one_kind() -> None:
    for words, width, height in (
        (("RIGHT", "LEG"), 44, 15),
        (("LEFT", "LEG"), 60, 40),
        (("DEAD BUG", "ARMS"), 80, 11),
    ):
        settings = fit_alike(words, width, height)
        assert len({(one.height, one.font and one.font.rows, one.pixel) for one in settings}) == 1
        assert max(one.width for one in settings) <= width


def test_a_card_with_few_rows_has_its_title_in_low_letters_that_are_bold() -> None:
    assert title_lines(44, "Dead bug", low=True, coarse=False) == ("Dead bug",)
    assert title_lines(44, "Glute bridge with dumbbell", low=True, coarse=False) == (
        "Glute bridge",
        "with dumbbell",
    )
    assert title_lines(44, "Short dead bug", low=True, coarse=False) == ("Short", "dead bug")
    assert title_lines(44, "Glute bridge with dumbbell", low=True, coarse=True) == ()


@pytest.mark.parametrize("sign", "35BDP")
@pytest.mark.parametrize("height", range(20, 90, 2))
def test_bars_run_into_bowls_without_a_seam(sign: str, height: int) -> None:
    raster = Raster(60, 24, GROUND)
    fit(sign, raster.width, height).draw(raster, 0, 0, INK)
    for y in range(raster.lines):
        line = raster.samples[y * raster.stride : (y + 1) * raster.stride]
        inked = bytes(1 if sample else 0 for sample in line)
        assert b"\1\0\1" not in inked, (y, sign)
