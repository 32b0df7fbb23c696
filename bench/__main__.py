"""All benchmarks, or those named, in one table: `python -m bench [NAME ...] [--rounds N] [--seconds N] [--json FILE]`.

Exit status 1 where a goal is not met.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import sys
import time
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from bench.goal import Effort, Result
from bench.world import ROOT

SUITES = ("start_up", "living", "commands", "rules", "fold", "history", "time_keeping", "leaving", "growth")
"""Modules of this package with `measure(effort)`; the last one tells how cost grows, and takes longest."""

DEFAULT = SUITES[:-1]


def line(result: Result) -> str:
    """One row: goal, limit, measured, what stands behind it, met or not."""
    if not result.judged:
        return (
            f"  {result.goal:<58} {'':>9} {result.value:>10.4g} {result.unit:<12} {'':<8} {result.measured}"
        )
    verdict = "met" if result.met else "NOT MET"
    return (
        f"  {result.goal:<58} {result.limit:>9.4g} {result.value:>10.4g} {result.unit:<12} {verdict:<8}"
        f" {result.measured}"
    )


def report(results: Iterable[tuple[str, Result]]) -> dict[str, object]:
    """What the JSON file holds: the machine, and every result."""
    return {
        "python": platform.python_version(),
        "machine": platform.platform(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "results": [
            {
                "suite": suite,
                "goal": result.goal,
                "limit": result.limit if result.judged else None,
                "value": result.value,
                "unit": result.unit,
                "met": result.met if result.judged else None,
                "measured": result.measured,
            }
            for suite, result in results
        ],
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure, and judge by the goals.")
    parser.add_argument("suites", nargs="*", metavar="NAME", help=f"some of: {', '.join(SUITES)}")
    parser.add_argument("--rounds", type=int, default=7, help="rounds in which things take turns")
    parser.add_argument("--seconds", type=float, default=10, help="length of a window of watching")
    parser.add_argument("--json", type=Path, help="write the results to this file too")
    args = parser.parse_args()
    if unknown := [name for name in args.suites if name not in SUITES]:
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(SUITES)}")
    compileall.compile_dir(ROOT / "runnersknee_tui", quiet=1)  # an installed program has its .pyc files
    effort = Effort(args.rounds, args.seconds)
    results: list[tuple[str, Result]] = []
    print(f"  {'goal':<58} {'limit':>9} {'measured':>10}")
    for suite in args.suites or DEFAULT:
        began = time.monotonic()
        for result in import_module(f"bench.{suite}").measure(effort):
            results.append((suite, result))
            print(line(result), flush=True)
        print(f"  ({suite}: {time.monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f})", flush=True)
    if args.json:
        args.json.write_text(json.dumps(report(results), indent=2) + "\n", encoding="utf-8")
    missed = [result.goal for _, result in results if result.judged and not result.met]
    print(
        f"{len(missed)} of {sum(result.judged for _, result in results)} goals not met", *missed, sep="\n  "
    )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
