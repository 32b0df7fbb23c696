"""Textual's command palette, but a page key that comes before its list is laid out does nothing."""

from __future__ import annotations

from contextlib import suppress

from textual.command import CommandPalette


class SteadyPalette(CommandPalette):
    """Its list looks up lines that it has not counted yet where the window has no room for it."""

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError, IndexError):
            super()._action_command_list(action)
