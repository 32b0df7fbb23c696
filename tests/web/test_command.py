"""What `runnersknee serve` says before it serves."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

pytest.importorskip("textual_serve", reason="the extra `web` is not installed")

from runnersknee_tui import web
from runnersknee_tui.cli import main
from runnersknee_tui.workspace import Workspace
from tests.workbench import workspace


class StartedError(Exception):
    """The server would run now."""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Runs the command; a server that starts raises StartedError."""

    def serve(server: web.GuardedServer) -> None:
        raise StartedError(f"{server.host}:{server.port}")

    monkeypatch.setattr(web.GuardedServer, "serve", serve)

    def make(_: object) -> Workspace:
        return workspace(tmp_path)

    return lambda *words: main(["serve", *words], make)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_prints_an_address_with_a_token_and_listens_on_this_computer_only(
    run: type, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    with pytest.raises(StartedError, match=f"127.0.0.1:{port}"):
        run("--port", str(port))
    said = capsys.readouterr()
    assert f"Open http://127.0.0.1:{port}/?token=" in said.out
    assert said.err == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "localhost"])
def test_another_address_needs_the_flag_and_gets_a_warning(
    run: type, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    assert run("--host", host) == 2
    assert f"{host} lets others on your network connect; pass --allow-network" in capsys.readouterr().err
    monkeypatch.setattr("runnersknee_tui.commands.serve._require_free", lambda *_: None)
    with pytest.raises(StartedError):
        run("--host", host, "--allow-network")
    warned = capsys.readouterr().err
    assert "no login" in warned
    assert "nothing is encrypted" in warned.replace("\n", " ")


def test_a_port_that_is_taken_is_said_in_one_line(run: type, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run("--port", str(port)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"cannot listen on 127.0.0.1:{port}" in said.err
    assert said.err.count("\n") == 1
