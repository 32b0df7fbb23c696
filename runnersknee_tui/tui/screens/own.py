"""Your data: out, in, on paper, back from a backup, and gone for good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.visual import Visual
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from runnersknee_tui.core.words import clean
from runnersknee_tui.store.backup import backups
from runnersknee_tui.store.exchange import KINDS
from runnersknee_tui.tui import phrases
from runnersknee_tui.tui.owning import REFUSALS, erase_all, export_to, path_from, report_to, suggested
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.rows import Choices, Row, Stack, heading
from runnersknee_tui.tui.words import HEADING, MUTED, plain

ERASE = "erase"
"""The word that has to be typed before everything goes."""

ITEMS = {
    "export": ("Export everything", "One file with every session and what you wrote yourself. The end of its name says the format: .json keeps everything and can be imported again, .csv opens in a spreadsheet, .toml is for reading."),
    "report": ("Report for a physiotherapist", "Twelve weeks on two pages: pain, the plan kept, steps and setbacks, left against right, notes. A name that ends in .html makes one file with charts, to print or to send; any other Markdown."),
    "import": ("Import", "Sessions and files from an export, from a backup, or from what runnersknee history --json prints. First you see what would be added, skipped and refused."),
    "backups": ("Backups", "Made by itself on each day on which something changed: seven days, four weeks, twelve months. Restoring brings back what is missing, and never overwrites what is newer here."),
    "trash": ("Deleted sessions", "Kept for 30 days, and brought back as they were."),
    "breaks": ("Breaks", "Holidays and illness by their dates. They count neither for nor against you."),
    "erase": ("Erase everything", "Sessions, trash, backups, settings and cache, for good. What you wrote yourself in the config folder stays. Export first if you may want any of it again."),
}  # fmt: skip
FORMATS = f"Ends in {', '.join(KINDS[:-1])} or {KINDS[-1]}."


class OwnScreen(InnerPage):
    """What can be done on the left, what it does and where things are on the right."""

    CSS_PATH = "own.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "do it", id="own.open", tooltip="Do what is marked; it asks before anything is changed"),
    ]  # fmt: skip

    class Done(Message):
        """A worker has finished; `again` is what to ask where a file is in the way."""

        def __init__(self, words: str, *, failed: bool = False, erased: bool = False) -> None:
            super().__init__()
            self.words, self.failed, self.erased = words, failed, erased

    def compose(self) -> ComposeResult:
        yield Static(Row(plain("Your data", "bold"), plain("on this computer alone", MUTED)), id="head")
        with Horizontal(id="body"):
            yield Choices(id="list")
            with VerticalScroll(id="card", can_focus=False):
                yield Static(id="words", markup=False)
        yield Static(id="brief", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        choices = self.query_one("#list", Choices)
        choices.fill(_rows())
        choices.focus()

    @on(OptionList.OptionHighlighted, "#list")
    def _tell(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id in ITEMS:
            self.query_one("#words", Static).update(Stack(self._words(event.option_id)))
            self.query_one("#brief", Static).update(plain(ITEMS[event.option_id][1], MUTED))

    def _words(self, item: str) -> Iterator[Visual]:
        name, what = ITEMS[item]
        yield plain(name, HEADING)
        yield plain(what)
        yield Content("")
        paths = self.app.workspace.paths
        yield plain("Where things are", HEADING)
        for what, path in (
            ("Sessions", paths.history),
            ("Settings", paths.settings),
            ("Backups", paths.backups),
            ("Deleted", paths.trash),
            ("Your own files", paths.config),
            ("Cache", paths.cache),
        ):
            yield plain(what, MUTED)
            yield plain(f"  {_short(path)}")

    # --- actions -----------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected, "#list")
    async def action_open(self) -> None:
        marked = self.query_one("#list", Choices).marked
        if marked in ITEMS:
            await self.run_action(f"screen.{marked}")

    def action_export(self) -> None:
        def judge(text: str) -> str:
            return "" if path_from(text).suffix.lower() in KINDS else FORMATS

        self._ask(
            "Export to", FORMATS, suggested(self.app.workspace, "runnersknee.json"), judge, self._export
        )

    def _export(self, path: Path) -> None:
        self._unless_there(path, lambda: self._work(lambda: export_to(self.app.workspace, path, force=True)))

    def action_report(self) -> None:
        hint = "Ends in .html for charts, .md for plain text."
        self._ask(
            "Report to", hint, suggested(self.app.workspace, "runners-knee-log.html"), _some, self._report
        )

    def _report(self, path: Path) -> None:
        self._unless_there(path, lambda: self._work(lambda: report_to(self.app.workspace, path)))

    def action_import(self) -> None:
        def judge(text: str) -> str:
            return "" if path_from(text).is_file() else "There is no such file."

        self._ask("Import from", "A JSON export or a backup.", "~/", judge, self._import)

    def _import(self, path: Path) -> None:
        from runnersknee_tui.tui.screens.preview import PreviewScreen

        self.app.push_screen(PreviewScreen(path))

    def action_backups(self) -> None:
        from runnersknee_tui.tui.screens.choose import ChooseScreen
        from runnersknee_tui.tui.screens.preview import PreviewScreen

        there = {one.day.isoformat(): one for one in backups(self.app.workspace.paths, self.app.workspace.fs)}
        if not there:
            self.notify("There is no backup yet. The first one is made by itself.", markup=False)
            return
        rows = [(key, phrases.long_day(one.day), "") for key, one in there.items()]

        def chosen(answer: tuple[str, ...] | None) -> None:
            if answer is not None:
                self.app.push_screen(PreviewScreen(there[answer[0]].path, backup=True))

        self.app.push_screen(ChooseScreen("Look into the backup of", rows), chosen)

    def action_trash(self) -> None:
        self.app.show_trash()

    def action_breaks(self) -> None:
        self.app.show_breaks()

    def action_erase(self) -> None:
        def judge(text: str) -> str:
            return "" if text.casefold() == ERASE else f"Nothing happens until the word {ERASE} stands here."

        def typed(text: str | None) -> None:
            if text is not None:
                self._work(lambda: erase_all(self.app.workspace), erased=True)

        from runnersknee_tui.tui.screens.ask import AskScreen

        hint = f"All sessions, settings and backups go for good. Type {ERASE} to do it."
        self.app.push_screen(AskScreen("Erase everything", hint, "", judge), typed)

    # --- pieces ------------------------------------------------------------------------------------------------

    def _ask(
        self, title: str, hint: str, now: str, judge: Callable[[str], str], then: Callable[[Path], None]
    ) -> None:
        from runnersknee_tui.tui.screens.ask import AskScreen

        def typed(text: str | None) -> None:
            if text is not None:
                then(path_from(text))

        self.app.push_screen(AskScreen(title, hint, now, judge), typed)

    def _unless_there(self, path: Path, do: Callable[[], object]) -> None:
        """Ask before a file is replaced."""

        def answered(yes: bool | None) -> None:
            if yes:
                do()

        if path.exists():
            self.app.confirm("Replace this file?", str(path), yes="Replace", no="Keep it", then=answered)
        else:
            do()

    @work(thread=True, exclusive=True)
    def _work(self, do: Callable[[], str], *, erased: bool = False) -> None:
        try:
            self.post_message(self.Done(do(), erased=erased))
        except REFUSALS as error:
            self.post_message(self.Done(str(error), failed=True))

    @on(Done)
    def _said(self, message: Done) -> None:
        severity = "error" if message.failed else "information"
        self.app.notify(clean(message.words), severity=severity, timeout=8, markup=False)  # type: ignore[arg-type]
        if message.erased:
            self.app.go_home()


def _rows() -> Iterator[Option]:
    for item, (name, _) in ITEMS.items():
        if item == "erase":
            yield heading("")
        yield Option(Row(plain(name, "$text-error" if item == "erase" else "")), id=item)


def _some(text: str) -> str:
    return "" if text else "A name for the file."


def _short(path: Path) -> str:
    """With "~" for the home folder."""
    try:
        return f"~/{path.relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        return str(path)
