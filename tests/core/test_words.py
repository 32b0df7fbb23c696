"""Nothing that comes out of `clean` may move a cursor, recolour a screen or turn text round."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runnersknee_tui.core.problem import Problem
from runnersknee_tui.core.words import clean, control_name, cut, did_you_mean, nearest, show


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None)))
def test_cleaned_text_is_harmless(text: str) -> None:
    done = clean(text)
    assert not {unicodedata.category(char) for char in done} & {"Cc", "Cs", "Zl", "Zp"}
    assert not any(unicodedata.bidirectional(char) in _TURNS for char in done)
    assert clean(done) == done
    done.encode("utf-8")


_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Wall sit", "Wall sit"),
        ("[b]x[/b] 🧱 été עברית", "[b]x[/b] 🧱 été עברית"),
        ("\x1b[2J", "␛[2J"),
        ("a\nb\tc\r\nd", "a b c  d"),
        ("\x9b31m\x7f", "\\x9b31m␡"),
        ("a\u202eb", "a�b"),
        ("\udcff.toml", "\\xff.toml"),
        ("\ud800", "�"),
    ],
)
def test_clean(text: str, safe: str) -> None:
    assert clean(text) == safe


def test_clean_keeps_lines_where_asked() -> None:
    assert clean("a\r\nb\n\x1b", lines=True) == "a\nb\n␛"


def test_cut() -> None:
    assert cut("x" * 60) == "x" * 60
    assert cut("x" * 61) == "x" * 59 + "…"
    assert cut("\x1b" * 99, 3) == "␛␛…"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("30", 'the text "30"'),
        (True, "true"),
        (-5, "-5"),
        pytest.param(10**9999, "a very large number", id="large"),
        (12.5, "12.5"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        ([], "an empty list"),
        ([1, 2], "a list of 2"),
        ({}, "a table"),
        (date(2026, 3, 29), "the date 2026-03-29"),
        (datetime(2026, 3, 29, 7, 30), "the date 2026-03-29T07:30:00"),  # noqa: DTZ001 as TOML gives it
        (time(7, 30), "the time 07:30:00"),
    ],
)
def test_show(value: object, words: str) -> None:
    assert show(value) == words


def test_names_of_controls() -> None:
    assert [control_name(char) for char in "\x00\x1b\x7f\x9b a"] == ["NUL", "ESC", "DEL", "0x9b", None, None]


def test_nearest() -> None:
    assert nearest("hold_sec", ["hold_s", "rest_s", "sets"]) == "hold_s"
    assert nearest("LFT", ["left", "right", "both"]) == "left"
    assert nearest("zzz", ["left", "right"]) is None
    assert did_you_mean("wal-sit", ["wall-sit"]) == " Did you mean wall-sit?"
    assert did_you_mean("", []) == ""


def test_a_problem_is_at_most_three_lines() -> None:
    assert str(Problem("a.toml", 3, "name", "expected text")) == "a.toml:3: name: expected text"
    assert str(Problem("a.toml", None, "", "empty")) == "a.toml: empty"
    assert str(Problem("a.toml", 1, "", "a\nb\nc\nd")).count("\n") == 2
