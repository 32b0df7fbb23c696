"""When which sound is due: the waiting list of the cue player, without a thread, a clock or a file."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from math import inf, nan

from msgspec import Struct, field

from runnersknee_tui.core.cue import Cue, CueKind

LATE_S = 0.25
"""A cue later than this is dropped: a late beep is worse than none."""
VOICE_AFTER_S = 0.25
"""The voice never begins sooner than this after the beep it belongs to."""
SAME_S = 0.02
"""Two cues of one kind nearer than this are one cue, given twice."""
ONCE_S = 0.5
"""A sound asked for at once is not played where the same one is due so near."""

GROUPS: Mapping[CueKind, str] = {
    CueKind.COUNTDOWN: "countdown",
    CueKind.GO: "countdown",
    CueKind.TICK: "ticks",
    CueKind.REP: "reps",
    CueKind.HOLD_START: "holds",
    CueKind.HOLD_END: "holds",
    CueKind.HALFWAY: "holds",
    CueKind.TEN_SECONDS: "rests",
    CueKind.SWITCH: "rests",
    CueKind.REST: "rests",
    CueKind.SET_DONE: "rests",
    CueKind.SESSION_DONE: "rests",
}
"""Which word of the setting `cues` lets a sound be heard. Attention has none: it is always heard."""

SPOKEN: Mapping[str, frozenset[CueKind]] = {
    "off": frozenset(),
    "names": frozenset({CueKind.ATTENTION, CueKind.SWITCH, CueKind.REST}),
    "full": frozenset(CueKind),
}
"""Whose words the setting `voice` lets be said: what comes next and how to lie for it, or everything."""

NO_BELL = frozenset({CueKind.TICK, CueKind.REP})
"""Never a terminal bell for these: they come every second."""


class Entry(Struct, frozen=True):
    """One sound to come at `due`, in monotonic seconds: the beep of `kind`, or the words `say` that go with it.

    `of` is when the beep itself is due; with it an entry keeps its identity where the words are put off.
    """

    due: float
    kind: CueKind
    say: str = ""
    of: float = field(default=nan)

    @property
    def name(self) -> str:
        return self.say or str(self.kind)

    def same(self, other: Entry) -> bool:
        return self.name == other.name and abs(self.of - other.of) < SAME_S


def entries(cues: Iterable[tuple[float, Cue]], groups: Collection[str], voice: str) -> list[Entry]:
    """What is to be heard of `cues`, each with its monotonic due time, under the settings `cues` and `voice`."""
    heard: list[Entry] = []
    for due, cue in cues:
        if GROUPS.get(cue.kind, "") in ("", *groups):
            heard.append(Entry(due, cue.kind, of=due))
        if cue.say and cue.kind in SPOKEN[voice]:
            heard.append(Entry(due + VOICE_AFTER_S, cue.kind, cue.say, of=due))
    return sorted(heard, key=_by_due)


class CueSchedule:
    """The sounds to come, replaced as a whole whenever the driver knows better."""

    def __init__(self) -> None:
        self._coming: deque[Entry] = deque()
        self._taken: deque[Entry] = deque(maxlen=32)

    def replace(self, coming: Iterable[Entry], now: float) -> None:
        """Put `coming` in the place of everything whose beep is due after `now`.

        What is due already stays, words that wait for the end of their beep among it: the driver lists what is
        still to come and has forgotten these. A sound that was taken before is not taken again.
        """
        stay = [entry for entry in self._coming if entry.of <= now]
        known = [*stay, *self._taken]
        newest = max((entry.of for entry in known), default=-inf) + SAME_S
        fresh = (entry for entry in coming if entry.of > newest or not any(entry.same(old) for old in known))
        self._coming = deque(sorted([*stay, *fresh], key=_by_due))

    def clear(self) -> None:
        """Forget everything that was not taken."""
        self._coming.clear()

    def put(self, entry: Entry) -> None:
        """Add one sound: one that could not be played yet, or one that no list held."""
        self._coming = deque(sorted([*self._coming, entry], key=_by_due))

    def take(self, until: float) -> Entry | None:
        """Hand out the first sound that is due at `until` or before."""
        if not self._coming or self._coming[0].due > until:
            return None
        entry = self._coming.popleft()
        self._taken.append(entry)
        return entry

    def near(self, kind: CueKind, now: float) -> bool:
        """Whether a beep of `kind` is due within `ONCE_S` of `now`, taken already or not."""
        return any(
            entry.kind is kind and not entry.say and abs(entry.of - now) < ONCE_S
            for entry in (*self._taken, *self._coming)
        )

    def next_due(self) -> float:
        """When the first sound is due; infinite where none is."""
        return self._coming[0].due if self._coming else inf

    def quiet_until(self) -> float:
        """When words have to be over: at the first countdown, or where the next words begin."""
        return min(
            (entry.due for entry in self._coming if entry.say or entry.kind is CueKind.COUNTDOWN), default=inf
        )


def _by_due(entry: Entry) -> float:
    return entry.due
