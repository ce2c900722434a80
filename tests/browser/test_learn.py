"""What only a browser can show of the lessons: clicks on their charts, and room on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from pages.ui.learn.course import LESSONS
from tests.browser.driver import Frames, Server, open_app, wait_until_idle

SOON = 60_000  # milliseconds, on a busy machine: the first lesson draws its digits


@pytest.fixture(scope="module")
def app(server, tmp_path_factory) -> Server:
    """The app with an empty folder: the lessons fall back on the built-in handwriting."""
    return server("app.py", {"DIGITLAB_HOME": str(tmp_path_factory.mktemp("home"))})


def open_lesson(page: Page, app: Server, name: str) -> None:
    open_app(page, f"{app.url}/learn?lesson={LESSONS.index(name) + 1}")
    expect(page.get_by_text("Try it.")).to_be_visible(timeout=SOON)
    wait_until_idle(page)


def click_in_chart(page: Page, across: float, down: float) -> None:
    """A click at a place of the chart, in shares of its width and height."""
    chart = page.locator(".js-plotly-plot .nsewdrag").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])


def test_a_click_chooses_a_pixel_and_a_unit(app, new_page):
    page = new_page()
    open_lesson(page, app, "tensors")
    page.get_by_text("Its squares").click()
    click_in_chart(page, (20 + 0.5) / 28, (4 + 0.5) / 28)
    expect(page.get_by_text(re.compile("Row 5, column 21 holds"))).to_be_visible(timeout=SOON)
    open_lesson(page, app, "network")
    dots = page.locator(".js-plotly-plot .scatterlayer .trace").filter(
        has=page.locator(".points path")
    )
    dots.nth(3).locator(".points path").nth(6).click(force=True)  # after pixels and hidden layers
    expect(page.get_by_text("the score for the answer 6")).to_be_visible(timeout=SOON)


def test_on_a_phone_the_widest_lessons_fit_the_screen(app, new_page):
    page = new_page(390, 844)
    for name in ("network", "forward", "batches"):
        open_lesson(page, app, name)
        wide = page.evaluate(
            """() => [...document.querySelectorAll('.stMain *')]
                .filter(e => e.getClientRects().length && !e.closest('pre, svg, .stTable'))
                .filter(e => e.getBoundingClientRect().right > 391)
                .map(e => e.className + ' ' + e.textContent.slice(0, 40))"""
        )
        assert not wide, name


def tick_two(page: Page, app: Server) -> None:
    """Go through the last two lessons, which train nothing for long."""
    open_lesson(page, app, "code")
    page.get_by_role("button", name="Show the answer").click()
    expect(page.get_by_text("1 of 10 done")).to_be_visible(timeout=SOON)
    wait_until_idle(page)  # the answer moves the buttons below it
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_text(re.compile("^9 · "))).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    page.get_by_role("button", name="Next lesson").click()
    expect(page.get_by_text("2 of 10 done")).to_be_visible(timeout=SOON)


def test_lessons_done_are_still_ticked_after_a_reload(app, new_page):
    page = new_page()
    tick_two(page, app)
    page.wait_for_function("localStorage.getItem('digitlab-lessons-done') === '[9,10]'")
    page.reload()
    expect(page.get_by_text("2 of 10 done")).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    kept = page.evaluate("Object.entries(localStorage).filter(([name]) => /digitlab/.test(name))")
    assert kept == [["digitlab-lessons-done", "[9,10]"]]
    frames = Frames(page)
    page.reload()
    expect(page.get_by_text("2 of 10 done")).to_be_visible(timeout=SOON)
    frames.wait_for_silence(1)  # the browser says it once, and the page does not run in circles
    assert frames.received


def test_a_browser_that_keeps_nothing_goes_through_the_lessons_too(app, new_page):
    page = new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })"
    )
    tick_two(page, app)
    page.reload()
    expect(page.get_by_text("0 of 10 done")).to_be_visible(timeout=SOON)


def test_nonsense_in_the_browser_is_ignored(app, new_page):
    page = new_page()
    page.add_init_script("localStorage.setItem('digitlab-lessons-done', '[99, -1, \"x\", 3]')")
    open_lesson(page, app, "code")
    expect(page.get_by_text("1 of 10 done")).to_be_visible(timeout=SOON)
