"""`runnersknee completion SHELL`: a script for tab completion, made from the parsers."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from runnersknee_tui.commands.grammar import Option, Usage, usages
from runnersknee_tui.commands.usage import one_of, print_lines
from runnersknee_tui.workspace import Workspace

SHELLS = ("bash", "zsh", "fish")
IDS = ("routines", "exercises")
"""Asked for by the scripts themselves: the ids there are, the user's own with them."""
_FILES = ("FILE", "PATH")
_HOW = {
    "bash": "# Put this line into ~/.bashrc:  source <(runnersknee completion bash)",
    "zsh": "# Put this line into ~/.zshrc, behind compinit:  source <(runnersknee completion zsh)",
    "fish": "# Once:  runnersknee completion fish > ~/.config/fish/completions/runnersknee.fish",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "shell",
        type=one_of(*SHELLS, *IDS),
        metavar="SHELL",
        help="bash, zsh or fish; the script says where it goes",
    )


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    if args.shell in IDS:
        catalogue = workspace.catalogue
        print_lines(catalogue.routines if args.shell == "routines" else catalogue.exercises)
        return 0
    print_lines(script(args.shell).splitlines())
    return 0


def script(shell: str) -> str:
    """The completion script of a shell, one of SHELLS."""
    lines = {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](usages())
    return "\n".join(("# Tab completion for runnersknee.", _HOW[shell], *lines)) + "\n"


def _words(usage: Usage) -> str:
    """What the bare words of a command are: "routines", "exercises", "files", or the words themselves."""
    for word in usage.words:
        if word.values:
            return " ".join(value for value in word.values if value not in IDS)
        if word.sign == "ROUTINE" or usage.name == "routines":
            return "routines"
        if usage.name == "exercises":
            return "exercises"
        if word.sign in _FILES:
            return "files"
    return ""


def _names(usage: Usage) -> str:
    return " ".join(name for option in usage.options for name in option.names)


def _is_file(option: Option) -> bool:
    return option.value in _FILES


# --- bash ----------------------------------------------------------------------------------------------------


def _bash(all_usages: tuple[Usage, ...]) -> Iterator[str]:
    app, *commands = all_usages
    yield "_runnersknee() {"
    yield '    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}"'
    yield "    COMPREPLY=()"
    yield "    if (( COMP_CWORD == 1 )); then"
    names = " ".join(usage.name for usage in commands)
    yield f'        COMPREPLY=($(compgen -W "{names} {_names(app)} --help --version" -- "$cur"))'
    yield "        return"
    yield "    fi"
    yield '    local options="" words=""'
    yield '    case "${COMP_WORDS[1]}" in'
    for usage in commands:
        yield f"        {usage.name})"
        values = [option for option in usage.options if option.value]
        if values:
            yield '            case "$prev" in'
            for option in values:
                names = "|".join(option.names)
                if option.values:
                    yield f'                {names}) COMPREPLY=($(compgen -W "{" ".join(option.values)}" -- "$cur")); return ;;'
                elif _is_file(option):
                    yield f'                {names}) COMPREPLY=($(compgen -f -- "$cur")); return ;;'
                else:
                    yield f"                {names}) return ;;"
            yield "            esac"
        yield f'            options="{_names(usage)} --help" words="{_words(usage)}" ;;'
    yield "    esac"
    yield '    if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$cur")); return; fi'
    yield '    case "$words" in'
    yield '        files) COMPREPLY=($(compgen -f -- "$cur")) ;;'
    yield '        routines|exercises) COMPREPLY=($(compgen -W "$(runnersknee completion "$words" 2>/dev/null)" -- "$cur")) ;;'
    yield '        *) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;'
    yield "    esac"
    yield "}"
    yield "complete -o filenames -F _runnersknee runnersknee"


# --- zsh -----------------------------------------------------------------------------------------------------


def _zsh(all_usages: tuple[Usage, ...]) -> Iterator[str]:
    app, *commands = all_usages
    yield "#compdef runnersknee"
    yield "_runnersknee() {"
    yield "    local -a commands"
    yield "    commands=("
    for usage in commands:
        yield f"        {_quoted(f'{usage.name}:{usage.does}')}"
    yield "    )"
    yield "    if (( CURRENT == 2 )); then"
    yield "        _describe -t commands command commands"
    first = " ".join(_zsh_option(option) for option in app.options)
    yield f"        _arguments {first} '(-)--help[the help]' '(-)--version[the version]'"
    yield "        return"
    yield "    fi"
    yield '    local command="${words[2]}"'
    yield "    shift words; (( CURRENT-- ))"
    yield '    case "$command" in'
    for usage in commands:
        parts = [_zsh_option(option) for option in usage.options] + ["'--help[tells more]'"]
        words = _words(usage)
        if words == "files":
            parts.append("'*:file:_files'")
        elif words in IDS:
            parts.append(f"':{words}:($(runnersknee completion {words} 2>/dev/null))'")
        elif words:
            parts.append(f"':word:({words})'")
        yield f"        {usage.name}) _arguments {' '.join(parts)} ;;"
    yield "    esac"
    yield "}"
    yield "compdef _runnersknee runnersknee"


def _zsh_option(option: Option) -> str:
    what = option.what.replace("[", "(").replace("]", ")").replace(":", ",")
    follows = ""
    if option.value:
        values = f"({' '.join(option.values)})" if option.values else "_files" if _is_file(option) else " "
        follows = f":{option.value}:{values}"
    return " ".join(_quoted(f"{name}[{what}]{follows}") for name in option.names)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


# --- fish ----------------------------------------------------------------------------------------------------


def _fish(all_usages: tuple[Usage, ...]) -> Iterator[str]:
    app, *commands = all_usages
    yield "complete -c runnersknee -f"
    for option in app.options:
        yield _fish_option("__fish_use_subcommand", option)
    for usage in commands:
        yield f"complete -c runnersknee -n __fish_use_subcommand -a {usage.name} -d {_quoted(usage.does)}"
        seen = _quoted(f"__fish_seen_subcommand_from {usage.name}")
        words = _words(usage)
        if words == "files":
            yield f"complete -c runnersknee -n {seen} -F"
        elif words in IDS:
            yield f"complete -c runnersknee -n {seen} -a {_quoted(f'(runnersknee completion {words} 2>/dev/null)')}"
        elif words:
            yield f"complete -c runnersknee -n {seen} -a {_quoted(words)}"
        for option in usage.options:
            yield _fish_option(seen, option)


def _fish_option(condition: str, option: Option) -> str:
    names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
    line = f"complete -c runnersknee -n {condition} {names} -d {_quoted(option.what)}"
    if not option.value:
        return line
    if option.values:
        return f"{line} -x -a {_quoted(' '.join(option.values))}"
    return f"{line} -r -F" if _is_file(option) else f"{line} -x"
