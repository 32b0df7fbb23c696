from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runnersknee_tui.cues import terminal


def test_title_and_progress_are_the_known_sequences() -> None:
    assert terminal.title("3:12 left, rest") == "\x1b]0;3:12 left, rest\x07"
    assert terminal.progress(41.6) == "\x1b]9;4;1;42\x1b\\"
    assert terminal.progress(120, paused=True) == "\x1b]9;4;4;100\x1b\\"
    assert terminal.progress(-3) == "\x1b]9;4;1;0\x1b\\"
    assert terminal.no_progress() == "\x1b]9;4;0;0\x1b\\"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_a_title_holds_no_command(text: str) -> None:
    shown = terminal.title(text)
    body = shown.removeprefix("\x1b]0;").removesuffix("\x07")
    assert len(body) <= terminal.TITLE_LENGTH
    assert body.isprintable()


def test_a_hostile_title_is_harmless() -> None:
    assert terminal.title("a\x07\x1b]52;c;AAAA\x07\nb\u202e") == "\x1b]0;a ]52;c;AAAA b\x07"


@pytest.mark.parametrize(
    ("env", "known"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"WT_SESSION": "x"}, True),
        ({"KITTY_WINDOW_ID": "1"}, True),
        ({"KONSOLE_VERSION": "230800"}, True),
        ({"ConEmuANSI": "ON"}, True),
        ({"ConEmuANSI": "OFF"}, False),
        ({"VTE_VERSION": "8002"}, True),
        ({"VTE_VERSION": "6800"}, False),
        ({"VTE_VERSION": "nonsense"}, False),
        ({"TERM_PROGRAM": "WezTerm"}, True),
        ({"TERM_PROGRAM": "ghostty"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.6.6"}, True),
        ({"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.5.14"}, False),
        ({"TERM_PROGRAM": "iTerm.app"}, False),
        ({"WT_SESSION": "x", "TMUX": "/tmp/tmux-0/default,1,0"}, False),
        ({"KITTY_WINDOW_ID": "1", "TERM": "screen-256color"}, False),
        ({"KITTY_WINDOW_ID": "1", "ZELLIJ": "0"}, False),
    ],
)
def test_progress_goes_to_terminals_that_are_known_to_take_it(env: dict[str, str], known: bool) -> None:
    assert terminal.knows_progress(env) is known


@pytest.mark.parametrize(
    ("env", "known"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "linux"}, False),
        ({"TERM": "dumb"}, False),
        ({}, False),
        ({"WT_SESSION": "x"}, True),
    ],
)
def test_a_title_goes_to_terminals_that_have_one(env: dict[str, str], known: bool) -> None:
    assert terminal.knows_title(env) is known


@pytest.mark.parametrize(
    ("setting", "env", "encoding", "mode"),
    [
        ("auto", {"TERM": "xterm-256color"}, "utf-8", "quadrant"),
        ("auto", {"TERM": "xterm"}, "UTF8", "quadrant"),
        ("auto", {"TERM": "linux"}, "utf-8", "half"),
        ("auto", {"OS": "Windows_NT"}, "utf-8", "half"),
        ("auto", {"OS": "Windows_NT", "WT_SESSION": "x"}, "utf-8", "quadrant"),
        ("auto", {"TERM": "xterm", "NO_COLOR": "1"}, "utf-8", "braille"),
        ("auto", {"TERM": "xterm", "NO_COLOR": ""}, "utf-8", "quadrant"),
        ("auto", {"TERM": "vt220"}, "utf-8", "braille"),
        ("auto", {"TERM": "xterm"}, "iso-8859-1", "ascii"),
        ("auto", {"TERM": "dumb"}, "utf-8", "ascii"),
        ("half", {"TERM": "dumb"}, "ascii", "half"),
    ],
)
def test_the_picture_is_drawn_with_what_the_terminal_shows(
    setting: str, env: dict[str, str], encoding: str, mode: str
) -> None:
    assert terminal.picture_mode(setting, env, encoding) == mode
