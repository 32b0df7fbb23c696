"""`report`, `export` and `import`: people's data out, and in again, in words that say what happened."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from runnersknee_tui.cli import main
from runnersknee_tui.store.erase import erase
from runnersknee_tui.workspace import Workspace
from tests.tui.visit import lived
from tests.world import world

Run = Callable[..., int]


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    made = world(tmp_path / "home")
    for day in (-30, -3, -1):
        made.history.save(lived(made, day, seconds=200))
    return made


@pytest.fixture
def run(made: Workspace) -> Run:
    def run(*words: object) -> int:
        return main([str(word) for word in words], lambda _flags: world(made.paths.data.parent))

    return run


def test_export_wipe_import_compare(
    made: Workspace, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in made.paths.history.iterdir()}
    file = tmp_path / "all.json"
    assert run("export", file) == 0
    assert capsys.readouterr().out == f"3 sessions in {file}\n"
    erase(made.paths)
    assert run("import", "--preview", file) == 0
    assert "3 added, 0 skipped, 0 refused" in capsys.readouterr().out
    assert not made.paths.history.exists()
    assert run("import", file) == 0
    assert {path.name: path.read_bytes() for path in made.paths.history.iterdir()} == before
    capsys.readouterr()
    assert run("import", file) == 0
    assert "0 added, 3 skipped, 0 refused\n  skipped  3 already here\n" in capsys.readouterr().out


def test_an_export_is_not_overwritten_unasked(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "all.csv"
    file.write_text("mine")
    assert run("export", file) == 1
    assert "--force replaces it" in capsys.readouterr().err
    assert file.read_text() == "mine"
    assert run("export", "--force", file) == 0
    assert file.read_text().startswith("session,date")


def test_a_wrong_suffix_is_said(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", tmp_path / "all.xlsx") == 1
    assert "must end in .json, .csv or .toml" in capsys.readouterr().err


def test_what_is_refused_stops_the_rest_unless_asked(
    made: Workspace, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "all.json"
    run("export", file)
    plain = json.loads(file.read_text())
    plain["sessions"][0]["active_s"] = -1
    file.write_text(json.dumps(plain))
    erase(made.paths)
    capsys.readouterr()
    assert run("import", file) == 1
    said = capsys.readouterr()
    assert "2 added, 0 skipped, 1 refused" in said.out
    assert "refused  session 1: active_s" in said.out
    assert "--partial takes in the rest" in said.err
    assert not made.paths.history.exists()
    assert run("import", "--partial", file) == 1
    assert len(list(made.paths.history.iterdir())) == 2


def test_what_is_no_export_is_said(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("hello")
    assert run("import", file) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1


def test_a_report_on_stdout_is_markdown_or_html(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("report") == 0
    assert capsys.readouterr().out.startswith("# Runner's knee: a training log")
    assert run("report", "--html") == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")


def test_a_report_in_a_file_has_the_form_of_its_suffix(run: Run, tmp_path: Path) -> None:
    for name, begin in (("log.md", "# Runner"), ("log.html", "<!doctype html>")):
        assert run("report", "-o", tmp_path / name) == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin)


def test_since_limits_the_report(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("report", "--since", "2026-06-01") == 0
    assert "1 Jun 2026 to 4 Jun 2026" in capsys.readouterr().out
    assert run("report", "--since", "2027-01-01") == 2
    assert capsys.readouterr().err == "runnersknee: --since: 2027-01-01 has not come yet\n"


def test_a_file_that_cannot_be_written_is_said(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert run("report", "-o", tmp_path / "file" / "log.md") == 1
    assert capsys.readouterr().err.count("\n") == 1
