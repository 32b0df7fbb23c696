"""Short ways to write heads of sessions."""

from __future__ import annotations

from datetime import date, timedelta

from runnersknee_tui.core.heads import About, Head
from runnersknee_tui.core.record import Knees

MONDAY = date(2026, 6, 1)
_ABOUT = About("today", "finished", "app", rehearsal=False, confirmed=True, signs=False, stopped=False)


def on(at: int) -> date:
    """The day so many days after a Monday."""
    return MONDAY + timedelta(days=at)


def head(at: int, *, pain: int | None = None, right: int | None = None, **changes: object) -> Head:
    """A session of ten minutes, all done, so many days after a Monday."""
    about = {key: changes.pop(key) for key in list(changes) if key in About._fields}
    plain = Head(f"{at:016x}", on(at), 600.0, 1.0, _ABOUT, Knees(), Knees(pain, right), Knees())
    return plain._replace(about=_ABOUT._replace(**about), **changes)  # type: ignore[arg-type]
