"""Less work and fewer bytes for a screen of which a part changes all the time.

Textual renders every widget for every update, and cuts what it sends of a changed span at its right end only, so
that each change repaints its line from the left edge of its widget. A session's picture is as wide as the screen and
moves ten times a second: here the widgets below a change alone are rendered, and its cells alone are sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip

from runnersknee_tui.tui.widgets.row_strip import DEFAULT, RESET, RowStrip

if TYPE_CHECKING:
    from rich.console import Console


class TightUpdate(ChopsUpdate):
    """An update that is cut at both ends of its spans, and whose spans go on in the colours of the last."""

    def render_segments(self, console: Console) -> str:
        """The terminal's sequences for all spans, each moved to on its own."""
        sequences: list[str] = []
        shown = DEFAULT
        for y, left, right in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= right or end <= left:
                    continue
                first = max(x, left)
                start, stop = first - x, min(end, right) - x
                if isinstance(strip, RowStrip):
                    text, shown = strip.render_part(start, stop, console, shown)
                else:
                    reset = "" if shown == DEFAULT else RESET
                    text, shown = reset + strip.crop(start, stop).render(console), DEFAULT
                sequences += (f"\x1b[{y + 1};{first + 1}H", text)
        if shown != DEFAULT:
            sequences.append(RESET)
        return "".join(sequences)


class TightCompositor(Compositor):
    """Textual's compositor; where it is told what changed, it looks at nothing else."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed since the last update; None where nothing did."""
        update = super().render_partial_update()
        return update and TightUpdate(update.chops, update.spans, update.chop_ends)

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Region, clip and strips of the widgets in `crop`, front to back, down to one that hides all others."""
        if crop is None:
            yield from super()._get_renders()
            return
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if not crop.overlaps(seen):
                continue
            lines = seen.intersection(Region(seen.x, crop.y, seen.width, crop.height))
            yield region, lines, widget.render_lines(lines.translate(-region.offset))
            if seen.contains_region(crop):
                break
