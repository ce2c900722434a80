"""What it costs a run to be watched, and where that goes.

    python -m tests.benchmarks.watching

Trains the tutorial network at full speed while its page is closed, open, and open but hidden from
the painter, by turns within the same runs, and compares how long an epoch takes. All of it, the
browser too, is on this machine: see what it does to the run rather than the seconds.
"""

from __future__ import annotations

import json
import re
import statistics
import time
from dataclasses import astuple, dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, expect

from tests.benchmarks.started import demand_mnist, running_app
from tests.browser.app import button, full_speed
from tests.browser.driver import Server, new_browser, open_app

ROUNDS = 8
EPOCHS = 5  # of a turn, three seconds: seven looks at the run
MOST = 60  # epochs of a run; then the next one begins
SETTLED = 1.5  # seconds for the page to come to rest once it shows the run
SOON = 240_000  # milliseconds; the machine may be busy
CLOSED, OPEN, UNPAINTED = "closed", "open", "open, unpainted"


@dataclass
class Turn:
    """Of one epoch: seconds on the clock, and of the processor for the thread that trains, for all
    else in the server, and for the browser."""

    clock: float
    training: float
    server: float
    browser: float


class Run:
    """Runs of the tutorial network, one after the other, and the page that may watch them."""

    def __init__(self, server: Server, page: Page) -> None:
        self.server, self.page, self.file = server, page, Path()
        self.process = psutil.Process(server.process.pid)

    def begin(self) -> None:
        """Train once more, to the end of the first epoch."""
        before = set(self.server.home.glob("runs/[!.]*/run.json"))
        open_app(self.page, f"{self.server.url}/train?epochs={MOST}")
        # The browser knows that the visitor wants it at full speed, and says so a little later.
        expect(button(self.page, "Slow down to watch")).to_be_visible(timeout=SOON)
        button(self.page, "Start training").click()
        while not (new := set(self.server.home.glob("runs/[!.]*/run.json")) - before):
            time.sleep(0.1)
        (self.file,) = new

    @property
    def epochs_left(self) -> int:
        """Of the newest run, 0 before the first one."""
        return MOST - len(json.loads(self.file.read_text())["validation"]) if self.file.name else 0

    def next_epoch(self) -> float:
        """When it was over: a run is kept then. In seconds."""
        before = now = self.file.stat().st_mtime
        while now == before:
            time.sleep(0.01)
            try:
                now = self.file.stat().st_mtime
            except FileNotFoundError:  # it just takes its place
                now = before
        return now

    def show(self, state: str) -> None:
        """Open or close the page."""
        run, score = self.file.parent.name, self.page.locator(".st-key-at-work .score")
        if state == CLOSED:
            self.page.goto("about:blank")
        elif run not in self.page.url:
            open_app(self.page, f"{self.server.url}/train?run={run}")
        if state != CLOSED:
            expect(score).to_contain_text(re.compile(r"reads \d+"), timeout=SOON)
            display = "none" if state == UNPAINTED else ""
            self.page.evaluate("display => document.body.style.display = display", display)
        time.sleep(SETTLED)

    def turn(self, state: str) -> Turn:
        """What EPOCHS of the run cost in this state, each."""
        if self.epochs_left < 4 * EPOCHS:  # the page takes some to open
            self.stop()
            self.begin()
        self.show(state)
        began, before = self.next_epoch(), self.processor()
        for _ in range(EPOCHS):
            ended = self.next_epoch()
        training, server, browser = (
            after - each for each, after in zip(before, self.processor(), strict=True)
        )
        costs = ended - began, training, server - training, browser
        return Turn(*(cost / EPOCHS for cost in costs))

    def processor(self) -> tuple[float, float, float]:
        """Seconds so far: of the thread that trains, of all the server, and of the browser."""
        training = max(each.user_time + each.system_time for each in self.process.threads())
        others = psutil.Process().children(recursive=True)
        browser = [each.cpu_times()[:2] for each in others if "chrom" in each.name()]
        return training, sum(self.process.cpu_times()[:2]), sum(map(sum, browser))

    def stop(self) -> None:
        """End the run, if there is one."""
        if self.file.name:
            open_app(self.page, f"{self.server.url}/train?run={self.file.parent.name}")
            button(self.page, "Stop").click()
            expect(self.page.get_by_text("· stopped")).to_be_visible(timeout=SOON)


def main() -> None:
    demand_mnist()
    with running_app() as server, new_browser() as browser:
        measure(server, browser)


def measure(server: Server, browser: Browser) -> None:
    """Print the table."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    open_app(page, f"{server.url}/train")
    full_speed(page)
    run, turns = Run(server, page), {CLOSED: [], OPEN: [], UNPAINTED: []}
    for number in range(ROUNDS):
        for state in list(turns)[:: -1 if number % 2 else 1]:
            turns[state].append(run.turn(state))
    print("Seconds an epoch: on the clock, and of the processor for")
    print(f"{'':20} {'clock':>8} {'training':>9} {'server':>9} {'browser':>9}")
    for state, those in turns.items():
        median = map(statistics.median, zip(*map(astuple, those), strict=True))
        print(f"{state:20} " + " ".join(f"{each:>8.3f}" for each in median))
    for state in (OPEN, UNPAINTED):
        pairs = zip(turns[state], turns[CLOSED], strict=True)
        slower = [100 * (watched.clock / alone.clock - 1) for watched, alone in pairs]
        low, middle, high = statistics.quantiles(slower, n=4)
        print(f"{state}: slower by {middle:.0f} % (half of the rounds: {low:.0f} to {high:.0f} %)")


if __name__ == "__main__":
    main()
