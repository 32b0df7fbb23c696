"""The harness itself: what it must not let pass, and what its table says then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.faults.table import markdown, merged
from tests.faults.trials import ENOUGH, Body, Trial, fault


def tried(body: Body, folder: Path, *, tries: int = 3, full: bool = False) -> tuple[str, dict[str, Any]]:
    """What a fault test complains about, and its row."""
    rows: list[dict[str, Any]] = []
    node = SimpleNamespace(get_closest_marker=lambda name: (full and name == "full") or None)
    test: Callable[..., None] = fault("T00", "nothing", short=tries)(body)
    try:
        test(tries, folder, SimpleNamespace(node=node), lambda _, row: rows.append(row))
    except AssertionError as error:
        return str(error), rows[0]
    return "", rows[0]


def lands(trial: Trial) -> None:
    trial.landed += trial.armed


def test_what_is_met(tmp_path: Path) -> None:
    said, row = tried(lands, tmp_path)
    assert said == ""
    assert (row["tries"], row["landed"], row["lost"], row["unreadable"]) == (3, 3, 0, 0)


def never(trial: Trial) -> None:
    trial.landed += 0


def without_a_fault(trial: Trial) -> None:
    trial.landed += 1


def loses(trial: Trial) -> None:
    lands(trial)
    trial.lost += trial.number == 2


def loses_without_a_fault(trial: Trial) -> None:
    lands(trial)
    trial.unreadable += not trial.armed


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (never, "only 0 of 3"),
        (without_a_fault, "none was injected"),
        (loses, "lost or unreadable in [2]"),
        (loses_without_a_fault, "without a fault"),
    ],
)
def test_what_is_not_met(body: Body, words: str, tmp_path: Path) -> None:
    assert words in tried(body, tmp_path)[0]


def test_one_try_that_breaks_does_not_keep_the_others_from_being_made(tmp_path: Path) -> None:
    def breaks(trial: Trial) -> None:
        lands(trial)
        assert trial.number != 2, "broken on purpose"

    said, row = tried(breaks, tmp_path, tries=5)
    assert "2: Traceback" in said
    assert "broken on purpose" in said
    assert row["tries"] == 5


def test_enough_is_enough(tmp_path: Path) -> None:
    def breaks(trial: Trial) -> None:
        assert not trial.armed

    assert tried(breaks, tmp_path, tries=50)[1]["tries"] == ENOUGH


@pytest.mark.parametrize(("full", "words"), [(False, ""), (True, "1: s: 3, and 2 is the most")])
def test_times_are_judged_in_the_long_run_alone(full: bool, words: str, tmp_path: Path) -> None:
    def is_slow(trial: Trial) -> None:
        lands(trial)
        trial.measure("s", 3 if trial.number == 1 else 1, most=2)

    said, row = tried(is_slow, tmp_path, full=full)
    assert said.split("\n")[0] == words
    assert row["measured"] == "s 1 to 3"


def test_a_row_of_several_tests_is_met_when_each_was() -> None:
    row = {"fault": "T00", "tries": 2, "landed": 1, "lost": 0, "unreadable": 0, "measured": ""}
    (found,) = merged([{**row, "met": "yes"}, {**row, "met": "no"}, {**row, "met": "yes"}])
    assert (found["tries"], found["landed"], found["met"]) == (6, 3, "no")
    assert list(markdown([{**found, "tries": 1000}]))[-1] == "| T00 | 1,000 | 3 | 0 | 0 | no |  |"
