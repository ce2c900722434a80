"""Takes a picture of every page and section, and compares two sets of pictures.

    python -m tests.browser.pictures FOLDER                    # of this checkout
    python -m tests.browser.pictures FOLDER --root ../other    # of another one
    python -m tests.browser.pictures --compare BEFORE AFTER

It drives only what the browser shows, so that the code behind it may be another one. What the app
leaves to chance (which images a game shows, the name of a run) is fixed; seconds and speeds are
not, and differ from one set to the next. It takes them in four sizes and both themes, which is
most of an hour: `--sizes 390x844`, `--themes dark`, `--only train exam` take some only.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, TimeoutError, expect

from tests.benchmarks.started import running_app
from tests.browser.app import DIGITS, button, from_menu, go_to
from tests.browser.driver import ROOT, draw, new_browser, take, wait_until_idle

SIZES = ("1280x800", "390x844", "800x1280", "1920x1080")
THEMES = ("light", "dark")
NETWORKS = {"default": "the built-in network", "tutorial": "the tutorial network"}
DATA = (
    *("Digits", "Three parts", "Averages", "Unusual ones"),
    *("A batch", "Writers", "Styles"),
)
EXAM = ("How good?", "Where wrong?", "Can you beat it?", "It reads your digits")
INSIDE = (
    "Follow a digit",
    "First layer",
    "Why this answer",
    "Change its mind",
    "The map",
    "Ideal digits",
)
RUNS = ("Take home", "Repeat", "Sweep a setting", "Race two")
COMPARED = ("Settings", "Hard images", "By setting")
RUN = "dataset=generated&training_images=3000&seed=5"  # 24 batches an epoch
SOON = 300_000  # milliseconds; the first visitor waits until the digits are drawn
PATIENCE = SOON / 1_000  # seconds; the machine may be busy
SAME = 6  # equal looks in a row, LOOK milliseconds apart: the page has come to rest
LOOK = 200
# From the top; and what is as high as the window stays so when the window gets as high as the page.
WHOLE = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  main.scrollTop = 0;
  const late = document.querySelector(".st-key-late");
  if (late) late.style.minHeight = getComputedStyle(late).minHeight;
  return main.scrollHeight;
}"""
# Read by Python when the server starts: chance, asked for by our own code, always says the same.
NO_CHANCE = """
import itertools, secrets, sys
names = itertools.count(1)
def fixed(real, value):
    def choose(*args):
        asked_by = sys._getframe(1).f_globals.get("__name__", "").split(".")[0]
        return value(*args) if asked_by in ("core", "pages") else real(*args)
    return choose
secrets.randbits = fixed(secrets.randbits, lambda bits: 7)
secrets.token_urlsafe = fixed(
    secrets.token_urlsafe, lambda size: f"{next(names):04}".ljust(-(-4 * size // 3), "x")
)
"""


def home(page: Page, address: str) -> Iterator[str]:
    visit(page, address)
    yield from stage(page, "home", 3)


def stage(page: Page, pad: str, digit: int) -> Iterator[str]:
    """Of Home and Predict: before and after a digit is drawn, and why it is read as that."""
    expect(page.locator(f".st-key-{pad} canvas.upper-canvas")).to_be_visible(timeout=SOON)
    yield "fresh"
    draw(page, pad, DIGITS[digit])
    expect(page.get_by_test_id("answer")).to_have_text(str(digit), timeout=SOON)
    yield "drawn"
    page.get_by_role("button", name=f"Why {digit}?").click()
    expect(page.locator(".painted img")).to_have_count(2, timeout=SOON)
    yield "why"


def learn(page: Page, address: str) -> Iterator[str]:
    for lesson in range(1, 11):
        visit(page, f"{address}/learn?lesson={lesson}")
        expect(page.get_by_text("What will happen?")).to_be_visible(timeout=SOON)
        yield f"{lesson:02}"
    page.get_by_role("button", name="Only the list of layers").click()
    expect(page.get_by_text("1 of 10 answered")).to_be_visible(timeout=SOON)
    yield "answer"
    page.get_by_text("All words explained").click()
    yield "words"


def data(page: Page, address: str) -> Iterator[str]:
    visit(page, f"{address}/data")
    yield from sections(page, DATA)
    choose(page, "Built-in handwriting")
    yield "built-in"


def train(page: Page, address: str) -> Iterator[str]:
    visit(page, f"{address}/train")
    yield "fresh"
    page.get_by_text("Build your own network").click()
    expect(page.locator(".st-key-build-panel")).to_be_visible(timeout=SOON)
    yield "build"
    visit(page, f"{address}/train?{RUN}")
    yield "link"
    button(page, "One step").click()
    expect(page.get_by_text(re.compile("batch 1 of .* paused"))).to_be_visible(timeout=SOON)
    yield "paused"
    choose(page, "One batch under the microscope")
    expect(page.get_by_text("Batch 1, step by step")).to_be_visible(timeout=SOON)
    yield "paused microscope"
    choose(page, "Your digit while it learns")
    expect(page.locator(".st-key-probe canvas.upper-canvas")).to_be_visible(timeout=SOON)
    draw(page, "probe", DIGITS[0])
    chart = page.locator(".st-key-probe-chart .digitlab-live-plot")
    expect(chart).to_be_visible(timeout=SOON)
    yield "paused probe"
    take(page, "Speed", "5 batches a second")
    button(page, "Resume").click()
    expect(page.get_by_text(re.compile(r"batch [3-7]\d of 72 ·"))).to_be_visible(timeout=SOON)
    yield "running, in motion"
    take(page, "Speed", "as fast as it goes")
    expect(page.get_by_text("· finished")).to_be_visible(timeout=SOON)
    expect(chart).to_have_attribute("aria-label", re.compile("72"), timeout=SOON)
    yield "finished probe"
    page.get_by_role("button", name=re.compile(r"^Why \d")).click()
    expect(page.locator(".painted img")).to_have_count(2, timeout=SOON)
    yield "finished why"
    page.get_by_role("button", name="Back", exact=True).click()
    page.get_by_label("Go back in the run").press("Home")
    expect(page.get_by_text("batch 0 of")).to_be_visible(timeout=SOON)
    yield "finished back"
    choose(page, "One batch under the microscope")
    yield "finished microscope"
    from_menu(page, "Reset")
    yield "reset"


def exam(page: Page, address: str) -> Iterator[str]:
    visit(page, f"{address}/exam")
    for network, label in NETWORKS.items():
        take(page, "Network", label)
        choose(page, EXAM[0])
        expect(page.get_by_test_id("score")).to_be_visible(timeout=SOON)
        for section in sections(page, EXAM):
            yield f"{network} {section}"
    choose(page, "Where wrong?")
    page.get_by_role("button", name=re.compile(r"^Why \d")).click()
    expect(page.locator(".painted img")).to_have_count(2, timeout=SOON)
    yield "why"
    choose(page, EXAM[0])
    page.get_by_text("How sure is it?", exact=True).click()
    expect(page.get_by_text("Non-digits let pass")).to_be_visible(timeout=SOON)
    yield "how sure"
    page.get_by_text("What unsettles it?", exact=True).click()
    rest(page)
    if button(page, "Measure").count():  # else an earlier visitor has measured it
        button(page, "Measure").click()
        expect(button(page, "Stop")).to_be_visible(timeout=SOON)
        expect(button(page, "Stop")).to_have_count(0, timeout=SOON)
    yield "sweep"
    choose(page, "Can you beat it?")
    choose(page, "You both read")
    for digit in range(20):
        page.get_by_role("button", name=str(digit % 10), exact=True).click()
    expect(page.get_by_text("Play again")).to_be_visible(timeout=SOON)
    yield "game"


def inside(page: Page, address: str) -> Iterator[str]:
    visit(page, f"{address}/inside")
    for network, label in NETWORKS.items():
        take(page, "Network", label)
        for section in sections(page, INSIDE):
            yield f"{network} {section}"
    choose(page, "Follow a digit")
    page.get_by_role("button", name="Strongest 10 off").first.click()
    expect(page.get_by_text("With 10 units off it reads")).to_be_visible(timeout=SOON)
    yield "units off"


def runs(page: Page, address: str) -> Iterator[str]:
    visit(page, f"{address}/runs")
    expect(page.get_by_role("link", name="Train a network")).to_be_visible(timeout=SOON)
    yield "empty"
    train_two(page, address)
    go_to(page, "Runs")
    wait_until_idle(page)
    yield "kept"
    yield from sections(page, RUNS)
    button(page, "Start the race").click()
    expect(button(page, "Compare both")).to_be_enabled(timeout=SOON)
    yield "raced"
    button(page, "Compare both").click()
    yield from sections(page, COMPARED)


def train_two(page: Page, address: str) -> None:
    """Two short runs of one visitor."""
    for hidden in ("100-50", "16"):
        visit(page, f"{address}/train?{RUN}&hidden_sizes={hidden}")
        button(page, "Start training").click()
        expect(page.get_by_text("· finished")).to_be_visible(timeout=SOON)


def predict(page: Page, address: str) -> Iterator[str]:
    visit(page, f"{address}/predict")
    yield from stage(page, "predict", 7)
    choose(page, "Upload a picture")
    yield "upload"


def room(page: Page, address: str) -> Iterator[str]:
    visit(page, f"{address}/room")
    yield "closed"
    link = open_room(page, address)
    yield "open"
    visit(page, link)
    expect(page.locator(".pad h1")).to_have_text(re.compile(r"^Write an? \d$"), timeout=SOON)
    yield "phone"


def open_room(page: Page, address: str) -> str:
    """Open a room, and say the address that its phones go to."""
    visit(page, f"{address}/room")
    button(page, "Open a room").click()
    expect(page.locator(".room-code b")).to_be_visible(timeout=SOON)
    return f"http://{page.locator('.room-code small').inner_text()}"


PAGES: dict[str, Callable[[Page, str], Iterator[str]]] = {
    each.__name__: each for each in (home, learn, data, train, runs, exam, inside, predict, room)
}


def visit(page: Page, address: str) -> None:
    """Go to `address` and wait until the page's script has run once."""
    page.goto(address)
    wait_until_idle(page, PATIENCE)


def choose(page: Page, name: str) -> None:
    """Press one of a row of buttons."""
    page.get_by_test_id("stButtonGroup").get_by_text(name, exact=True).click(timeout=SOON)
    wait_until_idle(page, PATIENCE)


def sections(page: Page, names: Sequence[str]) -> Iterator[str]:
    """Go through the sections of a page."""
    for name in names:
        choose(page, name)
        yield name


def rest(page: Page) -> None:
    """Wait until the page has come to rest: nothing is being measured, nothing moves."""
    wait_until_idle(page, PATIENCE)
    bars = page.locator(".stMain [data-testid=stProgress]:visible")
    if "/train" not in page.url:  # there the bar stays when the run is over
        expect(bars).to_have_count(0, timeout=SOON)
    before, equal = b"", 0
    for _ in range(100):
        now = page.screenshot(animations="disabled")
        equal = equal + 1 if now == before else 0
        if equal >= SAME:
            return
        before = now
        page.wait_for_timeout(LOOK)


def photograph(page: Page, file: Path, moving: bool) -> None:
    """The whole page, however long it is."""
    page.evaluate("document.activeElement?.blur()")
    page.mouse.move(0, 0)
    if not moving:
        rest(page)
    window = page.viewport_size
    height = page.evaluate(WHOLE)
    page.set_viewport_size(window | {"height": max(window["height"], height)})
    if not moving:
        rest(page)
    page.screenshot(path=file, animations="disabled")
    page.set_viewport_size(window)


def take_pictures(
    browser: Browser, address: str, folder: Path, size: str, theme: str, pages: Sequence[str]
) -> None:
    """All pages at one size in one theme, as one visitor who goes through them."""
    width, height = map(int, size.split("x"))
    for name in pages:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(SOON)
        page = context.new_page()
        try:
            for section in PAGES[name](page, address):
                words = re.sub(r"[^a-z0-9]+", "-", section.lower()).strip("-")
                file = folder / f"{name}-{words}-{size}-{theme}.png"
                photograph(page, file, moving="in motion" in section)
                print(file.name, flush=True)
        except (AssertionError, TimeoutError) as problem:
            print(f"BROKEN {name} at {size}, {theme}: {str(problem)[:400]}", flush=True)
            page.screenshot(path=folder / f"BROKEN-{name}-{size}-{theme}.png")
        context.close()


@contextmanager
def app_without_chance(root: Path = ROOT) -> Iterator[tuple[Browser, str]]:
    """A browser, and the address of the app of the checkout at `root`.

    It has the real MNIST where that lies beside the project.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "sitecustomize.py").write_text(NO_CHANCE, encoding="utf-8")
        variables = {"PYTHONPATH": folder, "DIGITLAB_MAX_JOBS": "2"}
        with running_app(variables, root) as server, new_browser() as browser:
            yield browser, server.url


def share_of_difference(before: Image.Image, after: Image.Image) -> float:
    """The share of pixels, from 0 to 1, that are not the same; what only one has counts too."""
    size = max(before.width, after.width), max(before.height, after.height)
    wide = [_on_canvas(each, size) for each in (before, after)]
    difference = ImageChops.difference(*wide).convert("L").point(lambda value: 255 * (value > 0))
    return difference.histogram()[255] / (size[0] * size[1])


def _on_canvas(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    canvas = Image.new("RGB", size, "magenta")
    canvas.paste(picture)
    return canvas


def compare(before: Path, after: Path) -> int:
    """Print how much each picture differs; those that do lie side by side in after/differing."""
    names = sorted({file.name for folder in (before, after) for file in folder.glob("*.png")})
    differing = after / "differing"
    shutil.rmtree(differing, ignore_errors=True)
    count = 0
    for name in names:
        if not all((folder / name).is_file() for folder in (before, after)):
            print(f"  only in {before if (before / name).is_file() else after}  {name}")
            count += 1
            continue
        pair = [Image.open(folder / name).convert("RGB") for folder in (before, after)]
        share = share_of_difference(*pair)
        print(f"{100 * share:8.3f} %  {name}")
        if share:
            count += 1
            differing.mkdir(exist_ok=True)
            both = Image.new("RGB", (sum(each.width for each in pair) + 20, 0), "magenta")
            both = both.resize((both.width, max(each.height for each in pair)))
            both.paste(pair[0], (0, 0))
            both.paste(pair[1], (pair[0].width + 20, 0))
            both.save(differing / name)
    print(f"{len(names)} pictures, {count} of them not the same")
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", help="where the pictures go")
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout to take them of")
    parser.add_argument("--sizes", nargs="+", default=SIZES, help="such as 1280x800")
    parser.add_argument("--themes", nargs="+", choices=THEMES, default=THEMES)
    parser.add_argument("--only", nargs="+", choices=PAGES, help="these pages only")
    parser.add_argument("--compare", type=Path, nargs=2, metavar=("BEFORE", "AFTER"))
    asked = parser.parse_args()
    if asked.compare:
        raise SystemExit(compare(*asked.compare) > 0)
    if asked.folder is None:
        parser.error("name a folder for the pictures")
    pages = asked.only or list(PAGES)
    asked.folder.mkdir(parents=True, exist_ok=True)
    with app_without_chance(asked.root.resolve()) as (browser, address):
        for theme in asked.themes:
            for size in asked.sizes:
                take_pictures(browser, address, asked.folder, size, theme, pages)


if __name__ == "__main__":
    main()
