"""The digits of the lessons: a share of MNIST, or the built-in handwriting."""

from __future__ import annotations

import torch

from core.data import DatasetShelf, DigitDataset
from core.lessons.digits import TEST, TRAINING, VALIDATION, example, lesson_digits, pixels


def test_without_mnist_the_lessons_use_the_built_in_handwriting(digits):
    assert digits.name == "generated"
    assert [len(part) for part in (digits.train, digits.validation, digits.test)] == [
        *(4_200, 200, 200)
    ]


def test_with_mnist_the_lessons_use_a_share_of_it(mnist):
    class Shelf(DatasetShelf):
        def ready(self, name: str) -> bool:
            return name == "mnist"

        def get(self, name: str) -> DigitDataset:
            return mnist

    found = lesson_digits(Shelf())
    assert found.name == "mnist"
    assert torch.equal(found.train.images, mnist.train.images[:TRAINING])
    assert torch.equal(found.validation.labels, mnist.validation.labels[:VALIDATION])
    assert torch.equal(found.test.images, mnist.test.images[:TEST])


def test_an_example_shows_the_digit_asked_for_and_begins_again_after_the_last(digits):
    sevens = [i for i, label in enumerate(digits.validation.labels.tolist()) if label == 7]
    third = example(digits.validation, 7, 2)
    assert torch.equal(third, digits.validation.images[sevens[2]].float() / 255)
    assert torch.equal(third, example(digits.validation, 7, 2 + len(sevens)))
    assert (pixels(third) == digits.validation.images[sevens[2]].numpy()).all()
