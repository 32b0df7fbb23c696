"""The sheet as one HTML file: style and charts inside, no script, nothing fetched, two A4 pages when printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from runnersknee_tui.core.statistics_tables import OPEN, day_words
from runnersknee_tui.report import words
from runnersknee_tui.report.sheet import Sheet, period_words
from runnersknee_tui.report.svg import LEFT, RIGHT, calendar_svg, pain_svg, side_svg, weeks_svg

_STYLE = f"""
:root {{ color-scheme: light; }}
@page {{ size: A4; margin: 10mm 14mm; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: #eceff2; color: #1c2733;
  font: 9.5pt/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }}
.page {{ width: 210mm; min-height: 297mm; margin: 8mm auto; padding: 10mm 14mm; background: #fff;
  box-shadow: 0 1px 6px #0003; }}
header {{ display: flex; justify-content: space-between; align-items: baseline; gap: 8mm;
  border-bottom: 2px solid #1c2733; padding-bottom: 2mm; margin-bottom: 4mm; }}
h1 {{ font-size: 16pt; margin: 0; letter-spacing: -0.01em; }}
header p {{ margin: 0; text-align: right; color: #5b6875; }}
h2 {{ font-size: 10.5pt; margin: 4mm 0 1mm; }}
h2 small {{ font-weight: normal; color: #5b6875; font-size: 9pt; margin-left: 2mm; }}
p {{ margin: 0 0 1.5mm; }}
.muted, footer {{ color: #5b6875; font-size: 9pt; }}
.figures {{ display: grid; grid-template-columns: repeat(4, 1fr); gap: 3mm; margin: 0; }}
.figures div {{ background: #f3f6f8; border-radius: 2mm; padding: 2.5mm 3mm; }}
.figures dt {{ font-size: 15pt; font-weight: 650; line-height: 1.15; }}
.figures dd {{ margin: 0.8mm 0 0; font-size: 8.5pt; line-height: 1.25; color: #5b6875; }}
svg {{ display: block; width: 100%; height: auto; }}
svg text {{ font: 10px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }}
svg.side {{ width: 34mm; }}
.key {{ display: inline-block; width: 4mm; height: 0; border-top: 2.4px solid {LEFT}; vertical-align: middle; }}
.key.right {{ border-top: 2.4px dashed {RIGHT}; }}
.key.plan {{ border-top: 2px solid #8a6a00; }}
table {{ width: 100%; border-collapse: collapse; font-size: 8.4pt; line-height: 1.25; }}
th {{ text-align: left; font-weight: 600; color: #5b6875; border-bottom: 1px solid #b9c3cc; padding: 0.7mm 2mm 0.7mm 0; }}
td {{ border-bottom: 1px solid #e6eaee; padding: 0.65mm 2mm 0.65mm 0; vertical-align: top; }}
.n {{ text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }}
.d {{ white-space: nowrap; }}
tr {{ break-inside: avoid; }}
h2 {{ break-after: avoid; }}
.two {{ display: grid; grid-template-columns: 1fr 1fr; gap: 0 7mm; }}
.two h2 {{ margin-top: 0; }}
.two > section:empty {{ display: none; }}
ul {{ margin: 0; padding: 0; list-style: none; font-size: 8.4pt; line-height: 1.3; }}
li {{ padding: 0.6mm 0; border-bottom: 1px solid #e6eaee; overflow-wrap: anywhere; }}
li b {{ font-weight: 600; }}
footer {{ margin-top: 4mm; border-top: 1px solid #b9c3cc; padding-top: 2mm; }}
@media print {{
  body {{ background: #fff; -webkit-print-color-adjust: exact; print-color-adjust: exact; }}
  .page {{ width: auto; min-height: 0; margin: 0; padding: 0; box-shadow: none; }}
  .page + .page {{ break-before: page; }}
}}
@media screen and (max-width: 820px) {{
  .page {{ width: auto; margin: 0; padding: 5vw; box-shadow: none; }}
  .figures {{ grid-template-columns: 1fr 1fr; }}
  .two {{ grid-template-columns: 1fr; }}
}}
"""

_HEAD = """\
<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
"""


def html(sheet: Sheet) -> str:
    """The whole file."""
    title = f"{words.TITLE}, {period_words(sheet)}"
    first = [_header(sheet), _figures(sheet)]
    second = [_changes(sheet), _two(_stops(sheet), _notes(sheet))]
    foot = f"<footer>{escape(words.DISCLAIMER)}</footer>"
    if sheet.sessions:
        first += [_pain(sheet), _days(sheet), _weeks(sheet), _sides(sheet)]
        second = [_exercises(sheet), *second]
        body = f'<main class="page">\n{_join(first)}\n</main>\n<div class="page">\n{_join([*second, foot])}\n</div>'
    else:
        body = f'<main class="page">\n{_join([*first, f"<p>{words.NOTHING}</p>", *second, foot])}\n</main>'
    return f"{_HEAD}<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"


def _join(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def _header(sheet: Sheet) -> str:
    return (
        f"<header><h1>{escape(words.TITLE)}</h1>"
        f"<p>{escape(words.about(sheet))}<br>{escape(period_words(sheet))}</p></header>"
    )


def _figures(sheet: Sheet) -> str:
    tiles = "".join(
        f"<div><dt>{escape(number)}</dt><dd>{escape(what)}</dd></div>"
        for number, what in words.figures(sheet)
    )
    return f'<dl class="figures">{tiles}</dl>'


def _pain(sheet: Sheet) -> str:
    keys = {"left": '<span class="key"></span> left', "right": '<span class="key right"></span> right'}
    legend = " &nbsp; ".join(keys[knee] for knee in sheet.pain)
    head = f"<h2>Pain, worst answer of a day <small>{legend}: line 7-day mean, dots answers</small></h2>"
    if not sheet.pain:
        return "<h2>Pain</h2><p>No answers about pain in this time.</p>"
    lines = "".join(f"<p>{escape(line)}</p>" for line in words.trends(sheet))
    chart = pain_svg(sheet.pain, sheet.green, sheet.red)
    return f'{head}{chart}{lines}<p class="muted">{escape(words.zones(sheet))}</p>'


def _days(sheet: Sheet) -> str:
    told = "darker is more of a day's plan, hollow is planned and missed, a dot is rest, a dash a break"
    return f"<h2>Days <small>{told}</small></h2>{calendar_svg(sheet.squares, sheet.full_minutes)}"


def _weeks(sheet: Sheet) -> str:
    told = '<span class="key plan"></span> plan; the last week is not over'
    return f"<h2>Minutes a week <small>{told}</small></h2>{weeks_svg(sheet.weeks)}"


def _table(head: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]]) -> str:
    """`head` is class and words of each column; cells are HTML already."""
    top = "".join(f"<th{_class(kind)}>{name}</th>" for kind, name in head)
    lines = "\n".join(
        "<tr>"
        + "".join(f"<td{_class(kind)}>{cell}</td>" for (kind, _), cell in zip(head, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return f"<table>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{lines}\n</tbody>\n</table>"


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _exercises(sheet: Sheet) -> str:
    if not sheet.exercises:  # stopped before the first one
        return '<h2 style="margin-top:0">Exercises</h2><p>No exercises in this time.</p>'
    head = (
        ("d", "Exercise"),
        ("n", "Sessions"),
        ("", "Began at"),
        ("", "Stands at"),
        ("n", "Done"),
        ("n", "Pain"),
        ("n", "Last"),
    )
    rows = (
        (
            escape(line.name), f"{line.sessions}", escape(line.began), escape(line.stands),
            f"{100 * line.share:.0f} %", OPEN if line.pain is None else f"{line.pain:.1f}", day_words(line.last),
        )
        for line in sheet.exercises
    )  # fmt: skip
    return f'<h2 style="margin-top:0">Exercises and their ladder</h2>{_table(head, rows)}'


def _sides(sheet: Sheet) -> str:
    if not sheet.sides:
        return ""
    head = (
        ("", "Exercise"),
        ("n", "Left"),
        ("", ""),
        ("n", "Right"),
        ("n", "Pain left"),
        ("n", "Pain right"),
        ("n", "Sessions"),
    )
    rows = (
        (
            escape(sheet.names.get(row.exercise, row.exercise)), f"{row.left:.0f} {row.unit}",
            side_svg(row.left, row.right), f"{row.right:.0f} {row.unit}",
            OPEN if row.pain_left is None else f"{row.pain_left:.1f}",
            OPEN if row.pain_right is None else f"{row.pain_right:.1f}", f"{row.sessions}",
        )
        for row in sheet.sides
    )  # fmt: skip
    return (
        f"<h2>Left against right <small>mean of a session, last four weeks</small></h2>{_table(head, rows)}"
    )


def _changes(sheet: Sheet) -> str:
    if not sheet.changes:
        return ""
    more = f" <small>and {sheet.more_changes} smaller or earlier ones</small>" if sheet.more_changes else ""
    head = (("d", "Day"), ("d", "Exercise"), ("", "Now"), ("", "Why"))
    rows = (
        (day_words(change.day), escape(change.name), escape(change.what), escape(change.reason))
        for change in reversed(sheet.changes)
    )
    return f"<h2>Steps and setbacks{more}</h2>{_table(head, rows)}"


def _two(left: str, right: str) -> str:
    if left and right:
        return f'<div class="two" style="margin-top:5mm"><section>{left}</section><section>{right}</section></div>'
    return left or right


def _stops(sheet: Sheet) -> str:
    lines = [
        f"<b>{day_words(stop.day)}</b> {escape(stop.name)}: {escape(words.stop_words(stop))}"
        for stop in reversed(sheet.stops)
    ]
    signs = [f"<b>{day_words(day)}</b> {escape(sign)}" for day, sign in sheet.signs]
    newest = (
        f" <small>the newest {len(lines)} of {sheet.stopped}</small>" if sheet.stopped > len(lines) else ""
    )
    found = f"<h2>Stopped for pain{newest}</h2>{_items(lines)}" if lines else ""
    return found + (f"<h2>Warning signs ticked</h2>{_items(signs)}" if signs else "")


def _notes(sheet: Sheet) -> str:
    lines = [f"<b>{day_words(day)}</b> {escape(note)}" for day, note in reversed(sheet.notes)]
    return f"<h2>Notes</h2>{_items(lines)}" if lines else ""


def _items(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
