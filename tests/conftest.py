"""What all tests share: the real data, datasets loaded once, an app folder of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import torch

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"
MNIST_FILES = SHARED / "MNIST" / "raw"

torch.set_num_threads(1)  # as the app does


@pytest.fixture(scope="session")
def data_root(tmp_path_factory) -> Path:
    """A data folder for the whole session, with MNIST's files where the shared data has them."""
    root = tmp_path_factory.mktemp("home") / "data"
    (root / "MNIST" / "raw").mkdir(parents=True)
    for file in MNIST_FILES.glob("*.gz"):
        shutil.copy(file, root / "MNIST" / "raw")
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
    """The built-in handwriting, as the app makes it."""
    from core.data import load_dataset

    return load_dataset("generated", data_root)


@pytest.fixture
def small(generated):
    """A dataset on which a run takes a fraction of a second."""
    from core.data import DigitDataset

    return DigitDataset(
        "generated", generated.train[:2_000], generated.validation[:500], generated.test[:500]
    )


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """An empty app folder for one test; no browser that pages have to wait for."""
    from pages.ui import state

    monkeypatch.setattr(state, "HEAD_START", 0)
    monkeypatch.setattr(state, "FIRST_LOOK", 0)
    monkeypatch.setenv("DIGITLAB_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DIGITLAB_MNIST_MIRROR", raising=False)
    return tmp_path / "home"
