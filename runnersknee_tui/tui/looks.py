"""How pictures are made on this terminal: which blocks, how many colours, dark or light."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.cues.terminal import picture_mode
from runnersknee_tui.picture.book import FigureBook
from runnersknee_tui.picture.scene import Blocks, Depth, Look, Studio, Theme

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp

_DEPTHS = {"truecolor": Depth.TRUE, "256": Depth.INDEXED, "standard": Depth.ANSI, "windows": Depth.ANSI}


def look_of(app: RunnersKneeApp) -> Look:
    """The look of the app's terminal, settings and theme."""
    workspace = app.workspace
    mono = app.no_color or app.console.color_system is None
    depth = Depth.MONO if mono else _DEPTHS.get(app.console.color_system or "", Depth.TRUE)
    theme = Theme.MONO if mono else Theme.DARK if app.current_theme.dark else Theme.LIGHT
    blocks = Blocks(picture_mode(workspace.settings.values.picture, workspace.env, app.console.encoding))
    return Look(blocks, depth, theme)


def studio_for(app: RunnersKneeApp) -> Studio:
    """A studio in that look."""
    book = FigureBook(app.workspace.paths.config / "figures", assets_dir() / "figures")
    return Studio(book, look_of(app))
