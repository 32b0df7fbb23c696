"""The sheet for a physiotherapist: honest figures, nothing from outside, nothing that could run."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from runnersknee_tui.core.programme import Profile
from runnersknee_tui.core.record import ExerciseRecord, Knees, SessionRecord
from runnersknee_tui.report.html import html
from runnersknee_tui.report.markdown import escape, markdown
from runnersknee_tui.report.sheet import Sheet, build_sheet, default_since
from runnersknee_tui.report.svg import pain_svg
from tests.core.catalogue_for_tests import CATALOGUE
from tests.core.simulated_year import Runner, flaring

RUNNER = Runner(Profile(minutes=30, knee="left"), knee=flaring).live(120)
TODAY = RUNNER.days[-1].day
NASTY = 'Hot <script>alert("x")</script> & <b>sore</b> [link](http://x) | \x1b[31mred'

VOID = {"meta", "br", "rect", "line", "circle", "polyline"}


class Checker(HTMLParser):
    """Well-formed, and how often each element and attribute comes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def sheet(records: list[SessionRecord] | None = None, since: date | None = None) -> Sheet:
    return build_sheet(
        RUNNER.records if records is None else records,
        CATALOGUE,
        RUNNER.profile,
        TODAY,
        since or RUNNER.start,
    )


def hurt(record: SessionRecord) -> SessionRecord:
    first: ExerciseRecord = record.exercises[0]
    stopped = replace(first, stopped=True, sharp=True, during=Knees(left=7, right=2))
    return replace(record, exercises=(stopped, *record.exercises[1:]), note=NASTY)


def checked(text: str) -> Checker:
    found = Checker()
    found.feed(text)
    found.close()
    assert found.open == []
    return found


def test_the_file_is_whole_and_stands_alone() -> None:
    text = html(sheet([*RUNNER.records[:-1], hurt(RUNNER.records[-1])]))
    found = checked(text)
    assert text.startswith("<!doctype html>")
    assert not {"script", "link", "img", "iframe", "object", "form", "a"} & set(found.tags)
    assert not [name for name, _ in found.attributes if name.startswith("on") or name in ("src", "href")]
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text
    assert found.tags.count("svg") == 3 + len(sheet().sides)
    assert found.tags.count("main") == 1


def test_words_from_people_stay_words() -> None:
    text = html(sheet([*RUNNER.records[:-1], hurt(RUNNER.records[-1])]))
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert "\x1b" not in text
    assert any('alert("x")' in words for words in checked(text).words)
    plain = markdown(sheet([*RUNNER.records[:-1], hurt(RUNNER.records[-1])]))
    assert "<script" not in plain.replace("\\<script", "")
    assert "\\[link\\]" in plain


def test_every_svg_is_well_formed() -> None:
    text = html(sheet())
    for picture in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        root = ET.fromstring(picture)  # our own output
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"]
        assert not [value for one in root.iter() for value in one.attrib.values() if "nan" in value]


def test_the_figures_are_those_of_the_records() -> None:
    found = sheet()
    told = [record for record in RUNNER.records if record.local_date >= RUNNER.start]
    assert found.sessions == len(told)
    assert found.kept.planned >= found.kept.kept > 0
    answers = [entry.during.left for record in told for entry in record.exercises] + [
        record.check_in.before.left for record in told
    ]
    assert found.worst == max(answer for answer in answers if answer is not None)
    assert list(found.pain) == ["left"]
    assert sum(line.sessions for line in found.exercises) == sum(len(record.exercises) for record in told)
    assert found.more_changes >= 0


def test_pain_stops_and_signs_are_told() -> None:
    last = hurt(RUNNER.records[-1])
    ticked = replace(last, check_in=replace(last.check_in, warning_signs=("locked", "from-elsewhere")))
    found = sheet([*RUNNER.records[:-1], ticked])
    assert (found.stops[-1].pain, found.stops[-1].side, found.stops[-1].sharp) == (7, "left", True)
    for text in (html(found), markdown(found)):
        assert "7 of 10, left, sharp or rising" in text
        assert "The knee locks and will not straighten." in text
        assert "from-elsewhere" in text


def test_since_leaves_out_what_is_older_but_not_its_context() -> None:
    since = TODAY - timedelta(days=20)
    found = sheet(since=since)
    assert found.sessions == sum(record.local_date >= since for record in RUNNER.records)
    assert all(line.day >= since for line in found.changes)
    whole = sheet()
    assert [line for line in whole.changes if line.day >= since] == list(found.changes)[-len(whole.changes) :]


def test_rehearsals_and_the_future_are_left_out() -> None:
    extra = [
        replace(RUNNER.records[-1], id="f" * 16, rehearsal=True),
        replace(RUNNER.records[-1], id="e" * 16, local_date=TODAY + timedelta(days=1)),
    ]
    assert sheet([*RUNNER.records, *extra]) == sheet()


def test_nothing_yet_is_a_sheet_as_well() -> None:
    found = sheet([])
    text = html(found)
    checked(text)
    assert "No session was recorded in this time." in text
    assert text.count('class="page"') == 1  # and no empty charts
    assert "<svg" not in text
    plain = markdown(found)
    assert "0 of 0" not in plain
    assert "No session was recorded in this time." in plain
    assert plain.count("|") == 0


def test_two_sessions_are_a_sheet_as_well() -> None:
    found = sheet(RUNNER.records[-2:])
    text = html(found)
    checked(text)
    assert found.sessions == 2
    assert text.count('class="page"') == 2
    assert "too few answers in four weeks" in text


def test_the_order_of_the_records_does_not_matter() -> None:
    assert html(sheet(RUNNER.records[::-1])) == html(sheet())


def test_markdown_tables_have_their_columns() -> None:
    lines = markdown(sheet()).splitlines()
    tables = [line for line in lines if line.startswith("|")]
    assert tables
    widths: set[tuple[int, ...]] = set()
    block: list[int] = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            block.append(len(re.findall(r"(?<!\\)\|", line)))
        elif block:
            assert len(set(block)) == 1
            widths.add(tuple(block))
            block = []
    assert widths


@pytest.mark.parametrize("text", ["# head", "[a](b)", "a|b", "<b>", "*x*", "`x`", "line\nbreak"])
def test_nothing_in_a_note_is_markup(text: str) -> None:
    safe = escape(text)
    assert "\n" not in safe
    assert re.search(r"(?<!\\)[#*`|<\[]", safe) is None


def test_the_mean_has_its_gaps_on_paper() -> None:
    found = sheet().pain["left"]
    gap = [
        day._replace(mean=None, pain=None) if 30 < at < 60 else day._replace(mean=2.0)
        for at, day in enumerate(found)
    ]
    assert pain_svg({"left": gap}, 2, 6).count("<polyline") == 2


def test_twelve_weeks_unless_asked() -> None:
    assert default_since(date(2026, 6, 18)) == date(2026, 3, 30)
    assert default_since(date(2026, 6, 15)) == date(2026, 3, 30)
