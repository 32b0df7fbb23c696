"""The end of a session without a screen: what was done, that it is saved, and the table that corrects it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from runnersknee_tui.commands.exits import EXIT_WRONG
from runnersknee_tui.commands.usage import warn
from runnersknee_tui.core.history_text import ending_words, length_words, sets_words, summary_lines
from runnersknee_tui.core.questions import knees_asked
from runnersknee_tui.core.record_json import to_json
from runnersknee_tui.core.results import Results
from runnersknee_tui.core.running import Moment, running_advice
from runnersknee_tui.plain.questions import Asker, LeftError, SignalledError
from runnersknee_tui.plain.table import fill_in

if TYPE_CHECKING:
    from runnersknee_tui.core.programme import Profile
    from runnersknee_tui.live import LiveSession

CHECKPOINT_LIMIT_S = 2.0
SAVE_LIMIT_S = 30.0

Say = Callable[[str], None]


def cut_short(live: LiveSession, number: int) -> int:
    """A signal: write down where the session stands, and leave it for the next start to offer."""
    try:
        live.checkpoint().result(CHECKPOINT_LIMIT_S)
    except (OSError, TimeoutError) as error:
        warn(str(error))
    live.abandon()
    return 128 + number


def close(live: LiveSession, say: Say) -> int:
    """Tell what was done and that it is saved; or show the record, where it cannot be."""
    _tell(live, say)
    return _saved(live, say)


def close_with_table(live: LiveSession, asker: Asker, say: Say, profile: Profile) -> int:
    """The same, and then one line a question about what is saved already. Nothing has to be answered.

    Whatever leaves the table keeps the answers given; only its last line confirms them.
    """
    record = live.record
    assert record is not None
    _tell(live, say)
    if not record.exercises or asker.silent:
        return _saved(live, say)
    results = Results(record.exercises, knees_asked(profile))
    status = None
    confirmed = False
    try:
        confirmed = fill_in(asker, results)
    except SignalledError as signalled:
        status = 128 + signalled.number
    except LeftError:
        say("Left for later: the next start asks whether you did this one.")
    if confirmed or tuple(results.entries) != record.exercises:
        live.answer(exercises=tuple(results.entries), confirmed=confirmed)
    worst = max((one.during.worse for one in results.entries if one.during.worse is not None), default=None)
    advice = running_advice(Moment.DONE, knee=worst, line=profile.line)
    if advice is not None:
        say(advice.text)
    saved = _saved(live, say)
    return saved if status is None else status


def _tell(live: LiveSession, say: Say) -> None:
    record = live.record
    assert record is not None
    facts = [ending_words(record), length_words(record.active_s), sets_words(record)]
    say(f"{record.routine_title}: {', '.join(fact for fact in facts if fact)}.")
    for line in summary_lines(record):
        say(line)


def _saved(live: LiveSession, say: Say) -> int:
    record, saved = live.record, live.saved
    assert record is not None
    assert saved is not None
    try:
        saved.result(SAVE_LIMIT_S)
    except (OSError, ValueError, TimeoutError) as error:
        warn(f"{error or 'saving takes too long'}. This is the record, to keep by hand:")
        say(json.dumps(to_json(record)))
        return EXIT_WRONG
    say("Saved.")
    return 0
