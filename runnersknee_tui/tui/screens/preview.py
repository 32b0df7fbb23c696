"""What an import or a backup would bring, before anything is changed."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Footer, Static

from runnersknee_tui.core.words import clean
from runnersknee_tui.store.merge import Preview
from runnersknee_tui.tui.owning import REFUSALS, is_nothing, look_into, preview_words, take
from runnersknee_tui.tui.widgets.page import InnerPage
from runnersknee_tui.tui.widgets.rows import Row, Stack
from runnersknee_tui.tui.words import MUTED, plain


class PreviewScreen(InnerPage):
    """Nothing happens until enter is pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "take it in", id="preview.take", tooltip="Take in what is new; what is refused stays out"),
    ]  # fmt: skip

    class Looked(Message):
        """What would happen; or, as words, why nothing can."""

        def __init__(self, found: Preview | str) -> None:
            super().__init__()
            self.found = found

    class Taken(Message):
        """It is done, or was refused."""

        def __init__(self, words: str, *, failed: bool = False) -> None:
            super().__init__()
            self.words, self.failed = words, failed

    def __init__(self, path: Path, *, backup: bool = False) -> None:
        super().__init__()
        self._path, self._backup = path, backup
        self.found: Preview | None = None

    def compose(self) -> ComposeResult:
        title = "Restore a backup" if self._backup else "Import"
        yield Static(Row(plain(title, "bold"), plain(self._path.name, MUTED)), id="head")
        with VerticalScroll(id="sheet"):
            yield Static(plain("Looking\N{HORIZONTAL ELLIPSIS}", MUTED), id="words")
        yield Footer()

    def on_mount(self) -> None:
        self._look()

    @work(thread=True, exclusive=True)
    def _look(self) -> None:
        try:
            self.post_message(self.Looked(look_into(self.app.workspace, self._path, backup=self._backup)))
        except REFUSALS as error:
            self.post_message(self.Looked(str(error)))

    @on(Looked)
    def _show(self, message: Looked) -> None:
        words = self.query_one("#words", Static)
        if isinstance(message.found, str):
            words.update(plain(message.found, "$text-error"))
        else:
            self.found = message.found
            words.update(Stack(preview_words(message.found)))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return action != "take" or (self.found is not None and not is_nothing(self.found))

    def action_take(self) -> None:
        if self.found is not None:
            found, self.found = self.found, None
            self.refresh_bindings()
            self._take(found)

    @work(thread=True, exclusive=True)
    def _take(self, found: Preview) -> None:
        try:
            self.post_message(self.Taken(take(self.app.workspace, found)))
        except REFUSALS as error:
            self.post_message(self.Taken(str(error), failed=True))

    @on(Taken)
    def _done(self, message: Taken) -> None:
        self.app.notify(
            clean(message.words), severity="error" if message.failed else "information", markup=False
        )
        if message.failed:
            self._look()
        elif self.is_current:
            self.app.leave()
