"""The problems of one file, with the lines of the keys they are about."""

from __future__ import annotations

from typing import Literal

from runnersknee_tui.core.problem import Problem
from runnersknee_tui.core.toml_lines import Lines, Path
from runnersknee_tui.core.words import clean

MOST_PROBLEMS = 20


def key_path(path: Path) -> str:
    """("doses", 1, "reps") as people write it: "doses[2].reps"."""
    words = ""
    for part in path:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{clean(part)}"
    return words.removeprefix(".")


class Notebook:
    """The problems of one file."""

    def __init__(self, file: str, data: bytes) -> None:
        self.file = file
        self._data = data
        self._lines: Lines | None = None
        self._problems: list[Problem] = []

    @property
    def failed(self) -> bool:
        return any(problem.severity == "error" for problem in self._problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """In the order of their lines, at most twenty and a word about the rest."""
        ordered = sorted(self._problems, key=lambda problem: problem.line or 0)
        if len(ordered) > MOST_PROBLEMS:
            more = len(ordered) - MOST_PROBLEMS
            ordered[MOST_PROBLEMS:] = [Problem(self.file, None, "", f"and {more} more problems")]
        return tuple(ordered)

    def line(self, path: Path) -> int | None:
        """The line of a key, where it is known."""
        if self._lines is None:  # only a wrong file pays for the search
            self._lines = Lines(self._data.decode("utf-8-sig"))
        return self._lines.find(path)

    def note(self, path: Path, message: str, severity: Literal["error", "note"] = "error") -> None:
        self._problems.append(Problem(self.file, self.line(path), key_path(path), message, severity))
