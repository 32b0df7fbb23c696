"""The app in a browser, for the person at this computer: textual-serve behind a token, with bounds.

textual-serve on its own lets any page that a browser shows drive the app, starts a process for every socket and
takes any size. Here every request has to name this server as its host, a page of another origin is refused, and
nothing is answered without the token of the printed address, which a cookie then carries.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import secrets
import shlex
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from hmac import compare_digest
from typing import Any

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

LOOPBACK = "127.0.0.1"
COOKIE = "runnersknee"
MOST_SOCKETS = 2
WIDEST, HIGHEST = 500, 200
"""The largest terminal, in cells, that a browser may ask for."""
PATIENCE_S = 1.5
"""How long an app may take to end before it is told in stronger words."""
LARGEST_MESSAGE = 64 * 1024
"""Bytes of one message from the browser: what is typed or pasted."""
REFUSAL = "Open the address that runnersknee serve printed, with its token."
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; img-src 'self' data:; font-src 'self'; frame-ancestors 'none'"  # fmt: skip
"""Nothing is fetched from elsewhere (the page of textual-serve asks for a font), and no page may frame this one."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach a server that listens on `host`."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False  # "localhost" may mean more than one address, so it is not taken for one


def clamped(width: object, height: object) -> tuple[int, int]:
    """A size in cells within the bounds; what is no number becomes 80x24."""
    return _between(width, 80, WIDEST), _between(height, 24, HIGHEST)


def _between(value: object, default: int, most: int) -> int:
    try:
        number = int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        return default
    return int(min(max(number, 1), most))


def app_command(arguments: Sequence[str] = ()) -> str:
    """The command line of the app, for a shell: this very interpreter, and nothing that a user wrote."""
    words = shlex.join([sys.executable, "-m", "runnersknee_tui", *arguments])
    return words if sys.platform == "win32" else f"exec {words}"  # no shell between the server and the app


class BoundedService(AppService):
    """An app process that knows who serves it."""

    def __init__(self, command: str, environment: Mapping[str, str], **others: Any) -> None:
        super().__init__(command, **others)
        self._more = environment

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return {**super()._build_environment(width, height), **self._more}

    async def stop(self) -> None:
        """End the app: by asking it, then by signals. Its checkpoint is on the disk in every case."""
        with suppress(TimeoutError, OSError):
            await asyncio.wait_for(super().stop(), PATIENCE_S)
        process = self._process
        if process is None:
            return
        for tell in (None, process.terminate, process.kill):
            if tell is not None:
                with suppress(ProcessLookupError):
                    tell()
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), PATIENCE_S)
                return


class GuardedServer(Server):
    """Serves the app to whoever has the token. `allowed` are the hosts that a request may name, with the port."""

    def __init__(
        self,
        host: str = LOOPBACK,
        port: int = 8000,
        *,
        command: str | None = None,
        token: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.token = token or secrets.token_urlsafe(24)
        self.environment = dict(environment or {})
        self.sockets = 0
        """How many are open now."""
        self._services: set[BoundedService] = set()
        super().__init__(command or app_command(), host=host, port=port, title="runnersknee")

    @property
    def address(self) -> str:
        """What to open in the browser. The token stands for a password."""
        return f"{self.public_url}/?token={self.token}"

    @property
    def allowed(self) -> frozenset[str]:
        """What the Host of a request may be; behind it the Origin of a page."""
        host = f"[{self.host}]" if ":" in self.host and not self.host.startswith("[") else self.host
        names = {host, "127.0.0.1", "localhost", "[::1]"} if is_loopback(self.host) else {host}
        return frozenset(f"{name}:{self.port}" for name in names) | (
            names if self.port == 80 else frozenset()
        )

    # --- the door ----------------------------------------------------------------------------------------------

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._door)
        return app

    @web.middleware
    async def _door(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuses what does not come from this server's own page with this server's own token."""
        if not self._names_us(request) or not self._has_token(request):
            raise web.HTTPForbidden(text=REFUSAL)
        if request.path == "/ws" and self.sockets >= MOST_SOCKETS:
            raise web.HTTPServiceUnavailable(text=f"There are {MOST_SOCKETS} windows open already.")
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = POLICY
            response.headers["Referrer-Policy"] = "no-referrer"  # the address holds the token
            response.headers["Cache-Control"] = "no-store"
            if "token" in request.query:
                response.set_cookie(self._cookie, self.token, httponly=True, samesite="Strict", path="/")
        return response

    @property
    def _cookie(self) -> str:
        """Cookies know no ports, so two servers on one computer need two names."""
        return f"{COOKIE}-{self.port}"

    def _names_us(self, request: web.Request) -> bool:
        host = request.headers.get("Host", "")
        anywhere = self.host in ("0.0.0.0", "::")  # any name may lead here then, and the token must do
        allowed = {host} if anywhere else self.allowed
        origin = request.headers.get("Origin")
        if origin is None and request.path == "/ws":
            return False  # every browser sends one with a socket
        known = origin is None or origin in {
            f"{scheme}://{host}" for scheme in ("http", "https") for host in allowed
        }
        return host in allowed and known

    def _has_token(self, request: web.Request) -> bool:
        given = request.query.get("token") or request.cookies.get(self._cookie, "")
        return compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    # --- sockets -----------------------------------------------------------------------------------------------

    async def handle_index(self, request: web.Request) -> Any:
        """The page asks for its socket by the name it was opened with, so that origins agree."""
        self.public_url = f"http://{request.headers['Host']}"
        return await super().handle_index(request)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One window: one app process, ended with its socket."""
        self.sockets += 1
        try:
            return await self._serve(request)
        finally:
            self.sockets -= 1

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=LARGEST_MESSAGE)
        await socket.prepare(request)
        service = BoundedService(
            self.command,
            self.environment,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=socket.close,
            download_manager=self.download_manager,
        )
        self._services.add(service)
        try:
            await service.start(*clamped(request.query.get("width"), request.query.get("height")))
            await self._process_messages(socket, service)
        except ConnectionError:
            pass  # the window is closed
        finally:
            await service.stop()
            self._services.discard(service)
        return socket

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """What the browser sends; anything that is not what it sends is passed over."""
        async for message in websocket:
            if message.type is not WSMsgType.TEXT:
                continue
            try:
                kind, *rest = json.loads(message.data)
                await self._message(kind, rest[0] if rest else None, websocket, app_service)
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                continue

    async def _message(
        self, kind: object, value: Any, websocket: web.WebSocketResponse, service: AppService
    ) -> None:
        if kind == "stdin" and isinstance(value, str):
            await service.send_bytes(value.encode("utf-8", "replace"))
        elif kind == "resize":
            await service.set_terminal_size(*clamped(value["width"], value["height"]))
        elif kind == "ping":
            await websocket.send_json(["pong", value if isinstance(value, (str, int, float)) else None])
        elif kind == "blur":
            await service.blur()
        elif kind == "focus":
            await service.focus()

    # --- starting and ending -----------------------------------------------------------------------------------

    def initialize_logging(self) -> None:
        """Nothing is logged: requests hold the token."""

    async def on_startup(self, app: web.Application) -> None:
        """The address is printed by the command."""

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002
        """No app outlives its server."""
        await asyncio.gather(*(service.stop() for service in self._services), return_exceptions=True)
