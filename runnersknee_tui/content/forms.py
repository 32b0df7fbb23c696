"""How a body does an exercise: the part of a file that the exercise and each rung of its ladder may state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from runnersknee_tui.content.table import Table, hint
from runnersknee_tui.core.model import KIT, Form, Phase, PhaseKind, Posture, SideOrder, Sides
from runnersknee_tui.core.words import clean

FORM_KEYS = Form.__struct_fields__

PLAIN_FORM = Form(
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
"""What a person's own exercise need not say."""


class Rules(Struct, frozen=True):
    """Which world a file belongs to. `figures` empty: any figure's name will do."""

    shipped: bool
    figures: frozenset[str] = frozenset()


def read_form(table: Table, base: Form, rules: Rules) -> Form:
    """`base` with what the table says laid over it."""
    sides = table.choice("sides", Sides, base.sides)
    return Form(
        posture=table.choice("posture", Posture, base.posture),
        sides=sides,
        side_order=table.choice("side_order", SideOrder, base.side_order),
        start=table.text("start", base.start),
        steps=table.texts("steps", base.steps),
        cue=table.line_text("cue", base.cue, limit=60),
        stance=_stance(table) if "stance" in table else base.stance or _plain_stance(sides),
        turn=table.text("turn", base.turn, limit=120),
        phases=_phases(table) if "phases" in table else base.phases,
        equipment=table.names("equipment", tuple(KIT), base.equipment),
        loaded=table.flag("loaded", base.loaded),
        figure=_figure(table, base.figure, rules),
    )


def _plain_stance(sides: Sides) -> Mapping[str, str]:
    return {"left": "LEFT SIDE.", "right": "RIGHT SIDE."} if sides is Sides.EACH else {}


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
    note_twice(table, "phases", [phase.kind for phase in phases], "kind")
    return tuple(phases)


def _figure(table: Table, default: str | None, rules: Rules) -> str | None:
    if "figure" not in table:
        return default
    figure = table.id("figure")
    if figure and rules.figures and figure not in rules.figures:
        table.note("figure", f'no figure "{figure}".{hint(figure, sorted(rules.figures))}')
    return figure or None


def note_twice(table: Table, key: str, ids: Sequence[str], inner: str = "id") -> None:
    """Notes which rows of the list `key` have an id (or what `inner` says) that a row before them has."""
    for index, id_ in enumerate(ids):
        first = ids.index(id_)
        if id_ and first < index:
            path = (*table.path, key, index, inner)
            table.notebook.note(path, f'"{clean(id_)}" is already used by {key}[{first + 1}]')
