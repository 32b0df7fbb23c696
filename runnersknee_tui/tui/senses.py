"""What a session does beside its screen: sound, voice, a screen that stays on, the terminal's title and progress.

Everything here may be missing or fail; the session goes on and says what is missing.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from runnersknee_tui.core.cue import Cue, CueKind
from runnersknee_tui.core.session import State
from runnersknee_tui.cues import terminal
from runnersknee_tui.live import LiveSession

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp
    from runnersknee_tui.tui.hearing import Hearing

NOTE_S = 4.0
"""So long each note stays, where there are several."""
TITLE_EVERY_S = 5.0
LOOK_EVERY_S = 2.0
"""So often the player is told what is to come, beside every change of mind."""


class Senses:
    """Made when a session's screen opens, started behind its first picture, stopped with the screen."""

    def __init__(self, app: RunnersKneeApp, live: LiveSession) -> None:
        self._app, self._live = app, live
        values = app.workspace.settings.values
        env = app.workspace.env
        self.animated = values.animation != "off" and app.animation_level != "none"
        self.slow = values.animation == "low" or bool(env.get("SSH_CONNECTION"))
        self.flashes = values.flash
        self._hearing: Hearing | None = None
        self._titled = self._looked = float("-inf")
        self._shows_title = terminal.knows_title(env)
        self._shows_progress = values.terminal_progress == "auto" and terminal.knows_progress(env)
        self._notes: list[str] = []

    def start(self) -> None:
        """Begin to sound. Loading what sounds takes long: let the first picture be painted before."""
        from runnersknee_tui.tui.hearing import Hearing

        workspace = self._app.workspace
        self._hearing = Hearing(workspace, self._live.session.plan, bell=self._bell, notice=self._notice)
        keeps_awake = workspace.settings.values.keep_awake and not self._app.is_headless
        self._hearing.start(keep_awake=keeps_awake)
        if keeps_awake:
            self._app.set_timer(3.0, self._say_awake)

    def stop(self) -> None:
        """Silence, and the terminal as it was."""
        if self._hearing is not None:
            self._hearing.stop()
        if self._shows_title:
            self._write(terminal.title(""))
        if self._shows_progress:
            self._write(terminal.no_progress())

    # --- following the session -------------------------------------------------------------------------------

    def follow(self, cues: tuple[Cue, ...]) -> None:
        """After a tick or a command: tell the player what is to come, and sound what no list could know."""
        if self._hearing is None:
            return
        now = time.monotonic()
        if any(cue.kind is CueKind.ATTENTION for cue in cues):
            self._hearing.player.play_now(CueKind.ATTENTION)
        if now - self._looked >= LOOK_EVERY_S:
            self._looked = now
            self._hearing.player.schedule(self._live.upcoming())
        if now - self._titled >= TITLE_EVERY_S:
            self._titled = now
            self._show_around()

    def forget(self) -> None:
        """A key changed what is to come."""
        if self._hearing is not None:
            self._hearing.player.clear()
        self._looked = self._titled = float("-inf")

    def finish(self) -> None:
        """The session is over: its last sound may still ring."""
        if self._hearing is not None:
            self._hearing.player.clear()
            self._hearing.player.play_now(CueKind.SESSION_DONE)

    @property
    def mark(self) -> str:
        """The sign of the sound for the status line."""
        return "" if self._hearing is None else self._hearing.player.status.mark

    def toggle_mute(self) -> None:
        if self._hearing is not None:
            self._hearing.player.muted = not self._hearing.player.muted

    def toggle_voice(self) -> str:
        """Voice on or off. Returns what holds now."""
        return "" if self._hearing is None else self._hearing.toggle_voice()

    # --- around the screen -----------------------------------------------------------------------------------

    def note(self, words: str) -> None:
        """Something worth a line while nobody works: what is missing, what was left out. A sentence a line."""
        for sentence in re.split(r"(?<=\.) ", words):
            if sentence not in self._notes:
                self._notes.append(sentence)

    def note_now(self, seconds: float) -> str:
        """The note for this moment, each for some seconds; empty where there is none."""
        return self._notes[int(seconds / NOTE_S) % len(self._notes)] if self._notes else ""

    def _say_awake(self) -> None:
        if self._hearing is not None and self._hearing.awake.note:
            self.note(self._hearing.awake.note)

    def _show_around(self) -> None:
        session = self._live.session
        total = session.active_s + session.remaining_s
        paused = session.state not in (State.RUNNING, State.LEAD_IN)
        if self._shows_title:
            minutes, seconds = divmod(round(session.remaining_s), 60)
            self._write(terminal.title(f"{minutes}:{seconds:02d} left, {session.step.label.lower()}"))
        if self._shows_progress and total:
            self._write(terminal.progress(100 * session.active_s / total, paused=paused))

    def _write(self, sequence: str) -> None:
        # Textual has no public way to write a sequence of one's own; App.bell takes this one.
        driver = self._app._driver  # noqa: SLF001
        if driver is not None and not self._app.is_headless:
            driver.write(sequence)

    def _bell(self) -> None:
        self._app.call_later(self._app.bell)  # called on the player's thread, which must not wait

    def _notice(self, words: str) -> None:
        self._app.call_later(self.note, words)
