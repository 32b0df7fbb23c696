"""Where the app keeps its files under a home of its own."""

from __future__ import annotations

from pathlib import Path

from runnersknee_tui.store.paths import APP, Paths


def home_paths(home: Path) -> Paths:
    """The folders of the app, on Linux, with HOME at `home` and nothing else set."""
    return Paths(
        config=home / ".config" / APP,
        data=home / ".local" / "share" / APP,
        cache=home / ".cache" / APP,
        state=home / ".local" / "state" / APP,
    )


def unsaved(home: Path) -> list[str]:
    """Sessions that had begun and left no checkpoint."""
    active = home_paths(home).active
    return [str(lock) for lock in active.glob("*.lock") if not lock.with_suffix(".json").exists()]
