"""Words that a person or a file may bring, made to break a screen, a terminal or a page."""

from __future__ import annotations

import random
import re

CANARY = "31337"
"""Stands in every escape sequence here, so that one that reaches a terminal can be told from the app's own."""

ESCAPES = (
    f"\x1b[{CANARY}m", f"\x1b[{CANARY};1H", f"\x1b]0;{CANARY}\x07", f"\x1b]52;c;{CANARY}\x1b\\", f"\x1b]8;;x:{CANARY}\x1b\\",
    f"\x1bP{CANARY}\x1b\\", f"\x1b_{CANARY}\x1b\\", f"\x9b{CANARY}m", f"\x9d{CANARY}\x9c", f"\x90{CANARY}\x9c",
    "\x1b[2J", "\x1bc", "\x1b", "\x00", "\x07", "\x08\x08", "\x0b", "\x0c", "\x0e", "\x0f", "\x7f", "\x85", "\r", "\n", "\t",
    "\u202e", "\u2066", "\u2069", "\u200f", "\u061c", "\u2028", "\u2029", "\u200e",
)  # fmt: skip
MARKUP = (
    "[", "]", "[/]", "[bold", "[bold]", "[/bold]", "[red on", "[x=", "[@click=app.quit]quit[/]", "[@click=app.bell()]",
    "[link=file:///etc/passwd]x[/link]", "[[", "\\[", "\\[/]", "[$primary]", "[not a tag]", "[1]", "[a='b", '[a="b"]',
    "x [type=x, v={'a[0]'}]", "[/not-open]", "[b][i]", "[]", "[ ]", "[=]", "[#ff0000]", "[on]", "[dim", "{0}", "{name}", "%s",
    "%(name)s", "$x", "${x}", "`x`", "*x*", "__x__", "# x", "<b>", "</b>", "<script>alert(1)</script>", "<img src=x onerror=y>",
    "&lt;", "&", "'", '"', "-->", "]]>", "=1+1", "+1", "-1", "@x", "|", "||", ";--", "../../x", "/", "\\", "~", "con", "nul",
)  # fmt: skip
LETTERS = (
    "é", "ß", "İ", "ﬁ", "日本語", "한국어", "ไทย", "עברית", "العربية", "हिन्दी", "👍", "👩‍👩‍👧", "🏳️‍🌈", "e\u0301\u0302\u0303", "\u0301", "\ufeff",
    "\u200b", "\u200d", "\u00a0", "\u3000", "\U0001d400", "\U000e0041", "\ufffd", "\U00018d09",
)  # fmt: skip
LONG = ("x" * 10_000, "日" * 3_000, "[" * 2_000, "a " * 2_000)

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def strings(count: int = 500) -> tuple[str, ...]:
    """So many different strings: each piece alone, then mixtures, always the same ones."""
    chance = random.Random(31337)
    pieces = (*ESCAPES, *MARKUP, *LETTERS)
    found = dict.fromkeys((*pieces, *LONG))
    while len(found) < count:
        mixed = chance.choices(pieces, k=chance.randint(2, 5))
        found["".join(part + chance.choice(("", " ", "a")) for part in mixed)] = None
    return tuple(found)[:count]


def one_line(count: int = 500, longest: int = 60) -> tuple[str, ...]:
    """Strings that a name or a title can hold: what else is in them, they are short and no line break is."""
    short = (text for text in strings(2 * count) if text.strip() and len(text) <= longest)
    return tuple(text for text in short if len(text.splitlines()) == 1)[:count]


def dangers(text: str) -> set[str]:
    """The characters of a text for a terminal that could do something to it; line ends are fine."""
    return {
        char
        for char in text
        if (ord(char) < 0x20 and char != "\n")
        or 0x7F <= ord(char) < 0xA0
        or char in _BIDI
        or 0xD800 <= ord(char) < 0xE000
    }


_CONTROLS = re.compile(rb"[\x00-\x06\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]|\xc2[\x80-\x9f]")
_FOREIGN = re.compile(rb"\x1b[^a-zA-Z\\]{0,12}" + CANARY.encode())
_FULL_RESET = re.compile(rb"\x1bc|\x1b\[2J|\x1bP|\x1b_|\x1b\]52")


def leaks(wire: bytes) -> list[bytes]:
    """What of such words has reached a terminal as something that it obeys."""
    bidi = [char.encode() for char in _BIDI if char.encode() in wire]
    return [*_CONTROLS.findall(wire), *_FOREIGN.findall(wire), *_FULL_RESET.findall(wire), *bidi]
