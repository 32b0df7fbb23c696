"""The two programmes, their active set, and what the user chose about training (adaptation.md, section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from msgspec import Struct, field

from runnersknee_tui.core.assessment import EVIDENCE, PAIN_FREE, PainLine
from runnersknee_tui.core.model import KIT, Catalogue, Dose, Exercise, Region
from runnersknee_tui.core.settings import DAYS


class Key(NamedTuple):
    """One dose of one exercise: what progresses, rests and is due on its own."""

    exercise: str
    dose: str

    @property
    def text(self) -> str:
        """ "clamshell/rotation", as in `today --json`."""
        return f"{self.exercise}/{self.dose}"


REHAB, PREHAB = "rehab", "prehab"

STARTER = (Key("straight-leg-raise", REHAB), Key("glute-bridge", REHAB), Key("clamshell", REHAB))
GROWTH = (
    Key("short-arc-quad", REHAB),
    Key("lateral-band-walk", REHAB),
    Key("step-up", REHAB),
    Key("dead-bug", REHAB),
    Key("plank", REHAB),
    Key("clamshell", "rotation"),
    Key("ninety-ninety-stretch", REHAB),
    Key("single-leg-squat", REHAB),
)
"""What is offered after the starter three, one at a time, in this order."""

PREHAB_FOUR = (
    Key("single-leg-squat", PREHAB),
    Key("glute-bridge", PREHAB),
    Key("clamshell", PREHAB),
    Key("step-down", PREHAB),
)
PROGRAMMES: Mapping[str, tuple[Key, ...]] = {REHAB: STARTER + GROWTH, PREHAB: PREHAB_FOUR}

STRENGTH_CLAMSHELL, CLAMSHELL_ROTATION = Key("clamshell", REHAB), Key("clamshell", "rotation")
"""Never both in a day; strength wins (catalogue.md, 5.4)."""

LOCKED = ("single-leg-squat", "step-down")
"""Exercises that rehab offers only late: "risk if too early" (article A); in prehab nothing is locked."""
OPENERS = (Key("straight-leg-raise", REHAB), Key("short-arc-quad", REHAB), Key("step-up", REHAB))
"""Two clean sessions at the top of one of these open the lock."""
CLEAN_TOPS_TO_UNLOCK = 2
TRAINING_DAYS_TO_GROW = 6

COUNTED_ROUTINES = frozenset(
    {"today", "full", "daily", "starter", "early", "late", "core", "prehab", "flare"}
)
"""Routines of the app whose sessions move targets and schedule. A pre-run or an own routine never does."""

ANSWERS = ("fine", "some", "much")
ACTIVITIES = ("stairs", "squatting", "sitting", "running")


class Weekly(Struct, frozen=True):
    """The weekly questions: worst knee pain of the week (0-10) and trouble with four things, None where open.

    Kept in the settings as "2026-06-01/4/fine/some/-/much": worst pain, then the activities in their order.
    """

    day: date
    worst: int | None
    trouble: tuple[str | None, ...] = (None,) * len(ACTIVITIES)

    @property
    def text(self) -> str:
        parts = [self.day.isoformat(), "-" if self.worst is None else str(self.worst)]
        return "/".join(parts + [answer or "-" for answer in self.trouble])

    @classmethod
    def parse(cls, text: str) -> Weekly:
        """Raises ValueError for any other shape."""
        day, worst, *trouble = text.split("/")
        pain = None if worst == "-" else int(worst)
        answers = tuple(None if answer == "-" else answer for answer in trouble)
        if len(answers) != len(ACTIVITIES) or not all(a is None or a in ANSWERS for a in answers):
            raise ValueError(f"not a week's answers: {text!r:.60}")
        if pain is not None and not 0 <= pain <= 10:
            raise ValueError(f"pain is 0 to 10: {text!r:.60}")
        return cls(date.fromisoformat(day), pain, answers)


class Profile(Struct, frozen=True):
    """What the user chose and the app remembers, as the rules read it. `cleared_on` must be unset (None) by
    whoever stores a newly ticked sign."""

    programme: str = REHAB
    knee: str | None = None  # "left", "right", "both", "none"
    minutes: int = 20
    training_days: tuple[str, ...] = DAYS
    easy_days: tuple[str, ...] = ()
    kit: frozenset[str] = frozenset(KIT)
    line: PainLine = EVIDENCE
    active: tuple[str, ...] | None = None  # "id" or "id/dose"; None: the programme's own start
    unlocked: frozenset[str] = frozenset()  # ids of exercises unlocked by hand
    sets: Mapping[str, int] = field(default_factory=dict)  # "id/dose" to the number the user raised it to
    breaks: tuple[tuple[date, date], ...] = ()  # first and last day
    weekly: tuple[Weekly, ...] = ()
    signs_ticked: tuple[str, ...] = ()
    signs_asked_on: date | None = None
    cleared_on: date | None = None

    def break_on(self, day: date) -> tuple[date, date] | None:
        """The declared break (holiday, illness) that this day falls in."""
        return next((span for span in self.breaks if span[0] <= day <= span[1]), None)

    def trains_on(self, day: date) -> bool:
        """A training day outside of breaks. With no training day chosen, every day is one."""
        return (not self.training_days or DAYS[day.weekday()] in self.training_days) and not self.break_on(
            day
        )

    def uncleared(self, day: date | None) -> bool:
        """Something that happened on `day` and that no clinician has cleared since."""
        return day is not None and (self.cleared_on is None or self.cleared_on < day)


def profile_from(values: Mapping[str, Any]) -> Profile:
    """The profile in a mapping of checked settings (`core.settings`); unreadable old answers are left out."""
    active = values.get("active")
    default = Profile()
    return Profile(
        programme=values.get("programme") or REHAB,
        knee=values.get("knee"),
        minutes=values.get("minutes") or default.minutes,
        training_days=tuple(values.get("training_days", DAYS)),
        easy_days=tuple(values.get("easy_days", ())),
        kit=frozenset(values.get("kit", KIT)),
        line=PAIN_FREE if values.get("pain_line") == "pain-free" else EVIDENCE,
        active=None if active is None else tuple(active),
        unlocked=frozenset(values.get("unlocked", ())),
        sets=dict(_readable(_raised, values.get("sets", ()))),
        breaks=tuple(_readable(_break, values.get("breaks", ()))),
        weekly=tuple(sorted(_readable(Weekly.parse, values.get("weekly", ())), key=lambda week: week.day)),
        signs_ticked=tuple(values.get("signs_ticked", ())),
        signs_asked_on=_day(values.get("signs_asked_on")),
        cleared_on=_day(values.get("cleared_on")),
    )


def _break(text: str) -> tuple[date, date]:
    first, _, last = text.partition("/")
    span = date.fromisoformat(first), date.fromisoformat(last or first)
    return min(span), max(span)


def _raised(text: str) -> tuple[str, int]:
    key, _, number = text.partition("=")
    return key.strip(), int(number)


def _readable(read: Any, texts: Iterable[Any]) -> list[Any]:
    found = []
    for text in texts:
        try:
            found.append(read(str(text)))
        except ValueError:
            continue
    return found


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None:
        return value
    return date.fromisoformat(str(value))


# --- the active set ------------------------------------------------------------------------------------------


def key_in(catalogue: Catalogue, text: str, programme: str = REHAB) -> Key | None:
    """The key named by "id/dose", or by "id": its dose in the programme, else its first. None: unknown."""
    name, _, dose = text.partition("/")
    exercise = catalogue.exercises.get(name)
    if exercise is None:
        return None
    doses = [known.id for known in exercise.doses]
    if dose:
        return Key(name, dose) if dose in doses else None
    for key in PROGRAMMES[programme]:
        if key.exercise == name and key.dose in doses:
            return key
    return Key(name, doses[0])


def active_keys(profile: Profile, catalogue: Catalogue) -> tuple[Key, ...]:
    """What the user works on now, in the order it was added: prehab's four, or rehab's growing set.

    There is always one hip and one knee item: where the user's own choice lacks one, the starter's joins it.
    """
    if profile.programme == PREHAB:
        chosen = list(PREHAB_FOUR)
    elif profile.active is None:
        chosen = list(STARTER)
    else:
        named = (key_in(catalogue, text, profile.programme) for text in profile.active)
        chosen = [key for key in dict.fromkeys(named) if key is not None]
        for region in (Region.KNEE, Region.HIP):
            if not any(catalogue.exercises[key.exercise].region is region for key in chosen):
                chosen += _starter_of(region, catalogue)
    return tuple(key for key in chosen if _known(key, catalogue))


def _starter_of(region: Region, catalogue: Catalogue) -> list[Key]:
    return [
        key
        for key in STARTER
        if _known(key, catalogue) and catalogue.exercises[key.exercise].region is region
    ][:1]


def dose_of(key: Key, catalogue: Catalogue) -> tuple[Exercise, Dose] | None:
    """The exercise and dose of a key; None where the catalogue lacks one of them."""
    exercise = catalogue.exercises.get(key.exercise)
    if exercise is None:
        return None
    return next(((exercise, dose) for dose in exercise.doses if dose.id == key.dose), None)


def _known(key: Key, catalogue: Catalogue) -> bool:
    return dose_of(key, catalogue) is not None


def listed_keys(profile: Profile, catalogue: Catalogue) -> tuple[Key, ...]:
    """Every dose of the programme and whatever else is active, in catalogue order."""
    wanted = {key for key in PROGRAMMES[profile.programme] if _known(key, catalogue)}
    return in_catalogue_order(wanted | set(active_keys(profile, catalogue)), catalogue)


def in_catalogue_order(keys: Iterable[Key], catalogue: Catalogue) -> tuple[Key, ...]:
    """Known keys, sorted by exercise and then by dose as the catalogue has them; unknown ones are left out."""
    wanted = set(keys)
    return tuple(
        key
        for name, exercise in catalogue.exercises.items()
        for key in (Key(name, dose.id) for dose in exercise.doses)
        if key in wanted
    )


def feasible_days(days: Sequence[str], *, free_day: bool) -> int:
    """How often a week an exercise can come on these days, with a free day between where it needs one."""
    numbers = sorted(DAYS.index(day) for day in set(days)) if days else list(range(7))
    if not free_day:
        return len(numbers)
    return max((_spaced(numbers[at:] + numbers[:at]) for at in range(len(numbers))), default=0)


def _spaced(numbers: Sequence[int]) -> int:
    first, taken, last = numbers[0], 1, 0
    for number in numbers[1:]:
        offset = (number - first) % 7
        if offset - last >= 2 and 7 - offset >= 2:
            taken, last = taken + 1, offset
    return taken
