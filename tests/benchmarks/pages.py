"""How soon a page can be used, beside the barest Streamlit page there is.

    python -m tests.benchmarks.pages

Opens every page in a browser, in turns with a page that only says hello, each on its own server.
"First" is the first visitor of a server that was just started and has not imported torch yet;
"again" is a new visitor on the same server. Two moments are measured, in seconds from the click:

- ready: the page's main control and its "Next" link are there, and the control can be used (for
  hello: its text). What is used right then may have to wait for torch once more.
- ended: the page's script has run, so all that comes last is there too: the first exam, the first
  lesson's digits, the wall of digits, the cost of the network.

The goal is for ready, the first time: 1.5 times hello, plus a second where torch is needed.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser

from pages.ui.shell import PAGES
from tests.benchmarks.started import put_mnist
from tests.browser.driver import Server, new_browser, start_server, wait_until_idle

ROUNDS = 3
SECONDS = 60  # that a page may take at most
HELLO = "tests/browser/apps/hello_app.py"
CANVAS = "canvas.upper-canvas"
LIST = "[data-testid=stMenuButton] button"
MAIN = {  # what a visitor of the page uses first
    "home": CANVAS,
    "learn": "[data-testid=stButtonGroup] button",
    "data": "[data-testid=stButtonGroup] button",
    "train": ".st-key-start button",
    "runs": "[data-testid=stPageLink] a[href*=train]",  # nothing is kept: the way to a first run
    "exam": LIST,
    "inside": LIST,
    "predict": CANVAS,
    "room": ".st-key-room-open button",
}
NEXT = "Next: "  # the words of the last link

# Looked at in every frame that the browser draws: Playwright's own waiting looks twice a second.
CAN_BE_USED = """({ control, words }) => {
  const find = (root) => root.querySelector(control) ?? [...root.querySelectorAll("*")]
    .filter((each) => each.shadowRoot).map((each) => find(each.shadowRoot)).find(Boolean);
  const found = find(document);
  const text = document.querySelector(".stMain")?.innerText ?? "";
  return text.includes(words) && found && found.checkVisibility() && !found.disabled;
}"""


def measure(
    browser: Browser, address: str, control: str, words: str, script: str = ""
) -> tuple[float, float]:
    """Seconds until the control can be used and the words are there, and until the script ended.

    script: runs in the browser before the page does.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    if script:
        context.add_init_script(script)
    page = context.new_page()
    started = time.perf_counter()
    page.goto(address)
    wanted = {"control": control, "words": words}
    page.wait_for_function(CAN_BE_USED, arg=wanted, polling="raf", timeout=SECONDS * 1000)
    ready = time.perf_counter() - started
    wait_until_idle(page, SECONDS)
    ended = time.perf_counter() - started
    context.close()
    return ready, ended


def new_server(file: str, folder: Path) -> Server:
    """A server that has just been started, with MNIST at hand where it lies beside the project."""
    folder.mkdir()
    put_mnist(folder / "home")
    return start_server(file, folder)


def main() -> None:
    with tempfile.TemporaryDirectory() as name, new_browser() as browser:
        folder = Path(name)
        hello = new_server(HELLO, folder / "hello")
        measure(browser, hello.url, "body", "hello")  # warms up the browser
        print(f"{'':<8} {'first visitor':>15} {'again':>15} {'hello':>7} {'ready / hello':>15}")
        print(f"{'page':<8}{' ready s ended s' * 2} {'ready s':>7} {'first':>7} {'again':>7}")
        for key, page in PAGES.items():
            server = new_server("app.py", folder / key)
            address = f"{server.url}/{'' if key == 'home' else Path(page.path).stem}"
            first = measure(browser, address, MAIN[key], NEXT)
            again, bare = [], []
            for _ in range(ROUNDS):
                again.append(measure(browser, address, MAIN[key], NEXT))
                bare.append(measure(browser, hello.url, "body", "hello")[0])
            server.stop()
            ours = [statistics.median(column) for column in zip(*again, strict=True)]
            theirs = statistics.median(bare)
            seconds = " ".join(f"{each:>7.2f}" for each in (*first, *ours, theirs))
            print(f"{key:<8} {seconds} {first[0] / theirs:>6.2f}x {ours[0] / theirs:>6.2f}x")
        hello.stop()


if __name__ == "__main__":
    main()
