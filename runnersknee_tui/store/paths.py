"""Where everything of one person lives. Computing the paths reads and creates nothing."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

APP = "runnersknee_tui"


class PathsError(OSError):
    """No home directory can be found, so there is nowhere to keep anything. The message says what to set."""


class Paths(Struct, frozen=True):
    """The four directories of this app for one user, and what is kept in each."""

    config: Path  # written by people, never rewritten by the app
    data: Path  # written by the app; losing it loses the history
    cache: Path  # rebuildable, may be deleted at any time
    state: Path  # logs

    @classmethod
    def default(cls) -> Paths:
        """The platform's own directories; `XDG_*` is honoured on Linux where it is an absolute path.

        Raises PathsError where neither `HOME` nor the user database names a home directory.
        """
        import platformdirs

        found = platformdirs.PlatformDirs(APP, appauthor=False)
        try:
            return cls(
                config=_absolute(found.user_config_dir, ".config"),
                data=_absolute(found.user_data_dir, ".local/share"),
                cache=_absolute(found.user_cache_dir, ".cache"),
                state=_absolute(found.user_state_dir, ".local/state"),
            )
        except RuntimeError as error:  # from platformdirs or pathlib
            raise PathsError("no home directory found: set HOME to an absolute path") from error

    @classmethod
    def under(cls, root: Path) -> Paths:
        """All four directories inside one folder, for tests, demonstrations and restore drills."""
        return cls(root / "config", root / "data", root / "cache", root / "state")

    @property
    def history(self) -> Path:
        return self.data / "history"

    @property
    def active(self) -> Path:
        """Checkpoints and locks of running sessions."""
        return self.data / "active"

    @property
    def trash(self) -> Path:
        return self.data / "trash"

    @property
    def backups(self) -> Path:
        return self.data / "backups"

    @property
    def quarantine(self) -> Path:
        return self.data / "quarantine"

    @property
    def lock(self) -> Path:
        """Held for edits, deletion, backup and migration; empty, never renamed or removed."""
        return self.data / "lock"

    @property
    def settings(self) -> Path:
        """The settings that the app writes."""
        return self.data / "settings.toml"

    @property
    def config_file(self) -> Path:
        """The settings that a person writes."""
        return self.config / "config.toml"

    @property
    def exercises(self) -> Path:
        return self.config / "exercises"

    @property
    def routines(self) -> Path:
        return self.config / "routines"

    @property
    def index(self) -> Path:
        """Heads of all sessions for statistics, a file a year, made anew whenever one is missing."""
        return self.cache / "index"

    @property
    def standing(self) -> Path:
        """What all but the newest sessions add up to, made anew whenever one of them changes."""
        return self.cache / "standing.json"

    @property
    def content(self) -> Path:
        """The catalogue as it was last read, made again whenever a file of it changes."""
        return self.cache / "content.pickle"

    @property
    def log(self) -> Path:
        return self.state / "log.txt"


def _absolute(found: str, in_home: str) -> Path:
    """`found`, or the usual place in the home directory where `found` depends on the working directory.

    The XDG specification says that relative paths are to be ignored; not every version of platformdirs does.
    """
    path = Path(found)
    if path.is_absolute():
        return path
    home = Path.home()
    if not home.is_absolute():
        raise RuntimeError(f"HOME is the relative path {home}")
    return home / in_home / APP
