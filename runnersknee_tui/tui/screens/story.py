"""One exercise over half a year: what was asked and done, pain, the ladder, and why each step was taken."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Static

from runnersknee_tui.tui.story_facts import Stories, Story, gather_stories
from runnersknee_tui.tui.widgets.chart import Panel
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.reading import Reading
from runnersknee_tui.tui.widgets.rows import Row, Stack
from runnersknee_tui.tui.widgets.tabs import TabLine
from runnersknee_tui.tui.words import MUTED, plain

CHARTS = ("amount", "held", "pain")
NOTHING = "Nothing was done of this in half a year."


class StoryScreen(InnerPage):
    """Where an exercise has several doses, each is a tab."""

    CSS_PATH = "story.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "tables", "table", id="story.tables", tooltip="Every session as words in a table, or pictures"),
        Binding("left", "turn(-1)", "dose", id="story.before", tooltip="The dose before", show=False),
        Binding("right", "turn(1)", "dose", id="story.next", tooltip="The next dose", show=False),
        Binding("e", "exercise", "how it is done", id="story.exercise", tooltip="The exercise itself, with all its words"),
        Binding("space", "page", "scroll", id="story.scroll", tooltip="Scroll down", show=False),
    ]  # fmt: skip

    class Gathered(Message):
        """The facts are there."""

        def __init__(self, stories: Stories) -> None:
            super().__init__()
            self.stories = stories

    def __init__(self, exercise: str) -> None:
        super().__init__()
        self._exercise = exercise
        self._at = 0
        self.stories: Stories | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield TabLine(id="tabs")
        yield Reading()
        with VerticalScroll(id="sheet"):
            with Container(id="charts"):
                yield Panel("Repetitions a set", id="amount")
                yield Panel("Seconds held a repetition", id="held")
                yield Panel("Pain, 0 to 10", id="pain")
            with Container(id="both"):
                yield Static(id="ladder", markup=False)
                yield Static(id="changes", markup=False)
        with VerticalScroll(id="tables"):
            yield Static(id="table", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#head", Static).update(Row(plain("Exercise", "bold")))
        self._gather()

    @work(thread=True, exclusive=True)
    def _gather(self) -> None:
        with self.query_one(Reading).told() as progress:
            self.post_message(self.Gathered(gather_stories(self.app.workspace, self._exercise, progress)))

    @on(Gathered)
    def _tell(self, message: Gathered) -> None:
        self.stories = message.stories
        self._show()

    @property
    def story(self) -> Story | None:
        """The dose on show."""
        return self.stories.doses[self._at] if self.stories is not None and self.stories.doses else None

    def _show(self) -> None:
        stories, story = self.stories, self.story
        if stories is None:
            return
        standing = stories.standing(story) if story is not None else ""
        head = Row(plain(stories.name, "bold"), plain(standing, MUTED))
        self.query_one("#head", Static).update(head)
        tabs = self.query_one(TabLine)
        tabs.tabs = {one.dose: one.dose.capitalize() for one in stories.doses}
        tabs.chosen = story.dose if story is not None else ""
        self.set_class(len(stories.doses) > 1, "-doses")
        self.set_class(story is None, "-empty")
        self.set_class(story is not None and story.holds_reps, "-held")
        if story is None:
            self.query_one("#ladder", Static).update(plain(NOTHING, MUTED))
            return
        self.query_one("#amount", Panel).retitle("Seconds a set" if story.holds else "Repetitions a set")
        for chart in CHARTS:
            self.query_one(f"#{chart}", Panel).draw(stories.draw(story, chart))
        self.query_one("#ladder", Static).update(Stack(stories.ladder_words(story)))
        self.query_one("#changes", Static).update(Stack(stories.change_words(story)))
        head_line, *lines = stories.table(story).lines()
        table = Content("\n").join((plain(head_line, MUTED), *map(plain, lines)))
        self.query_one("#table", Static).update(table)

    # --- actions -----------------------------------------------------------------------------------------------

    def action_turn(self, by: int) -> None:
        if self.stories is not None and self.stories.doses:
            self._at = (self._at + by) % len(self.stories.doses)
            self._show()

    @on(TabLine.Chosen)
    def _tab_clicked(self, message: TabLine.Chosen) -> None:
        if self.stories is not None:
            self._at = [one.dose for one in self.stories.doses].index(message.tab)
            self._show()

    def action_tables(self) -> None:
        self.toggle_class("-tables")
        self.query_one("#tables" if self.has_class("-tables") else "#sheet").focus()

    def action_exercise(self) -> None:
        self.app.show_exercises(self._exercise)

    def action_page(self) -> None:
        place = "#tables" if self.has_class("-tables") else "#sheet"
        self.query_one(place, VerticalScroll).scroll_page_down(animate=False)
