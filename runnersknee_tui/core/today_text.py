"""Today for people, as lines of plain text: the session and why, what may come on top, what rests and until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from runnersknee_tui.core.agenda import Item, Today
from runnersknee_tui.core.due import Due, day_words
from runnersknee_tui.core.exercise_text import columns
from runnersknee_tui.core.fit import minutes_words
from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.routine_text import item_words
from runnersknee_tui.core.timeline import item_for

_HEADINGS = {
    Due.DUE: "Due, and not in today's session",
    Due.OPTIONAL: "Optional",
    Due.REST: "Resting",
    Due.FULL: "Enough for this week",
}


def today_page(day: Today, catalogue: Catalogue, width: int = 80) -> list[str]:
    """The whole day. Exercises that are not among the user's own stand in one line at the end."""
    title = f"{day_words(day.day)} {day.day.year}, {day.programme}"
    lines = [title, "=" * len(title), "", *_session(day, catalogue, width)]
    asked = {(one.exercise, one.dose) for one in day.session}
    beside = [item for item in day.items if item.active and item.key not in asked]
    if day.stop is None:
        for state, heading in _HEADINGS.items():
            lines += _group(heading, (item for item in beside if item.state is state), width)
        done = [item.name for item in beside if item.state is Due.DONE]
        lines += _sentences([f"Done today: {', '.join(done)}."] if done else [], width)
    lines += _sentences([*day.nudges, *day.notices], width)
    lines += _sentences([f"You could take up {offer.name}. {offer.reason}" for offer in day.offers], width)
    waiting = [item.name for item in day.items if not item.active]
    if waiting:
        lines += ["", *wrap(f"Not among your exercises yet: {', '.join(waiting)}.", width)]
    return lines


def _session(day: Today, catalogue: Catalogue, width: int) -> Iterator[str]:
    if day.stop is not None:
        yield from wrap(day.stop.reason, width)
        return
    if not day.session:
        following = f" Next: {day_words(day.next_due)}." if day.next_due is not None else ""
        yield f"Nothing is due today.{following}"
        return
    count = len(day.session)
    yield f"Session: {count} exercise{'s' if count > 1 else ''}, {minutes_words(day.seconds)}"
    known = {item.key: item for item in day.items}
    compiled = [item_for(asked, catalogue) for asked in day.session]
    rows = list(columns([(f"  {one.name}", item_words(one)) for one in compiled], width))
    for asked, row in zip(day.session, rows, strict=True):
        yield row
        item = next(one for key, one in known.items() if key == (asked.exercise, asked.dose))
        reasons = [item.reason] if item.decision is None else [item.reason, item.why]
        for words in reasons:
            yield from _indented(words, width)


def _group(heading: str, items: Iterable[Item], width: int) -> Iterator[str]:
    listed = list(items)
    if not listed:
        return
    yield ""
    yield heading
    for item in listed:
        yield f"  {item.name}"
        yield from _indented(item.reason, width)


def _indented(words: str, width: int) -> list[str]:
    return wrap(words, width, initial_indent="    ", subsequent_indent="    ")


def _sentences(sentences: Iterable[str], width: int) -> Iterator[str]:
    for number, sentence in enumerate(sentences):
        if not number:
            yield ""
        yield from wrap(sentence, width)
