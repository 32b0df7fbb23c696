"""On which line of a TOML text stands which key? tomllib does not tell, and a message without a line is half one.

A path names a key as tomllib's result nests it: ("doses", 0, "reps"). The scanner is exact for valid TOML. Of
text that is not valid it reads as much as it understands, which is enough to find a key given twice.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from typing import Literal, NamedTuple

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'(?P<text>"""(?:\\.|[^\\])*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:\'{0,2})'
    r'|"(?:\\[^\n]|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<comment>\#[^\n]*)"
    r"|(?P<line>\n)"
    r"|(?P<space>[ \t\r]+)"
    r"|(?P<mark>[\[\]{},=.])"
    r"|(?P<bare>[^\[\]{},=.\s\#\"']+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_DEEPEST = 40


class Mark(NamedTuple):
    """A place in the text: a key, a table's header, or an entry of a list."""

    path: Path
    line: int
    kind: Literal["key", "table", "entry"]


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


class _LostError(Exception):
    """The text is not TOML from here on."""


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind, word = match.lastgroup or "other", match.group()
        if kind not in ("space", "comment"):
            yield _Token(kind, word, line)
        line += word.count("\n")
    yield _Token("line", "\n", line)
    yield _Token("end", "", line)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.marks: list[Mark] = []
        self.lists: dict[Path, int] = {}  # [[table]]: index of its last entry

    @property
    def here(self) -> _Token:
        return self.tokens[self.at]

    def take(self, text: str | None = None) -> _Token:
        token = self.here
        if token.kind == "end" or (text is not None and token.text != text):
            raise _LostError
        self.at += 1
        return token

    def skip_lines(self) -> None:
        while self.here.kind == "line":
            self.at += 1

    def run(self) -> None:
        table: Path = ()
        while True:
            self.skip_lines()
            if self.here.kind == "end":
                return
            if self.here.text == "[":
                table = self.header()
            else:
                self.pair(table, 0)
            if self.take().kind != "line":
                raise _LostError

    def header(self) -> Path:
        line = self.take("[").line
        double = self.here.text == "["
        if double:
            self.take()
        path: Path = ()
        parts = self.key()
        for part in parts[:-1]:
            path = (*path, part)
            if path in self.lists:
                path = (*path, self.lists[path])
        path = (*path, parts[-1])
        self.take("]")
        if double:
            self.take("]")
            self.lists[path] = self.lists.get(path, -1) + 1
            if not self.lists[path]:
                self.marks.append(Mark(path, line, "entry"))
            path = (*path, self.lists[path])
        self.marks.append(Mark(path, line, "table"))
        return path

    def key(self) -> list[str]:
        words: list[str] = []
        while True:
            token = self.take()
            if token.kind == "bare":
                words.append(token.text)
            elif token.kind == "text":
                words.append(_unquote(token.text))
            else:
                raise _LostError
            if self.here.text != ".":
                return words
            self.take()

    def pair(self, table: Path, depth: int) -> None:
        line = self.here.line
        path = (*table, *self.key())
        self.marks.append(Mark(path, line, "key"))
        self.take("=")
        self.value(path, depth)

    def value(self, path: Path, depth: int) -> None:
        if depth > _DEEPEST:
            raise _LostError
        if self.here.text == "[":
            self.array(path, depth)
        elif self.here.text == "{":
            self.inline(path, depth)
        else:
            while self.here.text not in ("]", "}", ",") and self.here.kind != "line":
                self.take()

    def array(self, path: Path, depth: int) -> None:
        self.take("[")
        index = 0
        while True:
            self.skip_lines()
            if self.here.text == "]":
                break
            entry = (*path, index)
            self.marks.append(Mark(entry, self.here.line, "entry"))
            self.value(entry, depth + 1)
            self.skip_lines()
            if self.here.text != ",":
                break
            self.take()
            index += 1
        self.take("]")

    def inline(self, path: Path, depth: int) -> None:
        self.take("{")
        while self.here.text != "}":
            self.pair(path, depth + 1)
            if self.here.text != ",":
                break
            self.take()
        self.take("}")


def _unquote(word: str) -> str:
    try:
        (name,) = tomllib.loads(f"{word} = 0")
    except tomllib.TOMLDecodeError:
        raise _LostError from None
    return name


def scan(text: str) -> list[Mark]:
    """The marks of `text` in its order, as far as it is TOML."""
    scanner = _Scanner(text.replace("\r\n", "\n"))
    with suppress(_LostError):
        scanner.run()
    return scanner.marks


class Lines:
    """Lines of the keys of one TOML text; scanned only when the first one is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: dict[Path, int] | None = None

    def find(self, path: Path) -> int | None:
        """Line, from 1, of the key at `path`; where it has none of its own, of the table or list around it."""
        if self._lines is None:
            self._lines = {}
            for mark in scan(self._text):
                self._lines.setdefault(mark.path, mark.line)
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return None
