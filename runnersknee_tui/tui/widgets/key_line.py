"""The keys at the foot of a screen, none of them cut: what does not fit is left to the help."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

EDGE = 1
"""Columns kept free before the keys."""
GAP = 2
"""Columns between two keys: without colours a word and the next key would read as one."""


class KeyLine(Footer):
    """A compact footer. Keys stand in their order, the help last; in a narrow window the later ones are left
    out and the help is a bare "?", which tells the rest.
    """

    DEFAULT_CSS = f"""
    KeyLine {{ padding-left: {EDGE}; }}
    KeyLine FooterKey {{ margin-right: {GAP - 1}; }}
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self._set_for = 0

    def compose(self) -> ComposeResult:
        self._set_for = self.outer_size.width or self.app.size.width
        keys = [child for child in super().compose() if isinstance(child, FooterKey)]
        yield from _fitting(keys, self._set_for - EDGE)

    async def on_resize(self) -> None:
        if self.outer_size.width != self._set_for:
            await self.recompose()


def _fitting(keys: Sequence[FooterKey], room: int) -> Sequence[FooterKey]:
    """The keys that fit; the gap behind the last one needs no room."""
    if sum(map(_width, keys)) <= room + GAP or not keys:
        return keys
    *keys, help_key = keys
    help_key.description = ""
    while len(keys) > 1 and sum(map(_width, keys)) + _width(help_key) > room + GAP:
        keys.pop()
    fits = sum(map(_width, keys)) + _width(help_key) <= room + GAP
    return [*keys, help_key] if fits else keys


def _width(key: FooterKey) -> int:
    """Columns of a key with its word and the gap behind it."""
    return cell_len(key.key_display) + (1 + cell_len(key.description) if key.description else 0) + GAP
