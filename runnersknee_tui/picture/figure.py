"""Figures: skeletons in centimetres, read from TOML when they are first asked for."""

from __future__ import annotations

from pathlib import Path


class Figure:
    """One movement of one body."""


class FigureBook:
    """The figures of a folder, each loaded at its first use."""

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self.problems: dict[str, str] = {}

    def get(self, figure_id: str) -> Figure | None:
        """The figure, or None with the reason in `problems` where it is missing or broken."""
        self.problems.setdefault(figure_id, f"no figure {figure_id}")
        return None
