"""The sessions of one dose in their order, each judged with what came before it (adaptation.md, 3 and 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from runnersknee_tui.core.assessment import Answers, Decision, Easing, Judgement, Move, Past, Place
from runnersknee_tui.core.judgement import judge, stop_reason
from runnersknee_tui.core.ladder import Position, at_lowest, eased, easing, moved, place, start, unweighted
from runnersknee_tui.core.model import Dose, Exercise
from runnersknee_tui.core.points import Alarm, Point
from runnersknee_tui.core.programme import Key, Profile
from runnersknee_tui.core.progress import PAIR_DAYS, Progress, Verdict, counting_days
from runnersknee_tui.core.record import Knees

SEVERITY = (Decision.STOP, Decision.REGRESS, Decision.KEEP, Decision.PROGRESS)
STREAK_GAP_DAYS = 28
"""Sessions further apart are not "in a row": after four weeks an exercise starts again."""
REST_AFTER_STOP = timedelta(days=2)  # the next day is free, the day after it comes back
REST_AT_BOTTOM = timedelta(days=3)  # two days are free


class Track:
    """Judges one dose day by day.

    `stops` are the pain stops of the exercise in any session, `others` what was done of its other doses.
    """

    def __init__(
        self,
        key: Key,
        exercise: Exercise,
        dose: Dose,
        stops: Sequence[Alarm],
        others: Sequence[Point],
        profile: Profile,
    ) -> None:
        self.key, self.exercise, self.dose = key, exercise, dose
        self.stops, self.others, self.profile = stops, others, profile
        self.position = start(exercise, dose)
        self.judgement: Judgement | None = None
        self.verdicts: list[Verdict] = []
        self.rest_until: date | None = None
        self.rest_reason = ""
        self.rest_at_bottom = False
        self.setbacks: set[date] = set()
        self.knees = ("left", "right") if profile.knee == "both" else ("worse",)
        self.places: dict[Position, Place] = {}
        self.plain: dict[str, str | None] = {}  # the step to do without the weight of another
        self.answers: dict[tuple[str, int, str], Answers] = {}
        self.steps = {rung.id: rung for rung in exercise.ladder}

    # --- one day ---------------------------------------------------------------------------------------------

    def judge_day(self, points: Sequence[Point], *, stepped_up: bool) -> Verdict:
        """Judge a day's sessions of this dose; of two the worse one counts."""
        verdicts = [self._judge(point, stepped_up=stepped_up) for point in points]
        verdict = min(verdicts, key=self._badness)
        self.verdicts.append(verdict)
        judgement, bad = verdict.judgement, verdict.judgement.decision in SEVERITY[:2]
        if not verdict.between or bad or judgement.move is Move.LOWEST:
            self.judgement = judgement
            self._note_rest(verdict)
        self.position = verdict.after
        if bad:
            self.setbacks.add(verdict.day)
        return verdict

    def _badness(self, verdict: Verdict) -> tuple[int, int, int]:
        rung = self.exercise.rung(verdict.after.step)
        return SEVERITY.index(verdict.judgement.decision), rung, verdict.after.target

    def _judge(self, point: Point, *, stepped_up: bool) -> Verdict:
        step = point.step if point.step in self.steps else self.dose.step
        at = Position(step, point.target)
        between = self._is_between(point, at)
        earlier = self._same_form(point, at, between=between)
        here = self._place(at)
        judgements = []
        for knee in self.knees:
            days, sessions = self.pain_free(point, knee) if here.next_adds_weight else (0, 0)
            past = Past(
                earlier=tuple(self._answers(old.point, knee) for old in earlier),
                second_stop=self._second_stop(point),
                pain_free_days=days,
                pain_free_sessions=sessions,
                stepped_up=stepped_up,
            )
            judgements.append(judge(self._answers(point, knee), here, past, self.profile.line))
        judgement = min(judgements, key=lambda found: (SEVERITY.index(found.decision), found.rule))
        return Verdict(point, at, judgement, self._after(at, judgement, between=between), between)

    def _after(self, at: Position, judgement: Judgement, *, between: bool) -> Position:
        if not between or judgement.decision in SEVERITY[:2]:
            return moved(self.exercise, self.dose, at, judgement, self.profile.kit)
        if judgement.move is Move.LOWEST:
            return at_lowest(self.exercise, self.dose, self.position)
        return self.position

    def _place(self, at: Position) -> Place:
        if at not in self.places:
            self.places[at] = place(self.exercise, self.dose, at, self.profile.kit)
        return self.places[at]

    def _answers(self, point: Point, knee: str) -> Answers:
        known = self.answers.get((point.record, point.index, knee))
        if known is None:
            known = self.answers[point.record, point.index, knee] = self._read(point, knee)
        return known

    def _read(self, point: Point, knee: str) -> Answers:
        def of(knees: Knees) -> int | None:
            pain: int | None = getattr(knees, knee)
            return pain

        return Answers(
            before=of(point.before),
            during=of(point.during),
            after=of(point.after),
            target=point.target,
            ran=point.ran,
            sharp=point.sharp,
            stopped=point.stopped,
            form=point.form,
            done=point.done,
            confirmed=point.confirmed,
            signs=point.signs and self.profile.uncleared(point.day),
        )

    # --- what came before ------------------------------------------------------------------------------------

    def _is_between(self, point: Point, at: Position) -> bool:
        """Weighted steps are done at most three times a week, unweighted between (adaptation.md, 3)."""
        if not self.steps[self.position.step].adds_weight or point.override is not None:
            return False
        last = next((old for old in reversed(self.verdicts) if not old.between), None)
        if last is None or not self.steps[last.at.step].adds_weight:
            return False  # the weight was earned and not yet carried: judged as any other
        recent = (point.day - last.day).days <= 7
        return recent and at.step == self._plain(self.position.step)

    def _plain(self, step: str) -> str | None:
        if step not in self.plain:
            found = unweighted(self.exercise, step, self.profile.kit)
            self.plain[step] = None if found is None else found.id
        return self.plain[step]

    def _same_form(self, point: Point, at: Position, *, between: bool) -> list[Verdict]:
        """The last two sessions on the same step, newest first: what "in a row" means.

        Days between weighted ones do not break the row of the weighted ones, nor these theirs; and none of them
        counts for the other.
        """
        found: list[Verdict] = []
        day = point.day
        for old in reversed(self.verdicts):
            if (day - old.day).days >= STREAK_GAP_DAYS:
                break
            if old.at.step == at.step and old.between is between:
                found.append(old)
                day = old.day
                if len(found) == 2:
                    break
            elif not (old.between or between):
                break
        return found

    def pain_free(self, newest: Point, knee: str) -> tuple[int, int]:
        """Whole days from the last pain in this exercise, in any of its doses, to its newest session, and the
        pain-free sessions since.

        Where no pain is known the days count from the first session in the window; an open answer is no pain-free
        session.
        """
        elsewhere = last_pain((other for other in self.others if other.day <= newest.day), knee) or date.min
        since, sessions = newest.day, 0
        for at in (newest, *(old.point for old in reversed(self.verdicts) if old.point is not newest)):
            if at.day <= elsewhere:
                since = elsewhere
                break
            pain, since = getattr(at.during, knee), at.day
            if pain:
                break
            sessions += pain == 0
        return (newest.day - since).days, sessions

    def _second_stop(self, point: Point) -> bool:
        return any(
            stop.record != point.record
            and 0 <= (point.day - stop.day).days <= PAIR_DAYS
            and self.profile.uncleared(stop.day)
            for stop in self.stops
        )

    # --- rest ------------------------------------------------------------------------------------------------

    def _note_rest(self, verdict: Verdict) -> None:
        judgement = verdict.judgement
        if judgement.move is not Move.EASIER:
            return
        kind = easing(self.exercise, self.dose, verdict.at, self.profile.kit)
        if judgement.decision is Decision.STOP:
            self._rest(verdict.day, kind, "after a pain stop")
        elif kind is Easing.REST:
            self._rest(verdict.day, kind, "to let it settle")

    def _rest(self, day: date, kind: Easing, why: str) -> None:
        until = day + (REST_AT_BOTTOM if kind is Easing.REST else REST_AFTER_STOP)
        if self.rest_until is None or until >= self.rest_until:
            self.rest_until, self.rest_reason = until, why
            self.rest_at_bottom = kind is Easing.REST

    def take_foreign_stops(self) -> None:
        """Pain stops of this exercise in a pre-run, an own routine or another dose, after its last session."""
        last = self.verdicts[-1] if self.verdicts else None
        for stop in self.stops:
            own = stop.counted and stop.dose == self.key.dose
            known = last is not None and (
                stop.day < last.day or (stop.day == last.day and last.judgement.decision is Decision.STOP)
            )
            if own or known:
                continue
            self._stop(stop)

    def _stop(self, stop: Alarm) -> None:
        kind = easing(self.exercise, self.dose, self.position, self.profile.kit)
        pain = stop.pain if stop.pain >= 0 else None
        reason = stop_reason(stop.sharp, pain, self.profile.line, kind)
        self.judgement = Judgement(3, Decision.STOP, Move.EASIER, reason)
        self.position = eased(self.exercise, self.dose, self.position, self.profile.kit)
        self._rest(stop.day, kind, "after a pain stop")
        self.setbacks.add(stop.day)

    # --- the sum ---------------------------------------------------------------------------------------------

    def progress(self, points: Sequence[Point], *, paused: bool) -> Progress:
        hurt_on = last_pain([*(verdict.point for verdict in self.verdicts), *self.others])
        newest = self.verdicts[-1].point if self.verdicts else None
        free = (0, 0)
        if newest is not None and (hurt_on is None or hurt_on <= newest.day):
            free = min(self.pain_free(newest, knee) for knee in self.knees)
        return Progress(
            key=self.key,
            exercise=self.exercise,
            dose=self.dose,
            position=self.position,
            judgement=self.judgement,
            verdicts=tuple(self.verdicts),
            last_done=max((point.day for point in points if point.done > 0), default=None),
            days=counting_days(points),
            weighted_days=tuple(
                sorted({point.day for point in points if point.done > 0 and self._weighted(point)})
            ),
            rest_until=self.rest_until,
            rest_reason=self.rest_reason,
            rest_at_bottom=self.rest_at_bottom,
            paused=paused,
            pain_free_days=free[0],
            pain_free_sessions=free[1],
            hurt_on=hurt_on,
        )

    def _weighted(self, point: Point) -> bool:
        rung = self.steps.get(point.step or "")
        return rung is not None and rung.adds_weight


def last_pain(points: Iterable[Point], knee: str = "worse") -> date | None:
    """The last day with pain above 0."""
    return max((at.day for at in points if (getattr(at.during, knee) or 0) > 0), default=None)
