"""A room with four phones: one leaves, one floods, one has no code; the wall shows the others."""

from __future__ import annotations

import re
import time
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.app import DIGITS, SOON, button, too_wide
from tests.browser.driver import draw_on, open_app

FLOOD = """async (root) => {
  root.pad.say("");
  root.pad.waiting = { id: "flood 39" }; // it shows what is said of the last one
  for (let number = 0; number < 40; number += 1) {
    root.pad.tell({ id: `flood ${number}`, strokes: [[200, 200, 800, 200, 400, 900]] });
    await new Promise((done) => setTimeout(done, 50));
  }
}"""


def write(phone: Page) -> None:
    """Draw on the pad and send it."""
    draw_on(phone.locator(".pad canvas"), DIGITS[7])
    phone.get_by_role("button", name="Send").click()


def written(presenter: Page) -> int:
    return int(presenter.locator(".count .written").text_content())


def test_a_room_with_four_phones(app, new_page):
    presenter = new_page()
    open_app(presenter, f"{app.url}/room")
    button(presenter, "Open a room").click()
    code = presenter.locator(".room-code b")
    expect(code).to_be_visible(timeout=SOON)
    address = presenter.locator(".room-code small").inner_text()
    link = f"{urlsplit(app.url).scheme}://{address}"

    phones = [new_page(390, 844) for _ in range(3)]
    for phone in phones:
        open_app(phone, link)
        request = phone.locator(".pad h1")
        expect(request).to_have_text(re.compile(r"^Write an? \d$"), timeout=SOON)
        expect(phone.locator(".st-key-navigation")).to_have_count(0)
        assert too_wide(phone) <= 0
        write(phone)
        expect(phone.get_by_text("It is on the wall.")).to_be_visible(timeout=SOON)
    expect(presenter.locator(".count .written")).to_have_text("3", timeout=SOON)
    tiles = presenter.locator(".tiles button:visible")
    expect(tiles).to_have_count(3)
    expect(tiles.first).to_have_attribute("aria-label", re.compile(r"A \d, read as \d"))

    stranger = new_page(390, 844)  # has no code, then a wrong one
    open_app(stranger, f"{app.url}/room")
    expect(button(stranger, "Open a room")).to_be_visible(timeout=SOON)
    expect(stranger.locator(".tiles, .pad")).to_have_count(0)
    open_app(stranger, f"{app.url}/room?code=ACDE-FGHJ")
    expect(stranger.get_by_text("There is no room with this code.")).to_be_visible(timeout=SOON)
    expect(stranger.locator(".tiles, .pad")).to_have_count(0)

    leaving, flooding, other = phones
    leaving.context.close()
    began = time.monotonic()
    flooding.locator(".pad").evaluate(FLOOD)
    write(other)
    expect(other.get_by_text("It is on the wall.")).to_be_visible(timeout=SOON)
    all_but_flood = len(phones) + 1
    last = re.compile("One drawing a second is the most|It is on the wall")
    expect(flooding.locator(".pad p")).to_have_text(last, timeout=SOON)
    seconds = time.monotonic() - began

    presenter.reload()  # the wall is whole again, and still this browser's
    expect(presenter.locator(".count .written")).to_have_text(re.compile(r"^[1-9]"), timeout=SOON)
    before = written(presenter)
    assert all_but_flood < before <= all_but_flood + 1 + seconds
    expect(tiles).to_have_count(before)

    tiles.last.click()
    back = presenter.get_by_role("button", name="Bring back (1)")
    expect(back).to_be_enabled(timeout=SOON)
    expect(presenter.locator(".count .written")).to_have_text(str(before - 1))
    back.click()
    expect(presenter.locator(".count .written")).to_have_text(str(before), timeout=SOON)

    button(presenter, "Close").click()
    expect(button(presenter, "Open a room")).to_be_visible(timeout=SOON)
    write(other)
    expect(other.get_by_text("This room is closed.")).to_be_visible(timeout=SOON)
