"""The app's own figures are bodies: bones keep their length, joints stay in view, feet stay on the floor."""

from __future__ import annotations

import hashlib
import math
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from runnersknee_tui.core.model import Side
from runnersknee_tui.picture.book import FigureBook
from runnersknee_tui.picture.cells import Frame
from runnersknee_tui.picture.drawing import for_side, mirrored
from runnersknee_tui.picture.figure import Figure, load_figures
from runnersknee_tui.picture.palette import Tone
from runnersknee_tui.picture.parts import HEAD
from runnersknee_tui.picture.scene import POSES, Pose, Studio
from runnersknee_tui.picture.skeleton import PARENTS, bones, complete, joints_at

ASSETS = Path(__file__).parents[2] / "assets"
FIGURES = load_figures(ASSETS / "figures")
IDS = {
    "quad-set", "straight-leg-raise", "straight-leg-raise-weight", "clamshell", "clamshell-band", "bench-squat",
    "free-squat", "trx-squat", "band-walk", "glute-bridge", "single-leg-bridge", "dumbbell-bridge",
    "short-arc-quad", "step-up", "step-down", "ninety-ninety", "plank", "knee-plank", "side-plank", "dead-bug",
    "dead-bug-arms", "dead-bug-legs", "dead-bug-weights", "short-dead-bug", "dumbbell-squat", "shallow-squat",
    "low-bridge", "low-leg-raise", "small-clamshell", "clamshell-weight", "short-arc-quad-weight",
}  # fmt: skip
FRONTS = {
    "bench-squat-front", "shallow-squat-front", "step-up-front", "step-down-front", "single-leg-bridge-front",
}  # fmt: skip
TIMES = [step / 8 for step in range(9)]
HASHES = dict(
    line.split()
    for line in (Path(__file__).parent / "figure_hashes.txt").read_text(encoding="utf-8").splitlines()
)

every_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)


def test_every_exercise_has_its_figure() -> None:
    assert set(FIGURES) == IDS | FRONTS
    named = set()
    for path in (ASSETS / "exercises").glob("*.toml"):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        named |= {entry["figure"] for entry in (table, *table.get("ladder", [])) if "figure" in entry}
    assert named <= IDS
    assert {figure.front for figure in FIGURES.values()} - {None} == FRONTS


@every_figure
def test_bones_keep_their_length(figure: Figure) -> None:
    first = bones(complete(figure.start))
    for t in TIMES:
        now = bones(joints_at(figure, t))
        for bone, length in first.items():
            if not figure.foreshortened:
                assert now[bone] == pytest.approx(length, rel=0.05), (bone, t)
            assert now[bone] <= 60, (bone, t)


@every_figure
def test_the_two_poses_are_the_two_ends(figure: Figure) -> None:
    for t, pose in ((0.0, figure.start), (1.0, figure.end)):
        now = joints_at(figure, t)
        for joint, place in complete(pose).items():
            assert math.dist(now[joint], place) < 1.0, joint


@every_figure
def test_the_movement_has_no_jumps(figure: Figure) -> None:
    poses = [joints_at(figure, step / POSES) for step in range(POSES + 1)]
    for joint in poses[0]:
        steps = [math.dist(a[joint], b[joint]) for a, b in pairwise(poses)]
        assert max(steps) <= 10, joint


@every_figure
def test_every_joint_is_in_view(figure: Figure) -> None:
    left, bottom, right, top = figure.view
    for t in TIMES:
        joints = joints_at(figure, t)
        for joint, (x, y) in joints.items():
            assert left <= x <= right, (joint, t)
            assert bottom <= y <= top, (joint, t)
        assert joints["head"][1] + HEAD * figure.thick <= top + 2


@pytest.mark.parametrize("name", [name for name, figure in FIGURES.items() if figure.floor])
def test_nothing_sinks_into_the_floor_and_something_stands_on_it(name: str) -> None:
    figure = FIGURES[name]  # the others are seen from above and have no line of the floor
    for t in TIMES:
        joints = joints_at(figure, t)
        assert min(y for _, y in joints.values()) >= 2.4, t
        standing = [
            y for joint, (_, y) in joints.items() if joint.startswith(("toe", "wrist", "shoulder", "knee"))
        ]
        height = max([0.0, *(kit.numbers[2] for kit in figure.kit if kit.kind == "step")])
        assert min(abs(y - ground) for y in standing for ground in (0, height)) <= 11, t


@every_figure
def test_pinned_ends_stay_on_their_way(figure: Figure) -> None:
    for joint in figure.pinned:
        for t in TIMES:
            x, y = joints_at(figure, t)[joint]
            ax, ay = figure.start[joint]
            bx, by = figure.end[joint]
            assert (x, y) == pytest.approx((ax + (bx - ax) * t, ay + (by - ay) * t))


@every_figure
def test_a_mirror_turns_the_picture_round_and_back(figure: Figure) -> None:
    other = for_side(figure, figure.near.other)
    assert other.near is (figure.near if figure.swap else figure.near.other)
    assert for_side(figure, figure.near) is figure
    assert for_side(figure, None) is figure
    twice = mirrored(mirrored(figure))
    for joint, place in figure.end.items():
        assert twice.end[joint] == pytest.approx(place)
    assert twice.arrow == (None if figure.arrow is None else pytest.approx(figure.arrow))
    assert twice.inset == (None if figure.inset is None else pytest.approx(figure.inset))
    for one, two in zip(twice.kit, figure.kit, strict=True):
        assert one.numbers == pytest.approx(two.numbers)


def test_the_dead_bug_changes_limbs_not_sides() -> None:
    figure = FIGURES["dead-bug"]
    other = for_side(figure, figure.near.other)
    assert other.start["knee_f"] == figure.start["knee_n"]
    assert other.start["wrist_n"] == figure.start["wrist_f"]
    assert set(other.accent) == {"thigh_f", "shin_f", "uarm_n", "farm_n"}
    assert set(PARENTS) >= set(other.start) - {"hip"}


def digest(frame: Frame) -> str:
    """A hash of what is seen, whatever the runs."""
    cells = repr([frame.cells(y) for y in range(frame.height)])
    return hashlib.sha256(cells.encode()).hexdigest()[:16]


@every_figure
@pytest.mark.parametrize("step", [0, POSES // 2, POSES])
def test_frames_are_as_they_were_looked_at(figure: Figure, step: int) -> None:
    """A changed hash is not wrong: look at the sheet of scripts/draw_figures.py, then let it write the new ones."""
    book = FigureBook(ASSETS / "figures")
    frame = Studio(book).figure(Pose(figure.id, step, POSES), Tone.WORK, 48, 13)
    assert HASHES[f"{figure.id}/{step}"] == digest(frame)


@every_figure
def test_left_and_right_look_different(figure: Figure) -> None:
    studio = Studio(FigureBook(ASSETS / "figures"))
    left = studio.figure(Pose(figure.id, 12, POSES, Side.LEFT), Tone.WORK, 48, 13)
    right = studio.figure(Pose(figure.id, 12, POSES, Side.RIGHT), Tone.WORK, 48, 13)
    assert digest(left) != digest(right)
