"""The history: opening on the screen, statistics cold and with the index, memory at 100,000 sessions, saving.

Run it: `python -m bench.history [--rounds N] [--huge N] [--json FILE]`. Every ratio is of runs that took turns.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from time import perf_counter, process_time, sleep

from msgspec.structs import asdict

from bench import opening
from bench.fold import records
from bench.goal import Effort, Result, Sample, both, take_turns
from bench.terminal import peak_rss
from bench.world import catalogue, home, paths_in
from runnersknee_tui.core.assessment import EVIDENCE
from runnersknee_tui.core.exercise_story import BALANCE_DAYS
from runnersknee_tui.core.plan_days import Plan
from runnersknee_tui.core.record_json import from_json
from runnersknee_tui.core.statistics import looks_back_to, summarise
from runnersknee_tui.store.history import History
from runnersknee_tui.store.index import HistoryIndex
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.store.session_files import key_of
from runnersknee_tui.store.session_json import encode

MANY, FEW, HUGE = 10_000, 30, 100_000
PAGE = 30
RSS_MB = 300
SETTLED_S = 2.5
"""No index of a folder that changed less than two seconds ago is trusted at a glance."""
SAVES = 60
"""Saves in one round: one alone is mostly noise."""


def parse_all(paths: Paths) -> None:
    """The yardstick: read and parse every file, and nothing else."""
    folder = str(paths.history)
    for name in sorted(os.listdir(folder)):  # noqa: PTH208 - as little as can be
        with open(f"{folder}/{name}", "rb") as file:  # noqa: PTH123
            json.loads(file.read())


def shown(paths: Paths) -> None:
    """The history screen's figures as it makes them: half a year from the index, all of it for a longer streak."""
    today = datetime.now().astimezone().date()
    made = HistoryIndex(paths, History(paths))
    known = made.recent(looks_back_to(today), today - timedelta(days=BALANCE_DAYS))
    assert known is not None
    if summarise(known.heads, Plan(), EVIDENCE, today, first=known.first).streak is None:
        statistics(paths, index=True)


def statistics(paths: Paths, *, index: bool, check: bool = False) -> None:
    """Figures of all heads. With `index` at a glance; `check` looks at every file's name, size and time."""
    now = datetime.now().astimezone()
    made = HistoryIndex(paths, History(paths))
    if not index:
        shutil.rmtree(paths.cache, ignore_errors=True)
    if check or not index or not made.glance():
        made.refresh(now)
    summarise(made.heads(), Plan(), EVIDENCE, now.date())


def timed(work: Callable[[], object], times: int = 1) -> Callable[[], Sample]:
    """Milliseconds and processor time of one call, out of so many."""

    def run() -> Sample:
        begun, cpu = perf_counter(), process_time()
        for _ in range(times):
            work()
        return {
            "ms": 1000 * (perf_counter() - begun) / times,
            "cpu_ms": 1000 * (process_time() - cpu) / times,
        }

    return run


def saves(paths: Paths, folder: Path) -> dict[str, Callable[[], Sample]]:
    """Saves by the app, and bare writes and fsyncs of the same bytes to new files beside them."""
    history = History(paths)
    made = [from_json(json.loads(text)) for text in records(SAVES, catalogue(), seed=2)]
    data = [encode(record) for record in made]
    folder.mkdir()
    numbers = count()

    def since(begun: float, cpu: float) -> Sample:
        """Of one save."""
        return {
            "ms": 1000 * (perf_counter() - begun) / SAVES,
            "cpu_ms": 1000 * (process_time() - cpu) / SAVES,
        }

    def bare() -> Sample:
        begun, cpu = perf_counter(), process_time()
        for content in data:
            fd = os.open(folder / f"{next(numbers)}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            os.write(fd, content)
            os.fsync(fd)
            os.close(fd)
        return since(begun, cpu)

    def save() -> Sample:
        begun, cpu = perf_counter(), process_time()
        for record in made:
            history.save(record)
        sample = since(begun, cpu)
        for name in {f"{key_of(record)}.json" for record in made}:
            (paths.history / name).unlink()  # the history is as long in every round
        return sample

    return {"bare": bare, "save": save}


def peak_mb(folder: Path) -> float:
    """The peak memory of a process that indexes a history from nothing and makes its figures."""
    command = [sys.executable, "-m", "bench.history", "--alone", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def measure(effort: Effort, huge: int = HUGE) -> Iterator[Result]:
    yield from opening.measure(effort)
    with tempfile.TemporaryDirectory() as root:
        few, many = Path(root, "few"), Path(root, "many")
        for folder, sessions in ((few, FEW), (many, MANY)):
            folder.mkdir()
            home(folder, sessions)
        yield from _reading(paths_in(few), paths_in(many), effort)
        for folder, told in ((few, f"{FEW}"), (many, f"{MANY:,}")):
            samples = take_turns(saves(paths_in(folder), folder / "bare"), effort.rounds)
            yield from both(f"saving beside {told} sessions", samples, ("save", "bare"), 5)
    if huge:
        with tempfile.TemporaryDirectory() as root:
            home(Path(root), huge)
            yield Result(f"peak memory at {huge:,} sessions", peak_mb(Path(root)), RSS_MB, "MB")


def _reading(few: Paths, many: Paths, effort: Effort) -> Iterator[Result]:
    sleep(SETTLED_S)
    opened = take_turns(
        {
            "few": timed(lambda: History(few).newest(PAGE), 5),
            "many": timed(lambda: History(many).newest(PAGE), 5),
        },
        effort.rounds,
    )
    told = f"first page of {MANY:,} sessions, data alone"
    yield from both(told, opened, ("many", "few"), 1.25, judged=False)
    samples = take_turns(
        {
            "parse": timed(lambda: parse_all(many)),
            "cold": timed(lambda: statistics(many, index=False)),
            "check": timed(lambda: statistics(many, index=True, check=True)),
            "all": timed(lambda: statistics(many, index=True), 3),
            "shown": timed(lambda: shown(many), 3),
        },
        effort.rounds,
    )
    yield from both(f"statistics of {MANY:,}, no index", samples, ("cold", "parse"), 2)
    yield from both(f"statistics of {MANY:,}, with the index", samples, ("shown", "parse"), 0.05)
    yield from both("the same, every head looked at", samples, ("all", "parse"), 0.05, judged=False)
    yield from both("the same, every file looked at", samples, ("check", "parse"), 0.5, judged=False)


def run(rounds: int = 5, huge: int = HUGE) -> list[Result]:
    """All of it, as a list."""
    return list(measure(Effort(rounds=rounds), huge))


def _alone(folder: Path) -> None:
    statistics(paths_in(folder), index=False)
    print(peak_rss(os.getpid()) / 1e6)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--huge", type=int, default=HUGE, help="sessions for the memory; 0 leaves it out")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        _alone(asked.alone)
        return 0
    results = run(asked.rounds, asked.huge)
    for one in results:
        verdict = "" if not one.judged else "met" if one.met else "MISSED"
        print(f"{one.goal:44} {one.value:8.3f} {one.unit:3} of {one.limit:<6g} {verdict:7} {one.measured}")
    if asked.json:
        asked.json.write_text(json.dumps([asdict(one) for one in results], indent=1), encoding="utf-8")
    return 0 if all(one.met or not one.judged for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())
