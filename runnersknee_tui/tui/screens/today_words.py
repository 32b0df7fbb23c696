"""What Home says about today: what is due and why, what rests and until when, what is offered, and when to come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from textual.content import Content
from textual.visual import Visual
from textual.widgets.option_list import Option

from runnersknee_tui.core.agenda import Item, Today
from runnersknee_tui.core.due import Due
from runnersknee_tui.core.forecast import lower
from runnersknee_tui.core.routine_text import item_words
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.widgets.rows import Hung, Row, Stack, Whole
from runnersknee_tui.tui.words import MUTED, joined, plain
from runnersknee_tui.workspace import Prepared

SPACE = Content("")
_WAY_ON = {
    1: "enter: what to do now, and the way back once a clinician has looked. The pre-run is paused too.",
    2: "enter: a look at the warning signs. Tomorrow you are asked again.",
}
"""What enter leads to on a day that the gate has shut, by its rule."""
WARNING = "$text-warning"


def choice(day: Today, session: Prepared | None, option: str) -> Option:
    """The first line of Home."""
    if session is not None:
        right = phrases.minutes(session.plan.seconds)
    else:
        right = "rest" if day.stop is not None or not _done(day) else "done"
    return Option(Row(joined("  ", ("Today", "bold")), plain(right, MUTED)), id=option)


def _done(day: Today) -> bool:
    return any(item.state is Due.DONE for item in day.items)


def card(day: Today, session: Prepared | None) -> Stack:
    """Today in detail: the session with the reason of each dose, then everything beside it."""
    return Stack((*_head(day, session), *_exercises(day, session), *_beside(day)))


def _head(day: Today, session: Prepared | None) -> Iterator[Visual]:
    yield plain("Today", "bold")
    if session is not None:
        count = phrases.count(len(session.plan.items), "exercise")
        yield plain(phrases.DOT.join((phrases.minutes(session.plan.seconds), count)), MUTED)
    elif day.stop is not None:
        yield plain(day.stop.reason, WARNING)
        yield SPACE
        yield plain(_WAY_ON[day.stop.rule])
    else:
        yield plain("Done for today." if _done(day) else "Nothing is due today.", MUTED)
        if day.next_due is not None:
            soon = "tomorrow, " if (day.next_due - day.day).days == 1 else ""
            yield plain(f"Next: {soon}{day.next_due:%A} {day.next_due.day} {day.next_due:%B}.")
    yield SPACE


def _exercises(day: Today, session: Prepared | None) -> Iterator[Visual]:
    if session is None:
        return
    whys = {(item.key.exercise, item.key.dose): item.why for item in day.items if item.decision is not None}
    names = Counter(item.name for item in session.plan.items)
    for item in session.plan.items:
        name = item.name
        if names[name] > 1 and name != item.exercise.name:  # the easier form of one is another one of today
            name = f"{name} (for {lower(item.exercise.name)})"
        yield Whole(plain(name), plain(item_words(item), MUTED))
        why = whys.get((item.exercise.id, item.prescription.dose))
        if why:
            yield Hung(Content(" "), plain(why, MUTED))
    yield SPACE


def _beside(day: Today) -> Iterator[Visual]:
    for words in day.nudges:
        yield plain(words, WARNING)
    for offer in day.offers[:1]:
        yield Hung(plain("a", "bold $primary"), plain(f"{offer.name}: {offer.reason}"))
    for words in day.notices:
        yield Hung(plain("·", MUTED), plain(words, MUTED))
    resting = [item for item in day.items if item.active and _rests(item)]
    if resting and day.stop is None:
        yield SPACE
        for item in resting:
            yield Hung(plain("·", MUTED), plain(f"{item.name}: {item.reason}", MUTED))


def _rests(item: Item) -> bool:
    return item.state in (Due.REST, Due.FULL, Due.OPTIONAL, Due.DONE)
