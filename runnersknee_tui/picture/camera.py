"""From centimetres of a figure's view to units of a raster."""

from __future__ import annotations

from msgspec import Struct

from runnersknee_tui.picture.skeleton import Place


class Camera(Struct, frozen=True):
    """`scale` is units a centimetre; (`x0`, `y0`) the raster's place of the point (0, 0) on the floor."""

    scale: float
    x0: float
    y0: float

    def at(self, place: Place) -> Place:
        return (self.x0 + place[0] * self.scale, self.y0 - place[1] * self.scale)

    def length(self, centimetres: float, least: float = 0.0) -> float:
        """Units of a length, at least `least` so that thin things do not vanish."""
        return max(centimetres * self.scale, least)


def fitted(
    view: tuple[float, float, float, float], left: float, top: float, width: float, height: float
) -> Camera:
    """The camera that shows a view as big as it goes in a box of units.

    What height is left over goes above rather than below: a floor belongs low. The floor lies on the grid of
    quadrants, so that its edge is sharp.
    """
    x1, y1, x2, y2 = view
    scale = min(width / (x2 - x1), height / (y2 - y1))
    spare = height - scale * (y2 - y1)
    x0 = left + (width - scale * (x2 - x1)) / 2 - x1 * scale
    floor = top + height - spare * 0.38 + y1 * scale
    return Camera(scale, x0, 2.0 * round(floor / 2))
