"""A figure at rest, with where it will move to: an illustration beside words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runnersknee_tui.tui.widgets.stage import Stage

if TYPE_CHECKING:
    from runnersknee_tui.picture.scene import Studio
    from runnersknee_tui.tui.app import RunnersKneeApp


class Plate(Stage):
    """Shows one figure, drawn when there is time; takes no room while there is none."""

    DEFAULT_CSS = "Plate.-blank { display: none; }"

    app: RunnersKneeApp

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.add_class("-blank")
        self._figure: str | None = None
        self._moves = True
        self._studio: Studio | None = None

    def illustrate(self, figure: str | None, *, moves: bool = True) -> None:
        """Show the figure with this id; an exercise that `moves` has its goal and an arrow."""
        if (figure, moves) == (self._figure, self._moves):
            return
        self._figure, self._moves = figure, moves
        self.set_class(figure is None, "-blank")
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        if self.size.area:
            self._draw()

    def _draw(self) -> None:
        from runnersknee_tui.picture.scene import POSES, Pose, Tone
        from runnersknee_tui.tui.looks import studio_for

        width, height = self.size
        if self._figure is None or not width or not height:
            return
        if self._studio is None:
            self._studio = studio_for(self.app)
        pose = Pose(self._figure, 0, POSES) if self._moves else Pose(self._figure, POSES)
        self.show(self._studio.figure(pose, Tone.WORK, width, height))
