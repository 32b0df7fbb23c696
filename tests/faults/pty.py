"""The app in a pseudo terminal of its own: keys in, a screen out, signals, and the terminal as it is left."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

import pyte

from tests.faults.processes import CHECKOUT, LIVENESS_S, environment

APP = (sys.executable, "-m", "runnersknee_tui")
SESSION = ("start", "prehab", "--mute", "--no-check-in")
"""The command line of a session, and what tells that its screen, or Home, is drawn."""
SESSION_SHOWN = "x it hurts"
HOME_SHOWN = "All routines"

WAIT_S = 30.0
"""How long a screen may take to show something on a busy machine."""


def known() -> dict[str, str]:
    """A terminal with colours, and a person who has answered the first questions."""
    return {
        "COLORTERM": "truecolor",
        "RUNNERSKNEE_FIRST_RUN_DONE": "true",
        "RUNNERSKNEE_SIGNS_ASKED_ON": datetime.now().astimezone().date().isoformat(),
    }


# What pyte would print as text: private sequences with < = > or an intermediate, and titles.
_STRANGE = re.compile(
    rb"\x1b\[[<=>][0-9;]*[a-zA-Z]|\x1b\[[?0-9;]*[ -/][@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
)
_OPEN = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?)?$")


class Terminal:
    """A window with a program in it. Leaving the `with` block kills what still runs, and closes the window."""

    def __init__(
        self,
        words: Sequence[str],
        home: Path,
        *,
        columns: int = 80,
        rows: int = 24,
        program: Sequence[str] = APP,
        deaf: bool = False,
        **env: str,
    ) -> None:
        """`deaf`: the program is started with SIGHUP ignored, as nohup does."""
        self.output = b""
        self.home = home
        self._shown = pyte.Screen(max(columns, 1), max(rows, 1))
        self._stream = pyte.ByteStream(self._shown)
        self._fed = 0
        self._master, slave = pty.openpty()
        self._resize(columns, rows)

        def own_terminal() -> None:
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            # Said either way: the tests themselves may run under nohup, and a child inherits that.
            signal.signal(signal.SIGHUP, signal.SIG_IGN if deaf else signal.SIG_DFL)

        self.process = subprocess.Popen(
            (*program, *words),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=CHECKOUT,
            env=environment(**{**known(), "HOME": str(home), **env}),
            preexec_fn=own_terminal,
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(LIVENESS_S)
        self.close()

    def close(self) -> None:
        """Close the window: what runs in it gets SIGHUP."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    # --- what comes out --------------------------------------------------------------------------------------

    def pump(self, seconds: float) -> bool:
        """Take in what was written, waiting at most so long for the first of it."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # the last process has closed its end
            return False
        self.output += data
        return bool(data)

    @property
    def screen(self) -> str:
        """What a person sees."""
        new = self.output[self._fed :]
        cut = _OPEN.search(new[-4096:])
        if cut:
            new = new[: len(new) - len(cut[0])]
        self._fed += len(new)
        self._stream.feed(_STRANGE.sub(b"", new))
        return "\n".join(self._shown.display)

    def wait_for(self, what: str | Callable[[], bool], seconds: float = WAIT_S) -> None:
        """Until a pattern is on the screen, or a condition holds."""
        deadline = time.monotonic() + seconds
        while not (what() if callable(what) else re.search(what, self.screen)):
            if time.monotonic() > deadline or (self.process.poll() is not None and not self.pump(0)):
                raise AssertionError(f"never came: {what}\n{self.screen}\nstatus {self.process.poll()}")
            self.pump(0.02)

    def linger(self, seconds: float) -> None:
        """Let real time pass while the program draws."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if not self.pump(min(left, 0.05)) and self.process.poll() is not None:
                break

    def wait(self, seconds: float = WAIT_S) -> int:
        """The exit status, once it has ended; negative where a signal ended it."""
        deadline = time.monotonic() + seconds
        while self.process.poll() is None:
            if time.monotonic() > deadline:
                raise AssertionError(f"still running\n{self.screen}")
            if self._master >= 0:
                self.pump(0.02)
            else:
                try:
                    self.process.wait(0.02)
                except subprocess.TimeoutExpired:
                    continue
        while self._master >= 0 and self.pump(0):
            pass
        return self.process.returncode

    # --- what goes in ----------------------------------------------------------------------------------------

    def send(self, keys: str | bytes) -> None:
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            data = data[os.write(self._master, data[:512]) :]
            self.pump(0)

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def resize(self, columns: int, rows: int) -> None:
        """Also tells the program."""
        self._resize(columns, rows)
        self._shown.resize(max(rows, 1), max(columns, 1))

    def _resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # --- how it is left --------------------------------------------------------------------------------------

    @property
    def taken(self) -> bool:
        """Whether the program has taken the terminal over."""
        return b"\x1b[?1049h" in self.output

    def unrestored(self) -> list[str]:
        """What of the terminal was not given back."""
        wrong = []
        for mode, name in (
            (b"1049", "screen"),
            (b"1000", "mouse"),
            (b"1003", "mouse moves"),
            (b"2004", "paste"),
        ):
            if self.output.rfind(b"\x1b[?%bh" % mode) > self.output.rfind(b"\x1b[?%bl" % mode):
                wrong.append(name)
        if self.output.rfind(b"\x1b[?25l") > self.output.rfind(b"\x1b[?25h"):
            wrong.append("cursor")
        flags = termios.tcgetattr(self._master)[3]
        if not flags & termios.ECHO or not flags & termios.ICANON:
            wrong.append("echo")
        return wrong

    def cpu_seconds(self) -> float:
        """Processor time of the program so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
