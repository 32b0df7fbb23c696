"""Mornings on which the demonstration runner's knee, plan or history asks for another screen than usual."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from demo_life import walked
from msgspec.structs import replace

from runnersknee_tui.coach import Coach
from runnersknee_tui.core.adaptation import with_morning_after
from runnersknee_tui.core.programme import Weekly
from runnersknee_tui.core.record import CheckIn, Knees
from runnersknee_tui.core.recording import Start, build_record
from runnersknee_tui.workspace import Workspace

Change = Callable[[Workspace], None]


def morning_untold(made: Workspace) -> None:
    confirmed(made)
    week_told(made)
    newest = made.history.newest(1)[0]
    made.history.replace(newest.id, lambda record: with_morning_after(record, Knees(), None))


def week_told(made: Workspace) -> None:
    day = made.clock.wall().date() - timedelta(days=2)
    made.change_settings({"weekly": [Weekly(day, 3).text]})


def both_knees(made: Workspace) -> None:
    morning_untold(made)
    made.change_settings({"knee": "both"})


def all_asked(made: Workspace) -> None:
    """Only the knee of this morning is asked for."""
    confirmed(made)
    week_told(made)
    coach = Coach(made)
    for record in coach.questions().morning_after:
        coach.take_morning_after([record], Knees(1, 1), "no")


def confirmed(made: Workspace) -> None:
    for record in made.history.newest(40):
        if not record.confirmed:
            made.history.replace(record.id, lambda old: replace(old, confirmed=True))


def done_today(made: Workspace) -> None:
    """Today's session lies behind: nothing is due any more."""
    coach = Coach(made)
    prepared = coach.session(coach.today())
    assert prepared is not None
    now = made.clock.wall()
    start = Start(
        id="00000000000000ab",
        app="0.1.0",
        started_at=now - timedelta(minutes=25),
        tz="Europe/Berlin",
        local_date=now.date(),
        check_in=CheckIn(before=Knees(left=1)),
    )
    made.history.save(build_record(walked(prepared.plan, 1.0), start, confirmed=True))


def sign_ticked(made: Workspace) -> None:
    Coach(made).take_signs(["swelling"])


def sore_morning(made: Workspace) -> None:
    Coach(made).save_stop(CheckIn(before=Knees(left=7)))


def unconfirmed(made: Workspace) -> None:
    newest = made.history.newest(1)[0]
    made.history.replace(newest.id, lambda record: replace(record, confirmed=False))


def steady(made: Workspace) -> None:
    """Six days without a step back, and a plan of three exercises: the next one is offered."""
    made.change_settings({"active": ["straight-leg-raise/rehab", "glute-bridge/rehab", "clamshell/rehab"]})


def little_time(made: Workspace) -> None:
    made.change_settings({"minutes": 10})


def signs_due(made: Workspace) -> None:
    made.change_settings({"signs_asked_on": made.clock.wall().date() - timedelta(days=8)})


def never_used(made: Workspace) -> None:
    """The first run is over and nothing was done yet."""
    made.change_settings({"first_run_done": True})


MORNINGS: dict[str, Change] = {
    "home-done": done_today,
    "home-paused": sign_ticked,
    "home-sore": sore_morning,
    "home-offer": steady,
    "home-little-time": little_time,
    "check-in": all_asked,
    "check-in-morning": morning_untold,
    "home-morning": morning_untold,
    "morning-after": morning_untold,
    "check-in-both": both_knees,
    "week": confirmed,
    "gate": confirmed,
    "stopped-clear": sign_ticked,
    "did-you": unconfirmed,
    "signs": signs_due,
    "stopped": sign_ticked,
    "table-both": both_knees,
    "hurt-both": both_knees,
}
"""What is changed in the workspace before the app opens, by the name of the picture."""
