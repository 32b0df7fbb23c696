"""A TOML table read with a notebook at hand: wrong values are noted and stood in for, so that all of them show.

Every reader returns a value of the promised type. What it returns after a note is never used: a file with one
error is refused whole, because a guessed exercise plan may hurt a knee.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from runnersknee_tui.content.files import ID_RULE, as_id, is_id
from runnersknee_tui.content.notebook import Notebook, key_path
from runnersknee_tui.core.model import Span
from runnersknee_tui.core.toml_lines import Path
from runnersknee_tui.core.words import clean, control_name, cut, did_you_mean, nearest, show

PROSE = 600
"""Characters that a sentence or paragraph may have."""

Choice = TypeVar("Choice", bound=StrEnum)
_ALIASES = {"name": ("title", "exercise"), "title": ("name", "routine"), "id": ("exercise", "name")}


def hint(word: str, names: Sequence[str]) -> str:
    """What a wrong word may have meant: the nearest name, or all there are."""
    return did_you_mean(word, names) or f" Known here: {', '.join(map(clean, names)) or 'none'}"


class Table:
    """One table of a file, at `path`."""

    def __init__(self, notebook: Notebook, values: dict[str, Any], path: Path = ()) -> None:
        self.notebook = notebook
        self.values = values
        self.path = path

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def note(self, key: str | int | None, message: str) -> None:
        self.notebook.note(self.path if key is None else (*self.path, key), message)

    # --- keys ------------------------------------------------------------------------------------------------

    def check_keys(self, what: str, known: Iterable[str], required: Iterable[str] = ()) -> None:
        """Notes keys that nobody reads and required ones that are not there; `what` names the table's kind."""
        known = tuple(known)
        unknown = [key for key in self.values if key not in known]
        for key in required:
            if key in self.values:
                continue
            meant = next((name for name in _ALIASES.get(key, ()) if name in unknown), None)
            meant = meant or nearest(key, unknown)
            found = ", ".join(cut(name, 30) for name in list(self.values)[:8]) or "none"
            message = f'{what} needs "{key}". Keys found: {found}.'
            if meant is not None:
                unknown.remove(meant)
                message += f" Did you mean {key} for {cut(meant)}?"
            self.note(meant, message)
        for key in unknown:
            self.note(key, f"unknown key.{hint(key, [name for name in known if name not in self.values])}")

    # --- texts -----------------------------------------------------------------------------------------------

    def text(self, key: str, default: str = "", *, limit: int = PROSE) -> str:
        """Prose: line ends in it count as spaces. May be empty."""
        if key not in self.values:
            return default
        return self._prose(key, self.values[key], limit)

    def line_text(self, key: str, default: str = "", *, limit: int = 80) -> str:
        """A name or title: 1 to `limit` characters on one line."""
        return self._one_line(key, self.values[key], limit) if key in self.values else default

    def texts(self, key: str, default: tuple[str, ...] = (), *, limit: int = PROSE) -> tuple[str, ...]:
        """A list of at least one text, none of them empty."""
        values = self._list(key, default)
        if key in self.values and values == []:
            self.note(key, 'expected at least one text: ["…"], found an empty list')
        return tuple(
            self._one_line(key, value, limit, index)
            if limit <= 80
            else self._prose(key, value, limit, index, least=1)
            for index, value in enumerate(values)
        )

    def names(self, key: str, allowed: Sequence[str], default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of names out of `allowed`."""
        values = self._list(key, default)
        for index, value in enumerate(values):
            self._one_of((*self.path, key, index), value, allowed)
        return tuple(str(value) for value in values)

    def choice(self, key: str, kind: type[Choice], default: Choice) -> Choice:
        """One of the words of an enumeration."""
        if key not in self.values:
            return default
        word = self.word(key, [str(member) for member in kind])
        return default if word is None else kind(word)

    def word(self, key: str, allowed: Sequence[str]) -> str | None:
        """One of `allowed`; None where the key is not there."""
        value = self.values.get(key)
        if value is None or not self._one_of((*self.path, key), value, allowed):
            return None
        return str(value)

    def id(self, key: str, default: str = "") -> str:
        """An id: a-z, 0-9 and "-"."""
        value = self.values.get(key, default)
        if isinstance(value, str) and (is_id(value) or key not in self.values):
            return value
        proposal = as_id(value) if isinstance(value, str) else None
        found = f'"{cut(value)}"' if isinstance(value, str) else show(value)
        self.note(key, f"use {ID_RULE}, found {found}" + (f". For example {proposal}" if proposal else ""))
        return default

    def _one_of(self, path: Path, value: object, allowed: Sequence[str]) -> bool:
        if isinstance(value, str) and value in allowed:
            return True
        near = did_you_mean(value, allowed) if isinstance(value, str) else ""
        found = f'"{cut(value)}"' if isinstance(value, str) else show(value)
        self.notebook.note(path, f"expected one of {', '.join(allowed)}; found {found}{near and '.' + near}")
        return False

    def _string(self, path: Path, value: object) -> str | None:
        """The text of a value, its controls noted; None where it is none."""
        if not isinstance(value, str):
            fix = f'. Put it in quotes: "{show(value)}"' if isinstance(value, (int, float)) else ""
            self.notebook.note(path, f"expected text, found {show(value)}{fix}")
            return None
        for place, char in enumerate(value, 1):
            name = control_name(char)
            if name and char not in "\t\r\n":
                self.notebook.note(
                    path, f"control characters are not allowed, found {name} at character {place}"
                )
                return None
        return value

    def _prose(self, key: str, value: object, limit: int, index: int | None = None, *, least: int = 0) -> str:
        path = (*self.path, key) if index is None else (*self.path, key, index)
        text = self._string(path, value)
        if text is None:
            return ""
        text = clean(" ".join(text.split()))
        if not least <= len(text) <= limit:
            self.notebook.note(path, f"expected {least} to {limit} characters, found {len(text)}")
        return text

    def _one_line(self, key: str, value: object, limit: int, index: int | None = None) -> str:
        path = (*self.path, key) if index is None else (*self.path, key, index)
        raw = self._string(path, value)
        if raw is None:
            return ""
        text = raw.strip()
        found = None
        if not text:
            found = "only spaces" if raw else "an empty text"
        elif len(text) > limit:
            found = str(len(text))
        elif breaks := [place for place, char in enumerate(text, 1) if char in "\n\r\u2028\u2029"]:
            found = f"a line end at character {breaks[0]}"
        if found:
            self.notebook.note(path, f"expected 1 to {limit} characters on one line, found {found}")
        return clean(text)

    # --- numbers ---------------------------------------------------------------------------------------------

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self.values.get(key, default)
        if isinstance(value, bool):
            return value
        self.note(key, f"expected true or false, found {show(value)}")
        return default

    def whole(self, key: str, lo: int, hi: int) -> int | None:
        """A whole number from `lo` to `hi`; None where the key is not there."""
        value = self._number(key, lo, hi, whole=True, unit="")
        return None if value is None else int(value)

    def number(self, key: str, lo: float, hi: float, unit: str = " of seconds") -> float | None:
        """A number, fractions and all, from `lo` to `hi`; None where the key is not there."""
        return self._number(key, lo, hi, whole=False, unit=unit)

    def span(self, key: str, lo: float, hi: float, *, whole: bool, unit: str = "") -> Span | None:
        """A range [lo, hi], or one number for both ends; None where the key is not there."""
        value = self.values.get(key)
        if not isinstance(value, list):
            number = self._number(key, lo, hi, whole=whole, unit=unit)
            return None if number is None else Span(number, number)
        if len(value) != 2:
            self.note(key, f"expected a number, or a range such as [2, 3], found {show(value)}")
            return None
        ends = [
            self._checked((*self.path, key, index), end, lo, hi, whole, unit)
            for index, end in enumerate(value)
        ]
        first, last = ends
        if first is None or last is None:
            return None
        if first > last:
            self.note(key, f"expected the lower number first: [{show(last)}, {show(first)}]")
            return None
        return Span(first, last)

    def _number(self, key: str, lo: float, hi: float, *, whole: bool, unit: str) -> float | None:
        if key not in self.values:
            return None
        return self._checked((*self.path, key), self.values[key], lo, hi, whole, unit)

    def _checked(
        self, path: Path, value: object, lo: float, hi: float, whole: bool, unit: str
    ) -> float | None:
        right: tuple[type, ...] = (int,) if whole else (int, float)
        if not isinstance(value, right) or isinstance(value, bool) or value != value:
            kind = f"a {'whole ' if whole else ''}number{unit}"
            fix = ". Remove the quotes" if isinstance(value, str) and _is_number(value) else ""
            self.notebook.note(path, f"expected {kind}, found {show(value)}{fix}")
            return None
        assert isinstance(value, (int, float))
        if lo <= value <= hi:
            return value
        hour = " (1 hour)" if hi == 3600 else ""
        if value > hi and hour:
            self.notebook.note(path, f"expected at most {hi:g}{hour}, found {show(value)}")
        else:
            self.notebook.note(path, f"expected {lo:g} to {hi:g}, found {show(value)}")
        return None

    # --- tables ----------------------------------------------------------------------------------------------

    def table(self, key: str) -> Table | None:
        """The table at `key`; None where the key is not there."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.note(key, f'expected a table such as {{ both = "…" }}, found {show(value)}')
            return None
        return Table(self.notebook, value, (*self.path, key))

    def tables(self, key: str) -> list[Table]:
        """The [[key]] blocks; none where the key is not there. A list that is there holds at least one."""
        value = self.values.get(key)
        if value is None:
            return []
        block = key_path((*(part for part in self.path if isinstance(part, str)), key))
        if isinstance(value, dict):
            self.note(
                key,
                f"expected at least one [[{block}]] block; found a single [{block}] table: double the brackets",
            )
            return []
        if not isinstance(value, list) or not value:
            self.note(key, f"expected at least one [[{block}]] block, found {show(value)}")
            return []
        rows = []
        for index, row in enumerate(value):
            if isinstance(row, dict):
                rows.append(Table(self.notebook, row, (*self.path, key, index)))
            else:
                self.notebook.note(
                    (*self.path, key, index), f"expected a [[{block}]] block, found {show(row)}"
                )
        return rows

    def _list(self, key: str, default: tuple[str, ...]) -> Sequence[object]:
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, list):
            self.note(key, f'expected a list such as ["…", "…"], found {show(value)}')
            return default
        if len(value) > 50:
            self.note(key, f"expected at most 50 entries, found {len(value)}")
            return default
        return value


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
