"""Programs under test by fork: everything is imported once, and a start takes milliseconds instead of half a second.

`python -m tests.faults.nursery FD` serves on the socket FD: for each message, the words for `program.main` and four
descriptors (stdin, stdout, stderr, and where to tell the process's number and, later, its status).
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sys
from collections.abc import Sequence
from typing import NoReturn

from tests.faults import program

LONGEST = 1 << 16
"""Bytes of one message."""


def serve(door: socket.socket) -> None:
    """Until the other end is closed. A program comes back from here in a process of its own, with SystemExit."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the keepers
    while True:
        words, given, *_ = socket.recv_fds(door, LONGEST, 4)
        if not words:
            return
        if os.fork() == 0:
            door.close()
            _keep(json.loads(words), given)
        for fd in given:
            os.close(fd)


def _keep(words: list[str], given: Sequence[int]) -> NoReturn:
    """Between the two stands a keeper, who waits for the program and tells how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *streams, news = given
    child = os.fork()
    if child == 0:
        os.close(news)
        for number, fd in enumerate(streams):
            os.dup2(fd, number)
            os.close(fd)
        random.seed()
        sys.exit(program.play(words))
    for fd in streams:
        os.close(fd)
    os.write(news, b"%d\n" % child)
    _, status = os.waitpid(child, 0)
    os.write(news, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as listening:
        serve(listening)
