"""What is wrong with a file, in words for the person who wrote it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Problem(Struct, frozen=True):
    """One thing to mend. `file` is shown as it is, so it has been through `words.clean`.

    `line` counts from 1 and is None where it is not known for certain. `key` is the path of the key, such as
    "doses[2].reps" (list entries count from 1), or empty. `message` says what was expected, what was found
    and what mends it, on at most three lines. A "note" is worth knowing and stops nothing.
    """

    file: str
    line: int | None
    key: str
    message: str
    severity: Literal["error", "note"] = "error"

    def __str__(self) -> str:
        """FILE:LINE: KEY: MESSAGE, at most three lines."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        text = ": ".join(part for part in (place, self.key, self.message) if part)
        return "\n".join(text.splitlines()[:3])
