"""Words from outside (files, file names, people) made safe for a terminal, and words about values."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, time

CUT = 60
"""So many characters of a foreign text fit into a message."""

_C0 = [
    "NUL",
    "SOH",
    "STX",
    "ETX",
    "EOT",
    "ENQ",
    "ACK",
    "BEL",
    "BS",
    "TAB",
    "LF",
    "VT",
    "FF",
    "CR",
    "SO",
    "SI",
    "DLE",
    "DC1",
    "DC2",
    "DC3",
    "DC4",
    "NAK",
    "SYN",
    "ETB",
    "CAN",
    "EM",
    "SUB",
    "ESC",
    "FS",
    "GS",
    "RS",
    "US",
]
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SAFE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},  # the control pictures: ␀ ... ␛ ...
    **dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " "),
    0x7F: "␡",
    **{code: f"\\x{code:02x}" for code in range(0x80, 0xA0) if code != 0x85},
    **dict.fromkeys(_BIDI, "�"),
}
_SAFE_LINES = {**_SAFE, 0x0A: "\n"}
_JSON_ESCAPES = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), *_BIDI)}


def clean(text: str, *, lines: bool = False) -> str:
    """Any text, harmless for a terminal: nothing left in it moves the cursor, recolours or turns the text round.

    Controls become visible signs, marks of text direction become �, undecodable bytes of a file name (which
    Python keeps as surrogates) become \\xff. Line ends and tabs become spaces; with `lines`, "\\n" stays.
    """
    if text.isascii() and text.isprintable():
        return text
    if lines:
        text = text.replace("\r\n", "\n")
    return "".join(map(_no_surrogate, text.translate(_SAFE_LINES if lines else _SAFE)))


def harmless_json(text: str) -> str:
    """JSON text with all that a terminal would obey written as escapes: the same document to every reader."""
    return text.translate(_JSON_ESCAPES)


def _no_surrogate(char: str) -> str:
    code = ord(char)
    if not 0xD800 <= code <= 0xDFFF:
        return char
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else "�"


def control_name(char: str) -> str | None:
    """The name of a control character ("ESC", "0x9b"), None for any other character."""
    code = ord(char)
    if code < 0x20:
        return _C0[code]
    if code == 0x7F:
        return "DEL"
    return f"0x{code:02x}" if 0x80 <= code < 0xA0 else None


def cut(text: str, limit: int = CUT) -> str:
    """`text` made safe and at most `limit` characters long; "…" stands for what was left out."""
    text = clean(text[: limit + 1])
    return text if len(text) <= limit else text[: limit - 1] + "…"


def show(value: object) -> str:
    """A value from a TOML file in words: `the text "30"`, `true`, `12.5`, `a list of 3`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'the text "{cut(value)}"'
    if isinstance(value, int):
        return str(value) if abs(value) < 10**18 else "a very large number"
    if isinstance(value, float):
        return format(value, ".15g") if math.isfinite(value) else str(value)
    if isinstance(value, date):  # a date-time is a date, too
        return f"the date {value.isoformat()}"
    if isinstance(value, time):
        return f"the time {value.isoformat()}"
    if isinstance(value, list):
        return f"a list of {len(value)}" if value else "an empty list"
    return "a table" if isinstance(value, dict) else "nothing"


def whole(number: float | None) -> float | int | None:
    """A number as people write it: 5 rather than 5.0."""
    return int(number) if number is not None and number == int(number) else number


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The one of `names` that was most likely meant by `word`, or None where none comes close."""
    import difflib  # costs a millisecond, and only wrong files need it

    by_fold = {name.casefold(): name for name in names}
    found = difflib.get_close_matches(word[:CUT].casefold(), by_fold, n=1, cutoff=0.55)
    return by_fold[found[0]] if found else None


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """ " Did you mean x?" with the space before it, or nothing."""
    found = nearest(word, names)
    return f" Did you mean {clean(found)}?" if found else ""
