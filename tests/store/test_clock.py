from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from runnersknee_tui.store.clock import Clock, zone_name

NOWHERE = Path("/nonexistent/localtime")


def test_the_system_clocks() -> None:
    clock = Clock.system()
    assert clock.monotonic() <= clock.monotonic()
    now = clock.wall()
    assert now.utcoffset() is not None
    assert abs(clock.wall() - now) < timedelta(minutes=1)
    assert clock.boottime is None or clock.boottime() > 0


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (":Europe/Berlin", "Europe/Berlin"),
        ("UTC", "UTC"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", None),
        ("Nowhere/Land", None),
        ("../../etc/passwd", None),
        ("/etc/localtime", None),
        ("Europe", None),
        ("\0", None),
        ("", None),
    ],
)
def test_tz_is_taken_where_it_names_a_zone(tmp_path: Path, value: str, expected: str | None) -> None:
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Asia/Tokyo")
    assert zone_name({"TZ": value}, link) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin"),
        ("usr/share/zoneinfo/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
        ("var/db/timezone/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("somewhere/else", None),
        ("zoneinfo", None),
    ],
)
@pytest.mark.parametrize("relative", [True, False])
def test_otherwise_the_link_tells(
    tmp_path: Path, target: str, expected: str | None, *, relative: bool
) -> None:
    file = tmp_path / target
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"TZif")
    link = tmp_path / "localtime"
    link.symlink_to(target if relative else file)
    assert zone_name({}, link) == expected
    file.unlink()
    assert zone_name({}, link) is None


def test_a_copied_or_missing_localtime_names_nothing(tmp_path: Path) -> None:
    (tmp_path / "localtime").write_bytes(b"TZif")
    assert zone_name({}, tmp_path / "localtime") is None
    assert zone_name({}, NOWHERE) is None
