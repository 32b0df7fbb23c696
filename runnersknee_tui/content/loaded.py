"""What came of reading the files. Apart from the loader, so that a cached answer needs none of it."""

from __future__ import annotations

from msgspec import Struct

from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.problem import Problem


class Loaded(Struct, frozen=True):
    """What could be loaded, and what could not."""

    catalogue: Catalogue
    problems: tuple[Problem, ...]
