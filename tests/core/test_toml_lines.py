"""The scanner's lines are the lines on which the keys were written, for any TOML that a person might write."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from runnersknee_tui.core.toml_lines import Lines, scan

KEYS = st.sampled_from(["name", "reps", "hold_s", "a-b", '"with space"', "'dot.ted'", '"\\u00e9"', "x.y"])
SCALARS = st.sampled_from(
    [
        ["1"], ["-2.5"], ["true"], ["2026-03-29"], ["07:30:00"], ['"text # no comment"'], ["'[[not]] = a header'"],
        ['"quote \\" and ["'], ['"""one line"""'], ['"""', "name = 1", "[[doses]]", '"""'], ["'''", "reps = 2'''"],
        ['"""with ""two"" quotes"""'], ["[]"], ["{}"],
    ]
)  # fmt: skip


@st.composite
def values(draw: st.DrawFn, depth: int = 0) -> list[str]:
    """The lines of one value."""
    kind = draw(st.integers(0, 9)) if depth < 2 else 0
    if kind < 7:
        return draw(SCALARS)
    if kind == 7:  # inline tables stay in one line
        return ["{ left = 1, right = [1, 2] }"]
    lines = ["["]
    for _ in range(draw(st.integers(0, 3))):
        entry = draw(values(depth + 1))
        lines += [*entry[:-1], entry[-1] + ",", *draw(st.sampled_from([[], ["# comment, ]"], [""]]))]
    return [*lines, "]"]


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[tuple[str | int, ...], int]]:
    """A TOML text, and the line of every key in it as the writer of the text knows it."""
    lines: list[str] = []
    known: dict[tuple[str | int, ...], int] = {}
    counts: dict[str, int] = {}

    def pairs(table: tuple[str | int, ...]) -> None:
        for key in draw(st.lists(KEYS, unique=True, max_size=4)):
            lines.extend(draw(st.sampled_from([[], [""], ["# [[doses]]"], ["  "]])))
            value = draw(values())
            known[(*table, *_parts(key))] = len(lines) + 1
            indent, tail = draw(st.sampled_from(["", "  "])), draw(st.sampled_from(["", " # end"]))
            lines.extend([f"{indent}{key} = {value[0]}", *value[1:]])
            lines[-1] += tail

    pairs(())
    for name in draw(st.lists(st.sampled_from(["doses", "ladder", "phases"]), max_size=6)):
        index = counts[name] = counts.get(name, -1) + 1
        lines.append(f"[[{name}]]")
        known[(name, index)] = len(lines)
        pairs((name, index))
        if draw(st.booleans()):
            lines.append(f"[{name}.sub]")
            known[(name, index, "sub")] = len(lines)
            pairs((name, index, "sub"))
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines), known


def _parts(key: str) -> list[str]:
    table: Any = tomllib.loads(f"{key} = 0")
    parts = []
    while isinstance(table, dict):
        ((part, table),) = table.items()
        parts.append(part)
    return parts


@settings(max_examples=150, deadline=None)
@given(documents())
def test_every_line_is_the_writers(document: tuple[str, dict[tuple[str | int, ...], int]]) -> None:
    text, known = document
    tomllib.loads(text)
    lines = Lines(text)
    assert {path: lines.find(path) for path in known} == known


def test_entries_of_lists_and_inline_tables() -> None:
    lines = Lines('steps = [\n  "a",\n  "b", "c",\n  { x = 1,\n y = 2 }]\nz = { k = [1], m = { n = 2 } }')
    found = [lines.find(("steps", index)) for index in range(3)]
    assert found == [2, 3, 3]
    text = Lines("z = { k = [\n1,\n2], m = { n = 2 } }\nlast = 1")
    assert [text.find(("z", "k", 1)), text.find(("z", "m", "n")), text.find(("last",))] == [3, 3, 4]


def test_what_has_no_line_of_its_own_gets_that_of_its_table() -> None:
    lines = Lines("a = 1\n[[doses]]\nid = 2\n[[doses]]\n")
    assert lines.find(("doses", 1, "sets")) == 4
    assert lines.find(("doses", 0, "id", "x")) == 3
    assert lines.find(("doses",)) == 2
    assert lines.find(("name",)) is None


def test_of_what_is_not_toml_the_beginning_is_read() -> None:
    assert [mark.path for mark in scan('a = 1\nb = 2\nc "x"\nd = 3')] == [("a",), ("b",), ("c",)]
    assert scan("a = " + "[" * 1000) is not None
