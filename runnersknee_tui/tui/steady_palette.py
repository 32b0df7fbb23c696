"""Textual's command palette, but a page key that comes before its list is laid out does nothing, what is typed has
an end, and it closes once."""

from __future__ import annotations

from contextlib import suppress

from textual import on
from textual.command import CommandPalette
from textual.widgets import Button, Input, OptionList

LONGEST = 80
"""Characters that may be typed: each one costs a look at all before it, and no command is so long."""


class SteadyPalette(CommandPalette):
    """Its list looks up lines that it has not counted yet where the window has no room for it."""

    def on_mount(self) -> None:
        for field in self.query(Input):
            field.max_length = LONGEST

    @on(Input.Submitted)
    @on(Button.Pressed)
    @on(OptionList.OptionSelected)
    def _may_be_late(self, event: Input.Submitted | Button.Pressed | OptionList.OptionSelected) -> None:
        """A second enter may still be on its way when the first has closed the palette."""
        if not self.is_active:
            event.stop()
            event.prevent_default()

    def _action_escape(self) -> None:
        if self.is_active:
            super()._action_escape()

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError, IndexError):
            super()._action_command_list(action)
