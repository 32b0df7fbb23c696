"""Running with a sore knee: one sentence, with its source, at the moment it matters.

The lines are those of the source: up to 2/10 while running, back to where it was within 60 minutes, no higher
the next morning; shorter and more often, slower, and downhill and stairs left out at first.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from runnersknee_tui.core.assessment import EVIDENCE, PainLine

SOURCE = "patellofemoral.trekeducation.org/runners"
FLARE = 2
"""Points above the start at which a morning after is more than noise (Farrar 2001, Piva 2009)."""


class Moment(StrEnum):
    """When there is something to say about running."""

    CHECK_IN = "check-in"  # the morning after and the run since were just answered
    PRERUN = "prerun"  # a run is about to begin
    DONE = "done"  # a session has just ended
    HOME = "home"  # nothing is being done


class Advice(Struct, frozen=True):
    """One sentence under 140 characters, and where it comes from."""

    sentence: str
    source: str = SOURCE

    @property
    def text(self) -> str:
        return f"{self.sentence} ({self.source})"


def running_advice(
    moment: Moment,
    *,
    knee: int | None = None,
    rise: int | None = None,
    ran: str | None = None,
    line: PainLine = EVIDENCE,
) -> Advice | None:
    """What to say about running now; None where nothing speaks against it, or nobody answered.

    `knee` is the worse knee's pain (0-10): now before a pre-run, the worst of the session when it is done.
    `rise` is how many points the morning after stood above the start, `ran` one of record.RAN.
    """
    if moment is Moment.CHECK_IN:
        return _after_a_run(rise, ran)
    if moment is Moment.HOME:
        return _after_a_flare(rise)
    if knee is None or knee <= line.green:
        return None
    if moment is Moment.PRERUN:
        return Advice(
            f"The knee was at {knee}/10 today: run only while it stays at 2/10 or less, "
            "and see that it is back to normal within 60 minutes."
        )
    return Advice(
        f"Pain reached {knee}/10: run only where it stays at 2/10 or less, settles within 60 minutes "
        "and is no higher next morning."
    )


def _after_a_run(rise: int | None, ran: str | None) -> Advice | None:
    if ran != "hard" or rise is None or rise <= 0:
        return None
    return Advice(
        "Your knee was higher the morning after, and you ran hard: make the next run shorter and slower, "
        "without downhill."
    )


def _after_a_flare(rise: int | None) -> Advice | None:
    if rise is None or rise < FLARE:
        return None
    return Advice(
        f"The last morning after was {rise} points higher: run shorter, slower and more often, "
        "and avoid downhill and stairs at first."
    )
