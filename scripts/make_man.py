"""The man page, made from the parsers: `python scripts/make_man.py` writes docs/runnersknee.1."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # runs from a checkout, installed or not

from runnersknee_tui.commands.grammar import Option, Usage, Word, usages

PAGE = Path(__file__).parents[1] / "docs" / "runnersknee.1"

_FILES = (
    ("~/.config/runnersknee_tui/config.toml", "your settings; never written by the program"),
    ("~/.config/runnersknee_tui/routines, exercises", "your own routines and exercises"),
    ("~/.local/share/runnersknee_tui/history", "what you have done, one file a session"),
    ("~/.local/share/runnersknee_tui/settings.toml", "settings that were changed in the app"),
)
_STATUS = (
    ("0", "done"),
    ("1", "something is wrong, and was said"),
    ("2", "bad usage, or a terminal that cannot show the app"),
    ("129, 143", "ended by SIGHUP, SIGTERM; a running session can be taken up again"),
)


def page() -> str:
    """The whole page in the man macros, without a date, so that the same commands make the same page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    app, *commands = usages()
    yield '.\\" Made by scripts/make_man.py; change the commands instead.'
    yield ".TH RUNNERSKNEE 1"
    yield ".SH NAME"
    yield "runnersknee \\- guided workouts for runner's knee in the terminal"
    yield ".SH SYNOPSIS"
    yield _synopsis(app)
    for usage in commands:
        yield ".br"
        yield _synopsis(usage)
    yield ".SH DESCRIPTION"
    yield "Alone it opens the app. The commands below do one thing each."
    yield "Sharp or growing pain means stop. This is no medical advice, and no substitute for somebody who has"
    yield "looked at your knee."
    yield ".SH COMMANDS"
    for usage in commands:
        yield from _command(usage)
    yield ".SH ENVIRONMENT"
    yield ".TP"
    yield "\\fBRUNNERSKNEE_\\fR\\fIKEY\\fR"
    yield "Any setting of config.toml, its key in capitals: RUNNERSKNEE_VOLUME=60. It stands before config.toml."
    yield ".TP"
    yield "\\fBNO_COLOR\\fR, \\fBTEXTUAL_ANIMATIONS\\fR, \\fBXDG_CONFIG_HOME\\fR, \\fBXDG_DATA_HOME\\fR"
    yield "are honoured."
    for title, rows in (("FILES", _FILES), ("EXIT STATUS", _STATUS)):
        yield f".SH {title}"
        for name, what in rows:
            yield ".TP"
            yield f"\\fB{_plain(name)}\\fR"
            yield _plain(what[0].upper() + what[1:] + ".")


def _synopsis(usage: Usage) -> str:
    parts = ["\\fBrunnersknee\\fR", *([f"\\fB{usage.name}\\fR"] if usage.name else [])]
    parts += [_word(word) for word in usage.words]
    if usage.options:
        parts.append("[\\fIoptions\\fR]")
    return " ".join(parts)


def _word(word: Word) -> str:
    sign = f"\\fI{word.sign}\\fR" + (" ..." if word.many else "")
    return sign if word.needed else f"[{sign}]"


def _command(usage: Usage) -> Iterator[str]:
    yield f".SS {usage.name}"
    yield _plain(usage.does[0].upper() + usage.does[1:] + ".")
    for word in usage.words:
        if word.what:
            yield ".TP"
            yield f"\\fI{word.sign}\\fR"
            yield _plain(word.what)
    for option in usage.options:
        yield ".TP"
        yield _option(option)
        yield _plain(option.what)


def _option(option: Option) -> str:
    names = ", ".join(f"\\fB{_plain(name)}\\fR" for name in option.names)
    return f"{names} \\fI{option.value}\\fR" if option.value else names


def _plain(text: str) -> str:
    """Text that troff takes for nothing else."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text[:1] in (".", "'") else text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
