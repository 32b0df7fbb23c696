"""Frames drawn before they are needed, in slices too short to hold up a cue."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from runnersknee_tui.core.view import POSES, SessionView
from runnersknee_tui.picture.painter import Painter
from runnersknee_tui.picture.scene import Pose, Studio, Tone, Working

TURN_S = 0.004
"""A turn begins no further slice after this time; a slice itself takes a fraction of a millisecond."""
SLICES = 64
"""Slices a turn at the most."""


class Ahead:
    """Draws the poses of the exercise that is coming while a countdown or a rest leaves time for it."""

    def __init__(self, studio: Studio, clock: Callable[[], float]) -> None:
        """`clock` gives monotonic seconds."""
        self._studio = studio
        self._clock = clock
        self._known: tuple[object, ...] = ()
        self._moves = False
        self._waiting: deque[tuple[Working, tuple[int, int]]] = deque()
        self._painter: Painter | None = None

    def look(self, view: SessionView, size: tuple[int, int]) -> None:
        """Note what the next half will need."""
        wanted, moves = (view.figure, view.side, size), view.goal is not None
        if wanted == self._known and (self._moves or not moves):
            return
        self._known, self._moves = wanted, moves
        self._painter = None
        self._waiting.clear()
        if moves:  # a plank or a stretch never shows the way there
            for step in range(POSES + 1):
                for goal in (POSES, 0):  # forth and back in turn: most of their rows are the same
                    self._wait(Tone.WORK, Pose(view.figure, step, goal, view.side), size)
        for step in (0, POSES):
            self._wait(Tone.HOLD, Pose(view.figure, step, None, view.side), size)

    def _wait(self, tone: Tone, pose: Pose, size: tuple[int, int]) -> None:
        self._waiting.append((Working(tone, "", 0, "", pose=pose), size))

    def turn(self) -> bool:
        """Draw some slices. False where nothing is left to draw."""
        began = self._clock()
        for _ in range(SLICES):
            if self._painter is None:
                if not self._waiting:
                    return False
                scene, size = self._waiting.popleft()
                self._painter = self._studio.ahead(scene, *size)
            if self._painter.step():
                self._painter = None
            if self._clock() - began > TURN_S:
                break
        return True
