"""What it costs a run to be watched, and what memory the server takes.

    python -m tests.benchmarks.watching

Starts the app and trains the tutorial network again and again, by turns with its page open
(live chart and all) and closed, and compares the seconds of training that the runs report.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

import psutil
from playwright.sync_api import Page, expect

from tests.benchmarks.started import demand_mnist, new_browser, running_app
from tests.browser.app import button, full_speed
from tests.browser.driver import Server, open_app

ROUNDS = 4
EPOCHS = 12  # long enough for many updates of the chart
SOON = 240_000  # milliseconds; the machine may be busy


def train(page: Page, server: Server, watched: bool) -> dict:
    """Train once; what the run saved about itself."""
    open_app(page, f"{server.url}/train?epochs={EPOCHS}")
    # The browser knows that the visitor wants it at full speed, and says so a little later.
    expect(button(page, "As fast as it goes")).to_be_disabled(timeout=SOON)
    before = set(saved(server))
    button(page, "Start training").click()
    expect(button(page, "Stop")).to_be_enabled(timeout=SOON)
    if not watched:
        page.goto("about:blank")
    deadline = time.monotonic() + 300
    while not (new := set(saved(server)) - before):
        if time.monotonic() > deadline:
            sys.exit("The run did not end within five minutes.")
        time.sleep(0.2)
    return json.loads(new.pop().read_text(encoding="utf-8"))


def saved(server: Server) -> list[Path]:
    return list((server.home / "runs").glob("[!.]*/run.json"))


def main() -> None:
    demand_mnist()
    with running_app() as server, new_browser() as browser:
        measure(server, browser.new_page(viewport={"width": 1280, "height": 800}))


def measure(server: Server, page: Page) -> None:
    """Print the table."""
    memory = psutil.Process(server.process.pid).memory_info
    print(f"server just started: {memory().rss / 1e6:,.0f} MB resident")
    open_app(page, f"{server.url}/train")
    full_speed(page)
    train(page, server, watched=True)  # warms up: loads MNIST
    print(f"MNIST loaded, one run just over: {memory().rss / 1e6:,.0f} MB resident")
    ratios, highest = [], 0.0
    print(f"{'round':>5} {'unwatched s':>12} {'watched s':>10} {'ratio':>7} {'memory MB':>10}")
    for number in range(1, ROUNDS + 1):
        alone = train(page, server, watched=False)["seconds"]
        watched = train(page, server, watched=True)["seconds"]
        highest = max(highest, memory().rss / 1e6)
        ratios.append(watched / alone)
        print(f"{number:>5} {alone:>12.2f} {watched:>10.2f} {ratios[-1]:>7.3f} {highest:>10,.0f}")
    print(f"median ratio: {statistics.median(ratios):.3f} ({EPOCHS} epochs a run)")


if __name__ == "__main__":
    main()
