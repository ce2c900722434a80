"""How much memory the server takes, from its start to thirty visitors and back.

    python -m tests.benchmarks.memory [--runs N] [--visitors N] [--parts]

Starts the app on its own and sends it visitors (tests/benchmarks/visitors_protocol.py). Prints the
resident set of the server's process at each stage, in MB of a million bytes, beside the goal, and
then what the parts of it cost, each measured in a fresh process. `--runs`: how many further runs
one visitor makes, 50 unless told; `--visitors`: how many come, 30 unless told, of whom every other
one trains (a busy machine needs long for thirty); `--parts`: only the costs.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil

from pages.ui.inside.sections import SECTIONS
from tests.benchmarks.memory_parts import print_parts
from tests.benchmarks.started import demand_mnist, put_mnist
from tests.benchmarks.visitors_protocol import Visitor
from tests.browser.driver import Server, start_server
from tests.drawn import FIVE, SEVEN
from tests.replay import canvas_json

SETTLE = 4  # seconds after which what was begun on the side is over
MINUTE = 60  # after the visitors left
RUN_SECONDS = 900  # that a run may take, with fourteen others
PAGES = ("learn", "data", "train", "exam")


class Series:
    """The memory of one server, stage by stage."""

    def __init__(self, server: Server) -> None:
        self.server, self._process = server, psutil.Process(server.process.pid)
        self._one_run = 0.0
        print(f"{'':<44} {'MB':>6} {'highest':>8} {'goal':>6}")

    @property
    def now(self) -> float:
        return self._process.memory_info().rss / 1e6

    def stage(self, name: str, goal: float, work: Callable[[], object]) -> float:
        """Do it, let it settle, and print what the server has then, and had at most."""
        highest, over = [self.now], threading.Event()

        def watch() -> None:
            while not over.wait(0.1):
                highest.append(self.now)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        work()
        time.sleep(SETTLE)
        over.set()
        watcher.join()
        print(f"{name:<44} {self.now:>6.0f} {max(highest):>8.0f} {goal:>6.0f}", flush=True)
        return self.now


def draw(visitor: Visitor, page: str, box: str) -> None:
    """Open a page with a drawing box and have a digit read."""
    visitor.open(page)
    for strokes in (SEVEN, FIVE):
        visitor.draw(f"{box}-0", canvas_json(strokes))


def browse(visitor: Visitor) -> None:
    """What somebody does who comes with a class: draw, look around, draw again."""
    draw(visitor, "", "home")
    for page in PAGES:
        visitor.open(page)
    draw(visitor, "predict", "predict")


def begin(visitor: Visitor, query: str = "") -> str:
    """Train the tutorial network, or what `query` says, as fast as it goes; the id of the run."""
    visitor.open("train", query)
    if visitor.can_press("full-speed"):
        visitor.press("full-speed")
    visitor.press("start")
    visitor.wait_until(lambda: "run=" in visitor.query)
    return visitor.query.split("run=")[1].split("&")[0]


def train(visitor: Visitor, server: Server, query: str = "") -> str:
    """As `begin`, to its end, and stay on the page."""
    run = begin(visitor, query)
    until(lambda: is_complete(server, run), RUN_SECONDS)
    return run


def is_complete(server: Server, run: str) -> bool:
    """Whether this run is kept with all of its epochs."""
    try:
        kept = (server.home / "runs" / run / "run.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return json.loads(kept)["complete"]


def look_inside(visitor: Visitor) -> None:
    """Every section, each until nothing on it moves any more: the map is arranged then."""
    visitor.open("inside")
    for words in SECTIONS.values():
        visitor.choose("inside-section", words)
        visitor.wait_until(visitor.is_still)


def until(seen: Callable[[], bool], seconds: float) -> None:
    """Raises TimeoutError."""
    give_up = time.monotonic() + seconds
    while not seen():
        if time.monotonic() > give_up:
            raise TimeoutError(f"It did not come within {seconds:g} s.")
        time.sleep(0.2)


def at_once(works: Iterable[Callable[[], object]]) -> None:
    """All of them at the same time. Raises what the first that failed raised."""
    problems: list[Exception] = []

    def guarded(work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as problem:  # raised again below, in the thread that waits
            problems.append(problem)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]


def measure(server: Server, runs: int, visitors: int) -> None:
    """Print the series."""
    series = Series(server)
    series.stage("idle", 80, lambda: None)
    first = Visitor(server.url)
    series.stage("first drawing", 300, lambda: draw(first, "", "home"))
    one_run = series.stage("one run of the tutorial network", 420, lambda: train(first, server))
    ten = [first, *(Visitor(server.url) for _ in range(9))]
    series.stage(
        "ten visitors", 500, lambda: at_once([lambda each=each: browse(each) for each in ten])
    )
    everybody = [*ten, *(Visitor(server.url) for _ in range(visitors - 10))]
    acts = [
        (lambda each=each: train(each, server)) if number % 2 else (lambda each=each: browse(each))
        for number, each in enumerate(everybody)
    ]
    name = f"{visitors} visitors, {visitors // 2} of whom train"
    series.stage(name, 600, lambda: at_once(acts))

    def all_leave() -> None:
        for each in everybody:
            each.leave()
        time.sleep(MINUTE - SETTLE)

    series.stage("a minute after they left", one_run * 1.1, all_leave)
    last = Visitor(server.url)
    after = series.stage("one more run", one_run * 1.1, lambda: train(last, server))

    def many_runs() -> None:
        for _ in range(runs):
            train(last, server)

    series.stage(f"{runs} further runs", after * 1.05, many_runs)
    series.stage("all of Inside used once", 700, lambda: look_inside(last))
    last.leave()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--visitors", type=int, default=30)
    parser.add_argument("--parts", action="store_true")
    chosen = parser.parse_args()
    demand_mnist()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        put_mnist(folder / "home")
        if not chosen.parts:
            server = start_server("app.py", folder)
            try:
                measure(server, chosen.runs, max(10, chosen.visitors))
            finally:
                server.stop()
        print_parts(folder / "home")


if __name__ == "__main__":
    main()
