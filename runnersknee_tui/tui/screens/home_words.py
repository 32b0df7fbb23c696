"""What Home says. Apart from the screen, so that the screen is painted before any of this is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Self

from msgspec import Struct
from textual.content import Content
from textual.widgets.option_list import Option

from runnersknee_tui.coach import TODAY, Coach
from runnersknee_tui.core.agenda import Today
from runnersknee_tui.core.exercise_text import kit_words
from runnersknee_tui.core.fit import Fitted
from runnersknee_tui.core.model import Routine
from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.core.routine_text import item_words
from runnersknee_tui.core.timeline import Item
from runnersknee_tui.store.checkpoint import Orphan
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.screens import today_words
from runnersknee_tui.tui.troubles import troubles
from runnersknee_tui.tui.widgets.rows import Row, Stack, heading
from runnersknee_tui.tui.words import MUTED, joined, plain
from runnersknee_tui.workspace import PRERUN, Prepared, Workspace

FEW = 8
"""So many sessions are looked through for one in which anything was done."""
FIRST = TODAY
"""What is offered first."""


class Offer(Struct, frozen=True):
    """A routine as it would begin now: what its plan holds and how long it takes. The plan itself is not kept."""

    routine: Routine
    items: tuple[Item, ...]
    seconds: float
    left_out: tuple[str, ...]

    @classmethod
    def of(cls, routine: Routine, fitted: Fitted) -> Self:
        """What is worth knowing of a routine that was made to fit."""
        return cls(routine, fitted.items, fitted.seconds, fitted.left_out)

    @property
    def minutes(self) -> str:
        return phrases.minutes(self.seconds)


class Facts(Struct, frozen=True):
    """Everything Home shows."""

    offers: Mapping[str, Offer]
    today: Today
    session: Prepared | None  # what the programme has for today
    morning_after: (
        str  # the day of the session whose morning after is not told yet; empty where there is none
    )
    last: SessionRecord | None
    orphans: tuple[Orphan, ...]
    elsewhere: bool  # a session runs in another terminal
    problems: int  # errors that the problems screen would list


def gather(workspace: Workspace) -> Facts:
    """Read what Home shows. Takes its time: for a thread beside the screen."""
    newest = next((record for record in workspace.history.newest(FEW) if record.exercises), None)
    routines = workspace.catalogue.routines.values()
    coach = Coach(workspace)
    day = coach.today()
    waiting = coach.questions().morning_after
    asked = workspace.history.load(waiting[0]).local_date if waiting else None
    return Facts(
        offers={routine.id: Offer.of(routine, workspace.fitted(routine)) for routine in routines},
        today=day,
        session=coach.session(day),
        morning_after=phrases.day(asked, coach.day) if asked else "",
        last=newest,
        orphans=workspace.checkpoints.orphans(),
        elsewhere=workspace.checkpoints.running_elsewhere(),
        problems=sum(problem.severity == "error" for problem in troubles(workspace)),
    )


def choices(facts: Facts) -> Iterator[Option]:
    """Today and the pre-run, then every other routine."""
    yield today_words.choice(facts.today, facts.session, TODAY)
    if PRERUN in facts.offers:
        yield _choice(facts.offers[PRERUN])
    yield heading("")
    yield heading("All routines")
    yield from (_choice(offer) for id_, offer in facts.offers.items() if id_ != PRERUN)


def morning_words(day: str) -> Content:
    """The notice of a morning after that is not told yet."""
    return joined(("m", "bold"), f"  How was the knee the morning after {day}?")


def _choice(offer: Offer) -> Option:
    key = ("p ", "bold $primary") if offer.routine.id == PRERUN else "  "
    return Option(Row(joined(key, offer.routine.title), plain(offer.minutes, MUTED)), id=offer.routine.id)


def card(offer: Offer) -> Stack:
    """A routine in detail."""
    needs = kit_words(list(dict.fromkeys(name for item in offer.items for name in item.form.equipment)))
    facts = phrases.DOT.join((offer.minutes, phrases.count(len(offer.items), "exercise")))
    return Stack(
        (
            plain(offer.routine.title, "bold"),
            plain(facts, MUTED),
            Content(""),
            plain(offer.routine.purpose),
            Content(""),
            *(Row(plain(item.name), plain(item_words(item), MUTED)) for item in offer.items),
            *_left_out(offer.left_out),
            Content(""),
            joined(("Kit  ", MUTED), needs),
        )
    )


def _left_out(sentences: Iterable[str]) -> Iterator[Content]:
    lines = [plain(sentence, "$text-warning") for sentence in sentences]
    if lines:
        yield Content("")
        yield from lines


def last_words(last: SessionRecord | None, today: date) -> Content:
    """One line about the newest session."""
    if last is None:
        return plain("No session yet. The first one is short, and every step is shown and counted.", MUTED)
    parts = [
        f"Last session {phrases.day(last.local_date, today)}: {last.routine_title}",
        phrases.length(last.active_s),
        *(("rehearsal",) if last.rehearsal else ()),
        *(("stopped early",) if last.status == "stopped" else ()),
    ]
    return plain(phrases.DOT.join(parts), MUTED)


def unfinished_words(orphan: Orphan) -> Content:
    """The notice of a session that broke off."""
    title = orphan.session.get("title")
    which = f"{title} was" if isinstance(title, str) and title else "A session was"
    return joined(("r", "bold"), f"  {which} left unfinished. Go on with it, keep it or drop it.")


def problem_words(problems: int) -> Content:
    """The notice of files that cannot be used."""
    return joined(("w", "bold"), f"  {phrases.count(problems, 'thing')} to mend in your files.")
