"""What the tests of the lessons share: few digits, and the tutorial network."""

from __future__ import annotations

import pytest

from core import pretrained
from core.data import DatasetShelf, DigitDataset
from core.datasets import mnist as mnist_files
from core.datasets.mnist import OnProgress
from core.lessons import digits as lesson_digits


@pytest.fixture(scope="session")
def digits(generated) -> DigitDataset:
    """Lesson digits of a server without MNIST, few of them."""

    class Shelf(DatasetShelf):
        def ready(self, name: str) -> bool:
            return False

        def get(self, name: str, on_progress: OnProgress) -> DigitDataset:
            on_progress("Writing digits", 1.0)
            return {"generated": generated}[name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mnist_files, "is_here", lambda root: False)
        patch.setattr(lesson_digits, "TRAINING", 4_200)
        patch.setattr(lesson_digits, "VALIDATION", 200)
        patch.setattr(lesson_digits, "TEST", 200)
        return lesson_digits.lesson_digits(Shelf())


@pytest.fixture(scope="session")
def tutorial():
    return pretrained.load("tutorial").model
