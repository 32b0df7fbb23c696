"""Home: what to do now, one key away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import OptionList, Static

from runnersknee_tui.tui.widgets.key_line import KeyLine
from runnersknee_tui.tui.widgets.page import Page
from runnersknee_tui.tui.widgets.press import Press
from runnersknee_tui.tui.widgets.rows import Choices, Row
from runnersknee_tui.tui.words import MUTED, plain

if TYPE_CHECKING:
    from runnersknee_tui.tui.screens.home_words import Facts


class HomeScreen(Page):
    """The routines with the first one marked, and the marked one in detail.

    The frame is painted before anything is read. A key that comes before the routines do is kept until then.
    """

    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "start", "start", id="home.start", tooltip="Start the marked routine"),
        Binding("p", "prerun", "pre-run", id="home.prerun", tooltip="Start the activation before a run"),
        Binding("a", "add", "take up", id="home.add", tooltip="Take up the exercise that is offered", show=False),
        Binding("m", "morning_after", "morning after", id="home.morning", tooltip="Say how the knee was the morning after", show=False),
        Binding("r", "recover", "unfinished", id="home.recover", tooltip="Go on with a session that broke off, keep it or drop it", show=False),
        Binding("w", "problems", "to mend", id="home.problems", tooltip="Files that cannot be used, and why", show=False),
        Binding("h", "history", "history", id="home.history", tooltip="The sessions you have done"),
        Binding("e", "exercises", "exercises", id="home.exercises", tooltip="Every exercise, with all its words"),
        Binding("o", "routines", "routines", id="home.routines", tooltip="Copy and change routines, make your own"),
        Binding("s", "settings", "settings", id="home.settings", tooltip="Sound, voice, rests, units and all the rest"),
        Binding("l", "learn", "learn", id="home.learn", tooltip="What is known about runner's knee, and what is not", show=False),
        Binding("q", "app.quit", "quit", id="home.quit", tooltip="Leave the program", show=False),
    ]  # fmt: skip

    class Gathered(Message):
        """The facts are there."""

        def __init__(self, facts: Facts) -> None:
            super().__init__()
            self.facts = facts

    def __init__(self) -> None:
        super().__init__()
        self.facts: Facts | None = None
        self._wish: str | None = None  # the action asked for before the routines were there

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Vertical(id="notices"):
            yield Press(action="recover", id="unfinished", classes="notice")
            yield Static("A session is running in another terminal.", id="elsewhere", classes="notice", markup=False)  # fmt: skip
            yield Press(action="morning_after", id="morning", classes="notice")
            yield Press(action="problems", id="problems", classes="notice")
        with Horizontal(id="body"):
            yield Choices(id="list")
            with VerticalScroll(id="card", can_focus=False):
                yield Static(id="words", markup=False)
                yield Press("Start", "start", id="start", classes="button")
        yield Static(id="last", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        now = self.app.workspace.clock.wall()
        today = plain(f"{now:%A} {now.day} {now:%B}", MUTED)
        self.query_one("#head", Static).update(Row(plain("runnersknee", "bold $primary"), today))

    def on_screen_resume(self) -> None:
        self.call_after_refresh(self.call_after_refresh, self._gather)  # once the keys are painted, too

    @work(thread=True, exclusive=True)
    def _gather(self) -> None:
        from runnersknee_tui.tui.screens.home_words import gather

        self.post_message(self.Gathered(gather(self.app.workspace)))

    @on(Gathered)
    async def _show(self, message: Gathered) -> None:
        from runnersknee_tui.tui.screens import home_words as words

        facts = self.facts = message.facts
        routines = self.query_one("#list", Choices)
        routines.fill(words.choices(facts), routines.marked or words.FIRST)
        today = self.app.workspace.clock.wall().date()
        self.query_one("#last", Static).update(words.last_words(facts.last, today))
        self.query_one("#elsewhere").display = facts.elsewhere
        unfinished, problems = self.query_one("#unfinished", Press), self.query_one("#problems", Press)
        unfinished.display, problems.display = bool(facts.orphans), bool(facts.problems)
        if facts.orphans:
            unfinished.update(words.unfinished_words(facts.orphans[0]))
        problems.update(words.problem_words(facts.problems))
        morning = self.query_one("#morning", Press)
        morning.display = bool(facts.morning_after)
        morning.update(words.morning_words(facts.morning_after))
        self.add_class("-gathered")
        self.refresh_bindings()
        wish, self._wish = self._wish, None
        if wish is not None:
            await self.run_action(wish)

    @on(OptionList.OptionHighlighted, "#list")
    def _show_card(self, event: OptionList.OptionHighlighted) -> None:
        from runnersknee_tui.tui.screens import home_words, today_words

        facts = self.facts
        if facts is None:
            return
        offer = facts.offers.get(event.option_id or "")
        if offer is not None:
            items = offer.items
        else:
            items = facts.session.plan.items if facts.session is not None else ()
        card = today_words.card(facts.today, facts.session) if offer is None else home_words.card(offer)
        self.query_one("#words", Static).update(card)
        self.query_one("#start").display = bool(items)
        self._illustrate(items[0].form.figure if items else None)

    def _illustrate(self, figure: str | None) -> None:
        """Where there is room, the figure of the first exercise; what draws it is loaded only then."""
        if not self.has_class("-tall"):
            return
        from runnersknee_tui.tui.widgets.plate import Plate

        plate = next(iter(self.query(Plate)), None)
        if plate is None:
            plate = Plate(id="figure")
            self.query_one("#card").mount(plate, before=0)
        plate.illustrate(figure)

    # --- actions -----------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """The notices' keys work while their notice is there."""
        if action == "recover":
            return self.facts is not None and bool(self.facts.orphans)
        if action == "problems":
            return self.facts is not None and self.facts.problems > 0
        if action == "morning_after":
            return self.facts is not None and bool(self.facts.morning_after)
        if action == "add":
            return self.facts is not None and bool(self.facts.today.offers)
        return True

    def action_start(self) -> None:
        self._start("start", self.query_one("#list", Choices).marked)

    def action_prerun(self) -> None:
        from runnersknee_tui.workspace import PRERUN

        self._start("prerun", PRERUN)

    def _start(self, action: str, routine: str | None) -> None:
        if self.facts is None:
            self._wish = action
        elif routine is not None:
            from runnersknee_tui.tui.beginning import Wish

            self.app.begin(Wish(routine))

    def action_morning_after(self) -> None:
        self.app.ask_morning_after(self._gather)

    def action_add(self) -> None:
        """The offer is taken up at once and can be taken back in the settings."""
        from runnersknee_tui.coach import Coach

        if self.facts is not None and self.facts.today.offers:
            offer = self.facts.today.offers[0]
            Coach(self.app.workspace).add(offer.key.text)
            self.notify(f"{offer.name} is among your exercises now.", markup=False)
            self._gather()

    def action_recover(self) -> None:
        if self.facts is not None and self.facts.orphans:
            self.app.show_recover(self.facts.orphans[0])

    def action_problems(self) -> None:
        self.app.show_problems()

    def action_history(self) -> None:
        self.app.show_history()

    def action_routines(self) -> None:
        self.app.show_routines()

    def action_settings(self) -> None:
        self.app.show_settings()

    def action_exercises(self) -> None:
        self.app.show_exercises()

    def action_learn(self) -> None:
        self.app.show_learn()
