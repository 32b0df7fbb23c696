"""What was done: one `SessionRecord` for each session, frozen. `core.record_json` reads and writes it.

None is "not answered" everywhere and is never replaced by a value. Keys this version does not know stay in
`extra`, so that a rewrite keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct, field

SCHEMA = 1
"""The record format written here. A file with a higher number is shown as newer and never rewritten."""

Json = dict[str, Any]

STATUSES = ("completed", "stopped")
END_REASONS = ("finished", "quit", "pain", "recovered", "check-in")
SOURCES = ("app", "log")
OUTCOMES = ("done", "partial", "skipped")
FORMS = ("good", "shaky", "lost")
RAN = ("no", "easy", "hard")
OVERRIDES = ("stay", "easier", "harder")
SIDES = ("left", "right")


class RecordError(ValueError):
    """A record that cannot be read. The message names the key, what was expected and what was found."""


class Knees(Struct, frozen=True):
    """A pain answer for each knee, 0-10; None is an open answer."""

    left: int | None = None
    right: int | None = None

    @property
    def worse(self) -> int | None:
        """The higher of the answers given; None where neither was."""
        if self.left is None or self.right is None:
            return self.left if self.right is None else self.right
        return max(self.left, self.right)


class CheckIn(Struct, frozen=True):
    """Answers around a session. `next_day` is how it was the morning after, stored in the earlier session."""

    before: Knees = Knees()
    next_day: Knees = Knees()
    ran: str | None = None
    warning_signs: tuple[str, ...] | None = None  # ids of the signs ticked; None: not asked
    extra: Mapping[str, Any] = field(default_factory=dict)


class Target(Struct, frozen=True):
    """What one set asked for: repetitions (per side), or seconds of one hold where `reps` is None."""

    sets: int
    reps: int | Mapping[str, int] | None
    hold_s: float | Mapping[str, float] | None

    def reps_for(self, side: str | None) -> int | None:
        return self.reps.get(side or "") if isinstance(self.reps, Mapping) else self.reps

    def hold_for(self, side: str | None) -> float | None:
        return self.hold_s.get(side or "") if isinstance(self.hold_s, Mapping) else self.hold_s


class SetRecord(Struct, frozen=True):
    """One half: one set of one side. `held_s` is the isometric time really held, in session seconds."""

    side: str | None
    reps: int | None  # None where the set is one hold
    held_s: float
    outcome: str
    extra: Mapping[str, Any] = field(default_factory=dict)


class ExerciseRecord(Struct, frozen=True):
    """One exercise of a session. A form made easier in mid-session is a second entry of the same id."""

    id: str
    name: str
    dose: str
    ladder_step: str | None
    override: str | None
    target: Target
    sets: tuple[SetRecord, ...]
    during: Knees = Knees()
    sharp: bool | None = None
    stopped: bool = False  # `x` ended this exercise
    form: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


class SessionRecord(Struct, frozen=True):
    """One session as it is saved. Instants carry their offset; `local_date` is the civil date at the start."""

    id: str
    app: str
    started_at: datetime
    ended_at: datetime
    tz: str | None  # IANA name where it is known, never guessed
    local_date: date
    routine_id: str
    routine_title: str
    status: str
    end_reason: str
    exercises: tuple[ExerciseRecord, ...]
    active_s: float = 0.0
    paused_s: float = 0.0
    clock_jump_s: float = 0.0
    rehearsal: bool = False
    confirmed: bool = False
    source: str = "app"
    check_in: CheckIn = CheckIn()
    note: str = ""
    rev: int = 1
    schema: int = SCHEMA
    extra: Mapping[str, Any] = field(default_factory=dict)
