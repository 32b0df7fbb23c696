"""The cue player: one thread that sleeps until the next sound is due and starts it, whatever the screen does."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from math import inf
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from runnersknee_tui.core.cue import Cue, CueKind
from runnersknee_tui.cues.chain import Chain
from runnersknee_tui.cues.schedule import LATE_S, NO_BELL, CueSchedule, Entry, entries
from runnersknee_tui.cues.wav import Clip, Levels, wav_seconds

SILENCE_S = 5.0
PRIMER_AHEAD_S = 3.0
PRIMER_LEAST_S = 0.5
"""After so much silence a loudspeaker may be asleep. It is woken so long before the next sound, or not at all
where less than the least is left."""
RING_OUT_S = 2.0
"""Longer than the longest cue."""
ON_BELL = "The terminal bell is used."
ON_SCREEN = "Watch the screen."


class SoundSettings(Struct, frozen=True):
    """The sound part of the settings; `core.settings` describes each key."""

    sound: str = "auto"
    volume: int = 80
    cues: Sequence[str] = ("countdown", "reps", "holds", "rests")
    primer: bool = True
    voice: str = "off"


class SoundStatus(Struct, frozen=True):
    """`state` is "on", "bell" or "off"; `reason` names the player that sounds, or why none does."""

    state: str
    reason: str

    @property
    def mark(self) -> str:
        """For the status line."""
        return "♪" if self.state == "on" else f"♪ {self.state}"


class Played(Struct, frozen=True):
    """A sound that was due and when its player was told, in monotonic seconds and with the player's lead added.

    `by` is the player's name, "bell", or "late" for one that was dropped; `took` is how many seconds passed until
    the player's program ran.
    """

    due: float
    at: float
    name: str
    by: str
    took: float = 0.0


def no_clip(_text: str) -> Clip | None:
    """There is no voice."""
    return None


class CuePlayer:
    """Plays cues at their monotonic due times, with the first player that works, else as a terminal bell.

    `folder` holds a WAV file for each `CueKind`. `bell` and `notice` are called on the player's own thread and
    must return at once; `bell` None means that there is none. `clips` gives the file of a spoken sentence, None
    while it is not ready. Without a `cache` folder the volume is not applied.
    """

    def __init__(
        self,
        folder: Path,
        settings: SoundSettings,
        chain: Chain,
        *,
        bell: Callable[[], None] | None,
        notice: Callable[[str], None],
        cache: Path | None = None,
        clips: Callable[[str], Clip | None] = no_clip,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.log: deque[Played] = deque(maxlen=1024)
        """What was due lately and when it sounded, oldest first."""
        self._folder, self._settings, self._chain = folder, settings, chain
        self._bell, self._notice, self._clips, self._clock = bell, notice, clips, clock
        self._levels = Levels(cache, settings.volume)
        self._lengths: dict[CueKind, float] = {}
        self._voice = settings.voice
        self._muted = settings.volume <= 0
        self._said_no_sound = False
        self._last_sound = -inf
        self._wake = threading.Condition()  # guards all that follows
        self._schedule = CueSchedule()
        self._listed: tuple[tuple[float, Cue], ...] = ()
        self._hush_words = self._hush_all = False
        self._stirred = self._closing = False
        self._thread = threading.Thread(target=self._run, name="cues", daemon=True)

    # --- for the driver ---------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the thread; without it somebody has to call `turn`."""
        self._thread.start()

    def schedule(self, cues: Sequence[tuple[float, Cue]]) -> None:
        """Play each cue at its monotonic time, in the place of what was scheduled for later than now.

        List all that comes within at least 10 s, as often as you like: what has sounded does not sound again,
        and what is due already is not taken back.
        """
        coming = tuple(cues)
        with self._wake:
            if coming != self._listed:
                self._listed = coming
                self._schedule.replace(entries(coming, self._settings.cues, self._voice), self._clock())
                self._stir()

    def clear(self) -> None:
        """Forget everything and stop a sentence that is being said: at a pause, a skip, the end."""
        with self._wake:
            self._schedule.clear()
            self._listed = ()
            self._hush_words = True
            self._stir()

    def play_now(self, kind: CueKind) -> None:
        """For what no list can foresee: attention, and a sound to try.

        Nothing where the same sound is due, or was, within `ONCE_S`: one moment has one sound.
        """
        with self._wake:
            now = self._clock()
            if not self._schedule.near(kind, now):
                self._schedule.put(Entry(now, kind, of=now))
                self._stir()

    @property
    def muted(self) -> bool:
        """Whether nothing is heard, for as long as the user likes."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        with self._wake:
            self._muted = self._hush_all = muted
            self._stir()

    @property
    def voice(self) -> str:
        """ "off", "names" or "full"; a change goes for the cues that are scheduled from then on."""
        return self._voice

    @voice.setter
    def voice(self, voice: str) -> None:
        with self._wake:
            self._voice, self._listed = voice, ()

    @property
    def status(self) -> SoundStatus:
        """What a cue is heard with now, and why."""
        sound, player = self._settings.sound, self._chain.name
        if self._muted:
            return SoundStatus("off", "muted")
        if sound == "off":
            return SoundStatus("off", "switched off in the settings")
        if sound == "auto" and player:
            return SoundStatus("on", player)
        reason = self._chain.reason if sound == "auto" else "chosen in the settings"
        return SoundStatus("bell" if self._bell else "off", reason)

    def close(self, timeout: float = 0.0) -> None:
        """Take nothing more and end the thread; what was due already still rings out, for at most `RING_OUT_S`.

        Returns at once, or when the thread has ended within `timeout` seconds.
        """
        with self._wake:
            self._schedule.replace((), self._clock())
            self._closing = self._hush_words = True
            self._stir()
        if self._thread.ident is not None:
            self._thread.join(timeout)

    # --- on the player's own thread -------------------------------------------------------------------------

    def _run(self) -> None:
        self.prepare()
        while not self._closing:
            wait = self.turn()
            with self._wake:
                if not self._stirred:
                    self._wake.wait(None if wait == inf else wait)
                self._stirred = False
        self.turn()
        self._chain.end(time.monotonic() + RING_OUT_S)

    def prepare(self) -> None:
        """Make ready what the first cue needs, and say once where there is no sound."""
        for kind in CueKind:
            source = self._folder / f"{kind}.wav"
            self._lengths[kind] = wav_seconds(source) or 0.0
            self._levels.path(source)
        self._levels.tidy()
        self._check_sound()

    def turn(self) -> float:
        """Play what is due and look after what sounds. Returns the seconds until it wants to be called again."""
        failed = self._chain.watch()
        with self._wake:
            for failure in failed:
                self._schedule.put(failure)
            words, everything = self._hush_words, self._hush_all
            self._hush_words = self._hush_all = False
        if words or everything:
            self._chain.stop(words_only=not everything)
        self._check_sound()
        while (entry := self._take()) is not None:
            self._play(entry)
        primer_in = self._primer()
        with self._wake:
            due = self._schedule.next_due()
        wait = min(due - self._chain.lead_s - self._clock(), primer_in, self._chain.look_again())
        return max(0.0, wait)

    def _stir(self) -> None:
        self._stirred = True
        self._wake.notify()

    def _take(self) -> Entry | None:
        with self._wake:
            return self._schedule.take(self._clock() + self._chain.lead_s)

    def _play(self, entry: Entry) -> None:
        if self._muted:
            return
        if self._clock() + self._chain.lead_s - entry.due > LATE_S:
            self.log.append(Played(entry.due, self._clock(), entry.name, "late"))
        elif entry.say:
            self._speak(entry)
        elif self._settings.sound != "off":
            self._beep(entry)

    def _beep(self, entry: Entry) -> None:
        if entry.kind is CueKind.COUNTDOWN:
            self._chain.stop(words_only=True)
        source = self._folder / f"{entry.kind}.wav"
        if self._settings.sound == "auto" and self._start(self._levels.path(source), entry):
            return
        if self._bell and entry.kind not in NO_BELL:
            with suppress(RuntimeError):  # the loop that rings it may be closed by now
                self._bell()
            self.log.append(Played(entry.due, self._clock(), entry.name, "bell"))

    def _speak(self, entry: Entry) -> None:
        """Say the words after their beep, sooner where time is short, and not at all where they would not fit."""
        clip = self._clips(entry.say)
        if clip is None:
            return
        now = self._clock()
        with self._wake:
            latest = self._schedule.quiet_until() - clip.seconds
            best = min(entry.of + self._lengths.get(entry.kind, 0.0), latest)
            if now < best:
                self._schedule.put(replace(entry, due=best))
        if best <= now <= latest:
            self._chain.stop(words_only=True)
            self._start(clip.path, entry)

    def _start(self, file: Path, entry: Entry) -> bool:
        if not file.is_file():
            return False  # the players are not to blame
        before, told = self._chain.name, self._clock()
        player = self._chain.start(file, entry)
        if player:
            self._last_sound = self._clock()
            at = told + self._chain.lead_s
            self.log.append(Played(entry.due, at, entry.name, player, self._last_sound - told))
        if player != before:
            self._check_sound()
        return bool(player)

    def _primer(self) -> float:
        """Wake a sleepy loudspeaker when it is time. Returns the seconds until then."""
        with self._wake:
            due = self._schedule.next_due()
        if not self._settings.primer or self._settings.sound != "auto" or self._muted or not self._chain.name:
            return inf
        at = max(self._last_sound + SILENCE_S, due - PRIMER_AHEAD_S)
        now = self._clock()
        if due == inf or at > due - PRIMER_LEAST_S or now > due - PRIMER_LEAST_S:
            return inf
        if now < at:
            return at - now
        file = self._levels.primer()
        if file is not None:
            self._chain.start(file, None)
        self._last_sound = now
        return inf

    def _check_sound(self) -> None:
        """Say once that no player is left."""
        wanted = self._settings.sound == "auto" or self._voice != "off"
        if wanted and not self._chain.name and not self._said_no_sound:
            self._said_no_sound = True
            with suppress(RuntimeError):
                self._notice(f"No sound: {self._chain.reason}. {ON_BELL if self._bell else ON_SCREEN}")
