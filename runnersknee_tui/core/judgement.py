"""After a session: keep, progress, regress or stop one exercise, with the reason in one sentence.

The table is adaptation.md, section 3: the rules stand in its order and the first that speaks wins. Everything
a rule may look at is an argument, so the same answers always give the same judgement.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from runnersknee_tui.core.assessment import (
    FEWEST_REPS,
    MILD,
    PAIN_FREE_DAYS,
    PAIN_FREE_SESSIONS,
    SHORTEST_HOLD_S,
    Answers,
    Decision,
    Easing,
    Judgement,
    Move,
    PainLine,
    Past,
    Place,
)

AMBER_RULE = 10
"""The number of the rule that keeps the dose because of amber pain."""


class _Case(Struct, frozen=True):
    now: Answers
    place: Place
    past: Past
    line: PainLine

    def short_twice(self, share: float) -> bool:
        """Less than this share of one and the same dose was done, twice in a row."""
        last = self.past.earlier[0] if self.past.earlier else None
        same = last is not None and last.target == self.now.target
        return same and last is not None and self.now.done < share and last.done < share

    @property
    def clean(self) -> bool:
        return self.now.clean(self.line)

    @property
    def below_top(self) -> bool:
        return self.now.target < self.place.hi

    @property
    def clean_top_before(self) -> bool:
        last = self.past.earlier[0] if self.past.earlier else None
        return last is not None and last.clean(self.line) and last.target >= self.place.hi

    @property
    def more(self) -> int:
        return min(self.now.target + (5 if self.place.holds else 1), self.place.hi)

    def amount(self, target: int) -> str:
        """A target where the sentence says what it counts: "16 reps", "35 s"."""
        return f"{target} s" if self.place.holds else f"{target} reps"

    def number(self, target: int) -> str:
        """A target where the reader knows what it counts: "16", "35 s"."""
        return f"{target} s" if self.place.holds else str(target)

    @property
    def percent(self) -> str:
        return f"{int(self.now.done * 100 + 1e-9)}%"


SIGN_REASON = "You ticked a warning sign, so training is paused until a clinician has looked at the knee."


def _keep(rule: int, reason: str, move: Move = Move.SAME) -> Judgement:
    return Judgement(rule, Decision.KEEP, move, reason)


def _regress(rule: int, reason: str) -> Judgement:
    return Judgement(rule, Decision.REGRESS, Move.EASIER, reason)


def _warning_sign(case: _Case) -> Judgement | None:
    return Judgement(1, Decision.STOP, Move.SAME, SIGN_REASON) if case.now.signs else None


def _second_pain_stop(case: _Case) -> Judgement | None:
    if not (case.past.second_stop and case.now.pain_stop(case.line)):
        return None
    reason = (
        "Second pain stop on this exercise in 14 days, so it is paused; "
        "show your log to a physiotherapist or doctor."
    )
    return Judgement(2, Decision.STOP, Move.EASIER, reason, pauses=True)


def stop_reason(sharp: bool | None, pain: int | None, line: PainLine, easing: Easing) -> str:
    """The sentence for a pain stop: for the moment it happens, and for the record."""
    over = f"this exercise is over for today and comes back {easing.on_return}."
    if sharp:
        return f"Sharp or rising pain means stop: {over}"
    if pain is not None and pain >= line.red:
        return f"Pain reached {pain}/10, above your limit of {line.limit}/10, so {over}"
    return f"You stopped because it hurt; {over}"


def amber_reason(pain: int) -> str:
    return f"Pain was {pain}/10: acceptable if it settles by tomorrow, but not a day to add more."


def _pain_stop(case: _Case) -> Judgement | None:
    if not case.now.pain_stop(case.line):
        return None
    reason = stop_reason(case.now.sharp, case.now.during, case.line, case.place.easing)
    return Judgement(3, Decision.STOP, Move.EASIER, reason)


def _worse_the_morning_after(case: _Case) -> Judgement | None:
    now = case.now
    if now.rise is None or now.rise < 2:
        return None
    against = f"The morning after was {now.after}/10 against {now.before}/10"
    if now.ran == "hard":
        return _keep(4, f"{against}, but you ran hard in between; the same dose again, and an easier run.")
    if case.place.loaded or case.line.is_amber(now.during):
        return _regress(5, f"{against} before, so this dose may have been too much; {case.place.easing}.")
    lowest = "the shortest hold" if case.place.holds else "the lowest reps"
    return _keep(6, f"{against} before; back to {lowest} until it settles.", Move.LOWEST)


def _form_lost(case: _Case) -> Judgement | None:
    if case.now.form != "lost":
        return None
    return _regress(7, f"Your form broke down, and clean form comes first; {case.place.easing}.")


def _amber_and_not_falling(case: _Case) -> Judgement | None:
    amber, during, past = case.line.is_amber, case.now.during, case.past.earlier[:2]
    if during is None or len(past) < 2 or not (amber(during) and all(amber(old.during) for old in past)):
        return None
    two_ago = past[1].during
    if during <= case.line.green + 1 or two_ago is None or during < two_ago:
        return None
    reason = (
        f"Pain was {during}/10, the third session in a row above {case.line.green} and not falling; "
        f"{case.place.easing} to let it settle."
    )
    return _regress(8, reason)


def _mild_twice_and_calm(case: _Case) -> Judgement | None:
    mild_is_amber = case.line.green + 1 == MILD
    calm = bool(case.past.earlier) and case.past.earlier[0].calm_at_mild and case.now.calm_at_mild
    if not (mild_is_amber and calm and case.below_top):
        return None
    reason = f"Pain was 3/10 twice and had settled by the morning; {case.amount(case.more)} next time."
    return Judgement(9, Decision.PROGRESS, Move.TARGET, reason, case.more)


def _amber(case: _Case) -> Judgement | None:
    during = case.now.during
    return (
        _keep(AMBER_RULE, amber_reason(during)) if during is not None and case.line.is_amber(during) else None
    )


def _far_short_twice(case: _Case) -> Judgement | None:
    if not case.short_twice(0.8):
        return None
    reason = (
        f"You finished {case.percent} of the plan, twice in a row short; "
        f"{case.place.easing} so you can complete it."
    )
    return _regress(11, reason)


def _short_twice(case: _Case) -> Judgement | None:
    if not case.short_twice(1.0):
        return None
    grain, least = (5, SHORTEST_HOLD_S) if case.place.holds else (1, FEWEST_REPS)
    done = int(case.now.done * case.now.target + 1e-9) // grain * grain
    target = max(done, least)
    if target >= case.now.target:
        return _regress(12, f"Short of the plan twice; {case.place.easing} so you can complete it.")
    reason = f"Short of the plan twice; {case.amount(target)}, all of them clean, is the better dose."
    return Judgement(12, Decision.REGRESS, Move.TARGET, reason, target)


def _not_all_of_it(case: _Case) -> Judgement | None:
    if case.now.form == "shaky":
        return _keep(13, "Your form was shaky; the same dose again until it is clean.")
    if case.now.done < 1:
        return _keep(13, f"You finished {case.percent} of the plan; same dose until all of it is done.")
    return None


def _unanswered(case: _Case) -> Judgement | None:
    now = case.now
    if not now.confirmed:
        return _keep(14, "Nobody has confirmed that session yet, so the dose stays the same.")
    if now.before is None or now.during is None or now.form is None:
        return _keep(14, "A question was left open, so the dose stays the same.")
    if now.after is None:
        return _keep(14, "No morning-after number yet, so the dose stays the same.")
    return None


def _not_quite_calm(case: _Case) -> Judgement | None:
    now = case.now
    if now.rise == 1:
        return _keep(15, "The morning after was one point higher; that is small, so the dose stays the same.")
    if not case.line.is_green(now.before):
        return _keep(15, f"You started at {now.before}/10; adding more waits for a day that starts lower.")
    return None


def _clean_below_top(case: _Case) -> Judgement | None:
    if not (case.clean and case.below_top):
        return None
    reason = (
        f"All sets clean at {case.number(case.now.target)} and the knee stayed calm; "
        f"{case.amount(case.more)} next time."
    )
    return Judgement(16, Decision.PROGRESS, Move.TARGET, reason, case.more)


def free_days(days: int) -> str:
    """ "1 pain-free day", "4 pain-free days"."""
    return f"{days} pain-free day{'' if days == 1 else 's'}"


def _clean_at_top(case: _Case) -> Judgement | None:
    place, past = case.place, case.past
    rule = 18 if case.clean_top_before else 17
    if place.last_step:
        if place.next_needs:
            return _keep(rule, f"The next step needs {place.next_needs}; until you have it, keep it here.")
        return _keep(rule, "You are at the top step for this exercise; keep it here.")
    if rule == 17:
        return _keep(17, "Top of the range with clean form; do it once more and you move up.")
    if place.next_adds_weight:
        if past.pain_free_days < PAIN_FREE_DAYS:
            return _keep(
                19, f"{free_days(past.pain_free_days)} so far; weight is added after {PAIN_FREE_DAYS}."
            )
        if past.pain_free_sessions < PAIN_FREE_SESSIONS:
            times = f"{past.pain_free_sessions} of {PAIN_FREE_SESSIONS} pain-free sessions"
            return _keep(19, f"{times} in these {past.pain_free_days} days; weight is added after that.")
    if past.stepped_up:
        return _keep(20, "Another exercise moved up today; one change at a time shows what your knee likes.")
    reason = (
        f"Two clean sessions at {case.number(case.now.target)} in a row; "
        f"you move to the next step at {case.number(place.next_lo)}."
    )
    return Judgement(21, Decision.PROGRESS, Move.NEXT_STEP, reason)


RULES: tuple[Callable[[_Case], Judgement | None], ...] = (
    _warning_sign,
    _second_pain_stop,
    _pain_stop,
    _worse_the_morning_after,
    _form_lost,
    _amber_and_not_falling,
    _mild_twice_and_calm,
    _amber,
    _far_short_twice,
    _short_twice,
    _not_all_of_it,
    _unanswered,
    _not_quite_calm,
    _clean_below_top,
    _clean_at_top,
)
"""In the order of the table; the first that speaks wins. What passes all but the last is clean and at the top."""


@lru_cache(maxsize=4096)  # the same sessions are judged again at every look at a day
def judge(now: Answers, place: Place, past: Past, line: PainLine) -> Judgement:
    """The judgement of one exercise of one session (adaptation.md, section 3)."""
    case = _Case(now, place, past, line)
    for rule in RULES:
        judgement = rule(case)
        if judgement is not None:
            return judgement
    raise AssertionError("the last rule always speaks")  # pragma: no cover
