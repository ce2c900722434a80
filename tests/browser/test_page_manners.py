"""What Streamlit's page does in a browser that visitors would stumble over, and does not here."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.app import SOON, button, go_to, slow_down
from tests.browser.driver import open_app, wait_until_idle

# As a browser's translator does it, and then React, which still holds on to the text.
TRANSLATE_AND_REMOVE = """() => {
  const line = document.body.appendChild(document.createElement("p"));
  const [first, second] = ["one", "two"].map((word) => line.appendChild(new Text(word)));
  for (const text of [first, second]) {
    const font = document.createElement("font");
    text.replaceWith(font);
    font.append(text);
  }
  line.insertBefore(new Text("zero "), first);
  line.removeChild(first);
  const left = line.textContent;
  line.remove();
  return left;
}"""


def test_back_is_a_page_letters_press_no_button_by_mistake_and_a_translator_may_come(app, new_page):
    page = new_page()
    open_app(page, f"{app.url}/data")
    go_to(page, "Train")
    wait_until_idle(page)
    entries = page.evaluate("history.length")
    button(page, "Build your own network").click()
    wait_until_idle(page)
    page.get_by_text("Built-in handwriting", exact=True).click()
    page.wait_for_function("location.search.includes('dataset=generated')", timeout=SOON)
    assert page.evaluate("history.length") == entries
    assert page.evaluate(TRANSLATE_AND_REMOVE) == "zero two"

    page.get_by_role("button", name="Speed: ").click()
    expect(page.get_by_role("menuitem").first).to_be_visible()
    page.keyboard.press("t")
    page.keyboard.press("Escape")
    menu = page.locator(".st-key-transport").get_by_role("button", name="More", exact=True)
    menu.click()
    page.get_by_role("button", name="Press to switch them off.").click()
    title = page.get_by_role("heading", level=1)
    title.click()  # the page as a whole has the focus
    page.keyboard.press("t")
    wait_until_idle(page)
    assert "run=" not in page.url
    menu.click()
    page.get_by_role("button", name="Press to switch them on.").click()
    page.keyboard.press("t")  # not while that button has the focus
    wait_until_idle(page)
    assert "run=" not in page.url
    title.click()
    page.keyboard.press("t")
    page.wait_for_function("location.search.includes('run=')", timeout=SOON)
    assert page.evaluate("history.length") == entries
    button(page, "Stop").click()
    start = page.locator(".st-key-start button")
    expect(start).to_be_enabled(timeout=SOON)
    keys_stay_in_the_bar(page, start)
    page.go_back()
    expect(page.get_by_role("heading", name="Data", exact=True)).to_be_visible(timeout=SOON)
    page.evaluate("history.pushState({}, '', 'train')")  # as Streamlit does for a page just left
    assert page.evaluate("location.pathname") == "/data"
    page.go_forward()
    expect(page.get_by_role("heading", name="Train", exact=True)).to_be_visible(timeout=SOON)


def keys_stay_in_the_bar(page: Page, start: Locator) -> None:
    """What was pressed is disabled, and the focus goes to what can be pressed now."""
    slow_down(page)
    start.press("Enter")
    expect(button(page, "Pause")).to_be_focused(timeout=SOON)
    page.keyboard.press("Enter")
    expect(button(page, "Resume")).to_be_focused(timeout=SOON)
    page.keyboard.press("Tab")  # Pause and Stop: only one can be pressed
    expect(button(page, "Stop")).to_be_focused()
    page.keyboard.press("Enter")
    expect(start).to_be_focused(timeout=SOON)


def test_a_late_look_at_the_page_that_was_left_does_not_empty_the_new_one(server, page):
    open_app(page, server("tests/browser/apps/late_look_app.py").url)
    expect(page.get_by_role("heading", name="The new page")).to_be_visible()
