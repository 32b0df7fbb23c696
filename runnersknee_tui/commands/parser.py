"""argparse, but what is wrong takes one line and names what was probably meant."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from typing import NoReturn

from runnersknee_tui.commands.exits import UsageError
from runnersknee_tui.core.words import cut, did_you_mean


class Parser(argparse.ArgumentParser):
    """The options of one command of `program`. What cannot be understood raises UsageError."""

    def __init__(self, program: str, command: str, description: str, commands: Collection[str]) -> None:
        """`command` is empty for the program alone; `commands` are the names of all of them."""
        super().__init__(prog=f"{program} {command}".rstrip(), description=description, allow_abbrev=False)
        self._program = program
        self._commands = commands

    def error(self, message: str) -> NoReturn:
        found = message.removeprefix("unrecognized arguments: ")
        if found != message:
            message = self._unknown(found.split())
        message = message.replace("the following arguments are required:", "missing:")
        raise UsageError(f"{message.removeprefix('argument ')} (see {self.prog} --help)")

    def _unknown(self, words: list[str]) -> str:
        command = next((word for word in words if word in self._commands), None)
        if command is not None:
            return f"options stand behind the command: {self._program} {command} ..."
        word = words[0].partition("=")[0]
        if not word.startswith("-"):
            return f'"{cut(word)}" is one word too many.'
        options = [option for action in self._actions for option in action.option_strings]
        return f'unknown option "{cut(word)}".{did_you_mean(word, options)}'
