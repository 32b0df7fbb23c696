"""A runner's home directory to measure in: settings answered, routines that last, as many sessions as asked for."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bench.fold import records
from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.content.loader import load_catalogue
from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.record_json import checksum
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.session_json import layout

ROOT = Path(__file__).resolve().parent.parent
APP = (sys.executable, "-m", "runnersknee_tui")
YARDSTICKS = ROOT / "bench" / "yardsticks"
MINIMAL = (sys.executable, str(YARDSTICKS / "minimal.py"))
REALISTIC = (sys.executable, str(YARDSTICKS / "realistic.py"))

TEMPLATES = 200
"""So many different sessions are repeated over the years."""
SPACING = timedelta(days=1, hours=6)
LONGEST = timedelta(days=50 * 365)

ROUTINES = {
    "moving": 'title = "Moving"\n[[exercises]]\nid = "step-up"\nsets = 2\nreps = 60\nsides = "left"\nrest_s = 300\n',
    "holding": 'title = "Holding"\n[[exercises]]\nid = "plank"\nsets = 2\nhold_s = 300\nrest_s = 300\n',
    "fresh": 'title = "Fresh"\n[[exercises]]\nid = "plank"\nsets = 1\nhold_s = 10\nrest_s = 30\n'
    '[[exercises]]\nid = "step-up"\nsets = 1\nreps = 5\n',
}
"""A set that moves all the time, a hold, and rests, each long enough for any window; and one rest of an ordinary
length, in which the figure that comes next is drawn ahead."""


@cache
def catalogue() -> Catalogue:
    return load_catalogue(assets_dir()).catalogue


def home(folder: Path, sessions: int = 0) -> dict[str, str]:
    """Fill an empty folder. Returns the environment in which programs find it."""
    places = {name: folder / name.lower() for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    config, data = (places[name] / "runnersknee_tui" for name in ("CONFIG", "DATA"))
    (config / "routines").mkdir(parents=True)
    for name, text in ROUTINES.items():
        (config / "routines" / f"{name}.toml").write_text(text, encoding="utf-8")
    data.mkdir(parents=True)
    today = datetime.now().astimezone().date()
    (data / "settings.toml").write_text(
        f"first_run_done = true\nsigns_asked_on = {today}\nfirst_get_ready_s = 3\n", encoding="utf-8"
    )
    if sessions:
        _fill(data / "history", sessions)
    variables = {f"XDG_{name}_HOME": str(path) for name, path in places.items()}
    return {**variables, "HOME": str(folder), "PYTHONPATH": str(ROOT)}


def paths_in(folder: Path) -> Paths:
    """The app's own directories in such a folder."""
    return Paths(*(folder / name / "runnersknee_tui" for name in ("config", "data", "cache", "state")))


def _fill(folder: Path, count: int) -> None:
    """Sessions up to yesterday, as the store would have written them, but without waiting for the disk."""
    folder.mkdir()
    templates = [json.loads(text) for text in records(min(count, TEMPLATES), catalogue())]
    spacing = min(SPACING, LONGEST / count)
    newest = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    for number in range(count):
        began = newest - (count - 1 - number) * spacing
        plain = dict(templates[number % len(templates)])
        plain.update(
            id=f"{number:016x}",
            started_at=began.isoformat(timespec="seconds"),
            ended_at=(began + timedelta(minutes=21)).isoformat(timespec="seconds"),
            local_date=began.date().isoformat(),
            tz="UTC",
        )
        plain["crc32"] = checksum(plain)
        (folder / f"{began:%Y%m%dT%H%M%SZ}-{plain['id']}.json").write_bytes(layout(plain))
