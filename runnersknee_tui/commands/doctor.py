"""`runnersknee doctor`: where things are, whether they work, and what to do where they do not."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from runnersknee_tui.commands.doctor_findings import BAD, Finding, Section
from runnersknee_tui.commands.exits import EXIT_WRONG
from runnersknee_tui.commands.usage import print_lines
from runnersknee_tui.core.words import clean
from runnersknee_tui.workspace import Workspace

LABEL = 14
"""Columns of what was looked at."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--sound", action="store_true", help="play a sound with each player until one works")
    add(
        "--quarantine",
        action="store_true",
        help="back up, then move sessions that cannot be read out of the way",
    )
    add("--migrate", action="store_true", help="back up, then bring old sessions to the present form")


def run(args: argparse.Namespace, workspace: Workspace) -> int:
    worst = False
    for title, section in _sections(args).items():
        findings = list(section(workspace))
        worst = worst or any(finding.mark == BAD for finding in findings)
        if findings:
            print_lines([title, *(line for finding in findings for line in _lines(finding)), ""])
    print_lines(["Something needs mending: see !!" if worst else "All is well."])
    return EXIT_WRONG if worst else 0


def _sections(args: argparse.Namespace) -> Mapping[str, Section]:
    """In the order they are told. What was asked for by an option comes first."""
    from runnersknee_tui.commands import doctor_places, doctor_senses, doctor_store

    asked: dict[str, Section] = {}
    if args.quarantine:
        asked["Quarantine"] = doctor_store.quarantine
    if args.migrate:
        asked["Migration"] = doctor_store.migration
    return {
        **asked,
        "Program": doctor_places.program,
        "Places": doctor_places.places,
        "Terminal": doctor_places.terminal,
        "Picture": doctor_senses.picture,
        "Sound": doctor_senses.sound_check if args.sound else doctor_senses.sound,
        "Voice": doctor_senses.voice,
        "Screen": doctor_senses.awake,
        "Settings": doctor_places.settings,
        "Content": doctor_places.content,
        "Store": doctor_store.store,
        "Backups": doctor_store.backups,
    }


def _lines(finding: Finding) -> Iterator[str]:
    """What was found, and below it what to do."""
    yield f"  {finding.mark}  {finding.what.ljust(LABEL)}{clean(finding.found)}"
    if finding.mend:
        yield " " * (LABEL + 6) + clean(finding.mend)
