"""Hands and eyes for the browser tests: start the app, find a browser, draw with the mouse, wait.

Plain functions and small classes that know Streamlit's page but none of our pages. The fixtures
that tests ask for are in `conftest.py`.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    WebSocket,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).parent.parent.parent
START_TIMEOUT = 90  # seconds; importing torch on a busy machine takes many
# The shell is the same engine without windows and menus: it takes half the processor time.
CHROMIUM_SHELL = "chromium-headless-shell"
CHROMIUM_NAMES = (CHROMIUM_SHELL, "chromium", "chromium-browser", "google-chrome")
UNWANTED = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),  # pages under the address bar of each window
    # As Playwright has it, whose list this one takes the place of.
    *("PaintHolding", "MediaRouter", "HttpsUpgrades", "ThirdPartyStoragePartitioning"),
    *("OptimizationHints", "PreconnectToSearch", "AvoidUnnecessaryBeforeUnloadCheckSync"),
)
CHROMIUM_FLAGS = (
    "--no-sandbox",  # containers and continuous integration have no user namespaces
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(UNWANTED)}",
    "--disable-gpu",  # else a second process paints, in software, what would be painted anyway
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing outside can be reached
)
LOCAL_ADDRESS = re.compile(r"(https?|wss?)://127\.0\.0\.1[:/]|(data|blob|about):")

# What Chromium or Streamlit say that is no fault of a page.
HARMLESS = (
    "favicon",  # an app without a picture of its own
    "/_stcore/health)",  # Streamlit first looks for the server under the page's own address
    "/_stcore/host-config)",
    "Unrecognized feature:",  # Streamlit asks for permissions that this Chromium does not know
)


@dataclass
class Server:
    """A `streamlit run` of our own: where it answers, what it writes, where its files lie."""

    process: subprocess.Popen
    url: str
    log: Path
    home: Path

    def stop(self) -> None:
        """End it by its process id; by force if it does not go within ten seconds."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def start_server(
    file: str, folder: Path, environment: dict[str, str] | None = None, root: Path = ROOT
) -> Server:
    """Run `file` (relative to the repository at `root`) with Streamlit, and wait until it answers.

    Its app folder (DIGITLAB_HOME, unless `environment` names one) and log lie in `folder`.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    variables = {"DIGITLAB_HOME": str(folder / "home"), **(environment or {})}
    command = [sys.executable, "-m", "streamlit", "run", file, "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true"]
    command += ["--server.fileWatcherType", "none"]  # an edit during the tests must not matter
    log = folder / "streamlit.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=root, env=os.environ | variables, stdout=output, stderr=output
        )
    base_path = variables.get("STREAMLIT_SERVER_BASE_URL_PATH", "")
    url = f"http://127.0.0.1:{port}/{base_path}".rstrip("/")
    server = Server(process, url, log, Path(variables["DIGITLAB_HOME"]))
    wait_for_answer(server)
    return server


def wait_for_answer(server: Server) -> None:
    """Return when `server` is healthy; if it never is, stop it and raise RuntimeError."""
    give_up = time.monotonic() + START_TIMEOUT
    while server.process.poll() is None and time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    server.stop()
    raise RuntimeError(f"streamlit did not start; it wrote:\n{server.log.read_text()[-3000:]}")


def find_chromium() -> str | None:
    """The Chromium to test with: DIGITLAB_CHROMIUM, else one on the PATH, else None.

    None leaves the choice to Playwright, which then takes the one that it downloaded, if any.
    """
    named = os.environ.get("DIGITLAB_CHROMIUM")
    if named:
        return named
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


@contextmanager
def new_browser() -> Iterator[Browser]:
    """Chromium without a window, that can reach nothing but this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=list(CHROMIUM_FLAGS)
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watch:
    """What went wrong in the browser during a test, and every request that left this machine."""

    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=lambda: list(HARMLESS))

    def follow(self, page: Page) -> None:
        """Note what happens in `page` from now on."""
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.errors.append(f"uncaught: {error}"))
        page.on("request", self.see)
        page.on("websocket", self.see)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def see(self, request: Request | WebSocket) -> None:
        if not LOCAL_ADDRESS.match(request.url):
            self.outside.append(request.url)

    def allow(self, text: str) -> None:
        """Expect errors that contain `text`, as a test does that cuts the connection."""
        self.allowed.append(text)

    def faults(self) -> list[str]:
        """The errors that nobody expects."""
        return [error for error in self.errors if not any(text in error for text in self.allowed)]


class Frames:
    """The messages that the server sends to `page` from now on: (seconds, bytes) each.

    Make it before the page is opened, for it sees only connections that begin after it.
    """

    def __init__(self, page: Page) -> None:
        self.received: list[tuple[float, int]] = []
        self._page = page
        page.on("websocket", lambda socket: socket.on("framereceived", self.note))

    def note(self, frame: str | bytes) -> None:
        self.received.append((time.monotonic(), len(frame)))

    @property
    def total(self) -> int:
        """Bytes so far."""
        return sum(size for _, size in self.received)

    def wait_for_silence(self) -> None:
        """Wait until nothing has come for a second. AssertionError where something always does."""
        end = time.monotonic() + 30
        heard = -1
        while heard < len(self.received):
            assert time.monotonic() < end, "messages still come after 30 s"
            heard = len(self.received)
            self._page.wait_for_timeout(1_000)


def open_app(page: Page, address: str) -> None:
    """Go to `address` and wait until the page's script has run once."""
    page.goto(address)
    wait_until_idle(page)


def wait_until_idle(page: Page, timeout: float = 60) -> None:
    """Wait until Streamlit has connected and no script is running, for `timeout` seconds at most.

    On a page that polls this is true between any two polls, so wait for what should be there
    instead (`expect(...)`), and after a stroke too: the canvas sends it 0.2 s later.
    """
    app = page.get_by_test_id("stApp")
    milliseconds = timeout * 1000
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=milliseconds)
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=milliseconds)


def draw(
    page: Page, key: str, strokes: Sequence[Sequence[tuple[float, float]]], steps: int = 8
) -> None:
    """Draw with the mouse on the canvas named `key`, the way a hand does; as `draw_on`."""
    canvas = page.locator(f".st-key-{key} canvas.upper-canvas")
    expect(canvas).to_have_count(1, timeout=30_000)  # after Clear a new one takes its place
    canvas.scroll_into_view_if_needed()
    draw_on(canvas, strokes, steps)


def draw_on(
    paper: Locator, strokes: Sequence[Sequence[tuple[float, float]]], steps: int = 8
) -> None:
    """Draw with the mouse on whatever it is.

    strokes: polylines; each point is (x, y) as a share of its width and height, from its upper left
    corner. steps: how often the mouse says where it is from point to point.
    """
    box, mouse = paper.bounding_box(), paper.page.mouse
    assert box, "what is to be drawn on is not to be seen"

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return box["x"] + point[0] * box["width"], box["y"] + point[1] * box["height"]

    for first, *others in strokes:
        mouse.move(*place(first))
        mouse.down()
        for point in others:
            mouse.move(*place(point), steps=steps)
        mouse.up()


def take(page: Page, label: str, option: str) -> None:
    """Unfold the dropdown whose words begin with `label`, and take the option with these words."""
    button = page.get_by_role("button", name=re.compile(f"^{label}: "))
    button.click()
    page.get_by_role("menuitem", name=option).click()
    expect(button).to_contain_text(option, timeout=30_000)


def swipe(
    page: Page, start: tuple[float, float], by: tuple[float, float], end: str = "touchEnd"
) -> None:
    """Move a finger over the screen, in pixels. The page must have been opened with touch.

    end: touchCancel where something takes the finger's touch away.
    """
    session = page.context.new_cdp_session(page)

    def touch(kind: str, points: list[dict]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", [{"x": start[0], "y": start[1]}])
    for step in range(1, 13):
        x, y = start[0] + by[0] * step / 12, start[1] + by[1] * step / 12
        touch("touchMove", [{"x": x, "y": y}])
        page.wait_for_timeout(16)
    touch(end, [])
