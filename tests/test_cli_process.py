"""The command as a process of its own: terminals that cannot show the app, closed streams, pipes and signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

PROGRAM = (sys.executable, "-m", "runnersknee_tui")
CHECKOUT = Path(__file__).parent.parent
QUIET = (
    "exercises --json",
    "routines --json",
    "plan core --json",
    "history --json",
    "check",
    "doctor",
    "today",
    "today --json",
    "log flare",
    "learn",
)
REFUSED = (("start", "prehab"), ("prerun",), ("history",), ())

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A clean home, and nothing of this machine's own settings."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    return {**kept, "HOME": str(tmp_path), "PYTHONPATH": str(CHECKOUT), "TERM": "xterm-256color"}


@pytest.fixture
def terminal() -> Iterator[int]:
    """A pseudo terminal's own end."""
    import pty

    here, there = pty.openpty()
    yield there
    os.close(here)
    os.close(there)


def run(words: Sequence[str], env: Mapping[str, str], **streams: object) -> subprocess.CompletedProcess[str]:
    given: dict[str, object] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
    }
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        (*PROGRAM, *words), env=dict(env), text=True, timeout=60, check=False, **{**given, **streams}
    )


# --- terminals that cannot show the app (T44, T45) -----------------------------------------------------------


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_no_terminal_at_all(words: tuple[str, ...], env: dict[str, str]) -> None:
    done = run(words, env)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "\x1b" not in done.stderr


@posix
def test_keys_from_a_pipe(env: dict[str, str], terminal: int) -> None:
    done = run(("start", "prehab"), env, stdin=None, input="y\n", stdout=terminal)
    assert done.returncode == 2
    assert "standard input is none" in done.stderr


@posix
def test_nothing_to_draw_on(env: dict[str, str], terminal: int) -> None:
    done = run(("prerun",), env, stdin=terminal)
    assert done.returncode == 2
    assert "to draw on" in done.stderr


@posix
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(closed: str, env: dict[str, str]) -> None:
    line = f'"{sys.executable}" -m runnersknee_tui start prehab {closed}'
    done = subprocess.run(
        ("sh", "-c", line), env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    if "2>&-" not in closed:
        assert done.stderr.count("\n") == 1


@posix
@pytest.mark.parametrize(
    ("changed", "word"), [({"TERM": "dumb"}, "dumb"), ({"PYTHONIOENCODING": "ascii"}, "ascii")]
)
def test_a_terminal_that_cannot_draw(changed: dict[str, str], word: str, env: dict[str, str]) -> None:
    import pty

    here, there = pty.openpty()
    process = subprocess.Popen(
        (*PROGRAM, "prerun"), env={**env, **changed}, stdin=there, stdout=there, stderr=there
    )
    assert process.wait(60) == 2
    os.close(there)
    said = os.read(here, 65536)
    os.close(here)
    assert word.encode() in said
    assert b"\x1b" not in said
    assert said.count(b"\n") == 1


# --- pipes ---------------------------------------------------------------------------------------------------


@posix
def test_a_reader_that_has_seen_enough(env: dict[str, str]) -> None:
    line = f'"{sys.executable}" -m runnersknee_tui plan full --json | head -c 10'
    done = subprocess.run(
        ("sh", "-c", line), env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == '{\n  "routi'
    assert done.stderr == ""


def test_ascii_output_is_still_json(env: dict[str, str]) -> None:
    done = run(("exercises", "--json"), {**env, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert len(json.loads(done.stdout)) == 12
    assert run(("routines",), {**env, "PYTHONIOENCODING": "ascii"}).returncode == 0


@pytest.mark.parametrize("words", QUIET)
def test_commands_that_draw_nothing_import_nothing_that_draws(words: str, env: dict[str, str]) -> None:
    code = (
        "import sys; from runnersknee_tui.cli import main; "
        f"main({words.split()!r}); sys.stdout.flush(); "
        "print(*{'textual', 'rich', 'asyncio'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run((sys.executable, "-c", code), env=env, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == ""


def test_a_data_folder_that_is_not_there_is_an_empty_history(env: dict[str, str], tmp_path: Path) -> None:
    done = run(
        ("history", "--json"), {**env, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "gone" / "x")}
    )
    assert (done.returncode, done.stdout) == (0, "[]\n")


# --- a plain session as it is used ---------------------------------------------------------------------------


def test_keys_come_through_a_pipe(env: dict[str, str]) -> None:
    done = run(("start", "flare", "--plain"), env, stdin=None, input="none\n1\n\n?\nn\nq\n")
    assert done.returncode == 0, done.stderr
    assert "it hurts: stop at once" in done.stdout
    assert done.stdout.endswith("Saved.\n")
    (record,) = json.loads(run(("history", "--json"), env).stdout)
    assert (record["routine"]["id"], record["end_reason"]) == ("flare", "quit")
    assert record["check_in"]["before"] == {"left": 1, "right": None}
    assert record["check_in"]["warning_signs"] == []


def test_where_nobody_can_type_the_session_runs_unasked(env: dict[str, str]) -> None:
    done = run(
        ("prerun", "--plain", "--minutes", "1"),
        {**env, "RUNNERSKNEE_PACE": "self", "RUNNERSKNEE_FIRST_GET_READY_S": "3"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("The warning signs were not asked") == 1
    (record,) = json.loads(run(("history", "--json"), env).stdout)
    assert record["check_in"]["warning_signs"] is None
    assert not record["confirmed"]


def test_a_rehearsal_is_marked(env: dict[str, str]) -> None:
    done = run(("prerun", "--plain", "--speed", "1000"), env)
    assert done.returncode == 0, done.stderr
    (record,) = json.loads(run(("history", "--json"), env).stdout)
    assert (record["rehearsal"], record["status"]) == (True, "completed")


@posix
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_signals_keep_the_session(
    number: signal.Signals, status: int, env: dict[str, str], tmp_path: Path
) -> None:
    process = subprocess.Popen(
        (*PROGRAM, "start", "core", "--plain", "--no-check-in"),
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("none\n")
    process.stdin.flush()
    for line in process.stdout:
        if line.startswith("Get ready"):
            break
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == status, said
    assert "Traceback" not in said
    active = tmp_path / ".local" / "share" / "runnersknee_tui" / "active"
    if sys.platform == "linux":
        assert list(active.glob("*.json"))
