"""The Exam page in a browser: a click into the matrix, and a duel."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.app import SOON, button, go_to
from tests.browser.driver import open_app, take, wait_until_idle


def test_a_click_into_the_matrix_and_a_duel(app, page):
    """In the tutorial network's exam on the built-in handwriting."""
    open_app(page, f"{app.url}/learn")  # where a choice does not begin the exam of another network
    take(page, "Network", "the tutorial network")
    go_to(page, "Exam")
    take(page, "Examine it on", "Built-in handwriting")
    expect(page.get_by_text("The Built-in handwriting test set")).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    a_click_into_the_matrix_shows_the_images_of_the_cell(page)
    a_duel_is_played_with_taps_and_keys_and_both_misses_are_shown(page)


def a_click_into_the_matrix_shows_the_images_of_the_cell(page: Page) -> None:
    for title in ("Sevens read as 7: ", "Nines read as 4: "):
        cell = page.get_by_role("button", name=title)
        cell.click(timeout=SOON)
        expect(page.get_by_text(re.compile(rf"^{title}\d+ images?$"))).to_be_visible(timeout=SOON)
        expect(page.get_by_role("img", name=f"images: {title[:-2]}")).to_be_visible()
        expect(cell).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowRight")  # to the next cell that holds any image
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"^Nines read as [5-9]: \d+ images?$"))).to_be_visible(
        timeout=SOON
    )


def a_duel_is_played_with_taps_and_keys_and_both_misses_are_shown(page: Page) -> None:
    page.get_by_text("Can you beat it?", exact=True).click()
    expect(page.get_by_text("Your first answer starts the clock")).to_be_visible(timeout=SOON)
    yours, networks = page.locator(".duel .yours"), page.locator(".duel .networks")
    right = 0
    for number in range(20):
        if number % 2:
            page.keyboard.press("3")
        else:
            page.get_by_role("button", name="3", exact=True).click()
        if number == 19:
            break
        said = page.get_by_text(re.compile(r"It was a \d\. You: 3\. The network: \d\."))
        expect(said).to_be_visible()
        right += "It was a 3" in said.inner_text()
        expect(page.get_by_text(f"{number + 2} of 20")).to_be_visible()
        expect(yours).to_have_text(str(right))
    expect(page.get_by_text(re.compile(r"^You missed \d+$"))).to_be_visible(timeout=SOON)
    expect(page.get_by_text(re.compile(r"^The network missed \d+$"))).to_be_visible()
    button(page, "Play again").click()
    expect(networks).to_have_text("0", timeout=SOON)
    expect(page.get_by_text("1 of 20")).to_be_visible()
