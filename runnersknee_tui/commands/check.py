"""`runnersknee check [PATH ...]`: find mistakes in the user's own files and in the history."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from runnersknee_tui.commands.exits import EXIT_WRONG
from runnersknee_tui.commands.usage import print_lines
from runnersknee_tui.core.problem import Problem
from runnersknee_tui.core.words import clean
from runnersknee_tui.workspace import Workspace

if TYPE_CHECKING:
    from runnersknee_tui.core.model import Catalogue


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="only these files and folders, wherever they are"
    )


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    problems = tuple(_given(args.paths, workspace) if args.paths else _everything(workspace))
    errors = sum(1 for problem in problems if problem.severity == "error")
    print_lines(f"note: {problem}" if problem.severity == "note" else str(problem) for problem in problems)
    what = ", ".join(clean(str(path)) for path in args.paths) or "your files and your history"
    print_lines([f"{errors} to mend in {what}." if errors else f"Nothing to mend in {what}."])
    return EXIT_WRONG if errors else 0


def _everything(workspace: Workspace) -> Iterator[Problem]:
    yield from workspace.settings.problems
    yield from workspace.loaded.problems
    yield from _history(workspace)


def _history(workspace: Workspace) -> Iterator[Problem]:
    for _ in workspace.history.all():
        pass  # reading them all is what finds the bad ones
    for bad in workspace.history.unreadable:
        yield Problem(f"history/{clean(bad.name)}", None, "", clean(bad.reason))
    for name, oddity in workspace.history.warnings:
        yield Problem(f"history/{clean(name)}", None, "", clean(oddity), "note")
    for names in workspace.history.copies():
        listed = ", ".join(clean(name) for name in names)
        yield Problem(f"history/{clean(names[0])}", None, "", f"copies of one session: {listed}", "note")


# --- files that were named -----------------------------------------------------------------------------------


def _given(paths: Iterable[Path], workspace: Workspace) -> Iterator[Problem]:
    for path in paths:
        if path.is_dir():
            found = sorted(_inside(path))
            if not found:
                yield Problem(
                    clean(str(path)), None, "", "no exercises, routines or sessions in here", "note"
                )
            for inside in found:
                yield from _file(inside, workspace)
        else:
            yield from _file(path, workspace)


def _inside(folder: Path) -> Iterator[Path]:
    """What a folder holds itself and in subfolders named as the app names them."""
    for place in (folder, *(folder / kind for kind in ("exercises", "routines", "history"))):
        if place.is_dir():
            yield from (path for path in place.iterdir() if path.suffix in (".toml", ".json"))


def _file(path: Path, workspace: Workspace) -> Iterable[Problem]:
    if path.name in (workspace.paths.config_file.name, workspace.paths.settings.name):
        return _settings(path, workspace)
    if path.suffix == ".json":
        return _session(path, workspace)
    return _content(path, workspace.catalogue)


def _content(path: Path, catalogue: Catalogue) -> Iterable[Problem]:
    from runnersknee_tui.content.loader import check_file

    return check_file(path, catalogue)


def _settings(path: Path, workspace: Workspace) -> Iterable[Problem]:
    from msgspec.structs import replace

    from runnersknee_tui.store.settings import load_settings

    own = path.name == workspace.paths.config_file.name
    nowhere = path.parent / "nothing-is-here"
    paths = replace(workspace.paths, **{"config": path.parent, "data": nowhere} if own else
                    {"data": path.parent, "config": nowhere})  # fmt: skip
    if not path.exists():
        return (Problem(clean(str(path)), None, "", "no such file"),)
    return load_settings(paths, workspace.fs).problems


def _session(path: Path, workspace: Workspace) -> Iterator[Problem]:
    from runnersknee_tui.core.record import RecordError
    from runnersknee_tui.core.record_json import checksum, from_json
    from runnersknee_tui.store.durable import reason
    from runnersknee_tui.store.filesystem import read_file
    from runnersknee_tui.store.session_files import LIMIT
    from runnersknee_tui.store.session_json import decode

    shown = clean(str(path))
    try:
        plain = decode(read_file(workspace.fs, path, LIMIT))
        from_json(plain)
    except RecordError as error:
        yield Problem(shown, None, "", clean(str(error)))
    except OSError as error:
        yield Problem(shown, None, "", clean(reason(error)))
    except ValueError as error:
        yield Problem(shown, None, "", f"not JSON: {clean(str(error))}")
    else:
        if plain.get("crc32") != checksum(plain):
            yield Problem(shown, None, "crc32", "does not fit: edited by hand, or damaged", "note")
