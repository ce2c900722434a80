"""The guard that imports torchvision: where the plain import works, and where it does not."""

import subprocess
import sys

import pytest

from tests.torchvision_guard import import_torchvision

# Stands in for torchvision: like the real one it describes its operators on import, which fails
# where no compiled library (or guard) has declared them.
NEEDS_OPERATORS = """
import torch, torchvision.early
torch.library.register_fake("torchvision::nms")(lambda dets, scores, threshold: dets)
torch.library.register_fake("torchvision::qnms")(lambda dets, scores, threshold: dets)
import torchvision.datasets
"""
USE = """
import torch
from tests.torchvision_guard import import_torchvision
torchvision = import_torchvision()
assert torchvision is import_torchvision()
print(torchvision.datasets.NAME, hasattr(torch.ops.torchvision, "nms"))
"""


def import_stand_in(tmp_path, code: str) -> subprocess.CompletedProcess[str]:
    """Run the guard in a fresh process, with `code` in the place of torchvision."""
    package = tmp_path / "torchvision"
    package.mkdir()
    (package / "__init__.py").write_text(code)
    (package / "early.py").write_text("")
    (package / "datasets.py").write_text("NAME = 'stand-in'")
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = [{str(tmp_path)!r}, '.']\n{USE}"],
        capture_output=True,
        text=True,
        check=False,
    )


def test_where_the_plain_import_works_nothing_is_declared(tmp_path):
    done = import_stand_in(tmp_path, "import torchvision.datasets")
    assert done.stdout.split() == ["stand-in", "False"], done.stderr


def test_where_operators_are_missing_they_are_declared_and_the_import_works(tmp_path):
    done = import_stand_in(tmp_path, NEEDS_OPERATORS)
    assert done.stdout.split() == ["stand-in", "True"], done.stderr


def test_another_failure_is_passed_on(tmp_path):
    done = import_stand_in(tmp_path, "raise RuntimeError('no such driver')")
    assert "no such driver" in done.stderr


@pytest.mark.parametrize("name", ["MNIST", "FashionMNIST"])
def test_the_real_torchvision_gives_its_datasets(name):
    assert hasattr(import_torchvision().datasets, name)
