"""Figure files are checked word by word, and a broken one costs no more than its picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from runnersknee_tui.picture.book import FigureBook
from runnersknee_tui.picture.figure import FigureError, load_figures, parse_figure

FIGURES = Path(__file__).parents[2] / "assets" / "figures"
GOOD = (FIGURES / "clamshell-band.toml").read_text(encoding="utf-8")


def refused(text: str) -> tuple[str, str]:
    with pytest.raises(FigureError) as caught:
        parse_figure(text, "mine", "mine.toml")
    problem = caught.value.problem
    assert problem.file == "mine.toml"
    assert "\n" not in problem.message
    return problem.key, problem.message


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_the_good_file_is_good() -> None:
    assert parse_figure(GOOD, "mine", "mine.toml").title == "Clamshell with band"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("title =", "titel =", "titel"),
        ('title = "Clamshell with band"', "", "title"),
        ('title = "Clamshell with band"', "title = 3", "title"),
        ('near = "right"', 'near = "top"', "near"),
        ("view = [0,", "view = [", "view"),
        ("view = [0,", "view = [true,", "view"),
        ("view = [0,", "view = [9000,", "view"),
        ('accent = ["thigh_n"', 'accent = ["tail"', "accent"),
        ('pinned = ["ankle_n"', 'pinned = ["hip"', "pinned"),
        ('order = ["leg_f", ', "order = [", "order"),
        ("floor = false", "inset = [0, 0, 3, 30]\nfloor = false", "inset"),
        ("floor = false", 'floor = "no"', "floor"),
        ('kind = "band"', 'kind = "rope"', "kit[2].kind"),
        ("at = [0.8]", "at = [0.8, 1]", "kit[2].at"),
        ('"knee_f"]', '"tail"]', "kit[2].joints"),
        ("[start]\n", "[start]\ntail = [1, 2]\n", "start.tail"),
        ("[end]\n", "[end]\nhip = [1]\n", "end.hip"),
        ("[end]\n", "[finish]\n", "finish"),
    ],
)
def test_a_mistake_is_named_by_its_key(old: str, new: str, key: str) -> None:
    assert refused(changed(old, new))[0] == key


def test_a_missing_joint_is_named() -> None:
    lines = [line for line in GOOD.splitlines() if not line.startswith("wrist_f")]
    assert refused("\n".join(lines)) == ("start.wrist_f", "this joint is missing")


def test_more_mistakes() -> None:
    assert refused(GOOD + "\n[swell]\ntail = 2\n")[0] == "swell.tail"
    assert refused("swell = 3\n" + GOOD)[0] == "swell"
    assert refused(changed("thick = 1.1", "thick = 9"))[0] == "thick"
    assert refused('root = "toe"\n' + GOOD)[0] == "root"
    assert refused("kit = 3\n" + GOOD.split("[[kit]]")[0] + "[start]" + GOOD.split("[start]")[1])[0] == "kit"
    assert refused("title = [")[1]


def test_a_book_loads_each_figure_once_and_lately() -> None:
    book = FigureBook(FIGURES)
    figure = book.get("plank")
    assert figure is not None
    assert book.get("plank") is figure
    assert book.problems == {}


def test_a_missing_or_broken_figure_is_none_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "plank.toml").write_text("title = 3", encoding="utf-8")
    (tmp_path / "latin.toml").write_bytes(b'title = "\xe9"')
    (tmp_path / "folder.toml").mkdir()
    book = FigureBook(tmp_path, FIGURES)
    for name in ("plank", "latin", "nowhere", "folder", "../figures/plank"):
        assert book.get(name) is None
        assert str(book.problems[name])
    assert book.problems["plank"].key == "start"
    assert book.get("clamshell") is not None
    with pytest.raises(FigureError, match="toml"):
        load_figures(tmp_path)


def test_a_user_figure_comes_before_the_apps_own(tmp_path: Path) -> None:
    (tmp_path / "plank.toml").write_text(GOOD, encoding="utf-8")
    figure = FigureBook(tmp_path, FIGURES).get("plank")
    assert figure is not None
    assert figure.title == "Clamshell with band"
