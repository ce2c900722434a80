"""Real browsers among the visitors: they draw on Home with the mouse and see what it reads.

Part of `python -m tests.benchmarks.visitors`. What passes from the end of the last stroke until the
answer stands on the page holds the 0.2 s that the drawing box waits for another stroke.
"""

from __future__ import annotations

import time
from itertools import cycle

import psutil
from playwright.sync_api import Error, Page, expect

from tests.browser.app import DIGITS, button
from tests.browser.driver import Watch, draw, new_browser, open_app

EVERY = 2.0  # seconds between two drawings of one browser
ANSWER_SECONDS = 60.0  # that an answer may take before it counts as none
LOOK = 20  # milliseconds between two looks at the page
WINDOW = {"width": 1280, "height": 800}


def drawn_in_browsers(
    url: str, browsers: int, until: float, answers: list[float], problems: list[str]
) -> float:
    """Draw in so many browsers, in turns, until the monotonic clock says `until`; the seconds of
    processor that they took.

    answers: gets the seconds from each drawing to its answer; problems: what went wrong, in words.
    """
    watches = [Watch() for _ in range(browsers)]
    with new_browser() as browser:
        try:
            pages = [browser.new_page(viewport=WINDOW) for _ in watches]
            for page, watch in zip(pages, watches, strict=True):
                watch.follow(page)
                open_app(page, url)
            for digit in cycle((7, 0)):
                if time.monotonic() > until:
                    break
                began = time.monotonic()
                answers += [seconds_to_answer(page, digit) for page in pages]
                pages[0].wait_for_timeout(1_000 * max(0.0, began + EVERY - time.monotonic()))
        except (Error, AssertionError, TimeoutError) as problem:
            problems.append(f"a browser: {type(problem).__name__}: {str(problem)[:120]}")
        used = sum(processor_seconds(each) for each in own_browsers())
    problems += [f"a browser: {each[:120]}" for watch in watches for each in watch.faults()]
    return used


def own_browsers() -> list[psutil.Process]:
    """The processes of the browsers that this one started."""
    started = psutil.Process().children(recursive=True)
    return [each for each in started if "chrom" in each.name()]


def processor_seconds(process: psutil.Process) -> float:
    """That it has computed so far, without what it started."""
    return sum(process.cpu_times()[:2])


def seconds_to_answer(page: Page, digit: int) -> float:
    """Draw this digit; the seconds from the end of its last stroke until the page names it.

    The pad is empty afterwards. Raises TimeoutError.
    """
    draw(page, "home", DIGITS[digit])
    began, answer = time.monotonic(), page.get_by_test_id("answer")
    while answer.text_content() != str(digit):
        if time.monotonic() > began + ANSWER_SECONDS:
            raise TimeoutError(f"{digit} was drawn and not read within {ANSWER_SECONDS:g} s")
        page.wait_for_timeout(LOOK)
    took = time.monotonic() - began
    button(page, "Clear").click()
    expect(answer).not_to_have_text(str(digit), timeout=1_000 * ANSWER_SECONDS)
    return took
