"""Which key does what, and other keys for it: every action by its id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from runnersknee_tui.core.setting_values import SettingError
from runnersknee_tui.tui.keymap import Action, actions, judge, normal
from runnersknee_tui.tui.steady_screen import SteadyModal
from runnersknee_tui.tui.widgets.fields import Field, Fields
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.rows import Row, heading
from runnersknee_tui.tui.words import MUTED, plain

PLACES = {
    "app": "Everywhere",
    "page": "On every screen",
    "list": "In lists",
    "field": "In lists of values",
    "home": "Home",
    "session": "In a session",
}
"""What the part of an id before the dot stands for, where its own word does not say it."""


class KeysScreen(InnerPage):
    """Enter gives the marked action another key."""

    CSS_PATH = "keys.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "reset", "default", id="keys.default", tooltip="Back to the keys as they come"),
    ]

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield Fields(id="fields", name_share=0.66)
        yield Static(id="about", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        self._show("")
        self.query_one(Fields).focus()

    def _show(self, said: str) -> None:
        mine = self.app.workspace.settings.values.keymap
        count = f"{len(mine)} of your own" if mine else "all as they come"
        self.query_one("#head", Static).update(Row(plain("Keys", "bold"), plain(count, MUTED)))
        self.query_one(Fields).show(self._lines())
        self._tell(said)

    def _lines(self) -> Iterator[Field | Option]:
        mine = self.app.workspace.settings.values.keymap
        place = None
        for action in sorted(actions().values(), key=_place):
            if action.place != place:
                if place is not None:
                    yield heading("")
                place = action.place
                yield heading(PLACES.get(place, place.capitalize()))
            keys = normal(mine[action.id]) if action.id in mine else action.keys
            shown = "  ".join(self._shown(key) for key in keys)
            style = "bold $primary" if action.id in mine else ""
            note = "yours" if action.id in mine else ""
            yield Field(action.id, action.what, plain(shown, style), plain(note, MUTED), steps=False)

    def _shown(self, key: str) -> str:
        return self.app.get_key_display(Binding(key, ""))

    @property
    def _marked(self) -> Action | None:
        return actions().get(self.query_one(Fields).marked or "")

    def _tell(self, said: str) -> None:
        """One line on the marked action: its name in config.toml, or what was just said."""
        action = self._marked
        words = plain(said, "$text-warning")
        if not said and action is not None:
            words = plain(
                f'"{action.id}" = "{",".join(action.keys)}"   in config.toml, under [keymap]', MUTED
            )
        self.query_one("#about", Static).update(words)

    @on(OptionList.OptionHighlighted, "#fields")
    def _moved(self) -> None:
        self._tell("")

    @on(OptionList.OptionSelected, "#fields")
    def _open(self) -> None:
        action = self._marked
        if action is not None:
            self.app.push_screen(PressKeyScreen(action.what), self._pressed)

    def _pressed(self, key: str | None) -> None:
        action = self._marked
        if key is not None and action is not None:
            wanted = "comma" if key == "," else key
            self._change({**self.app.workspace.settings.values.keymap, action.id: wanted})

    def action_reset(self) -> None:
        mine = dict(self.app.workspace.settings.values.keymap)
        if self._marked is not None and mine.pop(self._marked.id, None) is not None:
            self._change(mine)

    def _change(self, keymap: dict[str, str]) -> None:
        """Save a keymap that fits all screens; else say why not."""
        _, wrong = judge(keymap)
        said = wrong[0] if wrong else ""
        if not wrong:
            try:
                self.app.workspace.change_settings({"keymap": keymap or None})
            except SettingError as error:
                said = str(error)
            else:
                self.app.settings_changed("keymap")
        self._show(said)


def _place(action: Action) -> tuple[int, str]:
    """First where everybody looks; the rest by name."""
    known = list(PLACES)
    return known.index(action.place) if action.place in known else len(known), action.place


class PressKeyScreen(SteadyModal[str | None]):
    """Dismisses with the next key pressed, or with None for escape and for a click."""

    CSS_PATH = "keys.tcss"

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(plain(self._what, "bold"))
            yield Static(plain("Press the key that is to do this. Escape changes nothing.", MUTED))

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.dismiss(None if event.key == "escape" else event.key)

    def on_click(self) -> None:
        self.dismiss(None)
