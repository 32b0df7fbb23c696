"""What a look at one thing brought to light; its own module, so that each room of `doctor` stands alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from runnersknee_tui.core.problem import Problem
from runnersknee_tui.workspace import Workspace

GOOD, ODD, BAD = "ok", "--", "!!"
"""Marks of a finding; `BAD` makes the exit status 1."""


class Finding(NamedTuple):
    """What was looked at, what was found there, and what mends it where it is not well."""

    mark: str
    what: str
    found: str
    mend: str = ""


Section = Callable[[Workspace], Iterator[Finding]]


def of_problem(problem: Problem, mend: str = "") -> Finding:
    """A problem of a file, with its place."""
    return Finding(BAD if problem.severity == "error" else ODD, "problem", str(problem), mend)
