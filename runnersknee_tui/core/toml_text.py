"""Bytes of a TOML file to a table, or to words that say what is wrong with it. Pure: files are read at the edges.

tomllib speaks to programmers, and on its own lets files through that no person meant; `toml_errors` translates.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from typing import Any

from runnersknee_tui.core.problem import Problem

LIMIT = 1 << 20
"""Bytes that a file written by a person may have."""

DEEPEST = 20
"""Levels of tables and lists in one another."""

_TOO_DEEP = f"nested too deeply (more than {DEEPEST} levels)"


def parse(data: bytes, file: str) -> tuple[dict[str, Any] | None, tuple[Problem, ...]]:
    """The table in `data`, or None and what is wrong. `file` is the name for messages, made safe already.

    An empty file is an empty table. A UTF-8 byte order mark and Windows line ends are fine.
    """
    if len(data) > LIMIT:
        return None, (too_large(file, len(data)),)
    text = decode(data, file)
    if isinstance(text, Problem):
        return None, (text,)
    if _has_long_key(text):
        return None, (Problem(file, None, "", _TOO_DEEP),)
    try:
        table = tomllib.loads(text)
    except RecursionError:
        return None, (Problem(file, None, "", _TOO_DEEP),)
    except ValueError as error:  # TOMLDecodeError is one; whole numbers of more than 4300 digits are another
        from runnersknee_tui.core.toml_errors import explain

        return None, (explain(str(error), text, file),)
    if _is_too_deep(table):
        return None, (Problem(file, None, "", _TOO_DEEP),)
    return table, ()


def too_large(file: str, size: int) -> Problem:
    """For a file of `size` bytes, more than LIMIT. An edge that sees the size first need not read the file."""
    return Problem(file, None, "", f"{size / 1e6:.1f} MB; the limit is 1 MB")


def decode(data: bytes, file: str) -> str | Problem:
    """The text in `data`, without its byte order mark, or why there is none."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _looks_wide(data):
        return Problem(file, None, "", "looks like UTF-16. Save the file as UTF-8")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode("utf-8")) + 1
        message = f"not UTF-8 (byte 0x{data[error.start]:02x} at column {column}). Save the file as UTF-8"
        return Problem(file, data.count(b"\n", 0, error.start) + 1, "", message)


def _looks_wide(data: bytes) -> bool:
    """UTF-16 without its mark: in text of mostly ASCII letters, every second byte is 0."""
    head = data[:64]
    few, many = sorted((head[::2].count(0), head[1::2].count(0)))
    return few == 0 and len(head) >= 4 and many * 4 > len(head)


def _has_long_key(text: str) -> bool:
    """A dotted key of thousands of parts would keep tomllib busy for hours, so it is seen before."""
    for line in text.splitlines():
        if line.count(".") <= DEEPEST:
            continue
        heads = [line] if line.lstrip().startswith("[") else line.split("=")[:-1]
        if any(re.split(r"[{,\"']", head)[-1].count(".") > DEEPEST for head in heads):
            return True
    return False


def _is_too_deep(table: dict[str, Any]) -> bool:
    level: list[Any] = [table]
    for _ in range(DEEPEST + 1):
        level = [
            inner
            for value in level
            for inner in (value.values() if isinstance(value, dict) else value)
            if isinstance(inner, (dict, list))
        ]
        if not level:
            return False
    return True
