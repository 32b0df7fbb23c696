"""`runnersknee doctor`: where things are, and whether they work. Each section is one function."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from runnersknee_tui import __version__
from runnersknee_tui.commands.exits import EXIT_WRONG
from runnersknee_tui.commands.screen import refusal
from runnersknee_tui.commands.usage import print_lines
from runnersknee_tui.core.words import clean
from runnersknee_tui.workspace import Workspace

GOOD, ODD, BAD = "ok", "--", "!!"
"""Marks of a finding; `BAD` makes the exit status 1."""

Finding = tuple[str, str, str]
"""Mark, what was looked at, what was found."""

Section = Callable[[Workspace], Iterator[Finding]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Takes no arguments."""


def run(args: argparse.Namespace, workspace: Workspace) -> int:  # noqa: ARG001
    worst = False
    for title, section in SECTIONS.items():
        findings = list(section(workspace))
        worst = worst or any(mark == BAD for mark, _, _ in findings)
        print_lines(
            [title, *(f"  {mark}  {what.ljust(14)}{clean(found)}" for mark, what, found in findings), ""]
        )
    print_lines(["Something needs mending: see !!" if worst else "All is well."])
    return EXIT_WRONG if worst else 0


def _program(_: Workspace) -> Iterator[Finding]:
    yield GOOD, "version", f"{__version__}, Python {platform.python_version()}, {platform.platform()}"
    for package in ("textual", "rich", "platformdirs", "tomli-w", "wakepy"):
        try:
            yield GOOD, package, version(package)
        except PackageNotFoundError:
            yield BAD, package, "not installed"


def _places(workspace: Workspace) -> Iterator[Finding]:
    paths = workspace.paths
    yield _place("config", paths.config, needed=False)
    yield _place("data", paths.data, needed=True)
    yield _place("cache", paths.cache, needed=False)
    yield _place("state", paths.state, needed=False)


def _place(what: str, path: Path, *, needed: bool) -> Finding:
    """Whether a folder, or the nearest one above it that is there, can be written."""
    found = path
    while not found.exists() and found != found.parent:
        found = found.parent
    if found.is_dir() and os.access(found, os.W_OK | os.X_OK):
        return GOOD, what, str(path) if found == path else f"{path} (made when it is needed)"
    return BAD if needed else ODD, what, f"{path} cannot be written"


def _terminal(workspace: Workspace) -> Iterator[Finding]:
    env = workspace.env
    stream = sys.__stderr__
    encoding = (stream.encoding if stream is not None else None) or "unknown"
    why = refusal(env, reads_keys=os.isatty(0), draws=os.isatty(2), encoding=encoding)
    yield ODD if why else GOOD, "screen", why or "the app can be shown here"
    yield GOOD, "TERM", env.get("TERM") or "not set"
    yield GOOD, "colours", env.get("COLORTERM") or "COLORTERM is not set; the terminal's own palette is used"
    yield GOOD, "encoding", encoding
    if os.isatty(2):
        size = os.get_terminal_size(2)
        small = size.columns < 40 or size.lines < 10
        yield (
            ODD if small else GOOD,
            "size",
            f"{size.columns} x {size.lines}" + (", 40 x 10 is the least" if small else ""),
        )


def _settings(workspace: Workspace) -> Iterator[Finding]:
    for path in (workspace.paths.config_file, workspace.paths.settings):
        yield GOOD, path.name, str(path) if path.exists() else f"{path} (not there, which is fine)"
    changed = [f"{key} ({origin})" for key, origin in workspace.settings.origins.items()]
    yield GOOD, "set", ", ".join(changed) or "nothing; all is at its default"
    for problem in workspace.settings.problems:
        yield BAD if problem.severity == "error" else ODD, "problem", str(problem)


def _content(workspace: Workspace) -> Iterator[Finding]:
    catalogue = workspace.catalogue
    yield GOOD, "content", f"{len(catalogue.exercises)} exercises, {len(catalogue.routines)} routines"
    for problem in workspace.loaded.problems:
        yield BAD if problem.severity == "error" else ODD, "problem", str(problem)


def _store(workspace: Workspace) -> Iterator[Finding]:
    history = workspace.history
    count = sum(1 for _ in history.all())
    bad = len(history.unreadable)
    yield GOOD, "sessions", str(count)
    if bad:
        yield BAD, "unreadable", f"{bad} in {workspace.paths.history}; runnersknee check tells which"
    waiting = len(workspace.checkpoints.orphans())
    if waiting:
        yield (
            ODD,
            "cut short",
            f"{waiting} session{'s' if waiting > 1 else ''} can be resumed: open runnersknee",
        )
    if workspace.checkpoints.running_elsewhere():
        yield ODD, "running", "a session is running in another window"


SECTIONS: dict[str, Section] = {
    "Program": _program,
    "Places": _places,
    "Terminal": _terminal,
    "Settings": _settings,
    "Content": _content,
    "Store": _store,
}
"""In the order they are told."""
