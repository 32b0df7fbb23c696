"""The pieces a scene is put together from: band, number, pips, ring, card. Each draws one rectangle of cells.

Every panel is a generator over a `Sheet`; it yields between slices and returns its frame. Equal arguments
give equal frames, so the studio can remember them.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from msgspec import Struct

from runnersknee_tui.core.model import Side
from runnersknee_tui.picture.cells import Colour, Frame, Row, blank
from runnersknee_tui.picture.encode import CRISP, SMOOTH, Blocks, Depth, encoding, terminal_colour
from runnersknee_tui.picture.lettering import SMALLEST, Setting, fit, fit_alike, plain
from runnersknee_tui.picture.painter import Drawing
from runnersknee_tui.picture.palette import Shades, Tone
from runnersknee_tui.picture.pixel_letters import THIN
from runnersknee_tui.picture.raster import Raster

if TYPE_CHECKING:
    from runnersknee_tui.picture.skeleton import Figure

SIGNS = {Tone.DONE: "tick", Tone.PAUSED: "bars", Tone.WAITING: "go"}
"""What stands in the ring where there is no number to show."""


class Sheet(Struct, frozen=True):
    """A rectangle to draw on, its means and its colours."""

    cols: int
    rows: int
    blocks: Blocks
    depth: Depth
    shades: Shades

    def raster(self, ground: Colour) -> Raster:
        return Raster(self.cols, self.rows, ground)

    @property
    def coarse(self) -> bool:
        """Whether the smallest thing to see is as wide as a cell."""
        return self.blocks in (Blocks.HALF, Blocks.ASCII)

    def fit(self, text: str, width: float, height: float) -> Setting:
        """Letters for this sheet's characters."""
        return fit(text, width, height, coarse=self.coarse)

    def encoding(self, raster: Raster, agree: int = CRISP) -> Drawing:
        return encoding(raster, self.blocks, self.depth, agree)


def band(sheet: Sheet, word: str, edge: int) -> Drawing:
    """The phase's colour and word; the last row (half of it in a low band) is its progress, `edge` of 2 x cols
    half cells done."""
    ink = sheet.shades
    raster = sheet.raster(ink.backdrop)
    bottom = raster.height - (4 if sheet.rows > 4 else 2)
    thin = (raster.height - bottom) // 2 if ink.mono else 0  # without colours a line is what is still to come
    raster.rect(0, bottom + thin, raster.width, raster.height, ink.text if ink.mono else ink.track)
    raster.rect(0, bottom, edge, raster.height, ink.edge)
    _headline(sheet, raster, word, 0.92, bottom, ink.on_accent)
    yield
    return (yield from sheet.encoding(raster))


def word(sheet: Sheet, text: str) -> Drawing:
    """A word at the top of a screen in the phase's colour."""
    ink = sheet.shades
    raster = sheet.raster(ink.backdrop)
    _headline(sheet, raster, text, 0.95, raster.height, ink.on_accent)
    yield
    return (yield from sheet.encoding(raster))


def _headline(sheet: Sheet, raster: Raster, text: str, share: float, room: int, colour: Colour) -> None:
    """A word as big as it goes in a share of the width and in the upper `room` units.

    Half a row keeps it from what stands above it, or without colours from the line below: there it is as lit as
    the letters, and above it is dark.
    """
    setting = sheet.fit(text, raster.width * share, room - (4 if room >= 20 else 2 if room >= 16 else 0))
    spare = room - setting.height
    top = spare / 2 if spare >= 4 else 0 if sheet.shades.mono else min(2, spare)
    setting.draw(raster, (raster.width - setting.width) / 2, top, colour)


def number(sheet: Sheet, text: str, caption: str) -> Drawing:
    """The number as big as it goes, its caption below it, or beside it where rows are few."""
    ink = sheet.shades
    raster = sheet.raster(ink.ground)
    width, height = raster.width, raster.height
    if height < 36:
        setting = sheet.fit(text, width * (0.5 if caption else 0.94), height - 2)
        small = sheet.fit(caption, width * 0.92 - setting.width - 6, min(14, height - 2))
        left = (width - setting.width - (small.width + 6 if caption else 0)) / 2
        spare = height - setting.height
        top = max(spare / 2, min(2, spare))  # half a row below the line of the progress
        setting.draw(raster, left, top, ink.text)
        if caption and small.width + setting.width + 6 <= width:
            foot = top + setting.height - small.height
            small.draw(raster, left + setting.width + 6, foot, ink.muted)
    else:
        small = sheet.fit(caption, width * 0.9, max(14, height * 0.17))
        below = small.height + 4 if caption else 0
        setting = sheet.fit(text, width * 0.9, height - below - 4)
        top = (height - below - setting.height) / 2
        setting.draw(raster, (width - setting.width) / 2, top, ink.text)
        if caption:
            small.draw(raster, (width - small.width) / 2, height - small.height - 2, ink.muted)
    yield
    return (yield from sheet.encoding(raster))


def pips(sheet: Sheet, count: int, done: int) -> Drawing:
    """One block a repetition: done ones in the phase's colour, the current one bright."""
    ink = sheet.shades
    raster = sheet.raster(ink.ground)
    room = raster.width - 8
    gap = 3 if count * 9 <= room else 1
    wide = max(1, (room + gap) // count - gap)
    left = (raster.width - count * (wide + gap) + gap) // 2
    top = 0 if sheet.rows == 1 else 2
    for index in range(count):
        x = left + index * (wide + gap)
        colour = ink.limb if index < done else ink.text if index == done or ink.mono else ink.empty
        low = top + 2 if ink.mono and index > done else top
        raster.rect(x, low, x + wide, raster.height - top, colour)
    yield
    return (yield from sheet.encoding(raster))


def ring(sheet: Sheet, text: str, left: float, sign: str) -> Drawing:
    """A ring with what is left of it, and the seconds inside; only the number where there is no room."""
    ink = sheet.shades
    raster = sheet.raster(ink.backdrop)
    width, height = raster.width, raster.height
    x, y = float(round(width / 2)), 2.0 * round((height - 4) / 4)
    radius = min(y - 1, width / 2 - 4)
    if radius < 20:
        setting = sheet.fit(text, width * 0.9, height - 4)
        spare = height - setting.height
        setting.draw(raster, x - setting.width / 2, max(spare / 2, min(2, spare)), ink.on_accent)
        yield
        return (yield from sheet.encoding(raster))
    thick = max(4.0, radius * 0.17)
    middle = radius - thick / 2
    if ink.track != ink.ground:
        raster.disc(x, y, radius, ink.track)
        raster.disc(x, y, radius - thick, ink.backdrop)
    raster.arc(x, y, middle, thick, 0, left, ink.on_accent)
    yield
    room = radius - thick
    if text:
        tall = room * (1.24 if len(text) < 3 else 0.9)
        sheet.fit(text, room * 1.52, tall).draw_centred(raster, x, y, ink.on_accent)
    else:
        _sign(raster, sign, x, y, room, ink.on_accent)
    yield
    return (yield from sheet.encoding(raster))


def title_lines(cols: int, text: str, *, low: bool, coarse: bool) -> tuple[str, ...]:
    """The lines of big letters that a card of this width needs for a title; none where two do not suffice.

    `low` is a card with few rows, where two lines have the lowest letters.
    """
    width = cols * 2 * 0.97
    for lines, tall in (((text,), 14), (_two_lines(text), SMALLEST if low and not coarse else 14)):
        settings = [fit(line, width, tall, coarse=coarse) for line in lines]
        if all(one.width <= width and _bold_enough(one, coarse) for one in settings):
            return lines
    return ()


def _bold_enough(setting: Setting, coarse: bool) -> bool:
    """Whether letters are seen from afar: strokes of two units at least, and of whole cells where these are all."""
    if coarse:
        return setting.pixel == 2 or (setting.font is None and setting.squeeze == 1)
    return setting.font is not THIN or setting.pixel == 2


def stacks(cols: int, rows: int, text: str) -> bool:
    """Whether the words fit below each other in big letters, at most three of them."""
    words = text.split()
    return 0 < len(words) <= 3 and all(
        fit(word, cols * 2 - 4, 4 * rows // len(words) - 4).width <= cols * 2 - 4 for word in words
    )


def stack(sheet: Sheet, text: str) -> Drawing:
    """Words below each other, all of one height, in the middle of the sheet."""
    ink = sheet.shades
    raster = sheet.raster(ink.ground)
    words = text.split()
    room = min(24, raster.height // len(words) - 4)
    settings = fit_alike(words, raster.width - 4, room, coarse=sheet.coarse)
    pitch = settings[0].height + 4
    top = (raster.height - len(words) * pitch + 4) / 2
    for index, setting in enumerate(settings):
        setting.draw(raster, (raster.width - setting.width) / 2, top + index * pitch, ink.text)
    yield
    return (yield from sheet.encoding(raster))


def title(sheet: Sheet, label: str, text: str) -> Drawing:
    """The head of a card: a small label above where there is room, and the name of the exercise.

    The name takes one line of big letters or two; a longer one is written in ordinary characters.
    """
    ink = sheet.shades
    lines = title_lines(sheet.cols, text, low=not label, coarse=sheet.coarse)
    if not lines:
        yield
        return _plain_title(sheet, text)
    raster = sheet.raster(ink.ground)
    width = raster.width * 0.97
    small = sheet.fit(label, width, max(12, raster.height * 0.26))
    top = small.height + 8 if label else 2
    if label and small.width <= width:
        small.draw(raster, (raster.width - small.width) / 2, 4, ink.muted)
    gaps = 2 * max(1, len(lines) - 1)
    tall = min(max(20, raster.height // 3), (raster.height - top - gaps) // len(lines))
    for index, setting in enumerate(fit_alike(lines, width, tall, coarse=sheet.coarse)):
        setting.draw(raster, (raster.width - setting.width) / 2, top + index * (tall + 2), ink.text)
    yield
    frame = yield from sheet.encoding(raster)
    if label and small.width > width:
        rows = list(frame.rows)
        rows[1] = _plain_row(sheet, label, ink.muted)
        frame = Frame(frame.width, tuple(rows))
    return frame


def _two_lines(text: str) -> tuple[str, ...]:
    """Broken at the space nearest the middle."""
    spaces = [i for i, char in enumerate(text) if char == " "]
    if not spaces:
        return (text,)
    middle = min(spaces, key=lambda i: abs(i - len(text) / 2))
    return (text[:middle], text[middle + 1 :])


def _plain_title(sheet: Sheet, text: str) -> Frame:
    ground = terminal_colour(sheet.shades.ground, sheet.depth)
    above = blank(sheet.cols, (sheet.rows - 1) // 2, ground)
    below = blank(sheet.cols, sheet.rows - 1 - above.height, ground)
    return Frame(sheet.cols, (*above.rows, _plain_row(sheet, text, sheet.shades.text), *below.rows))


def _plain_row(sheet: Sheet, text: str, colour: Colour) -> Row:
    """A line of ordinary characters, each one cell wide."""
    line = "".join(char if char.isprintable() and not _wide(char) else "?" for char in plain(text))
    line = line if len(line) <= sheet.cols - 2 else line[: max(0, sheet.cols - 3)] + "…"
    return (
        (
            line.center(sheet.cols),
            terminal_colour(colour, sheet.depth),
            terminal_colour(sheet.shades.ground, sheet.depth),
        ),
    )


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in ("W", "F")


def body(
    sheet: Sheet, figure: Figure | None, front: Figure | None, t: float, goal: float | None, side: Side | None
) -> Drawing:
    """A figure on the ground, with its front view where there is one, or the ground alone."""
    raster = sheet.raster(sheet.shades.ground)
    if figure is not None:
        from runnersknee_tui.picture.drawing import draw

        yield from draw(raster, figure, t, shades=sheet.shades, goal=goal, side=side, beside=front)
    return (yield from sheet.encoding(raster, SMOOTH))


def _sign(raster: Raster, sign: str, x: float, y: float, r: float, colour: Colour) -> None:
    if sign == "tick":
        points = [(x - r * 0.48, y + r * 0.04), (x - r * 0.12, y + r * 0.4), (x + r * 0.52, y - r * 0.38)]
        raster.stroke(points, r * 0.12, colour)
    elif sign == "bars":
        for side in (-1, 1):
            raster.rect(
                x + side * r * 0.3 - r * 0.15, y - r * 0.5, x + side * r * 0.3 + r * 0.15, y + r * 0.5, colour
            )
    elif sign == "go":
        raster.polygon(
            ([(x - r * 0.34, y - r * 0.55), (x + r * 0.58, y), (x - r * 0.34, y + r * 0.55)],), colour
        )
