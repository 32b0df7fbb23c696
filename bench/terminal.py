"""A terminal to measure programs in: a pty with an emulator behind it that notes when each byte arrived.

A thread stamps what leaves the pty before the emulator, which is slow, sees it; a paint is thereby timed by the
arrival of the bytes that completed it. While a program holds a synchronized update open (mode 2026) nothing counts
as seen, for a modern terminal shows nothing then. Needs pyte and psutil, and a system with ptys.
"""

from __future__ import annotations

import fcntl
import os
import pty
import queue
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Self

import psutil
import pyte

PRIVATE = re.compile(rb"\x1b\[([<=>?])([0-9;]*)(\$?[A-Za-z])|\x1b[P_^X].*?\x1b\\", re.S)
"""Sequences that the emulator does not know, and those that set and ask for modes."""
UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[P_^X][^\x1b]*|\][^\x07\x1b]*|)$")
SYNCHRONIZED = b"2026"
SWITCH_INTERVAL_S = 0.0005
"""So soon the stamping thread gets its turn while the emulator works."""

KEYS = {
    "enter": b"\r",
    "escape": b"\x1b",
    "space": b" ",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
}


class TerminalError(Exception):
    """A program did not show what it should, or did not end. The message holds its screen."""


def peak_rss(pid: int) -> int:
    """The most memory, in bytes, that a process has held; `ru_maxrss` also counts what its parent held at the fork."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:  # noqa: PTH123
        found = re.search(r"VmHWM:\s+(\d+)", status.read())
    return int(found[1]) * 1024 if found else 0


class Terminal:
    """One program in a terminal of its own, from its start to its end: `with Terminal(command) as terminal`."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (100, 30),
        env: Mapping[str, str] | None = None,
    ) -> None:
        """`size` in columns and rows; `env` is laid over this process' environment."""
        columns, rows = size
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""
        self._held = False  # a synchronized update is open
        self._ended = False
        self._chunks: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        self.bytes = 0
        self.paints = 0  # synchronized updates that were closed
        self._seen = 0.0
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * 8, rows * 16))
        self.started = time.monotonic()
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=_environment(env or {}),
            start_new_session=True,
        )
        os.close(slave)
        self.pid = self._process.pid
        threading.Thread(target=self._stamp, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def _stamp(self) -> None:
        while True:
            try:
                data = os.read(self._master, 65536)
            except OSError:  # how Linux says that the last process has closed its end
                data = b""
            self._chunks.put((time.monotonic(), data))
            if not data:
                return

    # --- the terminal's side ---------------------------------------------------------------------------------

    def _take(self, timeout: float) -> bool:
        """Show at most one chunk; whether there was one."""
        try:
            at, data = self._chunks.get(timeout=timeout) if timeout > 0 else self._chunks.get_nowait()
        except queue.Empty:
            return False
        if not data:
            self._ended = True
            return True
        self._seen = at
        self.bytes += len(data)
        data = self._rest + data
        cut = UNFINISHED.search(data)
        self._rest = data[cut.start() :] if cut else b""
        data = data[: cut.start()] if cut else data
        shown = 0
        for found in PRIVATE.finditer(data):
            self._stream.feed(data[shown : found.start()])
            shown = found.end()
            if found[1] == b"?":
                self._mode(found[0], found[2], found[3])
        self._stream.feed(data[shown:])
        return True

    def _mode(self, sequence: bytes, modes: bytes, what: bytes) -> None:
        """A private mode is set, reset or asked for: only synchronized updates are known here."""
        if what == b"$p":
            known = 2 if modes == SYNCHRONIZED else 0
            self._write(b"\x1b[?%s;%d$y" % (modes, known))
        elif modes == SYNCHRONIZED and what in (b"h", b"l"):
            self._held = what == b"h"
            self.paints += not self._held
        elif what in (b"h", b"l"):
            self._stream.feed(sequence)

    def _write(self, data: bytes) -> float:
        os.write(self._master, data)
        return time.monotonic()

    # --- watching --------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_until(self, test: Callable[[str], object], what: str, timeout: float = 30.0) -> float:
        """Wait for a screen that passes; returns when, on the monotonic clock, it stood. Raises TerminalError."""
        if not self._held and test(self.text):
            return time.monotonic()
        limit = time.monotonic() + timeout
        while (left := limit - time.monotonic()) > 0 and not self._ended:
            if self._take(left) and not self._held and test(self.text):
                return self._seen
        raise TerminalError(f"{what} did not appear on the screen:\n{self.text}")

    def wait_for(self, pattern: str, timeout: float = 30.0) -> float:
        """Wait until a regular expression is found on the screen; returns when. Raises TerminalError."""
        return self.wait_until(re.compile(pattern, re.M).search, pattern, timeout)

    def rest(self, seconds: float) -> None:
        """Let the program run for so long."""
        limit = time.monotonic() + seconds
        while (left := limit - time.monotonic()) > 0 and not self._ended:
            self._take(left)

    def settle(self, quiet: float = 0.3, timeout: float = 10.0) -> None:
        """Wait until nothing has been written for `quiet` seconds."""
        limit = time.monotonic() + timeout
        while time.monotonic() < limit and not self._ended and self._take(quiet):
            pass

    def key(self, name: str) -> float:
        """Press a key; returns when."""
        return self._write(KEYS.get(name) or name.encode())

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def wait_exit(self, timeout: float) -> int:
        """The status with which the program ends. Raises TerminalError where it runs on."""
        limit = time.monotonic() + timeout
        while not self._ended and (left := limit - time.monotonic()) > 0:
            self._take(left)
        try:
            return self._process.wait(max(limit - time.monotonic(), 0.01))
        except subprocess.TimeoutExpired:
            raise TerminalError(f"the program still runs after {timeout:g} s:\n{self.text}") from None

    # --- what it costs ---------------------------------------------------------------------------------------

    def cpu_s(self) -> float:
        """Processor seconds of the program and of every process it has started, so far."""
        return sum(map(_cpu_s, self._family()))

    def peak_rss(self) -> int:
        """The most memory, in bytes, that the program itself has held."""
        return peak_rss(self.pid)

    def _family(self) -> list[psutil.Process]:
        try:
            program = psutil.Process(self.pid)
            return [program, *program.children(recursive=True)]
        except psutil.Error:
            return []

    def end(self) -> None:
        """End the program, first politely; only its own process group is ever signalled."""
        for number, grace in ((signal.SIGHUP, 0.5), (signal.SIGTERM, 1.0), (signal.SIGKILL, 3.0)):
            if self._process.poll() is not None:
                break
            try:
                os.killpg(self.pid, number)
                os.killpg(self.pid, signal.SIGCONT)
                self._process.wait(grace)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue
        self.settle(0.05, 1.0)
        if self._ended and self._master >= 0:
            os.close(self._master)
            self._master = -1


def _environment(changes: Mapping[str, str]) -> dict[str, str]:
    """This process' environment with a terminal in 24-bit colour, and `changes` on top."""
    kept = {key: value for key, value in os.environ.items() if key not in ("LINES", "COLUMNS", "NO_COLOR")}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **changes}


def _cpu_s(process: psutil.Process) -> float:
    """A process' own clock, in nanoseconds where Linux has one, and what its ended children took."""
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    own = times.user + times.system
    with suppress(OSError, AttributeError):
        own = time.clock_gettime((~process.pid << 3) | 2)  # how Linux numbers the clock of a process
    return own + getattr(times, "children_user", 0.0) + getattr(times, "children_system", 0.0)
