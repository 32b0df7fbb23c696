"""Tab completion and the man page know every command and option, and nothing else."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from runnersknee_tui.cli import COMMANDS, main
from runnersknee_tui.commands.completion import SHELLS, script
from runnersknee_tui.commands.grammar import usages
from runnersknee_tui.workspace import Workspace
from tests.workbench import workspace

ROOT = Path(__file__).parents[1]
BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(BASH is None, reason="no bash here")


def test_the_grammar_is_that_of_the_commands() -> None:
    found = {usage.name: usage for usage in usages()}
    assert list(found) == ["", *(command.name for command in COMMANDS)]
    start = found["start"]
    side = next(option for option in start.options if "--side" in option.names)
    assert side.values == ("left", "right", "both")
    assert (start.words[0].sign, start.words[0].needed) == ("ROUTINE", False)
    assert found["plan"].words[0].needed
    assert found["check"].words[0].many


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_and_option_is_in_every_script(shell: str) -> None:
    text = script(shell)
    for usage in usages():
        assert usage.name in text
        for option in usage.options:
            for name in option.names:
                assert (f"-l {name[2:]} " if shell == "fish" and name.startswith("--") else name[2:]) in text


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_that_is_here_can_read_its_script(shell: str, tmp_path: Path) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} here")
    file = tmp_path / "script"
    file.write_text(script(shell))
    result = subprocess.run([program, "-n", str(file)], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


@needs_bash
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["pre"], ["prerun"]),
        (["start", "--s"], ["--side", "--speed"]),
        (["start", "--side", "l"], ["left"]),
        (["start", "--minutes", ""], []),
        (["start", "pre"], ["prehab", "prerun"]),
        (["exercises", "step"], ["step-up", "step-down"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["serve", "--allow"], ["--allow-network"]),
    ],
)
def test_bash_offers_what_fits(typed: list[str], offered: list[str], tmp_path: Path) -> None:
    assert BASH is not None
    program = tmp_path / "bin" / "runnersknee"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m runnersknee_tui "$@"\n')
    program.chmod(0o755)
    words = " ".join(f"'{word}'" for word in ["runnersknee", *typed])
    asked = (
        f"COMP_WORDS=({words}); COMP_CWORD={len(typed)}; _runnersknee; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    env = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    env |= {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "CACHE", "STATE")}
    result = subprocess.run(
        [BASH, "--norc", "-c", f"{script('bash')}\n{asked}"],
        capture_output=True,
        text=True,
        env=env,
        check=True,
        cwd=ROOT,
    )
    assert sorted(result.stdout.split()) == sorted(offered)


def test_the_ids_are_those_of_the_catalogue_with_ones_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = workspace(tmp_path)
    made.paths.routines.mkdir(parents=True)
    (made.paths.routines / "lunch.toml").write_text('title = "L"\n[[exercises]]\nid = "plank"\n')

    def make(_: object) -> Workspace:
        return made

    assert main(["completion", "routines"], make) == 0
    assert "lunch" in capsys.readouterr().out.split()
    assert main(["completion", "tcsh"], make) == 2
    assert "bash, zsh, fish" in capsys.readouterr().err


def test_the_man_page_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("make_man", ROOT / "scripts" / "make_man.py")
    assert spec is not None
    assert spec.loader is not None
    make_man = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_man)
    assert make_man.PAGE.read_text(encoding="utf-8") == make_man.page(), "run python scripts/make_man.py"
