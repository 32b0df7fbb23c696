"""The app in the browser: who may not drive it, and windows that flood, vanish or come in twos (T49 to T51)."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from msgspec import Struct

aiohttp = pytest.importorskip("aiohttp", reason="the extra `web` is not installed")
pytest.importorskip("textual_serve", reason="the extra `web` is not installed")

from tests.faults.trials import Trial, fault  # noqa: E402
from tests.web import test_browser as real  # noqa: E402
from tests.web import test_server as echo  # noqa: E402

GONE_S = 5.0
"""So soon after its window an app must have ended."""

TOKENS = ("", "?token=", "?token=wrong", f"?token={echo.TOKEN[:-1]}")
WRONG: tuple[tuple[str, str, dict[str, str]], ...] = tuple(
    (path, query, headers)
    for path in ("/", "/ws")
    for query, headers in (
        *((query, {}) for query in TOKENS),
        *((f"?token={echo.TOKEN}", headers) for headers in echo.BAD_HEADERS),
    )
)


@fault("T49", "web: wrong host, wrong origin, wrong or no token", cases=WRONG)
def test_wrong_doors(trial: Trial) -> None:
    """Refused, and no app is started for it."""
    path, query, headers = trial.case if trial.armed else ("/", f"?token={echo.TOKEN}", {})

    async def knock() -> None:
        async with echo.serving() as server, aiohttp.ClientSession() as session:
            answer = await echo.get(session, server, path + query, headers={**echo.good(server), **headers})
            trial.landed += answer.status == 403
            trial.lost += answer.status != 403 and trial.armed
            assert server.sockets == 0

    asyncio.run(knock())


# --- windows -------------------------------------------------------------------------------------------------

Act = Callable[[Trial, Path], Coroutine[Any, Any, None]]


class Windows(Struct):
    """A server whose windows begin a short session at once, and whoever opens them."""

    server: Any
    session: Any
    stack: AsyncExitStack

    async def open(self, **size: int) -> Any:
        """A socket whose app has begun to draw; closed at the end, if not before."""
        origin, _, token = self.server.address.partition("/?")
        sized = "".join(f"&{name}={value}" for name, value in size.items())
        url = f"{origin}/ws?{token}{sized}"
        wire = await self.session.ws_connect(url, headers={"Origin": origin}, max_msg_size=0)
        self.stack.push_async_callback(wire.close)
        await wire.receive(timeout=real.PATIENCE_S)
        return wire


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Windows]:
    async with (
        real.serving(folder) as server,
        aiohttp.ClientSession() as session,
        AsyncExitStack() as stack,
    ):
        yield Windows(server, session, stack)


async def all_gone(trial: Trial, server: int) -> None:
    """Waits until no app of the server is left, and measures how long that takes."""
    begin = time.monotonic()
    await real.until(lambda: not real.apps(server), "the apps have ended")
    trial.measure("s until the app is gone", round(time.monotonic() - begin, 2), most=GONE_S)


def kept(folder: Path) -> int:
    """Sessions that are saved or can be taken up again."""
    return len(list((folder / "data" / "runnersknee_tui" / "active").glob("*.json"))) + len(
        real.records(folder)
    )


async def lives(folder: Path, count: int = 1) -> None:
    await real.until(lambda: kept(folder) == count, "the sessions have checkpoints")


async def flood(trial: Trial, folder: Path) -> None:
    """Twenty more windows than there may be."""
    async with serving(folder) as windows:
        for _ in range(2 if trial.armed else 1):
            await windows.open()
        for _ in range(20 if trial.armed else 0):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await windows.open()
            trial.landed += refused.value.status == 503
        assert len(real.apps(os.getpid())) == (2 if trial.armed else 1)
        await lives(folder, 2 if trial.armed else 1)


async def giant(trial: Trial, folder: Path) -> None:
    """A window of 20,000 by 20,000, at the start and on the way."""
    size = 20_000 if trial.armed else 80
    async with serving(folder) as windows:
        wire = await windows.open(width=size, height=size)
        await lives(folder)
        await wire.send_str(json.dumps(["resize", {"width": size, "height": size}]))
        for _ in range(20):
            with suppress(asyncio.TimeoutError):
                await wire.receive(timeout=0.1)
        (app,) = real.apps(os.getpid())
        trial.landed += trial.armed
        trial.measure("MB of the largest app", round(psutil.Process(app.pid).memory_info().rss / 1e6))
        assert psutil.Process(app.pid).memory_info().rss < 300e6


async def nonsense(trial: Trial, folder: Path) -> None:
    """What no browser sends."""
    async with serving(folder) as windows:
        wire = await windows.open()
        await lives(folder)
        for text in echo.NONSENSE if trial.armed else ():
            await wire.send_str(text)
            trial.landed += 1
        await wire.send_str(json.dumps(["resize", {"width": 90, "height": 30}]))
        message = await wire.receive(timeout=real.PATIENCE_S)
        assert message.type is aiohttp.WSMsgType.BINARY or message.type is aiohttp.WSMsgType.TEXT
        assert len(real.apps(os.getpid())) == 1


async def too_large(trial: Trial, folder: Path) -> None:
    """A message of a megabyte ends its window."""
    async with serving(folder) as windows:
        wire = await windows.open()
        await lives(folder)
        await wire.send_str(json.dumps(["stdin", "x" * (2**20 if trial.armed else 2)]))
        while trial.armed and not (await wire.receive(timeout=real.PATIENCE_S)).type.name.startswith("CLOS"):
            pass
        trial.landed += wire.closed
        if trial.armed:
            await all_gone(trial, os.getpid())


async def closed(trial: Trial, folder: Path) -> None:
    """The tab is closed in the midst of a session."""
    async with serving(folder) as windows:
        wire = await windows.open()
        await lives(folder)
        if trial.armed:
            await wire.close()
            await all_gone(trial, os.getpid())
        trial.landed += wire.closed


async def killed(trial: Trial, folder: Path) -> None:
    """The server is killed; its app must see that by itself."""
    async with real.served(folder) as (process, address), aiohttp.ClientSession() as session:
        origin, _, token = address.partition("/?")
        wire = await session.ws_connect(f"{origin}/ws?{token}", headers={"Origin": origin}, max_msg_size=0)
        (app,) = await real.until(lambda: real.apps(process.pid), "the app runs")
        await wire.receive(timeout=real.PATIENCE_S)
        if trial.armed:
            process.kill()
            begin = time.monotonic()
            await real.until(
                lambda: not app.is_running() or app.status() == psutil.STATUS_ZOMBIE, "the app ended"
            )
            trial.measure("s until the app is gone", round(time.monotonic() - begin, 2), most=GONE_S)
            trial.landed += 1
        await wire.close()


MISHAPS: dict[str, Act] = {
    "flood": flood,
    "giant": giant,
    "nonsense": nonsense,
    "too large": too_large,
    "closed": closed,
    "server killed": killed,
}


@fault(
    "T50",
    "web: floods, giants, nonsense, closed tabs, a killed server",
    short=2,
    full=30,
    cases=tuple(MISHAPS),
)
def test_windows_in_trouble(trial: Trial) -> None:
    """No app is left, and its session is kept."""
    asyncio.run(MISHAPS[trial.case](trial, trial.folder))
    trial.lost += trial.case != "server killed" and kept(trial.folder) == 0
    deadline = time.monotonic() + GONE_S
    while (left := real.apps(os.getpid())) and time.monotonic() < deadline:
        psutil.wait_procs(left, 0.1)
    trial.complaints += [f"left behind: {app.pid}" for app in left]


@fault("T51", "web: two windows of one person", short=1, full=20)
def test_two_windows(trial: Trial) -> None:
    """Two sessions, each with a checkpoint of its own, and none lost when both windows close."""
    count = 2 if trial.armed else 1

    async def live() -> None:
        async with serving(trial.folder) as windows:
            for _ in range(count):
                await windows.open()
            await lives(trial.folder, count)
            trial.landed += count == 2
        trial.lost += count - kept(trial.folder)

    asyncio.run(live())
