"""A session without a screen: one line a phase on stdout, for screen readers, dumb terminals and pipes.

The session, its record and its cues are the same as on the screen. Cues are bells where stdout is a terminal;
to anything else no control character is written. Commands are letters with enter behind them.
"""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, TextIO

from msgspec.structs import asdict

from runnersknee_tui.commands.exits import EXIT_WRONG, INTERRUPTED
from runnersknee_tui.commands.usage import warn
from runnersknee_tui.core.cue import Cue
from runnersknee_tui.core.hurting import Hurting
from runnersknee_tui.core.plain_text import KEYS, opening_lines, standing_line, step_line
from runnersknee_tui.core.programme import profile_from
from runnersknee_tui.core.questions import knees_asked
from runnersknee_tui.core.session import State
from runnersknee_tui.core.view import half_words
from runnersknee_tui.core.words import cut
from runnersknee_tui.cues.schedule import GROUPS, LATE_S, NO_BELL
from runnersknee_tui.plain.ending import close, close_with_table, cut_short
from runnersknee_tui.plain.hurt import ask_hurt
from runnersknee_tui.plain.questions import SILENCE, Asker, SignalledError
from runnersknee_tui.plain.standard_input import Inbox, StandardInput

if TYPE_CHECKING:
    from runnersknee_tui.core.record import CheckIn
    from runnersknee_tui.live import Command, LiveSession
    from runnersknee_tui.workspace import Prepared, Workspace

LONGEST_WAIT_S = 0.5
"""At least so often the clock is looked at, so that a gap is seen."""
SHORTEST_WAIT_S = 0.001
"""Rounding may leave a step with less than the clock can show."""
BELL = "\a"


class PlainSession:
    """Drives one `LiveSession` to its end."""

    def __init__(
        self,
        live: LiveSession,
        inbox: Inbox,
        out: TextIO,
        *,
        units: str,
        bells: Collection[str] | None,
    ) -> None:
        """`bells` are the groups of cues that ring (the setting `cues`); None: nothing rings."""
        self.live, self._session = live, live.session
        self._inbox, self._out, self._units = inbox, out, units
        self._bells = bells
        self._muted = False
        self.on_hurt: Callable[[], Command] | None = None  # asks what follows after `x`
        self.on_line: Callable[[], None] = _nothing
        self._commands: Mapping[str, Callable[[], None]] = {
            **dict.fromkeys((" ", "p", "space", "pause"), self._pause),
            **dict.fromkeys(("n", "next"), lambda: self._move(self._session.next)),
            **dict.fromkeys(("b", "back"), lambda: self._move(self._session.back)),
            **dict.fromkeys(("r", "redo"), lambda: self._move(self._session.redo_set)),
            **dict.fromkeys(("s", "skip"), lambda: self._move(self._session.skip_exercise)),
            **dict.fromkeys(("+", "="), lambda: self._adjust(10)),
            "-": lambda: self._adjust(-10),
            **dict.fromkeys(("u", "up"), lambda: self._correct(1)),
            **dict.fromkeys(("d", "down"), lambda: self._correct(-1)),
            **dict.fromkeys(("x", "hurts"), self._hurts),
            **dict.fromkeys(("m", "mute"), self._mute),
            **dict.fromkeys(("q", "quit", "end"), lambda: self._end("quit")),
            **dict.fromkeys(("?", "h", "help"), self._help),
        }

    def run(self) -> int | None:
        """Until the session is done (None), or a signal ends it (its number)."""
        self._tell()
        while not self._over:
            message = self._inbox.wait(self._next_wait())
            self._tick()
            if isinstance(message, int):
                return message
            if message is not None and not self._over:
                self.on_line()
                try:
                    self._answer(message)
                except SignalledError as signalled:
                    return signalled.number
            elif self._inbox.ended:
                self._go_on_alone()
        return None

    def _go_on_alone(self) -> None:
        """Nobody can type any more: what waits for a key would wait for ever."""
        if self._over:
            return
        if self._session.state in (State.PAUSED, State.WAITING):
            self.say(f"{SILENCE} The session goes on by itself.")
            self._go_on()
        elif self._session.state is State.RUNNING and self._session.seconds is None:
            self.say(f"{SILENCE} Your own pace needs a key, so the session ends here.")
            self._end("quit")

    @property
    def _over(self) -> bool:
        return self._session.state is State.DONE

    # --- time ------------------------------------------------------------------------------------------------

    def _next_wait(self) -> float:
        """Real seconds until the next line or bell is due."""
        session = self._session
        left = LONGEST_WAIT_S * self.live.speed
        if session.state is State.LEAD_IN:
            left = min(left, session.lead_in_left)
        elif session.state is State.RUNNING and session.seconds is not None:
            left = min(left, session.seconds - session.position)
        if self._rings and session.state in (State.RUNNING, State.LEAD_IN):
            due = next((cue.due for cue in session.upcoming(left) if self._is_bell(cue)), None)
            left = left if due is None else min(left, due - self.live.now)
        return max(left / self.live.speed, SHORTEST_WAIT_S)

    def _tick(self) -> None:
        """Let time pass, with a line for every step that has begun since the last look."""
        session = self._session
        index, state = session.index, session.state
        cues = self.live.tick()
        self._ring(cues)
        for begun in range(index + 1, min(session.index + 1, len(session.plan.steps))):
            self.say(step_line(session.plan, begun, self._units))
        if session.state is State.PAUSED and state is not State.PAUSED:
            self.say(f"Paused: {self.live.gap_s:.0f} s went by unseen. Space and enter go on.")
        elif session.state is State.WAITING and session.index != index:
            self.say("Waiting for you: enter goes on.")
        elif session.state is State.RUNNING and state is State.LEAD_IN:
            self._tell()

    # --- bells -----------------------------------------------------------------------------------------------

    @property
    def _rings(self) -> bool:
        return self._bells is not None and not self._muted

    def _is_bell(self, cue: Cue) -> bool:
        return cue.kind not in NO_BELL and GROUPS.get(cue.kind, "") in ("", *(self._bells or ()))

    def _ring(self, cues: Iterable[Cue]) -> None:
        """One bell for all that has just fallen due; what comes late is dropped."""
        now = self.live.now
        in_time = (cue for cue in cues if (now - cue.due) / self.live.speed <= LATE_S)
        if self._rings and any(self._is_bell(cue) for cue in in_time):
            self._out.write(BELL)
            self._out.flush()

    # --- commands --------------------------------------------------------------------------------------------

    def _answer(self, line: str) -> None:
        word = line.strip().lower() or line[:1].strip("\r\n")
        if not word:
            self._enter()
        elif word in self._commands:
            self._commands[word]()
        else:
            self.say(f'No key "{cut(word, 20)}". ? and enter tells them all.')

    def _enter(self) -> None:
        """Enter alone goes on where the session stands still, and ends a repetition at one's own pace."""
        if self._session.state in (State.PAUSED, State.WAITING):
            self._go_on()
        elif self._session.step.seconds is None:
            self._move(self._session.next)

    def _pause(self) -> None:
        if self._session.state in (State.PAUSED, State.WAITING):
            self._go_on()
        else:
            self._do(self._session.pause)
            self.say(f"Paused. {standing_line(self._session)}. Space and enter go on.")

    def _go_on(self) -> None:
        self._do(self._session.resume)
        if self._session.state is State.LEAD_IN:
            self.say("Going on in 3 seconds.")
        else:
            self._tell()

    def _move(self, command: Command) -> None:
        self._do(command)
        self._tell()

    def _adjust(self, seconds: float) -> None:
        if not self._session.can_adjust:
            self.say("Only a rest, a countdown or a long hold can be made longer or shorter.")
            return
        index = self._session.index
        self._do(lambda now: self._session.adjust(now, seconds))
        if self._session.index == index:
            self.say(f"{(self._session.seconds or 0) - self._session.position:.0f} s left.")
        else:
            self._tell()

    def _correct(self, change: int) -> None:
        self._do(lambda now: self._session.correct_last_set(now, change))
        last = self._session.last_half
        self.say(
            f"{half_words(last, self._session)}." if last else "There is no set to correct: do it in a rest."
        )

    def _mute(self) -> None:
        self._muted = not self._muted
        self.say("Bells off." if self._muted else "Bells on.")

    def _help(self) -> None:
        self.say("\n".join(f"{key}: {does}" for key, does in KEYS))

    def _hurts(self) -> None:
        self._do(self._session.hurts)
        if self._session.hurting is None or self.on_hurt is None:
            return
        self._do(self.on_hurt())
        if self._session.state is State.LEAD_IN:
            self.say("Going on in 3 seconds. Stop again if it comes back.")
        else:
            self._tell()

    def _end(self, reason: str) -> None:
        self._do(lambda now: self._session.finish(now, reason))

    def end(self) -> None:
        """End from outside, keeping what was done."""
        if not self._over:
            self._end("quit")

    def _do(self, command: Command) -> None:
        self._ring(self.live.do(command))

    # --- lines -----------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        """The line of the step that the session is in."""
        session = self._session
        if session.state is State.WAITING:
            self.say(f"Waiting for you: enter goes on. {standing_line(session)}")
        elif session.state is not State.DONE:
            self.say(step_line(session.plan, session.index, self._units))

    def say(self, line: str) -> None:
        """One line, at once."""
        self._out.write(line + "\n")
        self._out.flush()

    def silence(self) -> None:
        """Say nothing more."""
        self._out, self._bells = io.StringIO(), None


def _nothing() -> None:
    """Nobody listens."""


def run_plain(
    workspace: Workspace,
    prepared: Prepared,
    *,
    speed: float = 1.0,
    check_in: CheckIn | None = None,
    inbox: Inbox | None = None,
    out: TextIO | None = None,
    asker: Asker | None = None,
) -> int:
    """Live a session on stdin and stdout. Returns the exit status: 128 and the signal's number after a signal.

    `check_in` is what was answered before, `asker` who asked it. A rehearsal asks nothing at its end.
    """
    out, inbox = out or sys.stdout, inbox or StandardInput()
    values = workspace.settings.values
    bells = values.cues if out.isatty() and values.sound != "off" else None
    live = _begin(workspace, prepared, speed, check_in)
    session = PlainSession(live, inbox, out, units=values.units, bells=bells)
    asker = asker or Asker(inbox, session.say, workspace.clock.monotonic)
    profile = profile_from(asdict(values))
    session.on_hurt = lambda: ask_hurt(
        asker, Hurting(live.session, profile.line, profile.kit, workspace.catalogue), knees_asked(profile)
    )
    session.on_line = asker.wake
    with inbox.signals():
        try:
            for line in opening_lines(prepared.plan, prepared.left_out):
                session.say(line)
            number = session.run()
            if number is not None and number != signal.SIGINT:
                return cut_short(live, number)
            session.end()
            if number is not None or speed != 1:
                status = close(live, session.say)
            else:
                status = close_with_table(live, asker, session.say, profile)
        except OSError:  # nobody reads what is said; the session is kept all the same
            session.silence()
            session.end()
            close(live, warn)
            return EXIT_WRONG
    return INTERRUPTED if number else status


def _begin(workspace: Workspace, prepared: Prepared, speed: float, check_in: CheckIn | None) -> LiveSession:
    """Begin the session, with a word about what will not be kept and what was not finished."""
    if workspace.checkpoints.orphans():
        warn("an earlier session was cut short; open runnersknee to resume it or to save it")
    failures: list[Exception] = []
    workspace.save_listeners.append(failures.append)
    live = workspace.begin(prepared.plan, check_in=check_in, speed=speed)
    if failures:
        warn(f"{failures[0]}. The session goes on; its record will be shown at its end")
    return live
