"""The Data page in a real browser: the wall of digits is clickable, by mouse and by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.app import SOON
from tests.browser.driver import open_app


def test_a_digit_on_the_wall_shows_its_numbers(app, new_page):
    """On a phone, with whatever dataset is at hand."""
    page = new_page(390, 844)
    open_app(page, f"{app.url}/data")
    tiles = page.locator(".wall button")
    expect(tiles).to_have_count(48, timeout=SOON)
    number = page.get_by_test_id("stPopover")
    for choose in (lambda: tiles.nth(20).click(), lambda: use_keys(page, tiles)):
        choose()
        chosen = page.locator(".wall button[aria-pressed=true]")
        place = re.search(r"image ([\d,]+)", chosen.get_attribute("title")).group(1)
        expect(number).to_contain_text(f"Image {place} of ")
    expect(page.locator(".numbers td")).to_have_count(784)
    width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= 390


def use_keys(page, tiles) -> None:
    """One tile to the right of the one with the focus."""
    tiles.nth(20).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
