"""The bytes of a session's file: JSON that a person can read line by line and a machine can write quickly."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from typing import Any, NoReturn

from runnersknee_tui.core.record import SIDES, RecordError, SessionRecord
from runnersknee_tui.core.record_json import checksum, from_json, to_json

Json = dict[str, Any]


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


_line = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_DECODER = json.JSONDecoder(parse_constant=_no_number)


def encode(record: SessionRecord, old: Json | None = None) -> bytes:
    """One line for each key and each exercise; UTF-8, a line end at the end. Unknown keys of `old` are kept.

    The bytes are read back here, before anybody touches a disk. Raises RecordError for half characters, NaN,
    and anything else that would not come back as it went in.
    """
    try:
        plain = to_json(record)
        if old is not None:
            plain = keep_unknown(old, plain)
        data = layout(plain)
        back = decode(data)
        if back != plain:
            raise RecordError("this session would not be read back as it is")
        from_json(back)
    except RecordError:
        raise
    except (ValueError, TypeError, RecursionError) as error:
        raise RecordError(f"this session cannot be written as JSON: {error}") from error
    return data


def layout(plain: Json) -> bytes:
    """Parsed JSON as the bytes of a file. Raises ValueError, TypeError or RecursionError for what is not JSON."""
    lines = ",\n ".join(f"{_line(key)}: {_value(plain[key])}" for key in plain)
    return f"{{\n {lines}\n}}\n".encode()


def decode(data: bytes) -> Json:
    """The object in the bytes of a file. Raises ValueError with the reason in words."""
    try:
        plain = _DECODER.decode(data.removeprefix(BOM_UTF8).decode())
        if b"\\u" in data:
            json.dumps(plain, ensure_ascii=False).encode()  # an escape may hold half a character
    except UnicodeDecodeError as error:
        raise ValueError("not UTF-8 text") from error
    except UnicodeEncodeError as error:
        raise ValueError("it holds half a character") from error
    except json.JSONDecodeError as error:
        raise ValueError(_not_json(data, error)) from error
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(plain, dict):
        raise ValueError("not a JSON object")
    return plain


def _not_json(data: bytes, error: json.JSONDecodeError) -> str:
    if not data.strip():
        return "the file is empty"
    if not data.strip(b"\0"):
        return "the file holds only zero bytes"
    return f"not complete JSON (line {error.lineno}: {error.msg})"


def keep_unknown(old: Json, new: Json) -> Json:
    """`new`, with the keys of `old` that this version does not know inside objects it knows.

    Unknown keys of the record, its exercises and sets travel in the record itself; this is for the smaller
    objects, which have no room for them.
    """
    _fill(old.get("routine"), new["routine"])
    for moment in ("before", "next_day"):
        _fill(_get(old.get("check_in"), moment), new["check_in"][moment])
    before = old.get("exercises") or []
    if [entry["id"] for entry in before] == [entry["id"] for entry in new["exercises"]]:
        for was, entry in zip(before, new["exercises"], strict=True):
            for part in ("target", "during"):
                _fill(was.get(part), entry[part])
    new["crc32"] = checksum(new)
    return new


def _fill(old: Any, new: Json) -> None:
    if isinstance(old, dict):
        for key in old.keys() - new.keys() - set(SIDES):
            new[key] = old[key]


def _get(table: Any, key: str) -> Any:
    return table.get(key) if isinstance(table, dict) else None


def _value(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n  " + ",\n  ".join(map(_line, value)) + "\n ]"
    return _line(value)
