"""Exercises for people, as lines of plain text: to a pipe, a pager or a terminal of any width.

Nothing here has colours or control characters. What an article expects is called "from the article", and what
no article states is called our own.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from textwrap import wrap

from runnersknee_tui.core.model import (
    KIT,
    Catalogue,
    Dose,
    Exercise,
    PhaseKind,
    SideOrder,
    Sides,
    Span,
)
from runnersknee_tui.core.units import localise

LABEL = 9
"""Columns of the words in front of a paragraph."""

_TEMPO = {
    PhaseKind.CONCENTRIC: "concentric_s",
    PhaseKind.ISOMETRIC: "hold_s",
    PhaseKind.ECCENTRIC: "eccentric_s",
}
"""Which field of a dose holds the seconds of which phase."""

_WORDS = {
    "start": "start",
    "steps": "steps",
    "insight": "insight",
    "safety": "safety",
    "why": "why",
    "targets": "muscles",
}
"""Fields of an exercise that hold words, and what this page calls them."""


# --- words and columns ---------------------------------------------------------------------------------------


def span_words(span: Span) -> str:
    """ "15-20", or "20" where both ends are one."""
    return f"{span.lo:g}" if span.fixed else f"{span.lo:g}-{span.hi:g}"


def seconds_words(seconds: float) -> str:
    """ "45 s", "2 min" or "1 min 30 s"."""
    minutes, rest = divmod(seconds, 60)
    if minutes and rest:
        return f"{minutes:g} min {rest:g} s"
    return f"{minutes:g} min" if minutes else f"{rest:g} s"


def source_words(source: str) -> str:
    """ "article A, item 1" for "A1"; "our own" for "own"; any other word of a person as it stands."""
    if source == "own":
        return "our own"
    if source[:1] in ("A", "B") and (source[1:].isdigit() or not source[1:]):
        return f"article {source[0]}" + (f", item {source[1:]}" if source[1:] else "")
    return source


def kit_words(equipment: Sequence[str]) -> str:
    """What is needed, in words; "none" where a floor is enough."""
    return ", ".join(KIT.get(kit, kit) for kit in equipment) or "none"


def _paragraph(label: str, text: str, width: int) -> list[str]:
    """A label and its text, the text in its own column."""
    return wrap(text, width, initial_indent=label.ljust(LABEL), subsequent_indent=" " * LABEL)


def columns(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Rows with their columns in line; the last column goes on below itself where it is too long."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    left = sum(widths) + 2 * len(widths)
    for *cells, last in rows:
        start = "".join(cell.ljust(size + 2) for cell, size in zip(cells, widths, strict=True))
        lines = wrap(last, max(width - left, 20)) or [""]
        yield (start + lines[0]).rstrip()
        yield from (" " * left + line for line in lines[1:])


# --- exercises -----------------------------------------------------------------------------------------------


def exercise_list(catalogue: Catalogue, width: int = 80) -> list[str]:
    """One line an exercise: id, name, kit and muscles."""
    rows = [("id", "name", "kit", "works")]
    rows += [
        (exercise.id, exercise.name, kit_words(exercise.form.equipment), ", ".join(exercise.targets))
        for exercise in catalogue.exercises.values()
    ]
    return [*columns(rows, width), "", "runnersknee exercises ID tells all about one of them."]


def exercise_page(
    exercise: Exercise,
    units: str,
    width: int = 80,
    *,
    reached: Container[str] = (),
    standing: Sequence[str] = (),
) -> list[str]:
    """Everything there is to say about one exercise.

    `reached` are ids of the rungs that the user stands on, `standing` the lines that tell why.
    """
    form = exercise.form
    lines = [exercise.name, "=" * len(exercise.name), ""]
    lines += _paragraph("Works", ", ".join(exercise.targets), width)
    lines += _paragraph("Kit", kit_words(form.equipment), width)
    lines += _paragraph("Sides", _sides_words(form.sides, form.side_order), width)
    lines += ["", *_paragraph("Start", localise(form.start, units), width)]
    for number, step in enumerate(form.steps, 1):
        lines += wrap(
            localise(step, units),
            width,
            initial_indent=("Steps" if number == 1 else "").ljust(LABEL) + f"{number} ",
            subsequent_indent=" " * (LABEL + 2),
        )
    for label, text in (("Insight", exercise.insight), ("Safety", exercise.safety), ("Why", exercise.why)):
        if text:
            lines += ["", *_paragraph(label, localise(text, units), width)]
    lines += ["", "Doses", *_doses(exercise, units, width)]
    if len(exercise.ladder) > 1:
        lines += ["", "From easy to hard", *_ladder(exercise, units, width, reached)]
    return [*lines, *standing, *_own_fields(exercise, width)]


def _own_fields(exercise: Exercise, width: int) -> list[str]:
    """Which words of a shipped exercise no article has; a person's own exercise is all theirs."""
    own = [words for field, words in _WORDS.items() if field not in exercise.given]
    if not exercise.given or not own:
        return []
    return ["", *wrap(f"Our own words, as no article has them: {', '.join(own)}.", width)]


def _sides_words(sides: Sides, order: SideOrder) -> str:
    if sides is Sides.BOTH:
        return "both at once"
    if sides is Sides.ALTERNATE:
        return "left and right in turn; repetitions count for each side"
    if order is SideOrder.EXERCISE:
        return "all sets of one side, then turn over for the other"
    return "one side, switch, the other side: that is one set"


def dose_words(dose: Dose, exercise: Exercise) -> str:
    """One sentence of numbers: sets, repetitions, tempo, rest and how often."""
    form = exercise.step(dose.step).form
    side = "" if form.sides is Sides.BOTH else " each side"
    count = f"{_sets(dose)} of "
    if dose.reps is None:
        hold = dose.hold_s or Span(0, 0)
        length = seconds_words(hold.lo) if hold.fixed else f"{span_words(hold)} s"
        work = f"{count}{length}{side}"
    else:
        work = f"{count}{span_words(dose.reps)}{side}"
        tempo = tempo_words(dose, exercise)
        work += f": {', '.join(tempo)}" if tempo else ""
    return f"{work}. Rest {seconds_words(dose.rest_s)}. {_often(dose)}."


def _sets(dose: Dose) -> str:
    return f"{span_words(dose.sets)} set{'' if dose.sets == Span(1, 1) else 's'}"


def tempo_words(dose: Dose, exercise: Exercise, keys: Container[str] = _TEMPO.values()) -> list[str]:
    """The phases of a repetition with their seconds: ["lift 2 s", "hold 2-3 s", "lower 2 s"]."""
    words = []
    for phase in exercise.step(dose.step).form.phases:
        value = getattr(dose, _TEMPO[phase.kind])
        span = value if isinstance(value, Span) or value is None else Span(value, value)
        if span is not None and _TEMPO[phase.kind] in keys:
            words.append(f"{phase.label.lower()} {span_words(span)} s")
    return words


def _often(dose: Dose) -> str:
    if dose.per_week.lo >= 7:
        return "Every day"
    often = f"{span_words(dose.per_week)} days a week"
    return f"{often}, with a day off between" if dose.free_day else often


def _doses(exercise: Exercise, units: str, width: int) -> Iterator[str]:
    for dose in exercise.doses:
        yield from _hanging(f"  {dose.id} ({source_words(dose.source)})", dose_words(dose, exercise), width)
        rung = exercise.step(dose.step)
        if rung.name != exercise.name:
            yield from _indented(f"Done as: {rung.name}. {localise(rung.how, units)}", width)
        said = article_words(dose)
        if said:
            yield from _indented(f"From the article: {said}", width)
        own = own_words(dose, exercise)
        if own and dose.source != "own":
            yield from _indented(f"Our own, where the article says nothing: {own}.", width)


def article_words(dose: Dose) -> str:
    """What the source expects of a dose: complexity, weeks, stars and outcome; empty where it says nothing."""
    parts = []
    if dose.complexity:
        parts.append(f"complexity {dose.complexity}")
    if dose.outcome_weeks:
        parts.append(f"{span_words(dose.outcome_weeks)} weeks")
    if dose.stars:
        parts.append(f"{dose.stars} of 5 stars")
    facts = "; ".join(parts)
    return " ".join(part for part in (facts and f"{facts}.", dose.outcome or "") if part)


def own_words(dose: Dose, exercise: Exercise) -> str:
    """Which of a dose's numbers no source gives; empty where it gives them all."""
    own = {"sets", "hold_s", "concentric_s", "eccentric_s", "rest_s", "free_day"} - set(dose.given)
    words = [_sets(dose)] if "sets" in own else []
    words += tempo_words(dose, exercise, own)
    if "rest_s" in own:
        words.append(f"rest {seconds_words(dose.rest_s)}")
    if "free_day" in own and dose.free_day:
        words.append("the day off between")
    return ", ".join(words)


def _ladder(exercise: Exercise, units: str, width: int, reached: Container[str]) -> Iterator[str]:
    for number, step in enumerate(exercise.ladder, 1):
        own = "" if step.given else " (our own)"
        here = "  <- you are here" if step.id in reached else ""
        yield from _hanging(f"  {number} {step.name}{own}{here}", localise(step.how, units), width)


def _hanging(title: str, text: str, width: int) -> list[str]:
    return [title, *_indented(text, width)]


def _indented(text: str, width: int) -> list[str]:
    return wrap(text, width, initial_indent="    ", subsequent_indent="    ")
