"""A session's record in words, set by set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from textual.content import Content
from textual.visual import Visual

from runnersknee_tui.core.history_text import ending_words
from runnersknee_tui.core.record import ExerciseRecord, Knees, SessionRecord, SetRecord
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.widgets.rows import Hung, Row, Stack
from runnersknee_tui.tui.words import HEADING, MUTED, joined, plain

OPEN = "not answered"


def record_words(record: SessionRecord) -> Stack:
    """Everything a record holds. What nobody answered is said to be open, and never filled in."""
    return Stack((*_head(record), *(part for entry in record.exercises for part in _exercise(entry))))


def _head(record: SessionRecord) -> Iterator[Visual]:
    times = f"{record.started_at:%H:%M}\N{EN DASH}{record.ended_at:%H:%M}"
    yield plain(record.routine_title, "bold")
    yield plain(phrases.DOT.join((phrases.long_day(record.local_date), times)), MUTED)
    lengths = [ending_words(record), phrases.length(record.active_s)]
    if record.paused_s >= 1:
        lengths.append(f"paused {phrases.length(record.paused_s)}")
    yield plain(phrases.DOT.join(lengths), MUTED)
    if record.rehearsal:
        yield plain("A rehearsal: it counts nowhere.", "$text-warning")
    if record.clock_jump_s:
        yield plain(f"The computer's clock moved by {record.clock_jump_s:+.0f} s meanwhile.", MUTED)
    yield Content("")
    check_in = record.check_in
    yield _answer("Knee before", knee_words(check_in.before))
    yield _answer("Next morning", knee_words(check_in.next_day))
    if check_in.ran is not None:
        yield _answer("Ran before", check_in.ran)
    if record.note:
        yield Content("")
        yield plain(record.note, "italic")


def _answer(name: str, words: str) -> Row:
    return Row(joined((f"{name:<14}", MUTED), (words, MUTED if words == OPEN else "")))


def knee_words(knees: Knees) -> str:
    """ "left 2, right 0"; what was not answered is not there."""
    given = [
        f"{side} {pain}" for side, pain in (("left", knees.left), ("right", knees.right)) if pain is not None
    ]
    return ", ".join(given) or OPEN


def _exercise(entry: ExerciseRecord) -> Iterator[Visual]:
    yield Content("")
    yield Row(plain(entry.name, HEADING), plain(_target(entry), MUTED))
    for number, sets in _by_number(entry.sets):
        shown = [_set(entry, done) for done in sets]
        yield Hung(plain(f"set {number}", MUTED), Content("   ").join(shown))
    facts = [f"pain {knee_words(entry.during)}" if entry.during.worse is not None else f"pain {OPEN}"]
    facts += [f"form {entry.form}"] if entry.form else []
    facts += ["sharp or rising pain"] if entry.sharp else []
    facts += ["ended because it hurt"] if entry.stopped else []
    facts += [f"your choice: {entry.override}"] if entry.override else []
    yield plain(phrases.DOT.join(facts), MUTED)


def _target(entry: ExerciseRecord) -> str:
    """ "3 x 15", "2 x 30 s"; sides that differ are told apart."""
    target = entry.target
    sides = list(dict.fromkeys(done.side for done in entry.sets)) or [None]
    amounts = dict.fromkeys(
        f"{target.hold_for(side) or 0:g} s" if target.reps is None else f"{target.reps_for(side)}"
        for side in sides
    )
    return f"{target.sets} x {' and '.join(amounts)}"


def _by_number(sets: tuple[SetRecord, ...]) -> Iterator[tuple[int, list[SetRecord]]]:
    """Sets with the same number, of both sides, together."""
    seen: Counter[str | None] = Counter()
    numbered: dict[int, list[SetRecord]] = {}
    for done in sets:
        seen[done.side] += 1
        numbered.setdefault(seen[done.side], []).append(done)
    yield from numbered.items()


def _set(entry: ExerciseRecord, done: SetRecord) -> Content:
    side = (f"{done.side} ", MUTED) if done.side else ""
    if done.outcome == "skipped":
        return joined(side, ("skipped", MUTED))
    holds = done.reps is None
    asked = entry.target.hold_for(done.side) if holds else entry.target.reps_for(done.side)
    words = f"{done.held_s:.0f}" if holds else f"{done.reps}"
    if done.outcome == "partial" and asked is not None:
        words = f"{words} of {asked:g}"
    return joined(side, f"{words} s" if holds else words)
