"""A stand-in for a player or a speech program: a small script that writes down how it was called."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

SCRIPT = """
import json, os, sys
report = {
    "argv": sys.argv[2:],
    "stdin": sys.stdin.buffer.read().decode(),
    "null": [os.path.samestat(os.fstat(fd), os.stat(os.devnull)) for fd in (0, 1, 2)],
    "own session": hasattr(os, "getsid") and os.getsid(0) == os.getpid(),
}
with open(sys.argv[1], "a") as log:
    log.write(json.dumps(report) + "\\n")
"""


class Program:
    """`argv` runs the script and then `then`, a few lines of Python."""

    def __init__(self, folder: Path, then: str = "") -> None:
        self._log = folder / "calls.jsonl"
        script = folder / "program.py"
        script.write_text(SCRIPT + then, encoding="utf-8")
        self.argv = (sys.executable, "-I", "-S", str(script), str(self._log))

    @property
    def calls(self) -> list[dict[str, Any]]:
        if not self._log.exists():
            return []
        return [json.loads(line) for line in self._log.read_text(encoding="utf-8").splitlines()]
