"""An ordinary timer app: the usual widgets, drawn anew four times a second. `n` counts, for key to paint."""

from time import monotonic
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Digits, Footer, Header, Label, ProgressBar, Static

HZ = 4


class Realistic(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", "pause"),
        Binding("n", "count", "count"),
        Binding("q", "quit", "quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.running = True
        self.origin = monotonic()

    def compose(self) -> ComposeResult:
        yield Header()
        yield Label("Step-down, left, set 2 of 3")
        yield Digits()
        yield ProgressBar(total=60, show_eta=False)
        yield Static("Counted 0", id="counted")
        yield Footer()

    def on_mount(self) -> None:
        self.beat()
        self.set_interval(1 / HZ, self.beat)

    def beat(self) -> None:
        if self.running:
            minutes, seconds = divmod(monotonic() - self.origin, 60)
            self.query_one(Digits).update(f"{minutes:02.0f}:{seconds:04.1f}")
            self.query_one(ProgressBar).update(progress=seconds)

    def action_pause(self) -> None:
        self.running = not self.running

    def action_count(self) -> None:
        self.count += 1
        self.query_one("#counted", Static).update(f"Counted {self.count}")


if __name__ == "__main__":
    Realistic().run()
