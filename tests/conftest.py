"""What all tests share: the real data, datasets loaded once, an app folder of their own.

The suite runs in two processes (pytest-xdist). The tests of a file stay together; one process
begins with those that need a browser, the other with the rest, see two_ends.py.
"""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock

from tests.two_ends import TwoEnds, place_in_row

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"
MNIST_FILES = SHARED / "MNIST" / "raw"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the order in which the files are given out, see two_ends.py."""
    items.sort(key=lambda item: place_in_row(item.path, ROOT))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log) -> TwoEnds:
    """pytest-xdist asks for it. Its own groups by marker do nothing under pytest 9."""
    config.option.loadscopereorder = False  # not by the number of tests
    return TwoEnds(config, log)


@pytest.fixture(scope="session")
def data_root(tmp_path_factory) -> Path:
    """A data folder for all processes, with MNIST's files where the shared data has them."""
    together = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        together = together.parent
    root = together / "home" / "data"
    raw = root / "MNIST" / "raw"
    with FileLock(together / "data.lock"):
        raw.mkdir(parents=True, exist_ok=True)
        for file in MNIST_FILES.glob("*.gz"):
            if not (raw / file.name).exists():
                shutil.copy(file, raw)
    return root


@pytest.fixture(scope="session")
def mnist(data_root):
    """The real MNIST, as the app loads it."""
    if not MNIST_FILES.is_dir():
        pytest.skip("the MNIST files are not beside the project (../shared/data)")
    from core.data import load_dataset

    return load_dataset("mnist", data_root)


@pytest.fixture(scope="session")
def generated(data_root):
    """The built-in handwriting, as the app makes it: by the first that needs it, for all."""
    from core.data import load_dataset

    with FileLock(data_root.parent / "generated.lock"):
        return load_dataset("generated", data_root)


@pytest.fixture
def small(generated):
    """A dataset on which a run takes a fraction of a second."""
    from core.data import DigitDataset

    parts = generated.train[:2_000], generated.validation[:500], generated.test[:500]
    return DigitDataset("generated", *parts, generated.writers)


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """An empty app folder for one test; no browser that pages have to wait for."""
    from core.machine import tuning

    monkeypatch.setattr(tuning, "HEAD_START", 0)
    monkeypatch.setenv("DIGITLAB_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DIGITLAB_MNIST_MIRROR", raising=False)
    return tmp_path / "home"


@pytest.fixture(scope="session")
def read_once():
    """Reads a file of the built-in handwriting for all tests that do not change it."""
    from core.datasets.generated import read

    return cache(read)


@pytest.fixture
def handwriting(home, generated, data_root, read_once, monkeypatch) -> None:
    """The built-in handwriting lies in the empty folder: making it takes seconds of two cores."""
    here = home / "data" / "generated"
    here.mkdir(parents=True)
    for made in (data_root / "generated").iterdir():
        (here / made.name).symlink_to(made)
    monkeypatch.setattr("core.datasets.generated.read", lambda path: read_once(path.resolve()))
