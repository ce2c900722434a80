"""What only a browser can show of the lessons: clicks on their charts, and room on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from pages.ui.lessons import LESSONS
from tests.browser.driver import Server, open_app, wait_until_idle

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
    click_in_chart(page, (20 + 0.5) / 28, (4 + 0.5) / 28)
    expect(page.get_by_text(re.compile("Row 4, column 20 holds"))).to_be_visible(timeout=SOON)
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
