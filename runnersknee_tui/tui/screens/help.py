"""The keys of a screen and what they do, taken from its own bindings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.visual import Visual
from textual.widgets import Static

from runnersknee_tui.tui.steady_screen import SteadyModal
from runnersknee_tui.tui.widgets.rows import Hung, Stack
from runnersknee_tui.tui.words import HEADING, MUTED, joined, plain

GROUPS = (("On this screen", ""), ("In a list", "list."), ("Everywhere", "app."))
"""A heading, and how the ids of its bindings begin; the first takes all the others."""
WIDTH = 12
"""Columns of the keys; several keys of one action stand together."""


class HelpScreen(SteadyModal[None]):
    """Any click closes it, and so does the key that opened it."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "#box"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,enter,question_mark,f1", "close", "close", id="help.close", tooltip="Close this help"
        ),
    ]

    def __init__(self, screen: Screen[object]) -> None:
        """`screen` is the one to explain, as it stands now."""
        super().__init__()
        self._words = Stack(help_words(screen))

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="box"):
            yield Static(self._words, id="words")

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.dismiss()

    def action_close(self) -> None:
        self.dismiss()


def help_words(screen: Screen[object]) -> Iterator[Visual]:
    """All bindings of a screen that say what they do."""
    actions = list(_actions(screen))
    for title, start in GROUPS:
        others = tuple(prefix for _, prefix in GROUPS if prefix and prefix != start)
        lines = [
            (keys, what)
            for id_, keys, what in actions
            if (id_.startswith(start) if start else not id_.startswith(others))
        ]
        if lines:
            yield plain(title, HEADING)
            for keys, what in lines:
                yield Hung(plain(f"{' '.join(keys):<{WIDTH}}", "bold"), plain(what))
            yield Content("")
    yield joined(
        ("Every key here can be clicked below, too. ", MUTED),
        ("^p", "bold"),
        (" finds any action by name.", MUTED),
    )


def _actions(screen: Screen[object]) -> Iterator[tuple[str, list[str], str]]:
    """Id, keys and tooltip of what can be done now, in the order of the bindings."""
    found: dict[str, tuple[str, list[str], str]] = {}
    for _, binding, _, tooltip in screen.active_bindings.values():
        if binding.id and tooltip:
            entry = found.setdefault(tooltip, (binding.id, [], tooltip))
            entry[1].append(screen.app.get_key_display(Binding(binding.key, binding.action)))
    yield from found.values()
