"""Sound, voice and a screen that stays on for one session: what takes long to load, and only colours the picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.core.cueing import phrases
from runnersknee_tui.cues.chain import open_chain
from runnersknee_tui.cues.engines import find_engine
from runnersknee_tui.cues.keep_awake import KeepAwake
from runnersknee_tui.cues.sound import CuePlayer, SoundSettings
from runnersknee_tui.cues.voice import Voice
from runnersknee_tui.cues.wav import Levels

if TYPE_CHECKING:
    from runnersknee_tui.core.timeline import Plan
    from runnersknee_tui.workspace import Workspace


class Hearing:
    """Opened behind the first picture of a session, closed with its screen.

    `bell` and `notice` are called from other threads.
    """

    def __init__(
        self, workspace: Workspace, plan: Plan, *, bell: Callable[[], None], notice: Callable[[str], None]
    ) -> None:
        values, cache = workspace.settings.values, workspace.paths.cache
        self._plan, self._notice, self._chosen = plan, notice, values.voice
        self._voice = Voice(find_engine(), cache, Levels(cache, values.volume))
        self.player = CuePlayer(
            assets_dir() / "sounds",
            SoundSettings(values.sound, values.volume, values.cues, values.primer, values.voice),
            open_chain(workspace.env),
            bell=bell,
            notice=notice,
            cache=cache,
            clips=self._voice.clip,
        )
        self.awake = KeepAwake(workspace.env)

    def start(self, *, keep_awake: bool) -> None:
        self.player.start()
        if self.player.voice != "off":
            self._prepare_voice()
        if keep_awake:
            self.awake.start()

    def stop(self) -> None:
        """Silence, and a screen that may sleep again."""
        self.player.close()
        self._voice.close()
        self.awake.stop()

    def toggle_voice(self) -> str:
        """Voice off, or back to what the settings say (names where they say off). Returns what holds now."""
        if self.player.voice != "off":
            self.player.voice = "off"
            return "Voice off"
        self.player.voice = "names" if self._chosen == "off" else self._chosen
        self._prepare_voice()
        return self._voice.note or "Voice on"

    def _prepare_voice(self) -> None:
        if self._voice.note:
            self._notice(self._voice.note)
        else:
            self._voice.prepare(phrases(self._plan))
