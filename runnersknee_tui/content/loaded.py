"""What came of reading the files. Apart from the loader, so that a cached answer needs none of it."""

from __future__ import annotations

from dataclasses import dataclass

from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.problem import Problem


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be loaded, and what could not."""

    catalogue: Catalogue
    problems: tuple[Problem, ...]
