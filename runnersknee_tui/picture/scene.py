"""The big pictures of a session, each a pure function of a small frozen value and a size in cells.

`Studio.working` is the picture while the body works: the band with the phase's word and progress, the figure,
the number and the pips. `Studio.full` fills its area with the phase's colour: get ready, rest, switch, done,
paused, waiting. Both leave all lines of ordinary text to the screen around them. The reference is 80x21 for
`working` and 80x22 for `full`; smaller areas drop the figure first and the number last.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from runnersknee_tui.core.model import Side
from runnersknee_tui.core.view import FINE, POSES
from runnersknee_tui.picture import panels
from runnersknee_tui.picture.book import FigureBook
from runnersknee_tui.picture.cells import Frame, above, beside, blank
from runnersknee_tui.picture.encode import Blocks, Depth, terminal_colour
from runnersknee_tui.picture.painter import Drawing, FrameCache, Painter, finish
from runnersknee_tui.picture.palette import Shades, Theme, Tone, shades

STANDING = 0.52
"""The share of a card that its words take where they stand beside an upright figure."""

INSET_COLS = 46
"""Columns of a figure from which a small second view in it still tells something."""

__all__ = ["FINE", "POSES", "Blocks", "Depth", "Full", "Look", "Pose", "Studio", "Theme", "Tone", "Working"]


class Look(Struct, frozen=True):
    """How pictures are made on this terminal. A terminal without colours is `Depth.MONO` with `Theme.MONO`."""

    blocks: Blocks = Blocks.QUADRANT
    depth: Depth = Depth.TRUE
    theme: Theme = Theme.DARK


class Pose(Struct, frozen=True):
    """Where a figure stands: `step` 0 to POSES between its start and end pose, `goal` the step it moves to
    (0 or POSES; None while it holds still), `side` the working side, which turns the figure round."""

    figure: str | None
    step: int = 0
    goal: int | None = None
    side: Side | None = None


class Working(Struct, frozen=True):
    """A working phase. `progress` is 0 to FINE through the phase; `pips` are the repetitions or sets of this
    half with `done` finished and the next one current; `number` and `caption` are short ("7", "OF 12")."""

    tone: Tone
    word: str
    progress: int
    number: str
    caption: str = ""
    pips: int = 0
    done: int = 0
    pose: Pose = Pose(None)


class Full(Struct, frozen=True):
    """A screen in one colour. `left` is what is left of the ring, 0 to 1; an empty `number` shows the sign of
    the moment (a tick, two bars, a triangle). The card shows the exercise to come, or the one that waits."""

    tone: Tone
    word: str
    number: str = ""
    left: float = 1.0
    label: str = ""  # above the title where there is room: "NEXT", "FIRST"
    title: str = ""
    pose: Pose = Pose(None)


class Studio:
    """Draws scenes in one look and remembers their parts, at most `limit` of them."""

    def __init__(self, book: FigureBook, look: Look | None = None, limit: int = 320) -> None:
        self.book = book
        self.look = look or Look()
        self.cache = FrameCache(limit)

    def working(self, scene: Working, cols: int, rows: int) -> Frame:
        """The picture of a working phase, exactly `cols` by `rows` cells."""
        return finish(self._working(scene, cols, rows))

    def full(self, scene: Full, cols: int, rows: int) -> Frame:
        """The picture of a screen in one colour, exactly `cols` by `rows` cells."""
        return finish(self._full(scene, cols, rows))

    def figure(self, pose: Pose, tone: Tone, cols: int, rows: int) -> Frame:
        """A figure alone on the ground of `tone`; an empty ground where there is no figure."""
        return finish(self._figure(pose, tone, cols, rows))

    def ahead(self, scene: Working | Full, cols: int, rows: int) -> Painter:
        """The same pictures in slices, to fill the memory before they are needed."""
        if isinstance(scene, Working):
            return Painter(self._working(scene, cols, rows))
        return Painter(self._full(scene, cols, rows))

    def shades(self, tone: Tone) -> Shades:
        """The colours of a moment, for the text around a picture."""
        return shades(tone, self.look.theme)

    # --- layouts ---------------------------------------------------------------------------------------------

    def _working(self, scene: Working, cols: int, rows: int) -> Drawing:
        if rows < 7:
            return (
                yield from self._panel(panels.number, scene.tone, cols, rows, scene.number, scene.caption)
            )
        roomy = cols >= 56 and rows >= 15
        band_rows = min(11, round(rows * 0.29)) if roomy else 4 if rows < 9 else 5
        pip_rows = 0 if rows < 10 or not scene.pips else 1 if rows < 30 else 2
        middle = rows - band_rows - pip_rows
        figure_cols = round(cols * 0.62) if roomy and scene.pose.figure else 0
        edge = round(scene.progress / FINE * cols * 2)
        parts = [(yield from self._panel(panels.band, scene.tone, cols, band_rows, scene.word, edge))]
        number = yield from self._panel(
            panels.number, scene.tone, cols - figure_cols, middle, scene.number, scene.caption
        )
        if figure_cols:
            body = yield from self._figure(scene.pose, scene.tone, figure_cols, middle)
            number = beside(body, number)
        parts.append(number)
        if pip_rows:
            parts.append(
                (yield from self._panel(panels.pips, scene.tone, cols, pip_rows, scene.pips, scene.done))
            )
        return above(*parts)

    def _full(self, scene: Full, cols: int, rows: int) -> Drawing:
        backdrop = terminal_colour(self.shades(scene.tone).backdrop, self.look.depth)
        bare = not scene.number and rows < 14
        word_rows = rows if bare else min(rows, 4 if rows < 14 else max(6, round(rows * 0.24)))
        word = yield from self._panel(panels.word, scene.tone, cols, word_rows, scene.word)
        lower = rows - word_rows
        left = round(max(0.0, min(1.0, scene.left)) * 240) / 240
        if lower < 3:
            return above(word, blank(cols, lower, backdrop)) if lower else word
        has_card = cols >= 60 and lower >= 10 and (scene.title or scene.pose.figure)
        margin = 2 if has_card else 0
        # The ring is as wide as it is high; all the rest is the card's.
        card_cols = max(round(cols * 0.44), min(round(cols * 0.55), cols - 2 * lower - 4)) if has_card else 0
        ring = yield from self._panel(
            panels.ring,
            scene.tone,
            cols - card_cols - margin,
            lower,
            scene.number,
            left,
            panels.SIGNS.get(scene.tone, ""),
        )
        if not card_cols:
            return above(word, ring)
        card_rows = lower - 1
        card = yield from self._card(scene, card_cols, card_rows)
        card = above(card, blank(card_cols, lower - card_rows, backdrop))
        return above(word, beside(ring, card, blank(margin, lower, backdrop)))

    # --- remembered parts ------------------------------------------------------------------------------------

    def _panel(
        self, panel: Callable[..., Drawing], tone: Tone, cols: int, rows: int, *values: object
    ) -> Drawing:
        sheet = panels.Sheet(cols, rows, self.look.blocks, self.look.depth, self.shades(tone))
        return self.cache.recall((panel.__name__, sheet, *values), lambda: panel(sheet, *values))

    def _card(self, scene: Full, cols: int, rows: int) -> Drawing:
        """The title above the figure; beside it where the body stands upright and the words are short."""
        figure = self.book.get(scene.pose.figure) if scene.pose.figure else None
        beside_it = round(cols * STANDING)
        if figure and figure.upright and panels.stacks(beside_it, rows, scene.title):
            words = yield from self._panel(panels.stack, Tone.WORK, beside_it, rows, scene.title)
            body = yield from self._figure(scene.pose, Tone.WORK, cols - beside_it, rows)
            return beside(words, body)
        label = scene.label if rows >= 22 else ""
        coarse = self.look.blocks in (Blocks.HALF, Blocks.ASCII)
        lines = len(panels.title_lines(cols, scene.title, low=not label, coarse=coarse))
        title_rows = (3, 5, 8 if coarse else 6)[lines]
        if label:
            title_rows = round((9, 9, 12)[lines] * max(1.0, rows / 28))
        title = yield from self._panel(panels.title, Tone.WORK, cols, title_rows, label, scene.title)
        return above(title, (yield from self._figure(scene.pose, Tone.WORK, cols, rows - title_rows)))

    def _figure(self, pose: Pose, tone: Tone, cols: int, rows: int) -> Drawing:
        figure = self.book.get(pose.figure) if pose.figure else None
        room = figure is not None and cols >= (INSET_COLS if figure.inset else rows * 2.4)
        front = self.book.get(figure.front) if figure and figure.front and room else None
        goal = None if pose.goal is None else pose.goal / POSES
        return self._panel(panels.body, tone, cols, rows, figure, front, pose.step / POSES, goal, pose.side)
