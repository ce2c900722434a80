"""Home in a real browser: it shows itself, is cleared by the first touch, reads what is drawn."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from core.demonstration.recording import load
from tests.browser.app import DIGITS, SOON, button, go_to, too_wide
from tests.browser.driver import draw, draw_on, open_app, swipe, wait_until_idle
from tests.browser.first_sight import COUNT_SHIFTS, says_little_and_stood_still

OTHER_SIZES = [(820, 1180), (853, 533)]  # a larger tablet; 1280 x 800 at 150 %
WHOLE_PAD = """() => {
  const paper = document.querySelector(".st-key-home-paper").getBoundingClientRect();
  const seen = paper.left >= 0 && paper.right <= innerWidth;
  return seen && paper.width >= 200 && Math.abs(paper.width - paper.height) <= 1;
}"""


def pad(page: Page) -> Locator:
    return page.locator(".st-key-home canvas.upper-canvas")


def sheet(page: Page) -> Locator:
    """What the demonstration draws on, over the pad."""
    return page.locator(".st-key-home-paper canvas.demonstration")


def opened(page: Page, address: str) -> Locator:
    """Home, with its pad ready; the answer that is shown."""
    open_app(page, address)
    expect(pad(page)).to_be_visible(timeout=SOON)
    return page.get_by_test_id("answer")


def first_screen(page: Page, address: str) -> Locator:
    """Opens Home: it holds the pad and an answer, and few words. The answer."""
    page.add_init_script(COUNT_SHIFTS)
    answer = opened(page, address)
    expect(answer).not_to_have_text("", timeout=SOON)
    assert {"Draw", "digit.", "network"} <= set(says_little_and_stood_still(page))
    return answer


def shows_the_answer_beside_the_pad(page: Page) -> None:
    """All that belongs to a reading is in sight, whatever the window."""
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    in_sight = [page.get_by_role("heading", name="Digit Lab"), page.get_by_test_id("answer")]
    in_sight += [page.get_by_test_id("sure"), page.locator(".st-key-home-paper")]
    if width > 640:
        in_sight += [button(page, "Train your own"), page.locator(".layer").last]
    for seen in in_sight:
        box = seen.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height
    paper = page.locator(".st-key-home-paper").bounding_box()
    assert paper["width"] == pytest.approx(paper["height"], abs=1)
    assert paper["width"] >= (360 if width > 640 else width - 32)
    assert too_wide(page) <= 0


def test_it_shows_itself_until_the_first_touch_clears_it_and_no_stroke_is_lost(app, new_page):
    page = new_page()
    answer = first_screen(page, app.url)
    for recorded in load().digits[:2]:
        expect(answer).to_have_text(str(recorded.reading.answer), timeout=SOON)
        expect(page.locator(".layer.lit")).to_have_count(len(recorded.reading.shapes))
    expect(
        page.get_by_text("An example, not yours yet. Read by the built-in network")
    ).to_be_visible()
    said = page.locator(".spoken")
    expect(said).to_have_text("")  # nothing is read aloud that nobody asked for
    expect(page.get_by_role("application", name="Pad to draw a digit on")).to_be_visible()

    box = pad(page).bounding_box()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.15 * box["height"])
    page.mouse.down()
    expect(sheet(page)).to_have_count(0)
    expect(answer).to_have_text("")
    expect(page.locator(".layer.lit")).to_have_count(0)
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.9 * box["height"], steps=8)
    page.mouse.up()
    expect(answer).to_have_text("1", timeout=SOON)
    expect(said).to_contain_text("It reads 1, ")
    expect(page.locator(".layer.lit")).to_have_count(len(load().digits[0].reading.shapes))
    expect(page.get_by_text("Read by the built-in network.")).to_be_visible()
    shows_the_answer_beside_the_pad(page)

    button(page, "Clear").click()
    draw_on(
        page.locator(".st-key-home-paper"), DIGITS[7]
    )  # while the canvas is still being replaced
    expect(answer).to_have_text("7", timeout=SOON)
    expect(said).to_contain_text("It reads 7, ")
    expect(sheet(page)).to_have_count(0)
    page.reload()
    expect(answer).to_have_text("7", timeout=SOON)
    expect(said).to_contain_text("It reads 7, ")  # the visitor's, not the demonstration's


def test_a_finger_draws_and_does_not_scroll_and_a_palm_beside_a_pen_draws_nothing(app, new_page):
    page = new_page(390, 844, has_touch=True)
    answer = first_screen(page, app.url)
    box = page.locator(".st-key-home-paper").bounding_box()
    swipe(page, (box["x"] + 180, box["y"] + 320), (0, -280))
    expect(answer).to_have_text("1", timeout=SOON)
    shows_the_answer_beside_the_pad(page)
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == 0

    button(page, "Clear").click()
    middle = box["x"] + 0.5 * box["width"], box["y"] + 0.15 * box["height"]
    swipe(page, middle, (0, 0.3 * box["height"]), end="touchCancel")  # a call comes in
    swipe(page, (middle[0], middle[1] + 0.3 * box["height"]), (0, 0.4 * box["height"]))
    expect(answer).to_have_text("1", timeout=SOON)  # both strokes are there, and make one line
    button(page, "Clear").click()
    expect(answer).to_have_text("", timeout=SOON)
    devices = page.context.new_cdp_session(page)
    palm = {"x": box["x"] + 0.9 * box["width"], "y": box["y"] + 0.9 * box["height"]}
    devices.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [palm]})
    for kind, share in (("mousePressed", 0.1), ("mouseMoved", 0.5), ("mouseReleased", 0.9)):
        pen = {"pointerType": "pen", "button": "left", "buttons": 1, "clickCount": 1}
        place = {"x": middle[0], "y": box["y"] + share * box["height"]}
        devices.send("Input.dispatchMouseEvent", {"type": kind, **place, **pen})
    devices.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(answer).to_have_text("1", timeout=SOON)  # the palm has drawn nothing


def test_a_stroke_may_begin_in_any_corner_and_keys_alone_get_a_digit_read_and_explained(
    app, new_page
):
    """On a tablet. The toolbar of the canvas is not there, where it would swallow strokes."""
    page = new_page(768, 1024)
    answer = first_screen(page, app.url)
    expect(page.locator(".st-key-home-paper .dc-toolbar")).to_be_hidden()
    box = page.locator(".st-key-home-paper").bounding_box()
    right, top = box["x"] + box["width"] - 4, box["y"] + 4
    page.mouse.move(right, top)
    page.mouse.down()
    page.mouse.move(right, box["y"] + 0.9 * box["height"], steps=8)
    page.mouse.up()
    expect(answer).to_have_text("1", timeout=SOON)
    shows_the_answer_beside_the_pad(page)

    said = page.locator(".spoken").element_handle()
    button(page, "Undo").focus()
    for key in ("Tab", "Tab", "Enter"):  # past Clear to Show me one
        page.keyboard.press(key)
    expect(answer).to_have_text("7", timeout=SOON)
    wait_until_idle(page)
    toolbar = page.locator(".st-key-home-paper .dc-toolbar")
    expect(toolbar).to_have_count(1)
    expect(toolbar).to_be_hidden()  # of the new canvas too
    button(page, "Clear").focus()
    page.keyboard.press("Enter")
    expect(answer).to_have_text("", timeout=SOON)
    page.locator(".st-key-home-paper").focus()
    pen = ["ArrowUp"] * 9 + ["ArrowLeft"] * 5 + [" "] + ["ArrowRight"] * 11 + ["ArrowDown"] * 18
    for key in [*pen, " "]:
        page.keyboard.press(key)
    expect(answer).to_have_text("7", timeout=SOON)
    wait_until_idle(page)
    page.get_by_role("button", name="Why 7?").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".painted img")).to_have_count(2, timeout=SOON)
    assert said.inner_text().startswith("It reads 7, ")  # the same element from first to last
    assert "does not prove" in said.inner_text()
    for wide, high in OTHER_SIZES:
        page.set_viewport_size({"width": wide, "height": high})
        page.wait_for_function(WHOLE_PAD, timeout=SOON)
    page.get_by_role("button", name="See inside").click()
    expect(page.get_by_text("The network reads 7")).to_be_visible(timeout=SOON)
    expect(page.get_by_text(re.compile("[1-8] spots? covered"))).to_be_visible(timeout=SOON)


def test_a_card_leads_to_its_page_and_with_reduced_motion_home_is_a_still(app, new_page):
    page = new_page(1920, 1080)
    first_screen(page, app.url)
    cards = page.locator("[class*='st-key-card-']")
    expect(cards).to_have_count(7)
    picture = cards.nth(3).locator(".card")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 20)
    expect(page.get_by_role("heading", name="Exam")).to_be_visible(timeout=SOON)
    go_to(page, "Home", "Digit Lab")
    wait_until_idle(page)
    go_to(page, "Data")

    page.emulate_media(reduced_motion="reduce")
    page.clock.install()
    first = load().digits[0].reading
    answer = opened(page, app.url)
    expect(answer).to_have_text(str(first.answer), timeout=SOON)
    expect(page.locator(".layer.lit")).to_have_count(len(first.shapes))
    page.wait_for_load_state("networkidle")  # the pictures on the cards
    before = page.screenshot()
    page.clock.fast_forward(5_000)  # longer than a digit takes where it moves
    assert page.screenshot() == before
    page.get_by_role("button", name="Why 7?").click()  # of the recorded digit, which is now theirs
    expect(page.locator(".painted img")).to_have_count(2, timeout=SOON)
    button(page, "Clear").click()
    expect(answer).to_have_text("", timeout=SOON)
    draw(page, "home", DIGITS[0])
    expect(answer).to_have_text("0", timeout=SOON)
    shows_the_answer_beside_the_pad(page)
