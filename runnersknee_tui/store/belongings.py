"""The TOML files of one person, as exports and backups carry them: settings and what was written by hand."""

from __future__ import annotations

from runnersknee_tui.core.toml_text import LIMIT
from runnersknee_tui.store.durable import reason
from runnersknee_tui.store.filesystem import FileSystem, read_file
from runnersknee_tui.store.merge import Note, toml_files
from runnersknee_tui.store.paths import Paths


def read_belongings(paths: Paths, fs: FileSystem) -> tuple[dict[str, bytes], tuple[Note, ...]]:
    """Bytes by name ("settings.toml", "routines/lunch.toml"), and what could not be read."""
    places = dict(toml_files(paths))
    for folder in (paths.exercises, paths.routines):
        try:
            names = fs.names(folder)
        except OSError:
            continue
        places |= {
            f"{folder.name}/{name}": folder / name
            for name in sorted(names)
            if name.endswith(".toml") and not name.startswith(".")
        }
    found, left_out = {}, []
    for name, path in places.items():
        try:
            found[name] = read_file(fs, path, LIMIT)
        except FileNotFoundError:
            continue
        except OSError as error:
            left_out.append(Note(name, reason(error)))
    return found, tuple(left_out)
