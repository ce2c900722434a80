"""What the live chart promises, seen in a real browser while its data grow.

The page under test is `apps/live_plot_app.py`, whose series are formulas. `every` below is the
time between its updates. It stands at a path of its own, where every script has to be found, too.
"""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect
from streamlit.testing.v1 import AppTest

from tests.browser.driver import ROOT, Frames, open_app, swipe
from tests.pages.app import all_handed_over

APP = "tests/browser/apps/live_plot_app.py"
NODE = ".st-key-growing .digitlab-live-plot"
LARGEST_MESSAGE = 20_000  # bytes

# In the page: `chart` is the node; `reached` how far the data reached each time it was drawn since;
# `blanks` how many of `looks` at the screen, one a frame, found no line in it.
FOLLOW = """(node) => {
  window.chart = node;
  window.surface = node.querySelector(".main-svg");
  window.reached = [];
  window.looks = 0;
  window.blanks = 0;
  for (const drawn of ["plotly_afterplot", "plotly_animated"]) {
    node.on(drawn, () => reached.push(node.data[0].x.at(-1)));
  }
  const look = () => {
    looks++;
    const lines = [...node.querySelectorAll(".main-svg .scatterlayer path.js-line")];
    if (!lines.some((line) => line.getAttribute("d"))) blanks++;
    requestAnimationFrame(look);
  };
  look();
}"""


@pytest.fixture(scope="module")
def address(server) -> str:
    return server(APP, {"STREAMLIT_SERVER_BASE_URL_PATH": "school/lab"}).url


@pytest.fixture(autouse=True)
def nothing_from_outside(watch):
    """Whatever a test does, nothing may be fetched from another machine."""
    yield
    assert watch.outside == []


def watch_it_grow(page: Page, address: str, every: float = 0.2, **asked: object) -> None:
    """Open the page and wait for the first drawing, then follow the chart."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    open_app(page, f"{address}/?every={every}&{query}")
    expect(page.locator(f"{NODE} .main-svg").first).to_be_visible(timeout=30_000)
    page.locator(NODE).evaluate(FOLLOW)


def wait_for_redraws(page: Page, count: int) -> None:
    """Wait until the chart was drawn `count` more times, with newer data."""
    page.wait_for_function(
        "([from, count]) => reached.length >= from + count",
        arg=[page.evaluate("reached.length"), count],
        timeout=60_000,
    )


def reached(page: Page) -> list[int]:
    """How far the data reached each time that the chart was drawn."""
    return page.evaluate("reached")


def ranges(page: Page) -> list[list[float]]:
    """What both axes of the upper panel now show."""
    return page.locator(NODE).evaluate(
        "({ _fullLayout: l }) => [l.xaxis.range.slice(), l.yaxis.range.slice()]"
    )


def drag_box(page: Page, release: bool = True) -> None:
    """Drag a box over the upper panel, to zoom into it."""
    area = page.locator(f"{NODE} .nsewdrag").first.bounding_box()
    page.mouse.move(area["x"] + 60, area["y"] + 40)
    page.mouse.down()
    page.mouse.move(area["x"] + 240, area["y"] + 130, steps=6)
    if release:
        page.mouse.up()


def hide_first_line(page: Page) -> None:
    """Click the first entry of the legend, and wait until its line is gone."""
    page.locator(f"{NODE} .legendtoggle").first.click()
    page.wait_for_function("chart._fullData[0].visible === 'legendonly'")


def shown(page: Page) -> list[object]:
    return page.locator(NODE).evaluate("(node) => node._fullData.map((line) => line.visible)")


class Updates(Frames):
    """The same, and how many bytes had come with which update, as the server counts them."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.bytes_by_update: dict[int, int] = {}

    def note(self, frame: str | bytes) -> None:
        super().note(frame)
        if said := re.search(rb"(\d+) updates, ", bytes(frame)):
            self.bytes_by_update[int(said[1])] = self.total


def test_growing_data_are_drawn_on_the_same_node_as_the_visitor_wants_it(page, address):
    """Updates, a zoom, a hidden line, another theme, another width, another axis, away and back."""
    updates = Updates(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    watch_it_grow(page, address, every=0.4, probe=60)
    expect(page.locator(".st-key-probe .main-svg").first).to_be_visible()
    updates_leave_no_blank_frame(page, updates)
    what_is_zoomed_and_hidden_stays(page)

    page.get_by_text("Chart", exact=True).click()
    expect(page.locator(NODE)).to_have_count(0)
    page.wait_for_function("!chart._fullLayout")  # given up, after its time of grace
    page.get_by_text("Chart", exact=True).click()
    expect(page.locator(f"{NODE} .main-svg").first).to_be_visible()
    assert sum("plotly.min.js" in url for url in asked) == 1
    assert sum("live_plot.js" in url for url in asked) == 1


def updates_leave_no_blank_frame(page: Page, updates: Updates) -> None:
    node = page.locator(NODE)
    assert node.get_attribute("role") == "figure"
    words = node.get_attribute("aria-label")
    wait_for_redraws(page, 1)
    first = max(updates.bytes_by_update)
    wait_for_redraws(page, 8)
    last = max(updates.bytes_by_update)
    drawn = reached(page)
    assert drawn == sorted(set(drawn))
    assert page.evaluate(f"chart === document.querySelector('{NODE}')")
    assert page.evaluate("surface === chart.querySelector('.main-svg') && surface.isConnected")
    assert page.evaluate("looks") > 8
    assert page.evaluate("blanks") == 0
    received = updates.bytes_by_update[last] - updates.bytes_by_update[first]
    assert received / (last - first) <= LARGEST_MESSAGE
    assert words.startswith("Iteration ")
    expect(node).not_to_have_attribute("aria-label", words)
    expect(node).to_have_attribute("aria-label", re.compile(r"exam .* % on 5,000 images\.$"))


def what_is_zoomed_and_hidden_stays(page: Page) -> None:
    hide_first_line(page)
    whole = ranges(page)
    drag_box(page, release=False)
    words = page.locator(NODE).get_attribute("aria-label")
    expect(page.locator(NODE)).not_to_have_attribute("aria-label", words)  # new data are here
    page.wait_for_timeout(300)
    assert page.locator(f"{NODE} .zoombox").count() == 1, "new data wiped the zoom box away"
    page.mouse.up()
    page.wait_for_function("chart._fullLayout.xaxis.autorange === false")

    zoomed = ranges(page)
    assert zoomed[0][0] > whole[0][0] and zoomed[0][1] < whole[0][1]
    before = reached(page)[-1]
    wait_for_redraws(page, 6)
    assert reached(page)[-1] >= before + 3 * 40
    page.emulate_media(color_scheme="dark")
    wait_for_redraws(page, 2)
    page.set_viewport_size({"width": 600, "height": 800})
    page.wait_for_function("chart._fullLayout.width < 600")
    wait_for_redraws(page, 2)
    assert ranges(page) == zoomed
    assert shown(page)[:2] == ["legendonly", True]

    page.locator(f"{NODE} .nsewdrag").first.dblclick()
    page.wait_for_function("chart._fullLayout.xaxis.autorange === true")
    wait_for_redraws(page, 2)
    (left, right), _ = ranges(page)
    assert left == 0 and right >= reached(page)[-1]

    page.get_by_text("Logarithmic").click()
    page.wait_for_function("surface.isConnected && chart._fullLayout.yaxis.type === 'log'")
    assert shown(page)[:2] == ["legendonly", True]


def test_the_browser_draws_and_saves_what_the_page_was_given_in_both_themes(new_page, address):
    """On a page that stands still: only the theme can redraw the chart."""
    page = new_page(color_scheme="light")
    given = sent_to_the_browser({"iterations": "400"})
    open_app(page, f"{address}/?iterations=400")
    node = page.locator(NODE)
    expect(node.locator(".main-svg").first).to_be_visible(timeout=30_000)
    assert set(given) == {"data", "layout", "alt", "name", "appends"}
    expect(node).to_have_attribute("aria-label", given["alt"])
    drawn = node.evaluate("""({ data, layout }) => ({
        lines: data.map(({ name = null, x, y }) => [name, Array.from(x), Array.from(y)]),
        headings: layout.annotations.map(({ text }) => text),
        axes: Object.keys(layout).filter((name) => /^[xy]axis/.test(name)),
        kept: layout.xaxis.uirevision,
    })""")
    assert [line[0] for line in drawn["lines"]] == [line.get("name") for line in given["data"]]
    for (_, x, y), line in zip(drawn["lines"], given["data"], strict=True):
        assert x == line["x"] and y == line["y"]
    assert drawn["headings"] == [each["text"] for each in given["layout"]["annotations"]]
    assert set(drawn["axes"]) == {name for name in given["layout"] if name[1:].startswith("axis")}
    assert drawn["kept"] == given["layout"]["xaxis"]["uirevision"]
    the_chart_follows_the_theme(page)
    the_picture_that_is_saved_is_the_chart(page)


def sent_to_the_browser(asked: dict[str, str]) -> dict:
    """What Python hands to the growing chart, as Streamlit's own harness sees it."""
    app = AppTest.from_file(str(ROOT / APP), default_timeout=30)
    app.query_params.update(asked)
    sent = all_handed_over(app.run())
    return next(data["chart"] for data in sent if data["key"] == "growing")


def the_chart_follows_the_theme(page: Page) -> None:
    page.locator(NODE).evaluate(FOLLOW)
    seen = [colours(page)]
    for theme in ("dark", "light"):
        drawn = len(reached(page))
        page.emulate_media(color_scheme=theme)
        page.wait_for_function("(drawn) => reached.length > drawn", arg=drawn)
        seen.append(colours(page))
    assert seen[0] == seen[2]
    assert seen[0]["paper"] != seen[1]["paper"] and seen[0]["text"] != seen[1]["text"]
    assert all(look["paper"] == look["app"] and look["text"] == look["words"] for look in seen)


def colours(page: Page) -> dict[str, str]:
    """The chart's colours beside those of the page around it, as rgb(…)."""
    return page.locator(NODE).evaluate("""(node) => {
      const of = (element, name) => getComputedStyle(element)[name];
      return {
        paper: of(node.querySelector(".main-svg"), "backgroundColor"),
        app: of(document.querySelector(".stApp"), "backgroundColor"),
        text: of(node.querySelector(".xtick text"), "fill"),
        words: of(document.querySelector("h1"), "color"),
      };
    }""")


def the_picture_that_is_saved_is_the_chart(page: Page) -> None:
    with page.expect_download() as download:
        page.locator(f"{NODE} [data-title='Download as PNG']").click()
    assert download.value.suggested_filename == "digit-lab-training.png"
    content = download.value.path().read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    size = page.locator(NODE).bounding_box()
    assert picture.size == (2 * size["width"], 2 * size["height"])
    seen = {colour for _, colour in picture.getcolors(picture.width * picture.height)}
    assert {(0x8E, 0x6B, 0xBF), (0x00, 0x9E, 0x73)} <= seen


def test_without_plotly_the_state_can_be_read_and_the_fetch_is_tried_again(page, address, watch):
    held: list[Route] = []
    page.route("**/plotly.min.js", lambda route: held.append(route), times=1)
    watch.allow("plotly.min.js")
    open_app(page, f"{address}/?every=0.3")
    node = page.locator(NODE)
    words = node.get_attribute("aria-label")
    expect(node).not_to_have_attribute("aria-label", words)  # the data do not wait for it
    page.route("**/plotly.min.js", lambda route: route.abort())
    held[0].abort()
    expect(node).to_have_text(re.compile(r"Iteration [\d,]+ of 1,200\."), timeout=30_000)
    page.unroute("**/plotly.min.js")
    expect(page.locator(f"{NODE} .main-svg").first).to_be_visible(timeout=30_000)
    node.evaluate(FOLLOW)
    wait_for_redraws(page, 1)


def test_on_a_phone_nothing_overlaps_and_a_finger_scrolls_the_page(new_page, address):
    page = new_page(390, 700, has_touch=True, is_mobile=True)
    open_app(page, f"{address}/?iterations=400&probe=60")
    node = page.locator(NODE)
    expect(node.locator(".main-svg").first).to_be_visible(timeout=30_000)
    box, panel = node.bounding_box(), node.locator(".nsewdrag").last.bounding_box()
    heading = node.locator(".annotation", has_text="how wrong it still is").bounding_box()
    legend = node.locator(".legend").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert heading["x"] + heading["width"] < box["x"] + box["width"]
    expect(node.locator(".modebar-btn")).to_have_count(0)  # too small for a finger
    assert legend["y"] > panel["y"] + panel["height"]
    assert legend["y"] + legend["height"] <= box["y"] + box["height"] + 1

    swipe(page, (200, panel["y"]), (0, -150))
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 50")
    page.set_viewport_size({"width": 700, "height": 390})
    page.wait_for_function(f"document.querySelector('{NODE}')._fullLayout.width > 500")


def test_a_request_that_leaves_this_machine_is_stopped_and_noted(page, address, watch):
    page.goto(f"{address}/_stcore/health")
    watch.allow("example.com")
    outcome = "fetch('https://example.com/').then(() => 'answered', () => 'stopped')"
    assert page.evaluate(outcome) == "stopped"
    assert watch.outside == ["https://example.com/"]
    watch.outside.clear()
