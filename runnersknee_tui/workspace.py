"""Everything one run of the program stands on, made once and handed down: paths, clock, settings, content, store.

Nothing is read before it is asked for, so that a command pays only for what it uses.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from runnersknee_tui import __version__
from runnersknee_tui.store.clock import Clock, zone_name
from runnersknee_tui.store.filesystem import FileSystem, RealFileSystem
from runnersknee_tui.store.paths import Paths

if TYPE_CHECKING:
    from concurrent.futures import Future

    from runnersknee_tui.content.loaded import Loaded
    from runnersknee_tui.core.fit import Fitted
    from runnersknee_tui.core.model import Catalogue, Prescription, Routine, Side
    from runnersknee_tui.core.record import CheckIn, SessionRecord
    from runnersknee_tui.core.recording import Start
    from runnersknee_tui.core.session import Session
    from runnersknee_tui.core.timeline import Item, Plan, Timing
    from runnersknee_tui.live import Keeper, LiveSession
    from runnersknee_tui.store.checkpoint import Checkpoints, Orphan
    from runnersknee_tui.store.history import History
    from runnersknee_tui.store.index import HistoryIndex
    from runnersknee_tui.store.settings import Settings
    from runnersknee_tui.store.writer import Saver

PRERUN = "prerun"
PRERUN_MINUTES = 6.0
"""How long the pre-run activation takes at most, unless asked otherwise."""

SETTLED_S = 2.0
"""A file changed so lately may change again without a new time: what it says is not kept yet."""


def new_id() -> str:
    """Sixteen hexadecimal digits for a session, by chance; without `secrets`, which loads all of OpenSSL."""
    return os.urandom(8).hex()


class Prepared(Struct, frozen=True):
    """A session ready to begin, and one sentence for each thing that was made shorter or left out for time."""

    plan: Plan
    left_out: tuple[str, ...] = ()


class Workspace:
    """The composition root. Tests make one with their own paths, clock and filesystem."""

    def __init__(
        self,
        paths: Paths,
        *,
        clock: Clock | None = None,
        fs: FileSystem | None = None,
        env: Mapping[str, str] | None = None,
        flags: Mapping[str, Any] | None = None,
    ) -> None:
        self.paths = paths
        self.clock = clock or Clock.system()
        self.fs = fs or RealFileSystem()
        self.env = env or {}
        self.flags = flags or {}
        self.save_listeners: list[Callable[[Exception], None]] = []

    @cached_property
    def settings(self) -> Settings:
        """The user's settings from flags, environment and both files; what is wrong is in `.problems`."""
        from runnersknee_tui.store.settings import load_settings

        return load_settings(self.paths, self.fs, env=self.env, flags=self.flags)

    def change_settings(self, changes: Mapping[str, Any]) -> Future[None]:
        """Let these hold from now on and save them soon; None goes back to the default.

        Raises KeyError for a key that is none, SettingError for a wrong value and for one that settings.toml
        cannot change. A save that fails is told to the listeners; until the end of this run the values hold.
        """
        from runnersknee_tui.store.settings import changed, save_settings

        self.settings = changed(self.settings, changes)
        now = self.clock.wall()
        return self.saver.submit(lambda: save_settings(self.paths, changes, now, self.fs))

    @cached_property
    def loaded(self) -> Loaded:
        """The app's and the user's exercises and routines, with every problem found."""
        from runnersknee_tui.content.assets import assets_dir
        from runnersknee_tui.content.loaded import Loaded
        from runnersknee_tui.content.stamp import newest, stamp
        from runnersknee_tui.store.content_cache import ContentCache

        cache = ContentCache(self.paths.content, self.fs)
        sources = stamp(assets_dir(), self.paths.config)
        found = cache.get(sources)
        if found is not None:
            return Loaded(*found)
        from runnersknee_tui.content.loader import load_catalogue

        loaded = load_catalogue(assets_dir(), self.paths.config)
        if self.clock.wall().timestamp() - newest(sources) / 1e9 > SETTLED_S:
            cache.put(sources, loaded.catalogue, loaded.problems)
        return loaded

    def forget_content(self) -> None:
        """Have the exercises and routines read again: a file of theirs was changed."""
        self.__dict__.pop("loaded", None)

    def forget(self) -> None:
        """Have everything read again: files came in or were erased behind this workspace's back."""
        for part in ("settings", "loaded", "history", "index", "checkpoints"):
            self.__dict__.pop(part, None)

    @property
    def catalogue(self) -> Catalogue:
        return self.loaded.catalogue

    @cached_property
    def history(self) -> History:
        from runnersknee_tui.store.history import History

        return History(self.paths, self.fs)

    @cached_property
    def index(self) -> HistoryIndex:
        """The heads of all sessions, for statistics; empty until it is glanced at or refreshed."""
        from runnersknee_tui.store.index import HistoryIndex

        return HistoryIndex(self.paths, self.history, self.fs)

    @cached_property
    def checkpoints(self) -> Checkpoints:
        from runnersknee_tui.store.checkpoint import Checkpoints

        return Checkpoints(self.paths, self.fs, self.clock)

    @cached_property
    def saver(self) -> Saver:
        from runnersknee_tui.store.writer import Saver

        return Saver(self._save_failed)

    def flush(self, timeout: float) -> bool:
        """Wait for what is being saved; False where the disk takes longer than `timeout` seconds."""
        return "saver" not in self.__dict__ or self.saver.flush(timeout)

    def _save_failed(self, error: Exception) -> None:
        """Called in the saver's thread; whoever shows the session listens."""
        for listener in self.save_listeners:
            listener(error)

    # --- sessions --------------------------------------------------------------------------------------------

    @property
    def timing(self) -> Timing:
        """The user's own seconds between the work."""
        from runnersknee_tui.core.timeline import Timing

        values = self.settings.values
        return Timing(
            first_get_ready_s=values.first_get_ready_s,
            get_ready_s=values.get_ready_s,
            rest_scale=values.rest_scale,
            self_paced=values.pace == "self",
        )

    @property
    def first_side(self) -> Side:
        """The affected side first, else left (contract, `plan --json`)."""
        from runnersknee_tui.core.model import Side

        return Side.RIGHT if self.settings.values.knee == Side.RIGHT else Side.LEFT

    def fitted(self, routine: Routine, *, minutes: float | None = None, side: str | None = None) -> Fitted:
        """A routine at its own doses, made to fit into `minutes`; `side` limits work that has sides to one."""
        from runnersknee_tui.core.timeline import routine_prescriptions

        if minutes is None and routine.id == PRERUN:
            minutes = PRERUN_MINUTES
        return self._fit(routine.id, routine_prescriptions(routine, self.catalogue), minutes, side)

    def prepare(self, routine: Routine, *, minutes: float | None = None, side: str | None = None) -> Prepared:
        """The same as a plan without questions."""
        return self._laid_out(routine.id, routine.title, self.fitted(routine, minutes=minutes, side=side))

    def prepare_items(
        self,
        routine: str,
        title: str,
        asked: Sequence[Prescription],
        *,
        minutes: float | None = None,
        side: str | None = None,
    ) -> Prepared:
        """Prescriptions as a plan without questions, made to fit into `minutes`."""
        return self._laid_out(routine, title, self._fit(routine, asked, minutes, side))

    def _fit(
        self, routine: str, asked: Sequence[Prescription], minutes: float | None, side: str | None
    ) -> Fitted:
        from runnersknee_tui.core.fit import Fitted, fit_reps, fit_sets
        from runnersknee_tui.core.timeline import item_for

        items = [_one_side(item_for(prescription, self.catalogue), side) for prescription in asked]
        if minutes is None:
            return Fitted(tuple(items), (), self._seconds_of(items))
        fit = fit_reps if routine == PRERUN else fit_sets
        return fit(items, minutes, self._seconds_of)

    def _laid_out(self, routine: str, title: str, fitted: Fitted) -> Prepared:
        from runnersknee_tui.core.timeline import compile_plan

        plan = compile_plan(
            routine, title, fitted.items, first_side=self.first_side, timing=self.timing, questions=False
        )
        return Prepared(plan, fitted.left_out)

    def seconds(self, asked: Sequence[Prescription]) -> float:
        """How long a session of these prescriptions takes; 0 where there are none."""
        from runnersknee_tui.core.timeline import item_for

        return self._seconds_of([item_for(prescription, self.catalogue) for prescription in asked])

    def _seconds_of(self, items: Sequence[Item]) -> float:
        from runnersknee_tui.core.timeline import plan_seconds

        return plan_seconds(items, first_side=self.first_side, timing=self.timing)

    def begin(self, plan: Plan, *, check_in: CheckIn | None = None, speed: float = 1.0) -> LiveSession:
        """Start living a plan now. Its checkpoint's lock is held until the record is saved.

        A disk that takes no checkpoint does not stop anybody: the listeners hear of it.
        """
        from runnersknee_tui.core.record import CheckIn
        from runnersknee_tui.core.recording import Start
        from runnersknee_tui.core.session import Session, WaitForMe
        from runnersknee_tui.live import NoKeeper
        from runnersknee_tui.store.durable import SaveError

        started = self.clock.wall()
        start = Start(
            id=new_id(),
            app=__version__,
            started_at=started,
            tz=zone_name(self.env),
            local_date=started.date(),
            rehearsal=speed != 1,
            check_in=check_in or CheckIn(),
        )
        session = Session(plan, 0.0, wait_for_me=WaitForMe(self.settings.values.wait_for_me))
        keeper: Keeper
        try:
            keeper = self.checkpoints.begin(start.id)
        except SaveError as error:
            keeper = NoKeeper()
            self._save_failed(error)
        return self._live(session, start, keeper, speed)

    def recover(self, orphan: Orphan) -> LiveSession | None:
        """Go on with a session that a crash left behind, paused where it was. None: another window took it.

        Raises KeyError, TypeError or ValueError where its checkpoint no longer fits the content, SaveError.
        """
        from runnersknee_tui.core.recording import from_checkpoint

        session, start = from_checkpoint(orphan.session, self.catalogue, 0.0)
        keeper = self.checkpoints.adopt(orphan)
        return None if keeper is None else self._live(session, start, keeper, 1.0)

    def unfinished(self, orphan: Orphan) -> SessionRecord:
        """What a crash left behind, as the record that `keep` would save. Time after it is not counted.

        Raises KeyError, TypeError or ValueError where its checkpoint no longer fits the content.
        """
        from runnersknee_tui.core.recording import build_record, from_checkpoint

        return build_record(*from_checkpoint(orphan.session, self.catalogue, 0.0), end_reason="recovered")

    def keep(self, orphan: Orphan) -> SessionRecord | None:
        """Save what a crash left behind as a session that ended there. None: another window took it.

        Raises as `unfinished` does, SaveError and RecordError; the checkpoint then stays.
        """
        from contextlib import suppress

        from runnersknee_tui.store.durable import SaveError

        record = self.unfinished(orphan)
        keeper = self.checkpoints.adopt(orphan)
        if keeper is None:
            return None
        try:
            self.history.save(record)
            with suppress(SaveError):  # saved already: what is left is dropped at the next start
                keeper.finish()
        finally:
            keeper.abandon()
        return record

    def _live(self, session: Session, start: Start, active: Keeper, speed: float) -> LiveSession:
        from runnersknee_tui.live import LiveSession

        return LiveSession(
            session,
            start,
            clock=self.clock,
            active=active,
            saver=self.saver,
            history=self.history,
            speed=speed,
        )


def _one_side(item: Item, side: str | None) -> Item:
    from runnersknee_tui.core.model import Side, Sides

    if side not in (Side.LEFT, Side.RIGHT) or item.form.sides is not Sides.EACH:
        return item
    return replace(item, prescription=replace(item.prescription, sides=Side(side)))
