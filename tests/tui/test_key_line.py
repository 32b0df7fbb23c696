"""No key at the foot of a screen is ever cut; the first ones stay, and the way to the others."""

from __future__ import annotations

import asyncio
from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets._footer import FooterKey

from runnersknee_tui.tui.widgets.key_line import KeyLine


class Four(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "a", "pause"),
        Binding("x", "b", "it hurts"),
        Binding("q", "c", "end"),
        Binding("question_mark", "d", "help", key_display="?"),
    ]

    def compose(self) -> ComposeResult:
        yield KeyLine()


async def shown(width: int, later: int | None = None) -> list[str]:
    """The keys on show, after a change of the width where there is one."""
    app = Four()
    async with app.run_test(size=(width, 5)) as pilot:
        await pilot.pause()
        if later is not None:
            await pilot.resize_terminal(later, 5)
            await pilot.pause()
        keys = list(app.query(FooterKey))
        assert all(key.region.right <= (later or width) for key in keys)
        return [f"{key.key_display} {key.description}".strip() for key in keys]


@pytest.mark.parametrize(
    ("width", "keys"),
    [
        (80, ["space pause", "x it hurts", "q end", "? help"]),
        (39, ["space pause", "x it hurts", "q end", "? help"]),
        (35, ["space pause", "x it hurts", "q end", "?"]),
        (28, ["space pause", "x it hurts", "?"]),
        (12, ["space pause"]),
    ],
)
def test_what_fits_is_whole(width: int, keys: list[str]) -> None:
    assert asyncio.run(shown(width)) == keys


def test_a_wider_window_brings_the_keys_back() -> None:
    assert len(asyncio.run(shown(28, 80))) == 4
    assert len(asyncio.run(shown(80, 28))) == 3
