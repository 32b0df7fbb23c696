"""Words made to break things, in every text a person can write: shown as they stand, obeyed by nothing (T46, T47)."""

from __future__ import annotations

import ast
import asyncio
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from runnersknee_tui.cli import main
from runnersknee_tui.core.words import clean
from tests.faults.hostile import dangers, leaks, one_line, strings
from tests.faults.hostile_world import COMMANDS, SCREENS, VERBATIM, Hostile, hostile_world
from tests.tui.visit import Visit, visit

COUNT = 500
BATCH = 50
SIZE = (240, 260)
"""A window in which a batch stands whole."""
SMALL = (200, 90)
"""One in which a quarter of it does."""


def batch(number: int) -> tuple[str, ...]:
    return one_line(COUNT)[number * BATCH : (number + 1) * BATCH]


def squeezed(text: str) -> str:
    """Without white space, box lines and ellipses: how a text was wrapped or laid out is no matter here."""
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
            altered += [word for word in found if squeezed(clean(word))[:24] not in everything]
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
    tried = 0
    for number in batches:
        words = batch(number) if len(batches) > 2 else batch(number)[::4]
        hostile = hostile_world(tmp_path / str(number), words, first=number * BATCH)
        made = hostile.made
        given = {
            "routine": hostile.own_routine,
            "exercise": hostile.own_exercise,
            "folder": str(made.paths.config),
            "word": hostile.words[-1].replace("\0", ""),
        }
        main([part.format(**given) for part in command.split()], lambda _, made=made: made)  # type: ignore[misc]
        said = capsys.readouterr()
        tried += len(words)
        assert "Traceback" not in said.err
        for text in (said.out, said.err):
            assert leaks(text.encode(errors="surrogateescape")) == []
            assert dangers(text) <= {"\r", "\t"}, f"{command}: {dangers(text)!r}"
        if command == "report --html":
            assert scripts(said.out) == []
    record_property("fault row", row("T47 hostile words in every answer of a command", tried, tried, 0))


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
