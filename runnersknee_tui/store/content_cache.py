"""The catalogue as it was last read, so that a command need not read forty files to answer.

A cache and nothing more: it is used only for the very files it was made from, and may be deleted at any time.
It is a pickle, which is read without trust: only the types of the catalogue can come out of it.
"""

from __future__ import annotations

import io
import pickle
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.problem import Problem
from runnersknee_tui.store.filesystem import FileSystem, read_file

LIMIT = 8 << 20
"""Bytes that the file may have."""

_CHECK = 4
_MODULES = ("runnersknee_tui.core.model", "runnersknee_tui.core.problem")

Content = tuple[Catalogue, tuple[Problem, ...]]


class ContentCache:
    """One file. Nothing about it is ever an error: what cannot be read is not there, what cannot be written is not kept."""

    def __init__(self, path: Path, fs: FileSystem) -> None:
        self._path, self._fs = path, fs

    def get(self, stamp: object) -> Content | None:
        """What was kept for this stamp, None where there is nothing that is whole and fits."""
        try:
            data = read_file(self._fs, self._path, LIMIT)
        except OSError:
            return None
        if zlib.crc32(data[_CHECK:]).to_bytes(_CHECK) != data[:_CHECK]:
            return None
        try:
            made_for, catalogue, problems = _Reader(io.BytesIO(data[_CHECK:])).load()
        except Exception:  # noqa: BLE001 - a pickle may fail in any way, and the files are still there to be read
            return None
        return (catalogue, problems) if made_for == stamp else None

    def put(self, stamp: object, catalogue: Catalogue, problems: tuple[Problem, ...]) -> None:
        """Keep this for the stamp, in the place of what was kept before."""
        from runnersknee_tui.store.durable import write_file

        data = pickle.dumps((stamp, catalogue, problems))
        with suppress(OSError):
            write_file(self._fs, self._path, zlib.crc32(data).to_bytes(_CHECK) + data)


class _Reader(pickle.Unpickler):
    """Makes the types of the catalogue, and of nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if module not in _MODULES or "." in name:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a catalogue")
        return super().find_class(module, name)
