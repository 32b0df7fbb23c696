"""The program as a process of its own, to be killed and traced: `python -m tests.faults.program SCENE FOLDER`.

It makes what the scene needs, says "ready", waits for a line on stdin, acts, and ends. What was told to be safe
stands in FOLDER/told.log, line by line, written without a buffer. An error that it met is its last line there.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from runnersknee_tui.store.durable import SaveError
from runnersknee_tui.store.filesystem import RealFileSystem
from runnersknee_tui.store.history import History
from runnersknee_tui.store.paths import Paths
from tests.faults import scenarios
from tests.store.sessions import session

TOLD = "told.log"


def main(scene: str, folder: Path, *options: str) -> int:
    paths = Paths.under(folder / "person")
    log = os.open(folder / TOLD, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def tell(word: str) -> None:
        os.write(log, f"{json.dumps(word)}\n".encode())

    if scene == "many":
        return _many(paths, tell, *map(int, options))
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


def _many(paths: Paths, tell: scenarios.Tell, first: int, count: int) -> int:
    """Save one session after another."""
    history = History(paths)
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


def _ready() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:]))
