"""An exercise's file to an `Exercise`: first its usual form, then the ladder and the doses that lean on forms.

A file that ships with the app states everything. A person's own needs a name and the length of a set, and gets
for the rest the defaults named here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from runnersknee_tui.content.doses import LENGTH_KEYS, LONGEST_S, read_doses
from runnersknee_tui.content.forms import FORM_KEYS, PLAIN_FORM, Rules, note_twice, read_form
from runnersknee_tui.content.table import Table
from runnersknee_tui.core.model import Dose, Exercise, Form, LadderStep, Phase, PhaseKind, Region
from runnersknee_tui.core.words import nearest

DEFAULT_ORDER = 1000

EXERCISE_KEYS = (
    *("order", "name", "say", "region", "targets", "insight", "safety", "why", "given"),
    *FORM_KEYS,
    *("ladder", "doses"),
    *LENGTH_KEYS,
)
RUNG_KEYS = ("id", "name", "adds_weight", "weight_lb", "how", "given", "hold_s", "like", *FORM_KEYS)

_SHIPPED_NEEDS = (
    *("name", "region", "targets", "posture", "sides", "start", "steps", "cue", "stance", "phases"),
    *("ladder", "doses"),
)
_GIVABLE = ("name", "region", "targets", "insight", "safety", "why", "ladder", *FORM_KEYS)


class Draft(Struct):
    """An exercise whose usual form is known, and whose ladder may still ask for the forms of others."""

    id: str
    table: Table
    rules: Rules
    form: Form
    order: int | None


def draft(id_: str, table: Table, rules: Rules) -> Draft:
    """The first half of reading; problems go into the table's notebook."""
    table.check_keys("exercise", EXERCISE_KEYS, _SHIPPED_NEEDS if rules.shipped else ("name",))
    base = PLAIN_FORM if rules.shipped else replace(PLAIN_FORM, phases=_own_phases(table))
    return Draft(
        id_, table, rules, read_form(table, base, rules), table.whole("order", -1_000_000, 1_000_000)
    )


def finish(half: Draft, forms: Mapping[str, Form], where: Callable[[str], str]) -> Exercise:
    """The second half: the whole exercise, worth something only where the notebook has no error.

    `forms` are the usual forms of all exercises, for rungs that are `like` one; `where` tells whose they are.
    """
    table = half.table
    name = table.line_text("name")
    usual = LadderStep(half.id, name, adds_weight=False, weight_lb=None, how="", form=half.form)
    rungs = [_rung(row, half, forms, where) for row in table.tables("ladder")]
    note_twice(table, "ladder", [rung.id for rung in rungs])
    ladder = tuple(rungs) or (usual,)
    doses = read_doses(table, half.id, ladder, half.rules)
    _check_holds(table, ladder, doses)
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
        doses=doses,
        given=table.names("given", _GIVABLE),
    )


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
        form=read_form(row, _like(row, half, forms, where), half.rules),
        hold_s=row.number("hold_s", 1, LONGEST_S),
        given=row.flag("given", True),
    )


def _check_holds(table: Table, ladder: tuple[LadderStep, ...], doses: tuple[Dose, ...]) -> None:
    """A repetition that is nothing but a hold needs seconds from its rung or from every dose."""
    if all(dose.reps is None or dose.hold_s is not None for dose in doses):
        return
    for index, rung in enumerate(ladder):
        if rung.hold_s is None and {phase.kind for phase in rung.form.phases} == {PhaseKind.ISOMETRIC}:
            path = (*table.path, "ladder", index) if "ladder" in table else (*table.path, "phases")
            table.notebook.note(path, f"a repetition of {rung.id} is nothing but a hold: add hold_s")


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
