"""After a session: what was done, saved already; a table that corrects it; enter confirms. Nothing is required."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from runnersknee_tui.core.history_text import length_words
from runnersknee_tui.core.results import Results
from runnersknee_tui.core.running import Moment, running_advice
from runnersknee_tui.live import LiveSession
from runnersknee_tui.picture.scene import Full, Tone
from runnersknee_tui.tui.looks import studio_for
from runnersknee_tui.tui.pain import affected_knees, pain_line, zone_style
from runnersknee_tui.tui.steady_screen import SteadyScreen
from runnersknee_tui.tui.widgets.key_line import KeyLine
from runnersknee_tui.tui.widgets.result_table import ResultTable
from runnersknee_tui.tui.widgets.stage import Stage
from runnersknee_tui.tui.words import plain

if TYPE_CHECKING:
    from runnersknee_tui.tui.app import RunnersKneeApp


class SummaryScreen(SteadyScreen[None]):
    """The record was saved when the last timed step ended; the answers replace it whole."""

    CSS_PATH = "summary.tcss"
    AUTO_FOCUS = "ResultTable"
    TITLE = "Done"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", "confirm", id="summary.confirm", tooltip="Keep the table as it stands", priority=True),
        Binding("w", "retry", "save again", id="summary.retry", tooltip="Try to save once more"),
        Binding("escape,q", "leave", "later", id="summary.leave", tooltip="Leave it unconfirmed; the next start asks"),
    ]  # fmt: skip

    app: RunnersKneeApp

    def __init__(self, live: LiveSession) -> None:
        super().__init__()
        self._live = live
        self._failed = ""

    def compose(self) -> ComposeResult:
        record = self._live.record
        assert record is not None
        values = self.app.workspace.settings.values
        self.results = Results(record.exercises, affected_knees(values.knee))
        yield Stage(id="done")
        with VerticalScroll(id="table"):
            yield Static(plain(self._headline), id="headline")
            if self.results.entries:
                yield ResultTable(self.results, colour_of=zone_style(pain_line(values.pain_line)))
            yield Static(id="running", markup=False)
        with Vertical(id="foot"):
            yield Static(id="saved")
            yield KeyLine()

    def on_mount(self) -> None:
        self._watch_saving()
        self._advise()

    def on_result_table_changed(self) -> None:
        self._advise()

    def _advise(self) -> None:
        """What the worst pain of the session means for a run, as soon as it is known."""
        worst = max(
            (one.during.worse for one in self.results.entries if one.during.worse is not None), default=None
        )
        line = pain_line(self.app.workspace.settings.values.pain_line)
        advice = running_advice(Moment.DONE, knee=worst, line=line)
        shown = self.query_one("#running", Static)
        shown.display = advice is not None
        shown.update(plain("" if advice is None else advice.text, "$text-warning"))

    @property
    def _headline(self) -> str:
        record = self._live.record
        assert record is not None
        word = "Done" if record.status == "completed" else "Ended early, and that is fine"
        rehearsal = " A rehearsal: it is kept and never counted." if record.rehearsal else ""
        what = ", ".join(filter(None, (record.routine_title, length_words(record.active_s))))
        return f"{word}: {what}.{rehearsal}"

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if (
            not self.is_mounted or self._pruning
        ):  # a window that changes its size while the screen comes or goes
            return
        stage = self.query_one(Stage)
        if stage.size.area:
            scene = Full(Tone.DONE, "DONE")
            stage.show(studio_for(self.app).full(scene, stage.size.width, stage.size.height))

    # --- saving ----------------------------------------------------------------------------------------------

    @work(exclusive=True)
    async def _watch_saving(self) -> None:
        """Say "Saved" when it is, and why when it is not; never before."""
        future = self._live.saved
        line = self.query_one("#saved", Static)
        line.update(plain("Saving…", "dim"))
        if future is None:
            return
        try:
            await asyncio.wrap_future(future)
        except Exception as error:  # noqa: BLE001 - whatever a save raises must not cost the record it is about
            self._failed = str(error) or type(error).__name__
            line.update(plain(f"Not saved: {self._failed}. It is kept here: w tries again.", "bold $error"))
        else:
            self._failed = ""
            line.update(plain("Saved. All of this may stay open.", "$text-success"))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return action != "retry" or bool(self._failed)

    def action_retry(self) -> None:
        self._live.save()
        self._watch_saving()

    async def action_confirm(self) -> None:
        """Keep the table; leave once it is safely on the disk."""
        future = self._live.answer(exercises=tuple(self.results.entries), confirmed=True)
        self._watch_saving()
        try:
            await asyncio.wrap_future(future)
        except Exception:  # noqa: BLE001 - said on the line above
            return
        self.app.leave()

    def action_leave(self) -> None:
        if self._failed:
            self.app.confirm(
                "Leave without saving?",
                "The session is not on the disk yet; its last checkpoint is, where that could be written.",
                yes="Leave", no="Stay", then=lambda leave: self.app.leave() if leave else None,
            )  # fmt: skip
        else:
            self.app.leave()
