"""The figures of a person and of the app, each read when it is first asked for, and what reads them as well."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runnersknee_tui.core.problem import Problem
    from runnersknee_tui.picture.skeleton import Figure


class FigureBook:
    """The figures of some folders, an earlier folder's before a later one's."""

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self.problems: dict[str, Problem] = {}
        self._figures: dict[str, Figure | None] = {}

    def get(self, figure_id: str) -> Figure | None:
        """The figure; None, and the reason in `problems`, where it is missing or broken."""
        if figure_id not in self._figures:
            from runnersknee_tui.picture.figure import FigureError, find_figure

            try:
                self._figures[figure_id] = find_figure(figure_id, self.folders)
            except FigureError as error:
                self._figures[figure_id] = None
                self.problems[figure_id] = error.problem
        return self._figures[figure_id]
