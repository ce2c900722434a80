"""How soon a page can be used, beside the barest Streamlit page there is.

    python -m tests.benchmarks.pages

Opens every page in a browser, in turns with a page that only says hello, each on its own server,
and waits until its script has run. "First" is a server that was just started and has not imported
torch yet; "again" is a new visitor on the same server.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from pages.ui.shell import PAGES
from tests.browser.driver import CHROMIUM_FLAGS, Server, find_chromium, open_app, start_server
from tests.conftest import MNIST_FILES

ROUNDS = 3
HELLO = "tests/browser/apps/hello_app.py"


def seconds_until_ready(browser: Browser, address: str) -> float:
    """From the click on a link until the page's script has run, for a new visitor."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    started = time.perf_counter()
    open_app(page, address)
    seconds = time.perf_counter() - started
    context.close()
    return seconds


def new_server(file: str, folder: Path) -> Server:
    """A server that has just been started, with MNIST at hand where it lies beside the project."""
    folder.mkdir()
    if MNIST_FILES.is_dir():
        shutil.copytree(MNIST_FILES, folder / "home" / "data" / "MNIST" / "raw")
    return start_server(file, folder)


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=list(CHROMIUM_FLAGS)
        )
        hello = new_server(HELLO, folder / "hello")
        seconds_until_ready(browser, hello.url)  # warms up the browser
        print(f"{'page':<8} {'first s':>8} {'again s':>8} {'hello s':>8} {'again / hello':>14}")
        for key, page in PAGES.items():
            server = new_server("app.py", folder / key)
            address = f"{server.url}/{'' if key == 'home' else Path(page.path).stem}"
            first = seconds_until_ready(browser, address)
            again, bare = [], []
            for _ in range(ROUNDS):
                again.append(seconds_until_ready(browser, address))
                bare.append(seconds_until_ready(browser, hello.url))
            server.stop()
            ours, theirs = statistics.median(again), statistics.median(bare)
            print(f"{key:<8} {first:>8.2f} {ours:>8.2f} {theirs:>8.2f} {ours / theirs:>13.2f}x")
        browser.close()
        hello.stop()


if __name__ == "__main__":
    main()
