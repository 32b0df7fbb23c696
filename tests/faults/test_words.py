"""Words made to break things, in every text a person can write: shown as they stand, obeyed by nothing (T46, T47)."""

from __future__ import annotations

import ast
import asyncio
import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from runnersknee_tui.cli import main
from runnersknee_tui.core.record_json import to_json
from runnersknee_tui.core.words import clean
from runnersknee_tui.plain.session import run_plain
from tests.faults.hostile import dangers, leaks, one_line, strings
from tests.faults.hostile_world import COMMANDS, SCREENS, VERBATIM, Hostile, hostile_world, write_files
from tests.tui.visit import Visit, visit
from tests.workbench import FakeClock, ScriptedInbox, workspace

COUNT = 500
BATCH = 50
SIZE = (240, 260)
"""A window in which a batch stands whole."""
LEAST = 8
"""Characters of a text, with its mark, that stand before an ellipsis at least."""
SMALL = (200, 90)
"""One in which a quarter of it does."""


def batch(number: int) -> tuple[str, ...]:
    return one_line(COUNT)[number * BATCH : (number + 1) * BATCH]


def stands(wanted: str, everything: str) -> bool:
    """Whether a marked text is to be read: whole, or as it is up to the ellipsis of a column that it is too wide for."""
    mark = re.match(r"K\d+", wanted)
    assert mark is not None
    for found in re.finditer(mark[0], everything):
        there = everything[found.start() : found.start() + len(wanted) + 1]
        length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(wanted, there, strict=False)))
        if length == len(wanted) or (there[length : length + 1] == "…" and length >= LEAST):
            return True
    return False


def test_what_was_altered_is_seen() -> None:
    assert stands("K17[bold]x", "..K17[bold]x..")
    assert stands("K17[bold]and-more", "K17x K17[bold]an…")
    assert not stands("K17[bold]x", "K17x")
    assert not stands("K17[bold]and-more", "K17and-more")
    assert not stands("K17[bold]and-more", "K17[…")


def squeezed(text: str) -> str:
    """Without white space and box lines: how a text was wrapped or laid out is no matter here."""
    return re.sub(r"[\s\u2500-\u257f\u2580-\u259f█]+", "", text)


async def look(hostile: Hostile, name: str, sizes: tuple[tuple[int, int], ...]) -> list[str]:
    """Open a screen and walk over all of it; what could be read, and every danger in it as an assertion."""
    seen = []
    for size in sizes:
        async with visit(hostile.made, size=size) as shown:
            await settle(shown)
            SCREENS[name](shown.app, hostile)
            await settle(shown)
            for key in ("down", "pagedown", "end", "home", "s", "enter"):
                seen.append(shown.text())
                if name not in ("session", "hurt", "summary", "confirm", "palette", "keys") or key == "s":
                    await shown.press(key)
                await settle(shown)
            seen.append(shown.text())
    for text in seen:
        assert dangers(text) == set(), f"{name}: {dangers(text)!r}"
    return seen


async def settle(shown: Visit) -> None:
    """Until nothing is being read any more; a worker that waits for an answer may go on waiting."""
    for _ in range(25):
        await shown.pilot.pause()
        if all(worker.is_finished for worker in shown.app.workers):
            break
    await shown.pilot.pause()


def row(what: str, tries: int, seen: int, altered: int) -> dict[str, Any]:
    return {"fault": what, "tries": tries, "landed": seen, "lost": altered, "unreadable": 0, "measured": ""}


BATCHES = [
    pytest.param(name, (at % 10,), id=f"{name}-short") for at, name in enumerate(SCREENS)
] + [pytest.param(name, tuple(range(10)), id=f"{name}-full", marks=pytest.mark.full) for name in SCREENS]  # fmt: skip


@pytest.mark.parametrize(("name", "batches"), BATCHES)
def test_every_screen(
    name: str, batches: tuple[int, ...], tmp_path: Path, record_property: Callable[[str, Any], None]
) -> None:
    """No crash, nothing obeyed; and where words stand whole, they stand as they are."""
    altered: list[str] = []
    tried = 0
    for number in batches:
        words = batch(number) if len(batches) > 1 else batch(number)[number % 4 :: 4]
        hostile = hostile_world(tmp_path / str(number), words, first=number * BATCH)
        seen = asyncio.run(look(hostile, name, (SMALL,) if len(batches) == 1 else (SIZE, (60, 20))))
        tried += len(words)
        if name in VERBATIM:
            everything = "".join(map(squeezed, seen))
            found = shown_words(hostile, name)
            altered += [word for word in found if not stands(squeezed(clean(word)), everything)]
    record_property("fault row", row("T46 hostile words on every screen", tried, tried, len(altered)))
    assert altered == []


def shown_words(hostile: Hostile, name: str) -> list[str]:
    """Those that the screen must show."""
    if name in ("history", "record"):
        return list(hostile.words)
    if name == "routines":
        return [one.title for one in hostile.made.catalogue.routines.values() if one.id.startswith("own-")]
    if name == "exercises":
        return [one.name for one in hostile.made.catalogue.exercises.values() if one.id.startswith("own-")]
    assert hostile.orphan is not None
    return [str(hostile.orphan.session["title"])]


def test_most_words_are_taken() -> None:
    """The loader refuses controls alone: what it takes, the screens above have shown."""
    assert len(strings()) == COUNT
    assert len(one_line()) == COUNT
    assert sum(clean(text) == text for text in one_line()) > COUNT / 3
    assert sum(clean(text) != text for text in one_line()) > COUNT / 5


# --- commands ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("batches", [pytest.param((0, 7), id="short"), pytest.param(tuple(range(10)), id="full", marks=pytest.mark.full)])  # fmt: skip
def test_every_command(
    command: str, batches: tuple[int, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str],
    record_property: Callable[[str, Any], None],
) -> None:  # fmt: skip
    tried, altered = 0, list[str]()
    for number in batches:
        words = batch(number) if len(batches) > 2 else batch(number)[::4]
        hostile = hostile_world(tmp_path / str(number), words, first=number * BATCH)
        made = hostile.made
        given = {
            "routine": hostile.own_routine,
            "exercise": hostile.own_exercise,
            "folder": str(made.paths.config),
            "word": hostile.words[-1].replace("\0", ""),
            "out": str(tmp_path / f"out-{number}"),
            "export": str(tmp_path / f"export-{number}.json"),
        }
        if "{export}" in command:
            exported(hostile, Path(given["export"]))
        main([part.format(**given) for part in command.split()], lambda _, made=made: made)  # type: ignore[misc]
        said = capsys.readouterr()
        tried += len(words)
        assert "Traceback" not in said.err
        for text in (said.out, said.err):
            assert leaks(text.encode(errors="surrogateescape")) == []
            assert dangers(text) <= {"\r", "\t"}, f"{command}: {dangers(text)!r}"
        altered += missing(command, expected(command, hostile), said.out)
        if command == "report --html":
            assert scripts(said.out) == []
        for page in tmp_path.glob("*.html"):
            assert scripts(page.read_text(encoding="utf-8")) == []
    line = row("T47 hostile words in every answer of a command", tried, tried, len(altered))
    record_property("fault row", line)
    assert altered == []


def expected(command: str, hostile: Hostile) -> list[str]:
    """The words that must stand in an answer as they are."""
    name, _, rest = command.partition(" ")
    if name == "history" and rest in ("--plain", "--json", "--csv"):
        return list(hostile.words)
    if command == "report --html":
        return [word[:30] for word in hostile.words]  # as doses and steps
    if name in ("routines", "exercises") and rest in ("", "--json"):
        return shown_words(hostile, name)
    return []


def missing(command: str, words: list[str], answer: str) -> list[str]:
    """Those that do not stand in an answer: the very word in JSON, elsewhere what a person can read of it."""
    if not words:
        return []
    if command.endswith("--json"):
        return sorted(set(words) - texts_in(json.loads(answer)))
    if command.endswith("--csv"):
        answer = " ".join(cell for line in csv.reader(io.StringIO(answer)) for cell in line)
    elif command.endswith("--html"):
        answer = html.unescape(re.sub(r"<[^>]*>", " ", answer))
    everything = squeezed(answer)
    return [word for word in words if not stands(squeezed(clean(word)), everything)]


def texts_in(value: Any) -> set[str]:
    """Every text in a JSON document."""
    if isinstance(value, str):
        return {value}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(texts_in, parts))


def exported(hostile: Hostile, path: Path) -> None:
    """An export of somebody else: some sessions that can be taken in, some that cannot, and files of such names."""
    sessions = [to_json(replace(one, id=f"{at + (1 << 50):016x}")) for at, one in enumerate(hostile.records)]
    for at, word in enumerate(hostile.words[::3]):
        sessions[at * 3 % len(sessions)]["status"] = word
    files = {f"exercises/{word[:60]}.toml": word for word in hostile.words}
    document = {"format": 1, "app": hostile.words[0], "sessions": sessions, "files": files}
    path.write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize("batches", [pytest.param((3,), id="short"), pytest.param(tuple(range(10)), id="full", marks=pytest.mark.full)])  # fmt: skip
def test_a_plain_session(
    batches: tuple[int, ...], tmp_path: Path, record_property: Callable[[str, Any], None]
) -> None:
    """Every routine of such words, from its first line to its last; its title stands as it is."""
    tried, altered = 0, list[str]()
    for number in batches:
        folder = tmp_path / str(number)
        clock = FakeClock()
        write_files(workspace(folder, clock).paths, batch(number), first=number * BATCH)
        made = workspace(folder, clock)
        own = [one for one in made.catalogue.routines.values() if one.id.startswith("own-")]
        for routine in own if len(batches) > 1 else own[::10]:
            out = io.StringIO()
            run_plain(made, made.prepare(routine), speed=1.0, inbox=ScriptedInbox(clock, ()), out=out)
            said = out.getvalue()
            tried += 1
            assert leaks(said.encode()) == []
            assert dangers(said) == set()
            altered += [] if squeezed(clean(routine.title)) in squeezed(said) else [routine.title]
    record_property("fault row", row("T47 hostile words in a plain session", tried, tried, len(altered)))
    assert altered == []
    assert tried >= len(batches)


class _Page(HTMLParser):
    """Everything in a page that acts."""

    def __init__(self) -> None:
        super().__init__()
        self.acts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "img", "link", "base", "form"):
            self.acts.append(tag)
        self.acts += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]
        self.acts += [
            f"{tag} {name}" for name, value in attrs if (value or "").strip().lower().startswith("javascript")
        ]


def scripts(page: str) -> list[str]:
    """What in a page would run or load something."""
    reader = _Page()
    reader.feed(page)
    return reader.acts


def test_a_script_would_be_seen() -> None:
    assert scripts("<p onclick=x>a</p><script>x</script>") == ["p onclick", "script"]
    assert leaks(b"a\x1b[31337mb") != []
    assert leaks("\x9b1m".encode()) != []
    assert leaks(b"\x1b[1;31mred\x1b[0m\x1b[?1049h\x1b[38;2;3;13;37m") == []


# --- one door ------------------------------------------------------------------------------------------------

SHOWING = {"update", "notify", "set_content", "Static", "Label", "Button", "Option", "Checkbox", "Collapsible", "TabPane", "Select"}  # fmt: skip
MAKING = {"Content", "styled", "from_markup", "from_text", "assemble"}
DOOR = "words.py"


def strays(source: str, name: str) -> Iterator[str]:
    """Calls in a module of the app that show computed text, or make content of it, past the one door."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("from_markup", "from_rich_text"):
            yield f"{name}:{node.lineno}: {node.attr}"
        if isinstance(node, ast.ImportFrom) and node.module and node.module in ("rich.text", "rich.markup"):
            yield f"{name}:{node.lineno}: from {node.module}"
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        markup_off = any(
            key.arg == "markup" and isinstance(key.value, ast.Constant) and key.value.value is False
            for key in node.keywords
        )
        first = node.args[0] if node.args else None
        if called == "notify" and not markup_off:
            yield f"{name}:{node.lineno}: notify with markup"
        elif called in SHOWING and not markup_off and _is_computed(first):
            yield f"{name}:{node.lineno}: {called} of computed text"
        elif called == "Content" and not _is_fixed(first):
            yield f"{name}:{node.lineno}: Content of computed text"


def _is_computed(first: ast.expr | None) -> bool:
    """Whether an argument is text put together on the spot."""
    if isinstance(first, ast.Call):
        return getattr(first.func, "id", getattr(first.func, "attr", "")) in ("str", "format", "join")
    return isinstance(first, (ast.JoinedStr, ast.BinOp, ast.BoolOp))


def _is_fixed(first: ast.expr | None) -> bool:
    """Whether an argument is text of the program itself: a literal, a constant, a number of blanks."""
    if isinstance(first, ast.BinOp):
        return _is_fixed(first.left)
    name = getattr(first, "id", getattr(first, "attr", ""))
    return first is None or isinstance(first, ast.Constant) or name.isupper()


def modules_of_the_app() -> list[Path]:
    import runnersknee_tui.tui

    folder = Path(runnersknee_tui.tui.__file__).parent
    return [path for path in sorted(folder.rglob("*.py")) if path.name != DOOR]


def test_words_reach_the_screen_through_one_door() -> None:
    """Computed text goes through tui/words.py, which makes it harmless and never reads it as markup."""
    found = [
        stray
        for path in modules_of_the_app()
        for stray in strays(path.read_text(encoding="utf-8"), path.name)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    ['self.notify(f"{name}")', 'Static(f"{name}")', "label.update(a + b)", "Content(name)", "Content.from_markup(x)",
     'Label(str(x))', 'self.notify("x", title=y)', "from rich.text import Text"],
)  # fmt: skip
def test_what_goes_past_the_door_is_seen(line: str) -> None:
    assert list(strays(line, "x.py"))


@pytest.mark.parametrize(
    "line", ["label.update(plain(name))", 'Content("")', 'self.notify("x", markup=False)', 'Static("a")']
)
def test_what_goes_through_the_door_is_not(line: str) -> None:
    assert not list(strays(line, "x.py"))
