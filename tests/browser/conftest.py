"""Fixtures that put a real Chromium before a real `streamlit run`.

Where no browser is found these tests fail, since a suite that skips them says nothing about what
visitors meet; DIGITLAB_SKIP_BROWSER=1 skips them on purpose. DIGITLAB_CHROMIUM names a browser.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.browser.driver import Server, Watch, new_browser, start_server

NO_BROWSER = """No browser to test with. Any one of these gives one:
  playwright install chromium
  apt-get install chromium        (Debian and its kin)
  DIGITLAB_CHROMIUM=/path/to/chromium
DIGITLAB_SKIP_BROWSER=1 leaves the browser tests out."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what lies in this folder, if asked to."""
    if os.environ.get("DIGITLAB_SKIP_BROWSER") != "1":
        return
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.skip(reason="DIGITLAB_SKIP_BROWSER=1"))


# Not for the whole session: while Playwright is open, no other test could use asyncio.run.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One for all tests."""
    with ExitStack() as stack:
        try:
            chromium = stack.enter_context(new_browser())
        except Error as error:
            pytest.fail(f"{NO_BROWSER}\n\n{error}", pytrace=False)
        yield chromium


@pytest.fixture(scope="package")
def server(tmp_path_factory) -> Iterator[Callable[..., Server]]:
    """`server(file, environment)` starts a Streamlit server and returns it when it answers."""
    started: list[Server] = []

    def start(file: str, environment: dict[str, str] | None = None) -> Server:
        started.append(start_server(file, tmp_path_factory.mktemp("server"), environment))
        return started[-1]

    yield start
    for each in started:
        each.stop()


@pytest.fixture(scope="package")
def app(server, tmp_path_factory, data_root, generated) -> Server:
    """The app with both datasets in its folder, MNIST only where the shared data has it.

    One server for all tests, as for all visitors: each `new_page` is another one of them.
    """
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(data_root, home / "data")
    return server("app.py", {"DIGITLAB_HOME": str(home), "DIGITLAB_MAX_JOBS": "2"})


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What goes wrong in this test's pages; an error that was not allowed fails the test."""
    record = Watch()
    yield record
    assert not record.faults(), "the browser's console has errors"


@pytest.fixture
def new_page(browser, watch) -> Iterator[Callable[..., Page]]:
    """`new_page(width, height, **options)` is a new visitor: own cookies, own storage, watched.

    options: as for Playwright's `Browser.new_context`, such as color_scheme="dark".
    """
    contexts = []

    def visit(width: int = 1280, height: int = 800, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        watch.follow(page)
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page) -> Page:
    """One visitor at a window of 1280 by 800 pixels."""
    return new_page()
