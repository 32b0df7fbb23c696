"""What the records say today, and what an answer changes: the rules of `core` on the disk of one person.

The screens, the plain mode and `today` ask the coach; it holds nothing that the records and settings do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import asdict, replace

from runnersknee_tui import __version__
from runnersknee_tui.core.adaptation import locked, standings, uncleared_signs, with_morning_after
from runnersknee_tui.core.fold import State
from runnersknee_tui.core.fold_back import fold
from runnersknee_tui.core.gate import Gate, gate
from runnersknee_tui.core.model import Prescription, Routine
from runnersknee_tui.core.prescribing import prescription_for
from runnersknee_tui.core.programme import PREHAB, Key, Profile, Weekly, profile_from
from runnersknee_tui.core.questions import MORNING_REMEMBERED, Questions, questions_due
from runnersknee_tui.core.record import CheckIn, Knees, SessionRecord
from runnersknee_tui.core.running import Moment, running_advice
from runnersknee_tui.core.timeline import routine_prescriptions
from runnersknee_tui.store.clock import zone_name
from runnersknee_tui.workspace import PRERUN, PRERUN_MINUTES, Prepared, Workspace, new_id

if TYPE_CHECKING:
    from runnersknee_tui.core.agenda import Today

TODAY, TODAY_TITLE = "today", "Today"
RECENT = 40
"""So many of the newest sessions are looked at for open questions."""
FEW = 8
"""So many of them for how the knee is today."""


class Coach:
    """One look at one day. Make a new one when a record or a setting has changed."""

    def __init__(self, workspace: Workspace, day: date | None = None, *, recent_only: bool = False) -> None:
        """`recent_only` reads the newest sessions alone: enough for the warning signs, not for the day's plan."""
        self.workspace = workspace
        self._recent_only = recent_only
        self.day = day or workspace.clock.wall().date()
        values = workspace.settings.values
        self.profile: Profile = profile_from(asdict(values))
        self._state: State | None = None

    @property
    def state(self) -> State:
        """What the records up to this day add up to. The first look reads the history."""
        if self._state is None:
            own = self.own_routines()
            workspace = self.workspace
            if self._recent_only:
                recent = workspace.history.newest(RECENT)
                self._state = fold(recent, workspace.catalogue, own_routines=own, until=self.day)
            else:
                from runnersknee_tui.store.standing import Standing

                standing = Standing(workspace.paths.standing, workspace.history, workspace.fs)
                self._state = standing.state(workspace.catalogue, own, self.day)
        return self._state

    def own_routines(self) -> frozenset[str]:
        """The user's own routines, which never change targets or the schedule, whatever their names."""
        return frozenset(path.stem for path in self.workspace.paths.routines.glob("*.toml"))

    # --- what is due -----------------------------------------------------------------------------------------

    def today(self, before: Knees | None = None) -> Today:
        """The day's plan; `before` is how the knee is at the start of a session."""
        from runnersknee_tui.core.schedule import today  # a session of a routine does without it

        day = today(
            self.day,
            self.state,
            self.workspace.catalogue,
            self.profile,
            before=before,
            seconds_of=self.workspace.seconds,
        )
        advice = running_advice(Moment.HOME, rise=self._last_rise())
        return day if advice is None else replace(day, nudges=(*day.nudges, advice.text))

    def session(
        self, day: Today, *, minutes: float | None = None, side: str | None = None
    ) -> Prepared | None:
        """Today's session, ready to begin; None where nothing is due. `minutes` only ever shorten it."""
        if not day.session:
            return None
        fitted = self.workspace.prepare_items(TODAY, TODAY_TITLE, day.session, minutes=minutes, side=side)
        return Prepared(fitted.plan, (*day.notices, *fitted.left_out))

    def routine(
        self, routine: Routine, *, minutes: float | None = None, side: str | None = None
    ) -> Prepared | None:
        """A routine of the app at the runner's own targets; an own one and the pre-run as they are written.

        Exercises that are paused or locked are left out, and so said. None where nothing is left.
        """
        from runnersknee_tui.core.schedule import LOCKED_REASON, PAUSED_REASON

        own = routine.id == PRERUN or routine.id in self.own_routines()
        if minutes is None and routine.id == PRERUN:
            minutes = PRERUN_MINUTES
        progress = standings(self.state, self.workspace.catalogue, self.profile).progress
        kept, left_out = [], []
        for asked in routine_prescriptions(routine, self.workspace.catalogue):
            stands = progress[Key(asked.exercise, asked.dose)]
            why = PAUSED_REASON if stands.paused else ""
            if not own and not why and self._is_locked(asked):
                why = LOCKED_REASON
            if why:
                left_out.append(f"{stands.exercise.name} is left out. {why}")
            elif own:
                kept.append(asked)
            else:
                kept.append(prescription_for(stands.exercise, stands.dose, stands, self.profile))
        if not kept:
            return None
        prepared = self.workspace.prepare_items(routine.id, routine.title, kept, minutes=minutes, side=side)
        return Prepared(prepared.plan, (*left_out, *prepared.left_out))

    def _is_locked(self, asked: Prescription) -> bool:
        """Rehab holds back its own doses; the prehab ones start on the easiest form and are free."""
        return asked.dose != PREHAB and locked(asked.exercise, self.state, self.profile)

    @property
    def shut(self) -> Gate | None:
        """What stands against every session now: a warning sign, or a day that began with a knee at six or more."""
        before = self.state.strain if self.state.strained_on == self.day else None
        passed = gate(signs=bool(self.uncleared), before=before, gap_days=None)
        return passed if passed.stops else None

    def gate(self, before: Knees) -> Gate:
        """What stands against any session now: a warning sign, or a knee that hurts too much already."""
        return gate(signs=bool(self.uncleared), before=before.worse, gap_days=None)

    # --- questions -------------------------------------------------------------------------------------------

    @property
    def uncleared(self) -> tuple[str, ...]:
        """Warning signs that were ticked and that no clinician has cleared since."""
        return uncleared_signs(self.state, self.profile)

    def questions(self) -> Questions:
        """What to ask before a session on this day."""
        return questions_due(self.workspace.history.newest(RECENT), self.state, self.profile, self.day)

    # --- running ---------------------------------------------------------------------------------------------

    def _last_rise(self) -> int | None:
        """How many points the newest morning after stood above its session's start, while it is still news."""
        points = [own[-1] for own in self.state.points.values() if own]
        newest = max((point.day for point in points), default=None)
        if newest is None or self.day - newest > MORNING_REMEMBERED:
            return None
        return _rise((point.before, point.after) for point in points if point.day == newest)

    def after_a_run(self, records: Iterable[str], after: Knees, ran: str | None) -> str | None:
        """What to say about running when the morning after these sessions is told; None where nothing is."""
        found = []
        for record_id in records:
            with suppress(KeyError):
                found.append((self.workspace.history.load(record_id).check_in.before, after))
        advice = running_advice(Moment.CHECK_IN, rise=_rise(found), ran=ran, line=self.profile.line)
        return None if advice is None else advice.text

    def before_a_run(self) -> str | None:
        """What to say about running before a pre-run, from what was answered about the knee today."""
        told = []
        for record in self.workspace.history.newest(FEW):
            if record.local_date == self.day and not record.rehearsal:
                told += [record.check_in.before, *(entry.during for entry in record.exercises)]
            elif record.local_date == self.day - timedelta(days=1):
                told.append(record.check_in.next_day)
        knee = max((knees.worse for knees in told if knees.worse is not None), default=None)
        advice = running_advice(Moment.PRERUN, knee=knee, line=self.profile.line)
        return None if advice is None else advice.text

    # --- answers ---------------------------------------------------------------------------------------------

    def take_signs(self, ticked: Sequence[str]) -> None:
        """Keep the answer about the warning signs. A ticked one is a session of its own that was stopped."""
        changes: dict[str, object] = {"signs_asked_on": self.day, "signs_ticked": list(ticked)}
        if ticked:
            changes["cleared_on"] = None
        self.workspace.change_settings(changes)
        if ticked:
            self.save_stop(CheckIn(warning_signs=tuple(ticked)))

    def take_clearance(self, day: date) -> None:
        """A clinician has cleared the runner, by the runner's own word."""
        self.workspace.change_settings({"cleared_on": day, "signs_ticked": []})

    def take_morning_after(self, records: Iterable[str], after: Knees, ran: str | None) -> None:
        """Put the morning after into the earlier day's records; open answers change nothing."""
        if after == Knees() and ran is None:
            return
        for record_id in records:
            with suppress(KeyError):  # "Did you do this one?" may have taken it away a moment ago
                self.workspace.history.replace(
                    record_id, lambda record: with_morning_after(record, after, ran)
                )

    def take_did_it(self, record_id: str, *, did: bool) -> None:
        """ "Did you do this one?": yes confirms it as it stands, no moves it to the trash."""
        if did:
            self.workspace.history.replace(record_id, lambda record: replace(record, confirmed=True))
        else:
            self.workspace.history.delete(record_id, self.workspace.clock.wall())

    def take_week(self, week: Weekly) -> None:
        """Keep the weekly answers, open ones as open."""
        known = list(self.workspace.settings.values.weekly)
        self.workspace.change_settings({"weekly": [*known, week.text]})

    def save_stop(self, check_in: CheckIn) -> SessionRecord:
        """A session that was stopped before its first exercise: a record without exercises."""
        now = self.workspace.clock.wall()
        record = SessionRecord(
            id=new_id(),
            app=__version__,
            started_at=now,
            ended_at=now,
            tz=zone_name(self.workspace.env),
            local_date=now.date(),
            routine_id=TODAY,
            routine_title=TODAY_TITLE,
            status="stopped",
            end_reason="check-in",
            exercises=(),
            confirmed=True,
            check_in=check_in,
        )
        self.workspace.history.save(record)
        return record

    def add(self, key: str) -> None:
        """Take up an offered exercise: "id/dose"."""
        from runnersknee_tui.core.programme import active_keys

        active = [one.text for one in active_keys(self.profile, self.workspace.catalogue)]
        self.workspace.change_settings({"active": [*active, key]})


def _rise(answers: Iterable[tuple[Knees, Knees]]) -> int | None:
    """The greatest rise from the start of a session to the morning after it, in points of the worse knee."""
    return max(
        (
            after.worse - before.worse
            for before, after in answers
            if before.worse is not None and after.worse is not None
        ),
        default=None,
    )
