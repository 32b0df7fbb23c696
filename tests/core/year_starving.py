"""Nothing starves in a year: each active exercise reaches its plan in any seven days, or Home says why not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runnersknee_tui.core.agenda import Today
from runnersknee_tui.core.due import Due
from runnersknee_tui.core.programme import Key
from tests.core.catalogue_for_tests import CATALOGUE
from tests.core.simulated_year import Runner, item_of

A_WEEK = 7
HELD_BACK = (
    "Resting until ",
    "Paused after two pain stops",
    "Locked until ",
    "You are on a break until ",
    "Your knee is at ",
    "You ticked a warning sign",
    "It needs ",
)
"""How Home begins to say that an exercise rests, whatever its plan. A free day is part of the plan, so not here."""
BY_PLAN = (
    "Your plan needs ",
    "You train on ",
    "At most two loaded knee exercises a day",
    "Never two forms of one exercise in a day",
)
"""How a notice begins that says how often an exercise comes in a week."""


def check_nothing_starves(runner: Runner) -> None:
    """In any seven days each active exercise is offered as often as its plan asks, or Home says why not.

    Each day below the plan has to be accounted for by itself, on that day, for that exercise: it rests, or there
    is no time for it, or it waits for another; or the forecast has said how often it comes, and it came that often.
    """
    for key, first in runner.since.items():
        for at in range(A_WEEK - 1, len(runner.days)):
            if runner.days[at - A_WEEK + 1].day >= first:
                check_a_week(runner, key, at)


def check_a_week(runner: Runner, key: Key, at: int) -> None:
    week = runner.days[at - A_WEEK + 1 : at + 1]
    lo = CATALOGUE.exercises[key.exercise].dose(key.dose).per_week.lo
    offered = sum(is_offered(shown, key) or was_done(runner, shown, key) for shown in week)
    accounted = offered + sum(is_explained(shown, key) for shown in week)
    promised = [times for shown in week for times in said_to_come(shown, key)]
    assert accounted >= min([lo, *promised]), (week[-1].day, key, offered, accounted, promised)


def is_offered(shown: Today, key: Key) -> bool:
    return any(Key(asked.exercise, asked.dose) == key for asked in shown.session)


def was_done(runner: Runner, shown: Today, key: Key) -> bool:
    done = [one for one in runner.of_day(shown.day) if (one.id, one.dose) == key]
    return any(row.outcome != "skipped" for entry in done for row in entry.sets)


def is_explained(shown: Today, key: Key) -> bool:
    """Home says of this exercise on this day that it rests, waits for another, or does not fit into the minutes."""
    if is_offered(shown, key):
        return False
    item = item_of(shown, key)
    if item.state is Due.REST and (
        item.reason.startswith(HELD_BACK) or item.reason.endswith("this one waits.")
    ):
        return True
    left_out = [words for words in shown.notices if words.startswith("No time today for ")]
    return any(in_sentence(item.name) in re.split(r", | and ", words[18:-1]) for words in left_out)


def said_to_come(shown: Today, key: Key) -> Iterator[int]:
    """How often a week the exercise comes, where the minutes, the training days or another leave less than its plan."""
    name = in_sentence(item_of(shown, key).name)
    for words in shown.notices:
        why, _, rest = words.partition(": ")
        if why.startswith(BY_PLAN) and words.endswith(" a week."):
            for part in rest.removesuffix(" a week.").split(", "):
                exercise, _, times = part.partition(" comes ")
                if exercise == name:
                    yield {"once": 1, "twice": 2}.get(times) or int(times.split()[0])


def in_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]
