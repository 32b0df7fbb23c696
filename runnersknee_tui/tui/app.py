"""The app: what every screen stands on, and how one screen leads to another.

Screens import nothing of each other; they ask the app (`app.start_session`, `app.show_history`), which imports
the screen that is wanted when it is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from runnersknee_tui.core.words import clean
from runnersknee_tui.tui.guard import Guard
from runnersknee_tui.tui.served import watch_server
from runnersknee_tui.tui.sturdy import SturdyApp
from runnersknee_tui.tui.themes import HIGH_CONTRAST, RUNNERSKNEE

if TYPE_CHECKING:
    from textual.command import Provider

    from runnersknee_tui.core.record import CheckIn, SessionRecord
    from runnersknee_tui.live import Command, LiveSession
    from runnersknee_tui.store.checkpoint import Orphan
    from runnersknee_tui.tui.beginning import Wish
    from runnersknee_tui.workspace import Prepared, Workspace

FLUSH_S = 1.5
"""How long leaving waits for the disk."""

HOUSE_S, HOUSE_AGAIN_S = 4.0, 60.0
"""How long after the start backups are made, and how long after that again where a session is running."""

Opening = Callable[["RunnersKneeApp"], None]
"""What the app does first: show Home, start a session, open the history. It runs before anything is painted."""


def _actions() -> type[Provider]:
    from runnersknee_tui.tui.palette import Actions

    return Actions


class RunnersKneeApp(SturdyApp):
    """Home, a session, the history and the catalogue, for one person."""

    CSS_PATH = "app.tcss"
    TITLE = "runnersknee"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = {_actions}  # noqa: RUF012
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (12, "-short"), (20, "-normal-height"), (34, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+q", "quit", "Quit", id="app.quit", tooltip="Leave the program", show=False, priority=True
        ),
        Binding(
            "question_mark,f1",
            "help",
            "help",
            key_display="?",
            id="app.help",
            tooltip="The keys of this screen",
        ),
    ]

    def __init__(self, workspace: Workspace, opening: Opening | None = None) -> None:
        super().__init__()
        self.workspace = workspace
        self._opening = opening or RunnersKneeApp.arrive
        self.guard = Guard(self)
        self._opened = False
        self._first: Screen[Any] | None = None  # what the opening leads to, where nothing is asked before
        self.live: LiveSession | None = None  # the session on the screen, or the last one
        self._put_on_theme()

    def on_mount(self) -> None:
        self.guard.watch()
        self.workspace.save_listeners.append(self._save_failed)
        watch_server(self)
        self._wear_keymap()
        self.set_timer(HOUSE_S, self._keep_house)

    def _keep_house(self) -> None:
        """The day's backup, and what is old in the trash: once, and never beside a session."""
        if self.in_session:
            self.set_timer(HOUSE_AGAIN_S, self._keep_house)
            return
        from runnersknee_tui.housekeeping import keep_house_aside

        keep_house_aside(self.workspace, lambda words: self.call_later(self._say, words))

    def _say(self, words: str) -> None:
        self.notify(words, severity="warning", timeout=8, markup=False)

    @property
    def _bottom(self) -> int:
        """So many screens are on the stack when the first one is shown: that one, or an empty one below it."""
        return 1 if self._first is not None else 2

    def get_default_screen(self) -> Screen[Any]:
        """What the app opens with lies at the bottom of the stack: no empty screen is painted first."""
        self._opening(self)
        self._opened = True
        if self._first is None:
            return super().get_default_screen()
        self._first._push_result_callback(self._first, None)  # noqa: SLF001 - else none can be switched to from it
        self._load_screen_css(self._first)
        self._first.add_class(*self._size_classes(), update=False)
        return self._first

    def _size_classes(self) -> Iterator[str]:
        """What the breakpoints say of this size: known before the first paint, they cause no second one."""
        for length, breakpoints in (
            (self.size.width, self.HORIZONTAL_BREAKPOINTS),
            (self.size.height, self.VERTICAL_BREAKPOINTS),
        ):
            yield max((least, name) for least, name in breakpoints if least <= length)[1]

    def on_unmount(self) -> None:
        """Whatever way the app ends: what waits to be saved is saved, and a running session can be resumed."""
        if self._save_failed in self.workspace.save_listeners:  # not where it ended before it had begun
            self.workspace.save_listeners.remove(self._save_failed)
        if self.live is not None and self.live.record is None:
            self.live.checkpoint()
        self.workspace.flush(FLUSH_S)
        if self.live is not None:
            self.live.abandon()

    def leave_by_signal(self, status: int) -> None:
        """Leave at once, with this exit status; a running session is offered again at the next start."""
        if self.live is not None and self.live.record is None:
            self.live.checkpoint()  # at once: the way out may be long
        self.exit(status, return_code=status)

    def _save_failed(self, error: Exception) -> None:
        """Called in the saver's thread."""
        self.call_later(
            self.notify, clean(str(error)), title="Not saved", severity="error", timeout=10, markup=False
        )

    @property
    def in_session(self) -> bool:
        """Whether a session is being lived: nothing may lead away from it but its own end."""
        return self.live is not None and self.live.session.end_reason is None

    # --- settings ----------------------------------------------------------------------------------------------

    def settings_changed(self, key: str) -> None:
        """Let a setting that changed show at once."""
        if key == "theme":
            self._wear_theme()
        elif key == "keymap":
            self._wear_keymap()

    def theme_names(self) -> tuple[str, ...]:
        """All themes, our own first."""
        ours = (RUNNERSKNEE.name, HIGH_CONTRAST.name)
        return (*ours, *sorted(name for name in self.available_themes if name not in ours))

    def use_theme(self, name: str) -> None:
        """Wear a theme, and keep it where no flag or file of the user says otherwise."""
        if self.workspace.settings.origin("theme") in ("settings.toml", "default"):
            self.workspace.change_settings({"theme": name})
        self.theme = name

    def _put_on_theme(self) -> None:
        """The first theme. One of ours needs its variables alone; the watcher would have all sheets parsed again."""
        ours = (RUNNERSKNEE, HIGH_CONTRAST)
        for theme in ours:
            self.register_theme(theme)
        wanted = self._wanted_theme()
        if wanted in (theme.name for theme in ours):
            self.set_reactive(App.theme, wanted)
            self.stylesheet.set_variables(self.get_css_variables())
        else:
            self.theme = wanted

    def _wear_theme(self) -> None:
        self.theme = self._wanted_theme()

    def _wanted_theme(self) -> str:
        wanted = self.workspace.settings.values.theme
        return wanted if wanted in self.available_themes else RUNNERSKNEE.name

    def _wear_keymap(self) -> None:
        """The user's own keys; what cannot be used is said, and the default keys stay."""
        keymap = self.workspace.settings.values.keymap
        if not keymap and not self._keymap:
            return
        from runnersknee_tui.tui.keymap import judge

        used, wrong = judge(keymap)
        self.set_keymap(used)
        for sentence in wrong:
            self.notify(sentence, title="Keys", severity="warning", timeout=8, markup=False)

    # --- where to go -----------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """Home, behind the pages of the first run where this is one."""
        if self.workspace.settings.values.first_run_done:
            self.show_home()
            return
        from runnersknee_tui.tui.beginning import arrive

        self._ask(arrive)

    @property
    def at_home(self) -> bool:
        """Whether a screen of the app is on show, behind which a dialog was asked."""
        return len(self.screen_stack) >= self._bottom

    def show_home(self) -> None:
        from runnersknee_tui.tui.screens.home import HomeScreen

        self._open(HomeScreen())

    def show_history(self, tab: str = "") -> None:
        """The history at its pictures, or at the tab "sessions" or "exercises"."""
        from runnersknee_tui.tui.screens.history import HistoryScreen

        self._open(HistoryScreen(tab))

    def show_story(self, exercise: str) -> None:
        """What became of one exercise over time."""
        from runnersknee_tui.tui.screens.story import StoryScreen

        self._open(StoryScreen(exercise))

    def show_log(self) -> None:
        """Log a session that was done without the app."""
        from runnersknee_tui.tui.screens.log import LogScreen

        self._open(LogScreen())

    def show_breaks(self) -> None:
        """Holidays and illness, by their dates."""
        from runnersknee_tui.tui.screens.breaks import BreaksScreen

        self._open(BreaksScreen())

    def show_trash(self) -> None:
        """Deleted sessions, to bring back."""
        from runnersknee_tui.tui.screens.trash import TrashScreen

        self._open(TrashScreen())

    def show_own(self) -> None:
        """Export, import, report, backups, erasing: what belongs to whom it is about."""
        from runnersknee_tui.tui.screens.own import OwnScreen

        self._open(OwnScreen())

    def show_exercises(self, exercise: str | None = None) -> None:
        from runnersknee_tui.tui.screens.exercises import ExercisesScreen

        self._open(ExercisesScreen(exercise))

    def show_learn(self) -> None:
        """What is known about runner's knee, and what is not."""
        from runnersknee_tui.tui.screens.learn import LearnScreen

        self._open(LearnScreen())

    def show_settings(self, key: str | None = None) -> None:
        from runnersknee_tui.tui.screens.settings import SettingsScreen

        self._open(SettingsScreen(key))

    def show_keys(self) -> None:
        """Which key does what, and other keys for it."""
        from runnersknee_tui.tui.screens.keys import KeysScreen

        self._open(KeysScreen())

    def show_routines(self) -> None:
        """The routines to start, copy and change, and the user's own exercises."""
        from runnersknee_tui.tui.screens.routines import RoutinesScreen

        self._open(RoutinesScreen())

    def show_editor(self, routine: str | None = None, *, copy: bool = False) -> None:
        """Change a routine of the user's, or begin a new one: empty, or a copy of `routine`."""
        from runnersknee_tui.tui.screens.editor import EditorScreen

        self._open(EditorScreen(routine, copy=copy))

    def show_exercise_editor(self, exercise: str | None = None) -> None:
        """Change an exercise of the user's, or begin a new one."""
        from runnersknee_tui.tui.screens.exercise_editor import ExerciseEditorScreen

        self._open(ExerciseEditorScreen(exercise))

    def go_home(self) -> None:
        """Home, whatever lies above it."""
        from runnersknee_tui.tui.screens.home import HomeScreen

        while len(self.screen_stack) > self._bottom:
            self.pop_screen()
        if not isinstance(self.screen, HomeScreen):
            self.switch_screen(HomeScreen())

    def begin(self, wish: Wish) -> None:
        """From a wish to train to the first countdown: signs, questions, plan. A second wish replaces the first."""
        from runnersknee_tui.tui.beginning import begin, begin_unasked

        if self._opened or not begin_unasked(self, wish):
            self._ask(lambda app: begin(app, wish))

    def ask_morning_after(self, then: Callable[[], object]) -> None:
        """Ask how the knee was the morning after the last session, whenever there is time for it."""
        from runnersknee_tui.tui.beginning import ask_morning_after

        self._ask(lambda app: ask_morning_after(app, then))

    def _ask(self, conversation: Callable[[RunnersKneeApp], Coroutine[Any, Any, None]]) -> None:
        """Ask in a worker, which can wait for answers; a second conversation replaces the first."""

        def run() -> None:
            self.run_worker(conversation(self), exclusive=True, group="beginning")

        self.call_later(run)  # not before there is a screen to ask on

    def start_session(
        self, prepared: Prepared, *, check_in: CheckIn | None = None, speed: float = 1.0
    ) -> None:
        """Begin living a plan now, on the session screen. Only `begin` may: nobody starts past a warning sign."""
        self.continue_session(
            self.workspace.begin(prepared.plan, check_in=check_in, speed=speed), prepared.left_out
        )

    def continue_session(self, live: LiveSession, left_out: tuple[str, ...] = ()) -> None:
        """Show a session that is running or stands paused."""
        from runnersknee_tui.tui.screens.session import SessionScreen

        self.live = live
        self._open(SessionScreen(live, left_out))

    def show_summary(self, live: LiveSession) -> None:
        """What was done, in place of the session's screen."""
        from runnersknee_tui.tui.screens.summary import SummaryScreen

        self.switch_screen(SummaryScreen(live))

    def show_record(self, record: SessionRecord) -> None:
        from runnersknee_tui.tui.screens.record import RecordScreen

        self._open(RecordScreen(record))

    def ask_hurt(self, live: LiveSession, run: Callable[[Command], None]) -> None:
        """Ask about the pain that stopped a session, and run the command that the answer leads to."""
        from runnersknee_tui.tui.screens.hurt import HurtScreen

        def answered(command: Command | None) -> None:
            if command is not None:
                run(command)

        self.push_screen(HurtScreen(live), answered)

    def confirm(
        self, question: str, detail: str, *, yes: str, no: str, then: Callable[[bool | None], None]
    ) -> None:
        """Ask before something is ended or thrown away."""
        from runnersknee_tui.tui.screens.confirm import ConfirmScreen

        self.push_screen(ConfirmScreen(question, detail, yes, no), then)

    def show_recover(self, orphan: Orphan) -> None:
        """A session that broke off: what was done of it, and what may become of it."""
        from runnersknee_tui.tui.screens.recover import RecoverScreen

        self._open(RecoverScreen(orphan))

    def show_problems(self) -> None:
        """The files that cannot be used, and why."""
        from runnersknee_tui.tui.screens.problems import ProblemsScreen

        self._open(ProblemsScreen())

    def leave(self) -> None:
        """One screen back; Home behind the last one."""
        if len(self.screen_stack) > self._bottom:
            self.pop_screen()
            return
        from runnersknee_tui.tui.screens.home import HomeScreen

        if not isinstance(self.screen, HomeScreen):  # asked twice: Home is where that leads
            self.switch_screen(HomeScreen())

    def _open(self, screen: Screen[None]) -> None:
        if self._opened:
            self.push_screen(screen)
        else:
            self._first = screen

    def action_help(self) -> None:
        from runnersknee_tui.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))
