"""Words that can be pressed with the mouse, for an action that has a key as well."""

from __future__ import annotations

from textual import events
from textual.visual import VisualType
from textual.widgets import Static


class Press(Static):
    """A line or a button that runs an action of its screen when it is clicked."""

    ALLOW_SELECT = False

    def __init__(
        self,
        content: VisualType = "",
        action: str = "",
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(content, id=id, classes=classes, markup=False)
        self.action = action

    async def on_click(self, event: events.Click) -> None:
        event.stop()
        await self.screen.run_action(self.action)
