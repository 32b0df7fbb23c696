"""All exercises and routines, the app's own and the user's, and everything that is wrong with their files.

A file with an error is refused whole and the others still load. A user's file whose id the app ships takes its
place. No file, whatever is in it, makes this module raise.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field

from runnersknee_tui.content import exercises as ex
from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.content.files import ID_RULE, as_id, id_of, is_id, read, toml_files
from runnersknee_tui.content.forms import Rules
from runnersknee_tui.content.loaded import Loaded
from runnersknee_tui.content.notebook import Notebook
from runnersknee_tui.content.routines import read_routine
from runnersknee_tui.content.table import Table
from runnersknee_tui.core.model import Catalogue, Exercise, Routine
from runnersknee_tui.core.problem import Problem
from runnersknee_tui.core.toml_text import parse
from runnersknee_tui.core.words import clean, cut

EXERCISES = "exercises"
ROUTINES = "routines"

_EMPTY = "the file is empty; an exercise needs name and reps or hold_s, a routine title and [[exercises]]"

Thing = TypeVar("Thing", Exercise, Routine)


def load_catalogue(assets: Path, user: Path | None = None) -> Loaded:
    """Everything in `assets` and, over it, in the folders exercises and routines of `user`, the config directory."""
    shelf = _Shelf(figures=_figures(assets))
    shelf.add(assets, shipped=True)
    if user is not None:
        shelf.add(user, shipped=False)
    return Loaded(shelf.catalogue(), tuple(shelf.problems))


def check_file(path: Path, catalogue: Catalogue) -> tuple[Problem, ...]:
    """What is wrong with one exercise's or routine's file, were it in the user's folder, beside `catalogue`."""
    table = _open(path, clean(str(path)))
    if isinstance(table, Problem):
        return (table,)
    id_ = id_of(path)
    kind = _kind(path, table)
    if not is_id(id_):
        table.note(None, _bad_name(id_))
    shelf = _shelf_beside(catalogue, path)
    shelf.put(kind, [(id_, table)], shipped=False)
    return tuple(shelf.problems)


def judge(
    kind: str, id_: str, data: bytes, catalogue: Catalogue
) -> tuple[Exercise | Routine | None, tuple[Problem, ...]]:
    """What the bytes of a file would be as `id_` in the user's folder `kind`, beside `catalogue`.

    The thing is None where a problem is an error.
    """
    file = f"{kind}/{clean(id_)}.toml"
    values, problems = parse(data, file)
    if values is None:
        return None, problems
    if not values:
        return None, (Problem(file, None, "", _EMPTY),)
    shelf = _shelf_beside(catalogue)
    shelf.put(kind, [(id_, Table(Notebook(file, data), values))], shipped=False)
    if any(problem.severity == "error" for problem in shelf.problems):
        return None, tuple(shelf.problems)
    things: Mapping[str, Exercise | Routine] = shelf.exercises if kind == EXERCISES else shelf.routines
    return things[id_], tuple(shelf.problems)


def shipped_ids(kind: str) -> frozenset[str]:
    """The ids of what the app ships in the folder `kind`."""
    return frozenset(path.stem for path in toml_files(assets_dir() / kind)[0])


def figure_ids() -> tuple[str, ...]:
    """The figures that an exercise may name."""
    return tuple(sorted(_figures(assets_dir())))


def _shelf_beside(catalogue: Catalogue, path: Path | None = None) -> _Shelf:
    """A shelf that holds `catalogue`; a file of the app's own at `path` does not count as shipped."""
    assets = assets_dir()
    shelf = _Shelf(dict(catalogue.exercises), dict(catalogue.routines), figures=_figures(assets))
    for folder in (EXERCISES, ROUTINES):
        shelf.shipped |= {
            (folder, own.stem)
            for own in toml_files(assets / folder)[0]
            if path is None or not own.samefile(path)
        }
    return shelf


class _Shelf(Struct):
    """What has been loaded so far."""

    exercises: dict[str, Exercise] = field(default_factory=dict)
    routines: dict[str, Routine] = field(default_factory=dict)
    figures: frozenset[str] = frozenset()
    orders: dict[tuple[str, str], int] = field(default_factory=dict)  # by kind and id
    shipped: set[tuple[str, str]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def add(self, folder: Path, *, shipped: bool) -> None:
        """Both kinds of files in `folder`: exercises first, since routines name them."""
        for kind in (EXERCISES, ROUTINES):
            self.put(
                kind,
                self._sources(folder / kind, f"{folder.name}/{kind}" if shipped else kind),
                shipped=shipped,
            )

    def put(self, kind: str, sources: list[tuple[str, Table]], *, shipped: bool) -> None:
        """Files of one kind that are TOML, each with its id."""
        if kind == EXERCISES:
            self._put_exercises(sources, shipped)
        else:
            self._put_routines(sources, shipped)
        for _, table in sources:
            self.problems += table.notebook.problems

    def catalogue(self) -> Catalogue:
        """In the order that the files ask for, then by id."""
        return Catalogue(self._ordered(EXERCISES, self.exercises), self._ordered(ROUTINES, self.routines))

    def _ordered(self, kind: str, things: Mapping[str, Thing]) -> Mapping[str, Thing]:
        ids = sorted(things, key=lambda id_: (self.orders.get((kind, id_), ex.DEFAULT_ORDER), id_))
        return {id_: things[id_] for id_ in ids}

    def _sources(self, folder: Path, shown: str) -> list[tuple[str, Table]]:
        """The files of one folder that are TOML and whose names are ids, each id once."""
        paths, problems = toml_files(folder)
        self.problems += (Problem(shown, None, "", problem) for problem in problems)
        seen: dict[str, str] = {}
        sources = []
        for path in paths:
            file = f"{shown}/{clean(path.name)}"
            id_ = id_of(path)
            if id_.lower() in seen:
                message = f'id "{id_.lower()}" is already used by {seen[id_.lower()]}; the first is kept'
                self.problems.append(Problem(file, None, "", message))
                continue
            if not is_id(id_):
                self.problems.append(Problem(file, None, "", _bad_name(id_)))
                continue
            seen[id_] = file
            table = _open(path, file)
            if isinstance(table, Table):
                sources.append((id_, table))
            else:
                self.problems.append(table)
        return sources

    def _put_exercises(self, sources: list[tuple[str, Table]], shipped: bool) -> None:
        rules = Rules(shipped, frozenset() if shipped else self.figures)
        halves = [ex.draft(id_, table, rules) for id_, table in sources]
        forms = {id_: exercise.form for id_, exercise in self.exercises.items()}
        forms |= {half.id: half.form for half in halves if not half.table.notebook.failed}
        for half in halves:
            exercise = ex.finish(half, forms, self._where)
            if (EXERCISES, half.id) in self.shipped and half.id in self.exercises:
                _check_doses(half.table, exercise, self.exercises[half.id])
            if self._accepts(EXERCISES, half.id, half.order, half.table.notebook, shipped):
                self.exercises[half.id] = exercise

    def _put_routines(self, sources: list[tuple[str, Table]], shipped: bool) -> None:
        ids = frozenset({*self.routines, *(id_ for id_, _ in sources)})
        for id_, table in sources:
            routine, order = read_routine(id_, table, self.exercises, ids, self._where)
            if self._accepts(ROUTINES, id_, order, table.notebook, shipped):
                self.routines[id_] = routine

    def _accepts(self, kind: str, id_: str, order: int | None, notebook: Notebook, shipped: bool) -> bool:
        """Whether the file with this notebook has no error; keeps its place and says what it replaces."""
        if notebook.failed:
            return False
        if order is not None:
            self.orders[kind, id_] = order
        if shipped:
            self.shipped.add((kind, id_))
        elif (kind, id_) in self.shipped:
            notebook.note((), f"takes the place of the app's own {id_}", "note")
        return True

    def _where(self, exercise: str) -> str:
        return "built in" if (EXERCISES, exercise) in self.shipped else f"{EXERCISES}/{exercise}.toml"


def _open(path: Path, file: str) -> Table | Problem:
    """The table in a file, or why there is none; `file` is its name in messages."""
    data = read(path)
    if isinstance(data, str):
        return Problem(file, None, "", data)
    values, problems = parse(data, file)
    if values is None:
        return problems[0]
    return Table(Notebook(file, data), values) if values else Problem(file, None, "", _EMPTY)


def _kind(path: Path, table: Table) -> str:
    """What a file is: its folder says so, or else its keys."""
    folder = path.absolute().parent.name
    if folder in (EXERCISES, ROUTINES):
        return folder
    return ROUTINES if {"exercises", "title"} & table.values.keys() else EXERCISES


def _bad_name(id_: str) -> str:
    proposal = as_id(id_)
    hint = f". For example {proposal}.toml" if proposal else ""
    return f'the file\'s name is the id: use {ID_RULE}, found "{cut(id_)}"{hint}'


def _check_doses(table: Table, new: Exercise, old: Exercise) -> None:
    """What takes the place of the app's own must keep the doses that the app's routines and plans ask for."""
    doses = {dose.id: dose for dose in new.doses}
    missing = [dose.id for dose in old.doses if dose.id not in doses]
    if missing:
        table.note(
            "doses",
            f"expected the doses that the app's own {old.id} has, found no {', '.join(missing)}.\n"
            "Add what is missing, or give the file another name: then it is an exercise of its own",
        )
    for dose in old.doses:
        if dose.id in doses and doses[dose.id].holds_only != dose.holds_only:
            what = "one hold without reps" if dose.holds_only else "reps"
            table.note("doses", f"expected {what} in {dose.id}, as in the app's own {old.id}")


def _figures(assets: Path) -> frozenset[str]:
    return frozenset(path.stem for path in toml_files(assets / "figures")[0])
