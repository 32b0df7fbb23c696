"""The pictures of half a year, or the same facts as tables, and the sentence above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from runnersknee_tui.tui.history_facts import CHARTS, Facts, at_a_glance, brought_up_to_date
from runnersknee_tui.tui.widgets.chart import Panel
from runnersknee_tui.tui.widgets.history_words import (
    NARROW,
    OVERVIEW,
    SHORT_TITLES,
    TITLES,
    headline,
    places_of,
    tables,
)
from runnersknee_tui.tui.widgets.reading import Reading

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp

CHECK_S = 1.0
"""How long after the first picture every file is looked at: somebody may have edited one in place, and where the
index is out of date, only the newest were read."""


class PicturesPane(Vertical):
    """Draws what is known at once and looks at every file a moment later. Says `Drawn` when the figures are new."""

    app: RunnersKneeApp

    class Drawn(Message):
        """There are new figures."""

    class Gathered(Message):
        """The figures are there."""

        def __init__(self, facts: Facts, *, whole: bool, checked: bool) -> None:
            """`whole`: nothing is open in them; `checked`: every file was looked at for them."""
            super().__init__()
            self.facts, self.whole, self.checked = facts, whole, checked

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.facts: Facts | None = None
        self._tab = CHARTS[0]

    def compose(self) -> ComposeResult:
        yield Static(id="headline", markup=False)
        yield Reading()
        with Container(id="charts"):
            for chart in CHARTS:
                yield Panel(TITLES[chart], id=chart)
        with VerticalScroll(id="tables", can_focus=True):
            with Horizontal(id="columns"):
                yield Static(id="table", markup=False)
                yield Static(id="table-more", markup=False)
            yield Static(id="table-wide", markup=False)

    def show(self, tab: str) -> None:
        """One of `CHARTS`, or all of them as "overview"."""
        self._tab = tab
        self._tell()

    def _tell(self) -> None:
        facts, together = self.facts, self._tab == OVERVIEW
        if facts is None:
            return
        room = self.app.size.width - 4
        lines = 1 if together or room <= NARROW else 2
        self.query_one("#headline", Static).update(headline(facts, room * lines))
        titles = SHORT_TITLES if together else TITLES
        for chart in CHARTS:
            self.query_one(f"#{chart}", Panel).retitle(titles[chart])
        for place, charts in places_of(self._tab).items():
            self.query_one(place, Static).update(tables(facts, charts, room))

    @work(thread=True, exclusive=True, group="figures")
    def gather(self) -> None:
        """Work everything out anew, in a worker."""
        workspace = self.app.workspace
        workspace.flush(5)
        facts, whole = at_a_glance(workspace)
        self.post_message(self.Gathered(facts, whole=whole, checked=False))

    @work(thread=True, exclusive=True, group="figures")
    def _check(self, *, whole: bool) -> None:
        with self.query_one(Reading).told() as progress:
            facts = brought_up_to_date(self.app.workspace, progress, shown=whole)
            if facts is not None:
                self.post_message(self.Gathered(facts, whole=True, checked=True))

    @on(Gathered)
    def _show_figures(self, message: Gathered) -> None:
        self.facts = message.facts
        for chart in CHARTS:
            self.query_one(f"#{chart}", Panel).draw(message.facts.draw(chart))
        self._tell()
        self.post_message(self.Drawn())
        if not message.checked:
            self.set_timer(CHECK_S, lambda: self._check(whole=message.whole))

    def scroll_words(self) -> None:
        """A page down in the tables."""
        self.query_one("#tables", VerticalScroll).scroll_page_down(animate=False)
