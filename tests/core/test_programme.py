"""The active set, and the settings as the rules read them."""

from __future__ import annotations

from datetime import date

import pytest

from runnersknee_tui.core.assessment import EVIDENCE, PAIN_FREE
from runnersknee_tui.core.model import KIT
from runnersknee_tui.core.programme import (
    PREHAB_FOUR,
    STARTER,
    Key,
    Profile,
    Weekly,
    active_keys,
    feasible_days,
    key_in,
    listed_keys,
    profile_from,
)
from runnersknee_tui.core.settings import SETTINGS
from tests.core.catalogue_for_tests import CATALOGUE


def test_the_defaults_of_the_settings_are_the_defaults_of_the_rules() -> None:
    profile = profile_from({setting.key: setting.default for setting in SETTINGS})
    assert profile == profile_from({})
    assert (profile.programme, profile.minutes, profile.line) == ("rehab", 20, EVIDENCE)
    assert profile.kit == frozenset(KIT)


def test_settings_are_read_and_what_cannot_be_read_is_left_out() -> None:
    profile = profile_from(
        {
            "knee": "both",
            "pain_line": "pain-free",
            "training_days": ["mon", "thu"],
            "breaks": ["2026-07-01/2026-07-10", "2026-08-05", "soon"],
            "weekly": ["2026-06-08/3/fine/some/-/much", "2026-06-01/-/-/-/-/-", "2026-06-15/11/-/-/-/-", "x"],
            "signs_asked_on": "2026-06-01",
            "cleared_on": date(2026, 6, 2),
            "active": ["plank", "clamshell/rotation"],
            "sets": ["plank/rehab=4", "plank/rehab"],
        }
    )
    assert profile.line == PAIN_FREE
    assert profile.breaks == (
        (date(2026, 7, 1), date(2026, 7, 10)),
        (date(2026, 8, 5), date(2026, 8, 5)),
    )
    assert [week.worst for week in profile.weekly] == [None, 3]
    assert profile.weekly[1].trouble == ("fine", "some", None, "much")
    assert profile.signs_asked_on == date(2026, 6, 1)
    assert profile.sets == {"plank/rehab": 4}
    assert profile.uncleared(date(2026, 6, 3))
    assert not profile.uncleared(date(2026, 6, 2))


def test_a_week_s_answers_survive_being_written() -> None:
    week = Weekly(date(2026, 6, 1), None, ("fine", None, "some", "much"))
    assert week.text == "2026-06-01/-/fine/-/some/much"
    assert Weekly.parse(week.text) == week


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("plank", Key("plank", "rehab")),
        ("clamshell/rotation", Key("clamshell", "rotation")),
        ("step-down", Key("step-down", "prehab")),
        ("clamshell/no", None),
        ("no", None),
    ],
)
def test_an_exercise_is_named_by_its_id_or_its_dose(text: str, key: Key | None) -> None:
    assert key_in(CATALOGUE, text) == key


def test_the_active_set_always_has_a_hip_and_a_knee_item() -> None:
    assert active_keys(Profile(), CATALOGUE) == STARTER
    only_core = active_keys(Profile(active=("plank",)), CATALOGUE)
    assert only_core == (Key("plank", "rehab"), STARTER[0], STARTER[1])
    assert set(active_keys(Profile(programme="prehab", active=("plank",)), CATALOGUE)) == set(PREHAB_FOUR)
    assert Key("step-down", "prehab") in listed_keys(Profile(active=("step-down",)), CATALOGUE)


@pytest.mark.parametrize(
    ("days", "free_day", "times"),
    [
        ((), False, 7), ((), True, 3), (("mon", "wed", "fri"), True, 3), (("mon", "tue"), True, 1),
        (("sun", "mon"), True, 1), (("mon", "tue"), False, 2), (("mon", "tue", "thu", "sat"), True, 3),
    ],
)  # fmt: skip
def test_how_often_an_exercise_can_come(days: tuple[str, ...], free_day: bool, times: int) -> None:
    assert feasible_days(days, free_day=free_day) == times
