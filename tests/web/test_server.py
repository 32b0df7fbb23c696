"""Who may drive the app in the browser, and how much they may ask for."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

aiohttp = pytest.importorskip("aiohttp", reason="the extra `web` is not installed")
# Contexts stand inside one another here: the server first, then who talks to it.
# ruff: noqa: SIM117
pytest.importorskip("textual_serve", reason="the extra `web` is not installed")

from aiohttp import web  # noqa: E402

from runnersknee_tui.web import (  # noqa: E402
    HIGHEST,
    MOST_SOCKETS,
    WIDEST,
    GuardedServer,
    clamped,
    is_loopback,
)

ECHO = shlex.join([sys.executable, str(Path(__file__).parent / "echo_app.py")])
TOKEN = "right-token"


@asynccontextmanager
async def serving(host: str = "127.0.0.1") -> AsyncIterator[GuardedServer]:
    """A server on a free port."""
    server = GuardedServer(host, 0, command=f"exec {ECHO}", token=TOKEN)
    runner = web.AppRunner(await server._make_app())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.port = runner.addresses[0][1]
    try:
        yield server
    finally:
        await runner.cleanup()


def place(server: GuardedServer, path: str) -> str:
    return f"http://127.0.0.1:{server.port}{path}"


def good(server: GuardedServer) -> dict[str, str]:
    return {"Host": f"127.0.0.1:{server.port}", "Origin": f"http://127.0.0.1:{server.port}"}


async def get(session: Any, server: GuardedServer, path: str, **how: Any) -> Any:
    """An answer that has been read to its end."""
    async with session.get(place(server, path), **how) as answer:
        await answer.read()
        return answer


@asynccontextmanager
async def window(session: Any, server: GuardedServer, size: str = "") -> AsyncIterator[Any]:
    """An open socket whose app has said hello."""
    url = place(server, f"/ws?token={TOKEN}{size}")
    async with session.ws_connect(url, headers=good(server)) as socket:
        yield socket


async def said(socket: Any) -> Any:
    return json.loads((await socket.receive(timeout=20)).data)


BAD_HEADERS: list[dict[str, str]] = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Host": "evil.example"},
    {"Host": "evil.example:80", "Origin": "http://evil.example:80"},
    {"Host": ""},
]


@pytest.mark.parametrize("path", ["/", "/ws", "/static/js/textual.js", "/download/x", "/nowhere"])
async def test_without_the_token_nothing_is_answered(path: str) -> None:
    async with serving() as server, aiohttp.ClientSession() as session:
        for given in ("", "?token=", "?token=wrong", "?token=right-toke", f"?token={TOKEN}x"):
            answer = await get(session, server, path + given, headers=good(server))
            assert answer.status == 403
            assert TOKEN not in await answer.text()


@pytest.mark.parametrize("path", ["/", "/ws", "/static/js/textual.js"])
@pytest.mark.parametrize("headers", BAD_HEADERS)
async def test_with_the_token_another_origin_or_host_is_refused(path: str, headers: dict[str, str]) -> None:
    async with serving() as server, aiohttp.ClientSession() as session:
        answer = await get(session, server, f"{path}?token={TOKEN}", headers={**good(server), **headers})
        assert answer.status == 403


async def test_a_socket_without_an_origin_is_refused() -> None:
    async with serving() as server, aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(place(server, f"/ws?token={TOKEN}"))
        assert refused.value.status == 403


async def test_the_page_comes_with_the_token_and_a_cookie_carries_it_on() -> None:
    async with serving() as server, aiohttp.ClientSession() as session:
        page = await get(session, server, f"/?token={TOKEN}")
        assert page.status == 200
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        morsel = page.cookies[f"runnersknee-{server.port}"]
        assert (morsel["httponly"], morsel["samesite"]) == (True, "Strict")
        assert TOKEN not in await page.text()
        cookies = {morsel.key: morsel.value}
        again = await get(session, server, "/static/js/textual.js", cookies=cookies)
        assert again.status == 200


async def test_a_window_is_an_app_with_the_size_asked_for() -> None:
    async with serving() as server, aiohttp.ClientSession() as session:
        async with window(session, server, "&width=90&height=30") as socket:
            assert (await said(socket))["start"] == [90, 30]
            await socket.send_str(json.dumps(["stdin", "é"]))
            assert await said(socket) == {"kind": "D", "payload": "é"}


async def test_sizes_are_clamped() -> None:
    async with serving() as server, aiohttp.ClientSession() as session:
        async with window(session, server, "&width=20000&height=20000") as socket:
            assert (await said(socket))["start"] == [WIDEST, HIGHEST]
            await socket.send_str(json.dumps(["resize", {"width": 10**9, "height": -5}]))
            resize = json.loads((await said(socket))["payload"])
            assert (resize["width"], resize["height"]) == (WIDEST, 1)


def test_a_size_that_is_none_is_the_usual_one() -> None:
    assert clamped(None, "x") == (80, 24)
    assert clamped(float("inf"), float("nan")) == (80, 24)
    assert clamped("132", 50) == (132, 50)


NONSENSE = [
    "", "{", "[]", "{}", "3", "null", '["resize"]', '["resize", {}]', '["resize", 3]', '["stdin"]', '["stdin", 3]',
    '[["stdin"], "x"]', '["nonsense", 1]', "[" * 5000, '["ping", {"a": 1}]', '["stdin", "\\ud800"]',
]  # fmt: skip


async def test_nonsense_is_passed_over() -> None:
    async with serving() as server, aiohttp.ClientSession() as session:
        async with window(session, server) as socket:
            await said(socket)
            for text in NONSENSE:
                await socket.send_str(text)
            await socket.send_bytes(b"\x00\xff")
            await socket.send_str(json.dumps(["stdin", "still here"]))
            heard: list[Any] = []
            while "still here" not in str(heard[-1:]):
                heard.append(await said(socket))
        assert server.sockets <= 1


async def test_a_message_that_is_too_large_ends_its_window_only() -> None:
    async with serving() as server, aiohttp.ClientSession() as session:
        async with window(session, server) as other, window(session, server) as socket:
            await said(other)
            await said(socket)
            await socket.send_str(json.dumps(["stdin", "x" * 2**20]))
            while not (await socket.receive(timeout=20)).type.name.startswith("CLOS"):
                pass
            await other.send_str(json.dumps(["stdin", "y"]))
            assert await said(other) == {"kind": "D", "payload": "y"}


async def test_there_are_two_windows_at_most_and_a_closed_one_makes_room() -> None:
    async with serving() as server, aiohttp.ClientSession() as session:
        sockets = [
            await session.ws_connect(place(server, f"/ws?token={TOKEN}"), headers=good(server))
            for _ in range(MOST_SOCKETS)
        ]
        pids = [(await said(socket))["pid"] for socket in sockets]
        for _ in range(20):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(place(server, f"/ws?token={TOKEN}"), headers=good(server))
            assert refused.value.status == 503
        await sockets[0].close()
        await gone(pids[0])
        await becomes(
            lambda: server.sockets < MOST_SOCKETS
        )  # a moment later: first its output is read to the end
        async with window(session, server) as socket:
            assert (await said(socket))["pid"] not in pids
        await sockets[1].close()


async def test_no_app_outlives_its_server() -> None:
    async with serving() as server, aiohttp.ClientSession() as session:
        socket = await session.ws_connect(place(server, f"/ws?token={TOKEN}"), headers=good(server))
        pid = (await said(socket))["pid"]
    await gone(pid)


async def gone(pid: int) -> None:
    """Wait until a process has ended; the event loop collects what it left."""

    def ended() -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        return False

    await becomes(ended)


async def becomes(true: Callable[[], bool]) -> None:
    """Wait for something that the server does by itself."""
    for _ in range(400):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came to that")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]"])
def test_addresses_of_this_computer(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "localhost", "example.org", ""])
def test_addresses_that_others_may_reach(host: str) -> None:
    assert not is_loopback(host)


async def test_on_every_address_the_token_still_guards_and_foreign_pages_stay_out() -> None:
    async with serving("0.0.0.0") as server, aiohttp.ClientSession() as session:
        host = {"Host": "laptop.local:8000"}
        assert (await get(session, server, "/", headers=host)).status == 403
        assert (await get(session, server, f"/?token={TOKEN}", headers=host)).status == 200
        foreign = {**host, "Origin": "http://evil.example"}
        assert (await get(session, server, f"/ws?token={TOKEN}", headers=foreign)).status == 403


def test_every_server_has_a_token_of_its_own() -> None:
    tokens = {GuardedServer().token for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) >= 32 for token in tokens)
