"""The smallest app that still shows something: what Textual itself costs."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Minimal(App[None]):
    BINDINGS = [("q", "quit", "quit")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Static("The minimal app")


if __name__ == "__main__":
    Minimal().run()
