"""A person in front of one of the app's screens: what is to be read there, and waiting without sleeping."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from msgspec import Struct
from textual.pilot import Pilot

from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.core.recording import Start, build_record, checkpoint
from runnersknee_tui.core.session import Session
from runnersknee_tui.store.checkpoint import Orphan
from runnersknee_tui.tui.app import Opening, RunnersKneeApp
from runnersknee_tui.workspace import Workspace
from tests.world import MORNING

HOSTILE = (
    "[",
    "[/]",
    "[bold red]x[/bold red]",
    "[@click=app.quit]x[/]",
    "\\[x] \\\\[",
    "$text [$primary]",
    "\u202eevil\u202c",
)
"""Words that markup or a terminal would take for something else."""

TRIES = 300


class Visit(Struct):
    """The running app and its screen."""

    app: RunnersKneeApp
    pilot: Pilot[int]

    def text(self) -> str:
        """Everything that can be read, line by line."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in lines)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for a worker or a repaint; the test fails where it never comes."""
        for _ in range(TRIES):
            if condition():
                return
            await self.pilot.pause()
        raise AssertionError(f"it never came to that:\n{self.text()}")

    async def reads(self, *words: str) -> None:
        """Wait until all these words can be read."""
        await self.until(lambda: all(word in self.text() for word in words))

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def is_on(self, screen: str) -> bool:
        """Whether the screen with this class name is on top."""
        return type(self.app.screen).__name__ == screen


@asynccontextmanager
async def visit(
    made: Workspace, opening: Opening | None = None, *, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Visit]:
    """The app on this workspace, at Home or what it opens with."""
    app = RunnersKneeApp(made, opening)
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        yield Visit(app, pilot)


def lived(
    made: Workspace, day: int, *, routine: str = "prehab", seconds: float | None = None
) -> SessionRecord:
    """A session of `day` days after the clock's morning; one of so many `seconds` was ended early."""
    started = MORNING + timedelta(days=day)
    plan = made.prepare(made.catalogue.routines[routine]).plan
    session = Session(plan, 0.0)
    session.advance(plan.seconds + 1 if seconds is None else seconds)
    start = Start(f"{day + 5000:016x}", "0.1.0", started, "Europe/Berlin", started.date())
    if seconds is not None:
        session.finish(seconds, "quit")
    return build_record(session, start)


def broken_off(made: Workspace, *, routine: str = "starter", seconds: float = 300.0) -> Orphan:
    """Leave a session behind as a crash would."""
    began = MORNING - timedelta(hours=12)
    start = Start("00000000000000aa", "0.1.0", began, None, began.date())
    session = Session(made.prepare(made.catalogue.routines[routine]).plan, 0.0)
    session.advance(seconds)
    active = made.checkpoints.begin(start.id)
    active.save(checkpoint(session, start))
    active.abandon()
    (orphan,) = made.checkpoints.orphans()
    return orphan
