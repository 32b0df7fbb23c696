"""How a command ends other than well. Apart, so that opening the app waits for nothing else of the command line."""

from __future__ import annotations

EXIT_WRONG = 1
EXIT_USAGE = 2
INTERRUPTED = 130


class UsageError(Exception):
    """What was typed cannot be done. The message is one line and says what would be right."""
