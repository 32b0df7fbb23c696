"""The documents say what the program does: every key is in the reference, and every command shown runs."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from runnersknee_tui.content.doses import DOSE_KEYS
from runnersknee_tui.content.exercises import EXERCISE_KEYS, RUNG_KEYS
from runnersknee_tui.content.forms import FORM_KEYS
from runnersknee_tui.content.loader import check_file
from runnersknee_tui.content.routines import ITEM_KEYS, ROUTINE_KEYS
from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.settings import SETTINGS, Setting
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.settings import load_settings
from tests.shipped import shipped

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "toml.md"
GUIDES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
FIGURES = "figures.md"
"""Its examples are of figures, which tests/picture reads."""

NOT_RUN = {
    "runnersknee": "needs a terminal",
    "runnersknee prerun": "needs a terminal",
    "runnersknee serve": "runs until it is ended; tests/web runs it",
}
"""Commands of the documents that another test runs, by how they begin, and why."""
SCREENS = ("start", "prerun", "history", "today")
"""Commands that open the app where nothing asks for plain words; without a terminal they say so and end with 2."""


def section(title: str) -> str:
    """A part of the reference, from its heading to the next one."""
    text = REFERENCE.read_text(encoding="utf-8")
    found = re.search(rf"^#+ {re.escape(title)}$", text, re.MULTILINE)
    assert found, f"docs/toml.md has no section {title}"
    rest = text[found.end() :]
    following = re.search(r"^#+ ", rest, re.MULTILINE)
    return rest[: following.start()] if following else rest


def keys(title: str) -> list[str]:
    """The keys that the tables of a section explain: all that stands in backticks in their first column."""
    rows = [line.split("|")[1] for line in section(title).splitlines() if line.startswith("| `")]
    return [key for row in rows for key in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize(
    ("title", "known"),
    [
        ("An exercise", set(EXERCISE_KEYS) - set(FORM_KEYS)),
        ("How the body does it", set(FORM_KEYS)),
        ("A rung of the ladder", set(RUNG_KEYS) - set(FORM_KEYS)),
        ("A dose", set(DOSE_KEYS)),
        ("A routine", set(ROUTINE_KEYS)),
        ("A line of a routine", set(ITEM_KEYS)),
    ],
)
def test_every_key_of_a_file_is_explained_once_and_no_other(title: str, known: set[str]) -> None:
    explained = keys(title)
    assert sorted(explained) == sorted(known)


def _value(value: object) -> str:
    if value is None:
        return "not set"
    plain: Any = (
        dict(value) if isinstance(value, dict) else list(value) if isinstance(value, tuple) else value
    )
    if plain in ({}, []):
        return "none"
    return f"`{' '.join(tomli_w.dumps({'x': plain}).split())[4:].replace('[ ', '[').replace(', ]', ']')}`"


def _may_be(setting: Setting) -> str:
    choices = ", ".join(f"`{choice}`" for choice in setting.choices)
    if setting.kind == "list":
        return f"a list of {choices}" if choices else "a list of texts"
    if choices:
        return choices
    if setting.kind in ("int", "float"):
        unit = f" {setting.unit}" if setting.unit else ""
        return f"{setting.lo:g} to {setting.hi:g}{unit}"
    return {"bool": "`true`, `false`", "date": "a date", "table": "a table"}.get(setting.kind, "text")


def setting_line(setting: Setting) -> str:
    """The line of the reference about a setting, as it has to be."""
    return f"| `{setting.key}` | {_may_be(setting)} | {_value(setting.default)} | {setting.what} |"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_stands_there_with_its_values_and_default(setting: Setting) -> None:
    assert setting_line(setting) in section("Settings").splitlines()


def test_no_setting_stands_there_that_is_none() -> None:
    assert sorted(keys("Settings")) == sorted(setting.key for setting in SETTINGS)


# --- examples ------------------------------------------------------------------------------------------------


def blocks(language: str) -> Iterable[tuple[str, str]]:
    """The fenced blocks of a language in all documents, with where they stand."""
    for guide in GUIDES:
        if guide.name == FIGURES:
            continue
        text = guide.read_text(encoding="utf-8")
        for found in re.finditer(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            yield f"{guide.name}:{text.count(chr(10), 0, found.start()) + 1}", found[1]


@pytest.mark.parametrize(("where", "text"), list(blocks("toml")), ids=lambda value: value.partition("\n")[0])
def test_every_toml_example_is_accepted(where: str, text: str, tmp_path: Path) -> None:
    if "title =" in text or "name =" in text:
        folder = "routines" if "title =" in text else "exercises"
        file = tmp_path / folder / "example.toml"
        file.parent.mkdir()
        file.write_text(text, encoding="utf-8")
        catalogue: Catalogue = shipped()
        assert [str(problem) for problem in check_file(file, catalogue)] == [], where
    else:
        paths = Paths.under(tmp_path)
        paths.config.mkdir()
        paths.config_file.write_text(text, encoding="utf-8")
        assert [str(problem) for problem in load_settings(paths).problems] == [], where


def shown_commands() -> list[str]:
    """Every command line that begins with runnersknee, in blocks and between backticks."""
    found = []
    for guide in GUIDES:
        text = guide.read_text(encoding="utf-8")
        found += re.findall(r"^(?:    |\$ )?(runnersknee(?: [^#\n]*)?)(?:#.*)?$", text, re.MULTILINE)
        found += re.findall(r"`(runnersknee(?: [^`\n]*)?)`", text)
    return sorted({command.strip() for command in found if not re.search(r"[A-Z]{4,}|…|\.\.\.", command)})


def _not_run(command: str) -> bool:
    return any(command == known or command.startswith(f"{known} -") for known in NOT_RUN)


@pytest.mark.parametrize("command", [one for one in shown_commands() if not _not_run(one)])
def test_every_command_shown_runs(command: str, tmp_path: Path) -> None:
    """In a home of its own, with the files that the documents speak of. Plain sessions are run at high speed."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("RUNNERSKNEE_")}
    env |= {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE", "STATE")}
    env["RUNNERSKNEE_SIGNS_ASKED_ON"] = "2026-01-01"
    routines = tmp_path / "config" / "runnersknee_tui" / "routines"
    routines.mkdir(parents=True)
    (routines / "lunch.toml").write_text('title = "Lunch"\n[[exercises]]\nid = "plank"\n', encoding="utf-8")
    (tmp_path / "knee.json").write_text("{}", encoding="utf-8")
    line = command.partition(" > ")[0]
    words = shlex.split(line)[1:]
    if "--plain" in words and words[0] in ("start", "prerun"):
        words += ["--speed", "1000"]
    result = subprocess.run(
        [sys.executable, "-m", "runnersknee_tui", *words],
        cwd=tmp_path, env={**env, "PYTHONPATH": str(ROOT)}, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert "Traceback" not in result.stderr
    if result.returncode == 2 and words and words[0] in SCREENS:
        assert "needs a terminal" in result.stderr, result.stderr
    else:
        assert result.returncode in (0, 1), (command, result.stderr)
        assert "no such" not in result.stderr
