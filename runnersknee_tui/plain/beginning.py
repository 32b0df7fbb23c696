"""What stands between the wish to train and the first countdown, without a screen: signs, questions, gate, plan.

The same flow as on the screen. A rehearsal asks nothing, a pre-run the warning signs alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import TextIO

from msgspec.structs import replace

from runnersknee_tui.coach import TODAY, Coach
from runnersknee_tui.commands.exits import EXIT_WRONG
from runnersknee_tui.commands.usage import warn
from runnersknee_tui.core.agenda import Today
from runnersknee_tui.core.answering import Question, Sheet
from runnersknee_tui.core.asking import (
    MOST_UNCONFIRMED,
    did_it_question,
    knees_from,
    morning_from,
    morning_questions,
    now_questions,
    week_from,
    week_questions,
)
from runnersknee_tui.core.due import day_words
from runnersknee_tui.core.questions import Questions
from runnersknee_tui.core.record import CheckIn
from runnersknee_tui.core.setting_values import SettingError
from runnersknee_tui.core.warning_signs import PAUSED_WORDS, WARNING_SIGNS, advice
from runnersknee_tui.core.words import clean
from runnersknee_tui.plain.questions import SILENCE, Asker, LeftError, SignalledError, numbers_from
from runnersknee_tui.plain.session import run_plain
from runnersknee_tui.plain.standard_input import Inbox, StandardInput
from runnersknee_tui.workspace import PRERUN, Prepared, Workspace

FLUSH_S = 5.0
"""How long the end of a command waits for the disk."""

SIGNS_HINT = "Type the numbers that are true, as 2 5, or none."
NOT_ASKED = f"{SILENCE} The warning signs were not asked, and every other question stays open."


def begin_plain(
    workspace: Workspace,
    routine: str,
    *,
    minutes: float | None = None,
    side: str | None = None,
    speed: float = 1.0,
    ask: bool = True,
    inbox: Inbox | None = None,
    out: TextIO | None = None,
) -> int:
    """From a routine's id, or TODAY, to the end of its session. Returns the exit status.

    1 where training is paused or the knee says rest. `ask` False leaves out the check-in, never the signs.
    """
    inbox, out = inbox or StandardInput(), out or sys.stdout
    workspace.save_listeners.append(_not_saved)
    begun = _Beginning(workspace, inbox, out, rehearses=speed != 1)
    with inbox.signals():
        try:
            answered = begun.rehearsal() if begun.rehearses else begun.questions(routine, check_in=ask)
            if answered is None:
                return EXIT_WRONG
            coach, check_in = answered
            prepared = begun.prepare(coach, routine, check_in, minutes, side)
        except SignalledError as signal:
            return 128 + signal.number
        except LeftError:
            begun.say("Nothing was begun.")
            return 0
        except SettingError as error:  # an answer that config.toml, the environment or a flag will not let in
            warn(str(error))
            return EXIT_WRONG
        finally:
            workspace.flush(FLUSH_S)
            workspace.save_listeners.remove(_not_saved)
        if isinstance(prepared, int):
            return prepared
        return run_plain(
            workspace, prepared, speed=speed, check_in=check_in, asker=begun.asker, inbox=inbox, out=out
        )


def _not_saved(error: Exception) -> None:
    warn(str(error))


class _Beginning:
    """The questions of one beginning, in their order."""

    def __init__(self, workspace: Workspace, inbox: Inbox, out: TextIO, *, rehearses: bool) -> None:
        """`rehearses`: nothing is asked, and a routine is shown as it is written."""
        self.workspace = workspace
        self.rehearses = rehearses
        self._out = out
        self.asker = Asker(inbox, self.say, workspace.clock.monotonic)

    def say(self, line: str) -> None:
        self._out.write(line + "\n")
        self._out.flush()

    def rehearsal(self) -> tuple[Coach, CheckIn]:
        """No question."""
        return Coach(self.workspace), CheckIn()

    def questions(self, routine: str, *, check_in: bool) -> tuple[Coach, CheckIn] | None:
        """All that is due before this session; None where training is paused or the gate is shut."""
        quick = routine == PRERUN
        coach = Coach(self.workspace, recent_only=quick or not check_in)
        due = coach.questions()
        if coach.uncleared:
            self._stopped(coach)
            return None
        signs: tuple[str, ...] | None = None
        if due.signs:
            signs = self._signs()
            if signs is None:
                self.say(NOT_ASKED)
            elif self._keep_signs(coach, signs):
                return None
        coach = Coach(self.workspace, recent_only=quick)
        answered = CheckIn(warning_signs=signs)
        if check_in and not quick:
            answered = self._check_in(coach, due, answered)
            if self._shut(coach, answered, ask_signs=not due.signs):
                return None
        elif quick:
            self._advise(coach.before_a_run())
        return coach, answered

    def _advise(self, words: str | None) -> None:
        if words is not None:
            self.say(words)

    def _keep(self, answer: Callable[[], object]) -> None:
        """Write an answer down. A disk that refuses is told of, and stops nobody."""
        try:
            answer()
        except OSError as error:
            warn(str(error))

    # --- warning signs ---------------------------------------------------------------------------------------

    def _signs(self) -> tuple[str, ...] | None:
        """The ids of the ticked signs; None where nobody answers."""
        listed = [f"{number}. {sign.words}" for number, sign in enumerate(WARNING_SIGNS, 1)]
        chosen = self.asker.get(
            "\n".join(["Before you begin: is any of these true?", *listed, SIGNS_HINT]),
            SIGNS_HINT,
            lambda text: numbers_from(text, len(WARNING_SIGNS)),
            optional=False,
        )
        return None if chosen is None else tuple(WARNING_SIGNS[number - 1].id for number in chosen)

    def _keep_signs(self, coach: Coach, ticked: Sequence[str]) -> bool:
        """Whether a sign was ticked: then training is paused."""
        self._keep(lambda: coach.take_signs(ticked))
        if ticked:
            self._tell_paused(ticked)
        return bool(ticked)

    def _tell_paused(self, signs: Sequence[str]) -> None:
        known = {sign.id: sign.words for sign in WARNING_SIGNS}
        self.say(f"{advice(signs)} {PAUSED_WORDS}")
        for sign in signs:
            self.say(f"- {known.get(sign, clean(sign))}")

    def _stopped(self, coach: Coach) -> None:
        """A sign was ticked earlier: only a clinician's word leads on."""
        self._tell_paused(coach.uncleared)
        hint = f"Type the day, as {coach.day.isoformat()}, or enter if nobody has yet."

        def read(text: str) -> date:
            day = date.fromisoformat(text)
            if day > coach.day:
                raise ValueError(text)
            return day

        cleared = self.asker.get(f"Has a clinician cleared you, and on which day? {hint}", hint, read)
        if cleared is None:
            return
        self._keep(lambda: coach.take_clearance(cleared))
        if Coach(self.workspace, recent_only=True).uncleared:
            self.say("That was before the sign was ticked; training stays paused.")
        else:
            self.say("Good. Begin when you are ready.")

    # --- check-in --------------------------------------------------------------------------------------------

    def _check_in(self, coach: Coach, due: Questions, answered: CheckIn) -> CheckIn:
        if self._did_you_do_them(coach, due.did_you_do_it[:MOST_UNCONFIRMED]):
            due = Coach(self.workspace, recent_only=True).questions()
        sheet = self.asker.fill(Sheet((*now_questions(due.knees), *morning_questions(due))))
        after, ran = morning_from(sheet, due.knees), sheet.word("ran")
        advice_words = coach.after_a_run(due.morning_after, after, ran)
        self._keep(lambda: coach.take_morning_after(due.morning_after, after, ran))
        if due.weekly and not self.asker.silent:
            self.say("How was the past week?")
            week = week_from(self.asker.fill(Sheet(week_questions())), coach.day)
            self._keep(lambda: coach.take_week(week))
        self._advise(advice_words)
        return CheckIn(before=knees_from(sheet, due.knees), warning_signs=answered.warning_signs)

    def _did_you_do_them(self, coach: Coach, records: Sequence[str]) -> bool:
        """Sessions that nobody confirmed: yes keeps, no drops. Returns whether one was dropped."""
        dropped = False
        for record_id in records:
            with suppress(KeyError):
                did = self.asker.ask(_about(did_it_question(self.workspace.history.load(record_id))))
                if did is not None:
                    self._keep(partial(coach.take_did_it, record_id, did=bool(did)))
                    dropped |= not did
        return dropped

    def _shut(self, coach: Coach, answered: CheckIn, *, ask_signs: bool) -> bool:
        """Whether the gate is shut: the reason is said, and the warning signs are shown where they were not yet."""
        gate = coach.gate(answered.before)
        if not gate.stops:
            return False
        self._keep(lambda: coach.save_stop(answered))
        self.say(gate.reason)
        if ask_signs:
            with suppress(LeftError):
                ticked = self._signs()
                if ticked:
                    self._keep_signs(coach, ticked)
        return True

    # --- the plan --------------------------------------------------------------------------------------------

    def prepare(
        self, coach: Coach, routine: str, check_in: CheckIn, minutes: float | None, side: str | None
    ) -> Prepared | int:
        """The session that follows from the answers; else why there is none, said, and the exit status."""
        if coach.shut is not None:
            self.say(coach.shut.reason)
            return EXIT_WRONG
        if routine == TODAY:
            day = coach.today(check_in.before)
            prepared = coach.session(day, minutes=minutes, side=side)
            nothing = _nothing(day)
        else:
            named = self.workspace.catalogue.routines[routine]
            written = self.workspace.prepare if self.rehearses else coach.routine
            prepared = written(named, minutes=minutes, side=side)
            nothing = "Nothing is left to do in this one today."
        if prepared is None:
            self.say(nothing)
            return 0
        return prepared


def _nothing(day: Today) -> str:
    following = f" Next: {day_words(day.next_due)}." if day.next_due is not None else ""
    return f"Nothing is due today.{following}"


def _about(question: Question) -> Question:
    return replace(question, text=f"Did you do this one? {question.text}")
