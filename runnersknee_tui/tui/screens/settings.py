"""The settings: everything that config.toml can say, what it does, and where the present value comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.css.query import NoMatches
from textual.message import Message
from textual.style import Style
from textual.visual import Visual
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from runnersknee_tui.core.setting_values import SettingError, check, parse
from runnersknee_tui.core.settings import SETTINGS, Setting
from runnersknee_tui.tui.setting_words import NAMES, choice_words, range_words, toml_words, value_words
from runnersknee_tui.tui.stepping import next_choice, step
from runnersknee_tui.tui.widgets.fields import Field, Fields
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.press import Press
from runnersknee_tui.tui.widgets.rows import Row, Stack, heading
from runnersknee_tui.tui.words import MUTED, joined, plain

ROWS: Mapping[str, Setting] = {setting.key: setting for setting in SETTINGS if setting.group}
HEARD = ("sound", "volume", "cues", "primer", "voice")
"""The settings that can be tried aloud."""
OURS = ("settings.toml", "default")
"""The origins of values that can be changed here."""
_WHY = {
    "flag": "An option of this run sets it. Start without that option to choose here.",
    "environment": "The environment variable {variable} sets it. Unset that to choose here.",
    "config.toml": "Your config.toml sets it, and that file is yours. Take the line out to choose here.",
}


class SettingsScreen(InnerPage):
    """A list of values above the words about the marked one. A change is saved at once and can be taken back."""

    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "reset", "default", id="settings.default", tooltip="Back to the default"),
        Binding("u", "undo", "undo", id="settings.undo", tooltip="Take the last change back"),
        Binding("t", "try", "try", id="settings.try", tooltip="Hear the sound, or the voice"),
    ]

    class Heard(Message):
        """A preview is over."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, key: str | None = None) -> None:
        """`key` is the setting that is marked first."""
        super().__init__()
        self._first = key
        self._undo: tuple[str, Any] | None = (
            None  # what the last change replaced; None there: no value of ours
        )
        self._said = ""

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Container(id="halves"):
            yield Fields(id="fields")
            with VerticalScroll(id="about", can_focus=False):
                yield Static(id="words", markup=False)
                yield Press(action="try", id="say")
        yield Footer()

    def on_mount(self) -> None:
        self._show()
        fields = self.query_one(Fields)
        fields.focus()
        if self._first is not None:
            fields.mark(self._first)

    # --- what is shown -----------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Everything anew, from the settings as they are now."""
        settings = self.app.workspace.settings
        mine = sum(settings.origin(key) != "default" for key in ROWS)
        count = f"{mine} of {len(ROWS)} changed" if mine else "all at their defaults"
        self.query_one("#head", Static).update(Row(plain("Settings", "bold"), plain(count, MUTED)))
        self.query_one(Fields).show(self._lines(), self._first)
        self._tell()

    def _lines(self) -> Iterator[Field | Option]:
        group = ""
        for setting in ROWS.values():
            if setting.group != group:
                if group:
                    yield heading("")
                group = setting.group
                yield heading(group)
            yield self._line(setting)

    def _line(self, setting: Setting) -> Field:
        settings = self.app.workspace.settings
        origin = settings.origin(setting.key)
        value = value_words(setting, getattr(settings.values, setting.key))
        ours = origin in OURS
        style = "" if origin == "default" else "bold $primary" if ours else "bold $text-warning"
        return Field(
            setting.key,
            NAMES[setting.key],
            plain(value, style),
            plain(origin, MUTED if ours else "$text-warning"),
            steps=ours and self._has_steps(setting),
        )

    def _has_steps(self, setting: Setting) -> bool:
        return setting.kind in ("bool", "choice", "int", "float") or setting.key == "theme"

    @property
    def _marked(self) -> Setting:
        return ROWS[self.query_one(Fields).marked or next(iter(ROWS))]

    def _tell(self) -> None:
        """The words below the list, about the marked setting."""
        setting = self._marked
        self.query_one("#words", Static).update(Stack(self._about(setting)))
        words = plain(self._said)
        if setting.key in HEARD and not self._said:
            words = joined(
                ("t", "bold $primary"), "  say a sentence" if setting.key == "voice" else "  play a sound"
            )
        say = self.query_one("#say", Press)
        say.update(words)
        say.display = bool(words)
        self.refresh_bindings()

    def _about(self, setting: Setting) -> Iterator[Visual]:
        settings = self.app.workspace.settings
        origin = settings.origin(setting.key)
        yield plain(setting.what)
        if self.has_class("-wide"):
            yield Content("")
        if origin not in OURS:
            variable = f"RUNNERSKNEE_{setting.key.upper()}"
            yield plain(_WHY[origin].format(variable=variable), "$text-warning")
        elif setting.kind in ("choice", "bool"):
            yield self._chips(setting, getattr(settings.values, setting.key))
        elif words := range_words(setting):
            yield plain(words, MUTED)
        if self.has_class("-wide"):
            yield Content("")
        default = value_words(setting, setting.default)
        line = toml_words(setting, getattr(settings.values, setting.key))
        yield joined(("Default: ", MUTED), default)
        yield plain(line, MUTED)

    def _chips(self, setting: Setting, now: Any) -> Content:
        """All choices side by side; a click takes one."""
        choices = setting.choices or ("on", "off")
        chosen = value_words(setting, now) if setting.kind == "bool" else now
        parts = []
        for choice in choices:
            click = Style.from_meta({"@click": f"screen.take({choice!r})"})
            words = f" {choice_words(setting, choice)} ".replace(" ", "\N{NO-BREAK SPACE}")
            look = "bold $primary reverse" if choice == chosen else "on $foreground 12%"
            parts.append(plain(words, look).stylize(click))
        return Content(" ").join(parts)

    @on(OptionList.OptionHighlighted, "#fields")
    def _moved(self) -> None:
        self._said = ""
        self._tell()

    # --- changing ----------------------------------------------------------------------------------------------

    def change(self, key: str, value: Any) -> None:
        """Let a value hold from now on; None goes back to the default."""
        workspace = self.app.workspace
        before = getattr(workspace.settings.values, key)
        had = before if workspace.settings.origin(key) == "settings.toml" else None
        if value == had:
            return
        try:
            workspace.change_settings({key: value})
        except SettingError as error:
            self._said = str(error)
        else:
            self._undo = (key, had)
            self._said = ""
            self.app.settings_changed(key)
        self._show()

    def _can_change(self, setting: Setting) -> bool:
        return self.app.workspace.settings.origin(setting.key) in OURS

    @on(Fields.Stepped)
    def _step(self, message: Fields.Stepped) -> None:
        setting = ROWS[message.field]
        now = getattr(self.app.workspace.settings.values, setting.key)
        if setting.key == "theme":
            value: Any = next_choice(self._themes(), self.app.theme, message.by)
        else:
            value = step(setting, now, message.by)
        if value is not None:
            self.change(setting.key, value)

    def action_take(self, choice: str) -> None:
        """A choice below the list was clicked."""
        setting = self._marked
        if self._can_change(setting):
            self.change(setting.key, choice == "on" if setting.kind == "bool" else choice)

    @on(OptionList.OptionSelected, "#fields")
    def _open(self) -> None:
        setting = self._marked
        if not self._can_change(setting):
            self.app.bell()
        elif setting.kind == "bool":
            self.change(setting.key, not getattr(self.app.workspace.settings.values, setting.key))
        elif setting.kind == "table":
            self.app.show_keys()
        elif setting.key == "theme":
            self._choose_theme(setting)
        elif setting.kind in ("choice", "list"):
            self._choose(setting)
        else:
            self._ask(setting)

    def _choose(self, setting: Setting) -> None:
        from runnersknee_tui.tui.screens.choose import ChooseScreen

        several = setting.kind == "list"
        now = getattr(self.app.workspace.settings.values, setting.key)
        choices = [
            (one, choice_words(setting, one), "" if several or one != setting.default else "default")
            for one in setting.choices
        ]

        def chosen(answer: tuple[str, ...] | None) -> None:
            if answer is not None:
                self.change(setting.key, answer if several else answer[0])

        marked = now if several else (now,)
        self.app.push_screen(ChooseScreen(NAMES[setting.key], choices, marked, several=several), chosen)

    def _choose_theme(self, setting: Setting) -> None:
        """Every theme is on show while the mark is on it."""
        from runnersknee_tui.tui.screens.choose import ChooseScreen

        before = self.app.theme

        def chosen(answer: tuple[str, ...] | None) -> None:
            if answer is None:
                self.app.theme = before
            else:
                self.change("theme", answer[0])

        def preview(name: str) -> None:
            self.app.theme = name

        choices = [(name, name, self._theme_note(name, setting)) for name in self._themes()]
        self.app.push_screen(ChooseScreen(NAMES["theme"], choices, (before,), preview=preview), chosen)

    def _theme_note(self, name: str, setting: Setting) -> str:
        return (
            "default" if name == setting.default else "" if self.app.available_themes[name].dark else "light"
        )

    def _themes(self) -> tuple[str, ...]:
        return self.app.theme_names()

    def _ask(self, setting: Setting) -> None:
        from runnersknee_tui.tui.screens.ask import AskScreen

        now = getattr(self.app.workspace.settings.values, setting.key)

        def judge(text: str) -> str:
            try:
                parse(setting, text)
            except SettingError as error:
                return str(error)
            return ""

        def typed(text: str | None) -> None:
            if text is not None:
                self.change(setting.key, check(setting, parse(setting, text)))

        hint = f"{setting.what} {range_words(setting)}"
        self.app.push_screen(AskScreen(NAMES[setting.key], hint, f"{now:g}", judge), typed)

    # --- actions -----------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        try:
            setting = self._marked
        except NoMatches:
            return True
        if action == "try":
            return setting.key in HEARD or None
        if action == "undo":
            return self._undo is not None or None
        if action == "reset":
            return self.app.workspace.settings.origin(setting.key) == "settings.toml" or None
        return True

    def action_reset(self) -> None:
        self.change(self._marked.key, None)

    def action_undo(self) -> None:
        if self._undo is not None:
            key, value = self._undo
            self.query_one(Fields).mark(key)
            self.change(key, value)

    def action_try(self) -> None:
        self._said = "Listening for the loudspeaker\N{HORIZONTAL ELLIPSIS}"
        self._tell()
        self._try(self._marked.key == "voice")

    @work(thread=True, exclusive=True)
    def _try(self, voice: bool) -> None:
        from runnersknee_tui.cues.engines import find_engine
        from runnersknee_tui.cues.players import candidates, find_players, is_remote
        from runnersknee_tui.tui.previews import BELL, try_sound, try_voice

        workspace = self.app.workspace
        remote = is_remote(workspace.env)
        players = () if remote else find_players()
        names = ", ".join(player.name for player in candidates())
        why = "this is a remote session" if remote else f"no player found ({names})"
        values, cache = workspace.settings.values, workspace.paths.cache
        if voice:
            words = try_voice(values, find_engine(), players, why, cache)
        else:
            words = try_sound(values, players, why, cache)
        if words == BELL:
            self.app.call_from_thread(self.app.bell)
            reason = "" if values.sound == "bell" else f" ({why})"
            words = f"The terminal bell rang{reason}. Many terminals keep it silent."
        self.post_message(self.Heard(words))

    @on(Heard)
    def _heard(self, message: Heard) -> None:
        self._said = message.words
        self._tell()
