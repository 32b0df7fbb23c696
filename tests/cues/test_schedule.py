from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runnersknee_tui.core.cue import Cue, CueKind
from runnersknee_tui.core.settings import SETTINGS
from runnersknee_tui.cues.schedule import GROUPS, SPOKEN, CueSchedule, Entry, entries

ALL_GROUPS = ("countdown", "reps", "holds", "rests", "ticks")


def beep(due: float, kind: CueKind = CueKind.COUNTDOWN) -> Entry:
    return Entry(due, kind, of=due)


def drain(schedule: CueSchedule, until: float) -> list[Entry]:
    taken = []
    while (entry := schedule.take(until)) is not None:
        taken.append(entry)
    return taken


def test_the_groups_are_those_of_the_setting() -> None:
    setting = next(setting for setting in SETTINGS if setting.key == "cues")
    assert set(GROUPS.values()) == set(setting.choices) == set(ALL_GROUPS)
    assert set(CueKind) - set(GROUPS) == {CueKind.ATTENTION}
    assert set(SPOKEN) == set(next(setting for setting in SETTINGS if setting.key == "voice").choices)


def test_a_group_that_is_off_is_not_heard_and_attention_always_is() -> None:
    cues = [(float(n), Cue(kind, n)) for n, kind in enumerate(CueKind)]
    assert [entry.kind for entry in entries(cues, (), "off")] == [CueKind.ATTENTION]
    assert {entry.kind for entry in entries(cues, ("holds",), "off")} == {
        CueKind.HOLD_START,
        CueKind.HOLD_END,
        CueKind.HALFWAY,
        CueKind.ATTENTION,
    }
    assert [entry.kind for entry in entries(cues, ALL_GROUPS, "off")] == list(CueKind)


@pytest.mark.parametrize(
    ("voice", "said"),
    [("off", []), ("names", ["Rest. Next: plank."]), ("full", ["Ten seconds.", "Rest. Next: plank."])],
)
def test_the_voice_says_what_its_setting_lets_it(voice: str, said: list[str]) -> None:
    cues = [
        (1.0, Cue(CueKind.TEN_SECONDS, 0, "Ten seconds.")),
        (2.0, Cue(CueKind.REST, 0, "Rest. Next: plank.")),
    ]
    spoken = [entry for entry in entries(cues, (), voice) if entry.say]
    assert [entry.say for entry in spoken] == said
    assert all(entry.due == entry.of + 0.25 for entry in spoken)


def test_what_was_taken_is_not_taken_again() -> None:
    schedule = CueSchedule()
    schedule.replace([beep(1), beep(2)], now=0)
    assert [entry.due for entry in drain(schedule, 1)] == [1]
    schedule.replace([beep(1.00001), beep(2), beep(3)], now=0.99)
    assert [entry.due for entry in drain(schedule, 9)] == [2, 3]


def test_what_is_due_survives_a_new_list_and_what_is_not_does_not() -> None:
    schedule = CueSchedule()
    schedule.replace([beep(1), beep(2)], now=0)
    schedule.replace([beep(3)], now=1.0)
    assert [entry.due for entry in drain(schedule, 9)] == [1, 3]


def test_words_survive_a_new_list_once_their_beep_was_due() -> None:
    schedule = CueSchedule()
    rest = entries([(1.0, Cue(CueKind.REST, 0, "Rest."))], ALL_GROUPS, "full")
    schedule.replace(rest, now=0)
    assert len(drain(schedule, 1.0)) == 1
    schedule.replace(rest, now=1.1)
    schedule.replace([], now=1.2)
    assert [entry.say for entry in drain(schedule, 2)] == ["Rest."]


def test_clear_forgets_what_is_due_as_well() -> None:
    schedule = CueSchedule()
    schedule.replace([beep(1), beep(2)], now=0)
    schedule.clear()
    assert drain(schedule, 9) == []
    assert schedule.next_due() == inf


def test_words_end_before_the_next_countdown() -> None:
    schedule = CueSchedule()
    schedule.replace([beep(4, CueKind.GO), beep(5), beep(6)], now=0)
    assert schedule.quiet_until() == 5


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(0, 20, allow_nan=False), max_size=12, unique_by=lambda due: round(due, 0)),
    st.lists(st.floats(0, 25), min_size=1, max_size=12),
)
def test_a_driver_that_lists_again_and_again_hears_each_cue_once(
    dues: list[float], looks: list[float]
) -> None:
    """Whatever the moments at which the driver lists what is to come, nothing is lost or doubled."""
    schedule = CueSchedule()
    schedule.replace(sorted((beep(due) for due in dues), key=lambda entry: entry.due), now=-1)
    taken = []
    for look in [*sorted(looks), 30.0]:
        schedule.replace([beep(due) for due in sorted(dues) if due > look], now=look)
        taken += [entry.due for entry in drain(schedule, look)]
    assert taken == sorted(dues)
