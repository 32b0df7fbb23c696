"""Hostile words in every file, and every screen on the way to a terminal and to a browser: no byte obeys them (T47)."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo terminal", allow_module_level=True)

from tests.faults.hostile import leaks
from tests.faults.processes import CHECKOUT, LIVENESS_S, environment
from tests.faults.pty import Terminal
from tests.faults.trials import Trial, fault

COUNT, BATCH, FEW = 500, 50, 10
COLUMNS, ROWS = 200, 60
HELLO = b"__GANGLION__\n"
WEB = {
    "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver",
    "COLUMNS": str(COLUMNS),
    "ROWS": str(ROWS),
    "TEXTUAL_COLOR_SYSTEM": "truecolor",
}


_OWN = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]")
"""The app's own colours and moves."""
_MARK = re.compile(rb"K(\d+) (?!p)\S")


def walk(trial: Trial) -> tuple[str, ...]:
    """The tour of this try: with a batch of the words, some of them in a short run, or plain ones."""
    first = BATCH * ((trial.number - 1) // 2) if trial.armed else 0
    many = (BATCH if trial.full else FEW) if trial.armed else 0
    nth = 1 if trial.full else 4
    return (sys.executable, "-m", "tests.faults.touring", str(trial.folder), *map(str, (first, many, nth)))


def to_a_terminal(command: tuple[str, ...], home: Path) -> bytes:
    """Every byte that a terminal gets."""
    with Terminal((), home, columns=COLUMNS, rows=ROWS, program=command) as window:
        assert window.wait(LIVENESS_S * 3) == 0, window.output[-2000:].decode(errors="replace")
        return window.output


def to_a_browser(command: tuple[str, ...], home: Path) -> bytes:
    """Every byte that the terminal in a browser gets, out of the packets of the server's protocol."""
    with subprocess.Popen(
        command, env=environment(HOME=str(home), **WEB), cwd=CHECKOUT, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        out, said = process.communicate(timeout=LIVENESS_S * 3)
    assert process.returncode == 0, said.decode()
    assert leaks(said) == []
    return b"".join(payloads(out))


def payloads(stream: bytes) -> Iterator[bytes]:
    """What is drawn; the other packets tell the server that the app has ended, and the like."""
    rest = stream.partition(HELLO)[2]
    while rest:
        kind, length = rest[:1], int.from_bytes(rest[1:5], "big")
        if kind == b"D":
            yield rest[5 : 5 + length]
        rest = rest[5 + length :]


WAYS = (to_a_terminal, to_a_browser)


@fault("T47", "hostile words in every file, every screen, on the wire", short=2, full=2 * COUNT // BATCH, cases=WAYS)  # fmt: skip
def test_nothing_reaches_the_wire(trial: Trial) -> None:
    """Colours and moves of the app's own, and nothing out of the words."""
    wire = trial.case(walk(trial), trial.folder)
    shown = {int(found) for found in _MARK.findall(_OWN.sub(b"", wire))}
    trial.landed += bool(shown)
    trial.measure("words seen on the wire", len(shown))
    found = leaks(wire)
    trial.lost += len(found)
    trial.complaints += [repr(one) for one in found[:20]]
