"""The one state machine of a running session. Time comes in as an argument; cues come out as data.

`now` is seconds on any clock that does not go back; only differences count. A step is anchored at the instant
it began, so one big `advance` and many small ones agree to the last bit. Whoever drives a session judges gaps
in real time and calls `pause`; `advance` itself trusts its argument (docs/architecture.md, rule 2).
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from msgspec.structs import replace

from runnersknee_tui.core.credit import Credit, credit_from_json, credit_json
from runnersknee_tui.core.cue import Cue, CueKind
from runnersknee_tui.core.cueing import COUNTDOWN, LONG_HOLD_S, cue_points
from runnersknee_tui.core.navigation import (
    COUNTDOWNS,
    allowed,
    approach_of,
    countdown_of,
    first_half_of_set,
    first_step_of_rep,
    half_behind,
    insert_item,
    sets_left,
)
from runnersknee_tui.core.timeline import Half, Item, Plan, Step, StepKind

LEAD_IN_S = 3.0
"""After a pause the work begins again with this countdown."""

RESTART_S = 2.0
"""`back` within this time of a half's start goes to the half before; later it restarts this one."""


class State(StrEnum):
    """RUNNING moves by itself; PAUSED and WAITING stand still until a key; DONE is the end."""

    RUNNING = "running"
    LEAD_IN = "lead-in"
    PAUSED = "paused"
    WAITING = "waiting"
    DONE = "done"


class WaitForMe(StrEnum):
    """Where a session waits for any key before the countdown of a set."""

    NEVER = "never"
    AFTER_REST = "after_rest"
    EVERY_SET = "every_set"


class Session:
    """Walks a plan. Every command takes `now` first and returns the cues that fell due up to it."""

    def __init__(self, plan: Plan, now: float, *, wait_for_me: WaitForMe = WaitForMe.NEVER) -> None:
        """Start at the plan's first step. Raises ValueError for a plan without steps."""
        if not plan.steps:
            raise ValueError("a session needs at least one step")
        self.plan = plan
        self.wait_for_me = wait_for_me
        self.credit = Credit()
        self.state = State.RUNNING
        self.end_reason: str | None = None  # one of record.END_REASONS once the state is DONE
        self.index = 0
        self._now = now
        self._entered = now  # when the current step would have begun had it run without a pause
        self._position = 0.0  # seconds into the step, while it stands still
        self._cued = -1.0  # cues up to and with this position were given
        self._extra = 0.0  # seconds by which the runner made this step longer or shorter
        self._lead_from = now  # when the lead-in began
        self._lead_cued = LEAD_IN_S + 1
        self._active = 0.0
        self._paused = 0.0
        self._excluded: frozenset[int] = frozenset()
        self._enter(0, now)

    # --- what stands -----------------------------------------------------------------------------------------

    @property
    def step(self) -> Step:
        """The current step; the last one once the session is done."""
        return self.plan.steps[min(self.index, len(self.plan.steps) - 1)]

    @property
    def half(self) -> Half | None:
        """The half being worked or coming next."""
        return None if self.step.half is None else self.plan.halves[self.step.half]

    @property
    def item(self) -> Item | None:
        """The exercise being worked or coming next."""
        return None if self.half is None else self.plan.items[self.half.item]

    @property
    def seconds(self) -> float | None:
        """The length of the current step with the runner's changes; None where it is open ended."""
        seconds = self.step.seconds
        return None if seconds is None else max(seconds + self._extra, 0.0)

    @property
    def position(self) -> float:
        """Seconds into the current step."""
        return self._now - self._entered if self.state is State.RUNNING else self._position

    @property
    def lead_in_left(self) -> float:
        """Seconds of the countdown after a pause that are left; 0 outside it."""
        return LEAD_IN_S - (self._now - self._lead_from) if self.state is State.LEAD_IN else 0.0

    @property
    def active_s(self) -> float:
        """Seconds in which the session ran, lead-ins counted in."""
        return self._active

    @property
    def paused_s(self) -> float:
        """Seconds in which it stood still: pauses and waits."""
        return self._paused

    @property
    def remaining_s(self) -> float:
        """Planned seconds that are left, open-ended steps as zero."""
        if self.state is State.DONE:
            return 0.0
        later = sum(
            step.seconds or 0.0
            for step in self.plan.steps[self.index + 1 :]
            if step.half is None or self.plan.halves[step.half].item not in self._excluded
        )
        return later + max((self.seconds or 0.0) - self.position, 0.0)

    # --- time ------------------------------------------------------------------------------------------------

    def advance(self, now: float) -> tuple[Cue, ...]:
        """Let time pass until `now` and return the cues that fell due, oldest first.

        An earlier `now` than the last one changes nothing.
        """
        cues: list[Cue] = []
        now = max(now, self._now)
        while self.state in (State.RUNNING, State.LEAD_IN):
            if self.state is State.LEAD_IN:
                ends = self._lead_from + LEAD_IN_S
                cues += self._lead_cues(min(now, ends))
                if now < ends:
                    break
                self._pass(ends)
                self._run(ends)
                continue
            seconds = self.seconds
            if seconds is None:
                cues += self._step_cues(now - self._entered)
                break
            ends = self._entered + seconds
            if now < ends:
                cues += self._step_cues(now - self._entered)
                break
            cues += self._step_cues(seconds, closing=True)
            self._pass(ends)
            cues += self._finish_step(ends)
        self._pass(now)
        return tuple(cues)

    def upcoming(self, horizon: float) -> tuple[Cue, ...]:
        """The cues of the next `horizon` seconds if nothing is pressed, for a player that looks ahead."""
        ahead = copy.copy(self)
        ahead.credit = copy.deepcopy(self.credit)
        return ahead.advance(self._now + horizon)

    def _pass(self, now: float) -> None:
        """Count the time since the last instant for the state that held in it."""
        passed = max(now - self._now, 0.0)
        if self.state in (State.RUNNING, State.LEAD_IN):
            self._active += passed
        elif self.state is not State.DONE:
            self._paused += passed
        self._now = max(now, self._now)

    # --- commands --------------------------------------------------------------------------------------------

    def pause(self, now: float) -> tuple[Cue, ...]:
        """Stand still."""
        cues = self.advance(now)
        if self.state in (State.RUNNING, State.LEAD_IN):
            self._stand(State.PAUSED)
        return cues

    def resume(self, now: float) -> tuple[Cue, ...]:
        """Go on after a pause or a wait; work starts with a lead-in, and a repetition from its beginning."""
        cues = self.advance(now)
        if self.state is State.WAITING:
            self._run(self._now)
        elif self.state is State.PAUSED:
            if self.step.kind.works:
                self._restart_rep()
                self.state = State.LEAD_IN
                self._lead_from, self._lead_cued = self._now, LEAD_IN_S + 1
            else:
                self._run(self._now)
        return cues + self.advance(self._now)

    def next(self, now: float) -> tuple[Cue, ...]:
        """End the half, the rest or the countdown; in self-paced work the repetition; answer a question."""
        cues = self.advance(now)
        if self.state is State.DONE:
            return cues
        self._wake()
        step = self.step
        if step.seconds is None:
            return cues + tuple(self._finish_step(self._now)) + self.advance(self._now)
        self._leave_early()
        half = self.half
        target = half.end if half and step.kind.works else self.index + 1
        return cues + tuple(self._go(target)) + self.advance(self._now)

    def back(self, now: float) -> tuple[Cue, ...]:
        """Restart the half from its countdown; at its very start, or in a rest, the half before."""
        cues = self.advance(now)
        half = self.half
        if half is None or self.state is State.DONE:
            return cues
        self._wake()
        fresh = self.step.kind.works and self.index == half.first and self.position < RESTART_S
        at_start = not self.step.kind.works or fresh
        self._leave_early()
        target = self.plan.halves[half.index - 1] if at_start and half.index else half
        return cues + tuple(self._go(countdown_of(self.plan, target))) + self.advance(self._now)

    def redo_set(self, now: float) -> tuple[Cue, ...]:
        """Do the set again, from its first side: the one being worked, or in a rest the one just done."""
        cues = self.advance(now)
        half = self.half
        if half is None or self.state is State.DONE:
            return cues
        self._wake()
        working = self.step.kind.works or self.step.kind is StepKind.SWITCH or half.index == 0
        done = half if working else self.plan.halves[half.index - 1]
        self._leave_early()
        target = countdown_of(self.plan, first_half_of_set(self.plan, done))
        return cues + tuple(self._go(target)) + self.advance(self._now)

    def skip_exercise(self, now: float) -> tuple[Cue, ...]:
        """Go to the next exercise: through the rest before it when leaving work, else to its countdown."""
        cues = self.advance(now)
        half = self.half
        if half is None or self.state is State.DONE:
            return cues
        self._wake()
        self._leave_early()
        later = half_behind(self.plan, half, self._excluded)
        if later is None:
            target = self.plan.halves[-1].end
        else:
            target = (approach_of if self.step.kind.works else countdown_of)(self.plan, later)
        return cues + tuple(self._go(target)) + self.advance(self._now)

    def adjust(self, now: float, seconds: float) -> tuple[Cue, ...]:
        """Make a rest, a countdown, or a hold of 10 s and more longer or shorter; other steps stay."""
        cues = self.advance(now)
        if self.can_adjust:
            self._extra = max(self._extra + seconds, self.position - (self.step.seconds or 0.0))
        return cues + self.advance(self._now)

    @property
    def can_adjust(self) -> bool:
        """Whether ten seconds more or less mean anything in this step."""
        step = self.step
        if step.seconds is None or self.state is State.DONE:
            return False
        return not step.kind.works or (step.kind is StepKind.ISOMETRIC and step.seconds >= LONG_HOLD_S)

    def correct_last_set(self, now: float, change: int) -> tuple[Cue, ...]:
        """In a rest: one repetition, or one second of a hold, more or fewer in the half just done."""
        cues = self.advance(now)
        last = self.last_half
        if last is not None:
            self.credit.correct(last, change)
        return cues

    @property
    def last_half(self) -> Half | None:
        """The half that `correct_last_set` corrects; None outside a rest, a switch or a countdown."""
        half = self.half
        between = not self.step.kind.works and self.state is not State.DONE
        return self.plan.halves[half.index - 1] if half and between and half.index else None

    def finish(self, now: float, reason: str) -> tuple[Cue, ...]:
        """End early and keep what was done; `reason` is one of record.END_REASONS."""
        cues = self.advance(now)
        if self.state is not State.DONE:
            self._wake()
            self._leave_early()
            self._end(reason)
        return cues

    # --- it hurts --------------------------------------------------------------------------------------------

    def hurts(self, now: float) -> tuple[Cue, ...]:
        """Stop the clock at once; the exercise is marked as stopped until the runner goes on with it."""
        cues = self.pause(now)
        if self.hurting is not None:
            self.credit.reply(self.hurting).stopped = True
        return cues

    @property
    def hurting(self) -> int | None:
        """The item that `hurts` speaks of: the one being worked; in a rest the one just done."""
        half = self.half
        if half is None or self.state is State.DONE:
            return None
        last = None if self.step.kind is StepKind.SWITCH else self.last_half
        return (last or half).item

    def go_on(self, now: float) -> tuple[Cue, ...]:
        """Go on with the same exercise after "it hurts"."""
        cues = self.advance(now)
        if self.hurting is not None:
            self.credit.reply(self.hurting).stopped = False
        return cues + self.resume(now)

    def leave_hurting(self, now: float) -> tuple[Cue, ...]:
        """Go on without the exercise that hurts. It is over already where its last set was done."""
        cues = self.advance(now)
        over = self.half is None or self.hurting != self.half.item
        return cues + (self.resume(now) if over else self.skip_exercise(now))

    def ease(self, now: float, easier: Item) -> tuple[Cue, ...]:
        """Go on one step easier: the sets that are left become a second entry of the same exercise."""
        cues = self.advance(now)
        half, number = self.half, self.hurting
        if half is None or number is None or half.item != number:
            return cues + self.go_on(now)
        self._wake()
        self._leave_early()
        self.credit.reply(number).stopped = False
        eased = replace(easier, prescription=sets_left(self.plan, half, easier.prescription))
        self._insert(number + 1, eased)
        first = next(other for other in self.plan.halves if other.item == number + 1)
        return cues + tuple(self._go(countdown_of(self.plan, first))) + self.advance(self._now)

    def _insert(self, at: int, item: Item) -> None:
        before = len(self.plan.halves)
        self.plan = insert_item(self.plan, at, item)
        first_new = next(half.index for half in self.plan.halves if half.item == at)
        self.credit.make_room(at, first_new, len(self.plan.halves) - before)
        self._excluded = frozenset(number + (number >= at) for number in self._excluded)

    def exclude(self, items: Iterable[int]) -> None:
        """Leave out these exercises (indexes of items) for the rest of the session; the current one goes on."""
        self._excluded |= frozenset(items)

    # --- moving ----------------------------------------------------------------------------------------------

    def _enter(self, index: int, at: float) -> None:
        self.index = index
        self._entered, self._position, self._cued, self._extra = at, 0.0, -1.0, 0.0
        self.state = State.RUNNING
        half = self.half
        if half is not None and index == half.first:
            self.credit.begin(half)
        if self._waits_before(index):
            self._stand(State.WAITING)

    def _waits_before(self, index: int) -> bool:
        kind = self.plan.steps[index].kind
        if kind not in COUNTDOWNS or self.wait_for_me is WaitForMe.NEVER:
            return False
        rested = index > 0 and self.plan.steps[index - 1].kind is StepKind.REST
        return rested or self.wait_for_me is WaitForMe.EVERY_SET

    def _go(self, index: int) -> list[Cue]:
        """Enter a step, or end the session behind the last one."""
        index = allowed(self.plan, index, self._excluded)
        if index < len(self.plan.steps):
            self._enter(index, self._now)
            return []
        self._end("finished")
        return [Cue(CueKind.SESSION_DONE, self._now, "Done. Well done for today.")]

    def _end(self, reason: str) -> None:
        self.credit.settle_all()
        self.state, self.end_reason = State.DONE, reason
        self.index = len(self.plan.steps)

    def _finish_step(self, at: float) -> list[Cue]:
        """The current step has run its length: credit it and enter the next."""
        step, half = self.step, self.half
        if half is not None and step.kind.works:
            if step.kind is StepKind.ISOMETRIC and self.seconds is not None:
                self.credit.hold(half, step.side, self.seconds)
            following = self.plan.steps[self.index + 1] if self.index + 1 < half.end else None
            if half.reps is not None and (
                following is None or (following.rep, following.side) != (step.rep, step.side)
            ):
                self.credit.rep(half, step.side)
            if following is None:
                self.credit.settle(half)
        self._now = at
        return self._go(self.index + 1)

    def _leave_early(self) -> None:
        """Credit the seconds of a hold that is left before its end; the repetition itself is not counted."""
        half = self.half
        if half is None or not self.step.kind.works:
            return
        if self.step.kind is StepKind.ISOMETRIC and self.seconds is not None:
            self.credit.hold(half, self.step.side, min(self.position, self.seconds))
        self.credit.settle(half)

    def _restart_rep(self) -> None:
        """A repetition begins again, a hold that fills the set goes on where it was."""
        half = self.half
        if half is None or half.reps is None:
            return
        self.index = first_step_of_rep(self.plan, self.index)
        self._position, self._cued, self._extra = 0.0, -1.0, 0.0

    def _stand(self, state: State) -> None:
        self._position = self.position
        self.state = state

    def _run(self, at: float) -> None:
        self.state = State.RUNNING
        self._entered = at - self._position

    def _wake(self) -> None:
        """A command that moves ends a pause, a wait or a lead-in."""
        if self.state in (State.PAUSED, State.WAITING, State.LEAD_IN):
            self._run(self._now)

    # --- cues ------------------------------------------------------------------------------------------------

    def _step_cues(self, position: float, *, closing: bool = False) -> list[Cue]:
        """The cues up to `position`, given once each; `closing` takes all that are left in the step."""
        due = [
            Cue(kind, self._entered + at, say)
            for at, kind, say in cue_points(self.plan, self.index, self.seconds)
            if at > self._cued and (closing or at <= position)
        ]
        self._cued = max(self._cued, position)
        return due

    def _lead_cues(self, now: float) -> list[Cue]:
        left = LEAD_IN_S - (now - self._lead_from)
        due = [
            Cue(CueKind.COUNTDOWN, self._lead_from + LEAD_IN_S - second)
            for second in COUNTDOWN
            if left <= second < self._lead_cued
        ]
        self._lead_cued = min(self._lead_cued, left)
        return due

    # --- checkpoint ------------------------------------------------------------------------------------------

    def snapshot(self) -> dict[str, Any]:
        """Where the session stands, as plain JSON values. The plan itself is kept by whoever saves this."""
        return {
            "index": self.index,
            "position": self.position,
            "extra": self._extra,
            "active_s": self._active,
            "paused_s": self._paused,
            "excluded": sorted(self._excluded),
            "credit": credit_json(self.credit),
        }

    @classmethod
    def restore(
        cls, plan: Plan, plain: Mapping[str, Any], now: float, *, wait_for_me: WaitForMe = WaitForMe.NEVER
    ) -> Session:
        """A session that stands paused where `snapshot` left it: a repetition starts again, a hold goes on.

        Raises KeyError, TypeError or ValueError for a snapshot that does not fit the plan.
        """
        session = cls(plan, now, wait_for_me=wait_for_me)
        index, position = int(plain["index"]), float(plain["position"])
        if not 0 <= index < len(plan.steps) or position < 0:
            raise ValueError(f"no step {index} at {position} s in this plan")
        session.credit = credit_from_json(plain["credit"])
        session._excluded = frozenset(int(item) for item in plain["excluded"])
        session.state = State.PAUSED
        session.index = index
        session._extra = float(plain["extra"])
        session._position = min(position, session.seconds or 0.0)
        session._cued = session._position
        session._active, session._paused = float(plain["active_s"]), float(plain["paused_s"])
        return session
