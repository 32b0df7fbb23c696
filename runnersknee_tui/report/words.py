"""Sentences that both forms of the sheet share."""

from __future__ import annotations

from runnersknee_tui.core.statistics import TREND_DAYS, Trend, trend_words
from runnersknee_tui.core.statistics_tables import OPEN
from runnersknee_tui.report.sheet import PainStop, Sheet

TITLE = "Runner's knee: a training log"
DISCLAIMER = (
    "Kept by the runner with a training app. Pain is what was answered on a scale of 0 to 10; a question left open "
    "stays open and is never counted as 0. This sheet is not a diagnosis and no substitute for one."
)
NOTHING = "No session was recorded in this time."
_PROGRAMMES = {"rehab": "rehab", "prehab": "prehab (keeping well)"}


def about(sheet: Sheet) -> str:
    """ "Left knee, rehab programme"."""
    knee = {"left": "Left knee", "right": "Right knee", "both": "Both knees"}.get(sheet.knee or "", "")
    programme = f"{_PROGRAMMES.get(sheet.programme, sheet.programme)} programme"
    return f"{knee}, {programme}" if knee else programme.capitalize()


def zones(sheet: Sheet) -> str:
    """How the runner's own line divides the scale."""
    green = "0" if sheet.green == 0 else f"0 to {sheet.green}"
    return (
        f"The runner works with {green} as calm, {sheet.green + 1} to {sheet.red - 1} as acceptable if it "
        f"settles by the next morning, and stops from {sheet.red} on."
    )


def figures(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """The four figures at the top: a number and what it is."""
    kept = sheet.kept
    share = "" if kept.share is None else f" ({100 * kept.share:.0f}\N{NO-BREAK SPACE}%)"
    mornings = OPEN if not sheet.mornings else f"{sheet.flares} of {sheet.mornings}"
    return (
        (f"{kept.kept} of {kept.planned}" if kept.planned else OPEN, f"planned days kept{share}"),
        (OPEN if sheet.worst is None else f"{sheet.worst}", f"worst pain; the stop line is {sheet.red}"),
        (f"{sheet.stopped}", "pain stop" if sheet.stopped == 1 else "pain stops"),
        (mornings, "mornings after 2 or more points up"),
    )


def trends(sheet: Sheet) -> tuple[str, ...]:
    """One line a knee."""
    return tuple(
        f"{knee.capitalize()} knee: {_lower(trend_words(found))}{_means(found)}."
        for knee, found in sheet.trends.items()
    )


def _means(found: Trend) -> str:
    if found.now is None or found.before is None:
        return ""
    return f" (mean {found.before:.1f}, then {found.now:.1f}; {found.answered} of {TREND_DAYS} days answered)"


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def stop_words(stop: PainStop) -> str:
    """ "6 of 10, left, sharp or rising"."""
    parts = [f"{stop.pain} of 10" if stop.pain is not None else "pain not answered"]
    parts += [stop.side] if stop.side else []
    if stop.sharp is not None:
        parts.append("sharp or rising" if stop.sharp else "not sharp")
    return ", ".join(parts)
