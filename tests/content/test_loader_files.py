"""Folders hold more than files that people wrote: pipes, links, odd names, files that cannot be read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.content.files import as_id, is_id
from runnersknee_tui.content.loader import check_file, load_catalogue
from runnersknee_tui.core.model import Catalogue

GOOD = b'title = "Lunch"\n[[exercises]]\nid = "plank"\n'


@pytest.fixture
def routines(tmp_path: Path) -> Path:
    folder = tmp_path / "routines"
    folder.mkdir()
    return folder


def said(routines: Path) -> list[str]:
    return [str(problem) for problem in load_catalogue(assets_dir(), routines.parent).problems]


def ids(routines: Path) -> set[str]:
    return {*load_catalogue(assets_dir(), routines.parent).catalogue.routines}


def test_what_is_not_a_regular_file_is_skipped_unread(routines: Path, catalogue: Catalogue) -> None:
    os.mkfifo(routines / "a.toml")
    (routines / "b.toml").mkdir()
    (routines / "c.toml").symlink_to("nowhere.toml")
    (routines / "d.toml").symlink_to("d.toml")
    (routines / "e.toml").symlink_to("/dev/zero")
    assert said(routines) == [
        "routines/a.toml: not a regular file (a named pipe); skipped",
        "routines/b.toml: not a regular file (a folder); skipped",
        "routines/c.toml: a link to a file that is not there; skipped",
        "routines/d.toml: cannot be read: Too many levels of symbolic links; skipped",
        "routines/e.toml: not a regular file (a device); skipped",
    ]
    (problem,) = check_file(routines / "a.toml", catalogue)
    assert str(problem).endswith("not a regular file (a named pipe); skipped")


def test_a_file_without_permission(routines: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (routines / "a.toml").write_bytes(GOOD)
    assets = load_catalogue(assets_dir())
    monkeypatch.setattr(os, "open", refuse)
    (problem,) = check_file(routines / "a.toml", assets.catalogue)
    assert str(problem) == f"{routines}/a.toml: cannot be read: Permission denied; skipped"


def test_a_file_that_is_not_there(routines: Path, catalogue: Catalogue) -> None:
    assert [str(p) for p in check_file(routines / "a.toml", catalogue)] == [
        f"{routines}/a.toml: no such file"
    ]
    (problem,) = check_file(Path("a\0b.toml"), catalogue)
    assert str(problem) == "a␀b.toml: cannot be read: embedded null byte; skipped"


def test_a_file_of_more_than_one_megabyte_is_not_read(routines: Path) -> None:
    with (routines / "a.toml").open("wb") as stream:
        stream.truncate(14_200_000)
    assert said(routines) == ["routines/a.toml: 14.2 MB; the limit is 1 MB"]


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "routines").write_bytes(GOOD)
    assert said(tmp_path / "routines") == ["routines: expected a folder, found a file"]


def test_links_to_files_are_followed(routines: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(GOOD)
    (routines / "a.toml").symlink_to(tmp_path / "elsewhere")
    assert said(routines) == []
    assert "a" in ids(routines)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Wall Sit.toml", 'use a-z, 0-9 and "-", found "Wall Sit". For example wall-sit.toml'),
        ("con.toml", 'use a-z, 0-9 and "-", found "con"'),
        ("a..b.toml", 'use a-z, 0-9 and "-", found "a..b". For example a-b.toml'),
        ("a\x1b[2J.toml", 'use a-z, 0-9 and "-", found "a␛[2J". For example a-2j.toml'),
        ("å.TOML", 'use a-z, 0-9 and "-", found "å"'),
    ],
)
def test_names_that_are_no_ids(routines: Path, catalogue: Catalogue, name: str, words: str) -> None:
    (routines / name).write_bytes(GOOD)
    (problem,) = load_catalogue(assets_dir(), routines.parent).problems
    assert problem.message == f"the file's name is the id: {words}"
    assert problem.file.isprintable()
    (checked,) = check_file(routines / name, catalogue)
    assert checked.message == problem.message


@pytest.mark.skipif(sys.platform == "darwin", reason="its file system refuses such names")
def test_a_name_that_is_not_utf_8_is_shown_and_loads(routines: Path) -> None:
    path = os.fsencode(routines) + b"/\xff.toml"
    with open(path, "wb") as stream:  # noqa: PTH123 a Path of bytes there is none
        stream.write(GOOD)
    assert "xff" in ids(routines)
    with open(path, "wb") as stream:  # noqa: PTH123
        stream.write(b"title = 3")
    assert [word.split(":")[0] for word in said(routines)] == ["routines/\\xff.toml"] * 2


def test_an_id_counts_once_whatever_its_case(routines: Path) -> None:
    (routines / "lunch.toml").write_bytes(GOOD)
    (routines / "Lunch.toml").write_bytes(GOOD)
    (routines / "lunch.TOML").write_bytes(GOOD)
    if len(list(routines.iterdir())) < 3:
        pytest.skip("this file system knows no case")
    problems = load_catalogue(assets_dir(), routines.parent).problems
    assert {problem.message for problem in problems} == {
        'id "lunch" is already used by routines/lunch.toml; the first is kept',
    }
    assert len(problems) == 2
    assert "lunch" in ids(routines)


def test_files_of_editors_and_other_kinds_are_left_alone(routines: Path, catalogue: Catalogue) -> None:
    for name in (".lunch.toml", "._lunch.toml", "lunch.toml~", "lunch.txt", ".#lunch.toml"):
        (routines / name).write_bytes(b"\0")
    assert said(routines) == []
    assert ids(routines) == {*catalogue.routines}


def test_a_file_given_by_hand_is_known_by_its_folder_or_its_keys(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(GOOD)
    assert check_file(path, catalogue) == ()
    path.write_bytes(b'name = "A"\nreps = 3')
    assert check_file(path, catalogue) == ()
    folder = tmp_path / "exercises"
    folder.mkdir()
    (folder / "a.toml").write_bytes(GOOD)
    assert any("exercise needs" in problem.message for problem in check_file(folder / "a.toml", catalogue))


def test_ids() -> None:
    good = ["a", "wall-sit", "90-90", "x" * 60]
    bad = [
        "",
        "-a",
        "a-",
        "a--b",
        "A",
        "a_b",
        "a.b",
        "a/b",
        "..",
        "nul",
        "com1",
        "lpt9",
        "x" * 61,
        "é",
        "a\n",
    ]
    assert all(map(is_id, good))
    assert not any(map(is_id, bad))
    assert [as_id(text) for text in ("Wall Sit", "../x", "éé", "con")] == ["wall-sit", "x", None, None]


def test_assets_are_found() -> None:
    assert (assets_dir() / "exercises" / "clamshell.toml").is_file()
