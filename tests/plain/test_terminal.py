"""The plain mode in a real terminal: a person reads a line, types an answer and enter."""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.processes import CHECKOUT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")

PROGRAM = (sys.executable, "-m", "runnersknee_tui")
LIVENESS_S = 60.0


class Person:
    """At a terminal in which the program runs."""

    def __init__(self, home: Path, *words: str) -> None:
        import pty

        kept = {key: os.environ[key] for key in ("PATH",) if key in os.environ}
        self.env = {**kept, "HOME": str(home), "PYTHONPATH": str(CHECKOUT), "TERM": "dumb"}
        self._end, there = pty.openpty()
        self.process = subprocess.Popen(
            (*PROGRAM, *words), env=self.env, stdin=there, stdout=there, stderr=there, start_new_session=True
        )
        os.close(there)
        self.said = ""

    def reads(self, words: str) -> None:
        """Wait until these words have come; the test fails where they never do."""
        until = time.monotonic() + LIVENESS_S
        while words not in self.said:
            if time.monotonic() > until or not self._more(1.0):
                raise AssertionError(f"{words!r} never came:\n{self.said}")

    def _more(self, seconds: float) -> bool:
        if not select.select([self._end], [], [], seconds)[0]:
            return self.process.poll() is None
        try:
            part = os.read(self._end, 65536)
        except OSError:  # the program has ended and closed its side
            return False
        self.said += part.decode()
        return bool(part)

    def types(self, line: str) -> None:
        os.write(self._end, f"{line}\n".encode())

    def leaves(self) -> int:
        """Wait for the end; the exit status."""
        until = time.monotonic() + LIVENESS_S
        while self._more(0.2) and time.monotonic() < until:
            pass
        return self.process.wait(LIVENESS_S)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._end)


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    made = Person(tmp_path, "start", "flare", "--plain")
    yield made
    made.close()


def test_from_the_signs_to_the_table(person: Person) -> None:
    person.reads("or none.")
    person.types("none")
    person.reads("How is the left knee now?")
    person.types("2")
    person.reads("How is the right knee now?")
    person.types("")
    person.reads("Get ready")
    person.types("n")
    person.reads("1 of 10")
    person.types("x")
    person.reads("Is it sharp, or rising?")
    person.types("n")
    person.reads("How much does the left knee hurt")
    person.types("1")
    person.reads("How much does the right knee hurt")
    person.types("")
    person.reads("1 or g: Go on with this exercise.")
    person.types("e")
    person.reads("Enter confirms all of this")
    person.types("")
    assert person.leaves() == 0
    assert "Saved." in person.said
    assert not re.search(r"[\x00-\x06\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", person.said), (
        "bells and line ends alone"
    )
    done = subprocess.run((*PROGRAM, "history", "--json"), env=person.env, capture_output=True, check=True)
    (record,) = json.loads(done.stdout)
    assert record["check_in"]["before"] == {"left": 2, "right": None}
    assert record["check_in"]["warning_signs"] == []
    assert record["end_reason"] == "pain"
    assert record["exercises"][0]["during"] == {"left": 1, "right": None}


def test_control_d_leaves_everything_open(person: Person) -> None:
    person.reads("or none.")
    person.types("\x04")
    person.reads("Get ready")
    assert "The warning signs were not asked" in person.said
