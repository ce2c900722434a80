"""The main job, as a visitor does it: train, watch, leave and come back, draw, be read."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.app import (
    DIGITS,
    SOON,
    button,
    chart_states,
    full_speed,
    go_to,
    iterations,
    slow_down,
)
from tests.browser.driver import draw, open_app, take, wait_until_idle
from tests.conftest import MNIST_FILES


def test_the_main_job(app, new_page):
    page = new_page()
    open_app(page, app.url)
    go_to(page, "Train")
    if not MNIST_FILES.is_dir():
        page.get_by_text("Build your own network").click()
        page.get_by_text("Built-in handwriting", exact=True).click()

    # start, and see the chart move
    slow_down(page)
    button(page, "Start training").click()
    expect(button(page, "Stop")).to_be_enabled(timeout=SOON)
    states = chart_states(page, 5)
    counted = iterations(states)
    assert len(states) == 5
    assert counted == sorted(counted)
    assert counted[-1] > counted[0]

    # switch the page and come back: it went on
    go_to(page, "Predict")
    go_to(page, "Train")
    expect(button(page, "Stop")).to_be_enabled(timeout=SOON)
    back = iterations(chart_states(page, 2))
    assert back[0] > counted[-1]

    # reload: found again, and going
    page.reload()
    expect(button(page, "Stop")).to_be_enabled(timeout=SOON)
    again = iterations(chart_states(page, 2))
    assert again[0] >= back[-1]
    assert again[1] > again[0]

    # stop
    button(page, "Stop").click()
    expect(page.get_by_text("Stopped before the end.")).to_be_visible(timeout=SOON)

    # start again, to the end, and read the test accuracy
    wait_until_idle(page)
    take(page, "Speed", "as fast as it goes")
    wait_until_idle(page)
    button(page, "Start training").click()
    expect(page.get_by_text("· finished")).to_be_visible(timeout=90_000)
    score = page.get_by_text(re.compile(r"It read .* of 10,000 test images correctly"))
    expect(score).to_be_visible(timeout=SOON)
    right = int(re.search(r"read ([\d,]+) of", score.inner_text())[1].replace(",", ""))
    assert 9_000 < right < 10_000
    if MNIST_FILES.is_dir():
        assert 9_550 <= right <= 9_700

    # draw, and be read by the run just made
    go_to(page, "Predict")
    answer = page.get_by_test_id("answer")
    for digit, strokes in DIGITS.items():
        expect(page.locator(".st-key-predict canvas.upper-canvas")).to_be_visible(timeout=SOON)
        draw(page, "predict", strokes)
        expect(answer).to_have_text(str(digit), timeout=SOON)
        expect(page.get_by_text(re.compile("Read by [A-Z][a-z]+ [A-Z][a-z]+\\."))).to_be_visible()
        button(page, "Clear").click()
        expect(answer).to_have_text("", timeout=SOON)


def test_undo_takes_back_the_last_stroke(app, new_page):
    page = new_page()
    open_app(page, f"{app.url}/predict")
    expect(page.locator(".st-key-predict canvas.upper-canvas")).to_be_visible(timeout=SOON)
    draw(page, "predict", DIGITS[1])
    answer = page.get_by_test_id("answer")
    expect(answer).to_have_text("1", timeout=SOON)
    draw(page, "predict", [[(0.3, 0.12), (0.3, 0.45), (0.7, 0.45)]])
    expect(answer).not_to_have_text("1", timeout=SOON)
    button(page, "Undo").click()
    expect(answer).to_have_text("1", timeout=SOON)


def test_a_drawing_waits_while_the_visitor_looks_elsewhere(app, new_page):
    page = new_page()
    open_app(page, f"{app.url}/predict")
    expect(page.locator(".st-key-predict canvas.upper-canvas")).to_be_visible(timeout=SOON)
    draw(page, "predict", DIGITS[7])
    expect(page.get_by_test_id("answer")).to_have_text("7", timeout=SOON)
    go_to(page, "Home", "Digit Lab")
    go_to(page, "Predict")
    expect(page.get_by_test_id("answer")).to_have_text("7", timeout=SOON)


def test_deep_links_work_on_a_cold_server_and_fetch_nothing_from_outside(server, new_page, watch):
    cold = server("app.py")
    page = new_page()
    for path in ("train", "predict", ""):  # the first is the one that nobody has opened before
        open_app(page, f"{cold.url}/{path}")
        heading = "Digit Lab" if not path else path.capitalize()
        expect(page.get_by_role("heading", name=heading)).to_be_visible(timeout=SOON)
        expect(page.get_by_test_id("stException")).to_have_count(0)
    assert watch.outside == []
    page.close()
    cold.stop()


def test_a_second_visitor_has_a_run_of_their_own(app, new_page):
    first, second = new_page(), new_page()
    for page in (first, second):
        open_app(page, f"{app.url}/train?dataset=generated&epochs=1")
        full_speed(page)
        button(page, "Start training").click()
        expect(page).to_have_url(re.compile("[?&]run="), timeout=SOON)
    assert first.url != second.url
    for page in (first, second):
        expect(page.get_by_text("test images correctly")).to_be_visible(timeout=120_000)
