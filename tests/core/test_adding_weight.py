"""When weight is added, and when a step that was earned still waits (adaptation.md, 2, 3 and 7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from runnersknee_tui.core.agenda import Item
from runnersknee_tui.core.assessment import Decision
from runnersknee_tui.core.fold_back import fold
from runnersknee_tui.core.programme import Key, Profile
from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.core.schedule import today
from tests.core.catalogue_for_tests import CATALOGUE
from tests.core.records_for_tests import MONDAY, asked, entry_of, left, session
from tests.core.simulated_year import item_of, seconds_of

RAISE, ROTATION = Key("straight-leg-raise", "rehab"), Key("clamshell", "rotation")


def look(offset: int, records: Sequence[SessionRecord], key: Key) -> Item:
    day, profile = MONDAY + timedelta(days=offset), Profile(minutes=120, active=(key.text,))
    state = fold(records, CATALOGUE, until=day)
    return item_of(today(day, state, CATALOGUE, profile, before=left(0), seconds_of=seconds_of), key)


def done(
    offset: int, exercise: str, target: int, during: int = 0, dose: str = "rehab", **more: str
) -> SessionRecord:
    entry = entry_of(asked(exercise, dose, target, **more), during=during)
    return session(MONDAY + timedelta(days=offset), entry, name=f"{offset:03}-{dose}")


def rotation(offset: int) -> SessionRecord:
    return done(offset, "clamshell", 20, dose="rotation", step="clamshell-band")


def test_weight_follows_a_week_without_pain_in_any_dose_of_the_exercise() -> None:
    calm = [rotation(day) for day in (0, 3, 6, 8)]
    assert look(9, calm, ROTATION).prescription.ladder_step == "clamshell-weight"
    sore = [*calm, done(4, "clamshell", 20, during=1)]
    waits = look(9, sore, ROTATION)
    assert waits.prescription.ladder_step == "clamshell-band"
    assert waits.why == "4 pain-free days so far; weight is added after 7."


def test_pain_in_another_dose_after_weight_was_earned_holds_it_back() -> None:
    records = [*(rotation(day) for day in (0, 3, 6, 8)), done(9, "clamshell", 20, during=1)]
    waits = look(10, records, ROTATION)
    assert (waits.prescription.ladder_step, waits.decision) == ("clamshell-band", Decision.KEEP)
    assert waits.why == "1 pain-free day so far; weight is added after 7."
    assert "harder" not in waits.choices


def test_a_step_that_was_earned_before_a_gap_is_not_begun_after_it() -> None:
    at_top = [done(day, "straight-leg-raise", 20) for day in (0, 2, 5, 7, 8)]
    assert look(9, at_top, RAISE).prescription.ladder_step == "raise-1-lb"
    back = look(18, at_top, RAISE)
    assert (back.prescription.ladder_step, back.prescription.reps, back.decision) == (None, 15, Decision.KEEP)
    longer = look(22, at_top, RAISE)
    assert longer.prescription.ladder_step == "straight-leg-raise-low"


def test_a_day_between_weighted_ones_is_no_first_clean_session_of_its_own_step() -> None:
    """Off the weight after a gap, one clean session at the top is one, whatever came between the weighted days."""
    weighted = [done(day, "straight-leg-raise", 20, step="raise-1-lb") for day in (0, 2)]
    between = [done(day, "straight-leg-raise", 20) for day in (1, 3)]
    eased = done(18, "straight-leg-raise", 20)
    after = look(19, [*weighted, *between, eased], RAISE)
    assert after.why == "Top of the range with clean form; do it once more and you move up."
