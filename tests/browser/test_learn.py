"""What only a browser can show of the lessons: what is touched answers, and room on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from pages.ui.learn.course import LESSONS, read_lesson
from tests.browser.app import button, tick_two
from tests.browser.driver import Frames, open_app, wait_until_idle

SOON = 60_000  # milliseconds, on a busy machine: the first lesson reads its digits
KEPT = "digitlab-lessons-done"

# What reaches out of a phone's screen, when the components have heard of its width.
TOO_WIDE = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return [...document.querySelectorAll(".stMain *")]
    .filter((each) => each.getClientRects().length && !each.closest("pre, svg, .stTable"))
    .filter((each) => each.getBoundingClientRect().right > 391)
    .map((each) => `${each.className} ${each.textContent.slice(0, 40)}`);
}"""


def turn_to(page: Page, name: str) -> None:
    number = LESSONS.index(name) + 1
    words = f"{number} {read_lesson(name).short}"
    page.get_by_test_id("stButtonGroup").get_by_text(words).click()
    title = re.compile(f"^{number} · ")
    expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=SOON)
    expect(page.get_by_text("What will happen?")).to_be_visible(timeout=SOON)
    wait_until_idle(page)


def fits_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(TOO_WIDE) == []
    page.set_viewport_size({"width": 1280, "height": 800})


def test_what_is_touched_answers_and_the_widest_lessons_fit_a_phone(app, page):
    open_app(page, f"{app.url}/learn?lesson={LESSONS.index('tensors') + 1}")
    expect(page.locator(".pixels canvas")).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    page.wait_for_function("document.documentElement.dataset.whole")  # nothing moves any more
    box = page.locator(".pixels canvas").bounding_box()
    across, down = ((place + 0.5) / 28 for place in (20, 4))
    page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
    expect(page.get_by_text(re.compile("Row 5, column 21 holds"))).to_be_visible()
    fits_a_phone(page)

    turn_to(page, "activation")
    box = page.locator(".curve svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 2, box["y"] + 2)  # the curve ends at −4
    page.mouse.up()
    expect(page.get_by_text("In goes −4.0, out comes 0.00")).to_be_visible()

    turn_to(page, "network")
    page.locator(".dots g").last.locator("circle").nth(6).click()
    expect(page.get_by_text("Answer 6")).to_be_visible(timeout=SOON)
    fits_a_phone(page)
    turn_to(page, "forward")
    fits_a_phone(page)

    turn_to(page, "gradient")
    ball = page.locator(".curve .plot")
    expect(ball).to_have_attribute("aria-valuenow", re.compile("."), timeout=SOON)
    before = float(ball.get_attribute("aria-valuenow"))
    ball.press("ArrowRight")  # the server computes the slope there
    weight = f"{before + 0.01:.3f}".replace("-", "−")
    expect(page.get_by_text(re.compile(f"^{weight} [+−] "))).to_be_visible(timeout=SOON)

    turn_to(page, "loop")
    ring = page.locator(".ring")
    before = ring.bounding_box()
    button(page, "Run exactly one step").click()
    expect(ring.get_by_text("1step taken")).to_be_visible(timeout=SOON)
    assert ring.bounding_box() == before  # what it did has its room
    fits_a_phone(page)


def test_lessons_done_are_still_ticked_after_a_reload_and_nonsense_is_ignored(app, page):
    page.add_init_script(
        f"localStorage.getItem('{KEPT}') ?? localStorage.setItem('{KEPT}', '[99, -1, \"x\", 3]')"
    )
    open_app(page, f"{app.url}/learn?lesson={LESSONS.index('code') + 1}")
    expect(page.get_by_text("1 of 10 answered")).to_be_visible(timeout=SOON)
    tick_two(page, before=1)
    page.wait_for_function(f"localStorage.getItem('{KEPT}') === '[3,4,10]'")
    frames = Frames(page)
    page.reload()
    expect(page.get_by_text("3 of 10 answered")).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    frames.wait_for_silence()  # the browser says it once, and the page does not run in circles
    assert frames.received
    kept = page.evaluate("Object.entries(localStorage).filter(([name]) => /digitlab/.test(name))")
    assert kept == [[KEPT, "[3,4,10]"]]
