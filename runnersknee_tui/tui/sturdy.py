"""An app whose mishaps cost as little as they can: early keys wait, late errors count for nothing, the last words
are short and the details are in a file. A screen costs as little as it can, too."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual._context import active_message_pump
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen

if TYPE_CHECKING:
    from runnersknee_tui.workspace import Workspace

EARLY_S = 1.0
"""So long a key waits for the screen it is meant for."""
_GLANCE_S = 0.005

EXIT_MISHAP = 1


class SturdyApp(App[int]):
    """What Textual leaves to chance when keys are quick, screens come and go, or something raises."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "suspend_process", "suspend", id="app.suspend", show=False,
                tooltip="Back to the shell; fg brings it back, and a session waits for you", priority=True),
    ]  # fmt: skip

    workspace: Workspace
    _mishap = ""

    # --- early keys ------------------------------------------------------------------------------------------

    async def run_action(
        self,
        action: Any,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """A key acts once its screen is there. Textual runs its action at once, on a screen without widgets."""
        if default_namespace is not None and not await self._is_there(default_namespace):
            return True
        return await super().run_action(action, default_namespace, namespaces)

    async def _is_there(self, node: DOMNode) -> bool:
        """Waits until the screen of `node` has its widgets; False where it went away instead."""
        screen = next((one for one in node.ancestors_with_self if isinstance(one, Screen)), None)
        if screen is None:
            return True
        for _ in range(round(EARLY_S / _GLANCE_S)):
            if screen.is_mounted or not screen.is_attached:
                break
            await asyncio.sleep(_GLANCE_S)
        return screen.is_mounted and screen.is_attached

    def action_command_palette(self) -> None:
        """One palette at a time, also where another screen lies over it."""
        from runnersknee_tui.tui.steady_palette import SteadyPalette

        if self.use_command_palette and not any(isinstance(one, SteadyPalette) for one in self.screen_stack):
            self.push_screen(SteadyPalette(id="--command-palette"))

    def pop_screen(self) -> AwaitComplete:
        """A screen that is gone takes no other with it: answers to it may still come in."""
        asking = active_message_pump.get(None)
        if isinstance(asking, Screen) and asking not in self.screen_stack:
            return AwaitComplete()
        return super().pop_screen()

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        """A sheet that is new is parsed by itself; Textual would parse all of them again."""
        new = [path for path in screen.css_path if not self.stylesheet.has_source(str(path))]
        if new:
            self.stylesheet.read_all(new)
            self.stylesheet.parse()
        super()._load_screen_css(screen)

    # --- the last words --------------------------------------------------------------------------------------

    def _handle_exception(self, error: Exception) -> None:
        """Textual's door for what nobody caught. Once the app is leaving, a screen that is being taken down may
        raise what it likes: the way out, and its status, stand."""
        if self._exit:
            return
        if not self._mishap:
            import traceback

            cause = getattr(error, "error", error)  # a worker's error comes wrapped
            self._mishap = "".join(traceback.format_exception(cause))
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def panic(self, *renderables: Any) -> None:
        """Textual's end after an error in its own threads, or in a worker."""
        self._return_code = EXIT_MISHAP
        if not self._mishap:
            from io import StringIO

            from rich.console import Console

            drawn = StringIO()
            Console(file=drawn, width=100).print(*renderables)
            self._mishap = drawn.getvalue()
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """The terminal is itself again: say what happened in a few lines."""
        self._exit_renderables.clear()
        if self._mishap and sys.__stderr__ is not None and not self.is_headless:
            with suppress(OSError, ValueError):
                sys.__stderr__.write(self._last_words())
                sys.__stderr__.flush()

    def _last_words(self) -> str:
        from runnersknee_tui.core.words import cut
        from runnersknee_tui.store.durable import SaveError, write_file

        log, details = self.workspace.paths.log, ""
        try:
            write_file(self.workspace.fs, log, self._mishap.encode(errors="backslashreplace"))
            details = f"The details are in {cut(str(log), 200)}\n"
        except SaveError:
            pass  # a disk that takes nothing is no reason for a second mishap
        what = cut(self._mishap.strip().rpartition("\n")[2], 200)
        return (
            f"runnersknee made a mistake of its own and had to end: {what}\n"
            f"{details}A session that was running can be resumed: open runnersknee again.\n"
        )
