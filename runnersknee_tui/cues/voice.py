"""The spoken cues: sentences rendered ahead into WAV files by a worker, so that saying one is playing a file.

Nothing here can hold a timer up: a sentence that is not ready in time is not said.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import unicodedata
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path

from runnersknee_tui.cues.engines import Engine, Job, engine_program
from runnersknee_tui.cues.wav import Clip, Levels, trim, wav_seconds

CALL_S = 5.0
"""How long one call of the speech program may take; a slower one switches the voice off for the session."""
LONGEST = 200
"""Characters of a sentence; more would not fit between two cues anyway."""
CACHE_BYTES = 24 * 2**20

if sys.platform == "win32":
    NO_WINDOW = subprocess.CREATE_NO_WINDOW
else:
    NO_WINDOW = 0


class VoiceError(Exception):
    """The speech program failed; the message says how, in words for the status line."""


def plain(text: str) -> str:
    """`text` as it is read aloud: one line, no control characters, cut at a word where it is too long."""
    visible = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    line = re.sub(r" +", " ", visible).strip()
    if len(line) <= LONGEST:
        return line
    return line[: LONGEST + 1].rpartition(" ")[0] or line[:LONGEST]


class Voice:
    """Renders sentences into `cache`/voice and hands out those that are ready, at the volume of `levels`.

    `engine` None: there is no voice, and `note` says so.
    """

    def __init__(
        self, engine: Engine | None, cache: Path, levels: Levels, *, patience: float = CALL_S
    ) -> None:
        self.note = "" if engine else f"voice: not available ({engine_program()} not found)"
        """Why nothing is said, for the status line; empty where all is well."""
        self._engine, self._levels, self._patience = engine, levels, patience
        self._folder = cache / "voice"
        self._ready: dict[str, Clip] = {}
        self._waiting: deque[str] = deque()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._worker: threading.Thread | None = None
        self._child: subprocess.Popen[bytes] | None = None

    def prepare(self, sentences: Iterable[str]) -> None:
        """Have these rendered, first things first. Returns at once."""
        with self._lock:
            self._waiting.extend(text for text in sentences if text not in self._ready)
            if self._waiting and self._worker is None and not self.note:
                self._worker = threading.Thread(target=self._work, name="voice", daemon=True)
                self._worker.start()

    def clip(self, text: str) -> Clip | None:
        """The file of a sentence, None while it is not ready. Costs a look into a dictionary."""
        return self._ready.get(text)

    def wait(self, timeout: float) -> bool:
        """Wait until all that was asked for is rendered or given up; False where it takes longer. For checks."""
        worker = self._worker
        if worker is not None:
            worker.join(timeout)
        return worker is None or not worker.is_alive()

    def close(self, timeout: float = 0.3) -> None:
        """End the worker, and the speech program with it."""
        self._closing.set()
        child = self._child
        if child is not None and child.poll() is None:
            child.kill()
        self.wait(timeout)

    # --- in the worker --------------------------------------------------------------------------------------

    def _work(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            while batch := self._next_batch():
                self._render(batch)
        except VoiceError as error:
            self._give_up(str(error))
        except OSError as error:
            self._give_up(error.strerror or str(error))
        trim(self._folder, CACHE_BYTES, {self._file(text) for text in tuple(self._ready)})
        self._levels.tidy()

    def _give_up(self, why: str) -> None:
        if not self._closing.is_set():
            self.note = f"voice: off for this session ({why})"
        with self._lock:
            self._waiting.clear()
            self._worker = None

    def _next_batch(self) -> list[str]:
        """What to render next; empty, and this worker's end, where nothing waits. Finds what the cache has."""
        assert self._engine is not None
        batch: list[str] = []
        with self._lock:
            while self._waiting and len(batch) < self._engine.batch and not self._closing.is_set():
                text = self._waiting.popleft()
                if text in self._ready or text in batch or not plain(text):
                    continue
                if not self._take_up(text, self._file(text)):
                    batch.append(text)
            if not batch:
                self._worker = None
        return batch

    def _render(self, batch: Sequence[str]) -> None:
        """Write the sentences to files beside their places, and move each that is whole into its own."""
        fresh = {text: self._file(text).with_suffix(f".{os.getpid()}.tmp.wav") for text in batch}
        try:
            self._call([(plain(text), file) for text, file in fresh.items()])
            for text, file in fresh.items():
                if wav_seconds(file) is None:
                    raise VoiceError(f"{self._name} wrote no sound")
                file.replace(self._file(text))
                self._take_up(text, self._file(text))
        finally:
            for file in fresh.values():
                file.unlink(missing_ok=True)

    def _call(self, jobs: Sequence[Job]) -> None:
        assert self._engine is not None
        argv, text = self._engine.command(jobs)
        self._child = subprocess.Popen(
            argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=NO_WINDOW,
        )
        with self._child as child:
            try:
                child.communicate(text.encode("utf-8", "replace"), timeout=self._patience)
            except subprocess.TimeoutExpired:
                child.kill()
                raise VoiceError(f"{self._name} took longer than {self._patience:g} s") from None
        if child.returncode:
            raise VoiceError(f"{self._name} failed with exit status {child.returncode}")

    @property
    def _name(self) -> str:
        return self._engine.name if self._engine else ""

    def _file(self, text: str) -> Path:
        from hashlib import sha1  # with it comes OpenSSL, which silence needs not

        assert self._engine is not None
        digest = sha1(plain(text).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
        return self._folder / f"{self._engine.name}-{self._engine.voice}-{digest}.wav"

    def _take_up(self, text: str, file: Path) -> bool:
        """Have a rendered file ready to play; False where there is none."""
        seconds = wav_seconds(file)
        if seconds is None:
            return False
        os.utime(file)  # used: the last to go when the cache is trimmed
        self._ready[text] = Clip(self._levels.path(file), seconds)
        return True
