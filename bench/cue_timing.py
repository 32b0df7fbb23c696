"""How exactly cues are started: the real player thread and real child processes, against their deadlines.

    python bench/cue_timing.py [--cues 300] [--interval 0.1] [--json FILE]

Once on a quiet machine and once with two busy loops beside it. The time of a cue is when the thread tells the player
to sound; what it takes until that program runs is given beside it ("heard" leaves out only the sound card). Goals, in
ms at the 99th percentile: 10 quiet, 20 with the busy loops.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from runnersknee_tui.core.cue import Cue, CueKind
from runnersknee_tui.cues.chain import open_chain
from runnersknee_tui.cues.players import ProgramPlayer
from runnersknee_tui.cues.sound import CuePlayer, SoundSettings

SOUNDS = Path(__file__).resolve().parent.parent / "assets" / "sounds"
GOALS_MS = {"quiet": 10.0, "two busy loops": 20.0}
AHEAD_S = 10.0
"""How far ahead a driver lists its cues; it lists them anew ten times a second, as the app does."""


@contextmanager
def busy_loops(count: int) -> Iterator[None]:
    """So many processes that do nothing but keep a core busy."""
    loops = [subprocess.Popen([sys.executable, "-S", "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def lateness_ms(cues: int, interval_s: float) -> tuple[list[float], list[float]]:
    """By how much each cue was late, in order: until the player was told, and until its program ran.

    One that was dropped counts as 250 ms.
    """
    program = shutil.which("true") or sys.executable
    chain = open_chain({}, [ProgramPlayer("true", (program,))])
    with tempfile.TemporaryDirectory() as cache:
        player = CuePlayer(
            SOUNDS, SoundSettings(primer=False), chain, bell=None, notice=print, cache=Path(cache)
        )
        player.prepare()
        player.start()
        start = time.monotonic() + 0.5
        coming = [(start + index * interval_s, Cue(CueKind.COUNTDOWN, index)) for index in range(cues)]
        while (now := time.monotonic()) < coming[-1][0] + 0.5:
            player.schedule([item for item in coming if now < item[0] <= now + AHEAD_S])
            time.sleep(0.1)
        player.close(5)
    started = {played.due: played for played in player.log if played.by == "true"}
    told, running = [], []
    for due, _ in coming:
        played = started.get(due)
        told.append(250.0 if played is None else 1000 * (played.at - due))
        running.append(250.0 if played is None else 1000 * (played.at + played.took - due))
    return told, running


def run(cues: int = 300, interval_s: float = 0.1) -> dict[str, Any]:
    """Measure both ways. Returns, for each, milliseconds at p50, p95, p99 and the worst, and whether p99 is met."""
    report: dict[str, Any] = {"cues": cues, "interval_s": interval_s, "load": os.getloadavg()[0]}
    for name, loops in (("quiet", 0), ("two busy loops", 2)):
        with busy_loops(loops):
            late, running = lateness_ms(cues, interval_s)
        cut = statistics.quantiles(late, n=100, method="inclusive")
        report[name] = {
            "p50_ms": round(cut[49], 2),
            "p95_ms": round(cut[94], 2),
            "p99_ms": round(cut[98], 2),
            "max_ms": round(max(late), 2),
            "dropped": sum(1 for ms in late if ms >= 250),
            "heard_p99_ms": round(statistics.quantiles(running, n=100, method="inclusive")[98], 2),
            "goal_ms": GOALS_MS[name],
            "met": cut[98] <= GOALS_MS[name],
        }
    return report


def main() -> int:
    parser = argparse.ArgumentParser(description="How exactly cues are started.")
    parser.add_argument("--cues", type=int, default=300)
    parser.add_argument("--interval", type=float, default=0.1, help="seconds between two cues")
    parser.add_argument("--json", type=Path, help="write the result to this file too")
    args = parser.parse_args()
    report = run(args.cues, args.interval)
    for name in GOALS_MS:
        result = report[name]
        verdict = "met" if result["met"] else "MISSED"
        print(
            f"{name:15s} p50 {result['p50_ms']:6.2f}  p99 {result['p99_ms']:6.2f}  max {result['max_ms']:6.2f} ms"
            f"  goal {result['goal_ms']:g}: {verdict}; heard p99 {result['heard_p99_ms']:6.2f} ms"
        )
    if args.json:
        args.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return 0 if all(report[name]["met"] for name in GOALS_MS) else 1


if __name__ == "__main__":
    sys.exit(main())
