"""The education page: sources for what is claimed, and no word that promises."""

from __future__ import annotations

import re

import pytest

from runnersknee_tui.core.assessment import EVIDENCE, PAIN_FREE
from runnersknee_tui.core.learning import CHAPTERS, learn_lines
from runnersknee_tui.core.running import SOURCE, Moment, running_advice

PROMISES = re.compile(
    r"\b(treats?|cures?|heals?|guarantee[sd]?|will (?:help|fix|be gone))\b|!", re.IGNORECASE
)
STATEMENTS = [statement for chapter in CHAPTERS for statement in chapter.statements]


def test_nothing_is_promised() -> None:
    for statement in STATEMENTS:
        assert not PROMISES.search(statement.words), statement.words


def test_what_others_found_names_its_source() -> None:
    ours = [statement.words for statement in STATEMENTS if not statement.source]
    assert len(ours) == 2, "the weeks of the articles, and the app's own pain line"


def test_the_first_claim_of_help_says_how_sure_it_is() -> None:
    assert "certainty low to very low" in " ".join(learn_lines())


@pytest.mark.parametrize("width", [40, 80])
def test_the_page_fits_its_width(width: int) -> None:
    lines = learn_lines(width)
    assert max(map(len, lines)) <= width
    assert lines[0] == "What is known, and what is not"


def test_running_with_a_sore_knee_is_told_as_its_source_has_it() -> None:
    (chapter,) = [one for one in CHAPTERS if one.title == "Running with a sore knee"]
    words = " ".join(statement.words for statement in chapter.statements)
    for fact in (
        "2 out of 10",
        "60 minutes",
        "next morning",
        "Shorter and more often",
        "downhill and stairs",
    ):
        assert fact in words


# --- advice at the moment it matters -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "facts", "words"),
    [
        (Moment.CHECK_IN, {"rise": 1, "ran": "hard"}, "you ran hard"),
        (Moment.PRERUN, {"knee": 3}, "at 3/10 today: run only while it stays at 2/10 or less"),
        (Moment.PRERUN, {"knee": 5}, "within 60 minutes"),
        (Moment.DONE, {"knee": 4}, "Pain reached 4/10"),
        (Moment.DONE, {"knee": 1, "line": PAIN_FREE}, "Pain reached 1/10"),
        (Moment.HOME, {"rise": 2}, "2 points higher: run shorter, slower and more often"),
    ],
)
def test_advice_comes_with_its_source(moment: Moment, facts: dict[str, object], words: str) -> None:
    advice = running_advice(moment, **facts)  # type: ignore[arg-type]
    assert advice is not None
    assert words in advice.sentence
    assert advice.text.endswith(f"({SOURCE})")


@pytest.mark.parametrize(
    ("moment", "facts"),
    [
        (Moment.CHECK_IN, {"rise": 0, "ran": "hard"}),
        (Moment.CHECK_IN, {"rise": 3, "ran": "easy"}),
        (Moment.CHECK_IN, {"rise": None, "ran": "hard"}),
        (Moment.CHECK_IN, {"rise": 3, "ran": None}),
        (Moment.PRERUN, {"knee": 2}),
        (Moment.PRERUN, {"knee": None}),
        (Moment.DONE, {"knee": 0, "line": PAIN_FREE}),
        (Moment.HOME, {"rise": 1}),
        (Moment.HOME, {"rise": None}),
    ],
)
def test_where_nothing_is_known_or_nothing_is_wrong_nothing_is_said(
    moment: Moment, facts: dict[str, object]
) -> None:
    assert running_advice(moment, **facts) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("moment", list(Moment))
@pytest.mark.parametrize("number", range(11))
def test_advice_is_one_short_sentence(moment: Moment, number: int) -> None:
    advice = running_advice(moment, knee=number, rise=number, ran="hard", line=EVIDENCE)
    if advice is not None:
        assert len(advice.sentence) <= 140
        assert advice.sentence.endswith(".")
        assert not PROMISES.search(advice.sentence)
