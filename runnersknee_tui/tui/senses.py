"""What a session does beside its screen: sound, voice, a screen that stays on, the terminal's title and progress.

Everything here may be missing or fail; the session goes on and says what is missing.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.core.cue import Cue, CueKind
from runnersknee_tui.core.cueing import phrases
from runnersknee_tui.core.session import State
from runnersknee_tui.cues import terminal
from runnersknee_tui.cues.chain import open_chain
from runnersknee_tui.cues.engines import find_engine
from runnersknee_tui.cues.keep_awake import KeepAwake
from runnersknee_tui.cues.sound import CuePlayer, SoundSettings
from runnersknee_tui.cues.voice import Voice
from runnersknee_tui.cues.wav import Levels
from runnersknee_tui.live import LiveSession

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp

NOTE_S = 4.0
"""So long each note stays, where there are several."""
TITLE_EVERY_S = 5.0
LOOK_EVERY_S = 2.0
"""So often the player is told what is to come, beside every change of mind."""


class Senses:
    """Opened when a session's screen opens, closed with it."""

    def __init__(self, app: RunnersKneeApp, live: LiveSession) -> None:
        self._app, self._live = app, live
        values = app.workspace.settings.values
        env = app.workspace.env
        self.animated = values.animation != "off" and app.animation_level != "none"
        self.slow = values.animation == "low" or bool(env.get("SSH_CONNECTION"))
        self.flashes = values.flash
        sound = SoundSettings(values.sound, values.volume, values.cues, values.primer, values.voice)
        cache = app.workspace.paths.cache
        self._voice = Voice(find_engine(), cache, Levels(cache, values.volume))
        self._player = CuePlayer(
            assets_dir() / "sounds",
            sound,
            open_chain(env),
            bell=self._bell,
            notice=self._notice,
            cache=cache,
            clips=self._voice.clip,
        )
        self._awake = KeepAwake(env)
        self._titled = self._looked = float("-inf")
        self._shows_title = terminal.knows_title(env)
        self._shows_progress = values.terminal_progress == "auto" and terminal.knows_progress(env)
        self._notes: list[str] = []

    def start(self) -> None:
        self._player.start()
        if self._player.voice != "off":
            self._prepare_voice()
        if self._app.workspace.settings.values.keep_awake and not self._app.is_headless:
            self._awake.start()
            self._app.set_timer(3.0, self._say_awake)

    def stop(self) -> None:
        """Silence, and the terminal as it was."""
        self._player.close()
        self._voice.close()
        self._awake.stop()
        if self._shows_title:
            self._write(terminal.title(""))
        if self._shows_progress:
            self._write(terminal.no_progress())

    # --- following the session -------------------------------------------------------------------------------

    def follow(self, cues: tuple[Cue, ...]) -> None:
        """After a tick or a command: tell the player what is to come, and sound what no list could know."""
        now = time.monotonic()
        if any(cue.kind is CueKind.ATTENTION for cue in cues):
            self._player.play_now(CueKind.ATTENTION)
        if now - self._looked >= LOOK_EVERY_S:
            self._looked = now
            self._player.schedule(self._live.upcoming())
        if now - self._titled >= TITLE_EVERY_S:
            self._titled = now
            self._show_around()

    def forget(self) -> None:
        """A key changed what is to come."""
        self._player.clear()
        self._looked = self._titled = float("-inf")

    def finish(self) -> None:
        """The session is over: its last sound may still ring."""
        self._player.clear()
        self._player.play_now(CueKind.SESSION_DONE)

    @property
    def mark(self) -> str:
        """The sign of the sound for the status line."""
        return self._player.status.mark

    def toggle_mute(self) -> None:
        self._player.muted = not self._player.muted

    def toggle_voice(self) -> str:
        """Voice off, or back to what the settings say (names where they say off). Returns what holds now."""
        if self._player.voice != "off":
            self._player.voice = "off"
            return "Voice off"
        chosen = self._app.workspace.settings.values.voice
        self._player.voice = "names" if chosen == "off" else chosen
        self._prepare_voice()
        return self._voice.note or "Voice on"

    # --- around the screen -----------------------------------------------------------------------------------

    def _prepare_voice(self) -> None:
        if self._voice.note:
            self._notice(self._voice.note)
        else:
            self._voice.prepare(phrases(self._live.session.plan))

    def note(self, words: str) -> None:
        """Something worth a line while nobody works: what is missing, what was left out."""
        if words not in self._notes:
            self._notes.append(words)

    def note_now(self, seconds: float) -> str:
        """The note for this moment, each for some seconds; empty where there is none."""
        return self._notes[int(seconds / NOTE_S) % len(self._notes)] if self._notes else ""

    def _say_awake(self) -> None:
        if self._awake.note:
            self.note(self._awake.note)

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
