"""`runnersknee serve` for real: a process, a browser without a window, a short session, its record."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil
import pytest

aiohttp = pytest.importorskip("aiohttp", reason="the extra `web` is not installed")
pytest.importorskip("textual_serve", reason="the extra `web` is not installed")

from aiohttp import web  # noqa: E402

from runnersknee_tui.tui.served import PARENT  # noqa: E402
from runnersknee_tui.web import GuardedServer, app_command  # noqa: E402

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here (Debian package: chromium)")
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals")

ROUTINE = """\
title = "Short one"

[[exercises]]
id = "glute-bridge"
sets = 1
reps = 1
hold_s = 1
concentric_s = 1
eccentric_s = 1
"""
PATIENCE_S = 60.0


def environment(folder: Path) -> dict[str, str]:
    """A home of its own, and nothing to ask first."""
    kinds = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE", "STATE")}
    settings = {
        "FIRST_RUN_DONE": "yes",
        "FIRST_GET_READY_S": "3",
        "SOUND": "off",
        "KEEP_AWAKE": "no",
        "SIGNS_ASKED_ON": datetime.now().astimezone().date().isoformat(),
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith("RUNNERSKNEE_")}
    return {
        **kept,
        **kinds,
        "HOME": str(folder),
        **{f"RUNNERSKNEE_{key}": value for key, value in settings.items()},
    }


async def until(condition: Callable[[], Any], what: str) -> Any:
    """What `condition` gives, once it is true."""
    deadline = asyncio.get_running_loop().time() + PATIENCE_S
    while not (found := condition()):
        assert asyncio.get_running_loop().time() < deadline, f"it never came to that: {what}"
        await asyncio.sleep(0.05)
    return found


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The server as a person starts it, and the address it prints."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "runnersknee_tui", "serve", "--port", str(port),
        stdout=asyncio.subprocess.PIPE, env=environment(folder),
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE_S)).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", line)
        assert found, line
        await until(lambda: _answers(port), "the server listens")
        yield process, found[0]
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Tab:
    """One page of the browser, over its debugging protocol."""

    def __init__(self, wire: Any) -> None:
        self._wire = wire
        self._number = 0

    async def ask(self, method: str, **params: Any) -> Any:
        self._number += 1
        await self._wire.send_str(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            answer = json.loads((await self._wire.receive(timeout=PATIENCE_S)).data)
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    async def press(self, key: str, code: int) -> None:
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        for kind in ("keyDown", "keyUp"):
            await self.ask("Input.dispatchKeyEvent", type=kind, key=key, text=text if kind == "keyDown" else "", windowsVirtualKeyCode=code)  # fmt: skip

    async def click(self, x: int, y: int) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            await self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)


@asynccontextmanager
async def browser(folder: Path, address: str) -> AsyncIterator[Tab]:
    """Chromium without a window, showing `address`."""
    assert CHROMIUM is not None
    process = await asyncio.create_subprocess_exec(
        CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--remote-debugging-port=0", f"--user-data-dir={folder / 'browser'}", "--window-size=1100,700", "about:blank",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        note = folder / "browser" / "DevToolsActivePort"
        port = await until(lambda: note.exists() and note.read_text().splitlines()[0], "the browser is up")
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as listed:
                pages = [page for page in await listed.json() if page["type"] == "page"]
            async with session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0) as wire:
                tab = Tab(wire)
                await tab.ask("Page.navigate", url=address)
                yield tab
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def apps(server: int) -> list[psutil.Process]:
    """The app processes of a server."""
    with suppress(psutil.NoSuchProcess):
        return [
            child
            for child in psutil.Process(server).children()
            if "runnersknee_tui" in " ".join(child.cmdline())
        ]
    return []


def records(folder: Path) -> list[Any]:
    found = sorted((folder / "data" / "runnersknee_tui" / "history").glob("*.json"))
    return [json.loads(path.read_text()) for path in found]


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[GuardedServer]:
    """A server in this process whose windows begin the short routine at once."""
    routines = folder / "config" / "runnersknee_tui" / "routines"
    routines.mkdir(parents=True)
    (routines / "short.toml").write_text(ROUTINE)
    server = GuardedServer(
        port=0,
        command=app_command(["start", "short", "--no-check-in"]),
        environment={**environment(folder), PARENT: str(os.getpid())},
    )
    runner = web.AppRunner(await server._make_app())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.port = runner.addresses[0][1]
    server.public_url = f"http://127.0.0.1:{server.port}"
    try:
        yield server
    finally:
        await runner.cleanup()


@needs_chromium
async def test_a_session_is_lived_in_the_browser_and_leaves_its_record(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, browser(tmp_path, server.address) as tab:
        data = tmp_path / "data" / "runnersknee_tui"
        await until(lambda: list((data / "active").glob("*.json")), "the session began")
        picture = b""
        while len(picture) < 10_000:  # an empty page is smaller than this
            picture = base64.b64decode((await tab.ask("Page.captureScreenshot"))["data"])
        await tab.click(400, 300)
        await tab.press("n", 78)
        record = (await until(lambda: records(tmp_path), "the session was saved"))[0]
        assert (record["status"], record["routine"]["title"]) == ("completed", "Short one")
        assert record["exercises"][0]["sets"][0]["outcome"] == "done"
        assert server.sockets == 1
        await tab.ask("Page.navigate", url="about:blank")
        await until(lambda: not apps(os.getpid()), "the app ended with its window")


@posix
async def test_an_app_ends_with_a_server_that_was_killed(tmp_path: Path) -> None:
    async with served(tmp_path) as (process, address), aiohttp.ClientSession() as session:
        origin, _, token = address.partition("/?")
        wire = await session.ws_connect(f"{origin}/ws?{token}", headers={"Origin": origin})
        (app,) = await until(lambda: apps(process.pid), "the app runs")
        await wire.receive(timeout=PATIENCE_S)  # its first bytes: it watches its server from now on
        process.kill()
        await until(lambda: not app.is_running() or app.status() == psutil.STATUS_ZOMBIE, "the app ended")
        await wire.close()


@posix
async def test_two_windows_live_two_sessions(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, aiohttp.ClientSession() as session:
        origin, _, token = server.address.partition("/?")
        active = tmp_path / "data" / "runnersknee_tui" / "active"
        wires = [
            await session.ws_connect(f"{origin}/ws?{token}", headers={"Origin": origin}, max_msg_size=0)
            for _ in range(2)
        ]
        listening = [asyncio.create_task(_drain(wire)) for wire in wires]
        await until(
            lambda: len(list(active.glob("*.json"))) == 2, "two sessions have checkpoints of their own"
        )
        for wire in wires:
            await wire.close()
        await asyncio.gather(*listening)
        await until(lambda: not apps(os.getpid()), "both apps ended")
        left = len(list(active.glob("*.json"))) + len(records(tmp_path))
        assert left == 2, "none is lost: each is saved, or can be taken up again"


async def _drain(wire: Any) -> None:
    async for _ in wire:
        pass
