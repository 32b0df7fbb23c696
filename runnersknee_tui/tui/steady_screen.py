"""The screens that all others are made of. They believe no size but the window's.

Textual tells a screen of each size that it was laid out in. A size that the window has had by then leads to a layout
in that size and is told again; together with the new one that goes on for ever.
"""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.screen import ModalScreen, Screen, ScreenResultType


class SteadyScreen(Screen[ScreenResultType]):
    """A screen that hears of a new size once, and of an old one never."""

    def check_message_enabled(self, message: Message) -> bool:
        if isinstance(message, events.Resize) and message.size != self.app.size:
            return False
        return super().check_message_enabled(message)


class SteadyModal(SteadyScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """A dialog over another screen."""
