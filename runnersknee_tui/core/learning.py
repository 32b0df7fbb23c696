"""What is known about runner's knee and what is not: the education page, in our own words, with sources.

Data only, but for the lines of plain text at the end. Nothing here treats, cures or promises anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from msgspec import Struct


class Statement(Struct, frozen=True):
    """One thing worth knowing. `source` is empty where it is a rule or a word of our own.

    `certainty` is what the source says of how sure it is; empty where it gives no grade.
    """

    words: str
    source: str = ""
    certainty: str = ""

    @property
    def note(self) -> str:
        """Where it comes from, and how sure that is."""
        return "; ".join(
            part
            for part in (self.source or "our own", self.certainty and f"certainty {self.certainty}")
            if part
        )


class Chapter(Struct, frozen=True):
    """Some statements under one heading."""

    title: str
    statements: tuple[Statement, ...]


TITLE = "What is known, and what is not"
OPENING = (
    "For adults with pain of the runner's-knee kind. Not a diagnosis, and no substitute for somebody who looks at "
    "your knee."
)
CLOSING = "What is told here was read in abstracts and summaries, not in every full paper."

_GUIDELINE = "JOSPT guideline, Willy 2019, read in a summary at clementnoelphysio.org"
_CONSENSUS = "consensus of 2018, Collins, bjsm.bmj.com"
_NEAL = "best-practice guide, Neal 2024, BJSM 58:1486"
_MY_KNEE_CAP = "My Knee Cap, mykneecap.trekeducation.org"
_RUNNERS = "patellofemoral.trekeducation.org/runners"

CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        "What it is",
        (
            Statement(
                "Pain around or behind the kneecap that squatting, stairs, long sitting or running bring on, once "
                "other causes are ruled out.",
                _GUIDELINE,
            ),
            Statement(
                "Nobody has shown one cause. Alignment, weak muscles or the way the kneecap moves may play a part; "
                "none of them was shown to be the reason.",
                "review, PMC7740062",
            ),
        ),
    ),
    Chapter(
        "What may help",
        (
            Statement(
                "Exercise and knowing what goes on: after three months both did better than waiting.",
                "Winters 2020, PMC7982922",
                "low to very low",
            ),
            Statement(
                "Hip and knee together rather than the knee alone; whether the hip alone does as well is uncertain. "
                "So every plan here has at least one of each.",
                f"{_GUIDELINE}; {_CONSENSUS}",
            ),
            Statement(
                "Tape, insoles, manual therapy and another running style are supports at most, for some people and "
                "for some weeks.",
                f"{_NEAL}; {_GUIDELINE}",
            ),
            Statement(
                "No exercise is the one. After a year hip work, knee work and free activity did not differ.",
                "trial, Hott 2019",
            ),
            Statement(
                "The inner thigh muscle needs no programme of its own: general and special work both did better than "
                "none. For turning the toes in we found no support, so it is not in here.",
                "Syme 2009; Hung and Gross 1999, who tried wedges",
            ),
        ),
    ),
    Chapter(
        "What is not known",
        (
            Statement(
                "The best dose. Trials describe their sets and repetitions badly, so no dose here is proven best.",
                "Holden 2017",
            ),
            Statement(
                "How long it takes. Weeks beside an exercise are from the article it comes from: a range, on the "
                "hopeful side, and no promise.",
            ),
            Statement(
                "Many need patience: 55 of 100 had not recovered well after three months, 40 of 100 after twelve.",
                "Collins 2013, BJSM 47:227",
            ),
            Statement(
                "Six weeks is the usual length of a trial. If nothing has changed by then, let somebody look at it.",
                "evidenceforexercise.com",
            ),
        ),
    ),
    Chapter(
        "How much pain is all right",
        (
            Statement(
                "The articles that the exercises come from say: none. A review found that exercise with some pain had "
                "a small advantage at first and no clear difference later.",
                "Smith 2017, PMC5739826",
            ),
            Statement(
                "So the app accepts mild pain: 0 to 2 is green, 3 to 5 amber, 6 and more a stop. Where sources draw "
                "the first line at 2 or at 3 it takes the stricter. Who prefers the articles' line sets it to "
                "pain-free only.",
            ),
            Statement(
                "Best below 2 out of 10, never above 5, back to normal within 60 minutes, and no higher the next "
                "morning.",
                _MY_KNEE_CAP,
            ),
            Statement(
                "One point more or less is noise. Two points are a change that counts.",
                "Farrar 2001; for this kind of pain 1.16 points, Piva 2009",
            ),
            Statement(
                "Complete rest does not help. A stop rests the exercise and not you: keep up your daily life.",
                f"{_MY_KNEE_CAP}; teampfp.com",
            ),
        ),
    ),
    Chapter(
        "Running with a sore knee",
        (
            Statement(
                "Up to 2 out of 10 while you run, back to where it was within 60 minutes, no higher the next morning.",
                _RUNNERS,
            ),
            Statement(
                "Shorter and more often, and slower. Leave out downhill and stairs at first.",
                _RUNNERS,
            ),
            Statement(
                "Knowing how to manage the load did as well alone as with exercises or a changed running style added.",
                "trial, Esculier, sportsmedres.org 2018",
            ),
        ),
    ),
    Chapter(
        "Where the numbers come from",
        (
            Statement(
                "Two or three days a week, three or four exercises and 8 to 12 repetitions are a usual start.",
                "NHS, dynamichealth.nhs.uk",
            ),
            Statement(
                "More comes only after two good sessions at the top, and one change at a time.",
                "the 2-for-2 idea, Baechle and Earle; the details are our rule",
            ),
            Statement(
                "A timer is worth its noise: with feedback, 40 teenagers kept to within 1.5 s of their pace; without "
                "it they were 4.3 s off, and did less of what was planned.",
                "Riel, pure.ulster.ac.uk",
            ),
        ),
    ),
)


def learn_lines(width: int = 80) -> list[str]:
    """The whole page as plain text."""
    lines = [TITLE, "=" * len(TITLE), "", *wrap(OPENING, width)]
    for chapter in CHAPTERS:
        lines += ["", chapter.title]
        for statement in chapter.statements:
            lines += _paragraph(statement, width)
    return [*lines, "", *wrap(CLOSING, width)]


def _paragraph(statement: Statement, width: int) -> Iterator[str]:
    yield from wrap(statement.words, width, initial_indent="  ", subsequent_indent="  ")
    yield from wrap(f"({statement.note})", width, initial_indent="    ", subsequent_indent="    ")
