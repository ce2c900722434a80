"""The Inside page in a browser: units switched off with a click, a map to point at, a drawing."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.app import DIGITS, SOON
from tests.browser.driver import draw, open_app, take, wait_until_idle

SAID = re.compile(r"^a \d, read (correctly|as \d)$")


def section(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name).or_(page.get_by_role("button", name=name)).first.click()
    wait_until_idle(page)


def test_what_is_touched_in_the_tutorial_network_answers(app, page):
    open_app(page, f"{app.url}/inside")
    take(page, "Network", "the tutorial network")
    expect(page.get_by_text("Layer 1: 100 units")).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    a_click_on_a_unit_switches_it_off_and_on_again(page)
    a_digit_drawn_here_is_followed(page)
    section(page, "First layer")
    a_click_on_a_picture_of_weights_opens_the_unit(page)
    section(page, "The map")
    the_map_shows_what_is_pointed_at_and_is_arranged_in_the_background(page)


def a_click_on_a_unit_switches_it_off_and_on_again(page: Page) -> None:
    page.get_by_role("button", name="Strongest 10 off").first.click()
    expect(page.get_by_text("With 10 units off it reads")).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    page.get_by_role("button", name=re.compile(r"^Unit 7: ")).first.click()
    expect(page.get_by_text(re.compile("With (9|11) units off it reads"))).to_be_visible(
        timeout=SOON
    )
    wait_until_idle(page)
    page.get_by_role("button", name="Switch all on").click()
    expect(page.get_by_text("Click a tile to switch that unit off")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("button", name="Switch all on")).to_be_disabled()


def a_digit_drawn_here_is_followed(page: Page) -> None:
    page.get_by_text("Draw one", exact=True).click()
    expect(page.get_by_text("Draw a digit in the box")).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    draw(page, "inside", DIGITS[7])
    expect(page.get_by_text("The network reads 7")).to_be_visible(timeout=SOON)
    expect(page.get_by_text("Layer 1: 100 units")).to_be_visible(timeout=SOON)


def a_click_on_a_picture_of_weights_opens_the_unit(page: Page) -> None:
    tile = page.get_by_role("button", name=re.compile(r"^Unit \d+: loss")).nth(1)
    name = tile.get_attribute("aria-label").split(":")[0]
    tile.click(timeout=SOON)
    expect(page.get_by_text("Number 2 in importance, of 100.")).to_be_visible(timeout=SOON)
    expect(page.get_by_alt_text(f"The weights of {name.lower()}, large")).to_be_visible()


def the_map_shows_what_is_pointed_at_and_is_arranged_in_the_background(page: Page) -> None:
    expect(page.get_by_text("Euclidean distance")).to_be_visible(timeout=SOON)
    chart = page.locator(".digit-map canvas")
    said = page.locator(".digit-map .card span")
    expect(said).to_be_empty()
    chart.focus()
    for _ in range(20):  # whoever is drawing lets go of the digit when the places move
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(250)
        if said.text_content():
            break
    expect(said).to_have_text(SAID)
    page.keyboard.press("Escape")
    expect(said).to_be_empty()
    mistakes = page.get_by_role("button", name=re.compile(r"^Mistakes \(\d+\)$"))
    mistakes.click()
    expect(mistakes).to_have_attribute("aria-pressed", "true")
    stop = page.locator(".stMain .stButton").get_by_role("button", name="Stop")
    if stop.count():  # else another visitor's map is ready
        stop.click(timeout=SOON)
        again = page.get_by_role("button", name="Arrange by neighbours")
        expect(again).to_be_visible(timeout=SOON)
