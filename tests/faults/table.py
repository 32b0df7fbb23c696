"""A pytest plugin for the fault tests: long runs wait until they are asked for, and all runs end in one table.

With RUNNERSKNEE_FAULT_TABLE set to a path, the table is written there as JSON, too.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PROPERTY = "fault row"
VARIABLE = "RUNNERSKNEE_FAULT_TABLE"
HEAD = ("fault", "tries", "landed", "lost", "unreadable", "met", "measured")
COUNTS = HEAD[1:5]

_ROWS: list[dict[str, Any]] = []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without `-m full` (or a test named in full), the long runs are not part of a run."""
    asked = "full" in config.option.markexpr or any(
        "full" in argument for argument in config.args if "::" in argument
    )
    if asked:
        return
    long = [item for item in items if item.get_closest_marker("full") is not None]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item.get_closest_marker("full") is None]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Rows travel in the reports, so that they arrive from the workers of xdist as well."""
    if report.when == "call":
        rows = (value for name, value in report.user_properties if name == PROPERTY)
        _ROWS.extend({**row, "met": "yes" if report.passed else "no"} for row in rows)  # type: ignore[dict-item]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _ROWS or hasattr(terminalreporter.config, "workerinput"):
        return
    found = merged(_ROWS)
    path = os.environ.get(VARIABLE)
    if path:
        Path(path).write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if path or terminalreporter.config.option.markexpr:
        terminalreporter.section("faults")
        for line in lines(found):
            terminalreporter.write_line(line)


def merged(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row for each fault, although several tests may have tried it."""
    by_name: dict[str, dict[str, Any]] = {}
    for row in rows:
        there = by_name.setdefault(row["fault"], {**row, **dict.fromkeys(COUNTS, 0)})
        for key in COUNTS:
            there[key] += row[key]
        there["met"] = "yes" if there["met"] == row["met"] == "yes" else "no"
    return [by_name[name] for name in sorted(by_name)]


def lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The table in columns."""
    cells = [HEAD, *(tuple(str(row[key]) for key in HEAD) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    for row in cells:
        yield "  ".join(
            cell.rjust(width) if HEAD[column] in COUNTS else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()


def markdown(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The table for docs/reliability.md."""
    yield "| " + " | ".join(HEAD) + " |"
    yield "|" + "|".join("--:" if name in COUNTS else "---" for name in HEAD) + "|"
    for row in rows:
        yield (
            "| "
            + " | ".join(f"{row[key]:,}" if isinstance(row[key], int) else str(row[key]) for key in HEAD)
            + " |"
        )


if __name__ == "__main__":
    for line in markdown(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))):
        print(line)  # noqa: T201
