"""What tomllib's errors mean for the person who wrote the file, and what mends them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from runnersknee_tui.core.problem import Problem
from runnersknee_tui.core.toml_lines import scan
from runnersknee_tui.core.words import clean, control_name, cut

_PLACE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_KEY = re.compile(r"\s*(?P<key>[\w.-]+)\s*(?P<sign>[=:])\s*(?P<value>.*?)\s*$")
_LONGEST_ROW = 2000  # what people write is shorter; of what they did not, the beginning tells enough
_LONG = ('"""', "'''")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def explain(error: str, text: str, file: str) -> Problem:
    """The problem behind tomllib's message `error` about `text`; `file` as messages name it."""
    text = text.replace("\r\n", "\n")
    found = _whole_text(text) or _given_twice(error, text) or _number_too_large(error, text)
    if found:
        return Problem(file, found[0], "", found[1])
    plain = _PLACE.sub("", error)
    place = _PLACE.search(error)
    rows = [row[:_LONGEST_ROW] for row in text.split("\n")]
    line, column = len(text.rstrip().split("\n")), None
    if place and place["line"]:
        line, column = int(place["line"]), int(place["column"])
    elif plain.startswith("Cannot"):
        return Problem(file, None, "", f"not TOML: {clean(plain[:1].lower() + plain[1:])}")
    row = rows[line - 1] if line <= len(rows) else ""
    message = _control(row) or _about_row(row, column)
    if message is None:
        line, message = _opened(plain, rows, line) or (line, _bare(row))
    if message is None:
        message = f"not TOML: {clean(plain[:1].lower() + plain[1:])}, found {cut(row.strip())}"
    return Problem(file, line, "", message)


def _whole_text(text: str) -> tuple[int | None, str] | None:
    """Mistakes that concern the file as a whole."""
    if re.match(r"\s*(\{|\[\s*[{\]])", text):
        return None, "this looks like JSON, not TOML"
    if "\r" in text:
        if "\n" not in text:
            return None, "old Mac line ends; save with LF"
        at = text.index("\r")
        return text.count("\n", 0, at) + 1, "old Mac line end in this line; save with LF"
    if text and not text.strip("\0"):
        return None, "filled with NUL bytes; nothing of the file is left. Restore it from a copy"
    return None


def _given_twice(error: str, text: str) -> tuple[int, str] | None:
    if not error.startswith(("Cannot", "Duplicate")):
        return None
    seen: dict[tuple[object, ...], int] = {}
    for mark in scan(text):
        if mark.kind == "entry":
            continue
        if mark.path not in seen:
            seen[mark.path] = mark.line
            continue
        first = seen[mark.path]
        name = clean(".".join(part for part in mark.path if isinstance(part, str)))
        if mark.kind == "table":
            return mark.line, f"[{name}] appears twice (first in line {first}); use [[{name}]] for a list"
        return mark.line, f'the key "{name}" is given twice (lines {first} and {mark.line})'
    return None


def _number_too_large(error: str, text: str) -> tuple[int, str] | None:
    if "integer string conversion" not in error:
        return None
    long = re.search(r"(?<![\d_])[\d_]{4301,}", text)
    if long is None:
        return None
    row = text[text.rfind("\n", 0, long.start()) + 1 : long.start()]
    key = _KEY.match(row)
    return text.count("\n", 0, long.start()) + 1, (f"{key['key']}: " if key else "") + "number too large"


def _control(row: str) -> str | None:
    for char in row:
        name = control_name(char)
        if name and char != "\t" and ord(char) < 0x80:
            return f"control character {name} (0x{ord(char):02x}) is not allowed"
    return None


def _about_row(row: str, column: int | None) -> str | None:
    pair = _KEY.match(row)
    if pair is None:
        return _unclosed(row)
    key, sign, value = cut(pair["key"]), pair["sign"], pair["value"]
    if not key.isascii():
        return f'expected a key of a-z, 0-9, "_" and "-" before "=", found {key}'
    curly = re.search("[“”„‘’]", value)
    if curly and not re.match("[\"']", value):
        return f'found curly quotes {curly[0]}; use straight quotes "'
    if sign == ":":
        return f'TOML uses "=", not ":". {key} = {_quoted(value)}'
    for pattern, answer in _VALUES:
        found = re.match(pattern, value)
        if found and (message := answer(key, found)):
            return message
    if column is not None and (escape := _escape(row, column)):
        return escape
    return _unclosed(row)


def _bare(row: str) -> str | None:
    word = row.strip()
    name, equals, _ = (part.strip() for part in word.partition("="))
    if equals and re.search(r"[^\w.-]", name) and not re.search("[\"'\\[]", name):
        return f'expected a key of a-z, 0-9, "_" and "-" before "=", found {cut(name)}'
    if word.startswith("[") or not re.match(r"[\w\s.'-]+$", word):
        return None
    return f'expected a key, "=" and a value, found {cut(word)}'


def _quoted(value: str) -> str:
    return cut(value) if re.match(r"([\"'\[{]|[\d.+-]+$|(true|false)$)", value) else f'"{cut(value)}"'


def _escape(row: str, column: int) -> str | None:
    """A backslash that stands just before the place of the error."""
    surrogate = re.search(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\U[0-9a-fA-F]{8}", row[:column])
    if surrogate:
        return f"{surrogate[0]} is not a character"
    if "\\" in row[max(0, column - 3) : column]:
        return "a backslash in \"…\" begins an escape; write it twice, or use single quotes '…'"
    return None


def _unclosed(row: str) -> str | None:
    """A text that does not end in its line."""
    if any(row.count(mark) % 2 for mark in _LONG):
        return None
    rest = re.sub(r"\"(?:\\.|[^\"\\])*\"|'[^']*'", lambda text: " " * len(text[0]), row)
    found = re.match(r"[^\"'#]*([\"'])", rest)
    if found is None:
        return None
    return f"the text starting at column {found.start(1) + 1} is not closed with {found[1]}"


def _opened(plain: str, rows: list[str], line: int) -> tuple[int, str] | None:
    """The list, table or text that `plain` finds without an end: where it began."""
    look = next((look for begin, look in _OPENERS if plain.startswith(begin)), None)
    if look is None:
        return None
    for number in range(min(line, len(rows)), max(0, line - 500), -1):
        message = look(rows[number - 1])
        if message:
            return number, message
    return None


def _open_text(row: str) -> str | None:
    for mark in _LONG:
        if row.count(mark) % 2:
            return f"the text starting at column {row.index(mark) + 1} is not closed with {mark}"
    return _unclosed(row)


def _open_list(row: str) -> str | None:
    found = re.match(r"\s*([\w.-]+)\s*=\s*\[", row)
    return f"{cut(found[1])}: the list lacks a comma or its closing ]" if found else None


def _open_table(row: str) -> str | None:
    found = re.match(r"\s*([\w.-]+)\s*=\s*\{", row)
    if found is None:
        return None
    return f"{cut(found[1])}: {{ … }} must stand in one line, with commas and without one at its end"


def _open_header(row: str) -> str | None:
    found = re.match(r"\s*(\[+)", row)
    return f"the header {cut(row.strip())} lacks its closing {']' * len(found[1][:2])}" if found else None


_OPENERS: tuple[tuple[str, Callable[[str], str | None]], ...] = (
    ("Unterminated", _open_text),
    ("Expected \"'", _open_text),
    ("Unclosed array", _open_list),
    ("Unclosed inline", _open_table),
    ("Invalid initial", _open_table),
    ("Expected ']", _open_header),
)
"""Which error of tomllib means that something was opened, and how to know the row where that was."""


def _no_day(key: str, found: re.Match[str]) -> str | None:
    year, month, day = (int(part) for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        if 1 <= month <= 12 and year > 0:
            return f"{key}: {day} {_MONTHS[month - 1]}{f' {year}' if (month, day) == (2, 29) else ''} does not exist"
        return f"{key}: expected a date such as 2026-03-29, found {found[0]}"
    return None


_UNITS = dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1) | dict.fromkeys(
    ("m", "min", "mins", "minute", "minutes"), 60
)


def _with_unit(key: str, found: re.Match[str]) -> str:
    name = f"{key}_s" if key in ("hold", "rest", "concentric", "eccentric") else key
    seconds = _UNITS.get(found[2].lower())
    if seconds and name.endswith("_s"):
        number = f"{float(found[1]) * seconds:g}"
        return f"a value ends and something follows it. Times are plain seconds: {name} = {number}"
    return f"a value ends and something follows it: {cut(found[2])}. Numbers stand alone: {key} = {found[1]}"


_VALUES: tuple[tuple[str, Callable[[str, re.Match[str]], str | None]], ...] = (
    (r"(#.*)?$", lambda key, _: f"{key}: a value is missing after ="),
    (r"(\d{4})-(\d\d)-(\d\d)", _no_day),
    (r"\d{1,2}:\d\d(:\d\d)?", lambda key, found: f"{key}: expected a time such as 07:30:00, found {found[0]}"),
    (r"(True|TRUE|False|FALSE)\b", lambda _, found: f"use true or false in lower case, found {found[1]}"),
    (r"(?i)(yes|no|on|off)\s*(#.*)?$", lambda key, found: f"{key}: use true or false, found {found[1]}"),
    (r"(?i)(none|null|nil)\s*(#.*)?$", lambda key, _: f"{key}: TOML has no empty value; leave the line out"),
    (r"([+-]?)0+(\d+)\s*(#.*)?$", lambda _, found: f"write {found[1]}{found[2]}, not {found[1]}0{found[2]}"),
    (r"([+-]?\d+),(\d+)\s*(#.*)?$", lambda _, found: f"write {found[1]}.{found[2]}, not {found[1]},{found[2]}"),
    (r"\.\d+\s*(#.*)?$", lambda _, found: f"write 0{found[0]}, not {found[0]}"),
    (r"(\d+)\.\s*(#.*)?$", lambda _, found: f"write {found[1]}.0, not {found[1]}."),
    (r"(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)\s*(#.*)?$", lambda key, found: f"{key}: write a range as a list: [{found[1]}, {found[2]}]"),
    (r"(\d+(?:\.\d+)?)\s*([^\W\d]+)", _with_unit),
    (r"([^\W\d][^#\"']*?)\s*(#.*)?$", lambda key, found: f'text needs quotes: {key} = "{cut(found[1])}"'),
    (r"(\"[^\"]*\"|'[^']*'|[\d.]+|true|false)\s+[^#\s]", lambda key, _: f"{key}: a value ends and something follows it. One key a line"),
)  # fmt: skip
"""What people write after "=" by habit, first match first."""
