"""The first run, in under two minutes. Only the warning signs have to be answered; all of it can be changed."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static
from textual.widgets.selection_list import Selection

from runnersknee_tui.core.answering import Choice, Question, Sheet
from runnersknee_tui.core.model import KIT
from runnersknee_tui.core.settings import DAYS
from runnersknee_tui.tui.steady_screen import SteadyScreen
from runnersknee_tui.tui.widgets.key_line import KeyLine
from runnersknee_tui.tui.widgets.ticks import Ticks
from runnersknee_tui.tui.words import MUTED, plain

KNEE = Question(
    "knee",
    "Which knee hurts?",
    (
        Choice("l", "left", "left"),
        Choice("r", "right", "right"),
        Choice("b", "both", "both"),
        Choice("n", "none", "none: prevention"),
    ),
)
MINUTES = Question(
    "minutes",
    "How long may a session take?",
    tuple(
        Choice(str(number), minutes, f"{minutes} min") for number, minutes in enumerate((10, 20, 30, 45), 1)
    ),
)
PAIN_LINE = Question(
    "pain_line",
    "Which line on pain? Mild pain that settles by the morning (research), or none at all (the articles)",
    (Choice("m", "evidence", "mild"), Choice("f", "pain-free", "pain-free only")),
)
VOICE = Question(
    "voice",
    "A voice that says what comes? Some work has your face away from the screen",
    (Choice("o", "off", "off"), Choice("n", "names", "names"), Choice("f", "full", "full sentences")),
)
DAY_WORDS = dict(
    zip(DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
)


def about_you() -> Sheet:
    """The questions of the first run that have one answer each."""
    return Sheet((KNEE, MINUTES, PAIN_LINE, VOICE))


def changes_from(sheet: Sheet) -> dict[str, Any]:
    """Settings from the answers; an open one changes nothing. No sore knee: prevention is offered first."""
    changes = {
        question.id: answer
        for question in sheet.questions
        if (answer := sheet.answer(question.id)) is not None
    }
    if changes.get("knee") == "none":
        changes["programme"] = "prehab"
    return changes


class WelcomeScreen(SteadyScreen[bool]):
    """Who this is for. Dismisses with whether an adult goes on."""

    CSS_PATH = "first_run.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "answer(True)", "I am 18 or older: go on", id="welcome.yes", tooltip="Go on"),
        Binding("q,escape,n", "answer(False)", "leave", id="welcome.no", tooltip="Leave the program"),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(id="welcome"):
            yield Static(plain("Good to have you here.", "bold $primary"))
            yield Static(
                plain(
                    "This leads you through exercises for runner's-knee-type pain, by your pace and by what your "
                    "knee answers. It is for adults. It is no diagnosis and does not stand in for care: who has a "
                    "warning sign sees a clinician first."
                )
            )
            yield Static(
                plain(
                    "In your teens a sore knee can come from the hip. Please let a clinician look at it first.",
                    MUTED,
                )
            )
            yield Static(plain("All you enter stays on this computer.", MUTED))
        yield KeyLine()

    def action_answer(self, adult: bool) -> None:
        self.dismiss(adult)


class KitScreen(SteadyScreen[dict[str, Any] | None]):
    """What is at hand, and the days to train. Dismisses with settings; None leaves them as they are."""

    CSS_PATH = "first_run.tcss"
    AUTO_FOCUS = "#kit"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "go on", id="kit.go_on", priority=True, tooltip="Keep the ticks and go on"),
        Binding("tab", "app.focus_next", "other list", id="kit.other", tooltip="To the other list"),
        Binding("space", "tick", "tick", id="kit.tick", tooltip="Tick the marked line, or untick it"),
        Binding("escape", "skip", "skip", id="kit.skip", tooltip="Leave it as it is"),
    ]

    def __init__(self, kit: tuple[str, ...], days: tuple[str, ...]) -> None:
        super().__init__()
        self._kit, self._days = kit, days

    def compose(self) -> ComposeResult:
        with Horizontal(id="lists"):
            with Vertical():
                yield Static(plain("What have you at hand?", "bold"))
                yield Ticks(
                    *(Selection(plain(words), kit, kit in self._kit) for kit, words in KIT.items()), id="kit"
                )
            with Vertical():
                yield Static(plain("Which days do you want to train?", "bold"))
                yield Ticks(
                    *(Selection(plain(words), day, day in self._days) for day, words in DAY_WORDS.items()),
                    id="days",
                )
        yield Static(
            plain(
                "Space ticks a line. Floor and nothing else is fine: every exercise has a form without kit, or a "
                "stand-in.",
                MUTED,
            ),
            id="hint",
        )
        yield KeyLine()

    def action_tick(self) -> None:
        """The lists take the space bar themselves; this is its place in the footer."""

    def action_go_on(self) -> None:
        kit = set(self.query_one("#kit", Ticks).selected)
        days = set(self.query_one("#days", Ticks).selected)
        self.dismiss(
            {
                "kit": tuple(name for name in KIT if name in kit),
                "training_days": tuple(day for day in DAYS if day in days) or DAYS,
            }
        )

    def action_skip(self) -> None:
        self.dismiss(None)
