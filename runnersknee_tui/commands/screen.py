"""Opening the app, once it is sure that this terminal can show it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from runnersknee_tui.commands.exits import UsageError
from runnersknee_tui.tui.served import PARENT

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import Opening
    from runnersknee_tui.workspace import Workspace

HUNG_UP = 129
"""The exit status after SIGHUP: the window is gone."""

SAMPLE = "█½…"
"""Characters that every screen shows."""


def refusal(env: Mapping[str, str], *, reads_keys: bool, draws: bool, encoding: str) -> str:
    """Why the app cannot be shown here, in one line; empty where it can.

    `reads_keys` and `draws` say whether the streams that the app reads and draws on are terminals.
    """
    if not reads_keys:
        return "the app needs a terminal to read keys from, and standard input is none"
    if not draws:
        return "the app needs a terminal to draw on, and there is none here"
    if env.get("TERM", "").lower() == "dumb":
        return "this terminal says that it is dumb (TERM=dumb), and the app needs one that can draw"
    try:
        SAMPLE.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return (
            f"this terminal's encoding is {encoding}, and the app needs UTF-8 (see PYTHONIOENCODING and LANG)"
        )
    return ""


def require_screen(env: Mapping[str, str], instead: str) -> None:
    """Raises UsageError where the app cannot be shown; `instead` is the command that needs no screen."""
    if PARENT in env:
        return  # shown in a browser
    stream = sys.__stdout__ if sys.platform == "win32" else sys.__stderr__  # where Textual draws
    why = refusal(
        env,
        reads_keys=_is_terminal(0),
        draws=stream is not None and _is_terminal(1 if sys.platform == "win32" else 2),
        encoding=(stream.encoding if stream is not None else None) or "ascii",
    )
    if why:
        raise UsageError(f"{why}. Without a screen: {instead}")


def _is_terminal(descriptor: int) -> bool:
    try:
        return os.isatty(descriptor)
    except OSError:
        return False


def open_app(workspace: Workspace, opening: Opening | None = None) -> int:
    """Show the app until its user leaves it; returns the exit status."""
    from runnersknee_tui.tui.app import RunnersKneeApp

    gc.freeze()  # what has been imported stays: no collection need look at it again
    gc.enable()
    app = RunnersKneeApp(workspace, opening)
    app.guard.catch_signals()
    status = app.run()
    status = app.return_code or status or 0
    if status == HUNG_UP:
        _forget_terminal()
    return status


def _forget_terminal() -> None:
    """What nobody can read any more must not make the interpreter end with a status of its own (120)."""
    with suppress(OSError):
        null = os.open(os.devnull, os.O_WRONLY)
        for descriptor in (1, 2):
            os.dup2(null, descriptor)
        os.close(null)
