"""`doctor`: the program, its folders, the terminal, settings and content."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from runnersknee_tui import __version__
from runnersknee_tui.commands.doctor_findings import BAD, GOOD, ODD, Finding, of_problem
from runnersknee_tui.commands.screen import refusal
from runnersknee_tui.workspace import Workspace


def program(_: Workspace) -> Iterator[Finding]:
    machine = f"{platform.system()} {platform.release()} {platform.machine()}"
    yield Finding(GOOD, "version", f"{__version__}, Python {platform.python_version()}, {machine}")
    for package in ("textual", "rich", "platformdirs", "tomli-w", "wakepy"):
        found = _version(package)
        if found is None:
            mend = "Install the app again: pipx reinstall runnersknee-tui"
            yield Finding(BAD, package, "not installed", mend)
        else:
            yield Finding(GOOD, package, found)


def _version(package: str) -> str | None:
    """The version of an installed package; None where it is not there.

    By the name of its metadata's folder: asking importlib costs as much as all the rest of the doctor.
    """
    start = package.replace("-", "_") + "-"
    for folder in filter(None, sys.path):
        try:
            names = os.listdir(folder)  # noqa: PTH208 - pathlib makes an object of each of some hundred names
        except OSError:
            continue
        for name in names:
            if name.startswith(start) and name.endswith(".dist-info"):
                return name.removeprefix(start).removesuffix(".dist-info")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return None


def places(workspace: Workspace) -> Iterator[Finding]:
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
        return Finding(GOOD, what, str(path) if found == path else f"{path} (made when it is needed)")
    mend = f"Make {found} a folder that you may write to" + (
        ": nothing can be saved until then." if needed else "."
    )
    return Finding(BAD if needed else ODD, what, f"{path} cannot be written", mend)


def terminal(workspace: Workspace) -> Iterator[Finding]:
    env = workspace.env
    encoding = stderr_encoding()
    why = refusal(env, reads_keys=os.isatty(0), draws=os.isatty(2), encoding=encoding)
    yield Finding(
        ODD if why else GOOD,
        "screen",
        why or "the app can be shown here",
        "runnersknee start --plain goes without a screen." if why else "",
    )
    yield Finding(GOOD, "TERM", env.get("TERM") or "not set")
    yield Finding(GOOD, "encoding", encoding)
    if os.isatty(2):
        size = os.get_terminal_size(2)
        small = size.columns < 40 or size.lines < 10
        mend = "Make the window 40 x 10 or larger." if small else ""
        yield Finding(ODD if small else GOOD, "size", f"{size.columns} x {size.lines}", mend)


def stderr_encoding() -> str:
    """The encoding of what the app draws on."""
    stream = sys.__stderr__
    return (stream.encoding if stream is not None else None) or "unknown"


def settings(workspace: Workspace) -> Iterator[Finding]:
    paths = workspace.paths
    for path in (paths.config_file, paths.settings):
        yield Finding(GOOD, path.name, str(path) if path.exists() else f"{path} (not there, which is fine)")
    changed = [f"{key} ({origin})" for key, origin in workspace.settings.origins.items()]
    yield Finding(GOOD, "set", ", ".join(changed) or "nothing; all is at its default")
    for problem in workspace.settings.problems:
        yield of_problem(problem, "Until it is mended, the value behind it is used.")


def content(workspace: Workspace) -> Iterator[Finding]:
    catalogue = workspace.catalogue
    count = f"{len(catalogue.exercises)} exercises, {len(catalogue.routines)} routines"
    yield Finding(GOOD, "content", count)
    for problem in workspace.loaded.problems:
        yield of_problem(problem, f"The file is in {workspace.paths.config}.")
