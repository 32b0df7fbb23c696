"""The app: what every screen stands on, and how one screen leads to another.

Screens import nothing of each other; they ask the app (`app.start_session`, `app.show_history`), which imports
the screen that is wanted when it is wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from runnersknee_tui.core.record import CheckIn, SessionRecord
from runnersknee_tui.live import Command, LiveSession
from runnersknee_tui.tui.guard import Guard
from runnersknee_tui.tui.themes import HIGH_CONTRAST, RUNNERSKNEE
from runnersknee_tui.workspace import Prepared, Workspace

if TYPE_CHECKING:
    from runnersknee_tui.store.checkpoint import Orphan

FLUSH_S = 1.5
"""How long leaving waits for the disk."""

Opening = Callable[["RunnersKneeApp"], None]
"""What the app does first: show Home, start a session, open the history."""


class RunnersKneeApp(App[int]):
    """Home, a session, the history and the catalogue, for one person."""

    CSS_PATH = "app.tcss"
    TITLE = "runnersknee"
    ENABLE_COMMAND_PALETTE = True
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
        self._opening = opening or RunnersKneeApp.show_home
        self.live: LiveSession | None = None  # the session on the screen, or the last one
        for theme in (RUNNERSKNEE, HIGH_CONTRAST):
            self.register_theme(theme)
        wanted = workspace.settings.values.theme
        self.theme = wanted if wanted in self.available_themes else RUNNERSKNEE.name

    def on_mount(self) -> None:
        self._guard = Guard(self)
        self._guard.put_up()
        self.workspace.save_listeners.append(self._save_failed)
        self._opening(self)

    def on_unmount(self) -> None:
        """Whatever way the app ends: what waits to be saved is saved, and a running session can be resumed."""
        self.workspace.save_listeners.remove(self._save_failed)
        if self.live is not None and self.live.record is None:
            self.live.checkpoint()
        self.workspace.flush(FLUSH_S)
        if self.live is not None:
            self.live.abandon()

    def leave_by_signal(self, status: int) -> None:
        """Leave at once, with this exit status; a running session is offered again at the next start."""
        self.exit(status, return_code=status)

    def _save_failed(self, error: Exception) -> None:
        """Called in the saver's thread."""
        self.call_later(
            self.notify, str(error), title="Not saved", severity="error", timeout=10, markup=False
        )

    # --- where to go -----------------------------------------------------------------------------------------

    def show_home(self) -> None:
        from runnersknee_tui.tui.screens.home import HomeScreen

        self._open(HomeScreen())

    def show_history(self) -> None:
        from runnersknee_tui.tui.screens.history import HistoryScreen

        self._open(HistoryScreen())

    def show_exercises(self, exercise: str | None = None) -> None:
        from runnersknee_tui.tui.screens.exercises import ExercisesScreen

        self._open(ExercisesScreen(exercise))

    def start_session(
        self, prepared: Prepared, *, check_in: CheckIn | None = None, speed: float = 1.0
    ) -> None:
        """Begin living a plan now, on the session screen."""
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
        if len(self.screen_stack) > 2:
            self.pop_screen()
        else:
            from runnersknee_tui.tui.screens.home import HomeScreen

            self.switch_screen(HomeScreen())

    def _open(self, screen: Screen[None]) -> None:
        self.push_screen(screen)

    def action_help(self) -> None:
        from runnersknee_tui.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))
