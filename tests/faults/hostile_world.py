"""A person whose every file is full of words made to break things; and every screen on which they may be shown.

A new screen joins the tests by one line in SCREENS, a new command by one in COMMANDS.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import tomli_w
from msgspec import Struct
from msgspec.structs import replace

from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.core.record import SessionRecord
from runnersknee_tui.store.checkpoint import Orphan
from runnersknee_tui.store.paths import Paths
from runnersknee_tui.tui.app import RunnersKneeApp
from runnersknee_tui.tui.screens.summary import SummaryScreen
from runnersknee_tui.workspace import Workspace
from tests.store.sessions import START, session
from tests.tui.visit import broken_off
from tests.world import Hands, world

NOW = START + timedelta(days=70)


class Hostile(Struct, frozen=True):
    """The workspace, and the words that are in it, each behind a mark by which it is found again."""

    made: Workspace
    words: tuple[str, ...]
    records: tuple[SessionRecord, ...]
    orphan: Orphan | None

    @property
    def own_routine(self) -> str:
        return next((one for one in self.made.catalogue.routines if one.startswith("own-")), "core")

    @property
    def own_exercise(self) -> str:
        return self.own_exercise_file or "plank"

    @property
    def own_exercise_file(self) -> str | None:
        """None where there is none: its editor then begins a new one, for it stays open over no other."""
        return next((one for one in self.made.catalogue.exercises if one.startswith("own-")), None)


def marked(number: int, text: str) -> str:
    """`K17 ` and the text: what stands behind the mark on a screen must be the text."""
    return f"K{number} {text}"


def write_files(paths: Paths, words: Sequence[str], *, first: int = 0) -> tuple[SessionRecord, ...]:
    """Everything a person can write: titles, names, every text of an exercise, notes, settings, file names."""
    for folder in (paths.exercises, paths.routines, paths.history, paths.active, paths.trash):
        folder.mkdir(parents=True, exist_ok=True)
    template = (assets_dir() / "exercises" / "dead-bug.toml").read_text(encoding="utf-8")
    records = []
    for number, text in enumerate(words, first):
        word = marked(number, text)
        _exercise(paths, template, number, word)
        routine = {
            "title": word,
            "purpose": word,
            "exercises": [{"id": f"own-{number}"}, {"id": "glute-bridge", "dose": "rehab"}],
        }
        _write(paths.routines / f"own-{number}.toml", tomli_w.dumps(routine).encode(errors="replace"))
        records.append(_record(number, word))
        _write(paths.history / _name(records[-1]), _encoded(records[-1]))
        _write(paths.routines / f"{_file_name(text)}.toml", b"x")
        _write(paths.history / f"{_file_name(text)}.json", b"x")
        _write(paths.active / f"{_file_name(text)}.json", b"x")
    config = {f"key {text[:200]}": text for text in words if text.strip()}
    _write(paths.config_file, tomli_w.dumps(config).encode(errors="replace"))
    return tuple(records)


def _exercise(paths: Paths, template: str, number: int, word: str) -> None:
    quoted = json.dumps(word)
    lines = []
    for line in template.splitlines():
        key = line.partition(" ")[0]
        one = key in ("name", "insight", "safety", "why", "cue") and line.startswith(f'{key} = "')
        lines.append(f"{key} = {quoted}" if one else line)
    text = "\n".join(lines).replace("Press the low back gently down.", "@@").replace('"@@"', quoted)
    _write(paths.exercises / f"own-{number}.toml", text.encode(errors="replace"))


def _record(number: int, word: str) -> SessionRecord:
    plain = session(number % 60, id=f"{number + (1 << 40):016x}")
    entry = replace(plain.exercises[0], name=word, dose=word[:30], ladder_step=word[:30])
    return replace(
        plain,
        started_at=START + timedelta(hours=number),
        ended_at=START + timedelta(hours=number, minutes=20),
        local_date=(START + timedelta(hours=number)).date(),
        routine_title=word,
        routine_id=word[:30],
        note=word,
        tz=word[:30],
        app=word[:30],
        exercises=(entry,),
    )


def _name(record: SessionRecord) -> str:
    return f"{record.started_at:%Y%m%dT%H%M%SZ}-{record.id}.json"


def _encoded(record: SessionRecord) -> bytes:
    from runnersknee_tui.store.session_json import encode

    return encode(record)


def _file_name(text: str) -> str:
    name = text.replace("/", "").replace("\0", "")
    while len(name.encode(errors="surrogateescape")) > 120:
        name = name[: len(name) // 2]
    return name or "empty"


def _write(path: Path, data: bytes) -> None:
    with suppress(OSError):  # some names are none for a file
        fd = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        os.write(fd, data)
        os.close(fd)


def hostile_world(folder: Path, words: Sequence[str], *, first: int = 0) -> Hostile:
    """A workspace made of such files. `first` numbers the words, so that batches stay apart."""
    hands = Hands(NOW)
    made = world(folder, hands, signs_asked_on=NOW.date())
    records = write_files(made.paths, words, first=first)
    made = world(folder, hands, signs_asked_on=NOW.date())
    orphan = broken_off(made, routine=next(iter(made.catalogue.routines)))
    session_ = {**orphan.session, "title": marked(first, words[0])}
    orphan = replace(orphan, session=session_)
    return Hostile(made, tuple(marked(first + at, text) for at, text in enumerate(words)), records, orphan)


# --- screens -------------------------------------------------------------------------------------------------

Open = Callable[[RunnersKneeApp, Hostile], object]


def _live(app: RunnersKneeApp, world_: Hostile) -> None:
    routine = world_.made.catalogue.routines[world_.own_routine]
    app.start_session(world_.made.prepare(routine))


def _summary(app: RunnersKneeApp, world_: Hostile) -> None:
    routine = world_.made.catalogue.routines[world_.own_routine]
    live = world_.made.begin(world_.made.prepare(routine).plan)
    live.session.finish(0.0, "quit")
    live.tick()
    app.push_screen(SummaryScreen(live))


def _hurt(app: RunnersKneeApp, world_: Hostile) -> None:
    routine = world_.made.catalogue.routines[world_.own_routine]
    app.ask_hurt(world_.made.begin(world_.made.prepare(routine).plan), lambda _: None)


def _recover(app: RunnersKneeApp, world_: Hostile) -> None:
    assert world_.orphan is not None
    app.show_recover(world_.orphan)


def _records(app: RunnersKneeApp, world_: Hostile) -> None:
    first = world_.records[0]
    entries = tuple(record.exercises[0] for record in world_.records)
    app.show_record(replace(first, exercises=entries, note="\n".join(world_.words)))


def _confirm(app: RunnersKneeApp, world_: Hostile) -> None:
    word = "\n".join(world_.words)[:20_000]
    app.confirm(world_.words[0], word, yes=world_.words[-1], no=world_.words[0], then=lambda _: None)


def _save_failed(app: RunnersKneeApp, world_: Hostile) -> None:
    for word in world_.words:
        app._save_failed(OSError(word))


SCREENS: dict[str, Open] = {
    "home": lambda _app, _world: None,
    "history": lambda app, _: app.show_history("sessions"),
    "history charts": lambda app, _: app.show_history(),
    "history exercises": lambda app, _: app.show_history("exercises"),
    "story": lambda app, world_: app.show_story(world_.own_exercise),
    "log": lambda app, _: app.show_log(),
    "breaks": lambda app, _: app.show_breaks(),
    "trash": lambda app, _: app.show_trash(),
    "own data": lambda app, _: app.show_own(),
    "learn": lambda app, _: app.show_learn(),
    "record": _records,
    "exercises": lambda app, world_: app.show_exercises(world_.own_exercise),
    "routines": lambda app, _: app.show_routines(),
    "routine editor": lambda app, world_: app.show_editor(world_.own_routine),
    "exercise editor": lambda app, world_: app.show_exercise_editor(world_.own_exercise_file),
    "problems": lambda app, _: app.show_problems(),
    "settings": lambda app, _: app.show_settings(),
    "keys": lambda app, _: app.show_keys(),
    "session": _live,
    "summary": _summary,
    "hurt": _hurt,
    "recover": _recover,
    "confirm": _confirm,
    "not saved": _save_failed,
    "help": lambda app, _: app.action_help(),
    "palette": lambda app, _: app.action_command_palette(),
}
"""How each screen is opened in an app that stands at Home."""

VERBATIM = ("history", "routines", "exercises", "record", "recover")
"""Screens on which such words stand whole, in a large window."""

COMMANDS: tuple[str, ...] = (
    "routines", "routines {routine}", "exercises", "exercises {exercise}", "plan {routine}", "plan {routine} --json",
    "routines --json", "exercises --json", "history --plain", "history --json", "history --csv", "check", "doctor",
    "report", "report --html", "report --html -o {out}.html", "today", "today --json", "check {folder}", "start {word}",
    "routines {word}", "history --since 2026-03-01", "history --limit 5 --json", "log {routine} --note {word}", "learn",
    "export {out}.json", "export {out}.csv", "export {out}.toml", "import {export} --preview", "import {export}",
    "import {export} --partial", "doctor --quarantine", "doctor --migrate",
)  # fmt: skip
