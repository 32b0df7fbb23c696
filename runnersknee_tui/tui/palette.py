"""Every action of the app by name, for the command palette. Titles of a person's own are shown as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.words import plain
from runnersknee_tui.workspace import PRERUN

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp


class Entry(Struct, frozen=True):
    """One line of the palette; `what` is one of our own sentences."""

    name: str
    what: str
    run: Callable[[], Any]
    listed: bool = True  # False: found only by typing


def entries(app: RunnersKneeApp) -> Iterator[Entry]:
    """What can be done now. While a session runs, nothing that would leave it behind."""
    yield Entry("Help", "The keys of this screen and what they do", app.action_help)
    if not app.in_session:
        yield from _starts(app)
        yield from _places(app)
    for theme in app.theme_names():
        yield Entry(f"Theme: {theme}", "Use these colours from now on", partial(app.use_theme, theme), False)
    yield Entry("Quit", "Leave the program", partial(app.run_action, "quit"))


def _starts(app: RunnersKneeApp) -> Iterator[Entry]:
    from runnersknee_tui.tui.beginning import Wish

    workspace = app.workspace
    routines = sorted(workspace.catalogue.routines.values(), key=lambda routine: routine.id != PRERUN)
    for routine in routines:
        minutes = phrases.minutes(workspace.fitted(routine).seconds)
        what = f"Begin this session now, {minutes}"
        yield Entry(f"Start: {routine.title}", what, partial(app.begin, Wish(routine.id)))


def _places(app: RunnersKneeApp) -> Iterator[Entry]:
    yield Entry("Home", "What to do now", app.go_home)
    yield Entry("History", "The sessions you have done", app.show_history)
    yield Entry("Log a session", "Write down what you did without the app", app.show_log)
    yield Entry("Breaks", "A holiday or an illness counts neither for nor against you", app.show_breaks)
    yield Entry("Deleted sessions", "Bring one back", app.show_trash)
    yield Entry("Your data", "Export, import, report, backups, erase everything", app.show_own)
    yield Entry("Exercises", "Every exercise, with all its words", app.show_exercises)
    yield Entry("Learn", "What is known about runner's knee, and what is not", app.show_learn)
    yield Entry("Routines", "Start, copy and change routines and exercises of your own", app.show_routines)
    yield Entry("New routine", "Put a session of your own together", app.show_editor)
    yield Entry("New exercise", "Write down a movement of your own", app.show_exercise_editor)
    yield Entry("Settings", "Sound, voice, rests, units and all the rest", app.show_settings)
    yield Entry("Sound check", "Find out whether cues can be heard", partial(app.show_settings, "sound"))
    yield Entry("Theme", "Choose the colours of the app", partial(app.show_settings, "theme"))
    yield Entry("Keys", "Give actions other keys", app.show_keys)
    yield Entry("Files to mend", "What is wrong with your files", app.show_problems)


class Actions(Provider):
    """Offers the entries; they are gathered once, when the palette opens."""

    async def startup(self) -> None:
        self._entries = tuple(entries(cast("RunnersKneeApp", self.app)))

    async def discover(self) -> Hits:
        for entry in self._entries:
            if entry.listed:
                yield DiscoveryHit(plain(entry.name), entry.run, entry.name, entry.what)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for entry in self._entries:
            score, places = matcher.fuzzy_search.match(query, entry.name)
            if score > 0:
                yield Hit(score, _lit(entry.name, places), entry.run, entry.name, entry.what)


def _lit(name: str, places: object) -> Content:
    """A name with the letters that were typed made bold."""
    shown = plain(name)
    for place in places if isinstance(places, (list, tuple)) else ():
        shown = shown.stylize("bold $primary", place, place + 1)
    return shown
