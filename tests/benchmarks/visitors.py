"""A class at work: thirty visitors browse and draw, half of them train; then sixty.

    python -m tests.benchmarks.visitors [--visitors 30 60] [--seconds 60] [--browsers 3]

Each time the app starts anew. One visitor trains alone first. Then all draw every other second and
look at another page now and then, and every other one trains the tutorial network as fast as it
goes, begun at some moment of that time. They speak Streamlit's own protocol (visitors_protocol.py);
beside them three real browsers draw (visitors_browsers.py), whose times are told apart. With
`--visitors 30 --seconds 30` it takes about two minutes of a quiet machine. A run is right when its
losses are, to the last digit, those of the run that was alone. What a run waits is all the time
from the visitor's opening Train until it is kept, less what it reports to have trained.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import statistics
import time
from dataclasses import dataclass, field
from functools import partial

import psutil
from streamlit.proto.Delta_pb2 import Delta

from tests.benchmarks.memory import at_once, train
from tests.benchmarks.started import demand_mnist, running_app
from tests.benchmarks.visitors_browsers import drawn_in_browsers, processor_seconds
from tests.benchmarks.visitors_protocol import Visitor
from tests.browser.driver import Server
from tests.drawn import FIVE, SEVEN
from tests.replay import canvas_json

DIGITS = {"7": canvas_json(SEVEN), "5": canvas_json(FIVE)}
PAGES = ("learn", "data", "exam", "inside", "runs")
EVERY = 2.0  # seconds between two strokes
STROKES = 5  # on one page, before another is looked at
ANSWER_SECONDS = 60  # that an answer may take before it counts as none


@dataclass
class Seen:
    """What happened to all visitors."""

    answers: list[float] = field(default_factory=list)  # seconds from stroke to answer
    in_browsers: list[float] = field(default_factory=list)  # the same, as a page shows it
    problems: list[str] = field(default_factory=list)
    runs: dict[str, float] = field(default_factory=dict)  # id: seconds until it was kept
    browser_seconds: float = 0.0  # of processor


class Drawer(Visitor):
    """Draws on Home or Predict and notes what the stage answers, and when."""

    def __init__(self, url: str) -> None:
        self.answer, self.answered_at = "", 0.0
        super().__init__(url)

    def _show(self, place: tuple[int, ...], delta: Delta) -> None:
        super()._show(place, delta)
        content = delta.new_element.bidi_component.json
        readings = json.loads(content).get("readings") if '"readings"' in content else None
        if readings:
            self.answer = "".join(str(each["answer"]) for each in readings)
            self.answered_at = time.monotonic()

    def stroke(self, box: str, digit: str) -> float:
        """Draw this digit; the seconds until it is read as such."""
        began = time.monotonic()
        self.draw(f"{box}-0", DIGITS[digit])
        self.wait_until(lambda: self.answer == digit, ANSWER_SECONDS)
        return max(0.0, self.answered_at - began)


def browse(visitor: Drawer, seen: Seen, until: float, chance: random.Random) -> None:
    """Draw every other second, look at another page, draw again."""
    while time.monotonic() < until:
        page = chance.choice(("", "predict"))
        visitor.open(page)
        visitor.answer = ""  # the pad may begin with what was drawn before
        for number in range(STROKES):
            began = time.monotonic()
            seen.answers.append(visitor.stroke(page or "home", "75"[number % 2]))
            time.sleep(max(0.0, began + EVERY - time.monotonic()))
        visitor.open(chance.choice(PAGES))


def come(server: Server, seen: Seen, seconds: float, number: int) -> None:
    """One visitor, from coming to leaving; every other one trains, from some moment on."""
    chance, now = random.Random(number), time.monotonic()
    until = now + seconds
    try:
        visitor = Drawer(server.url)
        time.sleep(chance.uniform(0, 5))
        trains = bool(number % 2)
        browse(visitor, seen, chance.uniform(now, until - 5) if trains else until, chance)
        if trains:
            run, took = trained(visitor, server)
            seen.runs[run] = took
        visitor.leave()
    except Exception as problem:  # whatever befalls a visitor is what is counted
        seen.problems.append(f"visitor {number}: {type(problem).__name__}: {str(problem)[:120]}")


def look(server: Server, seen: Seen, browsers: int, until: float) -> None:
    """Draw in so many browsers until then."""
    seen.browser_seconds = drawn_in_browsers(
        server.url, browsers, until, seen.in_browsers, seen.problems
    )


def trained(visitor: Visitor, server: Server) -> tuple[str, float]:
    """Train as fast as it goes; the run's id, and the seconds until it was kept."""
    began = time.monotonic()
    return train(visitor, server), time.monotonic() - began


def losses(server: Server, run: str) -> list[str]:
    """The loss of every batch, as it was written down."""
    with (server.home / "runs" / run / "history.csv").open(encoding="utf-8") as file:
        return [row["loss"] for row in csv.DictReader(file)]


def seconds_of(server: Server, run: str) -> float:
    """Of training, as the run reports it."""
    card = (server.home / "runs" / run / "run.json").read_text(encoding="utf-8")
    return json.loads(card)["seconds"]


def measure(server: Server, visitors: int, seconds: float, browsers: int) -> None:
    """Print what so many visitors met with."""
    first = Drawer(server.url)
    alone, took = trained(first, server)
    first.leave()
    print(f"one run alone: {took:.1f} s until it was kept", flush=True)
    seen, began = Seen(), time.monotonic()
    everybody = [partial(come, server, seen, seconds, number) for number in range(visitors)]
    if browsers:
        everybody.append(partial(look, server, seen, browsers, began + seconds))
    process = psutil.Process(server.process.pid)
    computed = processor_seconds(process)
    at_once(everybody)
    lasted, computed = time.monotonic() - began, processor_seconds(process) - computed
    expected = losses(server, alone)
    right = sum(losses(server, run) == expected for run in seen.runs)
    dropped = [each for each in seen.problems if "Connection" in each]
    print(
        f"{visitors} visitors and {browsers} browsers, {lasted:.0f} s until the last run was kept"
    )
    for problem in seen.problems[:10]:
        print(f"  {problem}")
    line("errors", len(seen.problems) - len(dropped), "0")
    line("dropped connections", len(dropped), "0")
    line(f"right of {visitors // 2} runs", right, f"{visitors // 2}")
    answer_lines("stroke → answer", seen.answers, "≤ 0.3", "≤ 2")
    answer_lines("the same in a browser", seen.in_browsers, "", "")
    line("cores that the server kept busy", computed / lasted, "")
    if browsers:
        line("the browsers, while they were there", seen.browser_seconds / seconds, "")
    if seen.runs:
        waits = [max(0.0, took - seconds_of(server, run)) for run, took in seen.runs.items()]
        line("a run waits, least s", min(waits), "")
        line("  median s", statistics.median(waits), "")
        line("  most s", max(waits), "≤ 2 × median")


def answer_lines(what: str, answers: list[float], most: str, longest: str) -> None:
    """Three lines about the seconds that answers took, beside their goals."""
    if len(answers) < 2:
        line(f"{what}: so often", len(answers), "")
    else:
        line(f"{what}, {len(answers):,} times: median s", statistics.median(answers), "")
        line("  95 of 100 within s", statistics.quantiles(answers, n=20)[-1], most)
        line("  longest s", max(answers), longest)


def line(what: str, found: float, goal: str) -> None:
    """A line of the table."""
    number = f"{found:,}" if isinstance(found, int) else f"{found:.2f}"
    print(f"{what:<46} {number:>8}  {goal and 'goal'} {goal}".rstrip(), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--visitors", type=int, nargs="+", default=[30, 60])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--browsers", type=int, default=3)
    chosen = parser.parse_args()
    demand_mnist()
    for visitors in chosen.visitors:
        with running_app() as server:
            measure(server, visitors, chosen.seconds, chosen.browsers)


if __name__ == "__main__":
    main()
