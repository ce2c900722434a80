"""Hands and eyes for our own pages in a real browser; `driver.py` knows Streamlit only."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import take, wait_until_idle

SOON = 30_000  # milliseconds, on a busy machine

DIGITS = {  # strokes as a person draws them, in shares of the canvas
    0: [[(0.5, 0.12), (0.33, 0.22), (0.26, 0.5), (0.33, 0.78), (0.5, 0.88), (0.67, 0.78),
         (0.74, 0.5), (0.67, 0.22), (0.52, 0.12)]],
    1: [[(0.52, 0.12), (0.5, 0.5), (0.48, 0.88)]],
    3: [[(0.3, 0.2), (0.45, 0.12), (0.62, 0.16), (0.66, 0.3), (0.58, 0.42), (0.45, 0.47),
         (0.6, 0.52), (0.7, 0.65), (0.64, 0.82), (0.46, 0.88), (0.28, 0.8)]],
    7: [[(0.26, 0.18), (0.5, 0.17), (0.74, 0.17), (0.6, 0.5), (0.46, 0.88)]],
}  # fmt: skip


def chart_states(page: Page, count: int) -> list[str]:
    """`count` different descriptions of the loss chart from its first batch on."""
    chart = page.locator(".st-key-training-chart .digitlab-live-plot")
    seen: list[str] = []
    deadline = time.monotonic() + 60
    while len(seen) < count and time.monotonic() < deadline:
        state = chart.get_attribute("aria-label") if chart.count() else None
        begun = state and "No iteration" not in state
        if begun and (not seen or state != seen[-1]):
            seen.append(state)
        page.wait_for_timeout(100)
    return seen


def iterations(states: list[str]) -> list[int]:
    """The iteration that each description of the chart tells."""
    found = [re.search(r"[Ii]teration ([\d,]+)", state) for state in states]
    return [int(match[1].replace(",", "")) for match in found if match]


def slow_down(page: Page) -> None:
    """Use the page's own control: five batches a second."""
    take(page, "Speed", "5 batches a second")
    wait_until_idle(page)


def full_speed(page: Page) -> None:
    """Let runs go as fast as they can, as a visitor does who has seen enough."""
    button(page, "As fast as it goes").click()
    expect(button(page, "Slow down to watch")).to_be_visible(timeout=SOON)
    wait_until_idle(page)


def button(page: Page, name: str) -> Locator:
    """A button of the page itself, not of Streamlit's header or of the canvas."""
    said = re.compile(rf"^{name}( Shortcut .)?$")
    return page.locator(".stButton").get_by_role("button", name=said)


def from_menu(page: Page, name: str) -> None:
    """Press a button of the menu at the end of Train's bar, and close the menu."""
    page.locator(".st-key-transport").get_by_role("button", name="More", exact=True).click()
    button(page, name).click()
    page.keyboard.press("Escape")


def too_wide(page: Page) -> int:
    """Pixels by which the page is wider than its window. Not the document scrolls, but what is in
    it, so that the document is never too wide."""
    main = page.get_by_test_id("stMain")
    return main.evaluate("main => main.scrollWidth - main.clientWidth")


def go_to(page: Page, name: str, heading: str | None = None) -> None:
    """Take the link above the page, and wait for the page that it names."""
    page.locator(".st-key-navigation").get_by_role("link", name=name).click()
    title = page.get_by_role("heading", name=heading or name, exact=True)
    expect(title).to_be_visible(timeout=SOON)


def tick_two(page: Page, before: int = 0) -> None:
    """On Learn, answer the questions of two lessons, which train nothing.

    before: how many are ticked already.
    """
    lessons = page.get_by_test_id("stButtonGroup")
    lessons.get_by_text("10 Code").click(timeout=SOON)
    expect(page.get_by_text(re.compile("^10 · "))).to_be_visible(timeout=SOON)
    expect(page.get_by_text("What will happen?")).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    page.get_by_role("button", name="Only the list of layers").click()
    expect(page.get_by_text(f"{before + 1} of 10 answered")).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    lessons.get_by_text("4 Forward").click()
    expect(page.get_by_text(re.compile("^4 · "))).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    page.get_by_role("button", name="One of the ten digits").click()
    expect(page.get_by_text(f"{before + 2} of 10 answered")).to_be_visible(timeout=SOON)
