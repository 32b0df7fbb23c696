"""The far view's one widget: shows a picture of plain cells and repaints the cells that changed, no others."""

from __future__ import annotations

from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from runnersknee_tui.picture.cells import Frame
from runnersknee_tui.tui.widgets.row_strip import RowStrip


class Stage(Widget):
    """Holds one frame, and asks for a new one with `Resized` when its size changes."""

    class Resized(Message):
        """The frame on show has the wrong size."""

    DEFAULT_CSS = "Stage { width: 1fr; height: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._frame: Frame | None = None

    @property
    def frame(self) -> Frame | None:
        """What is on show."""
        return self._frame

    def on_resize(self) -> None:
        self.post_message(self.Resized())

    def show(self, frame: Frame) -> None:
        """Put a frame up; only what differs from the last one is drawn again."""
        before, self._frame = self._frame, frame
        if frame is before:
            return
        spans = frame.changes(before)
        if spans:
            self.refresh(*(Region(span.x, span.y, span.width, 1) for span in spans))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The frame as it is: it has no border, and its colours are the terminal's own already."""
        strips = [self.render_line(y) for y in crop.line_range]
        if crop.x == 0 and crop.width == self.size.width:
            return strips
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def render_line(self, y: int) -> Strip:
        frame = self._frame
        if frame is None or y >= frame.height:
            return Strip.blank(self.size.width, self.rich_style)
        strip = RowStrip(frame.rows[y], frame.width)
        return strip if frame.width == self.size.width else strip.adjust_cell_length(self.size.width)
