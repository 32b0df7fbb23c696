"""The session: everything a runner on the floor needs, moving on by itself, every key optional."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.getters import query_one
from textual.timer import Timer
from textual.widgets import Static

from runnersknee_tui.core.cue import Cue
from runnersknee_tui.core.session import State
from runnersknee_tui.core.view import SessionView, view_of
from runnersknee_tui.live import Command, LiveSession
from runnersknee_tui.picture.cells import blank
from runnersknee_tui.picture.palette import PAPER
from runnersknee_tui.picture.scene import Pose, Studio, Tone, Working
from runnersknee_tui.tui.ahead import Ahead
from runnersknee_tui.tui.looks import studio_for
from runnersknee_tui.tui.senses import Senses
from runnersknee_tui.tui.staging import Staged, stage
from runnersknee_tui.tui.steady_screen import SteadyScreen
from runnersknee_tui.tui.tight import TightCompositor
from runnersknee_tui.tui.widgets.key_line import KeyLine
from runnersknee_tui.tui.widgets.stage import Stage
from runnersknee_tui.tui.widgets.status_line import StatusLine
from runnersknee_tui.tui.words import plain

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp

FRAME_S = 0.1
"""A moving figure is drawn ten times a second; what stands still waits for its next whole second."""
SLOW_FRAME_S = 0.25
"""Over SSH, and with `animation = "low"`."""
AHEAD_S = 0.02
"""Between two turns of drawing ahead, so that keys and cues come first."""
LONGEST_S = 1.0
"""At least so often the clock is looked at, so that a gap is seen."""
FLASH_S = 0.15
"""Once a change of phase at the most, and only where the settings ask for it."""
DEAF_S = 0.7
DEBOUNCE_S = 0.4
"""A waiting screen takes any key, but not in its first moments: a heel or a cat skips no two screens."""

SMALLEST = (40, 10)


class SessionScreen(SteadyScreen[None]):
    """Draws one `SessionView` and turns keys into commands. Holds no state of the session itself."""

    CSS_PATH = "session.tcss"
    AUTO_FOCUS = ""
    ALLOW_SELECT = False
    TITLE = "Session"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "toggle_pause", "pause", id="session.pause", tooltip="Pause, or go on"),
        Binding("right,n,enter", "next", "next", key_display="→", id="session.next",
                tooltip="End this set, rest or countdown; in self-paced work the repetition"),
        Binding("x", "hurts", "it hurts", id="session.hurts", tooltip="Stop at once and say where you stand"),
        Binding("q,escape", "end", "end", key_display="q", id="session.end",
                tooltip="End here and keep what was done"),
        Binding("left", "back", "back", key_display="←", id="session.back",
                tooltip="Start this set again; at its start, the one before"),
        Binding("plus,equals_sign", "adjust(10)", "10 s", key_display="+", id="session.longer",
                tooltip="Ten seconds more of this rest or long hold"),
        Binding("minus", "adjust(-10)", "10 s less", key_display="-", id="session.shorter", show=False,
                tooltip="Ten seconds less of this rest or long hold"),
        Binding("r", "redo", "redo set", id="session.redo", show=False, tooltip="Do this set again"),
        Binding("s", "skip", "skip exercise", id="session.skip", show=False, tooltip="Go to the next exercise"),
        Binding("up", "correct(1)", "one more", id="session.more", show=False,
                tooltip="In a rest: the last set had one more"),
        Binding("down", "correct(-1)", "one fewer", id="session.fewer", show=False,
                tooltip="In a rest: the last set had one fewer"),
        Binding("m", "mute", "mute", id="session.mute", show=False, tooltip="Sound off and on"),
        Binding("v", "voice", "voice", id="session.voice", show=False, tooltip="Voice off and on"),
    ]  # fmt: skip

    app: RunnersKneeApp
    picture = query_one("#picture", Stage)
    status = query_one(StatusLine)
    tiny = query_one("#tiny", Static)
    advice = query_one("#advice", Static)
    coming = query_one("#coming", Static)

    def __init__(self, live: LiveSession, left_out: tuple[str, ...] = ()) -> None:
        super().__init__(classes="-idle")  # it begins with a countdown; a later class is a restyling
        self._compositor = TightCompositor()
        self.live = live
        self._left_out = left_out
        self._shown: tuple[SessionView, tuple[int, int], Size] | None = None
        self._tick_timer: Timer | None = None
        self._waiting_since = 0.0
        self._last_key = 0.0
        self._over = False
        self._drawing_ahead = False
        self._paints = False
        self._tone: Tone | None = None  # of the picture on show
        self._complete = False  # the countdown does not wait for its figure and its sounds

    def compose(self) -> ComposeResult:
        yield Static(id="tiny")
        yield StatusLine()
        yield Stage(id="picture")
        yield Static(id="advice", classes="line")
        yield Static(id="coming", classes="line")
        yield KeyLine()

    def on_mount(self) -> None:
        self.studio: Studio = studio_for(self.app)
        self.ahead = Ahead(self.studio, self.app.workspace.clock.monotonic)
        self.senses = Senses(self.app, self.live)
        for sentence in self._left_out:
            self.senses.note(f"To fit your time: {sentence}")
        self.beat()

    def on_unmount(self) -> None:
        self.senses.stop()

    # --- the beat --------------------------------------------------------------------------------------------

    def beat(self) -> None:
        """Look at the clock, show what has changed, and come back when the next change is due."""
        if self._over:
            return
        if self._tick_timer is not None:
            self._tick_timer.stop()
        self._after(self.live.tick())
        if not self._over:
            self._tick_timer = self.set_timer(self._next_beat(), self.beat)

    def _next_beat(self) -> float:
        """Seconds until something changes that an eye would see."""
        session = self.live.session
        if session.state not in (State.RUNNING, State.LEAD_IN):
            return LONGEST_S
        moving = self._shown is not None and self._shown[0].works and self._shown[0].goal is not None
        if moving and self.senses.animated:
            return SLOW_FRAME_S if self.senses.slow else FRAME_S
        seconds = session.seconds
        if session.state is State.LEAD_IN:
            left = session.lead_in_left
        elif seconds is None:
            return LONGEST_S
        else:
            left = max(seconds - session.position, 0.0)
        to_second = left % 1 or 1.0
        return min(max(to_second / self.live.speed, 0.02), LONGEST_S)

    def _after(self, cues: tuple[Cue, ...]) -> None:
        """Show and sound what a tick or a command brought."""
        if self.live.session.state is State.DONE:
            self._finish()
            return
        self._draw()
        self.senses.follow(cues)

    def _command(self, command: Command) -> None:
        cues = self.live.do(command)
        self.senses.forget()
        self._after(cues)
        if self._tick_timer is not None and not self._over:
            self._tick_timer.stop()
            self._tick_timer = self.set_timer(self._next_beat(), self.beat)

    def _finish(self) -> None:
        if not self._over:
            self._over = True
            self.senses.finish()
            self.app.show_summary(self.live)

    # --- drawing ---------------------------------------------------------------------------------------------

    def on_stage_resized(self) -> None:
        self._laid_out()

    def on_resize(self) -> None:
        self.call_after_refresh(self._laid_out)

    def _laid_out(self) -> None:
        """Sizes are known: a picture can be drawn."""
        if not self._paints:
            self._paints = True
            self.refresh()
        self._draw()

    def _compositor_refresh(self) -> None:
        """Nothing is painted before the first picture: an empty frame would only keep it waiting."""
        if self._paints:
            super()._compositor_refresh()

    def _draw(self) -> None:
        """Bring the picture and the lines up to the view; equal views cost nothing."""
        if self._over or not self.is_mounted or self._pruning:  # taken down, its widgets go before it does
            return
        view = view_of(self.live.session)
        size = (self.picture.size.width, self.picture.size.height)
        if (view, size, self.app.size) == self._shown:
            return
        before = self._shown and self._shown[0]
        self._shown = (view, size, self.app.size)
        if view.state is State.WAITING and (before is None or before.state is not State.WAITING):
            self._waiting_since = self.live.now
        staged = stage(view, animated=self.senses.animated)
        self._lines(staged)
        if 0 in size:
            return
        scene = staged.scene if self._complete else replace(staged.scene, pose=Pose(None))
        draw = self.studio.working if isinstance(scene, Working) else self.studio.full
        frame = draw(scene, *size)  # type: ignore[arg-type]
        tone, self._tone = self._tone, scene.tone
        if self.senses.flashes and tone not in (None, scene.tone):
            self.picture.show(blank(*size, PAPER))
            self.set_timer(FLASH_S, lambda: self.picture.show(frame))
        else:
            self.picture.show(frame)
        if not self._complete:
            self.call_after_refresh(self._make_complete)
            return
        self.ahead.look(view, size)
        if not self._drawing_ahead:
            self._draw_ahead()

    def _make_complete(self) -> None:
        """The first picture stands: load what draws bodies and what sounds."""
        if self._complete or self._over:
            return
        self._complete = True
        self.senses.start()
        self._shown = None
        self._after(())

    def _draw_ahead(self) -> None:
        """Draw some slices of the frames to come until all are there."""
        self._drawing_ahead = not self._over and self.ahead.turn()
        if self._drawing_ahead:
            self.set_timer(AHEAD_S, self._draw_ahead)

    def _lines(self, staged: Staged) -> None:
        mark = self.senses.mark
        long, short = (words._replace(clock=f"{words.clock} {mark}") for words in (staged.long, staged.short))
        self.status.show(long, short, staged.progress)
        small = self.app.size.width < SMALLEST[0] or self.app.size.height < SMALLEST[1]
        tiny = f"{staged.tiny}\nThis needs {SMALLEST[0]}x{SMALLEST[1]}; it goes on counting." if small else ""
        self.set_class(small, "-too-small")
        idle = not isinstance(staged.scene, Working)
        self.set_class(idle, "-idle")
        coming = (idle and self.senses.note_now(self.live.now / self.live.speed)) or staged.coming
        for line, text in ((self.tiny, tiny), (self.advice, staged.advice), (self.coming, coming)):
            content = plain(text)
            if line.content != content:
                line.update(content)

    # --- keys ------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if self.live.session.state is State.WAITING and event.key not in (
            "q",
            "escape",
            "x",
            "question_mark",
        ):
            event.stop()
            event.prevent_default()
            self._any_key()

    def on_click(self) -> None:
        if self.live.session.state is State.WAITING:
            self._any_key()

    def _any_key(self) -> None:
        now = self.live.now / self.live.speed
        fresh = now - self._waiting_since / self.live.speed < DEAF_S or now - self._last_key < DEBOUNCE_S
        self._last_key = now
        if not fresh:
            self._command(self.live.session.resume)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return self.live.session.state is not State.WAITING or action in ("end", "hurts", "help", "quit")

    def action_toggle_pause(self) -> None:
        session = self.live.session
        self._command(session.resume if session.state in (State.PAUSED, State.WAITING) else session.pause)

    def action_next(self) -> None:
        self._command(self.live.session.next)

    def action_back(self) -> None:
        self._command(self.live.session.back)

    def action_redo(self) -> None:
        self._command(self.live.session.redo_set)

    def action_skip(self) -> None:
        self._command(self.live.session.skip_exercise)

    def action_adjust(self, seconds: int) -> None:
        self._command(lambda now: self.live.session.adjust(now, seconds))

    def action_correct(self, change: int) -> None:
        self._command(lambda now: self.live.session.correct_last_set(now, change))

    def action_mute(self) -> None:
        self.senses.toggle_mute()
        self._shown = None
        self._draw()

    def action_voice(self) -> None:
        self.notify(self.senses.toggle_voice(), timeout=3, markup=False)

    def action_hurts(self) -> None:
        self._command(self.live.session.hurts)
        self.app.ask_hurt(self.live, self._command)

    def action_end(self) -> None:
        was_running = self.live.session.state in (State.RUNNING, State.LEAD_IN)
        self._command(self.live.session.pause)

        def answered(end: bool | None) -> None:
            if end:
                self._command(lambda now: self.live.session.finish(now, "quit"))
            elif was_running:
                self._command(self.live.session.resume)

        self.app.confirm("End here?", "What you did is kept.", yes="End", no="Go on", then=answered)
