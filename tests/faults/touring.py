"""A walk through the screens of the app, full of hostile words.

`python -m tests.faults.touring FOLDER FIRST COUNT NTH`: COUNT words from FIRST on are written into every file first;
with COUNT 0 the words are plain. NTH is 1 for every screen, 2 for every second one.
"""

from __future__ import annotations

import asyncio
import inspect
import sys
from pathlib import Path

from textual import work

from runnersknee_tui.tui.app import RunnersKneeApp
from tests.faults.hostile import one_line
from tests.faults.hostile_world import SCREENS, Hostile, hostile_world

KEYS = ("pagedown", "end")
TOUR = "tour"
DRAWN_S = 0.03
"""Two frames."""


class Touring(RunnersKneeApp):
    """Opens one screen after the other, goes down it, and leaves it."""

    CSS_PATH = str(Path(inspect.getfile(RunnersKneeApp)).parent / RunnersKneeApp.CSS_PATH)

    def __init__(self, hostile: Hostile, nth: int) -> None:
        super().__init__(hostile.made)
        self._hostile = hostile
        self._nth = nth

    def on_mount(self) -> None:
        super().on_mount()
        self.animation_level = "none"
        self.tour()

    @work(name=TOUR)
    async def tour(self) -> None:
        await self._drawn()
        home = len(self.screen_stack)
        for open_it in tuple(SCREENS.values())[:: self._nth]:
            open_it(self, self._hostile)
            await self._drawn()
            for key in KEYS:
                self.simulate_key(key)
                await self._drawn()
            self.clear_notifications()
            while len(self.screen_stack) > home:
                await self.pop_screen()
        self.exit(0)

    async def _drawn(self) -> None:
        """Until nothing is being read any more, and it is on the wire."""
        for _ in range(20):
            await asyncio.sleep(DRAWN_S)
            if all(worker.is_finished for worker in self.workers if worker.name != TOUR):
                break


def main(folder: str, first: str, count: str, nth: str) -> int:
    begin, many = int(first), int(count)
    words = one_line()[begin : begin + many] if many else ("plain words",)
    app = Touring(hostile_world(Path(folder), words, first=begin), int(nth))
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
