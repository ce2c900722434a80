"""The exhibit in a real browser, with its clock moved on: two visitors leave, the line is lost."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, Route, WebSocketRoute, expect

from pages.ui.kiosk.guard import COUNTDOWN, IDLE, LOST
from tests.browser.app import DIGITS, SOON, button
from tests.browser.driver import draw, open_app


class Line:
    """The connection between a page and its server, which can be cut."""

    def __init__(self, page: Page) -> None:
        self.is_cut = False
        self._sockets: list[WebSocketRoute] = []
        page.route_web_socket("**/_stcore/stream", self._connect)
        page.route("**/_stcore/health", self._answer)

    def cut(self) -> None:
        self.is_cut = True
        for each in self._sockets:
            each.close()

    def _connect(self, socket: WebSocketRoute) -> None:
        if self.is_cut:
            socket.close()
        else:
            self._sockets.append(socket)
            socket.connect_to_server()

    def _answer(self, route: Route) -> None:
        route.abort() if self.is_cut else route.continue_()


def answer(page: Page) -> Locator:
    return page.get_by_test_id("answer")


def attracts(page: Page) -> None:
    """As the next visitor meets it: digits play, nothing of another is there."""
    expect(page.locator("canvas.demonstration")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("heading", name="Draw a digit")).to_be_visible()
    expect(button(page, "Clear")).to_be_disabled()
    stored = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)].join()"
    assert "digitlab" not in page.evaluate(stored)
    assert page.evaluate("window.visitor") is None


def nobody_comes(page: Page, seconds: float) -> None:
    """So much later, without a touch."""
    page.clock.fast_forward(1000 * seconds)


def test_two_visitors_leave_and_the_line_is_lost(app, new_page, watch):
    watch.allow("WebSocket")
    page = new_page(has_touch=True)
    line = Line(page)
    page.clock.install()
    open_app(page, f"{app.url}/train?kiosk=1")
    ask = page.get_by_role("alertdialog", name="Still there?")
    attracts(page)
    nobody_comes(page, 10 * IDLE)
    expect(ask).to_be_hidden()  # nobody has been there
    assert page.evaluate("dispatchEvent(new Event('contextmenu', { cancelable: true }))") is False

    page.evaluate("window.visitor = 1")
    draw(page, "exhibit", DIGITS[3])
    expect(answer(page)).to_have_text("3", timeout=SOON)
    page.evaluate("localStorage.setItem('digitlab-test', 1)")
    nobody_comes(page, IDLE + 1)
    expect(ask).to_be_visible()
    ask.get_by_role("button", name="Yes").tap()
    expect(ask).to_be_hidden()
    expect(answer(page)).to_have_text("3")
    nobody_comes(page, IDLE + 1)
    expect(ask).to_be_visible()
    nobody_comes(page, COUNTDOWN)
    page.wait_for_function("!window.visitor")
    attracts(page)

    page.evaluate("window.visitor = 2")
    button(page, "Watch one learn").tap()
    expect(page.get_by_role("heading", name="It learns")).to_be_visible(timeout=SOON)
    expect(page.get_by_text(re.compile(r"^Batch \d"))).to_be_visible(timeout=SOON)
    chart = page.locator(".digitlab-live-plot .main-svg").first
    expect(chart).to_be_visible(timeout=SOON)  # its script is here: no time runs out on it
    nobody_comes(page, IDLE + COUNTDOWN + 1)
    page.wait_for_function("!window.visitor")
    attracts(page)

    page.evaluate("window.visitor = 3")
    line.cut()
    state = page.get_by_test_id("stApp")
    expect(state).not_to_have_attribute("data-test-connection-state", "CONNECTED", timeout=SOON)
    nobody_comes(page, LOST + 1)
    assert page.evaluate("window.visitor") == 3  # it waits for the server
    line.is_cut = False
    page.wait_for_function("!window.visitor")
    attracts(page)
