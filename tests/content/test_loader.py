"""A person's own files: what is accepted, and what is said about everything else, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from runnersknee_tui.content.assets import assets_dir
from runnersknee_tui.content.loaded import Loaded
from runnersknee_tui.content.loader import check_file, load_catalogue
from runnersknee_tui.core.model import Catalogue, PhaseKind, Sides, Span
from runnersknee_tui.core.timeline import compile_routine

LUNCH = """\
title = "Lunch break"

[[exercises]]
id = "glute-bridge"
dose = "rehab"        # optional: sets, reps, hold, tempo and rest come from it
sets = 1              # every one of these overrides it
reps = 3
hold_s = 1
concentric_s = 1
eccentric_s = 1
rest_s = 2
sides = "both"        # left, right or both, where the exercise works each side
"""


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def load(folder: Path) -> Loaded:
    return load_catalogue(assets_dir(), folder)


def said(folder: Path, name: str, text: str | bytes) -> list[str]:
    """The problems of one file; the same through both doors, and a file with an error is not in the catalogue."""
    path = write(folder, name, text)
    loaded = load(folder)
    words = [str(problem) for problem in loaded.problems]
    checked = [str(problem) for problem in check_file(path, loaded.catalogue)]
    assert [word.replace(str(folder) + "/", "") for word in checked] == words
    if any(problem.severity == "error" for problem in loaded.problems) and path.stem != "clamshell":
        assert path.stem not in {*loaded.catalogue.exercises, *loaded.catalogue.routines}
    return [word.removeprefix(name) for word in words]


# --- accepted ------------------------------------------------------------------------------------------------


def test_the_apps_own_files_have_no_problems_and_keep_their_order(catalogue: Catalogue) -> None:
    assert len(catalogue.exercises) == 12
    assert list(catalogue.exercises)[:2] == ["straight-leg-raise", "clamshell"]
    assert next(iter(catalogue.routines)) == "full"


def test_no_folder_of_ones_own_is_fine(tmp_path: Path, catalogue: Catalogue) -> None:
    assert load(tmp_path / "nowhere") == Loaded(catalogue, ())


def test_a_routine_of_ones_own(tmp_path: Path) -> None:
    write(tmp_path, "routines/lunch.toml", LUNCH)
    loaded = load(tmp_path)
    assert not loaded.problems
    assert list(loaded.catalogue.routines)[-1] == "lunch"
    (item,) = loaded.catalogue.routines["lunch"].items
    assert (item.sets, item.reps, item.hold_s, item.rest_s, item.sides) == (1, 3, 1, 2, "both")
    plan = compile_routine(loaded.catalogue.routines["lunch"], loaded.catalogue, questions=False)
    assert plan.seconds == 15 + 3 * 3


def test_an_exercise_of_ones_own_in_three_lines(tmp_path: Path) -> None:
    write(tmp_path, "exercises/wall-sit.toml", 'name = "Wall sit"\nhold_s = [20, 30]\nsets = 3\n')
    loaded = load(tmp_path)
    assert not loaded.problems
    exercise = loaded.catalogue.exercises["wall-sit"]
    (dose,) = exercise.doses
    assert (dose.id, dose.source, dose.sets, dose.reps, dose.hold_s) == (
        "own",
        "own",
        Span(3, 3),
        None,
        Span(20, 30),
    )
    assert dose.concentric_s is None
    assert [phase.kind for phase in exercise.form.phases] == [PhaseKind.ISOMETRIC]
    assert [rung.id for rung in exercise.ladder] == ["wall-sit"]
    assert exercise.say == "Wall sit"


def test_an_exercise_of_ones_own_with_repetitions(tmp_path: Path) -> None:
    text = 'name = "Calf raise"\nsides = "each"\nreps = [10, 12]\nhold_s = 1\neccentric_s = 3.5\n'
    write(tmp_path, "exercises/calf-raise.toml", text)
    exercise = load(tmp_path).catalogue.exercises["calf-raise"]
    (dose,) = exercise.doses
    assert (dose.reps, dose.hold_s, dose.concentric_s, dose.eccentric_s) == (
        Span(10, 12),
        Span(1, 1),
        2,
        Span(3.5, 3.5),
    )
    assert [phase.label for phase in exercise.form.phases] == ["Lift", "Hold", "Lower"]
    assert exercise.form.stance.keys() == {"left", "right"}


def test_a_rung_like_another_exercise_takes_its_form_and_keeps_its_own_words(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    text = 'name = "Mine"\nreps = 5\n[[ladder]]\nid = "easy"\nname = "Easy"\nlike = "clamshell"\ncue = "Mine"\n[[ladder]]\nid = "mine"\nname = "Mine"\n'
    write(tmp_path, "exercises/mine.toml", text)
    loaded = load(tmp_path)
    assert not loaded.problems
    easy = loaded.catalogue.exercises["mine"].step("easy").form
    clamshell = catalogue.exercises["clamshell"].form
    assert (easy.cue, easy.stance, easy.phases) == ("Mine", clamshell.stance, clamshell.phases)
    assert loaded.catalogue.exercises["mine"].doses[0].step == "mine"


def test_foreign_signs_in_a_name_stay_and_marks_that_turn_text_do_not(tmp_path: Path) -> None:
    write(
        tmp_path,
        "exercises/mine.toml",
        '\ufeffname = "  [b]🧱 עברית\u202e[/b] "\r\nreps = 5\r\nwhy = """a\r\n  b"""',
    )
    loaded = load(tmp_path)
    assert not loaded.problems
    assert loaded.catalogue.exercises["mine"].name == "[b]🧱 עברית�[/b]"
    assert loaded.catalogue.exercises["mine"].why == "a b"


def test_an_id_that_the_app_ships_is_replaced_with_a_note(tmp_path: Path, catalogue: Catalogue) -> None:
    write(tmp_path, "routines/prehab.toml", LUNCH)
    shipped = (assets_dir() / "exercises" / "clamshell.toml").read_text("utf-8")
    write(tmp_path, "exercises/clamshell.toml", shipped.replace('name = "Clamshell"', 'name = "Shell"', 1))
    loaded = load(tmp_path)
    assert [(problem.severity, str(problem)) for problem in loaded.problems] == [
        ("note", "exercises/clamshell.toml: takes the place of the app's own clamshell"),
        ("note", "routines/prehab.toml: takes the place of the app's own prehab"),
    ]
    assert loaded.catalogue.routines["prehab"].title == "Lunch break"
    assert loaded.catalogue.exercises["clamshell"].name == "Shell"
    assert list(loaded.catalogue.exercises) == list(catalogue.exercises)
    assert [rung.form for rung in loaded.catalogue.exercises["clamshell"].ladder][2].sides is Sides.EACH
    assert not check_file(assets_dir() / "exercises" / "clamshell.toml", catalogue)


def test_what_replaces_an_exercise_keeps_its_doses(tmp_path: Path, catalogue: Catalogue) -> None:
    problems = said(
        tmp_path, "exercises/clamshell.toml", 'name = "Shell"\n[[doses]]\nid = "rehab"\nhold_s = 5\n'
    )
    assert problems == [
        ":2: doses: expected the doses that the app's own clamshell has, found no rotation, prehab.\n"
        "Add what is missing, or give the file another name: then it is an exercise of its own",
        ":2: doses: expected reps in rehab, as in the app's own clamshell",
    ]
    assert load(tmp_path).catalogue.exercises["clamshell"] == catalogue.exercises["clamshell"]


# --- refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("reps = 30s", ":1: a value ends and something follows it: s. Numbers stand alone: reps = 30"),
        ("", ": the file is empty; an exercise needs name and reps or hold_s, a routine title and [[exercises]]"),
        ("# nothing", ": the file is empty; an exercise needs name and reps or hold_s, a routine title and [[exercises]]"),
        ('name = "\\u001b[2J"\nreps = 3', ":1: name: control characters are not allowed, found ESC at character 1"),
        ('name = "a"\nreps = 3\ncue = "ab\\u009bc"', ":3: cue: control characters are not allowed, found 0x9b at character 3"),
        ('title = "a"\nreps = 3', ':1: title: exercise needs "name". Keys found: title, reps. Did you mean name for title?'),
        ("reps = 3", ': exercise needs "name". Keys found: reps.'),
        ('name = "a"\nreps = 3\nhold_sec = 3', ":3: hold_sec: unknown key. Did you mean hold_s?"),
        ('name = "a"\nhold_s = "30"', ':2: hold_s: expected a number of seconds, found the text "30". Remove the quotes'),
        ('name = "a"\nhold_s = -5', ":2: hold_s: expected 1 to 3600, found -5"),
        ('name = "a"\nhold_s = 0', ":2: hold_s: expected 1 to 3600, found 0"),
        ('name = "a"\nhold_s = 999999', ":2: hold_s: expected at most 3600 (1 hour), found 999999"),
        ('name = "a"\nhold_s = 0x' + "f" * 9000, ":2: hold_s: expected at most 3600 (1 hour), found a very large number"),
        ('name = "a"\nreps = 3\nrest_s = nan', ":3: rest_s: expected a number of seconds, found nan"),
        ('name = "a"\nreps = 3\nrest_s = inf', ":3: rest_s: expected at most 3600 (1 hour), found inf"),
        ('name = "a"\nreps = 12.5', ":2: reps: expected a whole number, found 12.5"),
        ('name = "a"\nreps = true', ":2: reps: expected a whole number, found true"),
        ('name = "a"\nreps = [12, 10]', ":2: reps: expected the lower number first: [10, 12]"),
        ('name = "a"\nreps = [12]', ":2: reps: expected a number, or a range such as [2, 3], found a list of 1"),
        ('name = "a"\nreps = [\n1,\n0.5]', ":4: reps[2]: expected a whole number, found 0.5"),
        ('name = "a"\nsets = 3', ": has no length: add reps, or hold_s for a single hold"),
        ('name = "a"\nhold_s = 3\neccentric_s = 3', ":3: eccentric_s: a single hold has no tempo; leave it out, or add reps"),
        ('name = "a"\nreps = 3\nsides = "eech"', ':3: sides: expected one of each, alternate, both; found "eech". Did you mean each?'),
        ('name = "a"\nreps = 3\nsteps = []', ':3: steps: expected at least one text: ["…"], found an empty list'),
        ('name = "a"\nreps = 3\nsteps = "x"', ':3: steps: expected a list such as ["…", "…"], found the text "x"'),
        ('name = "a"\nreps = 3\nsteps = ["a",\n" "]', ":4: steps[2]: expected 1 to 600 characters, found 0"),
        ('name = "a"\n[doses]\nreps = 3', ":2: doses: expected at least one [[doses]] block; found a single [doses] table: double the brackets"),
        ('name = "a"\ndoses = []', ":2: doses: expected at least one [[doses]] block, found an empty list"),
        ('name = "a"\ndoses = [1]', ":2: doses[1]: expected a [[doses]] block, found 1"),
        ('name = "a"\nreps = 3\n[[doses]]\nreps = 3', ":2: reps: belongs into [[doses]], where this file has its doses"),
        ('name = "a"\n[[doses]]\nreps = 3\n[[doses]]\nreps = 3', ':4: doses[2]: dose needs "id". Keys found: reps.'),
        ('name = "a"\n[[doses]]\nid = "x"\nreps = 3\n[[doses]]\nid = "x"\nreps = 3', ':6: doses[2].id: "x" is already used by doses[1]'),
        (f'name = "{"a" * 10000}"\nreps = 3', ":1: name: expected 1 to 80 characters on one line, found 10000"),
        ('name = "a\\nb"\nreps = 3', ":1: name: expected 1 to 80 characters on one line, found a line end at character 2"),
        ('name = "  "\nreps = 3', ":1: name: expected 1 to 80 characters on one line, found only spaces"),
        ('name = ""\nreps = 3', ":1: name: expected 1 to 80 characters on one line, found an empty text"),
        ('name = 3\nreps = 3', ':1: name: expected text, found 3. Put it in quotes: "3"'),
        ('name = 2026-03-29\nreps = 3', ":1: name: expected text, found the date 2026-03-29"),
        ('name = "a"\n[[doses]]\nid = "../x"\nreps = 3', ':3: doses[1].id: use a-z, 0-9 and "-", found "../x". For example x'),
        ('name = "a"\n[[doses]]\nid = "con"\nreps = 3', ':3: doses[1].id: use a-z, 0-9 and "-", found "con"'),
        ('name = "a"\nreps = 3\nfigure = "Plank"', ':3: figure: use a-z, 0-9 and "-", found "Plank". For example plank'),
        ('name = "a"\nreps = 3\nequipment = ["bnd"]', ':3: equipment[1]: expected one of bench, trx, step, band, roll, ankle-weight, dumbbell; found "bnd". Did you mean band?'),
        ('name = "a"\nreps = 3\nstance = { lft = "x", right = "y" }', ":3: stance.lft: unknown key. Did you mean left?"),
        ('name = "a"\nreps = 3\nstance = "x"', ':3: stance: expected a table such as { both = "…" }, found the text "x"'),
        ('name = "a"\nreps = 3\nloaded = 1', ":3: loaded: expected true or false, found 1"),
        ('name = "a"\nreps = 3\n[[phases]]\nkind = "isometric"\nlabel = "Hold"', ":3: phases: a repetition of a is nothing but a hold: add hold_s"),
        ('name = "a"\nreps = 3\nhold_s = 2\n[[phases]]\nkind = "eccentric"\nlabel = "Lower"', ':3: hold_s: nothing takes these seconds: no phase of a is "isometric"'),
        ('name = "a"\nreps = 3\n[[ladder]]\nid = "x"\nname = "X"\nlike = "clamshel"', ':6: ladder[1].like: no exercise "clamshel". Closest: clamshell (built in)'),
        ('name = "a"\nreps = 3\n[[ladder]]\nid = "x"\nname = "X"\nlike = "a"', ":6: ladder[1].like: a is like itself; leave the line out"),
        ('name = "a"\n[[ladder]]\nid = "xy"\nname = "X"\n[[doses]]\nstep = "xyz"\nreps = 1', ':6: doses[1].step: no rung "xyz" in the ladder. Did you mean xy?'),
        ('name = "a"\nreps = 1\n[[ladder]]\nid = "x"\nname = "X"\nweight_lb = 3', ":6: ladder[1].weight_lb: expected adds_weight = true beside it"),
    ],
)  # fmt: skip
def test_what_is_said_of_an_exercise(tmp_path: Path, text: str, problem: str) -> None:
    assert said(tmp_path, "exercises/a.toml", text)[:1] == [problem]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('id = "clamshel"', ':3: exercises[1].id: no exercise "clamshel". Closest: clamshell (built in)'),
        ('id = "qqq"', ':3: exercises[1].id: no exercise "qqq".'),
        ('id = "a"', ":3: exercises[1].id: a is a routine; a routine holds exercises only. Write out what it holds"),
        ('id = "prehab"', ":3: exercises[1].id: prehab is a routine; a routine holds exercises only. Write out what it holds"),
        ("sets = 1", ':2: exercises[1]: exercise needs "id". Keys found: sets.'),
        ('id = "plank"\nside = "left"', ":4: exercises[1].side: unknown key. Did you mean sides?"),
        ('id = "step-up"\nsides = "lft"', ':4: exercises[1].sides: expected one of left, right, both; found "lft". Did you mean left?'),
        ('id = "plank"\nsides = "left"', ":4: exercises[1].sides: plank works both sides at once; leave sides out"),
        ('id = "dead-bug"\nsides = "left"', ":4: exercises[1].sides: dead-bug works the sides in turn; leave sides out"),
        ('id = "plank"\nreps = 3\nhold_s = 30', ":4: exercises[1].reps: give hold_s or reps, not both (lines 4, 5): a set of plank is one hold"),
        ('id = "plank"\nreps = 3', ":4: exercises[1].reps: a set of plank is one hold: give hold_s, not reps"),
        ('id = "plank"\nconcentric_s = 3', ":4: exercises[1].concentric_s: a set of plank is one hold and has no tempo; leave it out"),
        ('id = "step-up"\nhold_s = 3', ':4: exercises[1].hold_s: nothing takes these seconds: no phase of step-up is "isometric"'),
        ('id = "clamshell"\ndose = "prehb"', ':4: exercises[1].dose: clamshell has no dose "prehb". Did you mean prehab?'),
        ('id = "clamshell"\ndose = "zz"', ':4: exercises[1].dose: clamshell has no dose "zz". Known here: rehab, rotation, prehab'),
        ('id = "plank"\nsets = 0', ":4: exercises[1].sets: expected 1 to 50, found 0"),
        ('id = "plank"\nhold_s = 3600\nsets = 7\nrest_s = 0', ":2: exercises: total 7 h 0 min; the limit is 6 h. Is a rest_s in minutes?"),
        ('id = "plank"\nhold_s = 10\nsets = 50\nrest_s = 1800', ":2: exercises: total 25 h 8 min; the limit is 6 h. Is a rest_s in minutes?"),
        ('id = "plank"\n' + '[[exercises]]\nid = "plank"\n' * 500, ":2: exercises: 501 exercises; the limit is 500"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_routine(tmp_path: Path, text: str, problem: str) -> None:
    assert said(tmp_path, "routines/a.toml", f'title = "A"\n[[exercises]]\n{text}\n') == [problem]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('title = "A"', ': routine needs "exercises". Keys found: title.'),
        ('title = "A"\nexercises = []', ":2: exercises: expected at least one [[exercises]] block, found an empty list"),
        ('title = "A"\n[exercises]\nid = "plank"', ":2: exercises: expected at least one [[exercises]] block; found a single [exercises] table: double the brackets"),
        ('titel = "A"\n[[exercises]]\nid = "plank"', ':1: titel: routine needs "title". Keys found: titel, exercises. Did you mean title for titel?'),
        ('name = "A"\n[[exercises]]\nid = "plank"', ':1: name: routine needs "title". Keys found: name, exercises. Did you mean title for name?'),
    ],
)  # fmt: skip
def test_what_is_said_of_a_routines_head(tmp_path: Path, text: str, problem: str) -> None:
    assert said(tmp_path, "routines/a.toml", text) == [problem]


def test_all_problems_are_said_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    rows = "\n".join('[[exercises]]\nid = "plank"\nsets = 0' for _ in range(10))
    text = f'title = "A"\npurpos = "x"\n{rows}\n[[exercises]]\nid = "plank"\n'
    problems = said(tmp_path, "routines/a.toml", text)
    assert problems[0] == ":2: purpos: unknown key. Did you mean purpose?"
    assert [problem.split(":")[1] for problem in problems[1:]] == [str(line) for line in range(5, 33, 3)]


def test_more_than_twenty_problems_are_counted(tmp_path: Path) -> None:
    text = 'title = "A"\n' + '[[exercises]]\nid = "plank"\nsets = 0\n' * 30
    problems = said(tmp_path, "routines/a.toml", text)
    assert len(problems) == 21
    assert problems[-1] == ": and 10 more problems"


def test_a_bad_file_leaves_the_others_alone(tmp_path: Path, catalogue: Catalogue) -> None:
    write(tmp_path, "routines/bad.toml", "title = ")
    write(tmp_path, "routines/lunch.toml", LUNCH)
    write(tmp_path, "exercises/bad.toml", "nome = 3")
    loaded = load(tmp_path)
    assert {*loaded.catalogue.routines} == {*catalogue.routines, "lunch"}
    assert loaded.catalogue.exercises == catalogue.exercises
    assert {problem.file for problem in loaded.problems} == {"routines/bad.toml", "exercises/bad.toml"}


def test_a_shipped_file_states_everything(tmp_path: Path) -> None:
    write(tmp_path, "exercises/a.toml", 'name = "A"\n[[doses]]\nreps = 3\n[[ladder]]\nid = "a"\n')
    words = [str(problem) for problem in load_catalogue(tmp_path).problems]
    missing = [word.split('"')[1] for word in words if "needs" in word and '"' in word]
    assert missing[:10] == [
        "region",
        "targets",
        "posture",
        "sides",
        "start",
        "steps",
        "cue",
        "stance",
        "phases",
        "id",
    ]
    assert all(word.startswith(f"{tmp_path.name}/exercises/a.toml:") for word in words)
