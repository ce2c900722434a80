"""What every page owes at first sight: few words, no jumps, one face, and nobody kept out.

Measured on the page as it stands when it has come to rest, in Chromium.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from core.runs.kept.run import Label
from pages.ui import shell
from pages.ui.state.owner import NAME
from tests.browser.app import SOON, too_wide
from tests.browser.driver import open_app
from tests.browser.first_sight import COUNT_SHIFTS, says_little_and_stood_still
from tests.pages.runs.kept_runs import MINE, keep

NAVIGATION = 64  # pixels of height
HEADING = {1280: (72, 48), 390: (72, 70)}  # where it begins and how high it is: on every page
COLOUR_RULES = ["color-contrast", "link-in-text-block"]  # of axe-core


def violations(page: Page, **only: object) -> list[str]:
    """What keeps people out, as axe-core finds it; `only`: its options."""
    found = Axe().run(page, options={"resultTypes": ["violations"], **only}).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("name", shell.PAGES)
def test_the_first_screen(app, new_page, name):
    page = new_page()
    page.add_init_script(COUNT_SHIFTS)
    open_app(page, f"{app.url}/{name if name != 'home' else ''}")
    comes_to_rest(page, name)

    has_its_heading_in_its_place(page)
    assert page.locator(".st-key-navigation").bounding_box()["height"] <= NAVIGATION
    expect(page.locator(".st-key-network")).to_contain_text("Network: the built-in network, ")

    keeps_nobody_out(page)
    has_its_heading_in_its_place(page)
    page.reload()  # on a phone now
    comes_to_rest(page, name)


def comes_to_rest(page: Page, name: str) -> None:
    """Having said little, and stood still all the while."""
    expect(page.locator(f".st-key-way-on-{shell.PAGES[name].next}")).to_be_visible(timeout=SOON)
    page.wait_for_load_state("networkidle")
    says_little_and_stood_still(page)


def has_its_heading_in_its_place(page: Page) -> None:
    """So that what comes below begins at the same place on every page."""
    heading = page.locator(".st-key-heading").bounding_box()
    assert (heading["y"], round(heading["height"])) == HEADING[page.viewport_size["width"]]


def keeps_nobody_out(page: Page) -> None:
    """In light and in dark, and on a phone."""
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("getComputedStyle(document.querySelector('.stApp')).colorScheme=='dark'")
    assert violations(page, runOnly=COLOUR_RULES) == []  # a theme changes nothing else
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(500)  # a chart is laid out anew
    assert too_wide(page) <= 0


def test_runs_that_are_kept(app, new_page, monkeypatch):
    """The list is there, at the first run of the page for whoever comes back; it finds while one
    types, and two of it are compared."""
    monkeypatch.setenv("DIGITLAB_HOME", str(app.home))
    for name in ("Blue Fox", "Wild Owl", "Red Bat"):
        keep(f"first-screen-{name[:3]}", label=Label(name))
    page = new_page()
    remembered = f"localStorage.setItem('{NAME}', JSON.stringify(['{MINE}']))"
    page.add_init_script(COUNT_SHIFTS + remembered)
    open_app(page, f"{app.url}/runs")
    rows = page.locator("ul.rows li")
    expect(rows).to_have_count(3, timeout=SOON)
    asked = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: asked.append(frame)))
    page.reload()
    expect(rows).to_have_count(3, timeout=SOON)
    assert len(asked) == 1
    page.wait_for_load_state("networkidle")
    says_little_and_stood_still(page)

    search = page.get_by_role("searchbox", name="Search")
    search.press_sequentially("ow")
    expect(rows).to_have_count(1, timeout=SOON)
    expect(rows).to_contain_text("Wild Owl")
    search.fill("")
    expect(rows).to_have_count(3, timeout=SOON)
    page.get_by_label("Compare Blue Fox").set_checked(True)  # beside the newest
    expect(page.locator(".row.chosen")).to_have_count(2, timeout=SOON)
    expect(page.get_by_test_id("verdict")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("figure", name="The loss of 2 runs")).to_be_visible(timeout=SOON)
    keeps_nobody_out(page)
