"""Runs with hundreds of runs kept: how soon the page is ready, what comparing and saving cost.

    python -m tests.benchmarks.runs

Four tables. "Ready" is as in tests.benchmarks.pages, with so many runs of the visitor's: the first
row can be clicked (without a run: the link to Train is there) and so is the "Next" link. "Listing"
reads all run.json, first by a store that knows none of them, then again. "Comparing" is one run of
the page's script with six runs of 100,000 batches chosen, in Streamlit's own harness, at first
and again: seconds, and bytes of all that stands on the page. "Saving" is the tutorial network.
Behind a stroke stand seconds of processor, in which what else the machine does counts for nothing.

The goals: ready, again, 1.5 times hello; comparing 0.5 s and 200 KB; a save 50 ms. A run saves
between two batches, in its own thread (core/runs/work.py), never inside a step of training.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from playwright.sync_api import Browser
from streamlit.testing.v1 import AppTest

from core.config import TrainingConfig
from core.evaluation import Evaluation
from core.model import build_model
from core.runs.kept.checkpoint import packed
from core.runs.kept.run import Origin, Run
from core.runs.kept.store import RunStore
from core.trainer import TrainingState
from pages.ui.state.owner import NAME
from pages.ui.state.visit import KEY, Visit
from tests.benchmarks.pages import HELLO, MAIN, NEXT, ROUNDS, measure
from tests.browser.driver import ROOT, new_browser, start_server

OWNER = "o" * 22
COUNTS = (0, 100, 500)
SIX, LONG = 6, 100_000
SAVES = 20
ROW = "button.open"


def a_run(number: int, batches: int = 1_290) -> Run:
    """A run of the tutorial network as it is kept; its numbers are made up."""
    confusion = torch.diag(torch.full((10,), 970))
    confusion[0, 1] = 300 - number % 100
    config = TrainingConfig(learning_rate=0.001 * (1 + number % 7), seed=number)
    chance = np.random.default_rng(number)
    return Run(
        id=f"benchmark-{number}",
        config=config,
        complete=True,
        total_iterations=batches,
        seconds=20.0 + number,
        losses=chance.random(batches, dtype=np.float32),
        validation=(),
        test=Evaluation(0.1, confusion),
        weights=build_model(config).state_dict(),
        origin=Origin(owner=OWNER, begun=f"2026-01-01T00:00:{number % 60:02d}+00:00"),
    )


def keep_many(folder: Path, count: int) -> None:
    """So many runs under `folder`: one is saved, the others are copies with an id of their own."""
    one = a_run(0)
    RunStore(folder).save(one)
    for number in range(1, count):
        place = folder / f"benchmark-{number}"
        shutil.copytree(folder / one.id, place)
        card = place / "run.json"
        card.write_text(card.read_text().replace(f'"{one.id}"', f'"{place.name}"'))


def ready(browser: Browser, folder: Path, hello: str) -> None:
    """The first table."""
    print(f"{'runs kept':<10} {'first s':>8} {'again s':>8} {'hello s':>8} {'again / hello':>14}")
    remember = (  # as of somebody who was here before
        f"localStorage.setItem('{NAME}', JSON.stringify(['{OWNER}']));"
        f"document.cookie = '{NAME}-' + encodeURIComponent(location.host) + '={OWNER}'"
    )
    for count in COUNTS:
        home = folder / str(count)
        home.mkdir()
        if count:
            keep_many(home / "home" / "runs", count)
        server = start_server("app.py", home)
        control = ROW if count else MAIN["runs"]
        seen, bare = [], []
        for _ in range(ROUNDS + 1):
            address = f"{server.url}/runs"
            seen.append(measure(browser, address, control, NEXT, script=remember)[0])
            bare.append(measure(browser, hello, "body", "hello")[0])
        server.stop()
        again, theirs = statistics.median(seen[1:]), statistics.median(bare)
        print(f"{count:<10} {seen[0]:>8.2f} {again:>8.2f} {theirs:>8.2f} {again / theirs:>13.2f}x")


def listing(folder: Path) -> None:
    """The second: of the most runs that were kept for the first."""
    store = RunStore(folder / str(COUNTS[-1]) / "home" / "runs")
    (first, busy), (again, busy_again) = timed(store.runs), timed(store.runs)
    print(f"\nlisting {COUNTS[-1]} runs: {1000 * first:.0f} / {1000 * busy:.0f} ms, again ", end="")
    print(f"{1000 * again:.0f} / {1000 * busy_again:.0f} ms")


def comparing(folder: Path) -> None:
    """The third."""
    os.environ["DIGITLAB_HOME"] = str(folder / "comparing")
    store = RunStore()
    ids = []
    for number in range(SIX):
        run = a_run(number, LONG)
        store.save(run)
        ids.append(run.id)
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.switch_page(str(ROOT / "pages" / "runs.py"))
    page.session_state[KEY] = Visit(owners=[OWNER])
    page.run()
    page.session_state[KEY].looked_at.chosen = ids
    (first, busy), (again, busy_again) = timed(page.run), timed(page.run)
    assert not page.exception
    kinds = ("bidi_component", "html", "markdown", "button_group", "button", "caption")
    size = sum(each.proto.ByteSize() for kind in kinds for each in page.get(kind))
    print(f"comparing {SIX} runs of {LONG:,} batches: {first:.2f} / {busy:.2f} s, again ", end="")
    print(f"{again:.2f} / {busy_again:.2f} s, {size / 1000:.0f} KB on the page")


def saving(folder: Path) -> None:
    """The fourth."""
    store, run = RunStore(folder / "saving"), a_run(0)
    model = build_model(run.config)
    state = TrainingState.fresh(model, run.config, 55_000)
    state.epochs_done = 1
    pack = statistics.median(timed(lambda: packed(model, state))[0] for _ in range(SAVES))
    checkpoint = packed(model, state)
    unfinished = replace(run, complete=False)
    saves = [timed(lambda: store.save(unfinished, checkpoint)) for _ in range(SAVES)]
    middle, busy = (statistics.median(each) for each in zip(*saves, strict=True))
    longest = max(seconds for seconds, _ in saves)
    print(
        f"saving the tutorial network: {middle * 1000:.0f} / {busy * 1000:.0f} ms, at most "
        f"{longest * 1000:.0f} ms; "
        f"and {pack * 1000:.0f} ms for what it needs to go on"
    )


def timed(work) -> tuple[float, float]:
    """Seconds that a call takes, and seconds of processor."""
    started, busy = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - started, time.process_time() - busy


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with new_browser() as browser:
            (folder / "hello").mkdir()
            hello = start_server(HELLO, folder / "hello")
            measure(browser, hello.url, "body", "hello")  # warms up the browser
            ready(browser, folder, hello.url)
            hello.stop()
        listing(folder)
        comparing(folder)
        saving(folder)


if __name__ == "__main__":
    main()
