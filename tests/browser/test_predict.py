"""Two digits at once, and “Wrong?”: what is kept survives a reload, and Exam examines on it."""

from __future__ import annotations

import base64
import json
import re

from playwright.sync_api import Page, expect

from tests.browser.app import DIGITS, SOON, button, go_to, tick_two
from tests.browser.driver import Frames, draw, open_app, wait_until_idle

NAME = "digitlab-own-digits"


def narrow(digit: int, left: float) -> list[list[tuple[float, float]]]:
    """A digit of half the size, from `left` on."""
    return [[(left + 0.5 * x, 0.25 + 0.5 * y) for x, y in stroke] for stroke in DIGITS[digit]]


def draw_thirty_seven(page: Page) -> None:
    expect(page.locator(".st-key-predict canvas.upper-canvas")).to_be_visible(timeout=SOON)
    draw(page, "predict", narrow(3, -0.02) + narrow(7, 0.42))
    expect(page.get_by_test_id("answer")).to_have_text("37", timeout=SOON)
    wait_until_idle(page)


def say_the_first_is(page: Page, digit: str) -> None:
    page.get_by_role("button", name=re.compile("It is a")).first.click()
    page.get_by_role("menuitem", name=digit, exact=True).click()
    expect(page.get_by_role("button", name="Kept as")).to_be_visible(timeout=SOON)
    wait_until_idle(page)


def test_two_digits_are_read_and_the_one_that_was_wrong_is_kept(app, new_page):
    page = new_page()
    open_app(page, f"{app.url}/predict")
    draw_thirty_seven(page)
    expect(page.get_by_test_id("sure")).to_contain_text("3: ")
    page.get_by_role("button", name="Digit 2, read as 7").click()
    expect(page.get_by_test_id("sure")).to_contain_text("7: ")
    page.get_by_role("button", name="Why 7?").click()
    expect(page.locator(".painted img")).to_have_count(2, timeout=SOON)
    wrong = page.get_by_role("button", name=re.compile("It is a")).first
    wrong.scroll_into_view_if_needed()  # it may end below the window; clicking would move the page
    before = page.get_by_test_id("answer").bounding_box()
    say_the_first_is(page, "8")
    expect(page.get_by_text("You have 1 digit of your own.")).to_be_visible()
    assert page.get_by_test_id("answer").bounding_box() == before  # nothing jumps
    page.wait_for_function(f"localStorage.getItem('{NAME}')?.startsWith('[[8,')")

    frames = Frames(page)
    page.reload()
    expect(page.get_by_text("You have 1 digit of your own.")).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    frames.wait_for_silence()  # the browser says it once, and the page does not run in circles

    go_to(page, "Exam")
    page.reload()
    page.get_by_text("Can you beat it?").click(timeout=SOON)
    page.get_by_text("It reads your digits (1)").click(timeout=SOON)
    expect(page.get_by_text("It read your 8 as 3")).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    button(page, "Forget my digits").click()
    expect(page.get_by_text("It reads your digits", exact=True)).to_be_visible(timeout=SOON)
    page.wait_for_function(f"localStorage.getItem('{NAME}') === null")
    page.reload()
    page.get_by_text("Can you beat it?").click(timeout=SOON)
    expect(page.get_by_text("It reads your digits", exact=True)).to_be_visible(timeout=SOON)


def test_a_browser_that_keeps_nothing_is_no_hindrance(app, new_page):
    page = new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })"
    )
    frames = Frames(page)
    open_app(page, f"{app.url}/predict")
    draw_thirty_seven(page)
    say_the_first_is(page, "8")
    expect(page.get_by_text("You have 1 digit of your own.")).to_be_visible()
    frames.wait_for_silence()
    go_to(page, "Learn")
    tick_two(page)
    page.reload()
    expect(page.get_by_text("0 of 10 answered")).to_be_visible(timeout=SOON)


def test_nonsense_in_the_browser_is_no_digit_and_what_another_tab_keeps_stays(app, new_page):
    page = new_page()
    nonsense = '[[8, "no pixels"], [12, ""], "x", null, {"a": 1}]'
    page.add_init_script(
        f"localStorage.getItem('{NAME}') ?? localStorage.setItem('{NAME}', '{nonsense}')"
    )
    open_app(page, f"{app.url}/predict")
    page.wait_for_function(f"localStorage.getItem('{NAME}') === null", timeout=SOON)
    draw_thirty_seven(page)
    expect(page.get_by_role("button", name=re.compile("It is a"))).to_have_count(2)
    expect(page.get_by_text("of your own")).to_have_count(0)

    of_another_tab = json.dumps([[1, base64.b64encode(bytes(784)).decode()]])
    page.evaluate(f"localStorage.setItem('{NAME}', '{of_another_tab}')")
    say_the_first_is(page, "8")
    kept = f"JSON.parse(localStorage.getItem('{NAME}')).map(([digit]) => digit).join()"
    page.wait_for_function(f"{kept} === '8,1'", timeout=SOON)
