"""Everything there is to say about an exercise, as it stands in the browser."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.visual import Visual

from runnersknee_tui.core.exercise_text import article_words, dose_words, kit_words, own_words, source_words
from runnersknee_tui.core.model import Dose, Exercise, LadderStep, Sides
from runnersknee_tui.core.units import localise, weight
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.widgets.rows import Hung, Stack
from runnersknee_tui.tui.words import HEADING, MUTED, joined, plain

SIDES = {
    Sides.EACH: "one side at a time",
    Sides.ALTERNATE: "left and right in turn",
    Sides.BOTH: "both sides at once",
}


def exercise_words(exercise: Exercise, units: str) -> Stack:
    """All words of an exercise; `units` is "metric" or "imperial"."""
    return Stack(_Words(exercise, units).parts())


class _Words:
    def __init__(self, exercise: Exercise, units: str) -> None:
        self.exercise = exercise
        self.units = units

    def parts(self) -> Iterator[Visual]:
        exercise, form = self.exercise, self.exercise.form
        yield plain(exercise.name, "bold")
        yield plain(phrases.DOT.join((", ".join(exercise.targets), SIDES[form.sides])), MUTED)
        yield from self._paragraph("Start", "start", form.start)
        if form.steps:
            yield from self._heading("Steps", "steps")
        for number, step in enumerate(form.steps, 1):
            yield Hung(plain(f"{number}", MUTED), self._plain(step))
        yield from self._paragraph("Worth knowing", "insight", exercise.insight)
        yield from self._paragraph("Take care", "safety", exercise.safety)
        yield from self._paragraph("Why", "why", exercise.why)
        yield from self._paragraph("Kit", "equipment", kit_words(form.equipment))
        for dose in exercise.doses:
            yield from self._dose(dose)
        if len(exercise.ladder) > 1:
            yield from self._heading("From easy to hard", "ladder")
        for number, rung in enumerate(exercise.ladder[: 0 if len(exercise.ladder) == 1 else None], 1):
            yield self._rung(number, rung)

    # --- pieces ------------------------------------------------------------------------------------------------

    def _plain(self, words: str) -> Content:
        return plain(localise(words, self.units))

    def _heading(self, words: str, field: str = "") -> Iterator[Visual]:
        """A person's own exercise gives no field to a source, and needs no marks: all of it is theirs."""
        given = self.exercise.given
        yield Content("")
        yield joined((words, HEADING), ("  our own" if field and given and field not in given else "", MUTED))

    def _paragraph(self, heading: str, field: str, words: str) -> Iterator[Visual]:
        if words:
            yield from self._heading(heading, field)
            yield self._plain(words)

    def _dose(self, dose: Dose) -> Iterator[Visual]:
        """Numbers first; what an article expects is shown as its word, never as a promise."""
        yield Content("")
        yield joined((f"Dose: {dose.id}", HEADING), (f"  {source_words(dose.source)}", MUTED))
        yield self._plain(dose_words(dose, self.exercise))
        rung = self.exercise.step(dose.step)
        if rung.name != self.exercise.name:
            yield joined(("Done as: ", MUTED), rung.name)
        said, own = article_words(dose), own_words(dose, self.exercise)
        if said:
            yield joined(("From the article: ", MUTED), localise(said, self.units))
        if own and dose.source != "own":
            yield plain(f"Our own, where the article says nothing: {own}.", MUTED)

    def _rung(self, number: int, rung: LadderStep) -> Visual:
        added = f" (+{weight(rung.weight_lb, self.units)})" if rung.weight_lb else ""
        own = "" if rung.given else "  our own"
        doses = ", ".join(dose.id for dose in self.exercise.doses if dose.step == rung.id)
        how = (f"\n{localise(rung.how, self.units)}", MUTED)
        where = (f"\nDose: {doses}" if doses else "", "$primary")
        return Hung(
            plain(str(number), MUTED), joined((f"{rung.name}{added}", "bold"), (own, MUTED), how, where)
        )
