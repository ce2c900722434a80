"""The Data page in a real browser: the wall of digits is clickable, by mouse and by keyboard."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.app import SOON, too_wide
from tests.browser.driver import open_app

SHADES = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Set(data.filter((_, at) => at % 4 === 0)).size;
}"""


def test_a_digit_on_the_wall_shows_its_numbers(app, new_page):
    """On a phone, with whatever dataset is at hand."""
    page = new_page(390, 844)
    open_app(page, f"{app.url}/data")
    tiles = page.locator(".digits .tiles button:visible")
    expect(tiles.first).to_be_visible(timeout=SOON)
    said = page.locator(".digits .closer p")
    for choose in (lambda: tiles.nth(20).click(), lambda: use_keys(page, tiles)):
        choose()
        chosen = page.locator(".digits .tiles button[aria-pressed=true]")
        expect(said).to_contain_text(chosen.get_attribute("title"))
    expect(chosen).to_have_attribute("title", tiles.nth(21).get_attribute("title"))
    assert page.locator(".digits .numbers").evaluate(SHADES) > 4  # greys between black and white
    assert too_wide(page) <= 0


def use_keys(page, tiles) -> None:
    """One tile to the right of the one with the focus."""
    tiles.nth(20).focus()
    page.keyboard.press("ArrowRight")
