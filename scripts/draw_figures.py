"""The recognition check: one picture of all figures without their names, each in its first, middle and last pose.

    python scripts/draw_figures.py figures.png            look at it: would you know every exercise?
    python scripts/draw_figures.py figures.png --names    the same with names
    python scripts/draw_figures.py --hashes               write the hashes the tests compare with

Needs Pillow for the picture (the `dev` extra). Cells are painted as a terminal paints them: block elements as
exact rectangles.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from runnersknee_tui.picture.book import FigureBook
from runnersknee_tui.picture.cells import Colour, Frame
from runnersknee_tui.picture.figure import load_figures
from runnersknee_tui.picture.palette import Tone
from runnersknee_tui.picture.scene import POSES, Pose, Studio

ROOT = Path(__file__).parents[1]
FIGURES = ROOT / "assets" / "figures"
HASHES = ROOT / "tests" / "picture" / "figure_hashes.txt"
STEPS = (0, POSES // 2, POSES)
QUADRANTS = {char: mask for mask, char in enumerate(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")}
COLS, ROWS, CELL, GAP = 48, 13, 6, 6


def rectangles(frame: Frame) -> list[tuple[int, int, int, int, Colour]]:
    """(x, y, width, height, colour) in quarter cells: 2 across and 2 down a cell."""
    found = []
    for y, row in enumerate(frame.rows):
        x = 0
        for text, fg, bg in row:
            for char in text:
                found.append((2 * x, 2 * y, 2, 2, bg or 0))
                mask = QUADRANTS.get(char, 0)
                found += [
                    (2 * x + bit % 2, 2 * y + bit // 2, 1, 1, fg or 0) for bit in range(4) if mask >> bit & 1
                ]
                x += 1
    return found


def sheet(path: Path, names: bool) -> None:
    """Writes the picture of all figures."""
    from PIL import Image, ImageDraw

    figures = load_figures(FIGURES)
    studio = Studio(FigureBook(FIGURES), limit=4 * len(figures))
    shown = [name for name in figures if not name.endswith("-front")]
    wide, high = COLS * CELL + GAP, ROWS * CELL * 2 + GAP
    across = 2
    lines = -(-len(shown) // across)
    image = Image.new("RGB", (across * (3 * wide + GAP), lines * high), "#303030")
    pen = ImageDraw.Draw(image)
    for index, name in enumerate(shown):
        left, top = index % across * (3 * wide + GAP), index // across * high
        for place, step in enumerate(STEPS):
            tone, goal = (Tone.HOLD, None) if step == POSES else (Tone.WORK, POSES)
            frame = studio.figure(Pose(name, step, goal), tone, COLS, ROWS)
            for x, y, width, height, colour in rectangles(frame):
                x1, y1 = left + place * wide + x * CELL // 2, top + y * CELL
                box = [x1, y1, x1 + width * CELL // 2 - 1, y1 + height * CELL - 1]
                pen.rectangle(box, fill=f"#{colour:06x}")
        if names:
            pen.text((left + 4, top + 2), name, fill="#c0c0c0")
    image.save(path)


def digest(frame: Frame) -> str:
    """A hash of what is seen, whatever the runs."""
    cells = repr([frame.cells(y) for y in range(frame.height)])
    return hashlib.sha256(cells.encode()).hexdigest()[:16]


def write_hashes() -> None:
    """Writes the hashes of three frames of every figure."""
    studio = Studio(FigureBook(FIGURES))
    lines = [
        f"{name}/{step} {digest(studio.figure(Pose(name, step, POSES), Tone.WORK, COLS, ROWS))}"
        for name in load_figures(FIGURES)
        for step in STEPS
    ]
    HASHES.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="All figures on one picture, without their names.")
    parser.add_argument("picture", nargs="?", type=Path, help="the PNG to write")
    parser.add_argument("--names", action="store_true", help="write the names on it")
    parser.add_argument("--hashes", action="store_true", help="write the hashes for the tests")
    options = parser.parse_args()
    if options.hashes:
        write_hashes()
    if options.picture:
        sheet(options.picture, options.names)


if __name__ == "__main__":
    main()
