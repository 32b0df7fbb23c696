"""Files that are not TOML get words a person can act on, with the right line, and never a traceback."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runnersknee_tui.core.toml_text import LIMIT, parse

GOOD = 'title = "Lunch"\n\n[[exercises]]\nid = "plank"\nhold_s = 30\n'


def said(text: str | bytes) -> str:
    table, problems = parse(text.encode() if isinstance(text, str) else text, "knee.toml")
    assert table is None
    (problem,) = problems
    return str(problem)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hold = 30s", ":1: a value ends and something follows it. Times are plain seconds: hold_s = 30"),
        ("rest_s = 2 min", ":1: a value ends and something follows it. Times are plain seconds: rest_s = 120"),
        ("reps = 3x", ":1: a value ends and something follows it: x. Numbers stand alone: reps = 3"),
        ("\n\nname: Wall sit", ':3: TOML uses "=", not ":". name = "Wall sit"'),
        ("reps: 12", ':1: TOML uses "=", not ":". reps = 12'),
        ("name = Wall sit", ':1: text needs quotes: name = "Wall sit"'),
        ("name = “Wall sit”", ':1: found curly quotes “; use straight quotes "'),
        ('name = "Wall sit\nreps = 3', ':1: the text starting at column 8 is not closed with "'),
        ('name = "Wall sit', ':1: the text starting at column 8 is not closed with "'),
        ("name = 'Wall sit\nreps = 3", ":1: the text starting at column 8 is not closed with '"),
        ('a = 1\nwhy = """x\ny\n', ':2: the text starting at column 7 is not closed with """'),
        ("loaded = True", ":1: use true or false in lower case, found True"),
        ("loaded = yes", ":1: loaded: use true or false, found yes"),
        ("turn = None", ":1: turn: TOML has no empty value; leave the line out"),
        ("reps = 010", ":1: write 10, not 010"),
        ("hold_s = 1,5", ":1: write 1.5, not 1,5"),
        ("hold_s = .5", ":1: write 0.5, not .5"),
        ("hold_s = 5.", ":1: write 5.0, not 5."),
        ("reps = 10-12", ":1: reps: write a range as a list: [10, 12]"),
        ("reps =", ":1: reps: a value is missing after ="),
        ('name = "a"\nreps = 3\nname = "b"', ':3: the key "name" is given twice (lines 1 and 3)'),
        ('[[e]]\nid = "a"\n[[e]]\nid = "a"\nid = "b"', ':5: the key "e.id" is given twice (lines 4 and 5)'),
        ("[a]\nx = 1\n[a]\ny = 2", ":3: [a] appears twice (first in line 1); use [[a]] for a list"),
        (b'name = "caf\xe9"', ":1: not UTF-8 (byte 0xe9 at column 12). Save the file as UTF-8"),
        (b'a = 1\nname = "\xc3\xa9\xff"', ":2: not UTF-8 (byte 0xff at column 10). Save the file as UTF-8"),
        (GOOD.encode("utf-16"), ": looks like UTF-16. Save the file as UTF-8"),
        (GOOD.encode("utf-16-le"), ": looks like UTF-16. Save the file as UTF-8"),
        (GOOD.encode("utf-16-be"), ": looks like UTF-16. Save the file as UTF-8"),
        (b"\0" * 300, ": filled with NUL bytes; nothing of the file is left. Restore it from a copy"),
        ('a = 1\nname = "\x1b[2J"', ":2: control character ESC (0x1b) is not allowed"),
        ('name = "a\x00b"', ":1: control character NUL (0x00) is not allowed"),
        ('name = "\\ud800"', ":1: \\ud800 is not a character"),
        ('name = "C:\\data"', ":1: a backslash in \"…\" begins an escape; write it twice, or use single quotes '…'"),
        ('{"name": "Wall sit"}', ": this looks like JSON, not TOML"),
        ('[\n  {"name": "Wall sit"}]', ": this looks like JSON, not TOML"),
        ("a = 1\nhold_s = " + "9" * 5000, ":2: hold_s: number too large"),
        ("a = " + "[" * 2000 + "]" * 2000, ": nested too deeply (more than 20 levels)"),
        ("a = " + "[" * 21 + "]" * 21, ": nested too deeply (more than 20 levels)"),
        (".".join("a" * 400_000) + " = 1", ": nested too deeply (more than 20 levels)"),
        ("a = 1\n" * 200_000, ": 1.2 MB; the limit is 1 MB"),
        (GOOD.replace("\n", "\r"), ": old Mac line ends; save with LF"),
        ("a = 1\nb = 2\rc = 3\n", ":2: old Mac line end in this line; save with LF"),
        ("remind_at = 25:00", ":1: remind_at: expected a time such as 07:30:00, found 25:00"),
        ("remind_at = 7:30", ":1: remind_at: expected a time such as 07:30:00, found 7:30"),
        ("date = 2026-02-30", ":1: date: 30 February does not exist"),
        ("date = 2025-02-29", ":1: date: 29 February 2025 does not exist"),
        ("date = 2025-13-01", ":1: date: expected a date such as 2026-03-29, found 2025-13-01"),
        ("a = 1\nsteps = [\n'x',\n'y'\nb = 2", ":2: steps: the list lacks a comma or its closing ]"),
        ("stance = {left = 'a',\nright = 'b'}", ":1: stance: { … } must stand in one line, with commas and without one at its end"),
        ("[[exercises]\nid = 'a'", ":1: the header [[exercises] lacks its closing ]]"),
        ("name Wall sit", ':1: expected a key, "=" and a value, found name Wall sit'),
        ("my name = 'x'", ':1: expected a key of a-z, 0-9, "_" and "-" before "=", found my name'),
        ("a.b = 1\na.b.c = 2", ": not TOML: cannot overwrite a value"),
        ("steps = [\n'x',\n]\nname Wall sit", ':4: expected a key, "=" and a value, found name Wall sit'),
        ("x = -", ":1: not TOML: invalid value, found x = -"),
        ("= 1", ":1: not TOML: invalid statement, found = 1"),
    ],
)  # fmt: skip
def test_what_is_said(text: str | bytes, message: str) -> None:
    assert said(text) == f"knee.toml{message}"


@pytest.mark.parametrize(
    "data", [GOOD.encode(), codecs.BOM_UTF8 + GOOD.encode(), GOOD.replace("\n", "\r\n").encode()]
)
def test_what_is_accepted(data: bytes) -> None:
    assert parse(data, "x") == ({"title": "Lunch", "exercises": [{"id": "plank", "hold_s": 30}]}, ())


def test_empty_is_an_empty_table_and_20_levels_are_fine() -> None:
    assert parse(b"", "x") == ({}, ())
    table, problems = parse(b"a = " + b"[" * 19 + b"]" * 19, "x")
    assert table is not None
    assert not problems


def test_a_file_of_the_limit_is_read() -> None:
    table, _ = parse(b"a = 1\n#".ljust(LIMIT, b"x"), "x")
    assert table == {"a": 1}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_table_or_one_problem(data: bytes) -> None:
    table, problems = parse(data, "x")
    assert (table is None) == (len(problems) == 1)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["a", "=", '"', "'", "[", "]", "{", "}", ".", ",", "\n", "\\", "#", " ", "1", "é", '"""', "\r", "-", ":", "true"]
        ),
        max_size=60,
    ).map("".join)
)  # fmt: skip
def test_any_text_gives_a_table_or_one_problem_of_three_lines(text: str) -> None:
    table, problems = parse(text.encode(), "x")
    assert (table is None) == (len(problems) == 1)
    assert all(str(problem).count("\n") < 3 and str(problem).isprintable() for problem in problems)
