"""What several commands ask of their arguments, and how they answer."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from runnersknee_tui.commands.exits import UsageError
from runnersknee_tui.core.words import clean, cut, did_you_mean, harmless_json

if TYPE_CHECKING:
    from runnersknee_tui.core.problem import Problem

WIDTH = 80
"""Columns of readable output to a pipe, and at most to a terminal."""

T = TypeVar("T")


# --- arguments -----------------------------------------------------------------------------------------------


def number(lo: float, hi: float, *, whole: bool = False) -> Callable[[str], Any]:
    """A type for argparse: a number from `lo` to `hi`."""

    def read(text: str) -> float | int:
        try:
            value = int(text) if whole else float(text)
        except ValueError:
            value = math.nan
        if not lo <= value <= hi:
            kind = "a whole number" if whole else "a number"
            raise argparse.ArgumentTypeError(f'expected {kind} from {lo:g} to {hi:g}, found "{cut(text)}"')
        return value

    return read


def one_of(*names: str) -> Callable[[str], str]:
    """A type for argparse: one of these words. Its `names` are for those who complete them."""

    def read(text: str) -> str:
        if text not in names:
            listed = f"{', '.join(names[:-1])} or {names[-1]}"
            hint = did_you_mean(text, names)
            raise argparse.ArgumentTypeError(f'expected {listed}, found "{cut(text)}".{hint}')
        return text

    read.names = names  # type: ignore[attr-defined]
    return read


def day(text: str) -> date:
    """A type for argparse: a date."""
    try:
        if len(text) == len("2026-03-29"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f'expected a date such as 2026-03-29, found "{cut(text)}"')


def add_json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document for other programs")


def add_session_options(parser: argparse.ArgumentParser) -> None:
    """The options of every command that begins a session."""
    add = parser.add_argument
    add("--minutes", type=number(1, 600), metavar="N", help="make it fit N minutes; says what it leaves out")
    add(
        "--side",
        type=one_of("left", "right", "both"),
        default="both",
        metavar="SIDE",
        help="left, right or both",
    )
    add("--plain", action="store_true", help="one line a phase instead of a screen")
    add("--mute", action="store_true", help="no sound")
    add("--no-check-in", action="store_true", help="begin without a question")
    add(
        "--speed",
        type=number(0.1, 1000),
        default=1.0,
        metavar="X",
        help="a rehearsal, X times as fast; never counts as training",
    )


def pick(kind: str, name: str, things: Mapping[str, T]) -> T:
    """The thing with this id. Raises UsageError with the nearest id."""
    if name in things:
        return things[name]
    hint = did_you_mean(name, things) or f" There are {', '.join(things)}."
    raise UsageError(f'no {kind} "{cut(name)}".{hint}')


# --- answers -------------------------------------------------------------------------------------------------


def print_lines(lines: Iterable[str]) -> None:
    """Readable output."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def print_json(value: object) -> None:
    """One JSON document: a line for each entry of the two outer levels, so that people can read it as well."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    encode = json.JSONEncoder(ensure_ascii=not utf8).encode
    sys.stdout.write(harmless_json(_document(value, encode, levels=2)) + "\n")


def _document(value: object, encode: Callable[[object], str], levels: int, indent: str = "") -> str:
    inner = indent + "  "
    if levels and isinstance(value, dict) and value:
        rows = [f"{encode(key)}: {_document(one, encode, levels - 1, inner)}" for key, one in value.items()]
        return f"{{\n{inner}" + f",\n{inner}".join(rows) + f"\n{indent}}}"
    if levels and isinstance(value, list) and value:
        rows = [_document(one, encode, levels - 1, inner) for one in value]
        return f"[\n{inner}" + f",\n{inner}".join(rows) + f"\n{indent}]"
    return encode(value)


def warn(message: str) -> None:
    """One line beside the output."""
    sys.stderr.write(f"runnersknee: {clean(message)}\n")


def warn_of(problems: Iterable[Problem]) -> None:
    """One line about mistakes in the user's files, where there are any; `check` tells them all."""
    count = sum(1 for problem in problems if problem.severity == "error")
    if count:
        warn(f"{count} mistake{'s' if count > 1 else ''} in your files; runnersknee check tells which")


def width() -> int:
    """Columns for readable output: those of the terminal, at most `WIDTH`; `WIDTH` to a pipe."""
    if not sys.stdout.isatty():
        return WIDTH
    import shutil

    return max(40, min(WIDTH, shutil.get_terminal_size().columns))
