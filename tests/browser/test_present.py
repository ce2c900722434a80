"""The presenter in a real browser: the whole demo by keys, notes in step, out where one is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from pages.ui import shell
from pages.ui.frontend.components import source
from pages.ui.present.stops import demo
from tests.browser.app import DIGITS, SOON, button
from tests.browser.driver import draw, open_app, wait_until_idle

STOPS = demo(shell.PAGES)
WITH_BUTTONS = """<div data-testid="stApp" data-test-script-state="notRunning"
  data-test-connection-state="CONNECTED"><div class="bar"></div>
  <p class="st-key-start"><button onclick="did.push('start')">Start</button></p>
  <p class="st-key-pause"><button onclick="did.push('pause')">Pause</button></p></div>"""
ARRIVE = """show({
  parentElement: document,
  data: { stop: 2, titles: ["", "", ""], say: "", press: ["start", "pause"], arrival: 1 },
  setTriggerValue: (name, stop) => did.push(stop),
})"""


def arrives(page: Page, number: int) -> None:
    """The audience sees the page of this stop, its sentence, and nothing broken."""
    stop = STOPS[number - 1]
    expect(page.locator(".place")).to_have_text(f"{number} / {len(STOPS)}", timeout=SOON)
    heading = shell.APP_NAME if stop.page == "home" else shell.PAGES[stop.page].label
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible(timeout=SOON)
    expect(page.locator(".bar .say")).to_have_text(stop.say)
    assert f"stop={number}" in page.url
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_the_whole_demo_by_keys_with_notes_in_step(app, page, watch):
    open_app(page, f"{app.url}/?present=1")
    expect(page.locator(".bar .place")).to_have_text(f"0 / {len(STOPS)}", timeout=SOON)
    expect(page.locator(".st-key-navigation")).to_have_count(0)
    expect(page.locator(".stMainMenu")).to_be_hidden()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Notes").click()
    notes = opened.value
    watch.follow(notes)
    expect(notes.locator(".place")).to_have_text(f"0 / {len(STOPS)}", timeout=SOON)

    draws_by_keys(page)
    for number, stop in enumerate(STOPS, 1):
        page.keyboard.press("ArrowRight" if number % 2 else "PageDown")
        arrives(page, number)
        expect(notes.locator(".title")).to_have_text(stop.title)
        expect(notes.locator(".notes pre")).to_contain_text(stop.notes.splitlines()[0])
        if number == 1:  # a pad that a hand has drawn on gives the arrow keys back
            wait_until_idle(page)
            expect(page.locator(".st-key-home canvas.upper-canvas")).to_have_count(1)
            draw(page, "home", DIGITS[3])
            expect(page.get_by_test_id("answer")).to_have_text("3", timeout=SOON)
        if stop.press == ("start",):  # the run begins, and then stands still, without a hand
            expect(button(page, "Pause")).to_be_enabled(timeout=SOON)
        if "pause" in stop.press:
            expect(button(page, "Resume")).to_be_enabled(timeout=SOON)
    button(page, "Close").click(timeout=SOON)  # the room, which opened by itself

    page.get_by_role("combobox", name="Stops of the demo").select_option("2")
    arrives(page, 2)
    notes.keyboard.press("PageDown")
    arrives(page, 3)
    page.keyboard.press("PageUp")
    arrives(page, 2)
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-navigation")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("heading", name="Predict", exact=True)).to_be_visible()
    wait_until_idle(page)
    assert not re.search("present|stop", page.url)


def draws_by_keys(page: Page) -> None:
    """On the pad, arrow keys move its pen, and Escape lifts it: the demo stays where it is."""
    pad = page.locator("[role=application]")
    if pad.count():
        pad.focus()
        for key in (" ", "ArrowRight", "ArrowDown", "Escape"):
            pad.press(key)
        pad.blur()
        expect(page.locator(".bar .place")).to_have_text(f"0 / {len(STOPS)}")


@pytest.mark.parametrize(("key", "asked"), [("PageDown", 3), ("Escape", 0)])
def test_who_goes_on_is_not_held_back_by_what_is_pressed_on_arrival(page, key, asked):
    page.clock.install(time=0)
    page.clock.pause_at(3_600)  # time goes on only where the test says so
    page.set_content(WITH_BUTTONS)
    script = source("present_keys.js") + source("present_bar.js")
    page.add_script_tag(content=script.replace("export default", "const did = [], show ="))
    page.evaluate(ARRIVE)
    page.clock.run_for(100)
    assert page.evaluate("did") == ["start"]
    page.keyboard.press(key)
    page.clock.run_for(1_000)
    assert page.evaluate("did") == ["start", asked]
