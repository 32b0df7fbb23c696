"""Textual's command palette, but a page key that comes before its list is laid out does nothing, and what is typed
has an end."""

from __future__ import annotations

from contextlib import suppress

from textual.command import CommandPalette
from textual.widgets import Input

LONGEST = 80
"""Characters that may be typed: each one costs a look at all before it, and no command is so long."""


class SteadyPalette(CommandPalette):
    """Its list looks up lines that it has not counted yet where the window has no room for it."""

    def on_mount(self) -> None:
        self.query_one(Input).max_length = LONGEST

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError, IndexError):
            super()._action_command_list(action)
