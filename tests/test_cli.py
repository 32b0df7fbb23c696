"""The commands as a person or a program calls them: output, exit status, and one line where something is wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from runnersknee_tui import __version__
from runnersknee_tui.cli import COMMANDS, main
from runnersknee_tui.core.record import CheckIn, Knees
from runnersknee_tui.core.record_json import to_json
from runnersknee_tui.workspace import Workspace
from tests.shipped import shipped
from tests.store.sessions import session as a_session
from tests.workbench import FakeClock, workspace

ROUTINES = tuple(shipped().routines)


class Said:
    """What a command wrote, and its exit status."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Said]


@pytest.fixture
def bench(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str, env: Mapping[str, str] | None = None) -> Said:
        def make(flags: Mapping[str, Any]) -> Workspace:
            return workspace(tmp_path, FakeClock(), env=env, flags=flags)

        status = main(words, make)
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return run


# --- help and bad usage --------------------------------------------------------------------------------------


def test_version(run: Run) -> None:
    assert run("--version").out == f"runnersknee {__version__}\n"


def test_help_names_every_command_and_fits_a_terminal(run: Run) -> None:
    said = run("--help")
    assert said.status == 0
    assert all(re.search(rf"^  {command.usage.split()[0]}\b", said.out, re.MULTILINE) for command in COMMANDS)
    assert max(map(len, said.lines)) <= 80


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_help(command: str, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(command, "--help")
    assert left.value.code == 0
    assert f"usage: runnersknee {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("hist", "Did you mean history?"),
        ("dance", "There are start, prerun"),
        ("start prehap", "Did you mean prehab?"),
        ("start --minutes 0", 'expected a number from 1 to 600, found "0"'),
        ("start --minutes nan", 'found "nan"'),
        ("start --speed 0", "--speed"),
        ("start --speed x", 'found "x"'),
        ("start --minuts 3", "Did you mean --minutes?"),
        ("start --side lft", "Did you mean left?"),
        ("start core core", "one word too many"),
        ("--speed 60 start", "options stand behind the command"),
        ("plan", "missing: ROUTINE"),
        ("plan coer", "Did you mean core?"),
        ("exercises plonk", "Did you mean plank?"),
        ("routines zzz", "There are full, daily"),
        ("history --since 2026-02-30", "expected a date such as 2026-03-29"),
        ("history --since yesterday", 'found "yesterday"'),
        ("history --limit 0", "a whole number from 1"),
        ("history --json --csv", "--json"),
        ("start \x1b[2J", "\\u241b[2J"),
    ],
)
def test_bad_usage_takes_one_plain_line(words: str, hint: str, run: Run) -> None:
    said = run(*words.split())
    assert said.status == 2
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("runnersknee: ")
    assert "\x1b" not in said.err
    assert hint.encode().decode("unicode_escape") in said.err


# --- the catalogue -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["app", "start", "prerun"])
def test_what_is_taken_for_granted_is_what_the_options_give(command: str) -> None:
    module = import_module(f"runnersknee_tui.commands.{command}")
    parser = ArgumentParser()
    module.add_arguments(parser)
    assert vars(parser.parse_args([])) == module.DEFAULTS


def test_exercises_json_is_as_the_contract_has_it(run: Run) -> None:
    listed = run("exercises", "--json").json
    assert [one["id"] for one in listed] == list(shipped().exercises)
    clamshell = next(one for one in listed if one["id"] == "clamshell")
    assert clamshell["sides"] == "each"
    assert clamshell["side_order"] == "exercise"
    assert clamshell["phases"] == [
        {"kind": "concentric", "label": "Open"},
        {"kind": "isometric", "label": "Hold"},
        {"kind": "eccentric", "label": "Close"},
    ]
    assert {"id", "name", "adds_weight"} <= clamshell["ladder"][0].keys()
    rehab = clamshell["doses"][0]
    assert {key: rehab[key] for key in ("id", "source", "sets", "reps", "hold_s", "concentric_s")} == {
        "id": "rehab",
        "source": "A2",
        "sets": [3, 3],
        "reps": [20, 25],
        "hold_s": [2, 3],
        "concentric_s": 2,
    }
    assert (rehab["outcome_weeks"], rehab["stars"], rehab["free_day"]) == ([4, 6], 4, True)
    prehab = clamshell["doses"][2]
    assert (prehab["hold_s"], prehab["outcome_weeks"], prehab["stars"]) == (None, None, None)
    assert "rest_s" not in rehab["given"]


def test_every_exercise_has_every_key(run: Run) -> None:
    keys = {
        "id", "name", "targets", "equipment", "sides", "side_order", "start", "steps", "insight", "safety",
        "why", "ladder", "phases", "doses",
    }  # fmt: skip
    dose_keys = {
        "id", "source", "sets", "reps", "hold_s", "concentric_s", "eccentric_s", "rest_s", "per_week",
        "free_day", "complexity", "outcome_weeks", "stars", "given",
    }  # fmt: skip
    for one in run("exercises", "--json").json:
        assert keys <= one.keys()
        assert all(dose_keys <= dose.keys() for dose in one["doses"])


def test_a_hold_has_no_repetitions_and_no_tempo(run: Run) -> None:
    plank = run("exercises", "plank", "--json").json["doses"][0]
    assert (plank["reps"], plank["concentric_s"], plank["eccentric_s"]) == (None, None, None)
    assert plank["hold_s"] == [30, 60]


@pytest.mark.parametrize(("units", "length"), [("metric", "30-45 cm"), ("imperial", "12-18 in")])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_lengths_are_in_the_units_of_the_reader(
    units: str, length: str, form: tuple[str, ...], run: Run
) -> None:
    said = run("exercises", "straight-leg-raise", *form, env={"RUNNERSKNEE_UNITS": units})
    assert length in said.out
    assert "{12" not in said.out


def test_routines_json_agrees_with_the_plans(run: Run) -> None:
    listed = run("routines", "--json").json
    assert [one["id"] for one in listed] == list(ROUTINES)
    for one in listed:
        plan = run("plan", one["id"], "--json").json
        assert one["seconds"] == plan["seconds"]
        assert one.keys() >= {"id", "title", "purpose", "source", "exercises", "seconds"}
        assert all(
            line.keys() == {"id", "dose", "sets", "reps", "hold_s", "rest_s"} for line in one["exercises"]
        )


@pytest.mark.parametrize("routine", ROUTINES)
def test_plan_json_adds_up(routine: str, run: Run) -> None:
    plan = run("plan", routine, "--json").json
    assert plan["routine"] == routine
    assert plan["seconds"] == sum(step["seconds"] or 0 for step in plan["steps"])
    assert [plan["steps"][0]["kind"], plan["steps"][-1]["kind"]] == ["ask", "ask"]
    keys = {"kind", "label", "seconds", "exercise", "set", "sets", "rep", "reps", "side", "next"}
    assert all(step.keys() == keys for step in plan["steps"])


@pytest.mark.parametrize(
    "words",
    [
        ("exercises",),
        *(("exercises", exercise) for exercise in shipped().exercises),
        ("routines",),
        *(("routines", routine) for routine in ROUTINES),
        *(("plan", routine) for routine in ROUTINES),
        ("check",),
        ("today",),
        ("learn",),
    ],
    ids=" ".join,
)
def test_readable_output_is_plain_and_fits_80_columns(words: tuple[str, ...], run: Run) -> None:
    said = run(*words)
    assert said.status == 0
    assert said.err == ""
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f{}]", said.out)
    assert max(map(len, said.lines)) <= 80
    assert all(line == line.rstrip() for line in said.lines)


def test_an_exercise_page_tells_sources_apart(run: Run) -> None:
    page = " ".join(run("exercises", "clamshell").out.split())
    assert "From the article: complexity low to moderate, depends on form; 4-6 weeks; 4 of 5 stars." in page
    assert "Our own, where the article says nothing: open 2 s, close 2 s, rest 30 s." in page
    assert "3 sets of 20-25 each side: open 2 s, hold 2-3 s, close 2 s." in page
    assert "5 Clamshell with weight" in page


def test_what_is_our_own_of_an_exercise_is_said(run: Run) -> None:
    page = " ".join(run("exercises", "ninety-ninety-stretch").out.split())
    assert "Our own words, as no article has them: start, steps" in page


def test_routines_show_honest_minutes(run: Run) -> None:
    assert "Prehab four, 18 min, 4 exercises" in run("routines").out
    assert "2 x 10 each side" in run("routines", "prehab").out


def test_a_plan_shows_each_half_with_its_time(run: Run) -> None:
    lines = run("plan", "core").lines
    assert "  0:15    Forearm plank, set 1 of 3                30 s" in lines
    assert lines[-1] == "  8:15  Done"


def test_plans_follow_the_settings(run: Run) -> None:
    usual = run("plan", "core", "--json").json["seconds"]
    assert (
        run("plan", "core", "--json", env={"RUNNERSKNEE_FIRST_GET_READY_S": "25"}).json["seconds"]
        == usual + 10
    )


# --- the user's own files ------------------------------------------------------------------------------------


def own_file(bench: Workspace, path: str, text: str) -> Path:
    file = bench.paths.config / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


LUNCH = 'title = "Lunch [/b] \\u001b[2J break"\n[[exercises]]\nid = "glute-bridge"\nsets = 1\nreps = 3\n'


def test_an_own_routine_is_listed_and_planned(bench: Workspace, run: Run) -> None:
    own_file(bench, "routines/lunch.toml", LUNCH.replace("\\u001b[2J ", ""))
    assert "Lunch [/b] break" in run("routines").out
    assert run("plan", "lunch", "--json").json["routine"] == "lunch"


def test_mistakes_of_a_file_are_counted_beside_the_output(bench: Workspace, run: Run) -> None:
    own_file(bench, "routines/lunch.toml", LUNCH)
    said = run("exercises", "--json")
    assert said.status == 0
    assert len(said.json) == len(shipped().exercises)
    assert said.err == "runnersknee: 1 mistake in your files; runnersknee check tells which\n"


def test_check_is_content_with_nothing(run: Run) -> None:
    said = run("check")
    assert (said.status, said.out) == (0, "Nothing to mend in your files and your history.\n")


def test_check_names_every_mistake(bench: Workspace, run: Run) -> None:
    own_file(bench, "routines/lunch.toml", 'titel = "Lunch"\n[[exercises]]\nid = "glute-brige"\n')
    own_file(bench, "config.toml", "minutes = 1000\n")
    bench.paths.history.mkdir(parents=True)
    bad = bench.paths.history / "20260302T063000Z-5f3a9c1e2b7d4a60.json"
    bad.write_text('{"schema": 1, "id"', encoding="utf-8")
    said = run("check")
    assert said.status == 1
    assert re.search(r"^config.toml:1: minutes: .*1000", said.out, re.MULTILINE)
    assert re.search(r"^routines/lunch.toml:3: .*Closest: glute-bridge|Did you mean", said.out, re.MULTILINE)
    assert f"history/{bad.name}" in said.out
    assert bad.read_text(encoding="utf-8") == '{"schema": 1, "id"', "it is left as it is"


@pytest.mark.parametrize(
    ("name", "text", "status", "said"),
    [
        ("routines/good.toml", 'title = "Good"\n[[exercises]]\nid = "plank"\n', 0, "Nothing to mend"),
        ("routines/bad.toml", 'title = "Bad"\n[[exercises]]\nid = "blank"\n', 1, "plank"),
        ("exercises/bad.toml", 'name = "Bad"\nreps = "10"\n', 1, "reps"),
        ("config.toml", 'knee = "lift"\n', 1, "left"),
        ("config.toml", 'knee = "left"\n', 0, "Nothing to mend"),
        ("history/one.json", "{}", 1, "schema"),
        ("history/one.json", "not json", 1, "not complete JSON"),
    ],
)
def test_check_of_a_path(name: str, text: str, status: int, said: str, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "elsewhere" / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    for given in (path, tmp_path / "elsewhere"):
        checked = run("check", str(given))
        assert checked.status == status
        assert said in checked.out


def test_check_of_a_path_that_is_not_there(tmp_path: Path, run: Run) -> None:
    for name in ("gone.toml", "gone.json", "config.toml", "gone"):
        said = run("check", str(tmp_path / name))
        assert said.status == 1
        assert "no such file" in said.out or "not there" in said.out


def test_check_of_an_empty_folder(tmp_path: Path, run: Run) -> None:
    said = run("check", str(tmp_path))
    assert said.status == 0
    assert "no exercises, routines or sessions" in said.out


# --- history -------------------------------------------------------------------------------------------------


def keep(bench: Workspace, count: int) -> None:
    for day in range(count):
        bench.history.save(a_session(day))


def test_history_json_is_newest_first(bench: Workspace, run: Run) -> None:
    keep(bench, 3)
    listed = run("history", "--json").json
    assert listed == [to_json(a_session(day)) for day in (2, 1, 0)]


def test_an_empty_history_is_an_empty_list(run: Run) -> None:
    assert run("history", "--json").json == []
    assert run("history", "--plain").lines == ["No sessions yet."]
    assert len(run("history", "--csv").lines) == 1


def test_history_can_be_cut(bench: Workspace, run: Run) -> None:
    keep(bench, 5)
    since = a_session(2).local_date.isoformat()
    assert len(run("history", "--json", "--limit", "2").json) == 2
    assert len(run("history", "--json", "--since", since).json) == 3
    newest = run("history", "--json", "--since", since, "--limit", "1").json
    assert [one["id"] for one in newest] == [a_session(4).id]


def test_history_reads_on_page_by_page(bench: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runnersknee_tui.commands.history.PAGE", 2)
    keep(bench, 7)
    assert len(run("history", "--json", "--since", a_session(0).local_date.isoformat()).json) == 7


def test_history_plain_is_one_line_a_session(bench: Workspace, run: Run) -> None:
    keep(bench, 3)
    lines = run("history", "--plain").lines
    assert len(lines) == 3
    assert lines[0] == "2026-03-31 06:30  Prehab four                19 min  completed  1 of 2 sets  pain 2"


def test_history_plain_says_what_a_session_was(bench: Workspace, run: Run) -> None:
    sessions = (
        a_session(0, rehearsal=True, active_s=12.0),
        a_session(1, source="log", active_s=0.0, exercises=()),
        a_session(2, status="stopped", end_reason="pain"),
        a_session(3, status="stopped", end_reason="check-in", exercises=(), active_s=0.0),
    )
    for one in sessions:
        bench.history.save(one)
    said = [line.split("  ", 2)[2].strip() for line in run("history", "--plain").lines]
    assert said == [
        "not begun",
        "19 min  ended for pain  1 of 2 sets  pain 2",
        "logged",
        "12 s  completed (rehearsal)  1 of 2 sets  pain 2",
    ]


def test_history_csv_is_safe_for_spreadsheets(bench: Workspace, run: Run) -> None:
    for number, note in enumerate(("=1+1", "+1", "-1", "@x", 'two\nlines, and a "quote"', "fine")):
        bench.history.save(replace(a_session(number), note=note))
    rows = list(csv.DictReader(io.StringIO(run("history", "--csv").out)))
    notes = {row["note"] for row in rows}
    assert notes == {"'=1+1", "'+1", "'-1", "'@x", 'two\nlines, and a "quote"', "fine"}
    first = a_session(0)
    sets = sum(len(entry.sets) for entry in first.exercises)
    assert len([row for row in rows if row["session"] == first.id]) == max(sets, 1)
    assert not any(row["before_left"] == "None" for row in rows)


def test_files_that_cannot_be_read_are_counted(bench: Workspace, run: Run) -> None:
    keep(bench, 1)
    (bench.paths.history / "20260302T063000Z-5f3a9c1e2b7d4a60.json").write_text("{", encoding="utf-8")
    said = run("history", "--json")
    assert len(said.json) == 1
    assert "1 file could not be read" in said.err


# --- sessions and doctor -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [(), ("start",), ("start", "core"), ("prerun",), ("history",)], ids=" ".join
)
def test_without_a_terminal_the_app_says_what_goes_without(words: tuple[str, ...], run: Run) -> None:
    said = run(*words)
    assert said.status == 2
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "--plain" in said.err


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("start", "runnersknee start --plain"),
        ("start core", "runnersknee start core --plain"),
        ("prerun", "runnersknee prerun --plain"),
        ("history", "runnersknee history --plain"),
    ],
)
def test_what_goes_without_a_screen_is_named(words: str, instead: str, run: Run) -> None:
    assert run(*words.split()).err.rstrip().endswith(f"Without a screen: {instead}")


def test_doctor_finds_all_well(run: Run) -> None:
    said = run("doctor")
    assert said.status == 0
    assert said.lines[-1] == "All is well."


def test_doctor_names_what_needs_mending(bench: Workspace, run: Run) -> None:
    own_file(bench, "config.toml", "minutes = 1000\n")
    bench.paths.data.write_text("a file where a folder should be", encoding="utf-8")
    said = run("doctor")
    assert said.status == 1
    assert re.search(r"!!  data .*cannot be written", said.out)
    assert re.search(r"!!  problem .*minutes", said.out)


# --- today, log and where one stands ---------------------------------------------------------------------------


def test_today_json_is_as_the_contract_has_it(run: Run) -> None:
    day = run("today", "--json").json
    assert list(day) == ["date", "programme", "exercises", "session", "seconds", "nudges"]
    assert (day["date"], day["programme"]) == ("2026-03-02", "rehab")
    keys = ["id", "dose", "active", "state", "reason", "prescription", "decision", "why"]
    for one in day["exercises"]:
        assert list(one) == keys
        assert list(one["prescription"]) == ["ladder_step", "sets", "reps", "hold_s"]
        assert one["state"] in ("due", "optional", "rest", "full", "done")
        assert one["decision"] is None, "nothing was ever done"
    assert {f"{one['id']}/{one['dose']}" for one in day["exercises"] if one["active"]} == set(day["session"])
    assert 0 < day["seconds"] <= 20 * 60


def test_today_is_readable(run: Run) -> None:
    said = run("today")
    assert said.status == 0
    assert said.lines[0] == "Mon 02 Mar 2026, rehab"
    assert "Session: 3 exercises" in said.out
    assert "0 of 7 done in the last 7 days." in said.out
    assert "Fewer sets today, to fit 20 min." in said.out
    assert max(map(len, said.lines)) <= 80


def test_today_of_another_day_knows_what_was_done_until_then(run: Run) -> None:
    run("log", "starter", "--date", "2026-03-01")
    assert "1 of 7 done" in run("today").out
    assert "0 of 7 done" in run("today", "--date", "2026-02-28").out
    assert run("today", "--json", "--date", "2026-03-05").json["date"] == "2026-03-05"


def test_today_says_why_training_is_paused(bench: Workspace, run: Run) -> None:
    bench.change_settings({"signs_ticked": ["locked"], "signs_asked_on": date(2026, 3, 1)}).result(10)
    said = run("today")
    assert "You ticked a warning sign, so training is paused" in " ".join(said.out.split())
    assert "Session" not in said.out
    assert run("today", "--json").json["session"] == []


def test_today_speaks_of_running_after_a_flare(bench: Workspace, run: Run) -> None:
    run("log", "starter", "--date", "2026-02-28")
    (record,) = bench.history.newest()
    check_in = CheckIn(before=Knees(1, None), next_day=Knees(4, None))
    bench.history.replace(record.id, lambda one: replace(one, check_in=check_in))
    assert any("3 points higher: run shorter" in words for words in run("today", "--json").json["nudges"])
    later = run("today", "--json", "--date", "2026-03-20").json["nudges"]
    assert not any("points higher" in words for words in later)


def test_log_records_what_was_done_without_the_app(bench: Workspace, run: Run) -> None:
    said = run("log", "starter", "--date", "2026-02-28", "--note", "in the park\x1b[2J")
    assert said.status == 0
    assert said.lines[0].endswith(", Sat 28 Feb.")
    (record,) = bench.history.newest()
    assert (record.source, record.confirmed, record.rehearsal) == ("log", True, False)
    assert (record.status, record.end_reason) == ("completed", "finished")
    assert (record.local_date, record.note) == (date(2026, 2, 28), "in the park␛[2J")
    assert record.check_in == CheckIn()
    assert (record.active_s, record.paused_s) == (0, 0)
    for entry in record.exercises:
        assert {done.outcome for done in entry.sets} == {"done"}
        assert {done.reps for done in entry.sets} == {entry.target.reps}
        assert (entry.during, entry.form, entry.sharp) == (Knees(), None, None)


def test_log_today_takes_what_was_due(bench: Workspace, run: Run) -> None:
    asked = run("today", "--json").json["session"]
    assert run("log", "today").status == 0
    (record,) = bench.history.newest()
    assert [f"{entry.id}/{entry.dose}" for entry in record.exercises] == asked
    again = run("log", "today")
    assert (again.status, again.lines[0][:16]) == (1, "Nothing was due ")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("log starter --date 2026-03-03", "still to come"),
        ("log startr", "Did you mean starter?"),
        ("log", "missing: ROUTINE"),
        ("today --date tomorrow", 'found "tomorrow"'),
        (f"log starter --note {'x' * 2001}", "at most 2000 characters"),
    ],
)
def test_what_cannot_be_logged_takes_one_line(words: str, hint: str, bench: Workspace, run: Run) -> None:
    said = run(*words.split())
    assert said.status == 2
    assert hint in said.err
    assert said.err.count("\n") == 1
    assert not bench.history.newest()


def test_an_exercise_shows_where_its_user_stands(run: Run) -> None:
    assert "Not done yet: each dose starts at its lowest numbers." in run("exercises", "clamshell").out
    run("log", "starter", "--date", "2026-03-01")
    page = run("exercises", "clamshell").out
    assert "  3 Clamshell  <- you are here\n" in page
    assert page.count("you are here") == 1
    told = " ".join(page.split())
    assert "rehab: step 3 of 5, Clamshell Next: 3 x 20, of 20-25." in told
    assert "A question was left open, so the dose stays the same. Last done Sun 01 Mar." in told
    assert "you are here" not in run("exercises", "plank").out


def test_learn_is_readable(run: Run) -> None:
    said = run("learn")
    assert said.status == 0
    assert said.err == ""
    assert "Running with a sore knee" in said.lines
    assert max(map(len, said.lines)) <= 80
