"""Pictures drawn in slices, and the bounded memory of those already drawn.

A drawing is a generator that yields between slices of well under four milliseconds and returns its frame, so
a screen can draw the next frames ahead while cues stay on time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Generator, Hashable

from runnersknee_tui.picture.cells import Frame

Drawing = Generator[None, None, Frame]


def finish(drawing: Drawing) -> Frame:
    """Draws to the end at once."""
    while True:
        try:
            next(drawing)
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]


class Painter:
    """One drawing under way. `step` until it says True, then take `frame`."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self.frame: Frame | None = None

    def step(self) -> bool:
        """Draws one slice; True when the frame is finished."""
        if self.frame is None:
            try:
                next(self._drawing)
            except StopIteration as done:
                self.frame = done.value
        return self.frame is not None


class FrameCache:
    """At most `limit` frames, the least recently used forgotten first."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._frames: OrderedDict[Hashable, Frame] = OrderedDict()

    def __len__(self) -> int:
        return len(self._frames)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._frames

    def clear(self) -> None:
        self._frames.clear()

    def recall(self, key: Hashable, draw: Callable[[], Drawing]) -> Drawing:
        """The remembered frame of `key`, or the one that `draw` makes, in slices."""
        frame = self._frames.get(key)
        if frame is None:
            frame = yield from draw()
            self._frames[key] = frame
            if len(self._frames) > self.limit:
                self._frames.popitem(last=False)
        else:
            self._frames.move_to_end(key)
        return frame
