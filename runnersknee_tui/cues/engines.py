"""The speech programs: how each is asked to write sentences into WAV files. Data and command lines, nothing runs.

Sentences travel on standard input, so that no sentence can be taken for an option.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

Job = tuple[str, Path]
"""A sentence and the file it is to be written to."""


class Engine(Protocol):
    """A speech program and the voice it speaks with; `batch` is how many sentences one call renders at most."""

    @property
    def name(self) -> str: ...

    @property
    def voice(self) -> str: ...

    @property
    def batch(self) -> int: ...

    def command(self, jobs: Sequence[Job]) -> tuple[list[str], str]:
        """The program with its arguments, and what it reads on standard input."""


class EspeakEngine(Struct, frozen=True):
    """eSpeak NG, on Linux. Robotic, clear, and some ten milliseconds a sentence."""

    program: str
    name: str = "espeak-ng"
    voice: str = "en-gb"
    batch: int = 1

    def command(self, jobs: Sequence[Job]) -> tuple[list[str], str]:
        ((text, file),) = jobs
        # -z: no pause after the last word, -b 1: UTF-8; a little slower than its 175 words a minute
        return [
            self.program,
            "-v",
            self.voice,
            "-s",
            "165",
            "-z",
            "-b",
            "1",
            "--stdin",
            "-w",
            str(file),
        ], text


class SayEngine(Struct, frozen=True):
    """`say`, part of macOS, with the voice of the system."""

    program: str
    name: str = "say"
    voice: str = "system"
    batch: int = 1

    def command(self, jobs: Sequence[Job]) -> tuple[list[str], str]:
        ((text, file),) = jobs
        form = ("--file-format=WAVE", "--data-format=LEI16@22050")
        return [self.program, *form, "-o", str(file), "-f", "-"], text


SAPI_SCRIPT = """
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Speech
$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
foreach ($job in ([Console]::In.ReadToEnd() | ConvertFrom-Json)) {
    $voice.SetOutputToWaveFile($job.file)
    $voice.Speak($job.text)
    $voice.SetOutputToNull()
}
$voice.Dispose()
"""


class SapiEngine(Struct, frozen=True):
    """The speech of Windows, through one hidden PowerShell for several sentences: it is slow to start."""

    program: str
    name: str = "sapi"
    voice: str = "system"
    batch: int = 8

    def command(self, jobs: Sequence[Job]) -> tuple[list[str], str]:
        # ASCII only: the shell reads its input in whatever code page the machine has
        text = json.dumps([{"text": text, "file": str(file)} for text, file in jobs], ensure_ascii=True)
        hidden = ("-NoProfile", "-NonInteractive", "-WindowStyle", "Hidden")
        return [self.program, *hidden, "-Command", SAPI_SCRIPT], text


def engine_program(platform: str = sys.platform) -> str:
    """The speech program looked for on this platform."""
    return {"darwin": "say", "win32": "powershell"}.get(platform, "espeak-ng")


def find_engine(
    platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which
) -> Engine | None:
    """The speech program of this machine; None where it has none."""
    program = which(engine_program(platform))
    if program is None:
        return None
    if platform == "darwin":
        return SayEngine(program)
    return SapiEngine(program) if platform == "win32" else EspeakEngine(program)
