"""An exercise's file to an `Exercise`: first its usual form, then the ladder and the doses that lean on forms.

A file that ships with the app states everything. A person's own needs a name and the length of a set, and gets
for the rest the defaults named here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from runnersknee_tui.content.table import Table, hint
from runnersknee_tui.core.model import (
    KIT,
    Dose,
    Exercise,
    Form,
    LadderStep,
    Phase,
    PhaseKind,
    Posture,
    Region,
    SideOrder,
    Sides,
    Span,
)
from runnersknee_tui.core.words import clean, nearest

DEFAULT_ORDER = 1000
MOST_SETS = 50
MOST_REPS = 500
LONGEST_S = 3600
SHORTEST_TEMPO_S = 0.5

FORM_KEYS = tuple(field.name for field in fields(Form))
HEAD_KEYS = ("order", "name", "say", "region", "targets", "insight", "safety", "why", "given")
LENGTH_KEYS = ("sets", "reps", "hold_s", "concentric_s", "eccentric_s", "rest_s", "per_week")
"""Keys of the one dose of a person's own exercise, which need no [[doses]] block."""
EXERCISE_KEYS = (*HEAD_KEYS, *FORM_KEYS, "ladder", "doses", *LENGTH_KEYS)
RUNG_KEYS = ("id", "name", "adds_weight", "weight_lb", "how", "given", "hold_s", "like", *FORM_KEYS)
DOSE_KEYS = tuple(field.name for field in fields(Dose))

_SHIPPED_NEEDS = ("name", "region", "targets", "posture", "sides", "start", "steps", "cue", "stance", "phases", "ladder", "doses")  # fmt: skip
_GIVABLE = ("name", "region", "targets", "insight", "safety", "why", "ladder", *FORM_KEYS)

_PLAIN_FORM = Form(
    posture=Posture.STANDING,
    sides=Sides.BOTH,
    side_order=SideOrder.SET,
    start="",
    steps=(),
    cue="",
    stance={},
    turn="",
    phases=(),
    equipment=(),
    loaded=False,
    figure=None,
)
_OWN_TEMPO_S = 2
_OWN_REST_S = 30
_OWN_WEEK = Span(2, 3)


@dataclass(frozen=True, slots=True)
class Rules:
    """Which world a file belongs to. `figures` empty: any figure's name will do."""

    shipped: bool
    figures: frozenset[str] = frozenset()


@dataclass(slots=True)
class Draft:
    """An exercise whose usual form is known, and whose ladder may still ask for the forms of others."""

    id: str
    table: Table
    rules: Rules
    form: Form
    order: int | None


def draft(id_: str, table: Table, rules: Rules) -> Draft:
    """The first half of reading; problems go into the table's notebook."""
    if not table.values:
        table.note(None, "the file is empty; an exercise needs a name and reps or hold_s")
        return Draft(id_, table, rules, _PLAIN_FORM, None)
    table.check_keys("exercise", EXERCISE_KEYS, _SHIPPED_NEEDS if rules.shipped else ("name",))
    base = _PLAIN_FORM if rules.shipped else replace(_PLAIN_FORM, phases=_own_phases(table))
    form = _form(table, base, rules)
    if form.sides is Sides.EACH and not form.stance:
        form = replace(form, stance={"left": "LEFT SIDE.", "right": "RIGHT SIDE."})
    return Draft(id_, table, rules, form, table.whole("order", -1_000_000, 1_000_000))


def finish(half: Draft, forms: Mapping[str, Form], where: Callable[[str], str]) -> Exercise:
    """The second half: the whole exercise, worth something only where the notebook has no error.

    `forms` are the usual forms of all exercises, for rungs that are `like` one; `where` tells whose they are.
    """
    table = half.table
    name = table.line_text("name")
    usual = LadderStep(half.id, name, adds_weight=False, weight_lb=None, how="", form=half.form)
    rungs = [_rung(row, half, forms, where) for row in table.tables("ladder")]
    _once(table, "ladder", [rung.id for rung in rungs])
    ladder = tuple(rungs) or (usual,)
    return Exercise(
        id=half.id,
        name=name,
        say=table.line_text("say", name),
        region=table.choice("region", Region, Region.KNEE),
        targets=table.texts("targets", limit=80),
        insight=table.text("insight"),
        safety=table.text("safety"),
        why=table.text("why"),
        form=half.form,
        ladder=ladder,
        doses=_doses(half, ladder),
        given=table.names("given", _GIVABLE),
    )


# --- forms ---------------------------------------------------------------------------------------------------


def _form(table: Table, base: Form, rules: Rules) -> Form:
    """`base` with what the table says laid over it."""
    return Form(
        posture=table.choice("posture", Posture, base.posture),
        sides=table.choice("sides", Sides, base.sides),
        side_order=table.choice("side_order", SideOrder, base.side_order),
        start=table.text("start", base.start),
        steps=table.texts("steps", base.steps),
        cue=table.line_text("cue", base.cue, limit=60),
        stance=_stance(table) if "stance" in table else base.stance,
        turn=table.text("turn", base.turn, limit=120),
        phases=_phases(table) if "phases" in table else base.phases,
        equipment=table.names("equipment", tuple(KIT), base.equipment),
        loaded=table.flag("loaded", base.loaded),
        figure=_figure(table, base.figure, rules),
    )


def _stance(table: Table) -> Mapping[str, str]:
    inner = table.table("stance")
    if inner is None:
        return {}
    inner.check_keys("stance", ("left", "right", "both"))
    words = {key: inner.line_text(key, limit=75) for key in ("left", "right", "both") if key in inner}
    if "both" not in words and len(words) < 2:
        table.note("stance", "expected { left = …, right = … } or { both = … }")
    return words


def _phases(table: Table) -> tuple[Phase, ...]:
    phases = []
    for row in table.tables("phases"):
        row.check_keys("phase", ("kind", "label"), ("kind", "label"))
        phases.append(
            Phase(row.choice("kind", PhaseKind, PhaseKind.ISOMETRIC), row.line_text("label", limit=24))
        )
    _once(table, "phases", [phase.kind for phase in phases], "kind")
    return tuple(phases)


def _figure(table: Table, default: str | None, rules: Rules) -> str | None:
    if "figure" not in table:
        return default
    figure = table.id("figure")
    if figure and rules.figures and figure not in rules.figures:
        table.note("figure", f'no figure "{figure}".{hint(figure, sorted(rules.figures))}')
    return figure or None


def _own_phases(table: Table) -> tuple[Phase, ...]:
    """Lift, hold, lower: as many of them as the doses name seconds or repetitions for."""
    doses = table.values.get("doses")
    rows = [row for row in doses if isinstance(row, dict)] if isinstance(doses, list) else []
    keys = {key for row in (table.values, *rows) for key in row}
    phases = [Phase(PhaseKind.CONCENTRIC, "Lift")] if "reps" in keys else []
    if "hold_s" in keys:
        phases.append(Phase(PhaseKind.ISOMETRIC, "Hold"))
    if "reps" in keys:
        phases.append(Phase(PhaseKind.ECCENTRIC, "Lower"))
    return tuple(phases)


# --- the ladder ----------------------------------------------------------------------------------------------


def _rung(row: Table, half: Draft, forms: Mapping[str, Form], where: Callable[[str], str]) -> LadderStep:
    row.check_keys("rung", RUNG_KEYS, ("id", "name", "how") if half.rules.shipped else ("id", "name"))
    adds_weight = row.flag("adds_weight")
    if "weight_lb" in row and not adds_weight:
        row.note("weight_lb", "expected adds_weight = true beside it")
    return LadderStep(
        id=row.id("id"),
        name=row.line_text("name"),
        adds_weight=adds_weight,
        weight_lb=row.number("weight_lb", 0.1, 1000, " of pounds"),
        how=row.text("how"),
        form=_form(row, _like(row, half, forms, where), half.rules),
        hold_s=row.number("hold_s", 1, LONGEST_S),
        given=row.flag("given", True),
    )


def _like(row: Table, half: Draft, forms: Mapping[str, Form], where: Callable[[str], str]) -> Form:
    if "like" not in row:
        return half.form
    other = row.id("like")
    if other == half.id:
        row.note("like", f"{other} is like itself; leave the line out")
    elif other and other not in forms:
        closest = nearest(other, forms)
        row.note(
            "like", f'no exercise "{other}".' + (f" Closest: {closest} ({where(closest)})" if closest else "")
        )
    return forms.get(other, half.form)


# --- doses ---------------------------------------------------------------------------------------------------


def _doses(half: Draft, ladder: tuple[LadderStep, ...]) -> tuple[Dose, ...]:
    table = half.table
    short = [key for key in LENGTH_KEYS if key in table]
    if "doses" in table:
        for key in short:
            table.note(key, "belongs into [[doses]], where this file has its doses")
        rows = table.tables("doses")
    else:
        values = {key: table.values[key] for key in short}
        rows = [Table(table.notebook, values, table.path)]
    doses = tuple(_dose(row, half, ladder, first=index == 0) for index, row in enumerate(rows))
    _once(table, "doses", [dose.id for dose in doses])
    return doses


def _dose(row: Table, half: Draft, ladder: tuple[LadderStep, ...], *, first: bool) -> Dose:
    if half.rules.shipped:
        row.check_keys("dose", DOSE_KEYS, ("id", "source", "step", "sets", "rest_s", "per_week", "given"))
    elif row.path:
        row.check_keys("dose", DOSE_KEYS, () if first else ("id",))
    dose = Dose(
        id=row.id("id", "own"),
        source=row.line_text("source", "own"),
        step=_dose_step(row, half, ladder),
        sets=row.span("sets", 1, MOST_SETS, whole=True) or Span(1, 1),
        reps=row.span("reps", 1, MOST_REPS, whole=True),
        hold_s=row.span("hold_s", 1, LONGEST_S, whole=False, unit=" of seconds"),
        concentric_s=row.number("concentric_s", SHORTEST_TEMPO_S, LONGEST_S),
        eccentric_s=row.span("eccentric_s", SHORTEST_TEMPO_S, LONGEST_S, whole=False, unit=" of seconds"),
        rest_s=_or(row.number("rest_s", 0, LONGEST_S), _OWN_REST_S),
        per_week=row.span("per_week", 1, 14, whole=True) or _OWN_WEEK,
        free_day=row.flag("free_day"),
        complexity=row.text("complexity") or None,
        outcome=row.text("outcome") or None,
        outcome_weeks=row.span("outcome_weeks", 1, 104, whole=True),
        stars=row.whole("stars", 1, 5),
        given=row.names("given", DOSE_KEYS),
    )
    _check_length(row, dose, next((rung.form for rung in ladder if rung.id == dose.step), half.form))
    if "reps" in row and not half.rules.shipped:
        return replace(
            dose,
            concentric_s=_or(dose.concentric_s, _OWN_TEMPO_S),
            eccentric_s=dose.eccentric_s or Span(_OWN_TEMPO_S, _OWN_TEMPO_S),
        )
    if "reps" in row and not {"concentric_s", "eccentric_s"} <= row.values.keys():
        row.note(None, "a dose with reps needs concentric_s and eccentric_s")
    return dose


def _dose_step(row: Table, half: Draft, ladder: tuple[LadderStep, ...]) -> str:
    """The rung a dose is done on: the named one, else the only one, else the one that bears the exercise's id."""
    ids = [rung.id for rung in ladder]
    if "step" in row:
        step = row.id("step")
        if step and step not in ids:
            row.note(
                "step",
                f'no rung "{step}" in the ladder.{hint(step, ids)}',
            )
        return step
    if len(ids) > 1 and half.id not in ids:
        row.note(None, f'dose needs "step", one of the ladder\'s rungs: {", ".join(ids)}')
    return half.id if half.id in ids else ids[0]


def _check_length(row: Table, dose: Dose, form: Form) -> None:
    """Whether repetitions, hold and tempo fit one another and the phases that would take their seconds."""
    if "reps" not in row:
        if "hold_s" not in row:
            row.note(None, "has no length: add reps, or hold_s for a single hold")
        for key in ("concentric_s", "eccentric_s"):
            if key in row:
                row.note(key, "a single hold has no tempo; leave it out, or add reps")
    kinds = {phase.kind for phase in form.phases}
    for key, kind in TIMED_PHASES.items():
        if key in row and kind not in kinds and kinds and ("reps" in row or key == "hold_s"):
            row.note(key, f'nothing takes these seconds: no phase of {clean(dose.step)} is "{kind}"')


TIMED_PHASES = {
    "concentric_s": PhaseKind.CONCENTRIC,
    "hold_s": PhaseKind.ISOMETRIC,
    "eccentric_s": PhaseKind.ECCENTRIC,
}
"""Which phase takes the seconds of which key."""

T = TypeVar("T")


def _or(value: T | None, default: T) -> T:
    return default if value is None else value


def _once(table: Table, key: str, ids: list[str], inner: str = "id") -> None:
    """Notes what is there twice."""
    for index, id_ in enumerate(ids):
        first = ids.index(id_)
        if id_ and first < index:
            path = (*table.path, key, index, inner)
            table.notebook.note(path, f'"{clean(id_)}" is already used by {key}[{first + 1}]')
