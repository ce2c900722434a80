"""What benchmarks and takers of pictures start: the app with MNIST at hand, a page alone.

It measures nothing but a single click.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.browser.driver import ROOT, Server, start_server
from tests.conftest import MNIST_FILES


def demand_mnist() -> None:
    """End the program where MNIST does not lie beside the project."""
    if not MNIST_FILES.is_dir():
        sys.exit("This benchmark needs the MNIST files in ../shared/data/MNIST/raw.")


def put_mnist(home: Path) -> None:
    """Have MNIST at hand in this app folder, where it lies beside the project."""
    raw = home / "data" / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for file in MNIST_FILES.glob("*.gz"):
        shutil.copyfile(file, raw / file.name)


@contextmanager
def running_app(environment: dict[str, str] | None = None, root: Path = ROOT) -> Iterator[Server]:
    """The app of the checkout at `root`, just started, on a server of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        put_mnist(folder / "home")
        server = start_server("app.py", folder, environment, root)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def page_alone(name: str) -> Iterator[AppTest]:
    """A page in Streamlit's own harness, not run yet: what the server computes, no browser."""
    with tempfile.TemporaryDirectory() as folder:
        put_mnist(Path(folder))
        os.environ["DIGITLAB_HOME"] = folder
        page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        page.switch_page(str(ROOT / "pages" / f"{name}.py"))
        yield page


def milliseconds(act: Callable[[], object], page: AppTest) -> float:
    """How long a run of the page takes, or something that leads to one."""
    started = time.perf_counter()
    act()
    taken = 1000 * (time.perf_counter() - started)
    assert not page.exception
    return taken
