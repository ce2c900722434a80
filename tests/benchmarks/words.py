"""How many words the app says to its visitors, all sections opened.

    python -m tests.benchmarks.words                     # of this checkout
    python -m tests.benchmarks.words --root ../other     # of another one, an earlier one say
    python -m tests.benchmarks.words --texts             # and the texts themselves

Goes through the pages in a browser, opens whatever opens, and counts the words that stand outside
controls, charts, code and navigation. A text that stands on a page several times counts once, and
so does one that differs in its numbers or signs only. What stands on the first screen is counted by
`tests/browser/test_first_screen.py`; this is the whole. It needs no page of a certain make, and so
measures an earlier commit as well, such as the last one before the stage:

    git worktree add --detach ../before 9b270ed && python -m tests.benchmarks.words --root ../before
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Error, Locator, Page

from tests.benchmarks.started import running_app
from tests.browser.app import DIGITS, button
from tests.browser.driver import ROOT, draw, new_browser, open_app, wait_until_idle
from tests.browser.first_sight import seen_texts, words_of

RUN = "dataset=generated&training_images=3000&seed=5&epochs=1"
LONG = 120_000  # milliseconds; measuring takes its time
SHORT = 20_000  # for what may be off, or is going away
LONGEST = 12  # buttons of a row that are pressed
LOOK = 250  # milliseconds between two looks at a page that comes to rest
ROOTS = "[data-testid=stMain], [data-baseweb=popover]"


class Reader:
    """Reads one page: the texts that it has seen there, in the order of their appearance."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.texts: dict[str, None] = {}
        self._pressed: set[str] = set()

    @property
    def words(self) -> int:
        """How many words with at least one letter."""
        return sum(len(words_of(text)) for text in self.texts)

    def read(self) -> None:
        """Take in what stands on the page, when it has come to rest."""
        wait_until_idle(self.page, LONG / 1000)
        before: list[list[str]] = []
        for _ in range(LONG // LOOK):
            now = seen_texts(self.page, ROOTS, "pre, code, .stSidebar", far=True)
            waiting = self.page.locator(".stMain [data-testid=stProgress]:visible").count()
            if now == before and (not waiting or "/train" in self.page.url):
                break
            before = now
            self.page.wait_for_timeout(LOOK)
        for text in map("".join, now):
            self.texts[" ".join(words_of(re.sub(r"\d[\d,.]*", "#", text)))] = None

    def open_all(self) -> None:
        """Read the page, what unfolds on it, and then each of its sections in the same way."""
        self.read()
        self._unfold()
        for name in self._options():
            if name in self._pressed:
                continue
            self._pressed.add(name)
            option = self.page.get_by_test_id("stButtonGroup").get_by_text(name, exact=True)
            if self.press(option.first):
                self.open_all()

    def press(self, control: Locator) -> bool:
        """Whether it was there to be pressed."""
        if not control.count():
            return False
        try:
            control.click(timeout=SHORT)
        except Error:  # gone, or off just now
            return False
        self.page.wait_for_timeout(LOOK)
        return True

    def _unfold(self) -> None:
        for kind in ("stExpander", "stPopover"):
            boxes = self.page.get_by_test_id(kind)
            for number in range(boxes.count()):
                box = boxes.nth(number).locator("summary, button").first
                name = f"{kind} {box.inner_text()}" if box.count() else ""
                if not name or name in self._pressed or not self.press(box):
                    continue
                self._pressed.add(name)
                self.read()
                if kind == "stPopover":
                    self.page.keyboard.press("Escape")

    def _options(self) -> list[str]:
        """What stands on the rows of buttons, in words: digits and sizes open no section, and of a
        long row, such as all terms, one stands for all."""
        names = []
        for row in self.page.get_by_test_id("stButtonGroup").all():
            buttons = row.locator("button:visible").all_inner_texts()
            lines = [each.strip().split("\n")[-1] for each in buttons]
            if any(each.isdigit() for each in lines):  # "All" beside digits is none either
                continue
            names += [each for each in lines if re.match(r"[^\W\d_]{2}", each)][:LONGEST]
        return names


def read_home(reader: Reader, address: str) -> None:
    open_app(reader.page, address)
    reader.open_all()
    draw(reader.page, "home", DIGITS[3])
    reader.page.get_by_test_id("answer").wait_for(timeout=LONG)
    reader.read()


def read_learn(reader: Reader, address: str) -> None:
    for lesson in range(1, 11):
        open_app(reader.page, f"{address}/learn?lesson={lesson}")
        reader.read()
        guess = reader.page.locator("[class*=st-key-guess-] button").first
        reader.press(guess if guess.count() else button(reader.page, "Show the answer"))
        reader.open_all()


def read_train(reader: Reader, address: str) -> None:
    open_app(reader.page, f"{address}/train")
    reader.read()
    reader.press(reader.page.get_by_text("Build your own network").first)
    reader.open_all()
    open_app(reader.page, f"{address}/train?{RUN}")
    button(reader.page, "One step").click(timeout=LONG)  # waits for it, as `press` does not
    reader.page.get_by_text(re.compile("batch 1 of")).first.wait_for(timeout=LONG)
    reader.open_all()
    open_app(reader.page, f"{address}/train?{RUN}")
    button(reader.page, "Start training").click(timeout=LONG)
    reader.page.get_by_text("· finished").wait_for(timeout=LONG)
    reader.open_all()


def read_predict(reader: Reader, address: str) -> None:
    open_app(reader.page, f"{address}/predict")
    reader.read()
    draw(reader.page, "predict", DIGITS[7])
    reader.page.get_by_test_id("answer").wait_for(timeout=LONG)
    reader.press(reader.page.get_by_role("button", name="Why 7?"))
    reader.open_all()


def read_any(name: str) -> Callable[[Reader, str], None]:
    """A page that one only has to open."""

    def read(reader: Reader, address: str) -> None:
        open_app(reader.page, f"{address}/{name}")
        reader.open_all()

    return read


READ = {
    "home": read_home,
    "learn": read_learn,
    "train": read_train,
    "predict": read_predict,
}
BEFORE_THE_STAGE = ("home", "learn", "data", "train", "exam", "inside", "predict")


def read_page(browser: Browser, address: str, name: str) -> Reader:
    """Everything that the page of this name says."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    reader = Reader(context.new_page())
    try:
        READ.get(name, read_any(name))(reader, address)
    finally:
        context.close()
    return reader


def pages_of(root: Path) -> list[str]:
    """Home first, then those that a checkout has, by their files."""
    files = {file.stem for file in (root / "pages").glob("*.py")}
    return [
        "home",
        *(each for each in BEFORE_THE_STAGE if each in files),
        *sorted(files.difference(BEFORE_THE_STAGE)),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout to read")
    parser.add_argument("--only", nargs="+", help="these pages only")
    parser.add_argument("--texts", action="store_true", help="print what was read, too")
    asked = parser.parse_args()
    root = asked.root.resolve()
    with running_app({"DIGITLAB_MAX_JOBS": "2"}, root) as server, new_browser() as browser:
        total = since = 0
        for page in asked.only or pages_of(root):
            reader = read_page(browser, server.url, page)
            print(f"{reader.words:>6,} words  {page}", flush=True)
            if asked.texts:
                print("\n".join(f"         {text}" for text in reader.texts))
            total += reader.words
            since += reader.words if page not in BEFORE_THE_STAGE else 0
        print(f"{total:>6,} words in all; {since:,} of them on pages that came after the stage")


if __name__ == "__main__":
    main()
