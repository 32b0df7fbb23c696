"""It hurts: what the answers leave open, and the command that follows (adaptation.md, end of section 3)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property

from runnersknee_tui.core.assessment import Easing, PainLine
from runnersknee_tui.core.cue import Cue
from runnersknee_tui.core.gate import EASIER, END, GO_ON, SKIP, AfterHurt, after_hurt
from runnersknee_tui.core.ladder import easier_form
from runnersknee_tui.core.model import Catalogue
from runnersknee_tui.core.record import Knees
from runnersknee_tui.core.session import Session
from runnersknee_tui.core.timeline import Item, item_for


class Hurting:
    """The exercise that hurts in a session that stands still; made after `Session.hurts`."""

    def __init__(self, session: Session, line: PainLine, kit: Collection[str], catalogue: Catalogue) -> None:
        """Raises ValueError where no exercise can be meant."""
        number = session.hurting
        if number is None:
            raise ValueError("no exercise is being worked")
        self.number = number
        self.item = session.plan.items[number]
        self._session, self._line, self._kit, self._catalogue = session, line, kit, catalogue

    @cached_property
    def easier(self) -> Item | None:
        """The same exercise one step easier, with the kit at hand; None at the bottom."""
        item = self.item
        asked = easier_form(item.exercise, item.dose, item.prescription, self._kit)
        return None if asked is None else item_for(asked, self._catalogue)

    def answer(self, sharp: bool | None, during: Knees) -> None:
        """Keep the answers in the record; open ones stay open."""
        self._session.credit.answer_hurt(self.number, sharp=sharp, during=during)

    def after(self, sharp: bool | None, during: Knees) -> AfterHurt:
        """What the answers leave to choose from, and why."""
        easing = Easing.THIRD if self.easier is None else Easing.STEP
        return after_hurt(sharp, during.worse, self._line, easing)

    def spare(self) -> None:
        """After a pain stop: no loaded knee exercise for the rest of the session."""
        items = enumerate(self._session.plan.items)
        self._session.exclude(number for number, item in items if number > self.number and item.form.loaded)

    def command(self, choice: str) -> Callable[[float], tuple[Cue, ...]]:
        """The session's command for a choice; anything that is not open here ends the session."""
        session, easier = self._session, self.easier
        if choice == GO_ON:
            return session.go_on
        if choice == EASIER and easier is not None:
            return lambda now: session.ease(now, easier)
        if choice == SKIP:
            return session.leave_hurting
        return lambda now: session.finish(now, "pain")


def choice_words(easier: Item | None) -> dict[str, str]:
    """What each choice does, in words."""
    return {
        GO_ON: "Go on with this exercise",
        EASIER: f"One step easier: {easier.name}" if easier else "",
        SKIP: "Leave this exercise, go on with the next",
        END: "End here, keep what was done",
    }
