"""The floors of docs/architecture.md are tested, not promised: what a module pulls in, a fresh interpreter tells."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "runnersknee_tui"
EDGES = ("content", "store", "cues", "picture", "report")
IMPURE = {
    "asyncio",
    "random",
    "rich",
    "textual",
    "platformdirs",
    "subprocess",
    "threading",
    "time",
    "os.path._never",
}


def modules(folder: str) -> list[str]:
    return sorted(
        ".".join(("runnersknee_tui", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(
            ".__init__"
        )
        for path in (PACKAGE / folder).rglob("*.py")
    )


def loaded_after(*names: str) -> set[str]:
    """Names of the modules that importing `names` adds to a fresh interpreter's own."""
    code = (
        "import sys; before = set(sys.modules); import importlib\n"
        f"[importlib.import_module(n) for n in {names!r}]\n"
        "print('\\n'.join(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_core_is_pure() -> None:
    loaded = loaded_after(*modules("core"))
    assert not {name for name in loaded if name.split(".")[0] in IMPURE - {"threading", "time"}}
    assert not {
        name for name in loaded if name.startswith("runnersknee_tui.") and name.split(".")[1] != "core"
    }


def test_core_reads_no_clock() -> None:
    for path in (PACKAGE / "core").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for word in (
            "import time",
            "import random",
            ".now(",
            ".today(",
            "open(",
            "import os",
            "import asyncio",
        ):
            assert word not in text, f"{path.name} has {word!r}"


@pytest.mark.parametrize("edge", EDGES)
def test_an_edge_stands_on_core_alone(edge: str) -> None:
    for module in modules(edge):
        loaded = loaded_after(module)
        own = {name.split(".")[1] for name in loaded if name.startswith("runnersknee_tui.")}
        assert own <= {"core", edge}, f"{module} reaches into {own - {'core', edge}}"
        assert not {name for name in loaded if name.split(".")[0] in ("textual", "rich")}, module


def test_the_command_starts_without_textual() -> None:
    loaded = loaded_after("runnersknee_tui.cli")
    assert not {name for name in loaded if name.split(".")[0] in ("textual", "rich", "asyncio")}
