"""A figure's pose on a raster."""

from __future__ import annotations

from collections.abc import Generator

from runnersknee_tui.core.model import Side
from runnersknee_tui.picture.figure import Figure
from runnersknee_tui.picture.palette import Shades
from runnersknee_tui.picture.raster import Raster


def draw(
    raster: Raster,
    figure: Figure,
    t: float,
    *,
    shades: Shades,
    goal: float | None = None,
    side: Side | None = None,
) -> Generator[None, None, None]:
    """Draws `figure` at `t`, 0 its start pose and 1 its end pose."""
    del raster, figure, t, shades, goal, side
    yield
