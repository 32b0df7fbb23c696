"""The colours of the history's pictures, on dark and on light ground, and without colours."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from runnersknee_tui.picture.cells import Cell, Colour, Frame, Row, merge
from runnersknee_tui.picture.encode import Blocks, Depth
from runnersknee_tui.picture.palette import ANSI_COLOURS, INK, PAPER, Theme, mix
from runnersknee_tui.picture.raster import Raster

GUTTER = 4
"""Cells left of a picture for its labels."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class ChartInk(Struct, frozen=True):
    """What a chart is drawn in. The ramp goes in one direction, so that it reads in grey as well."""

    ground: Colour
    text: Colour
    muted: Colour
    ramp: tuple[Colour, ...]  # from little to a full day
    missed: Colour
    rest: Colour
    today: Colour
    bands: tuple[Colour, Colour, Colour]  # green, amber, red zone
    edge: Colour  # the stop line
    day: Colour  # one day's answer
    mean: Colour
    bar: Colour
    now: Colour  # the week that is not over
    plan: Colour
    done: Colour
    track: Colour
    left: Colour
    right: Colour


RAMPS_OF_16 = {Theme.DARK: (4, 6, 14, 11), Theme.LIGHT: (14, 6, 12, 4)}
"""With 16 colours the nearest ones would be twice the same: navy, teal, aqua, yellow; aqua, teal, blue, navy."""


def chart_ink(theme: Theme = Theme.DARK, ground: Colour | None = None, depth: Depth = Depth.TRUE) -> ChartInk:
    """The colours for a theme; `ground` is the colour of the panel that the chart lies on."""
    if theme is Theme.LIGHT:
        ink = _light(0xFFFFFF if ground is None else ground)
    else:
        ink = _dark(0x121922 if ground is None else ground)
    if depth is Depth.ANSI:
        return replace(ink, ramp=tuple(ANSI_COLOURS[index] for index in RAMPS_OF_16[theme]))
    return ink


def _dark(ground: Colour) -> ChartInk:
    return ChartInk(
        ground=ground, text=PAPER, muted=mix(ground, PAPER, 0.6),
        ramp=(0x1B5066, 0x157A86, 0x22A893, 0x7CD6A4, 0xF2EFA0),
        missed=mix(ground, 0x8FA6BD, 0.42), rest=mix(ground, 0x8FA6BD, 0.34), today=PAPER,
        bands=(mix(ground, 0x12D98A, 0.13), mix(ground, 0xFFEE58, 0.12), mix(ground, 0xF4641A, 0.17)),
        edge=mix(ground, 0xF4641A, 0.8), day=mix(ground, PAPER, 0.44), mean=PAPER,
        bar=0x3F86B4, now=PAPER, plan=0xE6C84A, done=0x12D98A, track=mix(ground, 0x8FA6BD, 0.22),
        left=0x56B4E9, right=0xE69F3C,
    )  # fmt: skip


def _light(ground: Colour) -> ChartInk:
    return ChartInk(
        ground=ground, text=INK, muted=mix(ground, INK, 0.62),
        ramp=(0xC2E4DA, 0x83C9B8, 0x35A08F, 0x12707C, 0x123E58),
        missed=mix(ground, 0x3A4A5C, 0.5), rest=mix(ground, 0x3A4A5C, 0.34), today=INK,
        bands=(mix(ground, 0x0A9A60, 0.16), mix(ground, 0xD8A800, 0.18), mix(ground, 0xD9480F, 0.2)),
        edge=mix(ground, 0xC2410C, 0.9), day=mix(ground, INK, 0.4), mean=INK,
        bar=0x3F86B4, now=INK, plan=0xA97C00, done=0x0A9A60, track=mix(ground, 0x3A4A5C, 0.2),
        left=0x1D6FA8, right=0xB4690E,
    )  # fmt: skip


class Canvas(Struct, frozen=True):
    """The means of a terminal and the colours for it."""

    ink: ChartInk
    blocks: Blocks = Blocks.QUADRANT
    depth: Depth = Depth.TRUE

    @property
    def coloured(self) -> bool:
        """Whether areas can be told apart by their colour; else shapes and characters must do."""
        return self.depth is not Depth.MONO and self.blocks in (Blocks.QUADRANT, Blocks.HALF)

    @property
    def dot(self) -> str:
        return "." if self.blocks is Blocks.ASCII else "·"

    @property
    def rule(self) -> str:
        return "-" if self.blocks is Blocks.ASCII else "─"

    def raster(self, cols: int, rows: int) -> Raster:
        return Raster(cols, rows, self.ink.ground)

    def row(self, width: int, *parts: tuple[int, str, Colour]) -> Row:
        """Words at their columns, later ones over earlier ones; what does not fit is cut off."""
        cells: list[Cell] = [(" ", None, self._ground)] * width
        for start, text, colour in parts:
            for at, char in enumerate(text, start):
                if 0 <= at < width:
                    cells[at] = (char, None if self.depth is Depth.MONO else colour, self._ground)
        return merge(cells)

    def column(self, width: int, rows: int, labels: dict[int, str]) -> Frame:
        """A column of labels at their rows, set against the right edge with one cell of air."""
        return Frame(
            width,
            tuple(
                self.row(width, (0, labels.get(y, "").rjust(width - 1)[: width - 1], self.ink.muted))
                for y in range(rows)
            ),
        )

    @property
    def _ground(self) -> Colour | None:
        return None if self.depth is Depth.MONO else self.ink.ground
