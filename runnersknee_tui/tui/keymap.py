"""The keys of all screens by the ids of their actions, and whether a person's own keymap fits them."""

from __future__ import annotations

import pkgutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module

from msgspec import Struct
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import KEY_NAME_REPLACEMENTS, Keys
from textual.screen import ModalScreen, Screen

from runnersknee_tui.core.words import cut, did_you_mean
from runnersknee_tui.tui import screens
from runnersknee_tui.tui.widgets.page import Page
from runnersknee_tui.tui.widgets.rows import Choices

_NAMED = frozenset(key.value for key in Keys) | frozenset(KEY_NAME_REPLACEMENTS.values())


class Action(Struct, frozen=True):
    """Something a key does: its id, its keys as they come, and what it does in words."""

    id: str
    keys: tuple[str, ...]
    what: str

    @property
    def place(self) -> str:
        """Where it works: the part of the id before the dot."""
        return self.id.partition(".")[0]


def normal(keys: str) -> tuple[str, ...]:
    """Keys as a file has them ("p, ?") by the names that Textual gives them."""
    keymap = App._normalize_keymap({"": ",".join(key.strip() for key in keys.split(","))})  # noqa: SLF001
    return tuple(key for key in keymap[""].split(",") if key)


def is_key(key: str) -> bool:
    """Whether a terminal can send a key of this name."""
    bare = key.removeprefix("ctrl+").removeprefix("alt+").removeprefix("shift+")
    if len(bare) == 1 or key in _NAMED or bare in _NAMED:
        return True
    try:
        unicodedata.lookup(bare.replace("_", " "))
    except KeyError:
        return False
    return True


@cache
def actions() -> Mapping[str, Action]:
    """Every action that has an id, whatever screen it is on. Imports all screens."""
    found: dict[str, Action] = {}
    for group in _groups():
        for id_, action in group.items():
            found.setdefault(id_, action)
    return found


def judge(keymap: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What of a keymap can be used, and one sentence for everything that cannot.

    A key that one screen would have for two actions is refused to both, which then keep their own.
    """
    known = actions()
    wrong: list[str] = []
    used: dict[str, tuple[str, ...]] = {}
    for id_, text in keymap.items():
        keys = normal(text)
        if id_ not in known:
            wrong.append(f'no action "{cut(id_)}".{did_you_mean(id_, known)}')
        elif bad := [key for key in keys if not is_key(key)]:
            wrong.append(f'{id_}: "{cut(bad[0])}" is no key; the default is used')
        elif keys:
            used[id_] = keys
    while clash := next(_clashes(used), None):
        key, first, second = clash
        wrong.append(f'"{key}" is bound to both {first} and {second}; the default is used')
        for id_ in (first, second):
            used.pop(id_, None)
    return {id_: ",".join(keys) for id_, keys in used.items()}, tuple(wrong)


def _clashes(used: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    """Key and two ids, where one screen would have both and the keymap is to blame."""
    for group in _groups():
        holders: dict[str, str] = {}
        for id_, action in group.items():
            for key in used.get(id_, action.keys):
                other = holders.setdefault(key, id_)
                if other != id_ and (id_ in used or other in used):
                    yield key, other, id_


@cache
def _groups() -> tuple[Mapping[str, Action], ...]:
    """The actions that are there at the same time: those of a screen, of its lists and of the app.

    A dialog keeps the keys of the app away.
    """
    from runnersknee_tui.tui.app import RunnersKneeApp

    for module in pkgutil.iter_modules(screens.__path__):
        import_module(f"{screens.__name__}.{module.name}")
    app = _of(RunnersKneeApp)
    lists = _of(Choices)
    pages = [
        {
            **_of(kind),
            **(lists if issubclass(kind, Page) else {}),
            **({} if issubclass(kind, ModalScreen) else app),
        }
        for kind in _below(Screen)
        if kind.__module__.startswith(screens.__name__)
    ]
    return (*pages, *(_of(kind) for kind in _below(Choices)))


def _below(kind: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for child in sorted(kind.__subclasses__(), key=lambda one: (one.__module__, one.__qualname__)):
        yield child
        yield from _below(child)


def _of(kind: type[DOMNode]) -> dict[str, Action]:
    """The bindings of a class and of those it inherits from, as actions."""
    merged = kind._merged_bindings  # noqa: SLF001 - Textual puts them together and has no other door to them
    bindings: Iterable[Binding] = (
        binding for listed in (merged.key_to_bindings.values() if merged else ()) for binding in listed
    )
    keys: dict[str, list[str]] = {}
    what: dict[str, str] = {}
    for binding in bindings:
        if binding.id:
            keys.setdefault(binding.id, []).append(binding.key)
            what.setdefault(binding.id, binding.tooltip or binding.description)
    return {id_: Action(id_, tuple(keys[id_]), what[id_]) for id_ in keys}
