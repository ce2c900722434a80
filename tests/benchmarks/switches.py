"""A thousand page switches while a run goes on: does anything break, get lost or pile up?

    python -m tests.benchmarks.switches [--switches 1000]

One visitor starts a long run in small batches as fast as it goes and then opens page after
page, over Streamlit's own protocol, with the run in the address. At the end the run is stopped, as
the visitor would. Its losses have to be those of a run that nobody left, as far as both went.
"""

from __future__ import annotations

import argparse
import statistics
import time

import psutil

from pages.ui.shell import PAGES
from tests.benchmarks.memory import begin, train
from tests.benchmarks.started import demand_mnist, running_app
from tests.benchmarks.visitors import losses
from tests.benchmarks.visitors_protocol import Visitor
from tests.browser.driver import Server

EPOCHS = 100  # so many that it goes on all the time; it is stopped at the end
SMALL = "batch_size=4"
KEPT_SECONDS = 60  # after Stop, until another run may begin


def measure(server: Server, switches: int) -> None:
    """Print what came of it."""
    process, visitor = psutil.Process(server.process.pid), Visitor(server.url)
    alone = losses(server, train(visitor, server, f"{SMALL}&epochs=1"))
    visitor.leave()
    visitor = Visitor(server.url)
    run = begin(visitor, f"{SMALL}&epochs={EPOCHS}")
    pages = ["" if name == "home" else name for name in PAGES]
    for page in pages:  # once for nothing: what a page needs is imported when it is first opened
        visitor.open(page, f"run={run}")
    threads, memory, took = process.num_threads(), process.memory_info().rss, []
    for number in range(switches):
        began = time.monotonic()
        visitor.open(pages[number % len(pages)], f"run={run}")
        took.append(time.monotonic() - began)
        if (number + 1) % 100 == 0:
            print(f"{number + 1:,} switches", flush=True)
    grown = process.memory_info().rss - memory
    print(f"a switch: median {statistics.median(took):.2f} s, longest {max(took):.2f} s")
    print(f"threads: {threads} before, {process.num_threads()} after")
    print(f"memory: {memory / 1e6:,.0f} MB before, {grown / 1e6:+,.0f} MB")
    visitor.open("train", f"run={run}")
    stopped = visitor.can_press("stop")
    if stopped:
        visitor.press("stop")
        visitor.wait_until(lambda: visitor.can_press("start"), KEPT_SECONDS)
    found = losses(server, run)
    both = min(len(found), len(alone))
    print(f"the run {'went on until it was stopped' if stopped else 'had come to its end'}")
    print(f"losses of its first {both:,} batches right: {found[:both] == alone[:both]}")
    visitor.leave()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--switches", type=int, default=1_000)
    chosen = parser.parse_args()
    demand_mnist()
    with running_app() as server:
        measure(server, chosen.switches)


if __name__ == "__main__":
    main()
