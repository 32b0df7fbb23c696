"""A session on the screen: what moving, holding and resting cost, and how soon a key is answered."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from bench.goal import Effort, Result, Sample, compared, middle, take_turns
from bench.start_up import MINIMAL_TEXT, paint, window
from bench.terminal import Terminal
from bench.world import APP, MINIMAL, REALISTIC, home

REFERENCE, ROOMY = (80, 24), (120, 40)
WARM_S = 24.0
"""Long enough for every pose to have been drawn once, some of them ahead of time. What that costs is told in docs."""

LIMITS = {  # state and size: percent of a core, bytes a second
    ("moving", REFERENCE): (3.0, 60_000),
    ("moving", ROOMY): (5.0, None),
    ("holding", REFERENCE): (1.0, 2_000),
    ("holding", ROOMY): (1.0, 2_000),
    ("resting", REFERENCE): (1.5, 4_000),
    ("resting", ROOMY): (1.5, 6_000),
}
WHOLE_REST_S = 29.0
"""A rest of half a minute but for the second in which it was found."""
KEYS = 30
SET_1 = r"set 1( of |/)2"
MARK_MUTED = "♪ off"


def open_session(state: str, size: tuple[int, int], env: Mapping[str, str]) -> Terminal:
    """A terminal with a session that moves, holds or rests."""
    routine = "holding" if state == "holding" else "moving"
    terminal = Terminal((*APP, "start", routine, "--no-check-in"), size=size, env=env)
    terminal.wait_for(SET_1)
    terminal.wait_for(r"rep 1( of|/)" if routine == "moving" else r"→ |Last set")
    terminal.rest(4)
    if state == "resting":
        terminal.key("n")
        terminal.wait_for("set 2 of 2")
    terminal.rest(WARM_S)
    return terminal


def whole_rest(size: tuple[int, int], env: Mapping[str, str]) -> Sample:
    """A rest of half a minute from its beginning, before an exercise whose figure nobody has drawn yet."""
    with Terminal((*APP, "start", "fresh", "--no-check-in"), size=size, env=env) as terminal:
        terminal.wait_for("plank")
        for coming in (r"→ rest", "Step-up"):
            terminal.rest(1)
            terminal.key("n")
            terminal.wait_for(coming)
        return window(terminal, WHOLE_REST_S)


def timer_app(env: Mapping[str, str], seconds: float) -> Sample:
    """The realistic yardstick, so that a slow or busy machine shows in the table."""
    with Terminal(REALISTIC, size=REFERENCE, env=env) as terminal:
        terminal.wait_for("Counted 0")
        terminal.rest(2)
        return window(terminal, seconds)


def live(state: str, size: tuple[int, int], env: Mapping[str, str], seconds: float) -> Sample:
    with open_session(state, size, env) as terminal:
        return window(terminal, seconds)


def keys_of_session(env: Mapping[str, str]) -> Sample:
    """Muting, while a figure moves: the mark in the first line tells."""
    with open_session("moving", REFERENCE, env) as terminal:
        times = []
        for _ in range(KEYS):
            muted = MARK_MUTED in terminal.text
            pressed = terminal.key("m")
            at = terminal.wait_until(partial(_differs, muted), "the mark of the sound")
            times.append(1000 * (at - pressed))
            terminal.rest(0.13)
        return {"p50": median(times), "p95": quantiles(times, n=20)[18]}


def _differs(muted: bool, text: str) -> bool:
    return (MARK_MUTED in text) is not muted


def keys_of_yardstick(env: Mapping[str, str]) -> Sample:
    with Terminal(REALISTIC, size=REFERENCE, env=env) as terminal:
        terminal.wait_for("Counted 0")
        terminal.rest(1)
        times = []
        for number in range(1, KEYS + 1):
            pressed = terminal.key("n")
            times.append(1000 * (terminal.wait_for(rf"Counted {number}\b") - pressed))
            terminal.rest(0.13)
        return {"p50": median(times), "p95": quantiles(times, n=20)[18]}


def _name(state: str, size: tuple[int, int]) -> str:
    return f"{state} at {size[0]}x{size[1]}"


def measure(effort: Effort) -> Iterator[Result]:
    rounds = max(effort.rounds // 2, 1)
    with tempfile.TemporaryDirectory() as folder:
        env = home(Path(folder))
        runs: dict[str, Callable[[], Sample]] = {
            _name(state, size): partial(live, state, size, env, effort.seconds) for state, size in LIMITS
        }
        for size in (REFERENCE, ROOMY):
            runs[_name("a whole rest", size)] = partial(whole_rest, size, env)
        runs["realistic"] = partial(timer_app, env, effort.seconds)
        runs["minimal"] = partial(paint, MINIMAL, MINIMAL_TEXT, env)
        samples = take_turns(runs, rounds, warm_up=0)
        for (state, size), (most_cpu, most_bytes) in LIMITS.items():
            name = _name(state, size)
            yield Result(f"{name}: processor", middle(samples[name], "cpu"), most_cpu, "% of a core")
            written = middle(samples[name], "bytes_s")
            yield Result(
                f"{name}: written",
                written,
                written if most_bytes is None else most_bytes,
                "B/s",
                judged=most_bytes is not None,
            )
        for size in (REFERENCE, ROOMY):
            name = _name("a whole rest", size)
            yield Result(f"{name}: processor", middle(samples[name], "cpu"), 1.5, "% of a core")
        beside = middle(samples["realistic"], "cpu")
        yield Result("for comparison, a timer app at 4 Hz", beside, beside, "% of a core", judged=False)
        yield compared(
            "peak memory in a session with figures",
            samples,
            ("moving at 80x24", "minimal"),
            ("mb", "MB"),
            1.5,
        )
        keys = take_turns(
            {"session": partial(keys_of_session, env), "realistic": partial(keys_of_yardstick, env)},
            rounds,
            warm_up=0,
        )
        yield compared("key to paint, p50", keys, ("session", "realistic"), ("p50", "ms"), 1.5)
        yield Result("key to paint, p95", middle(keys["session"], "p95"), 40, "ms")
