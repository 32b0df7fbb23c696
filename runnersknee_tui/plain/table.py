"""The table after a session, without a screen: one line a question, and enter at the end confirms."""

from __future__ import annotations

from runnersknee_tui.core.correcting import amount, correct_to, counts_seconds
from runnersknee_tui.core.record import ExerciseRecord
from runnersknee_tui.core.results import DONE, Results
from runnersknee_tui.plain.questions import Asker

MOST = 100_000
"""No repetitions and no seconds beyond this are taken for an answer."""


def fill_in(asker: Asker, results: Results) -> bool:
    """Ask about every exercise of which something was done. Returns whether the table was confirmed.

    LeftError and SignalledError keep what was answered so far in `results`; nobody there leaves it unconfirmed.
    """
    for row, entry in enumerate(results.entries):
        if all(done.outcome == "skipped" for done in entry.sets):
            continue
        for column, _ in enumerate(results.columns):
            results.go(row, column)
            if results.columns[column] != DONE:
                _ask_cell(asker, results)
        results.entries[row] = _ask_done(asker, results.entries[row])
    return bool(asker.get("Enter confirms all of this, q leaves it for later.", "Enter or q.", _confirm, optional=False))  # fmt: skip


def _ask_cell(asker: Asker, results: Results) -> None:
    question = results.question
    assert question is not None
    answer = asker.ask(question, results.value(results.row, results.columns[results.column]))
    if answer is not None:
        results.give(answer)


def _ask_done(asker: Asker, entry: ExerciseRecord) -> ExerciseRecord:
    done, asked = amount(entry)
    unit = "seconds" if counts_seconds(entry) else "repetitions"
    hint = f"Type another number, up to {asked:g}, or enter to keep it."
    wanted = asker.get(f"{entry.name}: {done:g} of {asked:g} {unit} done. {hint}", hint, _number)
    return entry if wanted is None else correct_to(entry, wanted)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 7) or int(text) > MOST:
        raise ValueError(text)
    return int(text)


def _confirm(text: str) -> bool:
    if text not in ("", "y", "yes"):
        raise ValueError(text)
    return True
