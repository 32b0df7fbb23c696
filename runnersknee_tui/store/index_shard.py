"""One year of the index as bytes: columns behind a checksum, so that damage is always seen.

A column is a list of its different values and a text with one character for each row, because ten thousand
equal numbers take longer to parse than one text does.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from msgspec import Struct, field

from runnersknee_tui.core.heads import KNEES, About, Effort, Head
from runnersknee_tui.core.record import Knees

VERSION = 1
"""Raised whenever heads, efforts or what they mean change; an older index is then made anew."""

FileMark = tuple[str, int, int]
"""Name, size in bytes, time of change in ns: while these are the same, a file counts as unchanged."""

_FROM_HEAD = 3  # session, day and routine of an effort are those of its head, whose number stands instead
_FIRST, _SURROGATES = 0x30, 0xD800
_WRONG = (TypeError, ValueError, LookupError, OverflowError, AttributeError)


class DamagedError(ValueError):
    """Bytes that are no shard of this version."""


class Shard(Struct):
    """The sessions that started in one UTC year. `seal` tells one state of it from another."""

    marks: list[FileMark] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    seal: int = 0


def pack(shard: Shard) -> bytes:
    """The main file of a year; notes its seal in `shard`."""
    rows = [
        (day.toordinal(), share, about, *((knees.left, knees.right) for knees in pains))
        for _, day, _, share, about, *pains in shard.heads
    ]
    plain = [[head.id for head in shard.heads], [head.active_s for head in shard.heads]]
    marks = [list(column) for column in zip(*shard.marks, strict=True)]
    data = _sealed(marks, plain + _columns(rows))
    shard.seal = zlib.crc32(data)
    return data


def unpack(data: bytes, *, marks: bool = True) -> Shard:
    """A year from its main file, without its marks where they are not needed. Raises DamagedError."""
    marked, headed = _lines(data, 2)
    try:
        known = list(zip(*json.loads(marked), strict=True)) if marks else []
        return Shard(known, _heads(json.loads(headed)), zlib.crc32(data))
    except _WRONG as error:
        raise DamagedError(str(error)) from error


def _heads(plain: list[Any]) -> list[Head]:
    ids, seconds, *coded = plain
    if not coded:
        return []
    days, shares, abouts, *pains = coded
    columns = (
        ids,
        _values(days, date.fromordinal),
        seconds,
        _values(shares),
        _values(abouts, About._make),
        *(_values(column, _knees) for column in pains),
    )
    if len(columns) != len(Head._fields):
        raise DamagedError("another shape")
    # As Head._make does, without a call of Python for each of ten thousand.
    return list(map(partial(tuple.__new__, Head), zip(*columns, strict=True)))


def _knees(pair: list[int | None]) -> Knees:
    return KNEES[pair[0], pair[1]]


def pack_efforts(shard: Shard, efforts: Iterable[Effort]) -> bytes:
    """The second file of a year, made when somebody asks for it; it belongs to one state of the main file."""
    at = {head.id: number for number, head in enumerate(shard.heads)}
    rows = [(at[effort.session], *effort[_FROM_HEAD:]) for effort in efforts if effort.session in at]
    return _sealed(shard.seal, _columns(rows))


def unpack_efforts(data: bytes, shard: Shard) -> list[Effort]:
    """Raises DamagedError, also where the file belongs to another state of the main one."""
    made_of, line = _lines(data, 2)
    if made_of != b"%d" % shard.seal:
        raise DamagedError("not the efforts of these heads")
    try:
        columns = json.loads(line)
        if not columns:
            return []
        of = list(_values(columns[0], shard.heads.__getitem__))
        known = ([head.id for head in of], [head.day for head in of], [head.about.routine for head in of])
        return list(map(Effort, *known, *map(_values, columns[1:])))
    except _WRONG as error:
        raise DamagedError(str(error)) from error


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    return [_coded(column) for column in zip(*rows, strict=True)]


def _coded(column: tuple[Any, ...]) -> tuple[list[Any], str]:
    values: dict[Any, int] = {}
    numbers = [values.setdefault(value, len(values)) for value in column]
    return list(values), "".join([_char(number) for number in numbers])


def _values(column: list[Any], make: Callable[[Any], Any] | None = None) -> Iterator[Any]:
    values, text = column
    made = values if make is None else map(make, values)
    return map(dict(zip(_chars(len(values)), made, strict=True)).__getitem__, text)


def _chars(count: int) -> Iterator[str]:
    """What stands for the first so many values."""
    if _FIRST + count <= _SURROGATES:
        return map(chr, range(_FIRST, _FIRST + count))  # without a call of Python for each
    return map(_char, range(count))


def _char(number: int) -> str:
    code = number + _FIRST
    return chr(code if code < _SURROGATES else code + 0x800)


def _sealed(*parts: Any) -> bytes:
    lines = (json.dumps(part, separators=(",", ":"), ensure_ascii=False) for part in parts)
    body = "\n".join(lines).encode("utf-8", "surrogatepass")
    return b"%d %d\n%b" % (VERSION, zlib.crc32(body), body)


def _lines(data: bytes, count: int) -> list[bytes]:
    head, _, body = data.partition(b"\n")
    lines = body.split(b"\n")
    if head != b"%d %d" % (VERSION, zlib.crc32(body)) or len(lines) != count:
        raise DamagedError("another version, or damaged")
    return lines
