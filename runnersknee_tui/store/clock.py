"""The clocks, handed in at the top: nothing else in the package asks the system what time it is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

LOCALTIME = Path("/etc/localtime")


class Clock(Struct, frozen=True):
    """What durations and dates are read from. Tests hand in their own."""

    monotonic: Callable[[], float]  # seconds, for durations; stands still while Linux sleeps
    wall: Callable[[], datetime]  # aware, in the local zone; for dates only, it may jump
    boottime: Callable[[], float] | None  # seconds, goes on while the machine sleeps; None where unknown

    @classmethod
    def system(cls) -> Clock:
        """The clocks of this machine."""
        return cls(time.monotonic, _local_now, _boottime if hasattr(time, "CLOCK_BOOTTIME") else None)


def zone_name(environment: Mapping[str, str] | None = None, localtime: Path = LOCALTIME) -> str | None:
    """The IANA name of the local zone: from `TZ`, else from where /etc/localtime leads; None, never a guess.

    A `TZ` that names no known zone (a rule such as "CET-1CEST", or a slip) hides /etc/localtime, as it does for
    the clock itself.
    """
    value = (os.environ if environment is None else environment).get("TZ")
    if value is not None:
        name = value.removeprefix(":")
        return name if _is_zone(name) else None
    try:
        target = str(localtime.readlink())
    except (OSError, NotImplementedError):
        return None
    name = target.partition("zoneinfo/")[2]
    # What the clock itself reads need not be opened again.
    return name if name and localtime.exists() else None


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # no such key, a path that leads out, a folder, broken data
        return False
    return True


def _local_now() -> datetime:
    return datetime.now().astimezone()


def _boottime() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)
