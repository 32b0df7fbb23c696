"""Sets, repetitions or hold, tempo and frequency, judged by the phases that would take their seconds."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from runnersknee_tui.content.forms import Rules, note_twice
from runnersknee_tui.content.table import Table, hint
from runnersknee_tui.core.model import Dose, Form, LadderStep, PhaseKind, Span

MOST_SETS = 50
MOST_REPS = 500
LONGEST_S = 3600
SHORTEST_TEMPO_S = 0.5

LENGTH_KEYS = ("sets", "reps", "hold_s", "concentric_s", "eccentric_s", "rest_s", "per_week")
"""Keys of the one dose of a person's own exercise, which need no [[doses]] block."""
DOSE_KEYS = Dose.__struct_fields__
TIMED_PHASES = {
    "concentric_s": PhaseKind.CONCENTRIC,
    "hold_s": PhaseKind.ISOMETRIC,
    "eccentric_s": PhaseKind.ECCENTRIC,
}
"""Which phase takes the seconds of which key."""

_SHIPPED_NEEDS = ("id", "source", "step", "sets", "rest_s", "per_week", "given")
_OWN_SETS = Span(1, 1)
_OWN_TEMPO_S = 2
_OWN_REST_S = 30
_OWN_WEEK = Span(2, 3)


def read_doses(table: Table, id_: str, ladder: tuple[LadderStep, ...], rules: Rules) -> tuple[Dose, ...]:
    """The doses of the exercise `id_`: its [[doses]], or the one that stands at the top of a person's own file."""
    short = {key: table.values[key] for key in LENGTH_KEYS if key in table}
    if "doses" in table:
        for key in short:
            table.note(key, "belongs into [[doses]], where this file has its doses")
        rows = table.tables("doses")
    else:
        rows = [Table(table.notebook, short, table.path)]
    doses = []
    for index, row in enumerate(rows):
        needed = _SHIPPED_NEEDS if rules.shipped else ("id",) * min(index, 1)
        row.check_keys("dose", DOSE_KEYS, needed)
        if rules.shipped and "reps" in row and not {"concentric_s", "eccentric_s"} <= row.values.keys():
            row.note(None, "a dose with reps needs concentric_s and eccentric_s")
        dose = _dose(row, _step(row, id_, ladder))
        _check_length(row, dose, next((rung.form for rung in ladder if rung.id == dose.step), ladder[0].form))
        doses.append(dose if rules.shipped else _with_tempo(dose))
    note_twice(table, "doses", [dose.id for dose in doses])
    return tuple(doses)


def _dose(row: Table, step: str) -> Dose:
    rest_s = row.number("rest_s", 0, LONGEST_S)
    return Dose(
        id=row.id("id", "own"),
        source=row.line_text("source", "own"),
        step=step,
        sets=row.span("sets", 1, MOST_SETS, whole=True) or _OWN_SETS,
        reps=row.span("reps", 1, MOST_REPS, whole=True),
        hold_s=row.span("hold_s", 1, LONGEST_S, whole=False, unit=" of seconds"),
        concentric_s=row.number("concentric_s", SHORTEST_TEMPO_S, LONGEST_S),
        eccentric_s=row.span("eccentric_s", SHORTEST_TEMPO_S, LONGEST_S, whole=False, unit=" of seconds"),
        rest_s=_OWN_REST_S if rest_s is None else rest_s,
        per_week=row.span("per_week", 1, 14, whole=True) or _OWN_WEEK,
        free_day=row.flag("free_day"),
        complexity=row.text("complexity") or None,
        outcome=row.text("outcome") or None,
        outcome_weeks=row.span("outcome_weeks", 1, 104, whole=True),
        stars=row.whole("stars", 1, 5),
        given=row.names("given", DOSE_KEYS),
    )


def _step(row: Table, id_: str, ladder: tuple[LadderStep, ...]) -> str:
    """The rung a dose is done on: the named one, else the only one, else the one that bears the exercise's id."""
    ids = [rung.id for rung in ladder]
    if "step" in row:
        step = row.id("step")
        if step and step not in ids:
            row.note("step", f'no rung "{step}" in the ladder.{hint(step, ids)}')
        return step
    if len(ids) > 1 and id_ not in ids:
        row.note(None, f'dose needs "step", one of the rungs of the ladder: {", ".join(ids)}')
    return id_ if id_ in ids else ids[0]


def _with_tempo(dose: Dose) -> Dose:
    """A person's own repetitions go up and down in two seconds each where the file does not say otherwise."""
    if dose.reps is None:
        return dose
    return replace(
        dose,
        concentric_s=dose.concentric_s or _OWN_TEMPO_S,
        eccentric_s=dose.eccentric_s or Span(_OWN_TEMPO_S, _OWN_TEMPO_S),
    )


def _check_length(row: Table, dose: Dose, form: Form) -> None:
    """Whether repetitions, hold and tempo fit one another and the phases that would take their seconds."""
    kinds = {phase.kind for phase in form.phases}
    if "reps" in row:
        check_phases(row, kinds, dose.step, tuple(TIMED_PHASES))
        return
    if "hold_s" not in row:
        row.note(None, "has no length: add reps, or hold_s for a single hold")
    check_phases(row, kinds, dose.step, ("hold_s",))
    for key in ("concentric_s", "eccentric_s"):
        if key in row:
            row.note(key, "a single hold has no tempo; leave it out, or add reps")


def check_phases(row: Table, kinds: Collection[PhaseKind], name: str, keys: tuple[str, ...]) -> None:
    """Notes the `keys` of a dose or a routine's line whose seconds no phase of `name` would take."""
    for key in keys:
        kind = TIMED_PHASES[key]
        if kinds and key in row and kind not in kinds:  # phases that could not be read say so themselves
            row.note(key, f'nothing takes these seconds: no phase of {name} is "{kind}"')
