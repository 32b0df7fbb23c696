"""Half a year of a runner who does what the app says, most days: a sore start, one flare, one holiday."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from runnersknee_tui.core.adaptation import with_morning_after
from runnersknee_tui.core.agenda import Today
from runnersknee_tui.core.fold_back import fold
from runnersknee_tui.core.growth import ADD
from runnersknee_tui.core.model import Prescription
from runnersknee_tui.core.programme import Profile, active_keys
from runnersknee_tui.core.record import CheckIn, ExerciseRecord, Knees, SessionRecord, SetRecord
from runnersknee_tui.core.recording import Start, build_record
from runnersknee_tui.core.schedule import today
from runnersknee_tui.core.session import Session
from runnersknee_tui.core.timeline import Plan
from runnersknee_tui.workspace import Workspace

ZONE = ZoneInfo("Europe/Berlin")
TRAINING_DAYS = ("mon", "tue", "thu", "fri", "sat")
FLARE, PAIN_STOP, HOLIDAY = (58, 68), 62, (96, 104)
"""Days after the start of half a year."""

NOTES = (
    "Left knee a little stiff on the stairs yesterday.",
    "Long run on Sunday, legs heavy.",
    "New shoes.",
    "Band slipped twice, took the stronger one.",
)


class Life:
    """Lives day by day up to the evening before `until`; `records` and `settings` are what is left of it."""

    def __init__(self, made: Workspace, until: date, weeks: int) -> None:
        self.made, self.until = made, until
        self.first = until - timedelta(weeks=weeks)
        self.start = until - timedelta(weeks=26)  # where in the story a shorter life begins
        self.chance = random.Random(7)
        away = tuple(self.start + timedelta(days=day) for day in HOLIDAY)
        self.profile = Profile(
            knee="left",
            minutes=20,
            training_days=TRAINING_DAYS,
            breaks=((away[0], away[1]),) if away[0] >= self.first else (),
        )
        self.records: list[SessionRecord] = []

    def live(self) -> Life:
        for day in range((self.until - self.first).days):
            self._day(self.first + timedelta(days=day))
        return self

    @property
    def settings(self) -> dict[str, object]:
        """What the app would have written."""
        return {
            "knee": "left",
            "training_days": list(TRAINING_DAYS),
            "breaks": [f"{first}/{last}" for first, last in self.profile.breaks],
            "active": [key.text for key in active_keys(self.profile, self.made.catalogue)],
            "first_run_done": True,
            "signs_asked_on": self.until - timedelta(days=3),
        }

    def pain(self, day: date) -> float:
        """How the left knee is in truth; what is answered wavers around it."""
        at = (day - self.start).days
        calm = 3.1 - 2.6 * at / 182
        if FLARE[0] <= at <= FLARE[1]:
            calm += 3.9 * (1 - abs(at - sum(FLARE) / 2) / 5.5)
        mood = random.Random(day.toordinal()).gauss(0, 0.55)
        return max(0.0, calm + mood + (0.9 if 130 < at < 138 else 0.0))

    def _answer(self, day: date, spread: float = 0.6) -> int:
        return max(0, min(10, round(self.pain(day) + self.chance.uniform(-spread, spread))))

    def _day(self, day: date) -> None:
        self._morning(day)
        at = (day - self.start).days
        if not self.profile.trains_on(day) or self.chance.random() < 0.16 - 0.12 * at / 182:
            return
        if day.weekday() == 5 and self.chance.random() < 0.6:
            extra = self.made.catalogue.routines[self.chance.choice(("prerun", "prerun", "lunch"))]
            self._do(day, extra.id, self.made.prepare(extra).plan, Knees())
            return
        before = Knees(left=self._answer(day, 0.6))
        shown = self._shown(day, before)
        self._grow(shown)
        if shown.session and shown.stop is None:
            plan = self.made.prepare_items("today", "Today", list(shown.session)).plan
            self._do(day, "today", plan, before)

    def _shown(self, day: date, before: Knees) -> Today:
        def seconds_of(asked: tuple[Prescription, ...]) -> float:
            return self.made.prepare_items("today", "Today", list(asked)).plan.seconds if asked else 0.0

        state = fold(self.records, self.made.catalogue, until=day)
        return today(day, state, self.made.catalogue, self.profile, before=before, seconds_of=seconds_of)

    def _grow(self, shown: Today) -> None:
        added = [offer.key.text for offer in shown.offers if offer.kind == ADD]
        if added:
            active = [key.text for key in active_keys(self.profile, self.made.catalogue)]
            self.profile = replace(self.profile, active=(*active, *added))

    def _morning(self, day: date) -> None:
        """The morning-after question, which is answered most of the time."""
        last = self.records[-1] if self.records else None
        if last is None or last.local_date >= day or last.routine_id != "today":
            return
        if last.check_in.next_day == Knees() and self.chance.random() < 0.9:
            after = Knees(left=max(0, (last.check_in.before.left or 0) + self._drift()))
            self.records[-1] = with_morning_after(
                last, after, self.chance.choice(("no", "no", "easy", "hard"))
            )

    def _drift(self) -> int:
        return self.chance.choice((-1, -1, *(0,) * 20, 1, 1, 2))

    def _do(self, day: date, routine: str, plan: Plan, before: Knees) -> None:
        number = len(self.records)
        start = Start(
            id=f"{number:016x}",
            app="0.1.0",
            started_at=datetime(day.year, day.month, day.day, 7, 5 + number % 40, tzinfo=ZONE),
            tz=ZONE.key,
            local_date=day,
            rehearsal=number == 2,
            check_in=CheckIn(before=before, warning_signs=() if number % 6 == 0 else None),
        )
        story = (day - self.start).days
        hurt = (
            routine == "today"
            and story >= PAIN_STOP
            and not any(one.end_reason == "pain" for one in self.records)
        )
        worst = Knees(left=6)
        record = build_record(walked(plan, 0.6 if hurt else 1.0), start, confirmed=routine == "today")
        if routine == "today":
            entries = [self._answered(entry, day) for entry in record.exercises]
            if hurt:
                last = max(at for at, entry in enumerate(entries) if entry.sets)
                entries[last] = replace(entries[last], during=worst, sharp=False, stopped=True)
                record = replace(record, end_reason="pain")
            record = replace(record, exercises=tuple(entries))
        note = self.chance.choice(NOTES) if self.chance.random() < 0.12 else ""
        self.records.append(replace(record, note=note))

    def _answered(self, entry: ExerciseRecord, day: date) -> ExerciseRecord:
        said = self.chance.random() < 0.94
        sets = entry.sets
        if self.chance.random() < 0.22:
            sets = tuple(self._weaker(row) for row in sets)
        return replace(
            entry,
            sets=sets,
            during=Knees(left=self._answer(day) if said else None),
            form=self.chance.choice(("good",) * 14 + ("shaky", None)) if said else None,
        )

    def _weaker(self, row: SetRecord) -> SetRecord:
        """The sore side does a little less."""
        if row.side != "left" or not row.reps or row.reps < 4:
            return row
        return replace(row, reps=row.reps - self.chance.choice((1, 2, 3)), outcome="partial")


def walked(plan: Plan, share: float) -> Session:
    """A session of which this share of the time was done."""
    session = Session(plan, 0.0)
    session.advance(plan.seconds * share + (60.0 if share == 1.0 else 0.0))
    if share < 1.0:
        session.finish(plan.seconds * share, "quit")
    return session
