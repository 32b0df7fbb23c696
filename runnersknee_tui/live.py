"""A session that a person is living: the state machine with a real clock, its checkpoints and its record.

The screen and the plain mode both drive one of these and have no logic of their own.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC
from typing import Any, Protocol

from msgspec.structs import replace

from runnersknee_tui.core.cue import Cue, CueKind
from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.core.recording import Start, build_record, checkpoint
from runnersknee_tui.core.session import Session, State
from runnersknee_tui.store.clock import Clock
from runnersknee_tui.store.history import History
from runnersknee_tui.store.writer import Saver

GAP_S = 2.0
"""Nobody rested through a closed lid: a longer time between two ticks pauses, and is never credited."""

CHECKPOINT_S = 9.0
"""With a beat of at most a second: a crash costs less than ten."""
LOOK_AHEAD_S = 12.0
"""How far ahead a cue player is told what is to come, in real seconds."""

Command = Callable[[float], tuple[Cue, ...]]


class Keeper(Protocol):
    """Where checkpoints go: `store.checkpoint.ActiveSession`, or nowhere."""

    def save(self, session: dict[str, Any]) -> None: ...

    def finish(self) -> None: ...

    def abandon(self) -> None: ...


class NoKeeper:
    """For a disk that takes nothing: the session runs all the same and is kept in memory."""

    def save(self, session: dict[str, Any]) -> None:
        """Nothing can be written."""

    def finish(self) -> None:
        """Nothing was."""

    def abandon(self) -> None:
        """Nothing is."""


class LiveSession:
    """Ticks and commands in, cues out; everything that touches the disk goes through the saver's thread."""

    def __init__(
        self,
        session: Session,
        start: Start,
        *,
        clock: Clock,
        active: Keeper,
        saver: Saver,
        history: History,
        speed: float = 1.0,
    ) -> None:
        """`session` was made at `now` 0; `speed` runs its clock so many times as fast (a rehearsal)."""
        self.session = session
        self.start = start
        self.speed = speed
        self.gap_s = 0.0  # the last gap that paused the session, in real seconds
        self.record: SessionRecord | None = None
        self.saved: Future[SessionRecord] | None = None
        self._clock, self._active, self._saver, self._history = clock, active, saver, history
        self._origin = self._last_tick = clock.monotonic()
        self._last_checkpoint = -math.inf  # the first tick writes down that this session has begun
        self._wall = clock.wall()
        self._asleep = self._slept()
        self._place = self._where()

    # --- time ------------------------------------------------------------------------------------------------

    @property
    def now(self) -> float:
        """The session's clock, at this instant."""
        return self._session_time(self._clock.monotonic())

    def real_time(self, due: float) -> float:
        """The monotonic instant at which a cue of the session's clock is due."""
        return self._origin + due / self.speed

    def _session_time(self, monotonic: float) -> float:
        return (monotonic - self._origin) * self.speed

    def _slept(self) -> float:
        """Seconds this machine has slept, as far as it tells: only the growth means something."""
        return self._clock.boottime() - self._clock.monotonic() if self._clock.boottime else 0.0

    def tick(self) -> tuple[Cue, ...]:
        """Let time pass. A gap pauses the session where it was last seen, and asks for attention."""
        real = self._clock.monotonic()
        slept = self._slept()
        gap = max(real - self._last_tick, slept - self._asleep)
        seen = self._last_tick
        self._last_tick, self._asleep = real, slept
        running = self.session.state in (State.RUNNING, State.LEAD_IN)
        if gap > GAP_S and running:
            cues = self.session.pause(self._session_time(seen))
            if self.session.state is State.PAUSED:
                self.gap_s = gap
                cues += (Cue(CueKind.ATTENTION, self._session_time(real), "Paused."),)
        else:
            cues = self.session.advance(self._session_time(real))
        self._keep(real)
        return cues

    def do(self, command: Command) -> tuple[Cue, ...]:
        """Run one of the session's commands at this instant: `live.do(live.session.pause)`."""
        cues = self.tick()
        cues += command(self.now)
        self._keep(self._last_tick)
        return cues

    def upcoming(self) -> list[tuple[float, Cue]]:
        """The cues of the next seconds with their monotonic due times, if nothing is pressed."""
        ahead = self.session.upcoming(LOOK_AHEAD_S * self.speed)
        return [(self.real_time(cue.due), cue) for cue in ahead]

    # --- keeping ---------------------------------------------------------------------------------------------

    def _where(self) -> tuple[object, ...]:
        """Changes at the end of each half and rest and at each pause: then a checkpoint is due."""
        step = self.session.step
        return (step.half, step.kind.works, self.session.state)

    def _keep(self, real: float) -> None:
        if self.record is not None:
            return
        if self.session.state is State.DONE:
            self.save()
        elif self._where() != self._place or real - self._last_checkpoint >= CHECKPOINT_S:
            self._place, self._last_checkpoint = self._where(), real
            self.checkpoint()

    def checkpoint(self) -> Future[None]:
        """Write down where the session stands, off the loop. A newer checkpoint replaces one still waiting."""
        payload = checkpoint(self.session, self.start)
        return self._saver.submit(lambda: self._active.save(payload), key=f"checkpoint {self.start.id}")

    def save(self) -> Future[SessionRecord]:
        """Save the record of the session as it stands. Only the future's success means "Saved"."""
        # In UTC: Python subtracts two times of one zone as if their clocks had never been changed.
        wall_s = (self._clock.wall().astimezone(UTC) - self._wall.astimezone(UTC)).total_seconds()
        jump = wall_s - (self._clock.monotonic() - self._origin)
        record = self.record or build_record(
            self.session, self.start, clock_jump_s=jump if abs(jump) > GAP_S else 0.0
        )
        self.record = record

        def write() -> SessionRecord:
            self._history.save(record)
            self._active.finish()
            return record

        self.saved = self._saver.submit(write)
        return self.saved

    def answer(self, **answers: Any) -> Future[SessionRecord]:
        """Put answers (fields of the record) into the saved session, as any later edit is put in.

        What could not be saved before is saved now, with the answers in it.
        """
        assert self.record is not None
        first = self.record
        self.record = replace(first, **answers)
        answered = self.record

        def write() -> SessionRecord:
            if not self._history.has(first.id):
                self._history.save(answered)
                self._active.finish()
                return answered
            return self._history.replace(first.id, lambda saved: replace(saved, **answers))

        self.saved = self._saver.submit(write)
        return self.saved

    def abandon(self) -> None:
        """Leave the session for the next start to offer: the window is closing."""
        self._active.abandon()
