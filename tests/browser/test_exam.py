"""The Exam page in a browser: a click into the matrix, a sweep that is stopped."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import SOON, button
from tests.browser.driver import open_app, take, wait_until_idle


@pytest.fixture
def tutorial(app, new_page) -> Page:
    """The page with the tutorial network's exam on the built-in handwriting."""
    page = new_page()
    open_app(page, f"{app.url}/exam")
    take(page, "Examine it on", "Built-in handwriting")
    take(page, "Network", "the tutorial network")
    said = "images of the Built-in handwriting test set correctly"
    expect(page.get_by_text(said)).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    return page


def click_cell(page: Page, row: int, column: int) -> None:
    """Click the middle of a cell of the matrix."""
    plot = page.locator(".st-key-exam-matrix .nsewdrag")
    plot.scroll_into_view_if_needed(timeout=SOON)
    box = plot.bounding_box()
    x = box["x"] + (column + 0.5) / 10 * box["width"]
    page.mouse.click(x, box["y"] + (row + 0.5) / 10 * box["height"])


def test_a_click_into_the_matrix_shows_the_images_of_the_cell(tutorial):
    page = tutorial
    for row, column, title in ((7, 7, "Sevens read as 7: "), (9, 4, "Nines read as 4: ")):
        click_cell(page, row, column)
        expect(page.get_by_text(title)).to_be_visible(timeout=SOON)
        expect(page.get_by_role("button", name=f"It was: {row}")).to_be_visible(timeout=SOON)
        expect(page.get_by_alt_text(f"images: {title[:-2]}")).to_be_visible()
        wait_until_idle(page)


def test_a_sweep_grows_in_the_background_and_can_be_stopped(tutorial):
    page = tutorial
    page.get_by_text("If the digits move", exact=True).click()
    button(page, "Measure").click(timeout=SOON)
    chart = page.locator(".st-key-exam-robustness .digitlab-live-plot")
    expect(chart).to_be_visible(timeout=SOON)
    expect(button(page, "Stop")).to_be_visible(timeout=SOON)
    button(page, "Stop").click()
    expect(button(page, "Measure")).to_be_visible(timeout=SOON)
    expect(page.get_by_text("1,617 images at each dot")).to_be_visible()
