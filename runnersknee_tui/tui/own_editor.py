"""What the editors of a person's own files share: the draft, its problems, undo, saving and leaving."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct
from textual import on, work
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.message import Message

from runnersknee_tui.core.model import Catalogue, Exercise, Routine
from runnersknee_tui.core.problem import Problem
from runnersknee_tui.tui.drafting import Row, new_id
from runnersknee_tui.tui.widgets.page import InnerPage

if TYPE_CHECKING:
    from runnersknee_tui.workspace import Workspace

MOST_UNDO = 200


class Draft(Struct, frozen=True):
    """What an editor begins with. `id` and `known` are None for a file that is not there yet; `known` are the
    bytes that the file held."""

    id: str | None
    table: Row
    known: bytes | None


class OwnEditor(InnerPage):
    """Works on the table of the file, so that what is wrong with it is said in the words of `check`."""

    KIND: ClassVar[str]
    NAME: ClassVar[str]
    """The key of what the file's name is made from."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "save", id="editor.save", tooltip="Save it and go back"),
        Binding("u", "undo", "undo", id="editor.undo", tooltip="Take the last change back"),
        Binding("d", "reset", "default", id="editor.default", tooltip="The marked value back to where it comes from", show=False),
    ]  # fmt: skip

    class Opened(Message):
        """The draft and the catalogue are there; or else the words that say why not."""

        def __init__(self, draft: Draft | str, catalogue: Catalogue) -> None:
            super().__init__()
            self.draft, self.catalogue = draft, catalogue

    class Saved(Message):
        """The file is safe."""

    class InTheWay(Message):
        """There is a file that would be lost."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    def __init__(self) -> None:
        super().__init__()
        self.draft: Draft | None = None
        self.table: Row = {}
        self.catalogue = Catalogue({}, {})
        self.thing: Exercise | Routine | None = None
        self.problems: tuple[Problem, ...] = ()
        self._past: list[Row] = []

    # --- for the editors to say --------------------------------------------------------------------------------

    def read_draft(self, workspace: Workspace) -> Draft | str:
        """What to begin with, or why there is nothing. In a worker."""
        raise NotImplementedError

    def show_draft(self) -> None:
        """Draw everything anew from `table`, `thing` and `problems`."""
        raise NotImplementedError

    # --- the draft ---------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self._read()

    @work(thread=True)
    def _read(self) -> None:
        workspace = self.app.workspace
        self.post_message(self.Opened(self.read_draft(workspace), workspace.catalogue))

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        if self not in self.app.screen_stack:
            return  # left before it was read
        if isinstance(message.draft, str):
            self.app.notify(message.draft, severity="error", timeout=10, markup=False)
            self.app.leave()
            return
        self.draft, self.catalogue = message.draft, message.catalogue
        self._take(message.draft.table)

    @property
    def changed(self) -> bool:
        """Whether there is something to save."""
        return bool(self._past)

    def change(self, table: Row) -> None:
        """The table after one more change, which can be taken back."""
        if table != self.table:
            self._past = [*self._past[-MOST_UNDO:], self.table]
            self._take(table)

    def judged(self, table: Row) -> tuple[Exercise | Routine | None, tuple[Problem, ...]]:
        """What a table would be, and what is wrong with it."""
        from runnersknee_tui.content.loader import judge
        from runnersknee_tui.store.own_files import render

        id_ = self.draft.id if self.draft is not None and self.draft.id else "new"
        return judge(self.KIND, id_, render(table), self.catalogue)

    def _take(self, table: Row) -> None:
        self.table = table
        self.thing, self.problems = self.judged(table)
        self.problems = tuple(one for one in self.problems if one.severity == "error")
        self.show_draft()
        self.refresh_bindings()

    def action_undo(self) -> None:
        if self._past:
            self._take(self._past.pop())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        if action == "undo":
            return self.changed or None
        return True

    # --- saving and leaving ------------------------------------------------------------------------------------

    def action_save(self) -> None:
        if self.draft is None:
            return
        if self.problems:
            first = self.problems[0]
            words = ": ".join(part for part in (first.key, first.message) if part)
            self.app.notify(words, title="To mend before it is saved", severity="warning", markup=False)
            return
        self._save(over_others=False)

    @work(thread=True, group="write")
    def _save(self, *, over_others: bool) -> None:
        from runnersknee_tui.store.own_files import InTheWayError, save_own

        assert self.draft is not None
        workspace = self.app.workspace
        id_ = self.draft.id or self._new_id(workspace)
        try:
            save_own(
                workspace.paths,
                self.KIND,
                id_,
                self.table,
                workspace.clock.wall(),
                workspace.fs,
                known=self.draft.known,
                over_others=over_others,
            )
        except InTheWayError as error:
            self.post_message(self.InTheWay(str(error)))
        except (OSError, ValueError) as error:
            self.app.call_from_thread(
                partial(self.app.notify, str(error), title="Not saved", severity="error", markup=False)
            )
        else:
            workspace.forget_content()
            self.post_message(self.Saved())

    def _new_id(self, workspace: Workspace) -> str:
        from runnersknee_tui.content.loader import shipped_ids

        taken = {path.stem for path in (workspace.paths.config / self.KIND).glob("*.toml")}
        title = self.table.get(self.NAME)
        spare = self.KIND.removesuffix("s")
        return new_id(title if isinstance(title, str) else "", taken | shipped_ids(self.KIND), spare)

    @on(Saved)
    def _saved(self) -> None:
        title = self.table.get(self.NAME)
        self.app.notify(f"Saved: {title}", timeout=4, markup=False)
        self.app.leave()

    @on(InTheWay)
    def _ask_to_replace(self, message: InTheWay) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._save(over_others=True)

        self.app.confirm(
            "Replace the file?",
            f"Careful: {message.why}. The file as it is goes to the trash folder first.",
            yes="Replace it",
            no="Keep it",
            then=answered,
        )

    def action_back(self) -> None:
        if not self.changed:
            super().action_back()
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.app.leave()

        self.app.confirm(
            "Leave without saving?",
            "What you changed here would be gone.",
            yes="Leave",
            no="Stay",
            then=answered,
        )

    def find(self, selector: str) -> bool:
        """Whether there is such a widget by now."""
        try:
            self.query_one(selector)
        except NoMatches:
            return False
        return True


def parsed(workspace: Workspace, kind: str, id_: str) -> Draft | str:
    """The draft that a person's own file makes, or why it cannot be edited."""
    from runnersknee_tui.core.toml_text import parse
    from runnersknee_tui.store.durable import reason
    from runnersknee_tui.store.own_files import read_own

    file = f"{kind}/{id_}.toml"
    try:
        data = read_own(workspace.paths, kind, id_, workspace.fs)
    except OSError as error:
        return f"{file}: {reason(error)}"
    if data is None:
        return f"{file}: no such file"
    table, problems = parse(data, file)
    return str(problems[0]) if table is None else Draft(id_, dict[str, Any](table), data)
