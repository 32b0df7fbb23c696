"""Processes under test: started, traced, confined to a small or read-only disk, killed; always ended again."""

from __future__ import annotations

import atexit
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import pytest

from tests.faults.program import TOLD
from tests.faults.scenarios import told_in

CHECKOUT = Path(__file__).parent.parent.parent
LIVENESS_S = 60.0
"""Nothing here takes long; a process that takes so long hangs."""


def environment(**changes: str) -> dict[str, str]:
    """A plain environment, and nothing of this machine's own settings."""
    kept = {key: os.environ[key] for key in ("PATH",) if key in os.environ}
    fixed = {"PYTHONPATH": str(CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1", "TERM": "xterm-256color"}
    return {**kept, **fixed, "LANG": "C.UTF-8", "HOME": "/nonexistent", **changes}


class Played:
    """A program that was started by fork: as much of `subprocess.Popen` as the tests use."""

    def __init__(self, words: Sequence[str]) -> None:
        mine, theirs = zip(*(os.pipe()[::way] for way in (-1, 1, 1, 1)), strict=True)
        socket.send_fds(nursery(), [json.dumps(words).encode()], theirs)
        for fd in theirs:
            os.close(fd)
        self.stdin = os.fdopen(mine[0], "wb")
        self.stdout, self.stderr = os.fdopen(mine[1], "rb"), os.fdopen(mine[2], "rb")
        self._news = os.fdopen(mine[3], "rb", buffering=0)
        self.pid = int(self._news.readline())
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit status; None while it runs."""
        if self.returncode is None and select.select([self._news], [], [], 0)[0]:
            self.returncode = int(self._news.readline())
        return self.returncode

    def wait(self, seconds: float) -> int:
        """The exit status, negative where a signal ended it; TimeoutExpired where it is still to come."""
        if self.returncode is None and not select.select([self._news], [], [], seconds)[0]:
            raise subprocess.TimeoutExpired(str(self.pid), seconds)
        status = self.poll()
        assert status is not None
        return status

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """Killed where it still runs, and nothing left open."""
        self.kill()
        self.wait(LIVENESS_S)
        with suppress(BrokenPipeError):
            self.stdin.close()
        for stream in (self.stdout, self.stderr, self._news):
            stream.close()


@cache
def nursery() -> socket.socket:
    """Where a program is asked for; one in each process of the tests, ended with it."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with there:
        process = subprocess.Popen(
            (sys.executable, "-m", "tests.faults.nursery", str(there.fileno())),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=environment(),
            cwd=CHECKOUT,
            pass_fds=(there.fileno(),),
        )

    def end() -> None:
        here.close()
        process.wait(LIVENESS_S)

    atexit.register(end)
    return here


@contextmanager
def playing(scene: str, folder: Path, *options: object) -> Iterator[Played]:
    """A scene of `program` in a folder, in a process with pipes; killed at the end of the block where it still runs."""
    process = Played((scene, str(folder), *map(str, options)))
    try:
        yield process
    finally:
        process.close()


def program(scene: str, folder: Path, *options: object) -> tuple[str, ...]:
    """The command that plays a scene in a folder."""
    return (sys.executable, "-m", "tests.faults.program", scene, str(folder), *map(str, options))


def is_ready(process: Played) -> None:
    """Waits until a program says that it is ready."""
    line = process.stdout.readline()
    if line != b"ready\n":
        raise AssertionError(f"the program did not get ready: {process.stderr.read().decode()}")


def go(process: Played) -> None:
    """Lets a program that is ready begin."""
    process.stdin.write(b"go\n")
    process.stdin.flush()


def told(folder: Path) -> list[str]:
    """What the program in this folder was told to be safe."""
    path = folder / TOLD
    return told_in(path.read_text(encoding="utf-8")) if path.exists() else []


# --- tracing -------------------------------------------------------------------------------------------------


@cache
def tracing() -> str:
    """Why no process can be traced here; empty where it can."""
    strace = shutil.which("strace")
    if strace is None:
        return "strace is not installed"
    done = subprocess.run((strace, "-o", os.devnull, "true"), capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else f"tracing is not allowed here: {done.stderr.strip()[:80]}"


needs_strace = pytest.mark.skipif(bool(tracing()), reason=tracing() or "strace works")


def play_traced(scene: str, folder: Path, calls: str, *inject: str) -> tuple[int, list[str]]:
    """Plays a scene under strace, attached only once the program is ready, so that counting starts there.

    Returns the exit status (negative: the signal) and the lines of the trace.
    """
    trace = folder / "trace"
    with playing(scene, folder) as process:
        is_ready(process)
        options = [option for rule in inject for option in ("-e", f"inject={rule}")]
        tracer = subprocess.Popen(
            (
                "strace",
                "-f",
                "-y",
                "-o",
                str(trace),
                "-e",
                f"trace={calls}",
                *options,
                "-p",
                str(process.pid),
            ),
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )
        assert tracer.stderr is not None
        try:
            line = tracer.stderr.readline()
            assert b"attached" in line, line
            go(process)
            status = process.wait(LIVENESS_S)
            tracer.wait(LIVENESS_S)
        finally:
            if tracer.poll() is None:
                tracer.kill()
                tracer.wait(LIVENESS_S)
            tracer.stderr.close()
        return status, trace.read_text(errors="replace").splitlines()


# --- disks of our own ----------------------------------------------------------------------------------------


@cache
def mounting() -> str:
    """Why nothing can be mounted here; empty where it can, in a namespace of its own."""
    if shutil.which("unshare") is None or shutil.which("mount") is None:
        return "unshare is not installed"
    done = subprocess.run(
        ("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"),
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else f"mounting is not allowed here: {done.stderr.strip()[:80]}"


needs_mount = pytest.mark.skipif(bool(mounting()), reason=mounting() or "unshare works")


def on_small_disk(folder: Path, size: str, command: Sequence[str]) -> tuple[str, ...]:
    """The command, with `folder` a disk in memory of that size that ends with it."""
    return _in_namespace('mount -t tmpfs -o "size=$1" tmpfs "$2"', (size, str(folder)), command)


def on_read_only(folder: Path, command: Sequence[str]) -> tuple[str, ...]:
    """The command, with `folder` as it is and read-only."""
    script = 'mount --bind "$2" "$2" && mount -o remount,bind,ro "$2"'
    return _in_namespace(script, ("", str(folder)), command)


def _in_namespace(script: str, words: tuple[str, str], command: Sequence[str]) -> tuple[str, ...]:
    return ("unshare", "-rm", "sh", "-c", f'{script} && shift 2 && exec "$@"', "sh", *words, *command)
