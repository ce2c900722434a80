"""Training as visitors steer it: step by step, back in the run, a probe, a link, a lost line."""

from __future__ import annotations

import re
import shutil

from playwright.sync_api import Page, expect

from tests.browser.app import (
    DIGITS,
    SOON,
    button,
    chart_states,
    from_menu,
    full_speed,
    iterations,
    too_wide,
)
from tests.browser.driver import draw, open_app, take, wait_until_idle
from tests.browser.proxy import Proxy

PLAIN = "dataset=generated&training_images=3000"  # a run of 24 batches an epoch

# A click is sent when the browser has nothing else to do: here a second later.
LATE = """() => {
  window.soon = window.setTimeout;
  window.setTimeout = (act, wait, ...more) => soon(act, wait || 1_000, ...more);
}"""


def stands_at(page: Page, iteration: int) -> None:
    expect(page.get_by_text(re.compile(rf"batch {iteration:,} of .* paused"))).to_be_visible(
        timeout=SOON
    )


def test_two_visitors_with_the_same_settings_have_a_run_each_and_a_closer_look(app, new_page):
    first, second = new_page(), new_page()
    for page in (first, second):
        open_app(page, f"{app.url}/train?{PLAIN}")
        full_speed(page)
        button(page, "One step").click()
        stands_at(page, 1)
        expect(page).to_have_url(re.compile("[?&]run="), timeout=SOON)
    assert first.url != second.url
    step_by_step_under_the_microscope(first)
    a_digit_as_a_probe_is_asked_about_while_the_network_learns(second)
    back_in_the_run(first)


def step_by_step_under_the_microscope(page: Page) -> None:
    page.get_by_text("One batch under the microscope").click()
    expect(page.get_by_text("Batch 1, step by step")).to_be_visible(timeout=SOON)
    page.get_by_text("See the code").click()
    for line in ("logits = model(images)", "loss.backward()", "optimizer.step()"):
        code = page.get_by_test_id("stCode").filter(has_text=line)
        expect(code).to_be_visible(timeout=SOON)
    expect(page.get_by_alt_text(re.compile("Weights of the first"))).to_have_count(3)
    page.set_viewport_size({"width": 390, "height": 844})
    assert too_wide(page) <= 0
    page.evaluate(LATE)
    button(page, "One step").click()
    stands_at(page, 2)
    page.evaluate("window.setTimeout = window.soon")
    expect(page.get_by_text("Batch 2, step by step")).to_be_visible(timeout=SOON)
    from_menu(page, "10 batches")
    stands_at(page, 12)
    from_menu(page, "1 epoch")
    stands_at(page, 36)
    goes_on_to_the_end(page)


def goes_on_to_the_end(page: Page) -> None:
    button(page, "Resume").click()
    expect(page.get_by_text("· finished")).to_be_visible(timeout=SOON)
    expect(page.locator(".exam")).to_be_visible(timeout=SOON)


def back_in_the_run(page: Page) -> None:
    """To where the network had learned nothing, and draw against that."""
    slider = page.get_by_label("Go back in the run")
    film = re.compile("^6[2-9] moments")
    expect(slider).to_have_attribute("aria-description", film, timeout=SOON)
    slider.focus()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Draw for it at batch 0").click()
    expect(page.get_by_role("heading", name="Predict")).to_be_visible(timeout=SOON)
    draw(page, "predict", DIGITS[0])
    in_use = page.get_by_role("button", name=re.compile("Network: .*, after 0 batches"))
    expect(in_use).to_be_visible(timeout=SOON)
    expect(page.get_by_test_id("sure")).to_contain_text("sure", timeout=SOON)
    sure = page.get_by_test_id("sure").inner_text()
    assert float(re.match(r"[<> ]*([\d.]+)", sure)[1]) < 30  # an untrained network only guesses


def a_digit_as_a_probe_is_asked_about_while_the_network_learns(page: Page) -> None:
    page.get_by_text("Your digit while it learns").click()
    expect(page.locator(".st-key-probe canvas.upper-canvas")).to_be_visible(timeout=SOON)
    draw(page, "probe", DIGITS[0])
    chart = page.locator(".st-key-probe-chart .digitlab-live-plot")
    from_menu(page, "10 batches")
    stands_at(page, 11)
    expect(chart).to_have_attribute("aria-label", re.compile("11"), timeout=SOON)
    goes_on_to_the_end(page)
    expect(chart).to_have_attribute("aria-label", re.compile("72"), timeout=SOON)


def test_what_is_built_is_in_the_link_and_closing_the_panel_loses_nothing(app, new_page):
    page = new_page()
    open_app(page, f"{app.url}/train")
    box = page.get_by_text("Build your own network")
    epochs = page.get_by_role("spinbutton", name="Epochs")
    expect(epochs).to_have_count(0)
    box.click()
    page.get_by_role("radio", name="3").click()
    expect(page.get_by_alt_text(re.compile("50 hidden 3"))).to_be_visible(timeout=SOON)
    units = page.locator("[class*='st-key-set-layer-0-of-3'] input[type=range]")
    units.focus()
    page.keyboard.press("Home")
    expect(page.get_by_alt_text(re.compile("then 1 hidden 1"))).to_be_visible(timeout=SOON)
    epochs.fill("7")
    box.click()  # the first that the page hears of the number
    expect(page.get_by_text(re.compile("784-1-50-50-10 .* 7 epochs"))).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    assert "hidden_sizes=1%2C50%2C50" in page.url
    box.click()
    expect(epochs).to_have_value("7", timeout=SOON)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")

    other = new_page()
    open_app(other, link)
    expect(other.get_by_text("784-1-50-50-10")).to_be_visible(timeout=SOON)


def test_a_lost_connection_comes_back_by_itself_and_finds_the_run_going_on(app, new_page, watch):
    for expected in ("WebSocket", "ERR_", "Failed to fetch", "Failed to load", "disconnected"):
        watch.allow(expected)
    line = Proxy(app.url)
    page = new_page()
    open_app(page, f"{line.url}/train?dataset=generated")
    take(page, "Speed", "20 batches a second")
    wait_until_idle(page)
    button(page, "Start training").click()
    before = iterations(chart_states(page, 2))
    line.cut()
    state, name = page.get_by_test_id("stApp"), "data-test-connection-state"
    expect(state).not_to_have_attribute(name, "CONNECTED", timeout=SOON)
    line.mend()
    expect(state).to_have_attribute(name, "CONNECTED", timeout=SOON)
    after = iterations(chart_states(page, 2))  # nobody reloads
    assert after[-1] > before[-1]

    tab = page.context.new_page()  # the same address in another tab
    tab.goto(page.url)
    expect(button(tab, "Stop")).to_be_enabled(timeout=SOON)
    button(tab, "Stop").click()
    expect(page.get_by_text("Stopped before the end.")).to_be_visible(timeout=SOON)
    line.close()


def test_on_a_cold_server_without_mnist_links_work_and_a_click_trains_on_what_is_built_in(
    server, tmp_path_factory, data_root, generated, page, watch
):
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(data_root / "generated", home / "data" / "generated")
    dead = "http://127.0.0.1:9"
    app = server("app.py", {"DIGITLAB_HOME": str(home), "DIGITLAB_MNIST_MIRROR": dead})
    for path in ("predict", "", "train?epochs=1"):  # nobody has opened any before
        open_app(page, f"{app.url}/{path}")
        heading = path.split("?")[0].capitalize() or "Digit Lab"
        expect(page.get_by_role("heading", name=heading)).to_be_visible(timeout=SOON)
        expect(page.get_by_test_id("stException")).to_have_count(0)
    full_speed(page)
    button(page, "Start training").click()
    expect(page.get_by_text("MNIST could not be downloaded")).to_be_visible(timeout=SOON)
    failed = page.url
    button(page, "Try again").click()
    page.wait_for_function("failed => location.href !== failed", arg=failed, timeout=SOON)
    wait_until_idle(page)  # until then the message of the first failure may still stand there
    expect(page.get_by_text("MNIST could not be downloaded")).to_be_visible(timeout=SOON)
    wait_until_idle(page)
    button(page, "Train on the built-in handwriting").click()
    expect(page.get_by_text("· finished")).to_be_visible(timeout=SOON)
    expect(page.get_by_text("MNIST could not be downloaded")).to_have_count(0)
    assert watch.outside == []
    page.close()
    app.stop()
