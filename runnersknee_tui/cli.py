"""The command line: finds the command, and says in one line what is wrong with what was typed.

Each command is a module of `runnersknee_tui.commands` with `add_arguments(parser)` and `run(args, workspace)`,
and one line in `COMMANDS`. Only the module of the command that was typed is imported. Those that open the app have
`DEFAULTS` as well: the options where nothing is typed.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from runnersknee_tui import __version__
from runnersknee_tui.commands.exits import EXIT_USAGE, EXIT_WRONG, INTERRUPTED, UsageError
from runnersknee_tui.core.words import clean, cut, did_you_mean

if TYPE_CHECKING:
    from runnersknee_tui.workspace import Workspace

PROGRAM = "runnersknee"


class Command(Struct, frozen=True):
    """One line of the help; the module of the same name does it."""

    name: str
    usage: str
    does: str
    group: str


COMMANDS: tuple[Command, ...] = (
    Command("start", "start [ROUTINE]", "a guided session at once", "Train"),
    Command("prerun", "prerun", "wake the hips before a run, in six minutes at most", "Train"),
    Command("log", "log ROUTINE", "note a session done without the app", "Train"),
    Command("today", "today", "what is due, what rests, and why", "Look"),
    Command("history", "history", "what you have done", "Look"),
    Command("routines", "routines [ID]", "the routines, with honest minutes", "Look"),
    Command("exercises", "exercises [ID]", "the exercises, with every step and dose", "Look"),
    Command("plan", "plan ROUTINE", "the timeline of a routine", "Look"),
    Command("learn", "learn", "what is known about runner's knee, and what is not", "Look"),
    Command("report", "report", "a training log on two pages, for a physiotherapist", "Own"),
    Command("export", "export FILE", "everything, as JSON, CSV or TOML", "Own"),
    Command("import", "import FILE", "sessions and files from an export or a backup", "Own"),
    Command("check", "check [PATH ...]", "find mistakes in your own files", "Mend"),
    Command("doctor", "doctor", "where things are, and whether they work", "Mend"),
    Command("serve", "serve", "the app in a browser on this computer", "More"),
    Command("completion", "completion SHELL", "tab completion for bash, zsh or fish", "More"),
)
"""In the order of the help. A new command is one module and one line here."""

_NAMES = tuple(command.name for command in COMMANDS)
_APP = Command("app", "", "the app, at Home", "")

_HELP = """\
Guided workouts for runner's knee, in the terminal and readable from the floor.

  runnersknee                      open the app
  runnersknee prerun               six minutes before a run, hands free
  runnersknee start prehab         begin a routine now
  runnersknee start starter --minutes 15
                                   the same, made to fit a quarter of an hour
  runnersknee start core --plain   no screen: for screen readers and pipes

{commands}
Options of the sessions
  --minutes N        make it fit N minutes; says what it leaves out
  --side SIDE        left, right or both
  --plain            one line a phase instead of a screen
  --mute             no sound
  --no-check-in      begin without a question
  --speed X          a rehearsal, X times as fast; never counts as training

  runnersknee COMMAND --help tells more, --version tells the version.

Sharp or growing pain means stop. This is no medical advice, and no substitute
for somebody who has looked at your knee."""

MakeWorkspace = Callable[[Mapping[str, Any]], "Workspace"]
"""Makes what a command stands on, given the settings that flags set."""


def main(argv: Sequence[str] | None = None, make: MakeWorkspace | None = None) -> int:
    """Run one command. Returns its exit status: 0 done, 1 something is wrong and was said, 2 bad usage."""
    _fill_streams()
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        status = _run(words, make or _workspace)
        sys.stdout.flush()
    except UsageError as error:
        return _complain(str(error), EXIT_USAGE)
    except BrokenPipeError:  # whoever read our words has seen enough
        _close_quietly()
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _complain(_os_words(error), EXIT_WRONG)
    finally:
        if argv is None:
            gc.freeze()  # the process ends here: nothing is left that is worth collecting
        gc.enable()
    return status


def _run(words: list[str], make: MakeWorkspace) -> int:
    if words and words[0] in ("-h", "--help", "help"):
        sys.stdout.write(_help() + "\n")
        return 0
    if words and words[0] in ("-V", "--version"):
        sys.stdout.write(f"{PROGRAM} {__version__}\n")
        return 0
    command = _find(words.pop(0)) if words and not words[0].startswith("-") else _APP
    gc.disable()  # neither imports nor a short command leave garbage; what lives longer enables it again
    module = import_module(f"runnersknee_tui.commands.{command.name}")
    args = _parsed(command, module, words)
    status: int = module.run(args, make(_flags(args)))
    return status


def _parsed(command: Command, module: ModuleType, words: list[str]) -> Any:
    """The options of a command. One that says what it takes for granted does not wait for argparse without any."""
    if not words and hasattr(module, "DEFAULTS"):
        return SimpleNamespace(**module.DEFAULTS)
    from runnersknee_tui.commands.parser import Parser

    name = "" if command is _APP else command.name
    parser = Parser(PROGRAM, name, f"{command.does[:1].upper()}{command.does[1:]}.", _NAMES)
    module.add_arguments(parser)
    return parser.parse_args(words)


def _find(name: str) -> Command:
    for command in COMMANDS:
        if command.name == name:
            return command
    hint = did_you_mean(name, _NAMES) or f" There are {', '.join(_NAMES)}."
    raise UsageError(f'no command "{cut(name)}".{hint}')


def _flags(args: Any) -> dict[str, Any]:
    """The settings that options of this command set for this run."""
    return {"sound": "off"} if getattr(args, "mute", False) else {}


def _workspace(flags: Mapping[str, Any]) -> Workspace:
    from runnersknee_tui.store.paths import Paths
    from runnersknee_tui.workspace import Workspace

    return Workspace(Paths.default(), env=os.environ, flags=flags)


def _help() -> str:
    groups = dict.fromkeys(command.group for command in COMMANDS)
    lines = []
    for group in groups:
        lines.append(group)
        lines += [f"  {one.usage:<17}  {one.does}" for one in COMMANDS if one.group == group]
        lines.append("")
    return _HELP.format(commands="\n".join(lines))


# --- streams -------------------------------------------------------------------------------------------------


def _fill_streams() -> None:
    """A closed stdin, stdout or stderr becomes the null device, so that no file opened later takes its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - it stays open
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="replace")


def _complain(message: str, status: int) -> int:
    try:
        sys.stderr.write(f"{PROGRAM}: {message}\n")
        sys.stderr.flush()
    except OSError:
        pass
    return status


def _os_words(error: OSError) -> str:
    """An error of the operating system in one line, never with a traceback."""
    words = error.strerror if error.filename is not None and error.strerror else str(error)
    place = f"{clean(str(error.filename))}: " if error.filename is not None else ""
    return f"{place}{clean(words)}"


def _close_quietly() -> None:
    """Keep the interpreter from complaining, while it ends, about output that nobody reads."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (OSError, ValueError):
        pass
