"""What the rules read of one exercise of one session: a point, and perhaps an alarm."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from runnersknee_tui.core.assessment import EVIDENCE, PAIN_FREE, PainLine
from runnersknee_tui.core.ladder import reach
from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.programme import COUNTED_ROUTINES, Key, dose_of
from runnersknee_tui.core.record import Json, Knees

HARD_PAIN, SOFT_PAIN = EVIDENCE.red, PAIN_FREE.red
"""From which pain on every line, and from which only the pain-free line, calls it a stop."""


class Point(Struct, frozen=True):
    """One exercise of one session, as the rules read it. `done` is the share of that day's plan, 0-1."""

    day: date
    record: str
    index: int  # in the record
    step: str | None
    target: int  # repetitions, or seconds of a hold
    sets: int
    done: float
    before: Knees
    during: Knees
    after: Knees
    ran: str | None
    sharp: bool | None
    stopped: bool
    form: str | None
    confirmed: bool
    override: str | None
    signs: bool


class Alarm(Struct, frozen=True):
    """An exercise of any session, pre-runs and own routines too, that a pain line may call a pain stop."""

    day: date
    record: str
    index: int
    dose: str
    counted: bool  # belongs to a session that moves targets
    pain: int  # the worse knee, -1 where open
    sharp: bool
    left_open: bool  # `x` pressed and its questions left open

    def is_stop(self, line: PainLine) -> bool:
        return self.hard or self.pain >= line.red

    @property
    def hard(self) -> bool:
        """A stop on every line."""
        return self.sharp or self.left_open or self.pain >= HARD_PAIN


def knees_of(answers: Json) -> Knees:
    """Both knees' answer in a record's JSON."""
    return Knees(answers["left"], answers["right"])


def pain_of(knees: Knees) -> int:
    """The worse knee's pain, -1 where the answer is open."""
    worse = knees.worse
    return -1 if worse is None else worse


def counts(routine: str, *, rehearsal: bool, own_routines: frozenset[str] = frozenset()) -> bool:
    """Whether a session moves targets and schedule: the app's own routines and today's, never a rehearsal.

    `own_routines` are ids of the user's files; one of them may have taken the name of a routine of the app.
    """
    return not rehearsal and routine in COUNTED_ROUTINES and routine not in own_routines


def share_done(entry: Json, *, stopped_here: bool) -> float:
    """The share of that day's plan that was done, 0-1; a set counts no more than it was planned for.

    `entry` is one exercise of a record's JSON. `stopped_here`: the session ended in this exercise, so a side
    that has no set was not reached.
    """
    target, rows = entry["target"], entry["sets"]
    counted, goals = ("held_s", target["hold_s"]) if target["reps"] is None else ("reps", target["reps"])
    sided = isinstance(goals, dict)
    first = rows[0]["side"] if rows else None
    two, done = False, 0.0
    for row in rows:  # of ten thousand sessions: nothing is called that need not be
        side = row["side"]
        if side != first:
            two = True
        goal = goals.get(side) if sided else goals
        if goal is not None and row["outcome"] != "skipped":
            got = row[counted] or 0
            done += got / goal if got < goal else 1.0
    both = 2 if two or (stopped_here and not any(row["side"] is None for row in rows)) else 1
    planned = max(target["sets"] * both, len(rows))
    return min(done / planned, 1.0) if planned else 0.0


def _target(target: Json) -> int:
    """Repetitions or seconds; the lower side's, where the sides differ."""
    asked = target["hold_s"] if target["reps"] is None else target["reps"]
    if isinstance(asked, dict):
        return int(min(asked.values(), default=0))
    return int(asked or 0)


def read_point(record: Json, index: int, day: date) -> Point:
    """One exercise of a record's JSON."""
    entry, check_in = record["exercises"][index], record["check_in"]
    last = index == len(record["exercises"]) - 1
    return Point(
        day=day,
        record=record["id"],
        index=index,
        step=entry["ladder_step"],
        target=_target(entry["target"]),
        sets=entry["target"]["sets"],
        done=share_done(entry, stopped_here=last and record["status"] == "stopped"),
        before=knees_of(check_in["before"]),
        during=knees_of(entry["during"]),
        after=knees_of(check_in["next_day"]),
        ran=check_in["ran"],
        sharp=entry["sharp"],
        stopped=entry["stopped"],
        form=entry["form"],
        confirmed=record["confirmed"],
        override=entry["override"],
        signs=bool(check_in["warning_signs"]),
    )


def read_alarm(record: Json, index: int, day: date, *, counted: bool) -> Alarm | None:
    """The exercise where some pain line may call it a pain stop, else None."""
    entry = record["exercises"][index]
    pain = pain_of(knees_of(entry["during"]))
    left_open = entry["stopped"] and (entry["sharp"] is None or pain < 0)
    if not (entry["sharp"] or left_open or pain >= SOFT_PAIN):
        return None
    return Alarm(day, record["id"], index, entry["dose"], counted, pain, bool(entry["sharp"]), left_open)


def opens_lock(point: Point, key: Key, catalogue: Catalogue) -> tuple[int, int]:
    """1 where this session counts towards opening the lock: by the evidence line, by the pain-free line."""
    found = dose_of(key, catalogue)
    if found is None or point.form != "good" or point.done < 1 or not point.confirmed:
        return 0, 0
    exercise, dose = found
    known = {rung.id for rung in exercise.ladder}
    step = point.step if point.step in known else dose.step
    high = exercise.rung(step) >= exercise.rung(dose.step)
    if not high or point.target < reach(dose, exercise.step(step))[1]:
        return 0, 0
    before, during, after = pain_of(point.before), pain_of(point.during), pain_of(point.after)
    if min(before, during, after) < 0 or after > before:
        return 0, 0
    worst = max(before, during)
    return int(worst <= EVIDENCE.green), int(worst <= PAIN_FREE.green)
