"""The guard that imports torchvision: where the plain import works, and where it does not."""

from pathlib import Path

import pytest

from tests.fresh_process import fresh_python
from tests.torchvision_guard import import_torchvision

# Stands in for torchvision: like the real one it describes its operators on import, which fails
# where no compiled library (or guard) has declared them.
NEEDS_OPERATORS = """
import torch, torchvision.early
torch.library.register_fake("torchvision::nms")(lambda dets, scores, threshold: dets)
torch.library.register_fake("torchvision::qnms")(lambda dets, scores, threshold: dets)
import torchvision.datasets
"""
STAND_INS = {  # declares for good what is missing: it comes last
    "works": "import torchvision.datasets",
    "fails": "raise RuntimeError('no such driver')",
    "needs operators": NEEDS_OPERATORS,
}
USE = """
import sys, torch
from tests.torchvision_guard import import_torchvision
for folder in sys.argv[1:]:
    sys.path.insert(0, folder)
    for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
        del sys.modules[name]
    import_torchvision.cache_clear()
    try:
        torchvision = import_torchvision()
        assert torchvision is import_torchvision()
        print(torchvision.datasets.NAME, hasattr(torch.ops.torchvision, "nms"))
    except RuntimeError as error:
        print(error)
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> dict[str, str]:
    """What the guard says of each stand-in, in one fresh process: importing torch takes seconds."""
    folders = []
    for code in STAND_INS.values():
        folders.append(str(tmp_path_factory.mktemp("stand-in")))
        package = Path(folders[-1]) / "torchvision"
        package.mkdir()
        (package / "__init__.py").write_text(code)
        (package / "early.py").write_text("")
        (package / "datasets.py").write_text("NAME = 'stand-in'")
    return dict(zip(STAND_INS, fresh_python("-c", USE, *folders), strict=True))


def test_where_the_plain_import_works_nothing_is_declared(said):
    assert said["works"] == "stand-in False"


def test_where_operators_are_missing_they_are_declared_and_the_import_works(said):
    assert said["needs operators"] == "stand-in True"


def test_another_failure_is_passed_on(said):
    assert said["fails"] == "no such driver"


@pytest.mark.parametrize("name", ["MNIST", "FashionMNIST"])
def test_the_real_torchvision_gives_its_datasets(name):
    assert hasattr(import_torchvision().datasets, name)
