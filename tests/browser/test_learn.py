"""What only a browser can show of the lessons: what is touched answers, and room on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from pages.ui.learn.course import LESSONS
from tests.browser.driver import Frames, Server, open_app, wait_until_idle

SOON = 60_000  # milliseconds, on a busy machine: the first lesson reads its digits


def open_lesson(page: Page, app: Server, name: str) -> None:
    open_app(page, f"{app.url}/learn?lesson={LESSONS.index(name) + 1}")
    expect(page.get_by_text("What will happen?")).to_be_visible(timeout=SOON)
    wait_until_idle(page)


def test_what_is_touched_answers(app, new_page):
    page = new_page()
    open_lesson(page, app, "tensors")
    box = page.locator(".pixels canvas").bounding_box()
    across, down = ((place + 0.5) / 28 for place in (20, 4))
    page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
    expect(page.get_by_text(re.compile("Row 5, column 21 holds"))).to_be_visible()
    open_lesson(page, app, "activation")
    box = page.locator(".curve svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 2, box["y"] + 2)  # the curve ends at −4
    page.mouse.up()
    expect(page.get_by_text("In goes −4.0, out comes 0.00")).to_be_visible()
    open_lesson(page, app, "network")
    page.locator(".dots g").last.locator("circle").nth(6).click()
    expect(page.get_by_text(re.compile("Answer 6: "))).to_be_visible(timeout=SOON)
    open_lesson(page, app, "gradient")
    ball = page.locator(".curve .plot")
    expect(ball).to_have_attribute("aria-valuenow", re.compile("."), timeout=SOON)
    before = float(ball.get_attribute("aria-valuenow"))
    ball.press("ArrowRight")  # the server computes the slope there
    weight = f"{before + 0.01:.3f}".replace("-", "−")
    expect(page.get_by_text(re.compile(f"Next: {weight} "))).to_be_visible(timeout=SOON)


def test_on_a_phone_the_widest_lessons_fit_the_screen(app, new_page):
    page = new_page(390, 844)
    for name in ("tensors", "network", "forward"):
        open_lesson(page, app, name)
        wide = page.evaluate(
            """() => [...document.querySelectorAll('.stMain *')]
                .filter(e => e.getClientRects().length && !e.closest('pre, svg, .stTable'))
                .filter(e => e.getBoundingClientRect().right > 391)
                .map(e => e.className + ' ' + e.textContent.slice(0, 40))"""
        )
        assert not wide, name


def tick_two(page: Page, app: Server) -> None:
    """Go through the last two lessons, which train nothing for long."""
    open_lesson(page, app, "code")
    page.get_by_role("button", name="Only the list of layers").click()
    expect(page.get_by_text("1 of 10 done")).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    page.get_by_test_id("stButtonGroup").get_by_text("9 Result").click()
    expect(page.get_by_text(re.compile("^9 · "))).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    page.get_by_role("button", name="Next lesson").click()
    expect(page.get_by_text("2 of 10 done")).to_be_visible(timeout=SOON)


def test_lessons_done_are_still_ticked_after_a_reload(app, new_page):
    page = new_page()
    tick_two(page, app)
    page.wait_for_function("localStorage.getItem('digitlab-lessons-done') === '[9,10]'")
    page.reload()
    expect(page.get_by_text("2 of 10 done")).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    kept = page.evaluate("Object.entries(localStorage).filter(([name]) => /digitlab/.test(name))")
    assert kept == [["digitlab-lessons-done", "[9,10]"]]
    frames = Frames(page)
    page.reload()
    expect(page.get_by_text("2 of 10 done")).to_be_visible(timeout=SOON)
    frames.wait_for_silence(1)  # the browser says it once, and the page does not run in circles
    assert frames.received


def test_a_browser_that_keeps_nothing_goes_through_the_lessons_too(app, new_page):
    page = new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })"
    )
    tick_two(page, app)
    page.reload()
    expect(page.get_by_text("0 of 10 done")).to_be_visible(timeout=SOON)


def test_nonsense_in_the_browser_is_ignored(app, new_page):
    page = new_page()
    page.add_init_script("localStorage.setItem('digitlab-lessons-done', '[99, -1, \"x\", 3]')")
    open_lesson(page, app, "code")
    expect(page.get_by_text("1 of 10 done")).to_be_visible(timeout=SOON)
