"""Stands in for the app behind the server: answers every packet with what it got, and ends when told to."""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    out, source = sys.stdout.buffer, sys.stdin.buffer
    out.write(b"__GANGLION__\n")
    say({"start": [int(os.environ["COLUMNS"]), int(os.environ["ROWS"])], "pid": os.getpid()})
    while head := source.read(5):
        payload = source.read(int.from_bytes(head[1:], "big"))
        if head[:1] == b"M" and json.loads(payload).get("type") == "quit":
            return
        say({"kind": head[:1].decode(), "payload": payload.decode("utf-8", "replace")})


def say(what: object) -> None:
    data = json.dumps(what).encode()
    sys.stdout.buffer.write(b"D" + len(data).to_bytes(4, "big") + data)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
