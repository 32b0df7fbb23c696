"""`runnersknee serve`: the app in a browser on this computer."""

from __future__ import annotations

import argparse
import gc
import os
import sys

from runnersknee_tui.commands.exits import UsageError
from runnersknee_tui.commands.usage import number, print_lines, warn
from runnersknee_tui.core.words import cut
from runnersknee_tui.tui.served import PARENT
from runnersknee_tui.workspace import Workspace

WARNING = (
    "{host} lets others on your network connect. There is no login but the token in the address, and nothing is "
    "encrypted: whoever listens can read your training and your answers about pain."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--port",
        type=number(1, 65535, whole=True),
        default=8000,
        metavar="N",
        help="the port, 8000 where none is given",
    )
    add(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="the address to listen on, 127.0.0.1 where none is given",
    )
    add("--allow-network", action="store_true", help="accept an address that others can reach")


def run(args: argparse.Namespace, workspace: Workspace) -> int:  # noqa: ARG001 each window has its own
    try:
        from runnersknee_tui.web import GuardedServer, is_loopback
    except ImportError:
        raise UsageError('the browser needs an extra: pip install "runnersknee-tui[web]"') from None
    if not is_loopback(args.host):
        if not args.allow_network:
            raise UsageError(
                f"{cut(args.host)} lets others on your network connect; pass --allow-network to accept that"
            )
        warn(WARNING.format(host=args.host))
    server = GuardedServer(args.host, args.port, environment={PARENT: str(os.getpid())})
    _require_free(args.host, args.port)
    print_lines(
        [f"Open {server.address}", "Only this address works, and only while this runs. Ctrl+C ends it."]
    )
    sys.stdout.flush()
    gc.enable()
    server.serve()
    return 0


def _require_free(host: str, port: int) -> None:
    """Raises UsageError where the port cannot be had, before an address is printed that leads elsewhere."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise UsageError(
            f"cannot listen on {cut(host)}:{port}: {error.strerror or error}. Try --port {port + 1}"
        ) from None
