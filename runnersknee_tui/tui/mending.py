"""Changes of the history from a screen: made in the saver's thread, heard of on the app's loop."""

from __future__ import annotations

import errno
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from runnersknee_tui.core.words import clean
from runnersknee_tui.store.durable import SaveError
from runnersknee_tui.tui import phrases

if TYPE_CHECKING:
    from runnersknee_tui.core.record import SessionRecord
    from runnersknee_tui.tui.app import RunnersKneeApp

T = TypeVar("T")


def change(
    app: RunnersKneeApp,
    make: Callable[[], T],
    then: Callable[[T], object],
    failed: Callable[[], object] | None = None,
) -> None:
    """Make a change soon, and go on with what came of it. One that fails is told like any save that does."""
    workspace = app.workspace

    def made() -> T:
        try:
            return make()
        except (KeyError, LookupError) as error:
            raise SaveError(workspace.paths.history, "the session is gone", errno.ENOENT) from error

    def done(future: Future[T]) -> None:
        if future.exception() is None:
            app.call_later(then, future.result())
        elif failed is not None:
            app.call_later(failed)

    workspace.saver.submit(made).add_done_callback(done)


def delete(app: RunnersKneeApp, record: SessionRecord, then: Callable[[], object]) -> None:
    """Move a session to the trash and say how it comes back."""
    workspace = app.workspace
    now = workspace.clock.wall()

    def said(_: None) -> None:
        words = f"Deleted: {clean(record.routine_title)}, {phrases.short_day(record.local_date)}. In the history u brings it back."
        app.notify(words, markup=False)
        then()

    change(app, lambda: workspace.history.delete(record.id, now), said)
