"""A run from start to finish in a real browser: the network is seen to learn, and nothing jumps."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.app import SOON, button, too_wide
from tests.browser.driver import Server, open_app, take, wait_until_idle

RUN = "dataset=generated&training_images=6000"  # 47 batches an epoch
MOST_MOVED = 8  # pixels, a third of a line of text
MOST_SHIFT = 0.05  # cumulative layout shift from start to finish

# In the page: `tops` are those that the chart had, `scores` what was written over the wall.
FOLLOW = """() => {
  Object.assign(window, { shift: 0, tops: new Set(), scores: [] });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (!entry.hadRecentInput) window.shift += entry.value;
  })).observe({ type: "layout-shift" });
  const find = (key, part) => {
    const host = document.querySelector(`.st-key-${key}`);
    const places = [host, ...(host?.querySelectorAll("*") ?? [])];
    return places.map((each) => (each?.shadowRoot ?? each)?.querySelector(part)).find(Boolean);
  };
  const look = () => {
    const chart = document.querySelector(".st-key-training-chart");
    if (chart) tops.add(chart.getBoundingClientRect().top);
    const score = Number(find("at-work", ".score b")?.textContent);
    if (score && score !== scores.at(-1)) scores.push(score);
    requestAnimationFrame(look);
  };
  look();
}"""


def places(page: Page) -> list[dict]:
    bar = page.locator(".st-key-transport :is(.stButton, .stMenuButton, .stPopover)")
    return [each.bounding_box() for each in bar.all()]


def test_a_run_is_seen_to_learn_can_be_asked_and_gone_back_in(app, new_page):
    page = new_page()
    last = learns_and_nothing_jumps(app, page)
    its_wall_is_asked(page, last)
    go_back(page, last)
    the_pad_is_a_click_away(page)


def test_on_a_phone_nothing_jumps_either(app, new_page):
    learns_and_nothing_jumps(app, new_page(390, 844))


def learns_and_nothing_jumps(app: Server, page: Page) -> int:
    """A whole run is watched. How many digits of the wall are read at its end."""
    open_app(page, f"{app.url}/train?{RUN}")
    take(page, "Speed", "20 batches a second")  # seven seconds: seen several times
    wait_until_idle(page)
    expect(page.locator(".st-key-training-chart .main-svg").first).to_be_visible(timeout=SOON)
    score, reads = page.locator(".at-work .score"), re.compile(r"reads \d+ of 100")
    expect(score).to_contain_text(reads)  # by chance
    before = places(page)
    page.evaluate(FOLLOW)
    button(page, "Start training").click()
    expect(score).to_contain_text(reads, timeout=SOON)
    during = places(page)
    expect(page.get_by_text("· finished")).to_be_visible(timeout=SOON)
    expect(page.locator(".exam")).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    tops, scores = page.evaluate("[...tops]"), page.evaluate("scores")
    assert max(tops) - min(tops) <= MOST_MOVED, tops
    assert page.evaluate("shift") <= MOST_SHIFT
    assert places(page) == before == during
    assert scores[-1] > scores[0]
    assert scores[-1] >= 60  # by chance it would read ten
    assert too_wide(page) <= 0
    return scores[-1]


def its_wall_is_asked(page: Page, last: int) -> None:
    """What it said to a digit before it learned, and what it says now."""
    wall = page.get_by_role("group", name=re.compile(f": {last} read rightly"))
    right = wall.get_by_role("button", name=re.compile("read rightly$"))
    expect(right).to_have_count(last)
    right.first.click()
    said = page.get_by_text(re.compile(r"^A practice \d\. At first \(outlined\): \d\. Now"))
    digit = re.match(r"a (\d),", right.first.get_attribute("aria-label"))[1]
    expect(said).to_contain_text(f"practice {digit}.")
    expect(said).to_contain_text(f"Now (filled): {digit}.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(said).to_contain_text(f"practice {int(digit) + 1}.")


def go_back(page: Page, last: int) -> None:
    """Along the timeline: curve, wall and words are of the same moment, and it plays as a film."""
    slider = page.get_by_label("Go back in the run")
    mark = page.locator(".digitlab-mark").first
    film = re.compile("^[67]. moments")
    expect(slider).to_have_attribute("aria-description", film, timeout=SOON)
    expect(mark).to_be_hidden()
    slider.press("Home")
    expect(page.get_by_text("batch 0 of 141")).to_be_visible()
    expect(mark).to_be_visible()
    first = int(page.locator(".st-key-at-work .score b").inner_text())
    assert first < 30  # before it has learned anything; by chance it would read ten
    expect(page.get_by_label(re.compile(f": {first} read rightly"))).to_be_visible()
    expect(page.get_by_label(re.compile("After 0 batches"))).to_be_visible()
    left = mark.bounding_box()["x"]
    slider.press("PageUp")  # a tenth of the run
    expect(slider).not_to_have_attribute("aria-valuetext", "batch 0 of 141")
    assert mark.bounding_box()["x"] > left
    page.get_by_role("button", name="Replay").click()
    page.get_by_role("button", name="Hold").click()
    expect(page.get_by_role("button", name="Replay")).to_be_visible()
    slider.press("End")
    expect(page.get_by_text("batch 141 of 141", exact=True)).to_be_visible()
    expect(page.locator(".st-key-at-work .score b")).to_have_text(str(last))
    expect(mark).to_be_hidden()


def the_pad_is_a_click_away(page: Page) -> None:
    """From the network to the pad on which one draws for it."""
    page.get_by_role("button", name="Draw one").click()
    expect(page.locator(".st-key-probe canvas").first).to_be_in_viewport(timeout=SOON)
