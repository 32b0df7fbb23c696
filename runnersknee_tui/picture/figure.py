"""Figures are data: one TOML file each, checked word by word, read when they are first asked for.

docs/figures.md has the format. A file with an unknown key, a missing joint or a wrong number is refused with a problem
that names the file and the key; a session then runs on without that picture.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from runnersknee_tui.core.model import Side
from runnersknee_tui.core.problem import Problem
from runnersknee_tui.core.words import clean
from runnersknee_tui.picture.kit import KITS
from runnersknee_tui.picture.parts import GROUPS, PARTS
from runnersknee_tui.picture.skeleton import JOINTS, OPTIONAL, ORDER, PINNABLE, Figure, Kit, Place

__all__ = ["Figure", "FigureError", "find_figure", "load_figures", "parse_figure"]

_KEYS = {
    "title", "view", "near", "accent", "swell", "arrow", "pinned", "root", "thick", "order", "kit", "swap",
    "front", "inset", "floor", "foreshortened", "start", "end",
}  # fmt: skip


class FigureError(ValueError):
    """A figure file that cannot be used; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def find_figure(figure_id: str, folders: Iterable[Path]) -> Figure:
    """The figure of this id from the first folder that has one. Raises FigureError."""
    for folder in folders:
        path = folder / f"{figure_id}.toml"
        if path.is_file() and path.parent == folder:
            return load_figure(path)
    raise FigureError(Problem(clean(f"{figure_id}.toml"), None, "", "there is no figure file of this name"))


def load_figures(folder: Path) -> Mapping[str, Figure]:
    """All figures of a folder by id. Raises FigureError at the first file that cannot be used."""
    return {path.stem: load_figure(path) for path in sorted(folder.glob("*.toml"))}


def load_figure(path: Path) -> Figure:
    """One figure; its file's name is its id. Raises FigureError."""
    file = clean(path.name)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FigureError(Problem(file, None, "", f"cannot be read: {error.strerror}")) from error
    except UnicodeDecodeError as error:
        raise FigureError(Problem(file, None, "", "this is not UTF-8 text")) from error
    return parse_figure(text, path.stem, file)


def parse_figure(text: str, figure_id: str, file: str) -> Figure:
    """A figure from the text of its file; `file` as messages name it. Raises FigureError."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        from runnersknee_tui.core.toml_errors import explain

        raise FigureError(explain(str(error), text, file)) from error
    reader = _Reader(file, table)
    reader.only(table, _KEYS, "")
    start = reader.pose("start", {})
    end = reader.pose("end", start)
    faces = (start.pop("face", (0.0, 1.0)), end.pop("face", (0.0, 1.0)))
    return Figure(
        id=figure_id,
        title=clean(reader.text("title")),
        view=reader.box("view", 10),
        near=Side(reader.choice("near", ("left", "right"), "right")),
        start=start,
        end=end,
        face=faces,
        accent=reader.names("accent", PARTS),
        swell=reader.swell(),
        arrow=reader.arrow(),
        pinned=reader.names("pinned", PINNABLE),
        root=reader.choice("root", ("hip", "shoulder"), "hip"),
        thick=reader.number("thick", 1.0, 0.5, 2.0),
        order=reader.order(),
        kit=reader.kit(),
        swap=reader.flag("swap", False),
        front=reader.text("front") if "front" in table else None,
        inset=reader.box("inset", 5) if "inset" in table else None,
        floor=reader.flag("floor", True),
        foreshortened=reader.flag("foreshortened", False),
    )


class _Reader:
    """Reads values of a table, or refuses them with the key's path."""

    def __init__(self, file: str, table: Mapping[str, Any]) -> None:
        self.file, self.table = file, table

    def fail(self, key: str, message: str) -> FigureError:
        return FigureError(Problem(self.file, None, clean(key), message))

    def only(self, table: Mapping[str, Any], known: set[str], path: str) -> None:
        for key in table:
            if key not in known:
                raise self.fail(path + key, f"unknown key; known are {', '.join(sorted(known))}")

    def text(self, key: str) -> str:
        value = self.table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(key, "expected some text in quotes")
        return value

    def choice(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.table.get(key, default)
        if value not in allowed:
            raise self.fail(key, f"expected one of {', '.join(allowed)}")
        return str(value)

    def flag(self, key: str, default: bool) -> bool:
        value = self.table.get(key, default)
        if not isinstance(value, bool):
            raise self.fail(key, "expected true or false")
        return value

    def number(self, key: str, default: float, lo: float, hi: float) -> float:
        value = self.table.get(key, default)
        if not _is_number(value) or not lo <= value <= hi:
            raise self.fail(key, f"expected a number from {lo:g} to {hi:g}")
        return float(value)

    def names(self, key: str, known: Mapping[str, Any]) -> tuple[str, ...]:
        values = self.table.get(key, [])
        if not isinstance(values, list) or any(value not in known for value in values):
            raise self.fail(key, f"expected a list of {', '.join(known)}")
        return tuple(values)

    def numbers(self, value: object, count: int | None, key: str) -> tuple[float, ...]:
        if not isinstance(value, list) or not all(map(_is_number, value)) or count not in (None, len(value)):
            many = "numbers" if count is None else f"{count} numbers"
            raise self.fail(key, f"expected a list of {many}, each from -500 to 500")
        return tuple(float(number) for number in value)

    def box(self, key: str, least: float) -> tuple[float, float, float, float]:
        left, bottom, right, top = self.numbers(self.table.get(key), 4, key)
        if right - left < least or top - bottom < least:
            raise self.fail(key, f"expected left, bottom, right, top, at least {least:g} cm wide and high")
        return (left, bottom, right, top)

    def arrow(self) -> tuple[float, float, float, float] | None:
        if "arrow" not in self.table:
            return None
        x1, y1, x2, y2 = self.numbers(self.table["arrow"], 4, "arrow")
        return (x1, y1, x2, y2)

    def swell(self) -> Mapping[str, float]:
        table = self.table.get("swell", {})
        if not isinstance(table, dict):
            raise self.fail("swell", "expected a table of parts")
        for part, value in table.items():
            if part not in PARTS or not _is_number(value) or not 0.5 <= value <= 2:
                raise self.fail(f"swell.{part}", "expected a part of the body and a number from 0.5 to 2")
        return {part: float(value) for part, value in table.items()}

    def order(self) -> tuple[str, ...]:
        values = self.table.get("order", list(ORDER))
        if not isinstance(values, list) or sorted(values, key=str) != sorted(GROUPS):
            raise self.fail("order", f"expected each of {', '.join(GROUPS)} once, back to front")
        return tuple(values)

    def kit(self) -> tuple[Kit, ...]:
        entries = self.table.get("kit", [])
        if not isinstance(entries, list):
            raise self.fail("kit", "expected [[kit]] tables")
        return tuple(self._one_kit(entry, f"kit[{i}].") for i, entry in enumerate(entries, 1))

    def _one_kit(self, entry: object, path: str) -> Kit:
        if not isinstance(entry, dict):
            raise self.fail(path[:-1], "expected a [[kit]] table")
        self.only(entry, {"kind", "at", "joints"}, path)
        kind = entry.get("kind")
        if kind not in KITS:
            raise self.fail(path + "kind", f"expected one of {', '.join(KITS)}")
        count, joint_count = KITS[kind].numbers, KITS[kind].joints
        numbers = self.numbers(entry.get("at", []), count, path + "at")
        joints = entry.get("joints", [])
        known = (*JOINTS, *OPTIONAL)
        if not isinstance(joints, list) or len(joints) != joint_count or any(j not in known for j in joints):
            raise self.fail(path + "joints", f"expected a list of {joint_count} joints")
        return Kit(kind, numbers, tuple(joints))

    def pose(self, key: str, base: Mapping[str, Place]) -> dict[str, Place]:
        """A pose on top of another: the end pose names only what has moved."""
        table = self.table.get(key)
        if not isinstance(table, dict):
            raise self.fail(key, "expected a table of joints")
        self.only(table, {*JOINTS, *OPTIONAL, "face"}, f"{key}.")
        pose = dict(base)
        for joint, value in table.items():
            x, y = self.numbers(value, 2, f"{key}.{joint}")
            pose[joint] = (x, y)
        for joint in JOINTS:
            if joint not in pose:
                raise self.fail(f"{key}.{joint}", "this joint is missing")
        return pose


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -500 <= value <= 500
