"""The program as a process of its own, to be killed and traced: `python -m tests.faults.program SCENE FOLDER`.

It makes what the scene needs, says "ready", waits for a line on stdin, acts, and ends. What was told to be safe
stands in FOLDER/told.log, line by line, written without a buffer. An error that it met is its last line there.
"""

from __future__ import annotations

import json
import mmap
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from runnersknee_tui.commands import doctor_store
from runnersknee_tui.store.backup import back_up
from runnersknee_tui.store.checkpoint import Checkpoints
from runnersknee_tui.store.durable import SaveError
from runnersknee_tui.store.filesystem import RealFileSystem
from runnersknee_tui.store.history import History
from runnersknee_tui.store.paths import Paths
from tests.faults import scenarios
from tests.faults.places import home_paths
from tests.store.sessions import session
from tests.world import Hands, world

TOLD = "told.log"


def main(scene: str, folder: Path, *options: str) -> int:
    paths = Paths.under(folder / "person")
    log = os.open(folder / TOLD, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def tell(word: str) -> None:
        os.write(log, f"{json.dumps(word)}\n".encode())

    if scene in _OTHERS:
        return _OTHERS[scene](folder, tell, *(int(one) if one.isdigit() else one for one in options))
    # Once elsewhere first, so that whatever is imported on the way is imported.
    scenarios.run(scene, Paths.under(folder / "warm"), RealFileSystem(), list[str]().append)
    scenarios.before(scene, paths, tell)
    _ready()
    try:
        scenarios.SCENES[scene].act(paths, RealFileSystem(), tell)
    except SaveError as error:
        tell(f"error {error}")
        os._exit(1)
    os._exit(0)


def _many(folder: Path, tell: scenarios.Tell, first: int, count: int) -> int:
    """Save one session after another."""
    history = History(Paths.under(folder / "person"))
    history.save(session(first + count))
    _ready()
    for number in range(first, first + count):
        try:
            history.save(session(number))
        except SaveError as error:
            tell(f"error {error}")
        else:
            tell(f"saved {number}")
    return 0


def _full(folder: Path, tell: scenarios.Tell, spare: int) -> int:  # noqa: ARG001 - what is told here stays here
    """Save on a disk with room for `spare` blocks until it is full; make room; save again."""
    paths = Paths.under(folder / "person")
    history = History(paths)
    history.save(session(0))
    ballast = folder / "ballast"
    _fill(ballast, spare)
    words, said, number, retried = ["saved 0"], "", 1, True
    while not said and number < 60:
        try:
            history.save(session(number))
        except SaveError as error:
            said = str(error)
        else:
            words.append(f"saved {number}")
            number += 1
    found = scenarios.losses(paths, words)
    left = scenarios.leftovers(paths)
    ballast.unlink()
    if said:
        history.save(session(number))
        retried = history.has(session(number).id)
    answer = {
        "refused": bool(said),
        "said": said,
        "saved": number,
        "retried": retried,
        "lost": found.lost,
        "unreadable": found.unreadable,
        "leftovers": left,
    }
    sys.stdout.write(json.dumps(answer))
    return 0


def _fill(path: Path, spare: int) -> None:
    """A file that leaves `spare` blocks of the disk free."""
    info = os.statvfs(path.parent)
    with path.open("wb") as file:
        for _ in range(info.f_bfree - spare):
            file.write(b"x" * info.f_frsize)


def _vanish(folder: Path, tell: scenarios.Tell, armed: int) -> int:  # noqa: ARG001
    """Live a session on a disk that is taken away before its end."""
    hands = Hands()
    made = world(folder / "person", hands)
    live = made.begin(made.prepare(made.catalogue.routines["flare"]).plan)
    hands.turn(1)
    live.tick()
    live.checkpoint().result(30)
    os.chdir("/")
    if armed:
        subprocess.run(("umount", "-l", str(folder)), check=True)
    live.do(lambda now: live.session.finish(now, "quit"))
    assert live.saved is not None
    said = ""
    try:
        live.saved.result(30)
    except SaveError as error:
        said = str(error)
    below = [str(path) for path in folder.rglob("*")] if armed else []
    kept = live.record is not None and (armed or made.history.has(live.start.id))
    sys.stdout.write(json.dumps({"said": said, "below": below, "kept": bool(kept)}))
    sys.stdout.flush()
    os._exit(0)


def _holder(folder: Path, tell: scenarios.Tell) -> int:  # noqa: ARG001
    """Run a session while a child lives that knows nothing of it."""
    child = subprocess.Popen(("sleep", "600"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    sys.stdout.write(f"{child.pid}\n")
    active = Checkpoints(home_paths(folder)).begin(scenarios.RUNNING.id)
    active.save({"step": 1})
    _ready()
    active.finish()
    os._exit(0)


def _live(folder: Path, tell: scenarios.Tell, mark: str, seed: int, seconds: int) -> int:  # noqa: ARG001
    """Live a session by a clock that is written down before each tick; `seconds` 0: until killed."""
    hands = Hands()
    made = world(folder / "person", hands)
    chance = random.Random(seed)
    descriptor = os.open(mark, os.O_RDWR)
    place = mmap.mmap(descriptor, 8)
    live = made.begin(made.prepare(made.catalogue.routines["prehab"]).plan)
    live.tick()
    made.flush(30)
    _ready()
    lived = 0.0
    while (not seconds or lived < seconds) and live.record is None:
        step = chance.uniform(0.1, 1.0)
        lived += step
        hands.turn(step)
        place[:8] = round(lived * 1000).to_bytes(8, "little")
        live.tick()
        made.flush(30)  # a save takes no time on this clock
        time.sleep(0.0005)
    live.do(lambda now: live.session.finish(now, "quit"))
    assert live.saved is not None
    live.saved.result(30)
    return 0


def _edit_many(folder: Path, tell: scenarios.Tell, count: int) -> int:
    """Edit one session again and again, as several instances may."""
    history = History(Paths.under(folder))
    _ready()
    for _ in range(count):
        history.replace(session(1).id, lambda old: replace(old, note=f"{old.note}x"))
        tell("edited 1")
    return 0


def _back_up_daily(folder: Path, tell: scenarios.Tell, days: int) -> int:
    """A session and a backup each day, and older backups thinned."""
    paths = Paths.under(folder / "person")
    History(paths).save(session(0))
    _ready()
    for day in range(1, days + 1):
        History(paths).save(session(day))
        tell(f"saved {day}")
        back_up(paths, History(paths), scenarios.NOW.date() + timedelta(days=day))
        tell(f"backed up with {day}")
    return 0


def _repair_daily(folder: Path, tell: scenarios.Tell, days: int) -> int:
    """A session and a broken file each day, which the repairs of `doctor` put away after a backup."""
    world(folder / "warm", Hands())
    _ready()
    for day in range(days):
        made = world(folder / "person", Hands(scenarios.NOW + timedelta(days=day)))
        made.history.save(session(day))
        tell(f"saved {day}")
        (made.paths.history / f"broken-{day}.json").write_text(f"broken {day}")
        tell(f"broken {day}")
        for _ in (*doctor_store.quarantine(made), *doctor_store.migration(made)):
            pass
        tell(f"repaired {day}")
    return 0


def _ready() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


_OTHERS: dict[str, Callable[..., int]] = {
    "many": _many,
    "full": _full,
    "vanish": _vanish,
    "holder": _holder,
    "live": _live,
    "edit_many": _edit_many,
    "back_up_daily": _back_up_daily,
    "repair_daily": _repair_daily,
}


def play(words: Sequence[str]) -> int:
    """`SCENE FOLDER OPTIONS...`"""
    return main(words[0], Path(words[1]), *words[2:])


if __name__ == "__main__":
    sys.exit(play(sys.argv[1:]))
