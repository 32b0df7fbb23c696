"""What can be typed, taken from the parsers themselves: for tab completion and for the man page."""

from __future__ import annotations

import argparse
from importlib import import_module

from msgspec import Struct


class Option(Struct, frozen=True):
    """One option. `value` is the sign of what follows it, empty for a switch; `values` are all it may be, where
    they can be listed."""

    names: tuple[str, ...]
    value: str
    values: tuple[str, ...]
    what: str


class Word(Struct, frozen=True):
    """What stands without an option's name: "ROUTINE"."""

    sign: str
    needed: bool
    many: bool
    values: tuple[str, ...]
    what: str


class Usage(Struct, frozen=True):
    """One command; `name` is empty for the app alone."""

    name: str
    does: str
    words: tuple[Word, ...]
    options: tuple[Option, ...]


def usages() -> tuple[Usage, ...]:
    """Every command in the order of the help, the app alone first. Imports all of their modules."""
    from runnersknee_tui.cli import COMMANDS

    return (
        _usage("", "app", "the app, at Home"),
        *(_usage(command.name, command.name, command.does) for command in COMMANDS),
    )


def _usage(name: str, module: str, does: str) -> Usage:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    import_module(f"runnersknee_tui.commands.{module}").add_arguments(parser)
    words, options = [], []
    for action in parser._actions:  # noqa: SLF001 - argparse has no other door to them
        values = tuple(action.choices or ()) or tuple(getattr(action.type, "names", ()))
        what = action.help or ""
        if action.option_strings:
            value = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
            options.append(Option(tuple(action.option_strings), value, values, what))
        elif action.help != argparse.SUPPRESS:
            sign = str(action.metavar or action.dest.upper())
            words.append(Word(sign, action.nargs not in ("?", "*"), action.nargs in ("*", "+"), values, what))
    return Usage(name, does, tuple(words), tuple(options))
