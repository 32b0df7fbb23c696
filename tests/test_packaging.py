"""A wheel that is built here and used elsewhere, with no network: everything it needs is in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from runnersknee_tui import __version__

CHECKOUT = Path(__file__).parent.parent


def build(kind: str, into: Path) -> Path:
    """The build backend itself, without the isolation that would fetch it anew."""
    subprocess.run(
        (sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(into)),
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (made,) = into.iterdir()
    return made


def shipped_assets() -> set[str]:
    folder = CHECKOUT / "assets"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the checkout that holds the wheel's content, and the home of a person who has nothing yet."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(
        (sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--no-warn-script-location",
         "--disable-pip-version-check", "--target", str(folder / "site"), str(wheel)),
        check=True,
        capture_output=True,
        timeout=120,
    )  # fmt: skip
    (folder / "home").mkdir()
    return folder


def run(installed: Path, *words: str) -> str:
    """What the installed program answers, away from the checkout."""
    env = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(installed / "home"),
        "PYTHONPATH": str(installed / "site"),
        "PYTHONWARNINGS": "error",
    }
    done = subprocess.run(
        (sys.executable, *words),
        cwd=installed / "home",
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_the_package_and_all_assets(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    inside = "runnersknee_tui/assets/"
    assert {name.removeprefix(inside) for name in names if name.startswith(inside)} == shipped_assets()
    tops = {name.split("/")[0] for name in names}
    distribution = f"runnersknee_tui-{__version__}"
    assert tops == {"runnersknee_tui", f"{distribution}.dist-info", f"{distribution}.data"}
    data = {name for name in names if name.startswith(f"{distribution}.data/")}
    assert data == {f"{distribution}.data/data/share/man/man1/runnersknee.1"}
    assert "runnersknee_tui/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith(".tcss") for name in names)


def test_the_sdist_can_build_and_test_itself(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "tests/test_packaging.py"} <= names
    assert shipped_assets() == {name.removeprefix("assets/") for name in names if name.startswith("assets/")}


def test_the_command_is_declared(installed: Path) -> None:
    (entry_points,) = (installed / "site").glob("*.dist-info/entry_points.txt")
    assert "runnersknee = runnersknee_tui.cli:main" in entry_points.read_text(encoding="utf-8")
    assert run(installed, "-m", "runnersknee_tui", "--version") == f"runnersknee {__version__}\n"


def test_its_content_comes_from_the_wheel(installed: Path) -> None:
    code = "from runnersknee_tui.content.assets import assets_dir; print(assets_dir())"
    assert Path(run(installed, "-c", code).strip()) == installed / "site" / "runnersknee_tui" / "assets"
    listed = json.loads(run(installed, "-m", "runnersknee_tui", "exercises", "--json"))
    files = {Path(name).stem for name in shipped_assets() if name.startswith("exercises/")}
    assert {one["id"] for one in listed} == files


def test_a_session_can_be_lived_with_it(installed: Path) -> None:
    said = run(installed, "-m", "runnersknee_tui", "prerun", "--plain", "--speed", "1000")
    assert said.endswith("Saved.\n")
    records = json.loads(run(installed, "-m", "runnersknee_tui", "history", "--json"))
    assert [record["routine"]["id"] for record in records] == ["prerun"]
    assert [record["status"] for record in records] == ["completed"]
