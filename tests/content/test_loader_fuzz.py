"""Whatever becomes of a file, the loader has an answer; and what it accepts can be compiled."""

from __future__ import annotations

import copy
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.content.loader import check_file, load_catalogue
from runnersknee_tui.core.problem import Problem
from runnersknee_tui.core.timeline import compile_routine

CATALOGUE = load_catalogue(assets_dir()).catalogue
SHIPPED = sorted(path for kind in ("exercises", "routines") for path in (assets_dir() / kind).glob("*.toml"))
FEW = settings(max_examples=80, deadline=None)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10),
    st.sampled_from([10**30, -1, 0.25, float("nan"), float("inf"), date(2026, 3, 29), time(7, 30)]),
    st.sampled_from(
        ["", " ", "left", "clamshell", "isometric", "rehab", "x" * 700, "\x1b[2J", "[b]", "\u202e", "é\n"]
    ),
    st.sampled_from([[], {}, [1], [2, 1], [[]], [{}], ["a"], {"both": "x"}]),
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        for kind in ("exercises", "routines"):
            (Path(name) / kind).mkdir()
        yield Path(name)


def judge(folder: Path, shipped: Path, data: bytes) -> tuple[Problem, ...]:
    """Whatever is said about `data` in the place of `shipped`; its form is checked here."""
    for old in folder.glob("*/*.toml"):
        old.unlink()
    path = folder / shipped.parent.name / f"my-{shipped.name}"
    path.write_bytes(data)
    problems = check_file(path, CATALOGUE)
    loaded = load_catalogue(assets_dir(), folder)
    assert [problem.message for problem in loaded.problems] == [problem.message for problem in problems]
    assert len(problems) <= 21
    for problem in problems:
        assert str(problem).count("\n") < 3
        assert str(problem).replace("\n", "").isprintable()
        assert problem.message
    kind = loaded.catalogue.routines if path.parent.name == "routines" else loaded.catalogue.exercises
    assert (path.stem in kind) == (not problems)
    if path.stem in loaded.catalogue.routines:
        plan = compile_routine(loaded.catalogue.routines[path.stem], loaded.catalogue)
        assert 0 < plan.seconds < 8 * 3600
    return problems


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda path: path.stem)
def test_a_copy_of_a_shipped_file_is_a_good_start(folder: Path, shipped: Path) -> None:
    assert judge(folder, shipped, shipped.read_bytes()) == ()


@FEW
@given(st.sampled_from(SHIPPED), st.data())
def test_flipped_bytes(folder: Path, shipped: Path, data: st.DataObject) -> None:
    raw = bytearray(shipped.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    judge(folder, shipped, bytes(raw))


@FEW
@given(st.sampled_from(SHIPPED), st.data())
def test_lost_pieces(folder: Path, shipped: Path, data: st.DataObject) -> None:
    raw = shipped.read_bytes()
    start = data.draw(st.integers(0, len(raw)))
    judge(folder, shipped, raw[:start] + raw[start + data.draw(st.integers(1, 200)) :])


@FEW
@given(st.sampled_from(SHIPPED), st.data())
def test_odd_values(folder: Path, shipped: Path, data: st.DataObject) -> None:
    table = copy.deepcopy(tomllib.loads(shipped.read_text("utf-8")))
    for _ in range(data.draw(st.integers(1, 4))):
        places = list(_places(table))
        if not places:
            break
        holder, key = data.draw(st.sampled_from(places))
        value = data.draw(ODD)
        if value is None:
            del holder[key]
        else:
            holder[key] = copy.deepcopy(value)
    judge(folder, shipped, tomli_w.dumps(table).encode())


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a table where something could be put instead."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in list(inner):
        yield value, key
        yield from _places(child)


@FEW
@given(st.sampled_from(SHIPPED), st.data())
def test_the_line_of_an_unknown_key_is_its_own(folder: Path, shipped: Path, data: st.DataObject) -> None:
    rows = shipped.read_text("utf-8").split("\n")
    starts = [i for i, row in enumerate(rows) if row[:1].isalpha()]  # shipped files indent what goes on
    at = data.draw(st.sampled_from(starts))
    rows.insert(at, "zz_zz = 1")
    problems = judge(folder, shipped, "\n".join(rows).encode())
    assert [(problem.line, problem.key.split(".")[-1]) for problem in problems] == [(at + 1, "zz_zz")]
